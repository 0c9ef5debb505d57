"""Dates as the visual zones of travel documents print them, in every way they may be meant."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

# English, French, Spanish, German, Dutch, Italian and Portuguese; 9303-3, 3.8 asks for one of the
# first three beside the issuer's own language.
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("JAN GEN ENE", "FEB FEV", "MAR MRT MAE", "APR AVR ABR", "MAY MAI MEI MAG", "JUN JUIN GIU",
         "JUL JUIL LUG", "AUG AOU AGO", "SEP SET", "OCT OKT OTT OUT", "NOV", "DEC DEZ DIC"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_END = r"(\d{4}|\d\d)(?!\d)"
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})[\s./-]{{1,3}}(\d{{1,2}})[\s./-]{{1,3}}{_END}")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[\s./年-]{1,3}(\d{1,2})[\s./月-]{1,3}(\d{1,2})(?!\d)")
_PACKED = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)")
_WORDED = re.compile(
    r"(?<!\d)(\d{1,2})[\s./-]*(?:\d{1,2}\s*月\W*)?([A-Z]{3,9})[\s./-]*([A-Z]{3,9})?[\s./-]*" + _END
)


def readings(text: str) -> Iterator[str]:
    """Give YYYYMMDD or YYMMDD for every date; ``10/04/49`` is one in April and one in October."""
    plain = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in plain if not unicodedata.combining(c)).upper()
    for day, month, year in _DAY_FIRST.findall(text):
        yield from _digits(year, month, day)
        yield from _digits(year, day, month)
    for year, month, day in (*_YEAR_FIRST.findall(text), *_PACKED.findall(text)):
        yield from _digits(year, month, day)
    for day, *words, year in _WORDED.findall(text):
        months = {m for word in words if (m := _month(word))}
        if len(months) == 1:
            yield from _digits(year, str(months.pop()), day)


def _month(word: str) -> int:
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3], 0)


def _digits(year: str, month: str, day: str) -> Iterator[str]:
    try:
        # A year of two digits is tried as a leap year if either century has it as one.
        date = dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return
    yield f"{date:%Y%m%d}"[-4 - len(year) :]
