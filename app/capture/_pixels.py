"""From what Pillow decoded, in whatever colours, to one upright BGR array."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.capture import _faults
from app.capture._faults import Place
from app.vocabulary import Bgr

_ORIENTATION = 0x0112
"""EXIF 2.3, 4.6.4 A."""
_UPRIGHT: dict[int, Callable[[Bgr], Any]] = {
    2: lambda bgr: cv2.flip(bgr, 1),
    3: lambda bgr: cv2.rotate(bgr, cv2.ROTATE_180),
    4: lambda bgr: cv2.flip(bgr, 0),
    5: cv2.transpose,
    6: lambda bgr: cv2.rotate(bgr, cv2.ROTATE_90_CLOCKWISE),
    7: lambda bgr: cv2.flip(cv2.transpose(bgr), -1),
    8: lambda bgr: cv2.rotate(bgr, cv2.ROTATE_90_COUNTERCLOCKWISE),
}
_STRIP_PIXELS = 8_000_000
"""Larger pictures become BGR strip by strip, so that they are held twice, not three times."""
_DEEP = ("I", "F")
_SIXTEEN = "I;16"


def bgr_of(image: Image.Image, at: Place) -> Bgr:
    """Return a loaded picture as a read-only BGR array, turned as its EXIF orientation says.

    Raises BadPicture if its colours cannot be turned into BGR.
    """
    try:
        bgr = _bgr(image)
    except (ValueError, KeyError) as error:
        raise _faults.unknown_colours(at, image.mode) from error
    turn = _UPRIGHT.get(_orientation(image))
    if turn:
        bgr = _array(turn(bgr))
    bgr.setflags(write=False)
    return bgr


def _bgr(image: Image.Image) -> Bgr:
    range_ = _range(image)
    width, height = image.size
    rows = max(1, _STRIP_PIXELS // width)
    if rows >= height:
        return _strip_bgr(image, range_)
    bgr = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        bgr[top:bottom] = _strip_bgr(image.crop((0, top, width, bottom)), range_)
    return bgr


def _strip_bgr(strip: Image.Image, range_: tuple[float, float]) -> Bgr:
    if strip.mode.startswith(_SIXTEEN) or strip.mode in _DEEP:
        grey = _eight_bits(np.asarray(strip), *range_)
        return _array(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    if strip.mode in ("1", "L"):
        grey = np.asarray(strip.convert("L"))
        return _array(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    if strip.has_transparency_data:
        strip = _on_white(strip.convert("RGBA"))
    elif strip.mode != "RGB":
        strip = strip.convert("RGB")
    packed = strip.tobytes("raw", "BGR")
    return np.frombuffer(packed, np.uint8).reshape(strip.height, strip.width, 3)


def _range(image: Image.Image) -> tuple[float, float]:
    """Return the values that become black and white; only deep pictures need it."""
    if not image.mode.startswith(_SIXTEEN) and image.mode not in _DEEP:
        return 0, 255
    low, high = (float(value) for value in cast(tuple[float, float], image.getextrema()))
    if low >= 0 and 255 < high < 65536:
        # A 12-bit scanner stores 0–4095 in 16 bits.
        return 0, 2 ** int(high).bit_length() - 1
    return (0, 255) if low >= 0 and 1 < high <= 255 else (low, high)


def _eight_bits(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    scale = 255 / (high - low) if high > low else 1.0
    with np.errstate(all="ignore"):
        scaled = (values.astype(np.float32) - low) * scale
    eight: NDArray[np.uint8] = np.nan_to_num(scaled, posinf=255).clip(0, 255).astype(np.uint8)
    return eight


def _on_white(strip: Image.Image) -> Image.Image:
    white = Image.new("RGB", strip.size, "white")
    white.paste(strip, mask=strip)
    return white


def _array(mat: Any) -> Bgr:
    return np.asarray(mat, np.uint8)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error, EOFError):
        # A picture is worth reading even where its EXIF is not.
        return 1
