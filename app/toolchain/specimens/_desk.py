"""What lies under a document: a scanner's lid, wood, cloth, stone, and a desk in use."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._ground import smooth
from app.vocabulary import Bgr

Size = tuple[int, int]

_WORDS = (
    "会议纪要",
    "办理流程",
    "请携带原件",
    "第三季度",
    "工作安排",
    "通知",
    "值班表",
    "2024",
    "10:30",
    "窗口",
    "填写",
    "以下",
    "材料",
    "各部门",
    "meeting ",
    "notes ",
    "total ",
    "please sign ",
    "draft ",
)


def lid(dice: Dice, size: Size) -> Bgr:
    """Return a scanner's lid: nearly white, sometimes grey or dark."""
    tone = dice.pick((dice.whole(236, 255), dice.whole(236, 255), dice.whole(190, 235)))
    if dice.chance(0.06):
        tone = dice.whole(10, 60)
    height, width = size[1], size[0]
    return np.full((height, width, 3), tone, np.uint8)


def desk(dice: Dice, size: Size) -> Bgr:
    """Return any desk top, often with other things on it."""
    top = dice.pick((_plain, _plain, _wood, _wood, _cloth, _stone, _shaded))
    ground = top(dice, size)
    if dice.chance(0.35):
        ground = _cluttered(dice, ground)
    return ground


def _plain(dice: Dice, size: Size) -> Bgr:
    return _toned(dice, smooth(dice, size, 6) * dice.real(0.02, 0.08))


def _shaded(dice: Dice, size: Size) -> Bgr:
    x = np.linspace(-0.5, 0.5, size[0], dtype=np.float32)[None, :]
    y = np.linspace(-0.5, 0.5, size[1], dtype=np.float32)[:, None]
    return _toned(dice, x * dice.real(-0.8, 0.8) + y * dice.real(-0.8, 0.8))


