"""The printed zone of a travel document: labels in several languages, values as people write."""

from __future__ import annotations

from datetime import date

from app.toolchain.specimens import _ornaments
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._mrz import Holder
from app.toolchain.specimens._people import years_on
from app.toolchain.specimens._sheet import Pen, Sheet
from app.toolchain.specimens._travellers import State

_LABELS = {
    "type": ("Type / Type", "Type", "Typ / Type", "类型/Type"),
    "code": ("Code of issuing State", "Country code", "Code / Code", "国家码/Country Code"),
    "number": (
        "Passport No.",
        "Document No. / No. du document",
        "Passnummer / Passport No.",
        "护照号/Passport No.",
    ),
    "surname": ("Surname / Nom", "Surname", "Name / Surname / Nom", "姓/Surname"),
    "given": ("Given names / Prénoms", "Given names", "Vornamen / Given names", "名/Given names"),
    "nationality": (
        "Nationality / Nationalité",
        "Nationality",
        "Staatsangehörigkeit / Nationality",
        "国籍/Nationality",
    ),
    "birth": (
        "Date of birth / Date de naissance",
        "Date of birth",
        "Geburtsdatum / Date of birth",
        "出生日期/Date of birth",
    ),
    "sex": ("Sex / Sexe", "Sex", "Geschlecht / Sex", "性别/Sex"),
    "place": (
        "Place of birth / Lieu de naissance",
        "Place of birth",
        "Geburtsort / Place of birth",
        "出生地点/Place of birth",
    ),
    "issue": (
        "Date of issue / Date de délivrance",
        "Date of issue",
        "Ausstellungsdatum / Date of issue",
        "签发日期/Date of issue",
    ),
    "expiry": (
        "Date of expiry / Date d'expiration",
        "Date of expiry",
        "Gültig bis / Date of expiry",
        "有效期至/Date of expiry",
    ),
    "authority": ("Authority / Autorité", "Authority", "Behörde / Authority", "签发机关/Authority"),
}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_PLACES = (
    "ZENITH",
    "BERLIN",
    "PARIS",
    "北京/BEIJING",
    "LONDON",
    "MADRID",
    "OSLO",
    "PRAHA",
    "SEOUL",
    "GIZA",
)


def print_visual_zone(
    sheet: Sheet, dice: Dice, state: State, who: Holder, room: tuple[bool, float]
) -> None:
    """Print title, labels and values above the zone; ``room`` says if a portrait takes the left
    and where the zone begins."""
    has_portrait, bottom = room
    width = sheet.size_mm[0]
    ink = dice.shade(20, 120)
    face = pick_face(dice, Style.SANS, Style.SANS, Style.SERIF, Style.HEI)
    title = Pen(face, min(4.0, width / 26), ink)
    while sheet.width_mm(state.title, title) > width - 30:
        title = title.sized(title.em_mm * 0.92)
    sheet.text((5.0, 7.0), state.title, title)
    noun = {"P": "PASSPORT", "V": "VISA"}.get(who.code[0], "IDENTITY CARD")
    sheet.text((width - 4.0, 7.0), noun, title.sized(title.em_mm * 0.85), align="right")
    language = 3 if state.code == "CHN" else dice.whole(0, 2)
    left = sheet.size_mm[1] * 0.36 + 9.0 if has_portrait else 5.0
    label = Pen(face, 1.7, ink)
    value = Pen(
        pick_face(dice, Style.SANS, Style.SANS, Style.SERIF, Style.HEI, Style.MONO),
        2.7,
        dice.shade(5, 50),
    )
    rows = _rows(dice, who, state, is_short=not has_portrait)
    step = min(8.2, (bottom - 10.0) / len(rows))
    for number, row in enumerate(rows):
        y = 10.5 + number * step
        for place, (key, text) in enumerate(row):
            x = left + place * (width - left - 4.0) / len(row)
            room_mm = (width - left - 4.0) / len(row) - 1.5
            text_label = _LABELS[key][language]
            sheet.text((x, y + 1.6), text_label, _fitted(sheet, text_label, label, room_mm))
            baseline = y + 1.9 + min(2.9, step - 2.0)
            sheet.text((x, baseline), text, _fitted(sheet, text, value, room_mm))
    if dice.chance(0.3) and has_portrait:
        _ornaments.emblem(sheet, (width - 8.0, bottom - 3.5), 3.2, ink)


def _fitted(sheet: Sheet, text: str, pen: Pen, room_mm: float) -> Pen:
    while sheet.width_mm(text, pen) > room_mm and pen.em_mm > 1.3:
        pen = pen.sized(pen.em_mm * 0.94)
    return pen


def _rows(
    dice: Dice, who: Holder, state: State, *, is_short: bool
) -> tuple[tuple[tuple[str, str], ...], ...]:
    is_title = dice.chance(0.15)
    style = dice.pick(("long", "long", "dots", "slashes", "double"))
    issued = years_on(who.expiry, -dice.pick((5, 10)))
    sex = dice.pick((who.sex, f"{who.sex}/{who.sex}")) if state.code != "CHN" else _chinese_sex(who)
    birth = ("birth", _written(who.birth, style))
    expiry = ("expiry", _written(who.expiry, style))
    if is_short:
        return (
            (("number", who.number), ("nationality", _shown(who.nationality))),
            (birth, ("sex", sex), expiry),
        )
    return (
        (("type", who.code), ("code", _shown(who.state)), ("number", who.number)),
        (("surname", who.surname.title() if is_title else who.surname),),
        (("given", who.given.title() if is_title else who.given),),
        (("nationality", _shown(who.nationality)), birth),
        (("sex", sex), ("place", dice.pick(_PLACES))),
        (("issue", _written(issued, style)), ("authority", "MINISTRY OF INTERIOR")),
        (expiry,),
    )


def _shown(code: str) -> str:
    return code.replace("<", "")


def _chinese_sex(who: Holder) -> str:
    return {"M": "男/M", "F": "女/F"}.get(who.sex, who.sex)


def _written(day: date, style: str) -> str:
    month = _MONTHS[day.month - 1]
    if style == "dots":
        return f"{day:%d.%m.%Y}"
    if style == "slashes":
        return f"{day:%d/%m/%Y}"
    if style == "double":
        return f"{day.day:02d} {month}/{month} {day.year}"
    return f"{day.day:02d} {month} {day.year}"
