"""Which part of a frame is worth looking at: the defects with their surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from app.desktop.line.marks import Mark

AROUND = 1.6
"""How much more than the defects is shown, so that the eye finds the place."""

Shares = tuple[float, float, float, float]
"""x1, y1, x2, y2 as shares of a frame's width and height."""
WHOLE: Shares = (0.0, 0.0, 1.0, 1.0)


def around(
    marks: Sequence[Mark], frame: tuple[float, float], room: tuple[int, int], closest: float
) -> Shares:
    """Return what of a frame is shown in a room; without marks all of it.

    ``closest`` is the least share of the frame's height: closer shows no place but only pixels.
    """
    gravest = [mark for mark in marks if mark.is_ng] or marks
    if not gravest:
        return WHOLE
    starts, ends = [], []
    low = [min(mark.box[axis] for mark in gravest) for axis in (0, 1)]
    high = [max(mark.box[axis + 2] for mark in gravest) for axis in (0, 1)]
    least = closest * frame[1]
    sides = [max(AROUND * (high[axis] - low[axis]), least) for axis in (0, 1)]
    scale = min(room[axis] / sides[axis] for axis in (0, 1))
    for axis in (0, 1):
        share = min(1.0, room[axis] / scale / frame[axis])
        middle = (low[axis] + high[axis]) / 2 / frame[axis]
        start = min(max(0.0, middle - share / 2), 1.0 - share)
        starts.append(start)
        ends.append(start + share)
    return starts[0], starts[1], ends[0], ends[1]
