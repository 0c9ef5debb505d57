"""Amounts in words, as financial papers write them."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def whole_in_words(number: int) -> str:
    """Write a whole number: 10050 is 壹万零伍拾."""
    if number == 0:
        return _DIGITS[0]
    words, has_gap = "", False
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        if digit:
            words += (_DIGITS[0] if has_gap else "") + _DIGITS[digit] + _UNITS[place % 4]
        has_gap = digit == 0 and bool(words)
        if place % 4 == 0 and number // 10**place % 10**4:
            words += _GROUPS[place // 4]
    return words


def in_words(amount: Decimal, unit: str = "圆") -> str:
    """Write an amount: 1234.50 is 壹仟贰佰叁拾肆圆伍角整."""
    cents = int(amount * 100)
    whole, tenth, cent = cents // 100, cents // 10 % 10, cents % 10
    words = whole_in_words(whole) + unit if whole else ""
    if not tenth and not cent:
        return words + "整"
    if tenth:
        words += _DIGITS[tenth] + "角"
    elif whole:
        words += _DIGITS[0]
    return words + (_DIGITS[cent] + "分" if cent else "整")
