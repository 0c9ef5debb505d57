"""Passports, cards and visas with a machine-readable zone: TD1, TD2, TD3, MRV-A and MRV-B."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.toolchain.specimens import _ground, _mrz, _ornaments, _travellers
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._layout import Layout
from app.toolchain.specimens._mrz import Holder
from app.toolchain.specimens._sheet import Pen, Sheet
from app.toolchain.specimens._travellers import State
from app.toolchain.specimens._visual_zone import print_visual_zone

_PITCH_MM = 2.54
"""ICAO 9303-3, section 4.2: ten characters an inch."""


_OBSERVATIONS = (
    "OBSERVATIONS / REMARQUES",
    "This passport contains 32 pages.",
    "Ce passeport contient 32 pages.",
    "SIGNATURE OF BEARER / SIGNATURE DU TITULAIRE",
    "VISAS",
    "备注/REMARKS",
    "Nicht vollständig ohne Seite 2",
)


@dataclass(frozen=True, slots=True)
class Form:
    """One size of document and its zone."""

    size_mm: tuple[float, float]
    codes: tuple[str, ...]
    zone: Callable[[Holder], tuple[str, ...]]
    last_row_mm: float
    """Baseline of the zone's last line, from the lower edge."""
    corner_mm: float
    has_portrait: bool = True


FORMS: Mapping[str, Form] = {
    "TD3": Form((125.0, 88.0), ("P", "P", "P", "PD", "PO", "PS"), _mrz.td3, 7.5, 3.2),
    "TD1": Form((85.6, 54.0), ("I", "ID", "C", "AC", "IR"), _mrz.td1, 5.0, 3.2, False),
    "TD2": Form((105.0, 74.0), ("I", "ID", "C"), _mrz.td2, 7.0, 3.0),
    "MRV-A": Form((120.0, 80.0), ("V", "VC", "V"), lambda who: _mrz.visa(who, 44), 7.5, 0.0),
    "MRV-B": Form((105.0, 74.0), ("V", "VB"), lambda who: _mrz.visa(who, 36), 7.0, 0.0),
}


def make(dice: Dice) -> Layout:
    """Invent a document; passports about every other time."""
    variant = dice.pick(("TD3", "TD3", "TD3", "TD1", "TD1", "TD2", "MRV-A", "MRV-B"))
    form = FORMS[variant]
    state = dice.pick(_travellers.STATES)
    is_long = variant == "TD1" and dice.chance(0.06)
    who = _travellers.holder(dice, dice.pick(form.codes), state, 12 if is_long else 9)
    if variant == "TD1":
        who = replace(
            who,
            optional=who.optional[:3] if is_long else who.optional,
            optional_2=dice.digits(8) if dice.chance(0.2) else "",
        )
    truth = _truth(variant, who, form.zone(who))
    width, height = form.size_mm
    is_spread = variant == "TD3" and dice.chance(0.25)
    seed = dice.seed()

    def draw(scale: float) -> Sheet:
        page = _draw(Dice(seed), form, state, who, scale)
        return _below_a_page(Dice(seed), page, form) if is_spread else page

    size_mm = (width, 2 * height) if is_spread else form.size_mm
    return Layout(variant, size_mm, 2.3, truth, draw, form.corner_mm)


def _truth(variant: str, who: Holder, zone: tuple[str, ...]) -> dict[str, str]:
    name_zone = zone[2] if variant == "TD1" else zone[0][5:]
    surname, given = _mrz.names_in(name_zone)
    truth = {f"mrz_line_{number}": line for number, line in enumerate(zone, 1)}
    return truth | {
        "document_number": who.number,
        "surname": surname,
        "given_names": given,
        "nationality": who.nationality.replace("<", ""),
        "sex": who.sex,
        "birth_date": who.birth.isoformat(),
        "expiry_date": who.expiry.isoformat(),
    }


