"""GB 11643-1999: region, birth date and check digit of a citizen identity number."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import _id_number

PUBLISHED = "11010519491231002X"
"""The example of GB 11643-1999, annex A; its other one (440524188001010014) is born in 1880."""


def numbered(region: str, birth: dt.date, sequence: int) -> str:
    body = f"{region}{birth:%Y%m%d}{sequence:03}"
    weights = [2**power % 11 for power in range(17, 0, -1)]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


numbers = st.builds(
    numbered,
    st.sampled_from(["110105", "330113", "440305", "659001", "342128", "830000"]),
    st.dates(dt.date(1900, 1, 1), dt.date(2024, 12, 31)),
    st.integers(0, 999),
)


def test_the_published_example_holds() -> None:
    assert _id_number.holds(PUBLISHED)
    assert _id_number.birth_date(PUBLISHED) == "1949-12-31"
    assert _id_number.sex(PUBLISHED) == "女"
    assert _id_number.region(PUBLISHED) == ("北京市", "市辖区", "朝阳区")


@given(numbers)
def test_every_well_made_number_holds(number: str) -> None:
    assert _id_number.holds(number)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_single_wrong_character_passes(number: str, place: int, other: str) -> None:
    wrong = number[:place] + other + number[place + 1 :]
    assert _id_number.holds(wrong) == (wrong == number)


@given(numbers, st.integers(0, 16))
def test_two_neighbours_that_changed_places_do_not_pass(number: str, place: int) -> None:
    one, other = number[place], number[place + 1]
    swapped = number[:place] + other + one + number[place + 2 :]
    assert _id_number.holds(swapped) == (one == other)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "110105194912310021",
        PUBLISHED[:-1],
        PUBLISHED + "0",
        PUBLISHED.lower(),
        "１１０１０５１９４９１２３１００２X",
        numbered("990105", dt.date(1996, 6, 15), 613),
        numbered("119905", dt.date(1996, 6, 15), 613),
        "440524188001010014",
    ],
    ids=[
        "empty",
        "check digit",
        "short",
        "long",
        "small x",
        "full-width",
        "province",
        "city",
        "old",
    ],
)
def test_what_is_no_number_does_not_hold(number: str) -> None:
    assert not _id_number.holds(number)


def test_a_birth_date_must_be_in_the_calendar_and_not_in_the_future() -> None:
    born = numbered("110105", dt.date(2010, 3, 1), 7)
    assert _id_number.holds(born, today=dt.date(2010, 3, 1))
    assert not _id_number.holds(born, today=dt.date(2010, 2, 28))
    assert not any(
        _id_number.holds(f"110105201002300{end:03}"[:17] + c)
        for end in range(9)
        for c in "0123456789X"
    )


def test_an_older_person_may_carry_the_code_of_a_younger_district() -> None:
    assert _id_number.holds(numbered("110116", dt.date(1938, 5, 4), 12))
    assert _id_number.region("110103193805040000")[-1] == "崇文区"


def test_a_district_that_the_table_does_not_know_yet_is_named_by_its_city() -> None:
    assert _id_number.region("330113") == ("浙江省", "杭州市")
    assert _id_number.region("830000") == ()
