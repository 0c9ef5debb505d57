"""Where a document lies on a picture: a flat scan or a plane seen by a camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.toolchain.specimens._dice import Dice
from app.vocabulary import Box, Quad

Matrix = NDArray[np.float64]
"""3×3, millimetres of the document to pixels of the picture."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture's size and the way a document gets onto it."""

    size: tuple[int, int]
    """Width and height in pixels."""
    matrix: Matrix

    def quad(self, box_mm: Box) -> Quad:
        """Return where a box of the document stands on the picture."""
        left, top, right, bottom = box_mm
        corners = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]])
        seen = cv2.perspectiveTransform(corners.astype(np.float64), self.matrix)[0]
        a, b, c, d = ((float(x), float(y)) for x, y in seen)
        return a, b, c, d

    def scales(self, size_mm: tuple[float, float]) -> tuple[float, float]:
        """Return the smallest and the largest number of pixels a millimetre on the document."""
        found = [
            float(length)
            for x in (0.0, size_mm[0])
            for y in (0.0, size_mm[1])
            for length in np.linalg.svd(self._stretch(x, y), compute_uv=False)
        ]
        return min(found), max(found)

    def _stretch(self, x: float, y: float) -> Matrix:
        step = 0.5
        points = np.array([[(x, y), (x + step, y), (x, y + step)]])
        origin, right, down = cv2.perspectiveTransform(points, self.matrix)[0]
        return np.stack([right - origin, down - origin], 1) / step


def turned(degrees: float) -> Matrix:
    """Return a rotation of the plane."""
    angle = np.radians(degrees)
    return np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )


def moved(x: float, y: float) -> Matrix:
    """Return a translation."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def scaled(factor: float) -> Matrix:
    """Return an even scaling."""
    return np.diag([factor, factor, 1.0])


def seen_plane(
    dice: Dice, size_mm: tuple[float, float], tilt_deg: float, roll_deg: float
) -> Matrix:
    """Return how a tilted document looks to a pinhole camera, in units of its own width."""
    width, height = size_mm
    tilts = (dice.real(-tilt_deg, tilt_deg), dice.real(-tilt_deg, tilt_deg))
    about_x, about_y = np.radians(tilts)
    distance = dice.real(2.2, 4.0)
    spin_x = np.array(
        [[1, 0, 0], [0, np.cos(about_x), -np.sin(about_x)], [0, np.sin(about_x), np.cos(about_x)]]
    )
    spin_y = np.array(
        [[np.cos(about_y), 0, np.sin(about_y)], [0, 1, 0], [-np.sin(about_y), 0, np.cos(about_y)]]
    )
    plane = (spin_y @ spin_x)[:, :2]
    camera = np.column_stack([plane, (0.0, 0.0, distance)])
    unit = 1 / max(size_mm)
    return camera @ turned(roll_deg) @ scaled(unit) @ moved(-width / 2, -height / 2)


def fitted(
    dice: Dice, plane: Matrix, size_mm: tuple[float, float], size: tuple[int, int], fill: float
) -> View:
    """Put a seen plane onto a picture so that it fills a part of it and lies wholly inside."""
    width, height = size
    seen = View(size, plane)
    xs, ys = np.array(seen.quad((0.0, 0.0, *size_mm))).T
    factor = fill * min(width / np.ptp(xs), height / np.ptp(ys))
    spare_x, spare_y = width - factor * np.ptp(xs), height - factor * np.ptp(ys)
    x = spare_x * dice.real(0.15, 0.85) - factor * xs.min()
    y = spare_y * dice.real(0.15, 0.85) - factor * ys.min()
    return View(size, moved(float(x), float(y)) @ scaled(float(factor)) @ plane)


def camera_view(
    dice: Dice,
    size_mm: tuple[float, float],
    least_px_mm: float,
    *,
    tilt_deg: float,
    roll_deg: float,
    sizes: Sequence[tuple[int, int]],
) -> View:
    """Choose the first picture size on which every millimetre gets its pixels.

    The sizes grow; if none is large enough, the document is made to fill the last one.
    """
    plane = seen_plane(dice, size_mm, tilt_deg, roll_deg)
    fill = dice.real(0.62, 0.93)
    first = dice.whole(0, len(sizes) - 1) if dice.chance(0.4) else 0
    for size in sizes[first:]:
        view = fitted(dice, plane, size_mm, size, fill)
        if view.scales(size_mm)[0] >= least_px_mm:
            return view
    view = fitted(dice, plane, size_mm, sizes[-1], 0.94)
    short = least_px_mm / view.scales(size_mm)[0]
    if short <= 1:
        return view
    grown = (round(sizes[-1][0] * short) + 1, round(sizes[-1][1] * short) + 1)
    return fitted(dice, plane, size_mm, grown, 0.94)


def scan_view(
    dice: Dice, size_mm: tuple[float, float], dpi: float, page_mm: tuple[float, float], turn: int
) -> View:
    """Lay a document on a scanner's glass, a little askew, the page turned by quarter turns."""
    scale = dpi / 25.4
    skew = dice.real(-3, 3) if dice.chance(0.6) else dice.real(-0.6, 0.6)
    flat = turned(skew) @ moved(-size_mm[0] / 2, -size_mm[1] / 2)
    xs, ys = np.array(View((0, 0), flat).quad((0.0, 0.0, *size_mm))).T
    # A picture cut along the document's edges has nothing around it.
    margin = 0.0 if dice.chance(0.15) else 2.0
    room_x = max(0.0, page_mm[0] - np.ptp(xs) - 2 * margin)
    room_y = max(0.0, page_mm[1] - np.ptp(ys) - 2 * margin)
    page = (np.ptp(xs) + room_x + 2 * margin, np.ptp(ys) + room_y + 2 * margin)
    x = margin + room_x * dice.real(0, 1) - xs.min()
    y = margin + room_y * dice.real(0, 1) - ys.min()
    matrix = scaled(scale) @ moved(float(x), float(y)) @ flat
    width, height = round(float(page[0]) * scale), round(float(page[1]) * scale)
    return quarter_turned(View((width, height), matrix), turn)


