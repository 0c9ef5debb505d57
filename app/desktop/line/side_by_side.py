"""Two parts made ready to be compared, both at the same place; away from the window."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from app.desktop.counter.pixels import fitted
from app.desktop.counter.verdict_bar import decision_words
from app.desktop.line.compare_view import Sight
from app.desktop.line.pixels import Part
from app.desktop.line.words import ICONS, TONES
from app.desktop.translation import tr
from app.vocabulary import Box, Decision

AROUND = 1.6
"""How much more than the defects is shown of a part, so that the eye finds the place."""
CLOSEST = 0.4
"""Of the frame's width or height; closer shows no place but only pixels."""


def beside(
    part: Part, good: Part | None, room: tuple[int, int], ratio: float
) -> tuple[Sight, Sight]:
    """Return the part and the good one; ``room`` is that of each, in pixels of the screen."""
    place = _place(part, room)
    if good is None:
        words = tr("No good part was seen since the line started.")
        nothing = Sight(tr("Good part"), TONES[Decision.OK], ICONS[Decision.OK], words=words)
        return _sight(part, place, room, ratio), nothing
    return _sight(part, place, room, ratio), _sight(good, place, room, ratio)


def _place(part: Part, room: tuple[int, int]) -> Box:
    """Return what of the frame is shown: the defects with their surroundings, as shares of it."""
    height, width = part.picture.shape[:2]
    frame = float(part.width), part.width * height / width
    gravest = [mark for mark in part.marks if mark.is_ng] or part.marks
    if not gravest:
        return 0.0, 0.0, 1.0, 1.0
    boxes = np.array([mark.box for mark in gravest])
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    side = (high - low) * AROUND
    scale = min(
        room[0] / max(side[0], CLOSEST * frame[1]), room[1] / max(side[1], CLOSEST * frame[1])
    )
    edges = []
    for axis in (0, 1):
        wide = min(1.0, room[axis] / scale / frame[axis])
        middle = (low[axis] + high[axis]) / 2 / frame[axis]
        start = min(max(0.0, middle - wide / 2), 1.0 - wide)
        edges.append((float(start), float(start + wide)))
    return edges[0][0], edges[1][0], edges[0][1], edges[1][1]


def _sight(part: Part, place: Box, room: tuple[int, int], ratio: float) -> Sight:
    decision = part.verdict.decision
    at = datetime.fromtimestamp(part.time).strftime("%H:%M:%S")
    height, width = part.picture.shape[:2]
    x1, x2 = round(place[0] * width), round(place[2] * width)
    y1, y2 = round(place[1] * height), round(place[3] * height)
    image = fitted(np.ascontiguousarray(part.picture[y1:y2, x1:x2]), room, ratio)
    per_pixel = part.width / width
    scale = image.width() / ((x2 - x1) * per_pixel)
    marks = tuple(mark.moved(-x1 * per_pixel, -y1 * per_pixel) for mark in part.marks)
    title = f"{decision_words(decision)} · {at}"
    return Sight(title, TONES[decision], ICONS[decision], image, scale, marks)
