"""Two parts made ready to be compared, both at the same place; away from the window."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from app.desktop.counter.pixels import fitted
from app.desktop.counter.verdict_bar import decision_words
from app.desktop.line.compare_view import Sight
from app.desktop.line.pixels import Part
from app.desktop.line.words import ICONS, TONES
from app.desktop.line.zoom import Shares, around
from app.desktop.translation import tr
from app.vocabulary import Decision

CLOSEST = 0.4


def beside(
    part: Part, good: Part | None, room: tuple[int, int], ratio: float
) -> tuple[Sight, Sight]:
    """Return the part and the good one; ``room`` is that of each, in pixels of the screen."""
    height, width = part.picture.shape[:2]
    frame = float(part.width), part.width * height / width
    place = around(part.marks, frame, room, CLOSEST)
    if good is None:
        words = tr("No good part was seen since the line started.")
        nothing = Sight(tr("Good part"), TONES[Decision.OK], ICONS[Decision.OK], words=words)
        return _sight(part, place, room, ratio), nothing
    return _sight(part, place, room, ratio), _sight(good, place, room, ratio)


def _sight(part: Part, place: Shares, room: tuple[int, int], ratio: float) -> Sight:
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
