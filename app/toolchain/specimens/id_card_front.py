"""Front of the resident identity card (GA 448: 85.6 × 54 mm): the person."""

from __future__ import annotations

from app.toolchain.specimens import _ground, _ornaments
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._layout import Layout
from app.toolchain.specimens._people import Person, person
from app.toolchain.specimens._sheet import Pen, Sheet

SIZE_MM = (85.6, 54.0)
_LEFT, _VALUE = 6.0, 16.6
_ROWS = (9.6, 17.2, 24.2, 31.4)
"""Baselines of name, sex and ethnicity, birth, and the first line of the address."""
_ADDRESS_WIDTH, _LEADING = 37.0, 4.9
_NUMBER_ROW = 48.6
_SMALLEST_MM = 2.9


def make(dice: Dice) -> Layout:
    """Invent a card."""
    who = person(dice)
    truth = {
        "name": who.name,
        "sex": who.sex,
        "ethnicity": who.ethnicity,
        "birth_date": who.birth.isoformat(),
        "address": who.address,
        "id_number": who.id_number,
    }
    seed = dice.seed()
    return Layout(
        "front", SIZE_MM, _SMALLEST_MM, truth, lambda scale: _draw(Dice(seed), who, scale), 3.2
    )


def card_ground(dice: Dice, scale: float) -> Sheet:
    """Return the card's pale print, as both of its sides have it."""
    tints = (
        (dice.whole(205, 232), dice.whole(222, 240), dice.whole(228, 246)),
        (dice.whole(228, 246), dice.whole(228, 244), dice.whole(222, 240)),
        (dice.whole(222, 244), dice.whole(214, 236), dice.whole(222, 244)),
    )
    size = _ground.size_px(SIZE_MM, scale)
    ground = _ground.gradient(dice, size, tints)
    ground = _ground.lines(dice, ground, scale, dice.real(0.15, 0.4), dice.whole(2, 4))
    if dice.chance(0.6):
        middle = (size[0] * dice.real(0.3, 0.7), size[1] * dice.real(0.3, 0.7))
        ground = _ground.rosette(dice, ground, middle, size[1] * dice.real(0.3, 0.6))
    sheet = Sheet.on(ground, scale)
    sheet.shift_mm = (dice.real(-0.5, 0.5), dice.real(-0.4, 0.4))
    return sheet


def _draw(dice: Dice, who: Person, scale: float) -> Sheet:
    sheet = card_ground(dice, scale)
    _ornaments.portrait(sheet, dice, (58.5, 7.5, 81.0, 37.5))
    label_ink = dice.pick(((55, 105, 165), (60, 120, 160), (80, 110, 150), (40, 80, 140)))
    face = pick_face(dice, Style.HEI, Style.HEI, Style.HEI, Style.SONG)
    label = Pen(
        face if dice.chance(0.6) else pick_face(dice, Style.HEI, Style.SONG),
        dice.real(2.5, 2.8),
        label_ink,
    )
    ink = dice.shade(5, 45)
    value = Pen(face, dice.real(3.1, 3.4), ink)
    name_row, sex_row, birth_row, address_row = _ROWS
    wide = 0.9
    for text, row in (
        ("姓名", name_row),
        ("性别", sex_row),
        ("出生", birth_row),
        ("住址", address_row),
    ):
        sheet.text((_LEFT, row), text, label, spacing_mm=wide)
    sheet.text((28.4, sex_row), "民族", label, spacing_mm=wide)
    name_em = 4.0 if len(who.name) < 9 else 3.4
    sheet.text(
        (_VALUE, name_row),
        who.name,
        value.sized(name_em),
        name="name",
        spacing_mm=0.3 if len(who.name) < 7 else 0.0,
    )
    sheet.text((_VALUE, sex_row), who.sex, value, name="sex")
    sheet.text((36.2, sex_row), who.ethnicity, value, name="ethnicity")
    _birth(sheet, who, label, value, birth_row)
    _address(sheet, who.address, value.sized(min(value.em_mm, 3.3)))
    sheet.text((_LEFT, _NUMBER_ROW), "公民身份号码", label, spacing_mm=0.25)
    number = Pen(
        pick_face(dice, Style.OCR_B, Style.OCR_B, Style.SANS, Style.HEI, Style.MONO), 4.0, ink
    )
    sheet.pitched(
        (29.0, _NUMBER_ROW), who.id_number, number, dice.real(2.5, 2.75), name="id_number"
    )
    return sheet


def _address(sheet: Sheet, text: str, pen: Pen) -> None:
    leading, width = _LEADING, _ADDRESS_WIDTH
    if len(sheet.lines(text, pen, width)) > 3:
        pen, leading, width = pen.sized(_SMALLEST_MM), 3.9, 40.0
    sheet.wrapped((_VALUE, _ROWS[3]), text, pen, (width, leading), name="address")


def _birth(sheet: Sheet, who: Person, label: Pen, value: Pen, row: float) -> None:
    sheet.text((_VALUE, row), str(who.birth.year), value, name="birth_date")
    places = ((25.0, "年"), (32.9, "月"), (40.3, "日"))
    for x, text in places:
        sheet.text((x, row), text, label)
    for x, part in ((30.4, who.birth.month), (37.8, who.birth.day)):
        sheet.text((x, row), str(part), value, name="birth_date", align="centre")
