"""Back of the resident identity card: who issued it and how long it holds."""

from __future__ import annotations

from datetime import date

from app.toolchain.specimens import _ornaments, _places
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._layout import TODAY, Layout
from app.toolchain.specimens._people import years_on
from app.toolchain.specimens._sheet import Pen, Sheet
from app.toolchain.specimens.id_card_front import SIZE_MM, card_ground

LONG_TERM = "长期"


def make(dice: Dice) -> Layout:
    """Invent a card; 5, 10 or 20 years or long-term, some of them over."""
    years = dice.pick((5, 10, 10, 20, 20, 0))
    first = date(2013, 1, 1) if years in (0, 20) else years_on(TODAY, -years)
    if dice.chance(0.1):
        first = date(2006, 1, 1)
    start = dice.day(first, date(2025, 12, 20))
    end = years_on(start, years).isoformat() if years else LONG_TERM
    authority = _places.police(dice.pick(_places.regions()))
    truth = {"authority": authority, "valid_from": start.isoformat(), "valid_until": end}
    seed = dice.seed()
    return Layout("back", SIZE_MM, 3.2, truth, lambda scale: _draw(Dice(seed), truth, scale), 3.2)


def _draw(dice: Dice, truth: dict[str, str], scale: float) -> Sheet:
    sheet = card_ground(dice, scale)
    _ornaments.emblem(sheet, (13.5, 13.0), 7.2, dice.pick(((190, 50, 50), (200, 80, 60))))
    black = dice.shade(10, 60)
    title = pick_face(dice, Style.HEI, Style.SONG, Style.KAI, is_bold=dice.chance(0.5))
    sheet.text(
        (52.0, 12.0),
        "中华人民共和国",
        Pen(title, 5.0, black),
        align="centre",
        spacing_mm=dice.real(0.4, 0.9),
    )
    sheet.text(
        (52.0, 21.5),
        "居民身份证",
        Pen(title, 7.0, black),
        align="centre",
        spacing_mm=dice.real(1.0, 2.0),
    )
    face = pick_face(dice, Style.HEI, Style.HEI, Style.SONG)
    label = Pen(face, dice.real(2.7, 3.0), black)
    value = Pen(face, dice.real(3.2, 3.5), dice.shade(5, 45))
    for text, row in (("签发机关", 41.0), ("有效期限", 48.2)):
        sheet.text((20.0, row), text, label.inked(black), spacing_mm=0.3)
    room = SIZE_MM[0] - 38.0
    authority = truth["authority"]
    while sheet.width_mm(authority, value) > room - 5:
        value = value.sized(value.em_mm - 0.1)
    sheet.text((36.0, 41.0), authority, value, name="authority")
    value = value.sized(3.4)
    start = truth["valid_from"].replace("-", ".")
    end = truth["valid_until"].replace("-", ".")
    after = sheet.text((36.0, 48.2), start, value, name="valid_from")
    after = sheet.text((after - sheet.shift_mm[0], 48.2), "-", value)
    sheet.text((after - sheet.shift_mm[0], 48.2), end, value, name="valid_until")
    return sheet
