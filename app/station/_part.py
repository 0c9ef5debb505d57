"""When a part lies under a camera: movement, then rest, and no empty ground; once a part.

A part is judged again only after every other cell of its place has shown something else: it was
lifted off, rode on, or was covered by a hand for the most part. What cannot be told apart is
judged once more, because a verdict too many is a nuisance and a part without one an escape.
"""

from __future__ import annotations

import math
import threading

import cv2
import numpy as np
from numpy.typing import NDArray

from app.station._look import LEVELS, MIDDLE, Look, small_grey
from app.station._watch import Watch
from app.vocabulary import Bgr

Cells = NDArray[np.bool_]

Area = tuple[int, int, int, int]
"""x1, y1, x2, y2 in pixels, the last two outside."""

_AROUND, _NARROWER, _WIDE = (np.ones((size, size), np.uint8) for size in (3, 5, 7))

STILL_S = 0.2
"""A hand that turns round is still for less."""
STILL_FRAMES = 2
"""At least so many frames after the one at which the rest began."""
MOVING = 0.002
"""This share of the cells differing from how the rest began is a movement."""
OTHER = 0.005
"""This share of the cells differing is something else: a part, or another one."""
COVERED = 0.5
"""This share of a part's cells having shown something else, it may be another part."""
TOUCHED = 0.02
"""The same of all cells, while it is not known which of them show the part."""
DARK, BRIGHT = 0.4, 1.2
"""``LEVELS`` shrinks and grows with the picture's brightness between these."""
NOISE = 6.0
"""Standard deviations of a cell's noise that are no difference yet."""
SIGMA_OF_CHANGE = 1.05
"""Standard deviation of a value whose differences have a median of 1, with either sign: 1.48/√2."""
SOONER = 1.05
"""By so much a frame the noise may seem to grow: a movement seems to be noise at first."""
LIT = (16.0, 245.0)
"""Grey levels beyond which a plain picture shows a lamp that failed, no empty ground."""
FILLED = 0.9
"""Where more of the cells differ from the ground, a plain part may fill the picture."""
FLICKER = 1.35
"""Up to this factor a change of all cells alike is the light, not the scene."""
DRIFT = 0.02
"""How fast what is remembered follows daylight, a frame."""
MARGIN = 0.125
"""Of the region's size that is watched around it, too: a part is known by its edge."""
NO_EDGE = 0.5
"""Of the levels: a place is plain while its edges stay below."""
ROUGHER = 1.6
"""Beyond so many times the ground's texture it is no longer the ground."""
STRONGEST = 97
"""Percentile of a place's edges: the outline of a plain part is a few of its cells."""


