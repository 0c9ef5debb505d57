"""Synthetic specimens: invented documents and their truth; a file here is one kind of document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app import kinds as doors
from app.toolchain.specimens import _modes
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._layout import Layout
from app.toolchain.specimens._view import laid
from app.vocabulary import Bgr, Quad

MODES = tuple(_modes.MODES)
"""Ways of taking the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Specimen:
    """One picture of one invented document, and what a reader must find on it."""

    kind: str
    variant: str
    mode: str
    seed: int
    bgr: Bgr
    truth: Mapping[str, str]
    outline: Quad
    """Corners of the document on the picture, upright as read."""
    boxes: Mapping[str, tuple[Quad, ...]]
    """Where each field's lines stand on the picture."""


def kinds() -> tuple[str, ...]:
    """List the kinds of documents that can be made."""
    return doors.names("app.toolchain.specimens")


def make_layout(kind: str, seed: int) -> Layout:
    """Invent one document. Raises KindError for an unknown kind."""
    layout: Layout = doors.load("app.toolchain.specimens", kind).make(Dice(kind, seed))
    return layout


def make_specimen(kind: str, mode: str, seed: int) -> Specimen:
    """Invent one document and take its picture; the same seed gives the same picture.

    Raises KindError for an unknown kind, KeyError for an unknown mode.
    """
    layout = make_layout(kind, seed)
    way = _modes.MODES[mode]
    dice = Dice(kind, mode, seed)
    view = way.look(dice, layout)
    scale = view.scales(layout.size_mm)[1]
    sheet = layout.draw(scale)
    picture = laid(way.under(dice, view.size), sheet.bgr(), view, sheet.scale, layout.corner_mm)
    boxes = {name: tuple(view.quad(box) for box in places) for name, places in sheet.boxes.items()}
    outline = view.quad((0.0, 0.0, *layout.size_mm))
    return Specimen(
        kind, layout.variant, mode, seed, way.wear(dice, picture), layout.truth, outline, boxes
    )
