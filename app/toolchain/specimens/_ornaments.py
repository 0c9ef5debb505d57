"""Drawn parts that carry no field: placeholder portraits, seals, emblems, holograms, barcodes."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Face
from app.toolchain.specimens._sheet import Colour, Sheet
from app.vocabulary import Box


def portrait(sheet: Sheet, dice: Dice, box_mm: Box, *, is_grey: bool = False) -> None:
    """Draw the shape of a head and shoulders; nobody in particular."""
    width, height = (
        round((box_mm[2] - box_mm[0]) * sheet.scale),
        round((box_mm[3] - box_mm[1]) * sheet.scale),
    )
    back = dice.pick(((248, 248, 250), dice.shade(215, 250), (110, 150, 210), (190, 60, 60)))
    tone = dice.real(0.55, 1.0)
    skin = (round(240 * tone), round(200 * tone), round(170 * tone))
    cloth, hair = dice.shade(20, 170), (dice.whole(10, 60),) * 3
    picture = Image.new("RGB", (width, height), back)
    draw = ImageDraw.Draw(picture)

    def oval(x: float, y: float, rx: float, ry: float, ink: Colour) -> None:
        box = ((x - rx) * width, (y - ry) * height, (x + rx) * width, (y + ry) * height)
        draw.ellipse(box, ink)

    oval(0.5, 1.08, 0.46, 0.34, cloth)
    oval(0.5, 0.43, dice.real(0.24, 0.30), dice.real(0.27, 0.33), hair)
    oval(0.5, 0.72, 0.11, 0.13, skin)
    oval(0.5, 0.47, 0.21, 0.25, skin)
    for side in (-0.08, 0.08):
        oval(0.5 + side, 0.44, 0.03, 0.015, (40, 30, 30))
    oval(0.5, 0.60, 0.06, 0.012, (150, 80, 80))
    soft = cv2.GaussianBlur(np.asarray(picture), (0, 0), max(0.6, width / 60))
    patch = Image.fromarray(soft)
    if is_grey:
        patch = patch.convert("L").convert("RGB")
    alpha = Image.new("L", patch.size, 235 if dice.chance(0.5) else 255)
    sheet.stick((box_mm[0], box_mm[1]), patch, alpha)


def emblem(sheet: Sheet, centre_mm: tuple[float, float], radius_mm: float, ink: Colour) -> None:
    """Draw a plain round badge with a star: the place of an emblem, not the emblem itself."""
    draw = ImageDraw.Draw(sheet.image)
    x, y, r = (part * sheet.scale for part in (*centre_mm, radius_mm))
    width = max(1, round(r * 0.12))
    draw.ellipse((x - r, y - r, x + r, y + r), outline=ink, width=width)
    draw.ellipse((x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8), outline=ink)
    draw.polygon(_star(x, y - r * 0.1, r * 0.5), ink)
    draw.arc((x - r * 0.6, y - r * 0.3, x + r * 0.6, y + r * 0.7), 20, 160, ink, width)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [
        (
            x + radius * (1 if corner % 2 == 0 else 0.38) * math.sin(corner * math.pi / 5),
            y - radius * (1 if corner % 2 == 0 else 0.38) * math.cos(corner * math.pi / 5),
        )
        for corner in range(10)
    ]


def round_seal(
    sheet: Sheet,
    centre_mm: tuple[float, float],
    radius_mm: float,
    text: str,
    face: Face,
    look: tuple[Colour, float],
) -> None:
    """Stamp a round seal with a star and a text along its rim; ``look`` is ink and opacity."""
    ink, opacity = look
    radius = radius_mm * sheet.scale
    side = round(radius * 2) + 2
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((1, 1, side - 2, side - 2), outline=255, width=max(1, round(radius * 0.07)))
    draw.polygon(_star(side / 2, side / 2, radius * 0.3), 255)
    font = face.at(max(6.0, min(radius * 0.32, radius * 4.0 / max(1, len(text)))))
    spread = min(270.0, 22.0 * len(text))
    for place, character in enumerate(text):
        turn = -spread / 2 + spread * (place + 0.5) / len(text)
        letter = Image.new("L", (side, side), 0)
        top = (side / 2, side / 2 - radius * 0.72)
        ImageDraw.Draw(letter).text(top, character, 255, font, anchor="mm")
        mask.paste(255, (0, 0), letter.rotate(-turn, Image.Resampling.BILINEAR))
    sheet.stamp((centre_mm[0] - radius_mm, centre_mm[1] - radius_mm), mask, ink, opacity)


def square_seal(
    sheet: Sheet, box_mm: Box, rows: tuple[str, ...], face: Face, look: tuple[Colour, float]
) -> None:
    """Stamp a square seal whose rows of characters fill it."""
    ink, opacity = look
    width = round((box_mm[2] - box_mm[0]) * sheet.scale)
    height = round((box_mm[3] - box_mm[1]) * sheet.scale)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((0, 0, width - 1, height - 1), outline=255, width=max(1, width // 28))
    cell_y = height * 0.86 / len(rows)
    for number, row in enumerate(rows):
        cell_x = width * 0.86 / len(row)
        font = face.at(max(6.0, min(cell_x, cell_y) * 0.95))
        for place, character in enumerate(row):
            middle = (
                width * 0.07 + (place + 0.5) * cell_x,
                height * 0.07 + (number + 0.5) * cell_y,
            )
            draw.text(middle, character, 255, font, anchor="mm")
    sheet.stamp((box_mm[0], box_mm[1]), mask, ink, opacity)


def hologram(sheet: Sheet, dice: Dice, centre_mm: tuple[float, float], radius_mm: float) -> None:
    """Lay a faint many-coloured patch with rays over the sheet."""
    side = max(8, round(radius_mm * 2 * sheet.scale))
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j].astype(np.float32)
    turn, reach = np.arctan2(y, x), np.hypot(x, y)
    hue = (turn * 90 / np.pi + reach * dice.real(40, 160) + dice.real(0, 180)) % 180
    tint = np.stack([hue, np.full_like(hue, 90), np.full_like(hue, 235)], -1).astype(np.uint8)
    rays = 0.5 + 0.5 * np.cos(turn * dice.whole(8, 24))
    alpha = np.clip((1 - reach) * 3, 0, 1) * (0.4 + 0.6 * rays) * dice.real(50, 110)
    patch = Image.fromarray(cv2.cvtColor(tint, cv2.COLOR_HSV2RGB))
    corner = (centre_mm[0] - radius_mm, centre_mm[1] - radius_mm)
    sheet.stick(corner, patch, Image.fromarray(alpha.astype(np.uint8)))


def matrix_code(sheet: Sheet, dice: Dice, corner_mm: tuple[float, float], side_mm: float) -> None:
    """Draw a block that looks like a two-dimensional code and says nothing."""
    cells = 33
    dots = (dice.noise.random((cells, cells)) < 0.5).astype(np.uint8) * 255
    for row, column in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        dots[row : row + 7, column : column + 7] = 0
        dots[row + 1 : row + 6, column + 1 : column + 6] = 255
        dots[row + 2 : row + 5, column + 2 : column + 5] = 0
    side = max(cells, round(side_mm * sheet.scale))
    code = Image.fromarray(dots).resize((side, side), Image.Resampling.BOX)
    sheet.stick(corner_mm, code.convert("RGB"), Image.new("L", code.size, 255))


def bar_code(sheet: Sheet, dice: Dice, box_mm: Box) -> None:
    """Draw bars of varying width."""
    x = box_mm[0]
    while x < box_mm[2]:
        wide = dice.pick((0.25, 0.25, 0.5, 0.75))
        sheet.fill((x, box_mm[1], min(x + wide, box_mm[2]), box_mm[3]), (20, 20, 20))
        x += wide + dice.pick((0.25, 0.25, 0.5, 0.75))
