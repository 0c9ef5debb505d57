"""A frame with what was read drawn on it: outline, boxes, and the names of the fields."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.commands._text import field_title
from app.language import ENGLISH, Catalogue, catalogue, system_language
from app.vocabulary import Inspection, Proof, Quad, box_of

COLOURS = {
    Proof.PROVEN: (24, 128, 56),
    Proof.CONFIRMED: (0, 110, 130),
    Proof.READ: (26, 95, 200),
    Proof.CONFLICT: (200, 40, 30),
    Proof.MISSING: (120, 120, 120),
}
OUTLINE = (150, 90, 0)
PAPER = (255, 255, 255)
FONT_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
SUFFIXES = (".ttf", ".ttc", ".otf")
CHINESE_FONTS = (
    "NotoSansCJK-Regular",
    "NotoSansSC-Regular",
    "SourceHanSansSC-Regular",
    "wqy-zenhei",
    "wqy-microhei",
    "PingFang",
    "msyh",
    "simhei",
)


def annotated(inspections: Sequence[Inspection]) -> Image.Image:
    """Return the frame of these inspections with all their fields on it."""
    bgr = inspections[0].frame.bgr
    picture = Image.fromarray(np.ascontiguousarray(bgr[..., ::-1]))
    pen = ImageDraw.Draw(picture)
    stroke = max(1, round(max(picture.size) / 700))
    size_px = max(10, round(max(picture.size) / 75))
    for inspection in inspections:
        if inspection.reading.outline is not None:
            _polygon(pen, inspection.reading.outline, OUTLINE, stroke)
        for field in inspection.reading.fields:
            if field.quad is not None:
                _polygon(pen, field.quad, COLOURS[field.proof], stroke)
                title = field_title(inspection.reading.document, field.name).text(_words())
                _label(pen, title, field.quad, size_px, COLOURS[field.proof])
    return picture


def _polygon(
    pen: ImageDraw.ImageDraw, quad: Quad, colour: tuple[int, int, int], stroke: int
) -> None:
    pen.line([*quad, quad[0]], fill=colour, width=stroke, joint="curve")


def _label(
    pen: ImageDraw.ImageDraw, title: str, quad: Quad, size_px: int, colour: tuple[int, int, int]
) -> None:
    left, top, _, _ = box_of(quad)
    font = _font(size_px)
    place = (max(0.0, left), max(0.0, top - size_px * 1.25))
    pen.rectangle(pen.textbbox(place, title, font=font), fill=PAPER)
    pen.text(place, title, fill=colour, font=font)


def _words() -> Catalogue:
    """Return the system's language, or English where no font could write it."""
    return catalogue(system_language()) if _chinese_font() else ENGLISH


@cache
def _font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = _chinese_font()
    return ImageFont.truetype(path, size_px) if path else ImageFont.load_default(size_px)


@cache
def _chinese_font() -> str | None:
    found = {path.stem: path for path in _fonts()}
    return next((str(found[name]) for name in CHINESE_FONTS if name in found), None)


def _fonts() -> Iterator[Path]:
    for folder in FONT_FOLDERS:
        for where, _, names in os.walk(Path(folder).expanduser()):
            yield from (Path(where, name) for name in names if name.endswith(SUFFIXES))
