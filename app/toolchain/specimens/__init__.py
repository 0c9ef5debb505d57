"""Synthetic specimens: invented documents and their truth; a file here is one kind of document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app import kinds as doors
from app.toolchain.specimens import _modes
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._layout import TODAY, Layout
from app.toolchain.specimens._modes import A4_MM, Mode, Subject
from app.toolchain.specimens._view import Matrix, View, laid, moved, shaded, turned
from app.vocabulary import Bgr, Quad

__all__ = ["MODES", "TODAY", "Page", "Specimen", "kinds", "make_page", "make_specimen"]

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


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One picture of a page with several documents on it; all of them share ``bgr``."""

    bgr: Bgr
    specimens: tuple[Specimen, ...]


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
    way, dice = _modes.MODES[mode], Dice(kind, mode, seed)
    view = way.look(dice, Subject(layout.size_mm, layout.smallest_mm))
    ground = way.under(dice, view.size)
    picture, boxes = _with_document(dice, way, ground, layout, view)
    picture = way.wear(dice, picture, _em_px(view, layout))
    return _specimen((kind, mode, seed), layout, view, picture, boxes)


def make_page(on_it: Sequence[str], mode: str, seed: int) -> Page:
    """Take one picture of an A4 page with documents of these kinds, each below the last.

    Raises ValueError where they do not fit on one page.
    """
    way, dice = _modes.MODES[mode], Dice("page", *on_it, mode, seed)
    layouts = [make_layout(kind, seed + place) for place, kind in enumerate(on_it)]
    view = way.look(dice, Subject(A4_MM, min(layout.smallest_mm for layout in layouts)))
    paper = np.full((round(A4_MM[1] * 4), round(A4_MM[0] * 4), 3), dice.whole(244, 255), np.uint8)
    picture = laid(way.under(dice, view.size), paper, view, 4.0, 0.0)
    taken: list[tuple[Layout, View, Mapping[str, tuple[Quad, ...]]]] = []
    for layout, place in zip(layouts, _arranged(dice, layouts), strict=True):
        own = View(view.size, view.matrix @ place)
        picture, boxes = _with_document(dice, way, picture, layout, own)
        taken.append((layout, own, boxes))
    picture = way.wear(dice, picture, min(_em_px(own, layout) for layout, own, _ in taken))
    specimens = tuple(
        _specimen((kind, mode, seed + number), layout, own, picture, boxes)
        for number, (kind, (layout, own, boxes)) in enumerate(zip(on_it, taken, strict=True))
    )
    return Page(picture, specimens)


def _em_px(view: View, layout: Layout) -> float:
    return view.scales(layout.size_mm)[0] * layout.smallest_mm


def _with_document(
    dice: Dice, way: Mode, ground: Bgr, layout: Layout, view: View
) -> tuple[Bgr, dict[str, tuple[Quad, ...]]]:
    sheet = layout.draw(view.scales(layout.size_mm)[1])
    if way.has_shadow:
        ground = shaded(dice, ground, view, layout.size_mm)
    printed = way.handle(dice, sheet.bgr(), sheet.scale)
    picture = laid(ground, printed, view, sheet.scale, layout.corner_mm)
    boxes = {name: tuple(view.quad(box) for box in places) for name, places in sheet.boxes.items()}
    return picture, boxes


def _arranged(dice: Dice, layouts: Sequence[Layout]) -> list[Matrix]:
    gaps = (A4_MM[1] - sum(layout.size_mm[1] for layout in layouts)) / (len(layouts) + 1)
    if gaps < 4 or max(layout.size_mm[0] for layout in layouts) > A4_MM[0] - 8:
        raise ValueError("these documents do not fit on one A4 page")
    places, y = [], gaps
    for layout in layouts:
        width, height = layout.size_mm
        x = dice.real(4, A4_MM[0] - width - 4)
        centred = turned(dice.real(-1.5, 1.5)) @ moved(-width / 2, -height / 2)
        places.append(moved(x + width / 2, y + height / 2) @ centred)
        y += height + gaps
    return places


def _specimen(
    made: tuple[str, str, int],
    layout: Layout,
    view: View,
    bgr: Bgr,
    boxes: Mapping[str, tuple[Quad, ...]],
) -> Specimen:
    kind, mode, seed = made
    outline = view.quad((0.0, 0.0, *layout.size_mm))
    return Specimen(kind, layout.variant, mode, seed, bgr, layout.truth, outline, boxes)
