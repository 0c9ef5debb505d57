"""Amounts in figures and in words say the same, or one of them says nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents._money import amount, from_words, to_words

amounts = st.integers(-(10**14) + 1, 10**14 - 1).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("¥1,234.50", "1234.50"),
        ("￥１，２３４．５０", "1234.50"),
        ("¥ 1 234.50", "1234.50"),
        ("Y1234.5", "1234.50"),
        ("1.234.50", "1234.50"),
        ("1234,50", "1234.50"),
        ("（小写）¥100.00", "100.00"),
        ("12,345,678", "12345678.00"),
        ("-¥12.00", "-12.00"),
        ("¥-12.00", "-12.00"),
        ("0.05", "0.05"),
        ("100元", "100.00"),
    ],
)
def test_figures_are_read_in_every_notation(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "¥", "1.234", "12,34.5", "1,2345.00", "12.345", "--1", "-¥-1", "1.2.3", "l00.00", "***"],
)
def test_figures_with_two_meanings_or_none_are_no_amount(text: str) -> None:
    assert amount(text) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("壹仟贰佰叁拾肆圆伍角整", "1234.50"),
        ("⊗ 壹仟贰佰叁拾肆元伍角整", "1234.50"),
        ("⊕壹仟零肆圆零伍分", "1004.05"),
        ("价税合计（大写）⊗拾贰万叁仟元整", "123000.00"),
        ("人民币壹佰万元整", "1000000.00"),
        ("壹亿零伍佰圆整", "100000500.00"),
        ("壹万亿圆整", None),
        ("拾圆整", "10.00"),
        ("负壹佰圆整", "-100.00"),
        ("⊗（负数）叁圆整", "-3.00"),
        ("零圆伍角", "0.50"),
        ("伍分", "0.05"),
        ("零圆整", "0.00"),
        ("貳拾圓正", "20.00"),
    ],
)
def test_words_are_read_in_every_notation(words: str, value: str | None) -> None:
    assert from_words(words) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "words",
    ["", "整", "圆整", "⊗万圆整", "仟贰佰圆整", "壹拾佰圆整", "壹佰", "壹佰贰仟圆整", "伍分叁角"],
)
def test_words_that_lost_one_say_nothing(words: str) -> None:
    assert from_words(words) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1234.50", "壹仟贰佰叁拾肆圆伍角整"),
        ("10000000", "壹仟万圆整"),
        ("100500", "壹拾万零伍佰圆整"),
        ("20010000", "贰仟零壹万圆整"),
        ("1005.02", "壹仟零伍圆零贰分"),
        ("1000.20", "壹仟圆贰角整"),
        ("0.05", "伍分"),
        ("0", "零圆整"),
        ("-3.10", "负叁圆壹角整"),
    ],
)
def test_amounts_are_written_as_on_an_invoice(value: str, words: str) -> None:
    assert to_words(Decimal(value)) == words


@given(amounts)
def test_words_say_what_the_figures_say(value: Decimal) -> None:
    assert from_words(to_words(value)) == value
    assert from_words("⊗" + to_words(value).replace("圆", "元")) == value


@given(amounts)
def test_figures_say_what_they_were_made_of(value: Decimal) -> None:
    assert amount(f"¥{value:,.2f}") == value
    assert amount(f"{value:.2f}") == value


@pytest.mark.parametrize("value", ["0.001", "1000000000000"])
def test_an_amount_that_cannot_be_written_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=value):
        to_words(Decimal(value))
