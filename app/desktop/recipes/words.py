"""What the fields of a recipe and their values are called, and on which sheet they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.desktop.controls.described import Wording
from app.desktop.notices import Notice
from app.language import Message, message
from app.recipes import Recipe, RecipeVersion

ACTIONS: dict[object, Message] = {
    "NG": message("NG"),
    "REVIEW": message("REVIEW"),
    "ignore": message("Ignored"),
}
TRIGGERS: dict[object, Message] = {
    "part": message("Each part"),
    "every": message("Every frame"),
    "hand": message("By key"),
}
TILINGS: dict[object, Message] = {"tiles": message("Tiles"), "shrink": message("Shrink")}
NO_GOLDEN = message("None")

LIMITS, PICTURE, RECIPE, TRIAL = "limits", "picture", "recipe", "trial"
SHEETS: dict[str, Message] = {
    LIMITS: message("Limits"),
    PICTURE: message("Picture"),
    RECIPE: message("Recipe"),
    TRIAL: message("Trial"),
}
PLACED = {
    LIMITS: ("others", "defects"),
    PICTURE: ("region", "masks", "picture", "tiling"),
}
"""Fields of these sheets; any other field of a recipe stands on the sheet of the recipe."""


def fields_on(sheet: str) -> tuple[str, ...]:
    """Return the fields of a recipe that stand on a sheet."""
    if sheet in PLACED:
        return PLACED[sheet]
    elsewhere = {name for names in PLACED.values() for name in names}
    return tuple(name for name in Recipe.model_fields if name not in elsewhere)


def wording(packs: Iterable[str] = (), golden: Iterable[str] = ()) -> Wording:
    """Say what values are called; packs and golden parts are called as they are named."""
    return Wording(
        {
            "action": ACTIONS,
            "trigger": TRIGGERS,
            "tiling.mode": TILINGS,
            "pack": {name: Message(name) for name in packs},
            "golden.parts": {"": NO_GOLDEN, **{name: Message(name) for name in golden}},
        },
        listed=frozenset({"pack", "golden.parts"}),
    )


def place_of(fault: Message) -> str:
    """Return the field of a recipe that a fault is about."""
    told = dict(fault.values)
    if "label" not in told and "pack" in told:
        return "pack"
    if "right" in told:
        return "region"
    if "number" in told or fault.template.startswith("The masks"):
        return "masks"
    return "defects"


def saved_notice(version: RecipeVersion, use: Callable[[], object]) -> Notice:
    """Say that a version is saved, and offer it to the line."""
    what = message("{name} has a new version {n}.", name=version.name, n=version.version)
    hint = message("The line goes on with the version that it began with.")
    return Notice(what, hint, "recipe-saved", message("Use on the line"), use, "proven")
