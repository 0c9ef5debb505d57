"""When a new page lies still under a camera: movement, then rest, then a look unlike the last."""

from __future__ import annotations

from collections import deque

import numpy as np

from app.station._look import LEVELS, MIDDLE, Look, small_grey
from app.station._watch import Watch
from app.vocabulary import Bgr, Reading

DARK = 16.0
"""The median of a look is set to ``MIDDLE``, so that the exposure does not count; a darker picture
is mostly noise and not lifted further."""
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


class PageWatch(Watch):
    """Asks for one inspection a page."""

    def __init__(self) -> None:
        self._last: Look | None = None
        self._still = 0
        self._page: Look | None = None
        self._desks: deque[Look] = deque(maxlen=4)
        self._told: tuple[Reading, ...] = ()

    def wants(
        self,
        bgr: Bgr,
        at: float = 0.0,  # noqa: ARG002 - a page rests by frames
        *,
        has_room: bool = True,
        is_asked: bool = False,
    ) -> bool:
        """Say whether this frame shows a new page at rest, or is asked for by hand."""
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

    def rearm(self) -> bool:
        """Never: a page that lies there keeps its fields on the screen."""
        return False


def _look(bgr: Bgr) -> Look:
    look = small_grey(bgr)
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
