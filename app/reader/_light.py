"""How a picture of a part is lit and focused, measured on so little of it that it costs nothing."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.vocabulary import Light

THINNED = 256
"""Brightness and contrast are measured on about this many rows and columns."""
BAND, BANDS = 16, 8
"""Sharpness is measured at full resolution on this many bands of rows of this height: thinning
would take the fine edges away by which blur is known."""


def light_of(pixels: NDArray[np.uint8]) -> Light:
    """Measure a picture, H×W or H×W×3."""
    step = max(1, pixels.shape[0] // THINNED), max(1, pixels.shape[1] // THINNED)
    brightness, contrast = _mean_and_deviation(_grey(pixels[:: step[0], :: step[1]]))
    return Light(brightness, contrast, _sharpness(pixels))


def _sharpness(pixels: NDArray[np.uint8]) -> float:
    """Return the variance of the Laplacian over the variance of the grey levels."""
    height = pixels.shape[0]
    count = max(1, min(BANDS, height // BAND))
    edges = levels = 0.0
    for place in range(count):
        top = max(0, round((place + 0.5) * height / count - BAND / 2))
        band = _grey(pixels[top : top + BAND])
        levels += _mean_and_deviation(band)[1] ** 2
        edges += _mean_and_deviation(cv2.Laplacian(band, cv2.CV_16S))[1] ** 2
    return edges / levels if levels else 0.0


def _mean_and_deviation(values: NDArray[Any]) -> tuple[float, float]:
    mean, deviation = cv2.meanStdDev(values)
    return float(mean[0, 0]), float(deviation[0, 0])


def _grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    solid = np.ascontiguousarray(pixels)
    return solid if solid.ndim == 2 else np.asarray(cv2.cvtColor(solid, cv2.COLOR_BGR2GRAY))
