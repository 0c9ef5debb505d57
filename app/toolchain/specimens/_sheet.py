"""The drawing surface: millimetres and baselines in, pixels out, and where each field was put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from app.toolchain.specimens._fonts import Face, face_for
from app.vocabulary import Bgr, Box

Colour = tuple[int, int, int]
"""Red, green, blue, 0–255."""

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Pen:
    """How text is set: face, size of the em square and ink."""

    face: Face
    em_mm: float
    ink: Colour

    def sized(self, em_mm: float) -> Pen:
        """Return the same pen at another size."""
        return replace(self, em_mm=em_mm)

    def inked(self, ink: Colour) -> Pen:
        """Return the same pen with another ink."""
        return replace(self, ink=ink)


@dataclass(slots=True)
class Sheet:
    """A page being printed."""

    scale: float
    """Pixels a millimetre."""
    image: Image.Image
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    """Where each field stands, in millimetres."""
    shift_mm: tuple[float, float] = (0.0, 0.0)
    """How far the print of the contents missed its place."""

    @classmethod
    def on(cls, ground: NDArray[np.uint8], scale: float) -> Sheet:
        """Start on a ground given as red, green, blue."""
        return cls(scale, Image.fromarray(ground))

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        return self.image.width / self.scale, self.image.height / self.scale

    def bgr(self) -> Bgr:
        """Return what was printed so far."""
        printed: Bgr = cv2.cvtColor(np.asarray(self.image), cv2.COLOR_RGB2BGR).astype(np.uint8)
        return printed

    def width_mm(self, text: str, pen: Pen, spacing_mm: float = 0.0) -> float:
        """Return how wide a line of text will be."""
        runs = _runs(text, pen.face)
        size = pen.em_mm * self.scale
        length = sum(face.at(size).getlength(part) for face, part in runs) / self.scale
        return length + spacing_mm * max(0, len(text) - 1)

    def text(
        self,
        at_mm: tuple[float, float],
        text: str,
        pen: Pen,
        *,
        name: str = "",
        align: Align = "left",
        spacing_mm: float = 0.0,
    ) -> float:
        """Print one line with its baseline at a place; return where it ends.

        ``name`` is the field it belongs to; contents miss their place by ``shift_mm``, the form
        itself does not.
        """
        x_mm, y_mm = at_mm
        if align != "left":
            width = self.width_mm(text, pen, spacing_mm)
            x_mm -= width if align == "right" else width / 2
        if name:
            x_mm, y_mm = x_mm + self.shift_mm[0], y_mm + self.shift_mm[1]
        end_mm = self._print(x_mm, y_mm, text, pen, spacing_mm)
        if name:
            self._note(name, (x_mm, y_mm), end_mm, pen)
        return end_mm

    def pitched(
        self, at_mm: tuple[float, float], text: str, pen: Pen, pitch_mm: float, *, name: str = ""
    ) -> float:
        """Print characters at an even pitch, each centred in its cell; return where they end."""
        draw = ImageDraw.Draw(self.image)
        x_mm = at_mm[0] + (self.shift_mm[0] if name else 0.0)
        y_mm = at_mm[1] + (self.shift_mm[1] if name else 0.0)
        for place, character in enumerate(text):
            face = face_for(character, pen.face)
            font = face.at(pen.em_mm * self.scale)
            spread = self._spread(face)
            middle = (x_mm + (place + 0.5) * pitch_mm) * self.scale
            start = middle - font.getlength(character) / 2
            at = (start, y_mm * self.scale)
            draw.text(at, character, pen.ink, font, anchor="ls", stroke_width=spread)
        end_mm = x_mm + len(text) * pitch_mm
        if name:
            self._note(name, (x_mm, y_mm), end_mm, pen)
        return end_mm

    def wrapped(
        self,
        at_mm: tuple[float, float],
        text: str,
        pen: Pen,
        room_mm: tuple[float, float],
        *,
        name: str = "",
    ) -> float:
        """Print a paragraph into a width with a leading; return the last baseline."""
        width_mm, leading_mm = room_mm
        y_mm = at_mm[1]
        lines = self.lines(text, pen, width_mm)
        for number, line in enumerate(lines):
            y_mm = at_mm[1] + number * leading_mm
            self.text((at_mm[0], y_mm), line, pen, name=name)
        return y_mm

    def lines(self, text: str, pen: Pen, width_mm: float) -> list[str]:
        """Break a text as a form printer does: anywhere, but never before closing signs."""
        lines = [""]
        for character in text:
            full = self.width_mm(lines[-1] + character, pen) > width_mm
            if full and lines[-1][-1:] in tuple("（("):
                lines[-1], character = lines[-1][:-1], lines[-1][-1] + character
            if full and character not in "）)，,。;；":
                lines.append("")
            lines[-1] += character
        return lines

    def rule(self, points_mm: Sequence[tuple[float, float]], ink: Colour, width_mm: float) -> None:
        """Draw a line through points."""
        points = [(x * self.scale, y * self.scale) for x, y in points_mm]
        ImageDraw.Draw(self.image).line(points, ink, max(1, round(width_mm * self.scale)))

    def frame(self, box_mm: Box, ink: Colour, width_mm: float) -> None:
        """Draw the four sides of a box."""
        box = [side * self.scale for side in box_mm]
        width = max(1, round(width_mm * self.scale))
        ImageDraw.Draw(self.image).rectangle(box, outline=ink, width=width)

    def fill(self, box_mm: Box, ink: Colour) -> None:
        """Fill a box."""
        ImageDraw.Draw(self.image).rectangle([side * self.scale for side in box_mm], fill=ink)

    def stick(self, at_mm: tuple[float, float], patch: Image.Image, alpha: Image.Image) -> None:
        """Lay a patch on the sheet through its alpha mask."""
        place = (round(at_mm[0] * self.scale), round(at_mm[1] * self.scale))
        self.image.paste(patch, place, alpha)

    def stamp(
        self, at_mm: tuple[float, float], mask: Image.Image, ink: Colour, opacity: float
    ) -> None:
        """Press an ink onto the sheet where the mask is set; what was dark stays dark."""
        left, top = round(at_mm[0] * self.scale), round(at_mm[1] * self.scale)
        box = (left, top, left + mask.width, top + mask.height)
        under = self.image.crop(box)
        inked = ImageChops.multiply(under, Image.new("RGB", mask.size, ink))
        under.paste(inked, (0, 0), mask.point(lambda value: round(value * opacity)))
        self.image.paste(under, (left, top))

    def _print(self, x_mm: float, y_mm: float, text: str, pen: Pen, spacing_mm: float) -> float:
        draw = ImageDraw.Draw(self.image)
        size = pen.em_mm * self.scale
        x, y = x_mm * self.scale, y_mm * self.scale
        for face, part in _runs(text, pen.face):
            font = face.at(size)
            spread = self._spread(face)
            for piece in part if spacing_mm else [part]:
                draw.text((x, y), piece, pen.ink, font, anchor="ls", stroke_width=spread)
                x += font.getlength(piece) + spacing_mm * self.scale
        return x / self.scale - spacing_mm

    def _spread(self, face: Face) -> float:
        """Return by how many pixels ink runs: hairlines of book faces would not print else."""
        return 0.022 * self.scale if face.is_fine else 0.0

    def _note(self, name: str, start_mm: tuple[float, float], end_mm: float, pen: Pen) -> None:
        x_mm, y_mm = start_mm
        box = (x_mm, y_mm - 0.9 * pen.em_mm, end_mm, y_mm + 0.15 * pen.em_mm)
        self.boxes.setdefault(name, []).append(box)


def _runs(text: str, wanted: Face) -> list[tuple[Face, str]]:
    """Cut a text where the face must change because the wanted one lacks a character."""
    grouped = groupby(text, lambda character: face_for(character, wanted))
    return [(face, "".join(part)) for face, part in grouped]
