"""Normalised floats back to the bytes they were made of, for models that normalise on the chip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.engine._pack import Normalisation


def pixels_of(
    batch: NDArray[np.float32] | NDArray[np.uint8], normalisation: Normalisation, *, is_rgb: bool
) -> NDArray[np.uint8]:
    """Return N×C×H×W floats as N×H×W×C bytes, blue first: exact where they came from bytes."""
    mean = np.array(normalisation.mean, np.float32)[:, None, None]
    std = np.array(normalisation.std, np.float32)[:, None, None]
    levels = np.rint((batch * std + mean) / np.float32(normalisation.scale))
    pixels = levels.clip(0, 255).astype(np.uint8).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(pixels[..., ::-1] if is_rgb else pixels)


def void_pixel(normalisation: Normalisation, *, is_rgb: bool = False) -> NDArray[np.uint8]:
    """Return the pixel, blue first, that normalises to zero."""
    levels = np.rint(np.array(normalisation.mean) / normalisation.scale)
    pixel = levels.clip(0, 255).astype(np.uint8)
    return pixel[::-1] if is_rgb else pixel
