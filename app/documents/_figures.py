"""How figures are written: dates, numbers, codes and amounts, character by character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from app.documents import _credit_code, _dates, _id_number
from app.documents._money import amount
from app.documents._span import GUESS, Glyph, Read, Span, chosen, doubtful, joined, put_in, reworded
from app.vocabulary import Alternative

LOOK_ALIKES = {"O": "0", "o": "0", "D": "0", "Q": "0", "〇": "0", "I": "1", "l": "1", "|": "1",
               "i": "1", "!": "1", "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8"}  # fmt: skip
"""Letters that a recogniser gives for digits."""
SIGN = 0.5
"""A ¥ at least this probable, compared with what was read, is one: it always stands there."""
_LENGTH = 18
_CHECK_LETTERS = {"x": "X", "×": "X", "Ⅹ": "X", "Х": "X"}
_CAPITALS = {chr(code + 32): chr(code) for code in range(65, 91)}
_CIPHER = re.compile(r"[-+*/<>]")
"""Signs of the cipher on an invoice, which stands beside the codes."""
_NOT_IN_CODES = "IOSVZ"
"""GB 32100-2015, table 1: letters too easily taken for digits."""
_IN_CODES = re.compile(r"[0-9A-HJ-NP-RTUW-Y]")
_SEPARATOR = r"[^\d]{0,2}?"
_DATES = (
    # Of the last two centuries first: specks before a year are often read as digits. Two digits
    # each first: with them a date ends where it ends, whatever stands behind it.
    re.compile(rf"((?:19|20)\d\d){_SEPARATOR}(\d\d){_SEPARATOR}(\d\d)"),
    re.compile(rf"((?:19|20)\d\d){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})(?!\d)"),
)
_FIGURES = re.compile(r"-?\d[\d,.]*\d|-?\d")
_NUMERALS = r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正负]+"
_NUMERAL_FORMS = dict(zip("貳弍貮參叄陸萬億園圓", "贰贰贰叁叁陆万亿圆圆", strict=True))
"""What the recogniser takes for the forms that 《支付结算办法》, annex 1, asks for."""
FREE_OF_TAX = frozenset({"***", "**", "免税", "不征税"})
"""Stand in the column of the tax where there is none."""
_LONG_TERM = re.compile("[长長][期斯朗]")


def numeric(span: Span) -> Span:
    """Read every character as a digit where the recogniser or its shape allows it."""
    return Span(tuple(_as_digit(glyph) for glyph in span.glyphs))


def date(span: Span) -> Span | None:
    """Rewrite a date as YYYY-MM-DD, each digit with its own candidates; it may be no real day."""
    figures = numeric(span)
    if found := _dated(figures):
        return _iso(figures, found)
    written = _dates.iso(span.text)
    return reworded(span, written) if written else None


def period_start(span: Span) -> Span | None:
    """Read the first date of ``2010.05.06-2030.05.06``."""
    return date(span)


def period_end(span: Span) -> Span | None:
    """Read what stands behind the first date: another date, or 长期."""
    first = _dated(numeric(span))
    rest = span.part(first.end()) if first else span
    if found := _LONG_TERM.search(rest.text):
        return reworded(rest.part(*found.span()), _dates.LONG_TERM)
    return date(rest) if first else None


def identity_number(span: Span) -> Span | None:
    """Read a citizen identity number: seventeen digits and a digit or X."""
    number = span.replaced(_CHECK_LETTERS).only(_is_code)
    # Letters in front of eighteen characters belong to “No.”; among them they are misread digits.
    while len(number) > _LENGTH and number.text[0].isalpha():
        number = number.part(1)
    end = max(_LENGTH, len(number)) - 1
    last = number.part(end)
    figures = joined((numeric(number.part(0, end)), last if last.text == "X" else numeric(last)))
    if sum(map(str.isdigit, figures.text)) <= _LENGTH - 4:
        return None
    return _window(figures, _id_number.holds)


def _window(code: Span, holds: Callable[[str], bool]) -> Span:
    """Cut specks off both ends of a code that is too long, where exactly one part of it holds."""
    parts = [code.part(i, i + _LENGTH) for i in range(max(0, len(code) - _LENGTH) + 1)]
    holding = [part for part in parts if holds(part.text)]
    return holding[0] if len(holding) == 1 else code


def credit_code(span: Span) -> Span | None:
    """Read a unified social credit code or a taxpayer number of old: 15 to 20 characters."""
    if len(_CIPHER.findall(span.text)) > 1:
        return None
    code = span.only(_is_code).replaced(_CAPITALS)
    code = Span(tuple(_as_code(glyph) for glyph in code.glyphs))
    if not 15 <= len(code) <= 20 or sum(map(str.isdigit, code.text)) < 8:
        return None
    return _window(code, _credit_code.holds)


def money(span: Span) -> Span | None:
    """Read an amount as a plain decimal with two places: ``¥1,234.5`` → ``1234.50``."""
    if span.text.strip("¥Y( )") in FREE_OF_TAX:
        return reworded(span, "0.00")
    read = numeric(_behind_sign(span))
    found = _FIGURES.search(read.text)
    if found is None or amount(found[0]) is None:
        return None
    read = read.part(*found.span())
    places = re.search(r"[.,](\d{1,2})$", read.text)
    end = places.start() if places else len(read)
    whole = read.part(0, end).only(lambda char: char.isdigit() or char == "-")
    cents = read.part(end + 1)
    value = joined((whole, put_in("."), cents, put_in("0" * (2 - len(cents)))))
    # Amounts are printed with their cents: without them the end was not seen.
    return value if len(cents) == 2 else doubtful(value)


def amount_in_words(span: Span) -> Span | None:
    """Read an amount in words: the longest run of numerals and units, in the forms of the rule."""
    words = span.replaced(_NUMERAL_FORMS)
    runs = max(re.findall(_NUMERALS, words.text), key=len, default="")
    start = words.text.find(runs)
    return words.part(start, start + len(runs)) if len(runs) > 1 else None


def digits(*lengths: int) -> Read:
    """Return a reader for a number of one of these lengths, whatever groups it is printed in."""

    def read(span: Span) -> Span | None:
        number = numeric(span.only(_is_code))
        found = max(re.findall(r"\d+", number.text), key=len, default="")
        start = number.text.find(found)
        return number.part(start, start + len(found)) if len(found) in lengths else None

    return read


def _behind_sign(span: Span) -> Span:
    """Drop a ¥ that was read as a digit, as far as the recogniser also thought of a ¥."""
    if not span.glyphs or "¥" in span.text:
        return span
    if span.text[0] in "VYy":
        return span.part(1)
    first = span.glyphs[0].candidates
    is_sign = any(each.text == "¥" and each.score > SIGN * first[0].score for each in first)
    return span.part(1) if is_sign else span


def _is_code(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _dated(figures: Span) -> re.Match[str] | None:
    found = (pattern.search(figures.text) for pattern in _DATES)
    return next((match for match in found if match), None)


def _iso(figures: Span, found: re.Match[str]) -> Span:
    year, month, day = (figures.part(*found.span(group)) for group in (1, 2, 3))
    pads = (put_in("0") if len(part) == 1 else put_in("") for part in (month, day))
    return joined((year, put_in("-"), next(pads), month, put_in("-"), next(pads), day))


def _as_digit(glyph: Glyph) -> Glyph:
    # Full-width digits are digits; so is 〇 in a date written in Chinese, which is not meant here.
    plain = unicodedata.normalize("NFKC", glyph.text)
    if plain.isascii() and plain.isdigit():
        return glyph if plain == glyph.text else glyph._replace(text=plain)
    if not ((glyph.text.isascii() and glyph.text.isalpha()) or glyph.text in LOOK_ALIKES):
        return glyph
    digits = [each for each in glyph.candidates if each.text.isascii() and each.text.isdigit()]
    if digits:
        return chosen(glyph, digits[0])
    if glyph.text in LOOK_ALIKES:
        return chosen(glyph, Alternative(LOOK_ALIKES[glyph.text], GUESS))
    return glyph


def _as_code(glyph: Glyph) -> Glyph:
    if glyph.text not in _NOT_IN_CODES:
        return glyph
    allowed = [each for each in glyph.candidates if _IN_CODES.fullmatch(each.text)]
    if allowed:
        return chosen(glyph, allowed[0])
    look_alike = LOOK_ALIKES.get(glyph.text)
    return chosen(glyph, Alternative(look_alike, GUESS)) if look_alike else glyph
