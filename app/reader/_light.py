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
    thin = _grey(pixels[:: step[0], :: step[1]])
    return Light(float(thin.mean()), float(thin.std()), _sharpness(pixels))


def _sharpness(pixels: NDArray[np.uint8]) -> float:
    """Return the variance of the Laplacian over the variance of the grey levels."""
    height = pixels.shape[0]
    count = max(1, min(BANDS, height // BAND))
    tops = [round((place + 0.5) * height / count - BAND / 2) for place in range(count)]
    bands = [_grey(pixels[max(0, top) : max(0, top) + BAND]) for top in tops]
    edges = [cv2.Laplacian(band, cv2.CV_16S)[1:-1] for band in bands if len(band) > 2]
    levels = float(np.mean([band.var() for band in bands]))
    if not edges or levels == 0:
        return 0.0
    return float(np.mean([_variance(edge) for edge in edges])) / levels


def _variance(values: NDArray[Any]) -> float:
    _, deviation = cv2.meanStdDev(values)
    return float(deviation[0, 0]) ** 2


def _grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    solid = np.ascontiguousarray(pixels)
    return solid if solid.ndim == 2 else np.asarray(cv2.cvtColor(solid, cv2.COLOR_BGR2GRAY))
