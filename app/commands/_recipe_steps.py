"""What the small steps of ``mingjian recipe`` do with their words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from app.commands._text import columns, padded, plain
from app.engine._pack import load_pack
from app.errors import BadPicture, RecipeError
from app.language import Message, catalogue, message, system_language
from app.recipes import Recipe, RecipeVersion, Shelf, check, holds, read_file
from app.recipes.shelf import NAME
from app.vocabulary import EngineMark

UNFIT = 1


def name_all(arguments: argparse.Namespace) -> int:
    """Name every recipe; one that is broken is named with its fault."""
    shelf, status = Shelf(), 0
    rows: list[tuple[str, ...]] = []
    for name in shelf.names():
        try:
            version = shelf.load(name)
        except RecipeError as error:
            status = UNFIT
            rows.append((name, "–", _said(error.what), ""))
            continue
        recipe = version.recipe
        rows.append((name, str(version.version), plain(recipe.title), recipe.pack))
        if arguments.json:
            print(_json(version, versions=shelf.versions(name)))
    if not arguments.json:
        _table(rows)
    return status


def show(arguments: argparse.Namespace) -> int:
    """Print one version."""
    shelf = Shelf()
    version = shelf.load(arguments.name, arguments.version)
    if arguments.json:
        print(_json(version, recipe=version.recipe.model_dump(mode="json")))
        return 0
    print(f"# {version.name} v{version.version}  {version.mark.sha256}")
    for line in shelf.text(version.name, version.version).splitlines():
        print(plain(line))
    return 0


def begin(arguments: argparse.Namespace) -> int:
    """Begin a recipe with the usual limits; the pack must be there."""
    pack = load_pack(arguments.pack)
    recipe = Recipe(pack=pack.name, title=arguments.title)
    _tell_saved(Shelf().save(arguments.name, recipe), arguments)
    return 0


def save(arguments: argparse.Namespace) -> int:
    """Put a file on the shelf, if it fits its pack."""
    recipe = read_file(arguments.file)
    if faults := check(recipe, load_pack(recipe.pack).labels()):
        return _tell_faults(faults, arguments)
    _tell_saved(Shelf().save(arguments.name, recipe, arguments.note), arguments)
    return 0


def check_one(arguments: argparse.Namespace) -> int:
    """Say what is wrong with a file or a recipe on the shelf."""
    is_name = NAME.fullmatch(arguments.what) and not Path(arguments.what).exists()
    recipe = Shelf().load(arguments.what).recipe if is_name else read_file(Path(arguments.what))
    pack = load_pack(recipe.pack)
    size = _size(arguments.picture) if arguments.picture else None
    faults = list(check(recipe, pack.labels(), size))
    hashes = tuple((pack.name, weights.sha256) for weights in pack.manifest.weights)
    if recipe.bound and not any(holds(recipe.bound, EngineMark("", "", (m,))) for m in hashes):
        faults.append(
            message("The bound was proven with other models: calibrate the recipe again.")
        )
    return _tell_faults(faults, arguments)


def _size(path: Path) -> tuple[int, int]:
    from app.capture import open_files

    with open_files([path]) as source:
        frame = source.next_frame()
    if frame is None:
        raise BadPicture(
            "There is no picture in {path}.", "Choose another file.", "picture-none", path=path
        )
    return frame.bgr.shape[1], frame.bgr.shape[0]


def _tell_faults(faults: Sequence[Message], arguments: argparse.Namespace) -> int:
    if arguments.json:
        told = {"fits": not faults, "faults": [_said(fault) for fault in faults]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        for fault in faults or (message("Nothing is wrong with it."),):
            print(_said(fault))
    return UNFIT if faults else 0


def _tell_saved(version: RecipeVersion, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print(_json(version))
    else:
        print(_said(message("{name} v{version}", name=version.name, version=version.version)))


def _json(version: RecipeVersion, **more: object) -> str:
    bound = version.recipe.bound
    shown = {
        "name": version.name,
        "version": version.version,
        "sha256": version.mark.sha256,
        "title": version.recipe.title,
        "pack": version.recipe.pack,
        "saved_at": version.saved_at.isoformat() if version.saved_at else None,
        "note": version.note,
        "bound": bound.model_dump(mode="json") if bound else None,
    }
    return json.dumps(shown | more, ensure_ascii=False)


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    titles = (message("Recipe"), message("Version"), message("Title"), message("Model pack"))
    shown = [tuple(_said(title) for title in titles), *rows]
    widths = [max(columns(row[n]) for row in shown) for n in range(len(titles))]
    for row in shown:
        cells = (padded(cell, width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _said(sentence: Message) -> str:
    return plain(sentence.text(catalogue(system_language())))
