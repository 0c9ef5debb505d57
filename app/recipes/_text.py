"""A recipe as the text of its file: read with distrust, written with what differs from usual."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce

import tomlkit
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from tomlkit.items import Table

from app.errors import RecipeError
from app.language import Message, message
from app.recipes._faults import faults
from app.recipes.recipe import Recipe

LARGEST_BYTES = 256 * 1024
"""A recipe of a hundred classes and as many masks takes a tenth of it."""
SAVED = "saved"
SHOWN = {
    "": ("title", "pack", "trigger"),
    "tiling": ("mode", "overlap"),
    "others": ("action", "score", "review"),
}
"""What stands in every file, so that whoever opens one sees what there is to change."""


class Saved(BaseModel):
    """When and why a version was saved; no part of what it asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: AwareDatetime | None = None
    note: str = ""


class _File(Recipe):
    saved: Saved = Saved()


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says."""

    recipe: Recipe
    saved: Saved


def parse(content: bytes, path: object) -> Written:
    """Read the text of a recipe. Raises RecipeError naming every fault; ``path`` is told in it."""
    try:
        if len(content) > LARGEST_BYTES:
            raise ValueError(f"{len(content)} > {LARGEST_BYTES} B")
        said = tomllib.loads(content.decode("utf-8-sig"))
        # Through JSON, because only there does pydantic's strict mode take a list for a tuple.
        text = json.dumps(said, default=_plain)
    except (ValueError, RecursionError) as error:
        raise RecipeError(
            "The recipe {path} cannot be read: {reason}.",
            "Correct it, or take another version.",
            "recipe-wrong",
            path=path,
            reason=error,
        ) from error
    try:
        read = _File.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise wrong(faults(error, _File), path) from error
    return Written(Recipe.model_validate(read.model_dump(exclude={SAVED})), read.saved)


def wrong(told: tuple[Message, ...], path: object) -> RecipeError:
    """Make the error that tells every fault of a recipe."""
    return RecipeError(
        "The recipe {path} cannot be used. {faults}",
        "Correct it, or take another version.",
        "recipe-wrong",
        path=path,
        faults=reduce(lambda one, next_: message("{one} {next}", one=one, next=next_), told),
    )


def text_of(recipe: Recipe, saved: Saved) -> str:
    """Write a recipe, with what differs from the defaults and what ``SHOWN`` names."""
    document = tomlkit.document()
    usual = Recipe(pack=recipe.pack).model_dump(exclude_none=True)
    for key, value in _differing(recipe.model_dump(exclude_none=True), usual, "").items():
        document[key] = value
    kept = {"at": saved.at, "note": saved.note}
    if any(kept.values()):
        document[SAVED] = _table({key: value for key, value in kept.items() if value})
    return tomlkit.dumps(document)


def _differing(
    values: Mapping[str, object], usual: Mapping[str, object], section: str
) -> dict[str, object]:
    kept: dict[str, object] = {}
    for key, value in values.items():
        is_shown = key in SHOWN.get(section, ())
        if isinstance(value, dict):
            inner = usual.get(key, {})
            part = _differing(value, inner if isinstance(inner, dict) else {}, key)
            # Named limits count even where they say nothing unusual: “others” does not hold there.
            if part or section == "defects":
                kept[key] = _table(part)
        elif is_shown or value != usual.get(key):
            kept[key] = value
    return kept


def _table(values: Mapping[str, object]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = value
    return table


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise ValueError(f"{value!r}")
