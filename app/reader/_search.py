"""Where the text of a frame is, looked for no closer than its print asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine import Array, Session
from app.reader._detect import Line, heat_of, lines_of
from app.reader._view import View, align, close_up, reading_angle, whole
from app.vocabulary import Bgr

GLANCES = (448, 640, 1024)
"""Longer sides of one look at the whole frame after the other, in pixels."""
SURE, FAINT = 0.5, 0.05
HALF_SEEN = 1.37
"""Print too small for the detector glows faintly: where the faint area is this many times the sure
one, some lines are missing. Measured on specimens: up to 1.3 where all lines are found."""
SUSPECTED = 4
"""That many glows without a sure core are lines, not a face on a photograph."""
GLOW = 12
"""Pixels of a glow that counts."""
FEW = 4
"""Fewer lines than on any document of ours: the others may not even glow."""
SMALL_SHARE = 0.2
"""The smallest fifth of the lines decides whether the print is large enough."""
TOO_SMALL = 12.5
"""Height of those lines, on the detector's input, below which boxes run into each other."""
GOOD = 16.0
"""Height of those lines that a close-up aims at, in pixels."""
CLOSEST = 1280
"""Longer side of a close-up at most, in pixels."""


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a frame, the angle they run along, and the look that found them first."""

    lines: list[Line]
    angle: float
    """Clockwise, in degrees; which end is up is not known yet."""
    glance: View


def search(detector: Session, bgr: Bgr) -> Found:
    """Find the lines of a frame."""
    view, lines = _glance(detector, bgr)
    angle = reading_angle(lines)
    lines = align(lines, angle)
    height = _small_height(lines)
    if lines and height / view.step < TOO_SMALL and view.step > 1:
        closer = close_up(bgr, lines, angle, min(1.0, GOOD / height), CLOSEST)
        found = lines_of(heat_of(detector, closer.picture), closer.matrix)
        angle = reading_angle(found) if found else angle
        lines = align(found, angle) or lines
    return Found(lines, angle, view)


def _glance(detector: Session, bgr: Bgr) -> tuple[View, list[Line]]:
    view = whole(bgr, GLANCES[0])
    heat = heat_of(detector, view.picture)
    lines = lines_of(heat, view.matrix)
    for longest in GLANCES[1:]:
        if view.step <= 1 or not _is_half_seen(heat, lines, view.step):
            break
        view = whole(bgr, longest)
        heat = heat_of(detector, view.picture)
        lines = lines_of(heat, view.matrix)
    return view, lines


def _is_half_seen(heat: Array, lines: Sequence[Line], step: float) -> bool:
    """Whether there is print that the detector only suspects."""
    if len(lines) < FEW:
        return True
    faint = heat > FAINT
    sure = heat > SURE
    if faint.sum() <= HALF_SEEN * sure.sum():
        return False
    return _small_height(lines) < TOO_SMALL * step or _suspected(faint, sure) >= SUSPECTED


def _suspected(faint: NDArray[np.bool_], sure: NDArray[np.bool_]) -> int:
    """Count the glows without a sure core."""
    count, glows, stats, _ = cv2.connectedComponentsWithStats(faint.astype(np.uint8))
    large = set(np.flatnonzero(stats[:count, cv2.CC_STAT_AREA] >= GLOW)) - {0}
    return len(large - set(np.unique(glows[sure])))


def _small_height(lines: Sequence[Line]) -> float:
    if not lines:
        return 0.0
    ranked = sorted(lines, key=lambda line: line.height)
    reach = np.cumsum([line.length for line in ranked])
    return ranked[int(np.searchsorted(reach, reach[-1] * SMALL_SHARE))].height
