"""The p-chart: limits as the textbook has them, and what it says of the process."""

from __future__ import annotations

import math

import pytest

from app.line.chart import FIRST_GROUPS, PARTS_A_GROUP, RUN, SHOWN_GROUPS, Chart


def add_group(chart: Chart, ng: int, *, is_steady: bool = True, parts: int = PARTS_A_GROUP) -> int:
    number = 0
    for place in range(parts):
        number = chart.add(is_ng=place < ng, is_steady=is_steady)
    return number


def settled(ng: int = 2) -> Chart:
    """A chart whose limits are known: each of its groups has so many NG parts."""
    chart = Chart()
    for _ in range(FIRST_GROUPS):
        add_group(chart, ng)
    return chart


def test_the_limits_come_from_the_first_twenty_complete_groups() -> None:
    chart = settled()
    centre = 2 / PARTS_A_GROUP
    reach = 3 * math.sqrt(centre * (1 - centre) / PARTS_A_GROUP)
    last = chart.groups()[-1]
    assert chart.centre == pytest.approx(centre)
    assert last.upper == pytest.approx(centre + reach)
    assert last.lower == 0.0
    add_group(chart, 10)
    assert chart.centre == pytest.approx(centre)


def test_before_there_are_enough_groups_nothing_is_said() -> None:
    chart = Chart()
    for _ in range(FIRST_GROUPS - 1):
        add_group(chart, 2)
    add_group(chart, 30, parts=PARTS_A_GROUP - 1)
    assert chart.centre is None
    assert chart.signal() == 0
    assert all(group.upper is None for group in chart.groups())


def test_a_group_beyond_the_upper_limit_is_a_signal_until_the_next_one() -> None:
    chart = settled()
    add_group(chart, 9)
    assert chart.groups()[-1].is_out
    assert chart.signal() == 1
    add_group(chart, 2)
    assert chart.signal() == 0


def test_a_group_that_is_not_complete_says_nothing_however_bad_it_begins() -> None:
    chart = settled()
    add_group(chart, 3, parts=3)
    assert not chart.groups()[-1].is_out
    assert chart.signal() == 0


def test_far_fewer_ng_parts_than_usual_are_a_signal_too() -> None:
    chart = settled(ng=20)
    add_group(chart, 1)
    assert chart.signal() == -1


def test_nine_groups_in_a_row_above_the_centre_are_a_signal() -> None:
    chart = settled()
    for place in range(RUN):
        assert chart.signal() == 0, place
        add_group(chart, 3)
    assert chart.signal() == 1


def test_groups_that_a_drifting_camera_saw_make_no_limits_and_no_signals() -> None:
    chart = Chart()
    add_group(chart, 40, is_steady=False)
    for _ in range(FIRST_GROUPS):
        add_group(chart, 2)
    assert chart.centre == pytest.approx(2 / PARTS_A_GROUP)
    add_group(chart, 30, is_steady=False)
    assert chart.signal() == 0


def test_a_word_against_a_verdict_moves_its_group_and_the_limits() -> None:
    chart = Chart()
    first = add_group(chart, 2)
    for _ in range(FIRST_GROUPS - 1):
        add_group(chart, 2)
    before = chart.centre
    chart.move(first, -2)
    assert chart.groups()[0].ng == 0
    assert before is not None
    assert chart.centre == pytest.approx(before * (FIRST_GROUPS - 1) / FIRST_GROUPS)
    chart.move(10_000, 1)


def test_only_the_last_groups_are_shown_however_long_the_shift() -> None:
    chart = settled()
    for _ in range(300):
        add_group(chart, 2)
    shown = chart.groups()
    assert len(shown) == SHOWN_GROUPS
    assert shown[-1].number == FIRST_GROUPS + 300