def quarter_turned(view: View, turn: int) -> View:
    """Turn a whole picture clockwise by so many quarters."""
    for _ in range(turn % 4):
        width, height = view.size
        clockwise = moved(height, 0) @ np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
        view = View((height, width), clockwise @ view.matrix)
    return view


def shaded(
    dice: Dice, desk: NDArray[np.uint8], view: View, size_mm: tuple[float, float]
) -> NDArray[np.uint8]:
    """Return the desk with the soft shadow that a document of this size throws on it."""
    eighth = 0.125
    small = np.zeros((round(view.size[1] * eighth), round(view.size[0] * eighth)), np.float32)
    corners = np.array(view.quad((0.0, 0.0, *size_mm))) * eighth
    reach = np.array([dice.real(-1, 1), dice.real(-1, 1)]) * small.shape[1] * 0.012
    cv2.fillPoly(small, [np.round(corners + reach).astype(np.int32)], dice.real(0.15, 0.5))
    soft = cv2.GaussianBlur(small, (0, 0), max(0.6, small.shape[1] * dice.real(0.003, 0.012)))
    light = cv2.cvtColor(1 - cv2.resize(soft, view.size), cv2.COLOR_GRAY2BGR)
    return cv2.multiply(desk, light, dtype=cv2.CV_8U).astype(np.uint8)


def laid(
    desk: NDArray[np.uint8], sheet: NDArray[np.uint8], view: View, scale: float, corner_mm: float
) -> NDArray[np.uint8]:
    """Return the desk with the sheet, printed at ``scale`` pixels a millimetre, lying on it."""
    height, width = sheet.shape[:2]
    reach = max(1, round(corner_mm * scale))
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (reach, 0), (width - 1 - reach, height - 1), 255, -1)
    cv2.rectangle(mask, (0, reach), (width - 1, height - 1 - reach), 255, -1)
    for x in (reach, width - 1 - reach):
        for y in (reach, height - 1 - reach):
            cv2.circle(mask, (x, y), reach, 255, -1, cv2.LINE_AA)
    # Pixel centres: a sheet pixel i stands at (i + 0.5) / scale millimetres.
    matrix = moved(-0.5, -0.5) @ view.matrix @ scaled(1 / scale) @ moved(0.5, 0.5)
    finest = view.scales((width / scale, height / scale))[0] / scale
    if finest < 0.8:
        sheet = cv2.GaussianBlur(sheet, (0, 0), 0.3 / finest).astype(np.uint8)
    seen = cv2.warpPerspective(sheet, matrix, view.size, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(mask, matrix, view.size)
    part = cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR)
    under = cv2.multiply(desk, cv2.bitwise_not(part), scale=1 / 255)
    return cv2.add(under, cv2.multiply(seen, part, scale=1 / 255)).astype(np.uint8)