def _draw(dice: Dice, form: Form, state: State, who: Holder, scale: float) -> Sheet:
    ground = _paper(dice, form, scale)
    sheet = Sheet.on(ground, scale)
    sheet.shift_mm = (dice.real(-0.6, 0.6), dice.real(-0.4, 0.4))
    width, height = form.size_mm
    zone = form.zone(who)
    top = height - form.last_row_mm - _leading(zone) * (len(zone) - 1) - 4.0
    if form.has_portrait:
        foot = min(top - 2, 16 + height * 0.5)
        box = (5.0, foot - height * 0.46, 5.0 + height * 0.36, foot)
        _ornaments.portrait(sheet, dice, box, is_grey=dice.chance(0.25))
    print_visual_zone(sheet, dice, state, who, (form.has_portrait, top - 1.5))
    if dice.chance(0.5):
        middle = (width * dice.real(0.5, 0.9), height * dice.real(0.2, 0.5))
        _ornaments.hologram(sheet, dice, middle, height * dice.real(0.1, 0.2))
    if dice.chance(0.4):
        blank = tuple(dice.whole(232, 252) for _ in range(3))
        sheet.fill((0.0, top, width, height), (blank[0], blank[1], blank[2]))
    _print_zone(sheet, dice, zone, form)
    return sheet


def _below_a_page(dice: Dice, page: Sheet, form: Form) -> Sheet:
    """Open the passport: the data page lies below another page of the book."""
    width, height = page.image.size
    above = _paper(dice, form, page.scale)
    opened = Sheet.on(np.vstack([above, np.zeros_like(above)]), page.scale)
    opened.image.paste(page.image, (0, height))
    shift = height / page.scale
    opened.boxes = {
        name: [(left, top + shift, right, bottom + shift) for left, top, right, bottom in places]
        for name, places in page.boxes.items()
    }
    ink = dice.shade(60, 140)
    pen = Pen(pick_face(dice, Style.SANS, Style.SERIF), 2.8, ink)
    for number, line in enumerate(dice.some(_OBSERVATIONS, dice.whole(1, 4))):
        opened.text((width / page.scale / 2, 20.0 + number * 9.0), line, pen, align="centre")
    opened.rule(((0.0, shift), (form.size_mm[0], shift)), dice.shade(90, 150), 0.4)
    return opened


def _paper(dice: Dice, form: Form, scale: float) -> _ground.Rgb:
    size = _ground.size_px(form.size_mm, scale)
    if dice.chance(0.1):
        return _ground.paper(dice, size, dice.shade(235, 255))
    ground = _ground.gradient(dice, size, tuple(dice.shade(195, 248) for _ in range(3)))
    ground = _ground.lines(dice, ground, scale, dice.real(0.15, 0.45), dice.whole(1, 4))
    for _ in range(dice.whole(0, 2)):
        middle = (size[0] * dice.real(0.2, 0.9), size[1] * dice.real(0.1, 0.6))
        ground = _ground.rosette(dice, ground, middle, size[1] * dice.real(0.15, 0.4))
    return ground


def _leading(zone: tuple[str, ...]) -> float:
    return 4.8 if len(zone) == 3 else 6.35


def _print_zone(sheet: Sheet, dice: Dice, zone: tuple[str, ...], form: Form) -> None:
    odd = dice.chance(0.05)
    face = pick_face(dice, Style.MONO if odd else Style.OCR_B)
    pen = Pen(face, 3.5, dice.shade(5, 60))
    length = len(zone[0]) * _PITCH_MM
    left = (form.size_mm[0] - length) / 2 + dice.real(-1.2, 1.2)
    leading = _leading(zone)
    last = form.size_mm[1] - form.last_row_mm + dice.real(-0.8, 0.8)
    for number, line in enumerate(zone):
        row = last - leading * (len(zone) - 1 - number)
        sheet.pitched((left, row), line, pen, _PITCH_MM, name=f"mrz_line_{number + 1}")
