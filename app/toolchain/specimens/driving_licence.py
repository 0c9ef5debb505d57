"""Main page of the driving licence (GA 482: 88 × 60 mm), in its present and its older print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.toolchain.specimens import _ground, _ornaments
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._layout import TODAY, Layout
from app.toolchain.specimens._people import Person, age, person, years_on
from app.toolchain.specimens._sheet import Pen, Sheet

_SIZE_MM = (88.0, 60.0)
_LONG_TERM = "长期"
_CLASSES = (
    "C1",
    "C1",
    "C1",
    "C1",
    "C2",
    "C2",
    "B2",
    "B1",
    "A1",
    "A2",
    "A1A2",
    "B1B2",
    "A2D",
    "C1D",
    "C1E",
    "D",
    "E",
    "F",
    "C3",
    "C4",
    "C5",
    "C6",
    "A3",
    "B2D",
    "A1A2D",
    "C2E",
    "B2E",
    "A2E",
    "M",
    "N",
    "P",
)
_SMALLEST_MM = 2.7


@dataclass(frozen=True, slots=True)
class _Licence:
    who: Person
    first_issue: date
    vehicle_class: str
    start: date
    years: int
    """0 is long-term."""
    is_older: bool


def make(dice: Dice) -> Layout:
    """Invent a licence."""
    licence = _licence(dice)
    who = licence.who
    end = years_on(licence.start, licence.years).isoformat() if licence.years else _LONG_TERM
    truth = {
        "licence_number": who.id_number,
        "name": who.name,
        "sex": who.sex,
        "nationality": "中国",
        "address": who.address,
        "birth_date": who.birth.isoformat(),
        "first_issue_date": licence.first_issue.isoformat(),
        "vehicle_class": licence.vehicle_class,
        "valid_from": licence.start.isoformat(),
        "valid_until": end,
    }
    seed = dice.seed()
    return Layout(
        "older" if licence.is_older else "present",
        _SIZE_MM,
        _SMALLEST_MM,
        truth,
        lambda scale: _draw(Dice(seed), licence, scale),
        3.0,
    )


def _licence(dice: Dice) -> _Licence:
    who = person(dice, youngest=19)
    earliest = max(years_on(who.birth, 18), date(1986, 1, 1))
    first_issue = dice.day(earliest, date(2025, 11, 30))
    served = age(first_issue, TODAY)
    is_older = dice.chance(0.25)
    if served < 6:
        start, years = first_issue, 6
    elif served < 16:
        start, years = years_on(first_issue, 6), 10
    else:
        start, years = years_on(first_issue, 16), dice.pick((0, 10))
    if is_older:
        years = years or 10
    return _Licence(who, first_issue, dice.pick(_CLASSES), start, years, is_older)


def _draw(dice: Dice, licence: _Licence, scale: float) -> Sheet:
    ground = _ground.gradient(
        dice, _ground.size_px(_SIZE_MM, scale), tuple(dice.shade(222, 252) for _ in range(2))
    )
    if dice.chance(0.7):
        ground = _ground.lines(dice, ground, scale, dice.real(0.1, 0.3), dice.whole(1, 3))
    sheet = Sheet.on(ground, scale)
    ink = dice.shade(10, 60)
    face = pick_face(dice, Style.SONG, Style.HEI, Style.HEI)
    title = Pen(face, 4.2, ink)
    sheet.text((44.0, 6.6), "中华人民共和国机动车驾驶证", title, align="centre", spacing_mm=0.5)
    english = Pen(pick_face(dice, Style.SERIF, Style.SANS), 2.3, ink)
    sheet.text(
        (44.0, 9.9), "Driving License of the People's Republic of China", english, align="centre"
    )
    _ornaments.portrait(sheet, dice, (65.5, 31.0, 84.0, 53.2))
    red = (dice.whole(190, 225), dice.whole(30, 70), dice.whole(30, 70))
    place = licence.who.region.city or licence.who.region.province
    rows = _seal_rows(f"{place}公安局交通警察支队")
    seal_face = pick_face(dice, Style.SONG, Style.KAI)
    _ornaments.square_seal(
        sheet, (5.0, 34.5, 23.0, 53.0), rows, seal_face, (red, dice.real(0.7, 0.95))
    )
    _labels(sheet, Pen(face, dice.real(2.2, 2.5), ink), english.sized(1.7), licence)
    sheet.shift_mm = (dice.real(-0.7, 0.9), dice.real(-0.5, 0.5))
    value_face = pick_face(dice, Style.HEI, Style.HEI, Style.SONG, Style.KAI)
    _values(sheet, dice, licence, Pen(value_face, dice.real(2.9, 3.2), dice.shade(5, 45)))
    return sheet


def _seal_rows(text: str) -> tuple[str, ...]:
    count = 3 if len(text) <= 12 else 4
    length = -(-len(text) // count)
    return tuple(text[start : start + length] for start in range(0, len(text), length))


def _labels(sheet: Sheet, chinese: Pen, english: Pen, licence: _Licence) -> None:
    labels: tuple[tuple[float, float, str, str], ...] = (
        (21.0, 15.3, "证号", "No."),
        (5.0, 21.5, "姓名", "Name"),
        (45.5, 21.5, "性别", "Sex"),
        (60.0, 21.5, "国籍", "Nationality"),
        (5.0, 27.2, "住址", "Address"),
        (25.5, 38.0, "出生日期", "Date of Birth"),
        (25.5, 44.4, "初次领证日期", "Date of First Issue"),
        (25.5, 50.8, "准驾车型", "Class"),
    )
    if licence.is_older:
        labels += ((5.0, 57.0, "有效起始日期", "Valid From"), (51.0, 57.0, "有效期限", "Valid For"))
    else:
        labels += ((5.0, 57.0, "有效期限", "Valid Period"),)
    for x, y, text, translation in labels:
        after = sheet.text((x, y), text, chinese)
        if y in (15.3, 57.0):
            sheet.text((after + 0.8, y), translation, english)
        else:
            sheet.text((x, y + 2.0), translation, english)


def _values(sheet: Sheet, dice: Dice, licence: _Licence, pen: Pen) -> None:
    who = licence.who
    number = Pen(pick_face(dice, Style.SANS, Style.HEI, Style.OCR_B, Style.MONO), 3.4, pen.ink)
    sheet.pitched((33.5, 15.3), who.id_number, number, 2.1, name="licence_number")
    name = pen.sized(min(3.4, 28.0 / len(who.name)))
    sheet.text((15.0, 21.8), who.name, name, name="name")
    sheet.text((53.0, 21.8), who.sex, pen, name="sex")
    sheet.text((73.5, 21.8), "中国", pen, name="nationality")
    address = pen
    if len(sheet.lines(who.address, address, 66.0)) > 1:
        address = pen.sized(_SMALLEST_MM)
    sheet.wrapped((16.5, 27.4), who.address, address, (66.0, 3.7), name="address")
    sheet.text((45.0, 38.3), who.birth.isoformat(), pen, name="birth_date")
    sheet.text((45.0, 44.7), licence.first_issue.isoformat(), pen, name="first_issue_date")
    sheet.text((45.0, 51.1), licence.vehicle_class, pen, name="vehicle_class")
    start = licence.start.isoformat()
    if licence.is_older:
        sheet.text((31.5, 57.2), start, pen, name="valid_from")
        sheet.text((72.0, 57.2), f"{licence.years}年", pen, name="valid_until")
        return
    after = sheet.text((31.0, 57.2), start, pen, name="valid_from") - sheet.shift_mm[0]
    after = sheet.text((after + 0.6, 57.2), "至", pen)
    end = years_on(licence.start, licence.years).isoformat() if licence.years else _LONG_TERM
    sheet.text((after + 0.6, 57.2), end, pen, name="valid_until")
