"""GB 32100-2015: the check character of a unified social credit code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import _credit_code

PUBLISHED = (
    "91350100M000100Y43",  # GB 32100-2015, annex A
    "91110000600037341L",
    "914403001922038216",
    "12100000000018032A",
)


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_hold(code: str) -> None:
    assert _credit_code.holds(code)


@given(
    st.sampled_from(PUBLISHED),
    st.integers(0, 17),
    st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXYIOZSV"),
)
def test_no_single_wrong_character_passes(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert _credit_code.holds(wrong) == (wrong == code)


@pytest.mark.parametrize(
    "code", ["", PUBLISHED[0][:-1], PUBLISHED[0].lower(), "9135 0100M000100Y43"]
)
def test_what_is_no_code_does_not_hold(code: str) -> None:
    assert not _credit_code.holds(code)


def test_a_former_taxpayer_number_has_a_form_but_no_check() -> None:
    assert _credit_code.is_former_number("440300192203821")
    assert _credit_code.is_former_number("11010560003734L"[:14] + "L")
    assert not _credit_code.is_former_number("990300192203821")
    assert not _credit_code.is_former_number(PUBLISHED[1])
    assert not _credit_code.holds("440300192203821")
