"""Machine-readable zones of ICAO 9303 parts 4 to 7, with all their check digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_WEIGHTS = (7, 3, 1)
_SPELT = str.maketrans(
    {
        "Ä": "AE",
        "Ö": "OE",
        "Ü": "UE",
        "ß": "SS",
        "Å": "AA",
        "Æ": "AE",
        "Ø": "OE",
        "Þ": "TH",
        "Ł": "L",
        "Đ": "D",
        "Ð": "D",
        "Ñ": "N",
        "Œ": "OE",
        "'": "",
        "’": "",
        "-": "<",
        " ": "<",
    }
)
"""ICAO 9303-3, section 6 A, for the letters that occur here."""


def check_digit(text: str) -> str:
    """Return the check digit of ICAO 9303-3, section 4.9."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(v * _WEIGHTS[place % 3] for place, v in enumerate(values)) % 10)


def spelt(name: str) -> str:
    """Spell a name in the letters of the zone."""
    swapped = name.upper().translate(_SPELT)
    plain = unicodedata.normalize("NFD", swapped)
    return re.sub("[^A-Z<]", "", plain)


@dataclass(frozen=True, slots=True)
class Holder:
    """What a zone says."""

    code: str
    """Document code, one or two letters."""
    state: str
    surname: str
    given: str
    number: str
    nationality: str
    birth: date
    sex: str
    """M, F or X."""
    expiry: date
    optional: str = ""
    optional_2: str = ""


def td3(holder: Holder) -> tuple[str, str]:
    """Return the two lines of a passport (part 4)."""
    number, birth, expiry = _checked(holder)
    personal = _filled(holder.optional, 14)
    personal_check = check_digit(personal) if holder.optional else "<"
    tail = personal + personal_check
    whole = check_digit(number + birth + expiry + tail)
    return (
        _filled(holder.code, 2) + _filled(holder.state, 3) + _names(holder, 39),
        number + _filled(holder.nationality, 3) + birth + _sex(holder) + expiry + tail + whole,
    )


def td2(holder: Holder) -> tuple[str, str]:
    """Return the two lines of a TD2 card (part 6)."""
    number, birth, expiry = _checked(holder)
    tail = _filled(holder.optional, 7)
    whole = check_digit(number + birth + expiry + tail)
    return (
        _filled(holder.code, 2) + _filled(holder.state, 3) + _names(holder, 31),
        number + _filled(holder.nationality, 3) + birth + _sex(holder) + expiry + tail + whole,
    )


def td1(holder: Holder) -> tuple[str, str, str]:
    """Return the three lines of a TD1 card (part 5); a long number runs on in the optional data."""
    number, birth, expiry = _checked(holder)
    optional = holder.optional
    if len(holder.number) > 9:
        number = holder.number[:9] + "<"
        optional = holder.number[9:] + check_digit(holder.number) + "<" + optional
    first = _filled(holder.code, 2) + _filled(holder.state, 3) + number + _filled(optional, 15)
    second_optional = _filled(holder.optional_2, 11)
    second = birth + _sex(holder) + expiry + _filled(holder.nationality, 3) + second_optional
    whole = check_digit(first[5:] + birth + expiry + second_optional)
    return first, second + whole, _names(holder, 30)


def visa(holder: Holder, width: int) -> tuple[str, str]:
    """Return the two lines of a visa (part 7): MRV-A is 44 wide, MRV-B 36."""
    number, birth, expiry = _checked(holder)
    second = number + _filled(holder.nationality, 3) + birth + _sex(holder) + expiry
    return (
        _filled(holder.code, 2) + _filled(holder.state, 3) + _names(holder, width - 5),
        second + _filled(holder.optional, width - len(second)),
    )


def _checked(holder: Holder) -> tuple[str, str, str]:
    number = _filled(holder.number[:9], 9)
    birth, expiry = f"{holder.birth:%y%m%d}", f"{holder.expiry:%y%m%d}"
    return (
        number + check_digit(number),
        birth + check_digit(birth),
        expiry + check_digit(expiry),
    )


def _sex(holder: Holder) -> str:
    return "<" if holder.sex == "X" else holder.sex


def _filled(text: str, width: int) -> str:
    return text[:width].ljust(width, "<")


def _names(holder: Holder, width: int) -> str:
    surname, given = spelt(holder.surname), spelt(holder.given)
    return _filled(f"{surname}<<{given}" if given else surname, width)


def names_in(zone: str) -> tuple[str, str]:
    """Return surname and given names as a name zone says them, fillers as spaces."""
    surname, _, given = zone.partition("<<")
    return surname.replace("<", " ").strip(), given.replace("<", " ").strip()
