"""``mingjian inspect PATHS…``: look for defects on pictures of parts and judge them by a recipe."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from app.commands import _batch

if TYPE_CHECKING:
    from app.language import Catalogue
    from app.recipes import Recipe
    from app.settings import Settings
    from app.vocabulary import Inspection

FLOOR = 0.05
"""Lowest score that --json tells by itself: enough for a precision/recall curve, and few lines."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    _batch.add_arguments(parser)
    parser.add_argument(
        "--recipe", metavar="R", help="the recipe to judge by; else as set, or the first there is"
    )
    parser.add_argument(
        "--version", type=int, metavar="N", help="the version of the recipe; else the newest"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a picture, one a line"
    )
    parser.add_argument(
        "--floor",
        type=float,
        default=FLOOR,
        metavar="SCORE",
        help="with --json, lowest score of a detection that is told; it does not change verdicts",
    )
    parser.add_argument(
        "--threads",
        type=int,
        metavar="N",
        help="processor cores the model may use; 0 takes all of them; else as set",
    )


def run(arguments: argparse.Namespace) -> int:
    """Inspect everything; 0 if every picture could be read, 1 if some could not."""
    from app import assembly
    from app.recipes import Shelf

    settings = _settings(arguments)
    shelf = Shelf()
    name = arguments.recipe or settings.line.recipe or shelf.names()[0]
    version = shelf.load(name, arguments.version)
    floor = arguments.floor if arguments.json else None
    return _batch.work_through(
        _batch.Batch(
            arguments.paths,
            lambda: assembly.open_part_inspector(settings, version, floor),
            _json if arguments.json else _text,
            arguments.out,
            reported=_without_noise(version.recipe),
        )
    )


def _settings(arguments: argparse.Namespace) -> Settings:
    from app.settings import load_settings

    given = {"reader.engine": arguments.engine, "reader.threads": arguments.threads}
    return load_settings(arguments={key: each for key, each in given.items() if each is not None})


def _without_noise(recipe: Recipe) -> Callable[[Inspection], Inspection]:
    """Leave out what the recipe would not even doubt and only --floor asked for."""
    from dataclasses import replace

    def cleaned(inspection: Inspection) -> Inspection:
        reading = inspection.reading
        kept = tuple(d for d in reading.detections if d.score >= recipe.limits(d.label).review)
        return replace(inspection, reading=replace(reading, detections=kept))

    return cleaned


def _json(inspection: Inspection, words: Catalogue) -> Iterable[str]:
    from app.commands._json import part_line

    return (part_line(inspection, words),)


def _text(inspection: Inspection, words: Catalogue) -> Iterable[str]:
    from app.commands._part_text import part_lines

    return part_lines(inspection, words)
