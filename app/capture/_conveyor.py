"""A belt with parts on it as a camera sees it; a frame takes a few copies and no arithmetic."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.vocabulary import Bgr

_BELT = 120
"""Mean grey level of the belt."""
_SPARE = 64
"""By so many pixels the field of noise is larger than a frame: each frame cuts it elsewhere."""
_FLICKER = 0.002
"""Change of brightness a grey level of noise."""

Size = tuple[int, int]
Pixels = NDArray[np.uint8]
"""H×W where all is grey, else H×W×3."""


class Lying(NamedTuple):
    """A part and its place in the row on the belt."""

    place: int
    picture: Pixels


class Conveyor:
    """Belt and camera; between two parts lies as much belt as the view is wide."""

    def __init__(self, view: Size, noise: float, jitter: int) -> None:
        self._width, self._height = view
        self._jitter = jitter
        self._dice = np.random.default_rng(1)
        belt = _texture(view, self._dice)
        self._belt = np.hstack([belt, belt])
        self._noise = noise
        self._zero = round(4 * noise)
        self._grain = self._field() if noise else None

    @staticmethod
    def fitted(picture: Bgr, view: Size) -> Pixels:
        """Return a part's picture shrunk into the view, one channel where it is grey."""
        height, width = picture.shape[:2]
        scale = min(1.0, view[0] / width, view[1] / height)
        if scale < 1:
            size = (max(1, int(width * scale)), max(1, int(height * scale)))
            picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        is_grey = (picture == picture[:, :, :1]).all()
        return np.ascontiguousarray(picture[:, :, 0]) if is_grey else picture

    def shot(self, way: float, parts: list[Lying]) -> Bgr:
        """Return what the camera sees once the belt has come ``way`` parts along."""
        shift = round(-way * self._width) % self._width
        frame: Pixels = self._belt[:, shift : shift + self._width].copy()
        if any(part.picture.ndim == 3 for part in parts):
            frame = np.asarray(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR), np.uint8)
        for part in parts:
            self._lay(frame, part, way)
        if self._grain is not None:
            frame = self._shaken(frame, self._grain)
        if frame.ndim == 2:
            frame = np.asarray(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR), np.uint8)
        return frame

    def _lay(self, frame: Pixels, part: Lying, way: float) -> None:
        high, wide = part.picture.shape[:2]
        off = np.random.default_rng(part.place).integers(-self._jitter, self._jitter + 1, 2)
        left = (self._width - wide) // 2 + int(off[0]) - round((part.place - way) * self._width)
        top = int(np.clip((self._height - high) // 2 + off[1], 0, self._height - high))
        first, last = max(0, -left), min(wide, self._width - left)
        if first < last:
            seen = part.picture[:, first:last]
            place = frame[top : top + high, left + first : left + last]
            place[:] = seen[:, :, None] if seen.ndim < place.ndim else seen

    def _shaken(self, frame: Pixels, grain: Pixels) -> Pixels:
        top, left = self._dice.integers(0, _SPARE, 2)
        cut = grain[top : top + self._height, left : left + self._width]
        if frame.ndim == 3:
            cut = np.asarray(cv2.cvtColor(cut, cv2.COLOR_GRAY2BGR), np.uint8)
        gain = 1 + _FLICKER * self._noise * float(self._dice.normal())
        return np.asarray(cv2.addWeighted(frame, gain, cut, 1, -self._zero, dst=frame), np.uint8)

    def _field(self) -> Pixels:
        size = (self._height + _SPARE, self._width + _SPARE)
        grain = self._dice.normal(self._zero, self._noise, size)
        return np.clip(grain.round(), 0, 255).astype(np.uint8)


def _texture(view: Size, dice: np.random.Generator) -> Pixels:
    """Draw one view of belt that can be laid behind itself without a seam."""
    width, height = view
    coarse = dice.normal(0, 7, (max(2, height // 12), max(2, width // 40)))
    coarse = np.hstack([coarse, coarse[:, :1]])
    soft = cv2.resize(coarse, (width + 1, height), interpolation=cv2.INTER_LINEAR)[:, :width]
    return np.clip(_BELT + soft, 0, 255).astype(np.uint8)
