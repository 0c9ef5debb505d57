"""When a new page lies still under a camera: movement, then rest, then a look unlike the last."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np
from numpy.typing import NDArray

from app.vocabulary import Bgr, Reading

Look = NDArray[np.float32]
"""A frame as a small grey picture."""

LOOK_PX = (128, 96)
"""A card that fills a third of the picture still has its photo on some 600 cells."""
COARSE_PX = 512
"""Pixels are skipped down to about this width before averaging; a 4K frame then costs 1 ms."""
LEVELS = 18.0
"""A cell differs by more than this: six times the noise of a cheap camera, averaged over a cell."""
MIDDLE, DARK = 110.0, 16.0
"""The median of a look is set to the first, so that the exposure does not count; a picture darker
than the second is mostly noise and not lifted further."""
MOVING = 0.002
"""This share of the cells differing from one frame to the next is a movement."""
OTHER = 0.005
"""This share of the cells differing from the page last inspected is another page."""
STILL_FRAMES = 4
"""So many frames at rest: 0.13 s at 30 frames a second."""
DRIFT = 0.02
"""How fast the remembered look follows daylight, a frame."""
SURE = 0.9
"""Values at least this sure that differ belong to different pages."""
SAME_LINES = 0.8
"""A page without fields that was only nudged gives at least this share of the same lines."""


class PageWatch:
    """Asks for one inspection a page. ``wants`` belongs to capturing, the rest to inspecting."""

    def __init__(self) -> None:
        self._last: Look | None = None
        self._still = 0
        self._page: Look | None = None
        self._desks: deque[Look] = deque(maxlen=4)
        self._told: tuple[Reading, ...] = ()

    def wants(self, bgr: Bgr, *, has_room: bool = True, is_asked: bool = False) -> bool:
        """Say whether this frame shows a new page at rest, or is asked for by hand.

        While there is no room for it, nothing is: the page before it must not be overtaken.
        """
        look = _look(bgr)
        moved = self._last is None or _share(look, self._last) > MOVING
        self._last = look
        self._still = 0 if moved else self._still + 1
        if is_asked:
            self._page = look
            return True
        if not has_room or self._still < STILL_FRAMES:
            return False
        if any(_share(look, desk) <= OTHER for desk in tuple(self._desks)):
            self._page, self._told = None, ()
            return False
        if self._page is not None and _share(look, self._page) <= OTHER:
            self._page = self._page + DRIFT * (look - self._page)
            return False
        self._page = look
        return True

    def is_news(self, bgr: Bgr, readings: tuple[Reading, ...], *, is_asked: bool = False) -> bool:
        """Say whether what was read is worth telling, and remember it.

        An empty desk is not, nor a page that was nudged and reads as before; what is asked for is.
        What was not recognised is taken for the desk from then on, so that lifting a page off it
        does not push the page's fields off the screen.
        """
        if not any(reading.document for reading in readings):
            self._desks.append(_look(bgr))
        is_blank = not any(reading.lines or reading.fields for reading in readings)
        if not is_asked and (is_blank or _is_same(readings, self._told)):
            return False
        self._told = readings
        return True


def _look(bgr: Bgr) -> Look:
    step = max(1, bgr.shape[1] // COARSE_PX)
    green = np.ascontiguousarray(bgr[::step, ::step, 1])
    look: Look = cv2.resize(green, LOOK_PX, interpolation=cv2.INTER_AREA).astype(np.float32)
    look *= MIDDLE / max(float(np.median(look)), DARK)
    return look


def _share(one: Look, other: Look) -> float:
    return float(np.count_nonzero(np.abs(one - other) > LEVELS)) / one.size


def _is_same(now: tuple[Reading, ...], before: tuple[Reading, ...]) -> bool:
    if [r.document for r in now] != [r.document for r in before]:
        return False
    return all(_alike(one, other) for one, other in zip(now, before, strict=True))


def _alike(one: Reading, other: Reading) -> bool:
    if one.document:
        pairs = ((field, other.field(field.name)) for field in one.fields)
        return all(a.value == b.value or min(a.score, b.score) < SURE for a, b in pairs)
    texts, others = ({line.text for line in reading.lines} for reading in (one, other))
    return len(texts & others) >= SAME_LINES * max(len(texts), len(others))
