"""Dates as printed on Chinese documents → YYYY-MM-DD, and how long a document may be valid."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

LONG_TERM = "长期"

ID_CARD_YEARS = frozenset({5, 10, 20})
"""Law on Resident Identity Cards (2011), article 5; from the age of 46 it is long-term."""
DRIVING_LICENCE_YEARS = frozenset({6, 10})
"""Road Traffic Safety Law regulations (2017), article 26: six years, ten years, long-term."""

FIRST_YEAR, LAST_YEAR = 1900, 2099

_SEPARATOR = r"[.,/\-·—:]"
_TWO_DIGITS = re.compile(rf"(\d{{4}}){_SEPARATOR}?(\d\d){_SEPARATOR}?(\d\d)")
_SEPARATED = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_WORDED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_NUMERALS = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日?"
)
_DIGIT = {numeral: digit for digit, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0}
_CIRCLES = str.maketrans("○Ｏ◯", "〇〇〇")

_DATE = r"\d{4}\D?\d{1,2}\D?\d{1,2}日?"
_PERIOD = re.compile(rf"自?({_DATE})(?:至|到|[-—–~一]*)({_DATE}|{LONG_TERM})")


def iso(text: str) -> str | None:
    """Return the one date that the text is, whatever its notation; None if it is anything else."""
    compact = _compact(text)
    for pattern in (_WORDED, _TWO_DIGITS, _SEPARATED):
        if found := pattern.fullmatch(compact):
            year, month, day = (int(part) for part in found.groups())
            return _checked(year, month, day)
    if found := _NUMERALS.fullmatch(compact.translate(_CIRCLES)):
        year = int("".join(str(_DIGIT[numeral]) for numeral in found[1]))
        return _checked(year, _number(found[2]), _number(found[3]))
    return None


def period(text: str) -> tuple[str, str] | None:
    """Split ``2010.05.06-2030.05.06`` or ``2010.05.06-长期`` into both dates."""
    found = _PERIOD.fullmatch(_compact(text))
    if found is None:
        return None
    start, until = iso(found[1]), LONG_TERM if found[2] == LONG_TERM else iso(found[2])
    return (start, until) if start and until else None


def validity_holds(start: str, until: str, years: frozenset[int]) -> bool:
    """Tell whether ``until`` lies one of these numbers of years after ``start``, or is long-term.

    A term that began on 29 February may end on 28 February or 1 March.
    """
    if until == LONG_TERM:
        return iso(start) is not None
    if iso(start) is None or iso(until) is None:
        return False
    ends = {f"{int(start[:4]) + term}{start[4:]}" for term in years}
    if start.endswith("-02-29"):
        ends |= {end[:4] + day for end in ends for day in ("-02-28", "-03-01")}
    return until in ends


def _compact(text: str) -> str:
    # NFKC folds the full-width digits and points that a recogniser mixes in.
    return "".join(unicodedata.normalize("NFKC", text).split())


def _checked(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(numeral: str) -> int:
    """Read a numeral from 一 to 九十九; what is none gives 0, which is no month and no day."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (10 * _DIGIT.get(tens, 1) if ten else 0) + _DIGIT.get(ones, 0)
