"""What is wrong with a recipe that only its model pack and a picture can tell."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from app.language import Message, message
from app.recipes.recipe import Area, Recipe


def check(
    recipe: Recipe, labels: Sequence[str], size: tuple[int, int] | None = None
) -> tuple[Message, ...]:
    """Return every fault in one sentence each; nothing is wrong where none is returned.

    ``labels`` are the classes of the recipe's pack, ``size`` is width and height of a picture as
    captured; without it areas are only checked against each other.
    """
    return (*_of_classes(recipe, labels), *_of_areas(recipe, size))


def _of_classes(recipe: Recipe, labels: Sequence[str]) -> Iterator[Message]:
    for label in recipe.defects:
        if label not in labels:
            near = difflib.get_close_matches(label, labels, n=1, cutoff=0)
            yield message(
                "The model pack {pack} knows no “{label}”; did you mean “{near}”?",
                pack=recipe.pack,
                label=label,
                near=near[0] if near else "–",
            )
    if all(recipe.limits(label).action == "ignore" for label in labels):
        yield message("Every kind of defect is ignored: each part would be OK.")


def _of_areas(recipe: Recipe, size: tuple[int, int] | None) -> Iterator[Message]:
    if recipe.region and size and not _is_inside(recipe.region, (0, 0, *size)):
        yield message(
            "The region reaches to {right} × {bottom}, the picture only to {width} × {height}.",
            right=recipe.region[2],
            bottom=recipe.region[3],
            width=size[0],
            height=size[1],
        )
        return
    whole = recipe.region or ((0, 0, *size) if size else None)
    if whole is None:
        return
    for number, mask in enumerate(recipe.masks, 1):
        if _cut(mask, whole) is None:
            yield message("Mask {number} lies outside the region.", number=number)
    if _is_covered(whole, recipe.masks):
        yield message("The masks cover the whole region: nothing would be judged.")


def _is_inside(area: Area, whole: Area) -> bool:
    return _cut(area, whole) == area


def _cut(one: Area, other: Area) -> Area | None:
    x1, y1 = max(one[0], other[0]), max(one[1], other[1])
    x2, y2 = min(one[2], other[2]), min(one[3], other[3])
    return (x1, y1, x2, y2) if x1 < x2 and y1 < y2 else None


def _is_covered(whole: Area, masks: Sequence[Area]) -> bool:
    """Say whether masks leave nothing: what each one leaves is handed on in up to four pieces."""
    left = [whole]
    for mask in masks:
        left = [piece for area in left for piece in _around(area, mask)]
    return not left


def _around(area: Area, mask: Area) -> Iterator[Area]:
    cut = _cut(area, mask)
    if cut is None:
        yield area
        return
    x1, y1, x2, y2 = area
    pieces = (
        (x1, y1, x2, cut[1]),
        (x1, cut[3], x2, y2),
        (x1, cut[1], cut[0], cut[3]),
        (cut[2], cut[1], x2, cut[3]),
    )
    yield from (p for p in pieces if p[0] < p[2] and p[1] < p[3])
