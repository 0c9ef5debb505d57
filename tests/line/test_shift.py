"""Counts of a shift over many parts, and what words against verdicts move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.language import message
from app.line.chart import FIRST_GROUPS, PARTS_A_GROUP
from app.line.shift import RECENT, Shift
from app.vocabulary import (
    Decision,
    EngineMark,
    Frame,
    Inspection,
    Light,
    Overrule,
    Reading,
    Reason,
    Record,
    Verdict,
)

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW
START = datetime(2026, 5, 4, 6, tzinfo=UTC)
LIGHT = Light(110.0, 40.0, 2.0)


def verdict(decision: Decision, *labels: str) -> Verdict:
    return Verdict(decision, tuple(Reason("defect", message("Bent"), label) for label in labels))


def record(number: int, of: Verdict, overruled: Decision | None = None) -> Record:
    word = Overrule(overruled, "seen by hand", START) if overruled else None
    at = START + timedelta(seconds=number)
    reading = Reading(light=LIGHT)
    return Record(str(number), at, "camera", 1, reading, of, EngineMark("", ""), overruled=word)


def part(of: Verdict, light: Light = LIGHT) -> Inspection:
    frame = Frame(np.zeros((1, 1, 3), np.uint8), 1, 0.0, "camera")
    return Inspection(frame, Reading(light=light), of, EngineMark("", ""))


def shift(*of: Verdict) -> Shift:
    counted = Shift(START)
    for number, each in enumerate(of):
        counted.add(str(number), part(each))
    return counted


def test_parts_are_counted_by_verdict_and_defects_by_part() -> None:
    tally = shift(
        verdict(OK), verdict(NG, "bend", "scratch"), verdict(NG, "bend"), verdict(REVIEW, "dent")
    ).tally()
    assert (tally.parts, tally.ok, tally.ng, tally.review) == (4, 1, 2, 1)
    assert tally.pareto == (("bend", 2), ("scratch", 1))
    assert tally.passed == 0.25
    assert tally.since == START


def test_records_give_the_very_tally_that_the_parts_gave() -> None:
    verdicts = [verdict(NG, "bend") if n % 7 == 0 else verdict(OK) for n in range(1500)]
    counted = Shift(START)
    for number, each in enumerate(verdicts):
        counted.add_record(record(number, each))
    assert counted.tally() == shift(*verdicts).tally()


@pytest.mark.parametrize(
    ("judged", "word", "counts", "pareto"),
    [
        (verdict(NG, "bend"), OK, (1, 0, 0), ()),
        (verdict(REVIEW), NG, (0, 1, 0), ()),
        (verdict(NG, "bend"), REVIEW, (0, 0, 1), ()),
        (verdict(NG, "bend"), NG, (0, 1, 0), (("bend", 1),)),
    ],
)
def test_a_word_moves_the_part_and_its_defects_and_back_again(
    judged: Verdict, word: Decision, counts: tuple[int, int, int], pareto: tuple[object, ...]
) -> None:
    counted = shift(judged)
    before = counted.tally()
    plain, overruled = record(0, judged), record(0, judged, word)
    counted.move(plain, overruled)
    tally = counted.tally()
    assert (tally.ok, tally.ng, tally.review) == counts
    assert tally.pareto == pareto
    assert tally.overruled == 1
    assert tally.groups[0].ng == counts[1]
    counted.move(overruled, plain)
    assert counted.tally() == before


def test_a_word_on_a_part_of_an_earlier_shift_moves_nothing() -> None:
    counted = shift(verdict(OK))
    early = replace(record(9, verdict(NG)), saved_at=START - timedelta(hours=1))
    counted.move(early, replace(early, overruled=Overrule(OK, "fine", START)))
    assert counted.tally() == shift(verdict(OK)).tally()


def test_a_word_on_a_part_of_long_ago_still_moves_the_counts() -> None:
    counted = Shift(START)
    for number in range(RECENT + 10):
        counted.add(str(number), part(verdict(NG, "bend") if number == 0 else verdict(OK)))
    plain = record(0, verdict(NG, "bend"))
    counted.move(plain, record(0, verdict(NG, "bend"), OK))
    assert counted.tally().ng == 0
    assert counted.tally().pareto == ()


def test_more_ng_parts_are_the_process_only_while_the_camera_is_steady() -> None:
    usual = [verdict(NG, "bend") if n % 25 == 0 else verdict(OK) for n in range(PARTS_A_GROUP)]
    steady, dimmed = Shift(START), Shift(START)
    for counted in (steady, dimmed):
        for _ in range(FIRST_GROUPS):
            for each in usual:
                counted.add("", part(each))
    for _ in range(PARTS_A_GROUP):
        steady.add("", part(verdict(NG, "bend")))
        dimmed.add("", part(verdict(NG, "bend"), replace(LIGHT, brightness=50.0)))
    assert [drift.code for drift in steady.tally().drifts] == ["process"]
    assert [drift.code for drift in dimmed.tally().drifts] == ["camera-dark"]
