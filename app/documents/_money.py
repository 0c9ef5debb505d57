"""Amounts of money as printed: ``¥1,234.50`` and 壹仟贰佰叁拾肆圆伍角整."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 12

# A recogniser often sees ¥ as Y, and a separator of thousands as a point; the last separator
# counts as the decimal point only before exactly one or two digits.
_FIGURES = re.compile(
    r"(?:\(小写\))?(?P<sign>-?)[¥Y$]?(?P<inner>-?)"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?:[,.]\d{3})+(?=[.,]\d)|\d+)(?:[.,](?P<part>\d{1,2}))?元?"
)

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_SPELLINGS = str.maketrans(
    "〇○一二两三四五六七八九貳弍貮參叄陸十百千萬億元圓正",
    "零零壹贰贰叁肆伍陆柒捌玖贰贰贰叁叁陆拾佰仟万亿圆圆整",
)

# 《支付结算办法》, annex 1: how amounts are written in words. ⊗ stands before the words on an
# invoice so that nothing can be put there; recognisers see many things in it.
_LEAD = re.compile(r"(?:价税合计)?(?:\(大写\)|大写)?(?:人民币)?[^\u3400-\u9fff(]?")
_D = "[壹贰叁肆伍陆柒捌玖]"


def _section(name: str) -> str:
    """Return a pattern for one number below ten thousand."""
    return (
        rf"(?:零?(?P<{name}3>{_D})仟)?(?:零?(?P<{name}2>{_D})佰)?"
        rf"(?:零?(?P<{name}1>{_D}?拾))?(?:零?(?P<{name}0>{_D}))?"
    )


_WORDS = re.compile(
    r"(?P<sign>(?:\(?负数?\)?)?)"
    rf"(?:(?P<whole>(?:(?!亿){_section('a')}亿)?(?:(?!万){_section('b')}万)?{_section('c')}零?)圆)?"
    rf"(?:零?(?P<dime>{_D})角|零角)?(?:零?(?P<cent>{_D})分|零分)?整?"
)


def amount(text: str) -> Decimal | None:
    """Return the amount that the figures say, None if the text is anything else."""
    compact = _compact(text)
    found = _FIGURES.fullmatch(compact)
    if found is None or (found["sign"] and found["inner"]):
        return None
    whole = re.sub("[,.]", "", found["whole"])
    value = Decimal(f"{whole}.{found['part'] or '0'}").quantize(_CENT)
    return -value if found["sign"] or found["inner"] else value


def from_words(text: str) -> Decimal | None:
    """Return the amount that the words say, None if they are not one well-formed amount."""
    words = _LEAD.sub("", _compact(text).translate(_SPELLINGS), count=1)
    found = _WORDS.fullmatch(words)
    if found is None or not any(character in words for character in "圆角分"):
        return None
    whole = sum(
        scale * _number(found, name) for name, scale in (("a", 10**8), ("b", 10**4), ("c", 1))
    )
    if found["whole"] == "":
        return None
    cents = 10 * _digit(found["dime"]) + _digit(found["cent"])
    value = (Decimal(whole) + Decimal(cents) * _CENT).quantize(_CENT)
    return -value if found["sign"] else value


def to_words(value: Decimal) -> str:
    """Write an amount in words as an invoice does; two decimals, below 10¹²."""
    size = abs(value)
    if size >= _LARGEST or size != size.quantize(_CENT):
        raise ValueError(value)
    cents = int(size * 100)
    whole, dime, cent = cents // 100, cents // 10 % 10, cents % 10
    words = "负" if value < 0 else ""
    if whole or not cents:
        words += (_whole_words(whole) or _DIGITS[0]) + "圆"
    if dime:
        words += _DIGITS[dime] + "角"
    elif cent and whole:
        words += "零"
    return words + (_DIGITS[cent] + "分" if cent else "整")


def _whole_words(whole: int) -> str:
    words = ""
    for name, scale in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section = whole // scale % 10**4
        if not section:
            continue
        is_gapped = bool(words) and (section < 1000 or (whole // scale // 10**4) % 10 == 0)
        words += ("零" if is_gapped else "") + _section_words(section) + name
    return words


def _section_words(section: int) -> str:
    words = ""
    for place in (3, 2, 1, 0):
        digit = section // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _UNITS[place]
        elif words and section % 10**place and not words.endswith("零"):
            words += "零"
    return words


def _number(found: re.Match[str], name: str) -> int:
    return sum(10**place * _digit(found[f"{name}{place}"]) for place in range(4))


def _digit(words: str | None) -> int:
    """Read one digit, with or without its 拾; 拾 alone is ten."""
    if not words:
        return 0
    return 1 if words == "拾" else _DIGITS.index(words[0])


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
