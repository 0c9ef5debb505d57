"""The copper of a bare board: pads, bundles of parallel tracks, vias, poured ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
"""H×W, 255 where there is copper."""
Points = NDArray[np.float64]

FULL = 640
"""Side of a board whose number of parts is as written below; others have more or fewer."""
EIGHTHS = np.array([[np.cos(a), np.sin(a)] for a in np.arange(8) * np.pi / 4])
"""Tracks run straight or at 45 degrees."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a board house draws alike on one board, in pixels."""

    tracks: tuple[int, int]
    """Narrowest and widest."""
    gaps: tuple[int, int]
    pads: tuple[int, int]
    most: int
    """Tracks in one bundle."""


STYLES = (
    Style(tracks=(6, 9), gaps=(9, 18), pads=(24, 70), most=5),
    Style(tracks=(9, 16), gaps=(11, 22), pads=(40, 110), most=4),
    Style(tracks=(14, 24), gaps=(12, 26), pads=(60, 160), most=3),
    Style(tracks=(26, 44), gaps=(14, 30), pads=(80, 200), most=2),
)


class Layout:
    """Draws one board; every part keeps its gap from what stands already."""

    def __init__(self, side: int, dice: np.random.Generator) -> None:
        self._side, self._dice = side, dice
        self._style = STYLES[int(dice.choice(len(STYLES), p=(0.3, 0.35, 0.25, 0.1)))]
        self._share = (side / FULL) ** 2
        self._gap = int(dice.integers(*self._style.gaps))
        self._copper: Mask = np.zeros((side, side), np.uint8)
        self._holes: Mask = np.zeros((side, side), np.uint8)
        self._off = np.full((side, side), np.inf, np.float32)
        """How far from the copper each pixel lies."""

    def draw(self) -> Mask:
        """Return the copper, with sharp edges."""
        dice = self._dice
        for _ in range(self._some(1, 5)):
            self._pad()
        for _ in range(self._some(12, 30)):
            self._bundle()
        for _ in range(self._some(2, 9)):
            radius = int(dice.integers(*self._style.tracks)) + 4
            self._take(self._ring(dice.uniform(0, self._side, 2), radius))
        if dice.random() < 0.6:
            self._pour()
        return cv2.subtract(self._copper, self._holes).astype(np.uint8)

    def _some(self, least: int, most: int) -> int:
        return max(1, round(float(self._dice.integers(least, most)) * self._share))

    def _take(self, part: tuple[Mask, Mask]) -> bool:
        """Add copper with its holes, unless it comes too close to what is there."""
        copper, holes = part
        if np.any(self._off[copper > 0] <= self._gap):
            return False
        self._put(copper)
        self._holes |= holes
        return True

    def _put(self, copper: Mask) -> None:
        self._copper |= copper
        self._off = _off(self._copper)

    def _empty(self) -> Mask:
        return np.zeros((self._side, self._side), np.uint8)

    def _pad(self) -> None:
        dice, pad, holes = self._dice, self._empty(), self._empty()
        width, height = dice.integers(*self._style.pads, 2)
        left, top = dice.integers(-20, self._side, 2)
        cut = int(min(width, height) * dice.choice([0, 0.15, 0.3]))
        corners = _octagon(left, top, left + width, top + height, cut)
        cv2.fillPoly(pad, [corners], 255)
        if dice.random() < 0.6:
            middle = (int(left + width / 2), int(top + height / 2))
            cv2.circle(holes, middle, max(4, int(min(width, height) * 0.16)), 255, -1)
        if self._take((pad, holes)) and dice.random() < 0.7:
            self._tail(corners, np.array([left + width / 2, top + height / 2]))

    def _tail(self, corners: NDArray[np.int32], middle: Points) -> None:
        """Lead a track away from a pad."""
        path = self._path(middle, int(self._dice.integers(4)) * 2)
        track = self._empty()
        width = int(self._dice.integers(*self._style.tracks))
        _stroke(track, path, width)
        own = self._empty()
        cv2.fillPoly(own, [corners], 255)
        others = _off(cv2.subtract(self._copper, own).astype(np.uint8))
        if not np.any(others[track > 0] <= self._gap):
            self._put(track)

    def _bundle(self) -> None:
        dice, style = self._dice, self._style
        width = int(dice.integers(*style.tracks))
        pitch = width + max(self._gap + 2, int(dice.integers(*style.gaps)))
        first = dice.uniform(-0.1, 1.1, 2) * self._side
        path = self._path(first, int(dice.integers(8)))
        count = int(dice.integers(1, style.most + 1))
        has_vias = dice.random() < 0.6
        for place in range(count):
            track, holes = self._empty(), self._empty()
            line = beside(path, pitch * (place - (count - 1) / 2))
            _stroke(track, line, width)
            if has_vias:
                for end in (line[0], line[-1]):
                    ring, hole = self._ring(end, int(width * 0.9) + 5)
                    track, holes = track | ring, holes | hole
            self._take((track, holes))

    def _path(self, start: Points, way: int) -> Points:
        points = [np.asarray(start, np.float64)]
        for _ in range(int(self._dice.integers(1, 5))):
            reach = self._dice.uniform(0.12, 0.5) * max(self._side, FULL // 3)
            points.append(points[-1] + EIGHTHS[way % 8] * reach)
            way += int(self._dice.choice([-1, 1]))
        return np.array(points)

    def _ring(self, centre: Points, radius: int) -> tuple[Mask, Mask]:
        ring, hole = self._empty(), self._empty()
        middle = (round(float(centre[0])), round(float(centre[1])))
        cv2.circle(ring, middle, radius, 255, -1)
        if radius >= 9 and self._dice.random() < 0.7:
            cv2.circle(hole, middle, max(3, int(radius * 0.45)), 255, -1)
        return ring, hole

    def _pour(self) -> None:
        """Fill a corner or a band with copper, leaving a gap around everything."""
        dice, side, area = self._dice, self._side, self._empty()
        x1, y1 = dice.uniform(-0.3, 0.5, 2) * side
        x2, y2 = np.array([x1, y1]) + dice.uniform(0.4, 1.0, 2) * side
        cut = int(dice.uniform(0, 0.25) * side)
        cv2.fillPoly(area, [_octagon(int(x1), int(y1), int(x2), int(y2), cut)], 255)
        area[self._off <= self._gap] = 0
        # What the gaps leave of the ground must not be narrower than a track.
        narrow = self._style.tracks[0] + 6
        self._copper |= cv2.morphologyEx(area, cv2.MORPH_OPEN, _disc(narrow)).astype(np.uint8)


def rough(mask: Mask, dice: np.random.Generator) -> Mask:
    """Return a mask whose edges waver by about a pixel."""
    noise = dice.normal(0, 1, mask.shape).astype(np.float32)
    wave = cv2.GaussianBlur(noise, (0, 0), 1.6) * 1.6 + noise * 0.12
    soft = cv2.GaussianBlur(mask, (0, 0), 1.4).astype(np.float32) / 255
    return np.where(soft + 0.11 * wave > 0.5, 255, 0).astype(np.uint8)


def beside(path: Points, away: float) -> Points:
    """Return a path parallel to another, ``away`` pixels to its left; bends keep the distance."""
    ways = np.diff(path, axis=0)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    bends = across[:-1] + across[1:]
    bends /= 1 + np.sum(across[:-1] * across[1:], axis=1, keepdims=True)
    return path + away * np.vstack([across[:1], bends, across[-1:]])


def _stroke(mask: Mask, path: Points, width: int) -> None:
    cv2.polylines(mask, [path.round().astype(np.int32)], False, 255, width)


def _octagon(x1: int, y1: int, x2: int, y2: int, cut: int) -> NDArray[np.int32]:
    corners: Sequence[tuple[int, int]] = (
        (x1 + cut, y1), (x2 - cut, y1), (x2, y1 + cut), (x2, y2 - cut),
        (x2 - cut, y2), (x1 + cut, y2), (x1, y2 - cut), (x1, y1 + cut),
    )  # fmt: skip
    return np.array(corners, np.int32)


def _disc(diameter: int) -> Mask:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (diameter, diameter)).astype(np.uint8)


def _off(copper: Mask) -> NDArray[np.float32]:
    if not copper.any():
        return np.full(copper.shape, np.inf, np.float32)
    return cv2.distanceTransform(255 - copper, cv2.DIST_L2, 3).astype(np.float32)
