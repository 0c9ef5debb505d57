"""A font that writes the system's language, if this machine has one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import ImageFont

from app.language import ENGLISH, Catalogue, catalogue, system_language

FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
SUFFIXES = (".ttf", ".ttc", ".otf")
CHINESE = (
    "NotoSansCJK-Regular",
    "NotoSansSC-Regular",
    "SourceHanSansSC-Regular",
    "wqy-zenhei",
    "wqy-microhei",
    "PingFang",
    "msyh",
    "simhei",
)


def words() -> Catalogue:
    """Return the system's language, or English where no font could write it."""
    return catalogue(system_language()) if _chinese() else ENGLISH


@cache
def font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font at a size."""
    path = _chinese()
    return ImageFont.truetype(path, size_px) if path else ImageFont.load_default(size_px)


@cache
def _chinese() -> str | None:
    found = {path.stem: path for path in _all()}
    return next((str(found[name]) for name in CHINESE if name in found), None)


def _all() -> Iterator[Path]:
    for folder in FOLDERS:
        for where, _, names in os.walk(Path(folder).expanduser()):
            yield from (Path(where, name) for name in names if name.endswith(SUFFIXES))
