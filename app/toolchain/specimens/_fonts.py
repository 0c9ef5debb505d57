"""The fonts of this machine: found by looking into the usual folders, sorted by style.

No single font is relied on; a character that a face lacks is drawn in the next face that has it.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from app.errors import AppError
from app.toolchain.specimens._dice import Dice

_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
_PROBE_PX = 24
_UNASSIGNED = "\U0010fffd"
"""A private-use code point no text font draws: shows what a face draws for what it lacks."""


class Style(StrEnum):
    """What a face looks like, in the words of the trade."""

    HEI = "hei"
    SONG = "song"
    KAI = "kai"
    SANS = "sans"
    SERIF = "serif"
    MONO = "mono"
    OCR_B = "ocr-b"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file."""

    path: str
    index: int
    family: str
    weight: str

    @property
    def is_fine(self) -> bool:
        """Whether its thinnest strokes are hairlines."""
        if re.search("bold|medium", self.weight, re.IGNORECASE):
            return False
        return _style(self) in (Style.SONG, Style.KAI) or "Light" in self.weight

    def at(self, size_px: float) -> ImageFont.FreeTypeFont:
        """Return the face at one size, to a quarter of a pixel."""
        return _opened(self.path, self.index, round(size_px * 4) / 4)

    def has(self, character: str) -> bool:
        """Whether the face has a drawing of its own for a character."""
        return _has(self.path, self.index, character)


@lru_cache(maxsize=512)
def _opened(path: str, index: int, size_px: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size_px, index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=65536)
def _has(path: str, index: int, character: str) -> bool:
    if character in " \u3000":
        return True
    font = _opened(path, index, _PROBE_PX)
    drawn = font.getmask(character)
    lacking = font.getmask(_UNASSIGNED)
    return drawn.size != (0, 0) and (drawn.size != lacking.size or bytes(drawn) != bytes(lacking))


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
    return [Path(place) / "fonts" for place in [*shared.split(":"), own]] + [home / ".fonts"]


def _faces_of(path: Path) -> list[Face]:
    faces: list[Face] = []
    while True:
        try:
            font = ImageFont.truetype(str(path), _PROBE_PX, len(faces))
        except OSError:
            return faces
        family, weight = font.getname()
        faces.append(Face(str(path), len(faces), family or path.stem, weight or ""))


@cache
def _found() -> tuple[Face, ...]:
    files = {
        path.resolve()
        for folder in _folders()
        for path in folder.glob("**/*")
        if path.suffix.lower() in _SUFFIXES
    }
    return tuple(face for path in sorted(files) for face in _faces_of(path))


_NOT_FOR_TEXT = re.compile(
    r"symbol|emoji|math|icon|dingbat|inverted|outline|oblique|italic|thin|extralight|black|sharp"
    r"|OCR-?A|CJK (JP|KR|TC|HK)|(Ming|Kai) (HK|TW)|Hana(zono|Min)|Mono CJK",
    re.IGNORECASE,
)
_CHINESE = "中国姓名住址发票照"
_LATIN = "ABCXYZaz0189<>/-éñ"


@cache
def _style(face: Face) -> Style | None:
    name = f"{face.family} {face.weight}"
    if re.search(r"OCR[- ]?B", face.family, re.IGNORECASE):
        return None if re.search("inverted|outline|oblique", name, re.IGNORECASE) else Style.OCR_B
    if _NOT_FOR_TEXT.search(name):
        return None
    if all(face.has(character) for character in _CHINESE):
        if re.search(r"kai", name, re.IGNORECASE):
            return Style.KAI
        song = re.search(r"serif|song|sung|ming|simsun|fang", name, re.IGNORECASE)
        return Style.SONG if song else Style.HEI
    if not all(face.has(character) for character in _LATIN):
        return None
    if re.search(r"mono|courier|typewriter", name, re.IGNORECASE):
        return Style.MONO
    serif = re.search(r"serif|roman|times|georgia|garamond", name, re.IGNORECASE)
    return Style.SERIF if serif and "sans" not in name.lower() else Style.SANS


@cache
def faces(style: Style) -> tuple[tuple[Face, ...], ...]:
    """List the faces of one style, grouped by family."""
    families: dict[str, list[Face]] = {}
    for face in _found():
        if _style(face) is style:
            families.setdefault(face.family, []).append(face)
    return tuple(tuple(group) for group in families.values())


_INSTEAD = {
    Style.OCR_B: (Style.MONO, Style.SANS, Style.HEI),
    Style.MONO: (Style.SANS, Style.HEI, Style.SONG),
    Style.SERIF: (Style.SANS, Style.SONG, Style.HEI),
    Style.SANS: (Style.SERIF, Style.HEI, Style.SONG),
    Style.KAI: (Style.SONG, Style.HEI),
    Style.SONG: (Style.HEI, Style.KAI),
    Style.HEI: (Style.SONG, Style.KAI),
}


def pick_face(dice: Dice, *styles: Style, is_bold: bool = False) -> Face:
    """Choose a family of one of the styles, then a weight of it.

    Raises AppError where the machine has no font that could stand in.
    """
    wanted = dice.pick(styles)
    for style in (wanted, *styles, *_INSTEAD[wanted]):
        if families := faces(style):
            family = dice.pick(families)
            heavy = [face for face in family if re.search("bold", face.weight, re.IGNORECASE)]
            plain = [face for face in family if face not in heavy]
            return dice.pick((heavy if is_bold else plain) or family)
    raise AppError(
        "This machine has no font with Chinese characters.",
        "Install one, for example the package fonts-noto-cjk.",
        "font-missing",
    )


@lru_cache(maxsize=65536)
def face_for(character: str, wanted: Face) -> Face:
    """Return the wanted face, or the first of this machine that has the character."""
    if wanted.has(character):
        return wanted
    usual = [
        face
        for style in (Style.HEI, Style.SONG, Style.SANS)
        for group in faces(style)
        for face in sorted(group, key=_heaviness)
    ]
    return next((face for face in (*usual, *_found()) if face.has(character)), wanted)


def _heaviness(face: Face) -> int:
    return (0 if face.weight in ("Regular", "Book", "Medium") else 1) + 2 * ("Bold" in face.weight)
