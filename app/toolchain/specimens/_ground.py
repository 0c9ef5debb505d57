"""What a document is printed on: plain and tinted paper, gradients, fine security lines."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._sheet import Colour

Rgb = NDArray[np.uint8]


def size_px(size_mm: tuple[float, float], scale: float) -> tuple[int, int]:
    """Return width and height in whole pixels."""
    return round(size_mm[0] * scale), round(size_mm[1] * scale)


def smooth(dice: Dice, size: tuple[int, int], cells: int) -> NDArray[np.float32]:
    """Return a soft random field between -1 and 1, ``cells`` hills along its longer side."""
    width, height = size
    longer = max(size)
    small = (max(2, round(cells * height / longer)), max(2, round(cells * width / longer)))
    hills = dice.noise.uniform(-1, 1, small).astype(np.float32)
    field = cv2.resize(hills, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(field, -1, 1).astype(np.float32)


def paper(dice: Dice, size: tuple[int, int], colour: Colour, unevenness: float = 2.0) -> Rgb:
    """Return paper of one colour with a faint cloudiness."""
    cloud = smooth(dice, size, 24) * unevenness
    return _clipped(np.array(colour, np.float32) + cloud[..., None])


def gradient(dice: Dice, size: tuple[int, int], colours: tuple[Colour, ...]) -> Rgb:
    """Return colours that run into each other across the sheet at some angle."""
    width, height = size
    angle = dice.real(0, 2 * np.pi)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * np.cos(angle)
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * np.sin(angle)
    way = x + y
    way = (way - way.min()) / max(1e-6, float(way.max() - way.min()))
    stops = np.linspace(0, 1, len(colours))
    parts = [np.interp(way, stops, [c[part] for c in colours]) for part in range(3)]
    return _clipped(np.stack(parts, -1) + smooth(dice, size, 12)[..., None] * 3)


def lines(dice: Dice, ground: Rgb, scale: float, strength: float, count: int = 3) -> Rgb:
    """Draw families of fine waves over a ground, as security printers do."""
    height, width = ground.shape[:2]
    drawn = ground.copy()
    x = np.linspace(-20, width + 20, 96, dtype=np.float32)
    for _ in range(count):
        ink = tuple(int(part) for part in dice.shade(60, 200))
        step = dice.real(0.7, 2.2) * scale
        waves = [
            (dice.real(8, 60) * scale, dice.real(0.4, 5) * scale, dice.real(0, 6.3))
            for _ in range(2)
        ]
        drift = dice.real(-0.12, 0.12)
        shape = sum(
            (high * np.sin(2 * np.pi * x / long + phase) for long, high, phase in waves),
            np.zeros_like(x),
        )
        starts = np.arange(-height * 0.2, height * 1.2, step, dtype=np.float32)
        bend = dice.real(0.985, 1.015)
        curves = [
            np.stack([x, start + shape * bend**number + drift * x], -1)
            for number, start in enumerate(starts)
        ]
        points = [(curve * 16).astype(np.int32) for curve in curves]
        cv2.polylines(drawn, points, False, ink, 1, cv2.LINE_AA, 4)
    return _clipped(cv2.addWeighted(drawn, strength, ground, 1 - strength, 0))


def rosette(dice: Dice, ground: Rgb, centre: tuple[float, float], radius: float) -> Rgb:
    """Draw one guilloche rosette, centre and radius in pixels."""
    drawn = ground.copy()
    turn = np.linspace(0, 2 * np.pi, 360, dtype=np.float32)
    ink = dice.shade(90, 200)
    petals, depth = dice.whole(8, 24), dice.real(0.04, 0.14)
    curves = []
    for size in np.linspace(0.25, 1, dice.whole(5, 9)):
        reach = radius * size * (1 + depth * np.cos(petals * turn + 6 * size))
        curve = np.stack([centre[0] + reach * np.cos(turn), centre[1] + reach * np.sin(turn)], -1)
        curves.append((curve * 16).astype(np.int32))
    cv2.polylines(drawn, curves, True, ink, 1, cv2.LINE_AA, 4)
    strength = dice.real(0.25, 0.5)
    return _clipped(cv2.addWeighted(drawn, strength, ground, 1 - strength, 0))


def _clipped(values: NDArray[Any]) -> Rgb:
    clipped: Rgb = np.clip(values, 0, 255).astype(np.uint8)
    return clipped
