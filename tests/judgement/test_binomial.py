"""Bounds agree with published tables and with the definition that they are made from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.judgement.binomial import at_most, most_allowed, parts_needed, upper_bound


@pytest.mark.parametrize(
    ("count", "among", "confidence", "published"),
    [
        # Two-sided 95 % intervals of Clopper and Pearson, as in any table of the binomial.
        (0, 10, 0.975, 0.3085),
        (1, 10, 0.975, 0.4450),
        (5, 10, 0.975, 0.8129),
        (9, 10, 0.975, 0.9975),
        (10, 10, 0.975, 1.0),
        # One-sided 95 %.
        (0, 10, 0.95, 0.2589),
        (1, 10, 0.95, 0.3942),
        (0, 100, 0.95, 0.0295),
    ],
)
def test_a_bound_is_the_published_one(
    count: int, among: int, confidence: float, published: float
) -> None:
    assert upper_bound(count, among, confidence) == pytest.approx(published, abs=5e-5)


def test_the_numbers_needed_are_those_of_wilks() -> None:
    # Tolerance limits 95 % / 95 %, resting on the first, second … tenth value in order.
    wilks = [59, 93, 124, 153, 181, 208, 234, 260, 286, 311]
    assert [parts_needed(0.05, 0.95, count) for count in range(10)] == wilks
    assert [most_allowed(among, 0.05, 0.95) for among in wilks] == list(range(10))


@pytest.mark.parametrize(
    ("share", "confidence", "needed"),
    [(0.005, 0.95, 598), (0.01, 0.95, 299), (0.01, 0.99, 459), (0.001, 0.95, 2995)],
)
def test_so_many_without_one_escape_prove_a_share(
    share: float, confidence: float, needed: int
) -> None:
    assert parts_needed(share, confidence) == needed
    assert most_allowed(needed, share, confidence) == 0
    assert most_allowed(needed - 1, share, confidence) is None


@given(st.integers(1, 400), st.data(), st.floats(0.5, 0.999))
def test_with_the_bound_as_share_so_few_are_seen_as_rarely_as_asked(
    among: int, data: st.DataObject, confidence: float
) -> None:
    count = data.draw(st.integers(0, among - 1))
    bound = upper_bound(count, among, confidence)
    assert at_most(count, among, bound) == pytest.approx(1 - confidence, abs=1e-9)
    assert bound > count / among
    assert bound <= upper_bound(count + 1, among, confidence)


def test_a_sure_or_impossible_thing_is_counted_as_such() -> None:
    assert at_most(3, 5, 0.0) == 1.0
    assert at_most(3, 5, 1.0) == 0.0
    assert at_most(5, 5, 1.0) == 1.0
