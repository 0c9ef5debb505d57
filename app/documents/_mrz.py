"""The machine-readable zones of ICAO Doc 9303 (8th edition): layouts, check digits, values."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

FILLER = "<"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = DIGITS + LETTERS + FILLER

_WEIGHTS = (7, 3, 1)  # part 3, 4.9
_AHEAD_YEARS = 30
"""An expiry date further ahead than this belongs to the last century."""

_SECOND = LETTERS + FILLER + DIGITS[1:]
"""Of the document code: a letter or filler, but there are cards (C1USA) with a digit."""
_ALLOWED = {
    # part 3, 4.3–4.8: what may stand in each part of a zone; everywhere else all of the alphabet.
    "state": LETTERS + FILLER,
    "nationality": LETTERS + FILLER,
    "names": LETTERS + FILLER,
    "sex": "MF<X",
    "birth_date": DIGITS + FILLER,
    "expiry_date": DIGITS + FILLER,
    "number_check": DIGITS + FILLER,
    "birth_check": DIGITS,
    "expiry_check": DIGITS,
    "optional_check": DIGITS + FILLER,
    "composite_check": DIGITS,
}


class Part(NamedTuple):
    """A stretch of the zone: which line, and from where up to where."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """One format of the zone."""

    name: str
    lines: int
    length: int
    first: str
    """What its document code may begin with (parts 4 to 7, 4.2.2)."""
    parts: Mapping[str, Part]
    composite: tuple[Part, ...] = ()
    """What the composite check digit covers; visas have none."""
    may_overflow: bool = False
    """Whether a long document number goes on in the optional data (parts 5 and 6, 4.2.2)."""

    def allowed(self, line: int) -> tuple[str, ...]:
        """Return, for each place of a line, the characters which the standard lets stand there."""
        places = [ALPHABET] * self.length
        for name, part in self.parts.items():
            if part.line == line:
                places[part.start : part.end] = [_ALLOWED.get(name, ALPHABET)] * (
                    part.end - part.start
                )
        if line == 0:
            places[:2] = self.first, _SECOND
        return tuple(places)


def _second_line(line: int, optional_end: int) -> dict[str, Part]:
    """Return the parts that the last line of every two-line format shares."""
    return {
        "document_number": Part(line, 0, 9),
        "number_check": Part(line, 9, 10),
        "nationality": Part(line, 10, 13),
        "birth_date": Part(line, 13, 19),
        "birth_check": Part(line, 19, 20),
        "sex": Part(line, 20, 21),
        "expiry_date": Part(line, 21, 27),
        "expiry_check": Part(line, 27, 28),
        "optional": Part(line, 28, optional_end),
    }


def _first_line(length: int) -> dict[str, Part]:
    return {"code": Part(0, 0, 2), "state": Part(0, 2, 5), "names": Part(0, 5, length)}


TD1 = Layout(  # part 5, 4.2.2
    "TD1",
    3,
    30,
    "ACI",
    {
        "code": Part(0, 0, 2),
        "state": Part(0, 2, 5),
        "document_number": Part(0, 5, 14),
        "number_check": Part(0, 14, 15),
        "optional": Part(0, 15, 30),
        "birth_date": Part(1, 0, 6),
        "birth_check": Part(1, 6, 7),
        "sex": Part(1, 7, 8),
        "expiry_date": Part(1, 8, 14),
        "expiry_check": Part(1, 14, 15),
        "nationality": Part(1, 15, 18),
        "optional_2": Part(1, 18, 29),
        "composite_check": Part(1, 29, 30),
        "names": Part(2, 0, 30),
    },
    composite=(Part(0, 5, 30), Part(1, 0, 7), Part(1, 8, 15), Part(1, 18, 29)),
    may_overflow=True,
)
TD2 = Layout(  # part 6, 4.2.2
    "TD2",
    2,
    36,
    "ACI",
    _first_line(36) | _second_line(1, 35) | {"composite_check": Part(1, 35, 36)},
    composite=(Part(1, 0, 10), Part(1, 13, 20), Part(1, 21, 35)),
    may_overflow=True,
)
TD3 = Layout(  # part 4, 4.2.2
    "TD3",
    2,
    44,
    "P",
    _first_line(44)
    | _second_line(1, 42)
    | {"optional_check": Part(1, 42, 43), "composite_check": Part(1, 43, 44)},
    composite=(Part(1, 0, 10), Part(1, 13, 20), Part(1, 21, 43)),
)
MRV_A = Layout("MRV-A", 2, 44, "V", _first_line(44) | _second_line(1, 44))  # part 7, 4.2.2
MRV_B = Layout("MRV-B", 2, 36, "V", _first_line(36) | _second_line(1, 36))  # part 7, 5.2.2

VISAS = (MRV_A, MRV_B)
NO_VISA = frozenset(("", *TD1.first, *TD2.first, *TD3.first))
"""A zone that begins like this, or has lost its beginning, is not taken for one."""
LAYOUTS = (TD1, TD2, TD3, *VISAS)


@dataclass(frozen=True)
class Zone:
    """The lines of one zone, each of the full length of its layout."""

    layout: Layout
    lines: tuple[str, ...]

    def text(self, *parts: Part) -> str:
        """Return what stands in these parts, joined."""
        return "".join(self.lines[line][start:end] for line, start, end in parts)

    def part(self, name: str) -> str:
        """Return what stands in a part of this name."""
        return self.text(self.layout.parts[name])


def check_digit(text: str) -> str:
    """Return the check digit of part 3, 4.9: weights 7, 3, 1, modulus 10; a filler counts 0."""
    weights = itertools.cycle(_WEIGHTS)
    total = sum(
        weight * (0 if character == FILLER else int(character, 36))
        for character, weight in zip(text, weights, strict=False)
    )
    return str(total % 10)


def number_parts(zone: Zone) -> tuple[Part, ...]:
    """Return where the document number stands; the last character of the parts is its check digit.

    In TD1 and TD2 a number of more than nine characters has a filler for its check digit, and goes
    on in the optional data, up to the next filler, with the check digit last.
    """
    number, check = zone.layout.parts["document_number"], zone.layout.parts["number_check"]
    if zone.layout.may_overflow and zone.text(check) == FILLER:
        line, start, _ = zone.layout.parts["optional"]
        more = zone.part("optional").partition(FILLER)[0]
        if len(more) > 1:
            return number, Part(line, start, start + len(more))
    return number, check


def checked_parts(zone: Zone) -> dict[str, tuple[Part, ...]]:
    """Name everything that has a check digit of its own; it stands last in the parts."""
    parts = zone.layout.parts
    checked = {
        "document_number": number_parts(zone),
        "birth_date": (parts["birth_date"], parts["birth_check"]),
        "expiry_date": (parts["expiry_date"], parts["expiry_check"]),
    }
    if "optional_check" in parts:
        checked["optional"] = (parts["optional"], parts["optional_check"])
    if zone.layout.composite:
        checked["composite"] = (*zone.layout.composite, parts["composite_check"])
    return checked


def holds(name: str, text: str) -> bool:
    """Tell whether a checked stretch is well-formed and its last character the right digit."""
    value, digit = text[:-1], text[-1:]
    if any(character not in ALPHABET for character in text):
        return False
    if name == "optional" and not value.strip(FILLER):
        return digit in ("0", FILLER)  # part 4, 4.2.2.2: the issuer chooses
    if name == "document_number" and not value.strip(FILLER):
        return False
    if name.endswith("_date") and not is_date(value):
        return False
    return digit == check_digit(value)


def document_number(zone: Zone) -> str:
    """Return the document number without its check digit and fillers."""
    number, check = number_parts(zone)
    more = zone.text(check)[:-1]
    return spaced(zone.text(number) + more)


def names(field: str) -> tuple[str, str]:
    """Split the names field into surname (primary identifier) and given names (secondary)."""
    primary, _, secondary = field.strip(FILLER).partition(FILLER * 2)
    return spaced(primary), spaced(secondary)


def spaced(text: str) -> str:
    """Return a value with its inner fillers as spaces and the outer ones gone."""
    return " ".join(text.replace(FILLER, " ").split())


def is_date(six: str) -> bool:
    """Tell whether YYMMDD is a date; its end or all of it may be unknown (part 3, 4.8)."""
    known = six.rstrip(FILLER)
    if any(character not in DIGITS for character in known):
        return False
    if len(known) == 4:
        return "01" <= known[2:] <= "12"
    if len(known) < 6:
        return len(known) in (0, 2)
    try:
        # Of the years that YY00 may stand for only 1900 is no leap year, and it is long ago.
        dt.date(2000 + int(known[:2]), int(known[2:4]), int(known[4:]))
    except ValueError:
        return False
    return True


def birth_date(six: str, today: dt.date) -> str:
    """Return the latest date that YYMMDD can be without lying in the future."""
    return _in_century(six, today)


def expiry_date(six: str, today: dt.date) -> str:
    """Return the latest date that YYMMDD can be without lying too far in the future."""
    return _in_century(six, today.replace(year=today.year + _AHEAD_YEARS, day=1))


def _in_century(six: str, latest: dt.date) -> str:
    """Return YYYY-MM-DD, less what is unknown; nothing where the year is, or for no date."""
    known = six.rstrip(FILLER)
    if not known or not is_date(six):
        return ""
    rest = "".join(f"-{part}" for part in (known[2:4], known[4:]) if part)
    this_century = f"20{known[:2]}{rest}"
    is_past = this_century <= latest.isoformat()[: len(this_century)]
    return this_century if is_past else f"19{known[:2]}{rest}"
