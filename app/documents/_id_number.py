"""Citizen identity numbers of GB 11643-1999: what they say and whether they hold."""

from __future__ import annotations

import datetime as dt

from stdnum import numdb
from stdnum.cn import ric

LENGTH = 18
FIRST_YEAR = 1900
"""Numbers were first given out in 1984; nobody who holds one was born earlier than this."""

_TAIWAN_PERMIT = "8300"
"""Residence permits for people from Taiwan (State Council order of 2018); not in stdnum's table."""


def holds(number: str, *, today: dt.date | None = None) -> bool:
    """Tell whether region, birth date and check digit (ISO 7064 MOD 11-2) all fit."""
    if len(number) != LENGTH or not number.isascii() or not number[:-1].isdigit():
        return False
    birth = _date(number[6:14])
    if birth is None or not birth.year >= FIRST_YEAR or birth > (today or dt.date.today()):
        return False
    return is_region(number[:6]) and number[-1] == ric.calc_check_digit(number)


def is_region(code: str) -> bool:
    """Tell whether the prefecture (first four digits) exists or once existed.

    The county is not asked for: new ones come every year, and a number carries the code of its
    holder's first registration, so stdnum's years of validity reject people born before them.
    """
    return code[:4] == _TAIWAN_PERMIT or bool(_named(code[:4] + "00"))


def birth_date(number: str) -> str:
    """Return the birth date as YYYY-MM-DD; the number must have its full length."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex(number: str) -> str:
    """Return 男 for an odd sequence number, 女 for an even one (GB 11643-1999, 4.2.3)."""
    return "男" if int(number[16]) % 2 else "女"


def region(number: str) -> tuple[str, ...]:
    """Name province, prefecture and county as far as they are known."""
    province = numdb.get("cn/loc").info(number[:2])[0][1].get("province", "")
    parts = (province, _named(number[:4] + "00"), _named(number[:6]))
    return tuple(dict.fromkeys(part for part in parts if part))


def _named(code: str) -> str:
    """Return the newest name of a region code, empty where it was never given."""
    name = ""
    for _, properties in numdb.get("cn/loc").info(code):
        name = properties.get("county", name)
    return str(name).rpartition("]")[2]


def _date(digits: str) -> dt.date | None:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
