"""Text detection: a shrunken picture in, rotated rectangles around lines of text out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine import Array, Session
from app.vocabulary import Bgr

# Post-processing constants of the DB detector (Liao et al. 2020), as PP-OCR ships them.
CORE = 0.3
"""A pixel at or above this probability belongs to a line's core."""
LINE = 0.5
"""A core whose mean probability is below this is no line."""
UNCLIP = 1.6
"""The core was trained shrunk; it grows back by area × UNCLIP ÷ perimeter."""
SMALLEST_PX = 3
"""A core thinner than this, on the network's input, is noise."""


@dataclass(frozen=True, slots=True)
class Line:
    """A rotated rectangle: centre, length along the text, height across it, angle in degrees."""

    x: float
    y: float
    length: float
    height: float
    angle: float
    """Of the reading direction, clockwise from the x axis, in degrees."""
    score: float = 1.0


def heat_of(session: Session, picture: Bgr) -> Array:
    """Run the detector on a picture whose sides are multiples of 32; returns H×W probabilities."""
    blob = cv2.dnn.blobFromImage(picture, 1 / 127.5, mean=(127.5, 127.5, 127.5))
    heat: Array = session.run(np.asarray(blob, np.float32))[0, 0]
    return heat


def lines_of(heat: Array, matrix: NDArray[np.float64]) -> list[Line]:
    """Find the lines of text on a heat map, in the coordinates that ``matrix`` (2×3) maps to.

    The angle is that of the longer side, within (−90°, 90°]; which end is up is not known here.
    """
    core = (heat >= CORE).astype(np.uint8)
    contours, _ = cv2.findContours(core, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    turn = float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0])))
    found = []
    for contour in contours:
        (x, y), (width, height), angle = cv2.minAreaRect(contour)
        # minAreaRect measures between pixel centres: half a pixel is missing on every side.
        x, y, width, height = x + 0.5, y + 0.5, width + 1, height + 1
        if min(width, height) < SMALLEST_PX:
            continue
        score = _mean_inside(heat, contour)
        if score < LINE:
            continue
        if width < height:
            width, height, angle = height, width, angle - 90
        grown = width * height * UNCLIP / (width + height)
        at = matrix @ (x, y, 1.0)
        found.append(
            Line(
                x=float(at[0]),
                y=float(at[1]),
                length=(width + grown) * scale,
                height=(height + grown) * scale,
                angle=_half_turn(angle + turn),
                score=score,
            )
        )
    return found


def _mean_inside(heat: Array, contour: NDArray[Any]) -> float:
    left, top, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), np.uint8)
    cv2.drawContours(mask, [contour - (left, top)], -1, 1, cv2.FILLED)
    return float(cv2.mean(heat[top : top + height, left : left + width], mask)[0])


def _half_turn(angle: float) -> float:
    return 90 - (90 - angle) % 180
