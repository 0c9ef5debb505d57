"""Lines cut straight out of the frame into the recogniser's input, one warp a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine import Array
from app.reader._detect import Line
from app.vocabulary import Bgr, Quad

HEIGHT = 48
"""Input height of PP-OCR's recogniser and orientation classifier, in pixels."""
GREY = 127
"""What normalises to zero: the padding that the recogniser was trained with."""
INK = 0.52
"""Share of the input's height that the ink of a line is given: smaller is quicker."""
FINE_INK = 0.58
SHORT, SLENDER = 7, 26
"""A line less than SHORT times longer than its ink is high costs little, and names stand in such
lines; one more than SLENDER times longer may be machine-readable, 30 to 44 characters of fixed
pitch (ICAO 9303-3), whose runs of fillers need room: both are given FINE_INK."""
FITTED = 32
"""Rows of the small crop on which a line's ink is measured."""
SQUEEZE = 1.06
"""A line this much wider than a bucket is squeezed into it; the next bucket would cost more."""


class Cutter:
    """Cuts lines out of one frame; shrunken copies are made once, where lines are much larger."""

    def __init__(self, bgr: Bgr) -> None:
        self._levels: list[Bgr] = [bgr]
        self._shrinking = Lock()

    def fit(self, line: Line) -> Line:
        """Return the line with its height fitted to its ink: the detector's is a rough guess."""
        if line.length < 2.5 * line.height:
            return line
        columns = round(min(line.length / line.height, 8) * FITTED)
        grey = cv2.cvtColor(self._crop(line, (columns, FITTED)), cv2.COLOR_BGR2GRAY)
        top, bottom = _inked_rows(grey)
        inked = line.height * (bottom - top) / FITTED
        is_plain = SHORT * inked < line.length < SLENDER * inked
        height = inked / (INK if is_plain else FINE_INK)
        if not 0.4 < height / line.height < 1.8:
            return line
        off = ((top + bottom) / FITTED - 1) / 2 * line.height
        turn = np.radians(line.angle)
        return replace(
            line,
            x=line.x - float(np.sin(turn)) * off,
            y=line.y + float(np.cos(turn)) * off,
            height=height,
        )

    def cut(self, line: Line, width: int, filled: int | None = None) -> Array:
        """Return the line as 1×3×48×width; ``filled`` columns hold text, the rest is padding."""
        filled = min(filled or width, width)
        crop = self._crop(line, (filled, HEIGHT), width)
        crop[:, filled:] = GREY
        return np.asarray(cv2.dnn.blobFromImage(crop, 1 / 127.5, mean=(127.5,) * 3), np.float32)

    def _crop(self, line: Line, size: tuple[int, int], width: int | None = None) -> Bgr:
        filled, rows = size
        step_x, step_y = line.length / filled, line.height / rows
        level = self._level(min(step_x, step_y))
        shrink = 0.5**level
        turn = np.radians(line.angle)
        along = np.array([np.cos(turn), np.sin(turn)])
        across = np.array([-along[1], along[0]])
        matrix = np.empty((2, 3))
        matrix[:, 0] = along * step_x * shrink
        matrix[:, 1] = across * step_y * shrink
        corner = np.array([line.x, line.y]) - along * line.length / 2 - across * line.height / 2
        # Pixel centres lie half a pixel inside: undo it in the source, apply it in the target.
        matrix[:, 2] = (corner * shrink - 0.5) + matrix[:, 0] / 2 + matrix[:, 1] / 2
        crop = cv2.warpAffine(
            self._levels[level],
            matrix,
            (width or filled, rows),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(crop)

    def _level(self, step: float) -> int:
        level = max(0, int(np.log2(max(step, 1.0) / 1.2))) if step > 1 else 0
        with self._shrinking:
            while len(self._levels) <= level:
                last = self._levels[-1]
                size = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
                half = cv2.resize(last, size, interpolation=cv2.INTER_AREA)
                self._levels.append(np.asarray(half))
        return level


def _inked_rows(grey: NDArray[Any]) -> tuple[int, int]:
    """Return the first row of a line's ink and the row behind its last."""
    rows = len(grey)
    levels = grey.astype(np.float32)
    energy = np.abs(np.diff(levels, axis=1)).mean(axis=1)
    energy[:-1] += np.abs(np.diff(levels, axis=0)).mean(axis=1)
    energy = np.convolve(energy, np.ones(3) / 3, "same")
    sixth = rows // 6
    peak = sixth + int(energy[sixth : rows - sixth].argmax())
    ground = float(np.partition(energy, rows // 10)[rows // 10])
    faint = energy <= ground + 0.3 * (energy[peak] - ground)
    above = np.flatnonzero(faint[:peak])
    below = np.flatnonzero(faint[peak:])
    top = int(above[-1]) + 1 if len(above) else 0
    bottom = peak + int(below[0]) if len(below) else rows
    return top, bottom


def bucket(line: Line, widths: Sequence[int]) -> tuple[int, int]:
    """Return the width bucket for a line, and how many of its columns the line fills."""
    natural = max(1, round(line.length / line.height * HEIGHT))
    for width in widths:
        if natural <= width * SQUEEZE:
            return width, min(natural, width)
    return widths[-1], widths[-1]


def quad_of(line: Line) -> Quad:
    """Return the corners of a line, upper left first as read."""
    turn = np.radians(line.angle)
    ax, ay = float(np.cos(turn)) * line.length / 2, float(np.sin(turn)) * line.length / 2
    bx, by = -float(np.sin(turn)) * line.height / 2, float(np.cos(turn)) * line.height / 2
    return (
        (line.x - ax - bx, line.y - ay - by),
        (line.x + ax - bx, line.y + ay - by),
        (line.x + ax + bx, line.y + ay + by),
        (line.x - ax + bx, line.y - ay + by),
    )
