"""What happens to a picture between the document and the file: light, blur, noise, JPEG."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._ground import smooth
from app.vocabulary import Bgr


def lit(dice: Dice, picture: Bgr, unevenness: float, tint: float) -> Bgr:
    """Light the picture unevenly, with a colour cast."""
    height, width = picture.shape[:2]
    small = (max(2, width // 16), max(2, height // 16))
    x = np.linspace(-0.5, 0.5, small[0], dtype=np.float32)[None, :]
    y = np.linspace(-0.5, 0.5, small[1], dtype=np.float32)[:, None]
    slope = x * dice.real(-1, 1) + y * dice.real(-1, 1) + smooth(dice, small, 3) * 0.4
    level = dice.real(0.8, 1.06)
    return _times(picture, level * (1 + unevenness * slope), _cast(dice, tint))


def shadowed(dice: Dice, picture: Bgr, depth: float) -> Bgr:
    """Let a soft-edged shadow fall across the picture."""
    height, width = picture.shape[:2]
    small = np.ones((max(2, height // 16), max(2, width // 16)), np.float32)
    rows, columns = small.shape
    angle = dice.real(0, 2 * np.pi)
    x = np.linspace(-0.5, 0.5, columns, dtype=np.float32)[None, :] * np.cos(angle)
    y = np.linspace(-0.5, 0.5, rows, dtype=np.float32)[:, None] * np.sin(angle)
    edge = (x + y - dice.real(-0.3, 0.3)) / dice.real(0.02, 0.15)
    return _times(picture, (1 - depth / (1 + np.exp(-edge))).astype(np.float32), (1.0, 1.0, 1.0))


def glared(dice: Dice, picture: Bgr, strength: float) -> Bgr:
    """Add a mild reflection; it lightens the print and leaves it readable."""
    height, width = picture.shape[:2]
    columns, rows = max(2, width // 16), max(2, height // 16)
    x = (np.linspace(0, 1, columns, dtype=np.float32) - dice.real(0.1, 0.9))[None, :]
    y = (np.linspace(0, 1, rows, dtype=np.float32) - dice.real(0.1, 0.9))[:, None]
    reach = dice.real(0.08, 0.2)
    spot = np.exp(-(x**2 + (y * dice.real(0.6, 1.6)) ** 2) / (2 * reach**2)) * strength
    light = cv2.resize(spot.astype(np.float32), (width, height))
    light = cv2.merge([light, light, light])
    return _clipped(picture + (255.0 - picture) * light)


def blurred(picture: Bgr, sigma_px: float) -> Bgr:
    """Put the lens slightly out of focus."""
    return cv2.GaussianBlur(picture, (0, 0), sigma_px).astype(np.uint8)


def shaken(dice: Dice, picture: Bgr, length_px: float) -> Bgr:
    """Move the camera during the exposure."""
    side = 2 * int(np.ceil(length_px / 2)) + 3
    kernel = np.zeros((side, side), np.float32)
    angle = dice.real(0, np.pi)
    middle = side / 2 - 0.5
    for way in np.linspace(-length_px / 2, length_px / 2, 33):
        x, y = middle + way * np.cos(angle), middle + way * np.sin(angle)
        left, top = int(x), int(y)
        for column, row in ((left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)):
            kernel[row, column] += (1 - abs(x - column)) * (1 - abs(y - row))
    return cv2.filter2D(picture, -1, kernel / kernel.sum()).astype(np.uint8)


def noisy(dice: Dice, picture: Bgr, sigma: float) -> Bgr:
    """Add the sensor's noise; one tile of it repeats, which nobody can see."""
    height, width = picture.shape[:2]
    side = 384
    fine = dice.noise.standard_normal((side, side, 3), np.float32)
    tile = ((cv2.GaussianBlur(fine, (0, 0), 0.5) * 1.6 + 0.5 * fine) * sigma).astype(np.int16)
    noise = np.tile(tile, (height // side + 1, width // side + 1, 1))[:height, :width]
    return cv2.add(picture, noise, dtype=cv2.CV_8U).astype(np.uint8)


def compressed(picture: Bgr, quality: int) -> Bgr:
    """Save as JPEG and open again."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    opened: Bgr = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return opened


def pressed(picture: Bgr, factor: float, middle: float) -> Bgr:
    """Press all tones towards a middle, as a cheap camera in poor light does."""
    tones = np.arange(256) * factor + middle * (1 - factor)
    return _toned(picture, tones)


def creased(dice: Dice, sheet: Bgr, folds: int, scale: float) -> Bgr:
    """Fold the paper and flatten it again; ``scale`` is its pixels a millimetre."""
    height, width = sheet.shape[:2]
    light = np.ones((height, width), np.float32)
    for _ in range(folds):
        is_upright = dice.chance(0.5)
        length, across = (height, width) if is_upright else (width, height)
        middle = across * dice.real(0.15, 0.85) + np.linspace(
            0, across * dice.real(-0.1, 0.1), length
        )
        way = (np.arange(across)[None, :] - middle[:, None]).astype(np.float32) / scale
        ridge = np.exp(-((way / 0.35) ** 2)) * dice.real(0.1, 0.3) - 0.06 * np.tanh(way / 4)
        light *= 1 - (ridge if is_upright else ridge.T)
    return _times(sheet, light, (1.0, 1.0, 1.0))


def copied(dice: Dice, picture: Bgr, *, is_stark: bool) -> Bgr:
    """Copy in black and white: steep tones, specks of toner, now and then a streak."""
    grey = _levelled(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8))
    height, width = grey.shape
    grey += dice.noise.standard_normal((64, width), np.float32).repeat(height // 64 + 1, 0)[:height]
    tones = np.arange(256, dtype=np.float32)
    middle, softness = dice.real(168, 190), dice.real(9, 16) if is_stark else dice.real(22, 34)
    steep = 255 / (1 + np.exp(-(tones - middle) / softness))
    copy = cv2.LUT(np.clip(grey, 0, 255).astype(np.uint8), np.clip(steep, 0, 255).astype(np.uint8))
    count = round(height * width / 1e6 * dice.real(20, 400))
    rows, columns = dice.noise.integers(0, height, count), dice.noise.integers(0, width, count)
    copy[rows, columns] = dice.noise.integers(0, 160, count)
    if dice.chance(0.3):
        column = dice.whole(0, width - 2)
        streak = copy[:, column : column + dice.whole(1, 2)]
        streak[:] = streak // 2
    copy = cv2.GaussianBlur(copy, (0, 0), 0.45)
    return cv2.cvtColor(copy, cv2.COLOR_GRAY2BGR).astype(np.uint8)


def _cast(dice: Dice, tint: float) -> tuple[float, float, float]:
    warmth = dice.real(-tint, tint)
    return 1 + warmth, 1 + dice.real(-tint, tint) * 0.3, 1 - warmth


def _levelled(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Bring the paper to one white, as a copier's exposure does."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA
    )
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 5)
    white = np.maximum(cv2.resize(paper, (width, height)).astype(np.float32), 150)
    return np.minimum(grey * (245 / white), 255).astype(np.float32)


def _toned(picture: Bgr, tones: NDArray[np.floating[Any]]) -> Bgr:
    return cv2.LUT(picture, np.clip(tones, 0, 255).astype(np.uint8)).astype(np.uint8)


def _times(picture: Bgr, light: NDArray[np.float32], cast: tuple[float, float, float]) -> Bgr:
    height, width = picture.shape[:2]
    full = cv2.resize(light.astype(np.float32), (width, height))
    parts = [
        cv2.multiply(part, full * share, dtype=cv2.CV_8U)
        for part, share in zip(cv2.split(picture), cast, strict=True)
    ]
    merged: Bgr = cv2.merge(parts).astype(np.uint8)
    return merged


def _clipped(values: NDArray[Any]) -> Bgr:
    clipped: Bgr = np.clip(values, 0, 255).astype(np.uint8)
    return clipped