def _wood(dice: Dice, size: Size) -> Bgr:
    width, height = size
    half = (max(8, width // 2), max(8, height // 2))
    bend = smooth(dice, half, 3) * dice.real(4, 14) + smooth(dice, half, 9)
    y = np.linspace(0, dice.real(14, 50), half[1], dtype=np.float32)[:, None]
    rings = np.sin(y + bend)
    fibres = cv2.resize(
        dice.noise.uniform(-1, 1, (half[1], max(2, half[0] // 40))).astype(np.float32), half
    )
    grain = cv2.resize(rings * 0.12 + fibres * 0.1, (width, height))
    colour = dice.pick(((60, 100, 150), (90, 140, 190), (40, 60, 90), (120, 165, 200)))
    return _tinted(np.array(colour, np.float32), grain.astype(np.float32))


def _cloth(dice: Dice, size: Size) -> Bgr:
    width, height = size
    pitch = dice.real(3, 9)
    x = np.sin(np.arange(width, dtype=np.float32) * 2 * np.pi / pitch)[None, :]
    y = np.sin(np.arange(height, dtype=np.float32) * 2 * np.pi / pitch)[:, None]
    weave = x * y * dice.real(0.05, 0.16) + smooth(dice, size, 8) * 0.1
    return _toned(dice, weave)


def _stone(dice: Dice, size: Size) -> Bgr:
    width, height = size
    half = (max(2, height // 2), max(2, width // 2))
    grains = cv2.GaussianBlur(dice.noise.standard_normal(half, np.float32), (0, 0), 0.8)
    speckle = cv2.resize(grains, (width, height)) * dice.real(0.05, 0.2)
    return _toned(dice, speckle + smooth(dice, size, 5) * 0.08)


def _toned(dice: Dice, light: NDArray[np.float32]) -> Bgr:
    colour = np.array(dice.shade(15, 110) if dice.chance(0.5) else dice.shade(120, 230), np.float32)
    # Desks are seldom as bright in colour as chance would have them.
    colour += (colour.mean() - colour) * dice.real(0.3, 1.0)
    return _tinted(colour, light)


def _tinted(colour: NDArray[np.float32], light: NDArray[np.float32]) -> Bgr:
    tints = [np.clip(part * (1 + light), 0, 255).astype(np.uint8) for part in colour]
    tinted: Bgr = cv2.merge(tints).astype(np.uint8)
    return tinted


def _cluttered(dice: Dice, ground: Bgr) -> Bgr:
    things: tuple[Callable[[Dice, Bgr], None], ...] = (_sheet_of_paper, _pen, _cup, _keys)
    for thing in dice.some(things, dice.whole(1, 3)):
        thing(dice, ground)
    return cv2.GaussianBlur(ground, (0, 0), 0.7).astype(np.uint8)


def _sheet_of_paper(dice: Dice, ground: Bgr) -> None:
    height, width = ground.shape[:2]
    centre = (dice.real(0, width), dice.real(0, height))
    side = (width * dice.real(0.3, 0.8), width * dice.real(0.3, 0.8))
    angle = dice.real(-40, 40)
    corners = cv2.boxPoints((centre, side, angle)).astype(np.float32)
    tone = dice.whole(180, 250)
    cv2.fillPoly(ground, [corners.astype(np.int32)], (tone, tone, tone), cv2.LINE_AA)
    if dice.chance(0.3):
        _typed(dice, ground, corners)
        return
    grey = dice.whole(90, 150)
    for part in np.linspace(0.1, 0.9, dice.whole(6, 24)):
        left = corners[0] + (corners[3] - corners[0]) * part
        right = corners[1] + (corners[2] - corners[1]) * part
        start, end = left + (right - left) * 0.08, left + (right - left) * dice.real(0.4, 0.92)
        cv2.line(ground, _point(start), _point(end), (grey, grey, grey), dice.whole(1, 3))


def _typed(dice: Dice, ground: Bgr, corners: NDArray[np.float32]) -> None:
    """Print words that belong to no document, as any paper on a desk has them."""
    width, height = (
        600,
        round(
            600
            * float(
                np.linalg.norm(corners[3] - corners[0]) / np.linalg.norm(corners[1] - corners[0])
            )
        ),
    )
    face = pick_face(dice, Style.SONG, Style.HEI, Style.SANS)
    page = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(page)
    size = dice.whole(14, 26)
    for y in range(2 * size, height - size, round(size * 1.7)):
        words = "".join(
            dice.pick(_WORDS) for _ in range(dice.whole(1, max(2, 24 * 14 // size // 4)))
        )
        draw.text((size, y), words, 60, face.at(size))
    start = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(start, corners)
    size_px = (ground.shape[1], ground.shape[0])
    seen = cv2.warpPerspective(np.asarray(page), matrix, size_px, borderValue=(255.0,))
    ground[:] = cv2.multiply(ground, cv2.cvtColor(seen, cv2.COLOR_GRAY2BGR), scale=1 / 255)


def _pen(dice: Dice, ground: Bgr) -> None:
    height, width = ground.shape[:2]
    start = np.array([dice.real(0, width), dice.real(0, height)])
    end = start + np.array([dice.real(-0.5, 0.5) * width, dice.real(-0.5, 0.5) * width])
    thick = max(3, width // dice.whole(60, 120))
    cv2.line(ground, _point(start), _point(end), dice.shade(0, 255), thick, cv2.LINE_AA)
    cv2.line(ground, _point(start), _point(end), dice.shade(120, 255), max(1, thick // 4))


def _cup(dice: Dice, ground: Bgr) -> None:
    height, width = ground.shape[:2]
    centre = (dice.whole(0, width), dice.whole(0, height))
    radius = width // dice.whole(8, 16)
    cv2.circle(ground, centre, radius, dice.shade(120, 255), -1, cv2.LINE_AA)
    cv2.circle(ground, centre, round(radius * 0.85), dice.shade(20, 120), -1, cv2.LINE_AA)


def _keys(dice: Dice, ground: Bgr) -> None:
    height, width = ground.shape[:2]
    key = width // dice.whole(22, 34)
    left, top = dice.whole(-4 * key, width - 4 * key), dice.pick((-2 * key, height - 2 * key))
    for row in range(4):
        for column in range(14):
            x, y = left + column * key, top + row * key
            corner = (x + key - 4, y + key - 4)
            cv2.rectangle(ground, (x, y), corner, (45, 45, 45), -1, cv2.LINE_AA)


def _point(place: NDArray[np.floating]) -> tuple[int, int]:
    return int(place[0]), int(place[1])
