"""Dates in every notation, and how long a document may be valid."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents._dates import (
    DRIVING_LICENCE_YEARS,
    ID_CARD_YEARS,
    LONG_TERM,
    iso,
    period,
    validity_holds,
)

NUMERALS = "〇一二三四五六七八九"
dates = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones else "")


@given(dates)
def test_every_notation_of_a_day_is_that_day(day: dt.date) -> None:
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y 年 %m 月 %d 日}",
        f"{day:%Y.%m.%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{year}年{numeral(day.month)}月{numeral(day.day)}日",
    ):
        assert iso(text) == day.isoformat(), text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("１９９６年６月１５日", "1996-06-15"),
        ("1996年6月15", "1996-06-15"),
        ("1996.0615", "1996-06-15"),
        ("二○一五年十月二十日", "2015-10-20"),
        ("二零一五年十二月三十一日", "2015-12-31"),
    ],
)
def test_what_a_recogniser_makes_of_a_date_is_still_that_date(text: str, day: str) -> None:
    assert iso(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        LONG_TERM,
        "1996年615日",
        "1996.6.31",
        "2015-13-01",
        "1896-01-01",
        "15.06.1996",
        "199606150",
        "1996年6月",
        "二〇一五年十三月一日",
        "二〇一五年一十十月一日",
        "二〇一五年月一日",
    ],
)
def test_what_is_not_one_date_is_none(text: str) -> None:
    assert iso(text) is None


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("2010.05.06-2030.05.06", ("2010-05-06", "2030-05-06")),
        ("2010.05.06—长期", ("2010-05-06", LONG_TERM)),
        ("2015-06-01 至 2021-06-01", ("2015-06-01", "2021-06-01")),
        ("2015-06-01至长期", ("2015-06-01", LONG_TERM)),
        ("20100506-20300506", ("2010-05-06", "2030-05-06")),
        ("2010.05.062030.05.06", ("2010-05-06", "2030-05-06")),
        ("自2010年5月6日至2030年5月6日", ("2010-05-06", "2030-05-06")),
        ("2010.05.06", None),
        ("2010.05.06-2030.13.06", None),
        ("2010.05.06-2030.05.06-2040.05.06", None),
    ],
)
def test_a_period_is_two_dates_or_none(text: str, both: tuple[str, str] | None) -> None:
    assert period(text) == both


@pytest.mark.parametrize("term", sorted(ID_CARD_YEARS))
def test_an_id_card_is_valid_for_the_terms_of_the_law(term: int) -> None:
    assert validity_holds("2010-05-06", f"{2010 + term}-05-06", ID_CARD_YEARS)
    assert not validity_holds("2010-05-06", f"{2010 + term}-05-07", ID_CARD_YEARS)
    assert not validity_holds("2010-05-06", f"{2011 + term}-05-06", ID_CARD_YEARS)


def test_long_term_needs_a_beginning() -> None:
    assert validity_holds("2010-05-06", LONG_TERM, DRIVING_LICENCE_YEARS)
    assert not validity_holds("", LONG_TERM, DRIVING_LICENCE_YEARS)


def test_a_term_must_have_two_dates() -> None:
    assert not validity_holds("2010-05-06", "2016", DRIVING_LICENCE_YEARS)
    assert not validity_holds("2010", "2016-05-06", DRIVING_LICENCE_YEARS)


def test_a_term_from_a_leap_day_ends_on_the_day_before_or_after() -> None:
    for until in ("2022-02-28", "2022-03-01", "2032-02-29"):
        assert validity_holds("2012-02-29", until, ID_CARD_YEARS)
    assert not validity_holds("2012-02-29", "2022-03-02", ID_CARD_YEARS)
