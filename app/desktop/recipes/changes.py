"""What a recipe in work changes, in words: one sentence a field."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from app.desktop.recipes.words import ACTIONS, NO_GOLDEN, TILINGS, TRIGGERS
from app.judgement.defects import defect_title
from app.language import Message, message
from app.recipes import Area, Recipe

NAMED: dict[str, dict[object, Message]] = {
    "action": ACTIONS,
    "trigger": TRIGGERS,
    "mode": TILINGS,
    "parts": {"": NO_GOLDEN},
}
SECTIONS = ("tiling", "picture", "others", "golden")


def changes(before: Recipe, after: Recipe) -> tuple[Message, ...]:
    """Say everything that differs but the bound, in the order of the description."""
    return tuple(_changes(before, after))


def _changes(before: Recipe, after: Recipe) -> Iterator[Message]:
    for name, field in Recipe.model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        title = Message(field.title or name)
        if name == "bound" or old == new:
            continue
        if name == "defects":
            yield from _of_kinds(before, after)
        elif name in SECTIONS:
            yield from _within(title, old, new)
        elif name == "region":
            yield _arrow(title, _area(old), _area(new))
        elif name == "masks":
            yield _arrow(title, str(len(old)), str(len(new)))
        else:
            yield _arrow(title, _value(name, old), _value(name, new))


def _of_kinds(before: Recipe, after: Recipe) -> Iterator[Message]:
    for kind in dict.fromkeys((*before.defects, *after.defects)):
        title = defect_title(kind)
        if kind not in after.defects:
            yield message("{field}: as every defect", field=title)
        elif before.limits(kind) != after.limits(kind):
            yield from _within(title, before.limits(kind), after.limits(kind))
        elif kind not in before.defects:
            yield message("{field}: limits of its own", field=title)


def _within(title: Message, old: BaseModel, new: BaseModel) -> Iterator[Message]:
    for name, field in type(new).model_fields.items():
        was, will = getattr(old, name), getattr(new, name)
        if was != will:
            inner = Message(field.title or name)
            both = message("{section}, {field}", section=title, field=inner)
            yield _arrow(both, _value(name, was), _value(name, will))


def _arrow(title: Message, before: object, after: object) -> Message:
    return message("{field}: {before} → {after}", field=title, before=before, after=after)


def _value(name: str, value: object) -> object:
    words = NAMED.get(name, {}).get(value)
    if words is not None:
        return words
    return f"{value:g}" if isinstance(value, float) else value if value != "" else "–"


def _area(area: Area | None) -> Message:
    if area is None:
        return message("all of the picture")
    return message("{left}, {top} to {right}, {bottom}", left=area[0], top=area[1],
                   right=area[2], bottom=area[3])  # fmt: skip
