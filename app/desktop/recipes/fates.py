"""What the limits in work make of each thing that was seen on the shown part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.desktop.recipes.shapes import Shapes
from app.recipes import Limits, Recipe
from app.vocabulary import Box, Detection, Reading

NEARLY = 0.05
"""So much below “doubtful” a detection is still shown: the next step down would take it in."""


class Fate(StrEnum):
    """What becomes of one detection."""

    NG = "ng"
    REVIEW = "review"
    TOLERATED = "tolerated"
    IGNORED = "ignored"
    """Too small, or of a kind that is ignored."""
    FAINT = "faint"
    """Nearly doubtful."""
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Fated:
    """A detection and what the recipe makes of it."""

    detection: Detection
    fate: Fate


def fated(detections: Iterable[Detection], recipe: Recipe) -> tuple[Fated, ...]:
    """Say what the recipe makes of each detection that is at least nearly doubtful."""
    shapes = Shapes(recipe.region, recipe.masks)
    near = [d for d in detections if d.score >= recipe.limits(d.label).review - NEARLY]
    found = [(d, _left_out(d, recipe.limits(d.label), shapes)) for d in near]
    seen = [d for d, left_out in found if left_out is None]
    all_of = Counter(d.label for d in seen)
    certain = Counter(d.label for d in seen if d.score >= recipe.limits(d.label).score)
    return tuple(
        Fated(d, left_out or _fate(d, recipe.limits(d.label), certain[d.label], all_of[d.label]))
        for d, left_out in found
    )


def within(reading: Reading, recipe: Recipe) -> Reading:
    """Return a reading as if only the recipe's region without its masks had been looked at."""
    shapes = Shapes(recipe.region, recipe.masks)
    kept = tuple(d for d in reading.detections if shapes.judges(d.box))
    area = recipe.region
    region: Box | None = (area[0], area[1], area[2], area[3]) if area else reading.region
    return replace(reading, detections=kept, region=region)


def _left_out(detection: Detection, limits: Limits, shapes: Shapes) -> Fate | None:
    if not shapes.judges(detection.box):
        return Fate.OUTSIDE
    x1, y1, x2, y2 = detection.box
    if limits.action == "ignore" or max(x2 - x1, y2 - y1) < limits.smallest:
        return Fate.IGNORED
    return Fate.FAINT if detection.score < limits.review else None


def _fate(detection: Detection, limits: Limits, certain: int, seen: int) -> Fate:
    if certain > limits.tolerated and limits.action == "NG" and detection.score >= limits.score:
        return Fate.NG
    return Fate.REVIEW if seen > limits.tolerated else Fate.TOLERATED