class PartWatch(Watch):
    """Asks for one inspection a part."""

    def __init__(self, region: Area | None = None) -> None:
        """Watch only the recipe's region and a little around it; None is the whole picture."""
        self.is_waiting = True
        self._region = region
        self._rearmed = threading.Event()
        self._is_armed = True
        self._rest: Look | None = None
        self._since = 0.0
        self._frames = 0
        self._is_settled = False
        self._levels = LEVELS
        self._noise = math.inf
        self._before: Look | None = None
        self._ground: Look | None = None
        self._part: Look | None = None
        self._gap: Look | None = None
        self._gap_roughness = math.inf
        self._place: Cells | None = None
        self._uncovered = np.zeros((1, 1), np.bool_)

    def wants(
        self, bgr: Bgr, at: float = 0.0, *, has_room: bool = True, is_asked: bool = False
    ) -> bool:
        """Say whether a part lies still on this frame that was not judged, or a hand asks."""
        look = small_grey(self._watched(bgr))
        self._set_levels(look)
        if self._rearmed.is_set():
            self._rearmed.clear()
            self._is_armed = True
        is_still = self._is_at_rest(look, at)
        if is_asked:
            self._take(look)
            return True
        if not is_still:
            self._follow(look)
            return False
        if not self._is_settled:
            self._settle(look)
        if self.is_waiting:
            self._remember(self._ground, look)
        elif not self._is_armed:
            self._remember(self._part, look)
        elif has_room:
            self._take(look)
            return True
        return False

    def rearm(self) -> bool:
        """Judge the part that lies there again, once: it may be another one."""
        self._rearmed.set()
        return True

    def _set_levels(self, look: Look) -> None:
        """Follow how bright the picture is and how noisy; a movement is soon forgotten."""
        if self._before is not None:
            changed = np.abs(look - _gain(look, self._before) * self._before)[::2, ::2]
            noise = float(np.median(changed)) * SIGMA_OF_CHANGE
            self._noise = min(noise, SOONER * self._noise + 0.01)
        self._before = look
        usual = LEVELS * float(np.clip(look.mean() / MIDDLE, DARK, BRIGHT))
        self._levels = max(usual, NOISE * self._noise) if self._noise < math.inf else usual

    def _watched(self, bgr: Bgr) -> Bgr:
        if self._region is None:
            return bgr
        x1, y1, x2, y2 = self._region
        beside, above = round((x2 - x1) * MARGIN), round((y2 - y1) * MARGIN)
        watched = bgr[max(0, y1 - above) : y2 + above, max(0, x1 - beside) : x2 + beside]
        return watched if watched.size else bgr  # the reader says that the region lies outside

    def _is_at_rest(self, look: Look, at: float) -> bool:
        if self._rest is None or _share(self._differing(look, self._rest)) > MOVING:
            self._rest, self._since, self._frames = look.copy(), at, 0
            self._is_settled, self.is_waiting = False, True
            return False
        self._remember(self._rest, look)
        self._frames += 1
        self._since = min(self._since, at)  # a clock that was set back
        return self._frames >= STILL_FRAMES and at - self._since >= STILL_S

    def _follow(self, look: Look) -> None:
        """Gather, while things move, what of the judged part has shown something else, and the
        plainest look: between two parts it is the ground."""
        if self._part is None:
            return
        if self._ground is None and (roughness := _roughness(look)) < self._gap_roughness:
            self._gap, self._gap_roughness = look, roughness
        if self._is_armed:
            return
        self._uncovered |= self._differing(look, self._part)
        if self._place is None:
            self._is_armed = _share(self._uncovered) > TOUCHED
        else:
            shown = np.count_nonzero(self._uncovered & self._place)
            self._is_armed = bool(shown >= COVERED * np.count_nonzero(self._place))

    def _settle(self, look: Look) -> None:
        """Say, at the beginning of a rest, whether a part lies there and whether it is new."""
        self._is_settled = True
        self._learn_gap(look)
        if self._is_empty(look):
            self._ground, self._part, self._is_armed = look.copy(), None, True
            return
        self.is_waiting = False
        if self._part is None:
            return
        if self._ground is None and self._is_bare(self._part, look):
            self._ground = self._part  # what was judged first was the empty ground
        if _share(self._differing(look, self._part)) > OTHER:
            self._is_armed = True
        self._uncovered[:] = False

    def _learn_gap(self, look: Look) -> None:
        """Take what lay between two parts for the ground, if it is plainer than both."""
        gap, usual = self._gap, ROUGHER * max(self._gap_roughness, NO_EDGE * self._levels)
        self._gap, self._gap_roughness = None, math.inf
        if self._ground is not None or self._part is None:
            return
        if usual < min(_roughness(look), _roughness(self._part)):
            self._ground = gap

    def _take(self, look: Look) -> None:
        self._part, self._is_armed = look.copy(), False
        self._uncovered = np.zeros(look.shape, np.bool_)
        self._place = None if self._ground is None else self._differing(look, self._ground)

    def _is_empty(self, look: Look) -> bool:
        floor = NO_EDGE * self._levels
        is_lit = LIT[0] <= look.mean() <= LIT[1]
        if self._ground is None:
            if is_lit and _share(_edges(look) > floor) <= OTHER:
                return True
        elif self._is_like_ground(look, self._ground):
            return True
        return is_lit and self._part is not None and self._is_bare(look, self._part)

    def _is_like_ground(self, look: Look, ground: Look) -> bool:
        """Say whether this is the ground, though a belt's texture may have moved on."""
        differing = self._differing(look, ground)
        if _share(differing) > FILLED:
            return False
        place = _place(differing)
        usual = max(ROUGHER * _roughness(ground, place), NO_EDGE * self._levels)
        return _roughness(look, place) <= usual

    def _is_bare(self, look: Look, other: Look) -> bool:
        """Say whether, where two looks differ, this one is as rough as around it, and the other
        rougher: then it is the ground, and the other shows a part on it."""
        place = _place(self._differing(look, other))
        around = ~cv2.dilate(place.astype(np.uint8), _AROUND).astype(bool)
        floor = NO_EDGE * self._levels
        usual = max(ROUGHER * _roughness(look, around), floor)
        return _roughness(look, place) <= usual < _roughness(other, place)

    def _differing(self, one: Look, other: Look) -> Cells:
        return np.asarray(np.abs(one - _gain(one, other) * other) > self._levels)

    @staticmethod
    def _remember(kept: Look | None, look: Look) -> None:
        if kept is not None:
            kept += DRIFT * (look - kept)


def _share(cells: Cells) -> float:
    return float(np.count_nonzero(cells)) / cells.size


def _gain(one: Look, other: Look) -> float:
    """Return by how much one look is brighter as a whole; 1 where it cannot be the light alone."""
    gain = float(np.median(one[::2, ::2] / np.maximum(other[::2, ::2], 1.0)))
    return gain if 1 / FLICKER <= gain <= FLICKER else 1.0


def _place(cells: Cells) -> Cells:
    """Return the cells with the holes between them and their rim."""
    grown = cv2.dilate(cells.astype(np.uint8), _WIDE)
    return cv2.erode(grown, _NARROWER).astype(bool)


def _roughness(look: Look, cells: Cells | None = None) -> float:
    """Return how strong the strongest edges are, of all or of some cells; 0 of none."""
    edges = _edges(look) if cells is None else _edges(look)[cells]
    return float(np.percentile(edges, STRONGEST)) if edges.size else 0.0


def _edges(look: Look) -> Look:
    smooth = cv2.blur(look, (3, 3))
    return np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, _AROUND), np.float32)
