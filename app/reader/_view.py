"""Which way the page lies, and the view of the frame in which its text is detected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.reader._detect import Line
from app.vocabulary import Bgr

THUMBNAIL = 160
"""Longer side of the picture on which the ground is told from what lies on it, in pixels."""
UNEVEN = 10
"""Grey levels by which an even ground, the lid of a scanner say, may vary."""
STRIDE = 32
"""Sides of the detector's input are multiples of it, in pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """A shrunken, perhaps turned picture and the 2×3 matrix from it back to the frame."""

    picture: Bgr
    matrix: NDArray[np.float64]

    @property
    def step(self) -> float:
        """Return how many frame pixels one pixel of the view spans."""
        return float(np.hypot(self.matrix[0, 0], self.matrix[1, 0]))

    def outside(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return N×2 points of the view as points of the frame."""
        return points @ self.matrix[:, :2].T + self.matrix[:, 2]

    def inside(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return N×2 points of the frame as points of the view."""
        return (points - self.matrix[:, 2]) @ np.linalg.inv(self.matrix[:, :2]).T


def whole(bgr: Bgr, longest: int) -> View:
    """Show all that stands on the frame, the longer side about ``longest`` pixels."""
    left, top, right, bottom = _content(bgr)
    width, height = right - left, bottom - top
    scale = longest / max(height, width)
    size = (_fit(width * scale), _fit(height * scale))
    shrunk = max(width / size[0], height / size[1]) > 1
    how = cv2.INTER_AREA if shrunk else cv2.INTER_LINEAR
    picture = cv2.resize(bgr[top:bottom, left:right], size, interpolation=how)
    matrix = np.array([[width / size[0], 0, left], [0, height / size[1], top]], np.float64)
    return View(np.asarray(picture), matrix)


def _content(bgr: Bgr) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what lies on an even ground, or of the whole frame."""
    height, width = bgr.shape[:2]
    scale = THUMBNAIL / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA).astype(np.int16)
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    ground = np.median(rim, axis=0)
    if np.percentile(np.abs(rim - ground).max(axis=1), 90) > UNEVEN:
        return 0, 0, width, height
    ys, xs = np.nonzero(np.abs(small - ground).max(axis=2) > 2 * UNEVEN)
    if len(xs) < 4:
        return 0, 0, width, height
    step_x, step_y = width / size[0], height / size[1]
    return (
        max(0, int((xs.min() - 2) * step_x)),
        max(0, int((ys.min() - 2) * step_y)),
        min(width, int((xs.max() + 3) * step_x)),
        min(height, int((ys.max() + 3) * step_y)),
    )


def close_up(bgr: Bgr, lines: Sequence[Line], angle: float, scale: float, longest: int) -> View:
    """Show the rectangle around ``lines``, turned by ``angle``, frame pixels × ``scale``."""
    turn = np.radians(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    centres = np.array([[line.x, line.y] for line in lines]) @ axes.T
    halves = np.array([[line.length / 2, line.height / 2] for line in lines])
    margin = 3 * float(np.median([line.height for line in lines]))
    low, high = (centres - halves).min(axis=0) - margin, (centres + halves).max(axis=0) + margin
    scale = min(scale, longest / float((high - low).max()))
    size = (_fit((high - low)[0] * scale), _fit((high - low)[1] * scale))
    matrix = np.empty((2, 3))
    matrix[:, 0] = axes[0] / scale
    matrix[:, 1] = axes[1] / scale
    middle = axes.T @ ((low + high) / 2)
    matrix[:, 2] = middle - matrix[:, 0] * size[0] / 2 - matrix[:, 1] * size[1] / 2
    shrink = max(0, int(np.log2(max(1.0, 1 / scale / 1.2))))
    source = bgr
    for _ in range(shrink):
        half = (max(1, source.shape[1] // 2), max(1, source.shape[0] // 2))
        source = np.asarray(cv2.resize(source, half, interpolation=cv2.INTER_AREA))
    picture = cv2.warpAffine(
        source,
        matrix * 0.5**shrink,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return View(np.asarray(picture), matrix)


def reading_angle(lines: Sequence[Line]) -> float:
    """Return the angle along which most of the text runs, within (−90°, 90°]; 0 without lines."""
    long = [line for line in lines if line.length > 2.5 * line.height] or list(lines)
    if not long:
        return 0.0
    # Doubled angles, because a direction and its opposite are the same here.
    doubled = np.radians([2 * line.angle for line in long])
    weight = np.array([line.length for line in long])
    first = float(np.degrees(np.arctan2(weight @ np.sin(doubled), weight @ np.cos(doubled))) / 2)
    off = [abs(_difference(line.angle, first)) for line in long]
    near = [line for line, away in zip(long, off, strict=True) if away < 20] or long
    ranked = sorted(near, key=lambda line: _difference(line.angle, first))
    reach = np.cumsum([line.length for line in ranked])
    median = ranked[int(np.searchsorted(reach, reach[-1] / 2))]
    return first + _difference(median.angle, first)


def align(lines: Sequence[Line], angle: float) -> list[Line]:
    """Let every line run along ``angle``: short boxes that were taken sideways are turned."""
    aligned = []
    for line in lines:
        away = _difference(line.angle, angle)
        if abs(away) <= 45:
            aligned.append(replace(line, angle=angle + away))
        elif line.length < 2.5 * line.height:
            turned = angle + _difference(line.angle + 90, angle)
            aligned.append(replace(line, length=line.height, height=line.length, angle=turned))
    return aligned


def _difference(angle: float, reference: float) -> float:
    return (angle - reference + 90) % 180 - 90


def _fit(side: float) -> int:
    return max(STRIDE, round(side / STRIDE) * STRIDE)
