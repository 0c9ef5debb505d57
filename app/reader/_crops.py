"""Lines cut straight out of the frame into the recogniser's input, one warp a line."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from app.engine import Array
from app.reader._detect import Line
from app.vocabulary import Bgr, Quad

HEIGHT = 48
"""Input height of PP-OCR's recogniser and orientation classifier, in pixels."""
GREY = 127
"""What normalises to zero: the padding that the recogniser was trained with."""
SQUEEZE = 1.06
"""A line this much wider than a bucket is squeezed into it; the next bucket would cost more."""


class Cutter:
    """Cuts lines out of one frame; shrunken copies are made once, where lines are much larger."""

    def __init__(self, bgr: Bgr) -> None:
        self._levels: list[Bgr] = [bgr]

    def cut(self, line: Line, width: int, filled: int | None = None) -> Array:
        """Return the line as 1×3×48×width; ``filled`` columns hold text, the rest is padding."""
        filled = min(filled or width, width)
        step_x, step_y = line.length / filled, line.height / HEIGHT
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
            (width, HEIGHT),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        crop[:, filled:] = GREY
        return np.asarray(cv2.dnn.blobFromImage(crop, 1 / 127.5, mean=(127.5,) * 3), np.float32)

    def _level(self, step: float) -> int:
        level = max(0, int(np.log2(max(step, 1.0) / 1.2))) if step > 1 else 0
        while len(self._levels) <= level:
            last = self._levels[-1]
            size = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
            self._levels.append(np.asarray(cv2.resize(last, size, interpolation=cv2.INTER_AREA)))
        return level


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
