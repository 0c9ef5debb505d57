"""A frame as a small grey picture, on which a watch sees movement and change."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.vocabulary import Bgr

Look = NDArray[np.float32]
"""A frame as a small grey picture."""

LOOK_PX = (128, 96)
"""A card that fills a third of the picture still has its photo on some 600 cells."""
COARSE_PX = 512
"""Pixels are skipped down to about this width before averaging; a 4K frame then costs 1 ms."""
MIDDLE = 110.0
"""A usual grey level."""
LEVELS = 18.0
"""A cell differs by more than this, in a picture of ``MIDDLE``: six times the noise of a cheap
camera, averaged over a cell."""


def small_grey(bgr: Bgr) -> Look:
    """Return the picture's green, averaged over cells."""
    step = max(1, bgr.shape[1] // COARSE_PX)
    green = np.ascontiguousarray(bgr[::step, ::step, 1])
    return np.asarray(cv2.resize(green, LOOK_PX, interpolation=cv2.INTER_AREA), np.float32)
