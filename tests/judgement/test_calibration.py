"""Thresholds keep what they promise: escapes are bounded, false alarms rare, the rest REVIEW."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.judgement.calibration import FLOOR, Asked, Calibration, calibrate, with_thresholds
from app.judgement.parts import Scores, judge_part
from app.recipes import Limits, Recipe
from app.vocabulary import Decision
from judgement.readings import RECIPE, defect, part, recipe


def strengths(*scores: float, label: str = "open") -> list[Scores]:
    return [{label: score} if score else {} for score in scores]


def spread(low: float, high: float, number: int) -> list[Scores]:
    return strengths(*(low + (high - low) * step / (number - 1) for step in range(number)))


def decisions(chosen: Calibration, scores: Sequence[Scores]) -> list[Decision]:
    """Judge the parts themselves by the chosen thresholds."""
    asked = with_thresholds(RECIPE, chosen.review, chosen.score)
    readings = (part(*(defect(name, s) for name, s in each.items())) for each in scores)
    return [judge_part(reading, asked).decision for reading in readings]


def test_parts_that_differ_clearly_are_told_apart_with_room_on_both_sides() -> None:
    ok, ng = spread(0.06, 0.2, 300), spread(0.7, 0.99, 600)
    chosen = calibrate(RECIPE, ok, ng, Asked())
    assert chosen.is_met
    assert chosen.bound == pytest.approx(0.00498, abs=1e-5)
    assert (chosen.escaped, chosen.false_alarms, chosen.reviewed) == (0, 0, 0)
    assert chosen.review == pytest.approx(0.45, abs=1e-3)
    assert chosen.score == 0.7


def test_where_they_overlap_the_doubtful_band_is_reviewed() -> None:
    ok, ng = spread(0.0, 0.6, 400), spread(0.3, 1.0, 1000)
    chosen = calibrate(RECIPE, ok, ng, Asked(escapes=0.01, false_alarms=0.01))
    assert chosen.is_met
    assert chosen.review < 0.31
    assert 0.58 < chosen.score < 0.61
    judged = decisions(chosen, ng)
    assert judged.count(Decision.OK) == chosen.escaped <= 4
    judged += decisions(chosen, ok)
    assert judged.count(Decision.REVIEW) == chosen.reviewed
    assert decisions(chosen, ok).count(Decision.NG) == chosen.false_alarms <= 4


def test_too_few_ng_parts_prove_less_and_say_how_many_are_needed() -> None:
    chosen = calibrate(RECIPE, spread(0.06, 0.2, 50), spread(0.7, 0.99, 100), Asked())
    assert not chosen.is_met
    assert chosen.needed == 598
    assert chosen.bound == pytest.approx(0.0295, abs=1e-4)


def test_ng_parts_that_the_detector_does_not_see_are_never_argued_away() -> None:
    chosen = calibrate(RECIPE, spread(0.06, 0.2, 50), strengths(*[0.0] * 5, *[0.9] * 595), Asked())
    assert not chosen.is_met
    assert (chosen.unseen, chosen.escaped, chosen.review) == (5, 5, FLOOR)
    assert chosen.bound > 5 / 600
    assert chosen.needed > 600


def test_a_few_unseen_ones_are_covered_where_there_are_enough_parts() -> None:
    ng = strengths(*[0.0] * 3, *[0.9] * 2997)
    chosen = calibrate(RECIPE, spread(0.06, 0.2, 50), ng, Asked())
    assert chosen.is_met
    assert chosen.escaped == 3


def test_one_wrongly_labelled_ok_part_does_not_raise_the_certain_threshold() -> None:
    ok = [*spread(0.06, 0.2, 399), *strengths(0.99)]
    chosen = calibrate(RECIPE, ok, spread(0.7, 0.99, 600), Asked(false_alarms=0.005))
    assert chosen.score == 0.7
    assert chosen.false_alarms == 1


def test_kinds_that_only_lead_to_review_are_no_false_alarms() -> None:
    asked = recipe(spur=Limits(action="REVIEW"))
    ok = [*spread(0.06, 0.2, 300), *strengths(*[0.9] * 30, label="spur")]
    chosen = calibrate(asked, ok, spread(0.7, 0.99, 600), Asked())
    assert chosen.false_alarms == 0
    assert chosen.reviewed == 30


def test_thresholds_are_set_for_every_kind_and_nothing_else_changes() -> None:
    asked = recipe(spur=Limits(action="REVIEW", smallest=4, tolerated=2))
    moved = with_thresholds(asked, 0.1, 0.9)
    assert (moved.others.review, moved.others.score) == (0.1, 0.9)
    assert moved.defects["spur"] == Limits(
        action="REVIEW", smallest=4, tolerated=2, review=0.1, score=0.9
    )
    assert with_thresholds(moved, 0.25, 0.5) == asked


numbers = st.lists(st.floats(0, 1), min_size=1, max_size=80)


@given(numbers, numbers, st.sampled_from((0.01, 0.05, 0.2)), st.sampled_from((0.5, 0.9, 0.95)))
def test_what_is_told_is_what_the_chosen_thresholds_do(
    ok: list[float], ng: list[float], escapes: float, confidence: float
) -> None:
    goods, bads = strengths(*ok), strengths(*ng)
    chosen = calibrate(RECIPE, goods, bads, Asked(escapes, confidence, 0.05))
    assert FLOOR <= chosen.review <= chosen.score <= 1
    assert decisions(chosen, bads).count(Decision.OK) == chosen.escaped
    assert decisions(chosen, goods).count(Decision.NG) == chosen.false_alarms
    both = decisions(chosen, [*goods, *bads])
    assert both.count(Decision.REVIEW) == chosen.reviewed
    assert chosen.escaped / len(bads) < chosen.bound or chosen.bound == 1
    falling = [point.stopped for point in chosen.curve]
    assert falling == sorted(falling, reverse=True)
    assert [p.escaped for p in chosen.curve] == sorted(p.escaped for p in chosen.curve)


@pytest.mark.parametrize("blind", [0.0, 0.02, 0.06])
def test_the_bound_fails_no_more_often_than_its_confidence_allows(blind: float) -> None:
    """Parts are drawn from a known law, so the true share of escapes is known too.

    A share of them, ``blind``, is not seen at all; of the others a share of t² is weaker than t.
    """
    dice = random.Random(7)  # noqa: S311 - the same parts every time
    rounds, broken = 60, 0
    for _ in range(rounds):
        seen = (max(dice.random(), dice.random()) for _ in range(93))
        ng = strengths(*(0.0 if dice.random() < blind else score for score in seen))
        ok = strengths(*(dice.random() * 0.4 for _ in range(30)))
        chosen = calibrate(RECIPE, ok, ng, Asked(escapes=0.05, confidence=0.9))
        broken += blind + (1 - blind) * chosen.review**2 > chosen.bound
    # 10 % of them, with three standard deviations of chance.
    assert broken <= 0.1 * rounds + 3 * (rounds * 0.1 * 0.9) ** 0.5


def test_a_recipe_that_ignores_what_the_parts_show_proves_nothing() -> None:
    blind = Recipe(pack="pcb-defects", others=Limits(action="ignore"))
    # The scores of ignored kinds never come this far: every NG part is unseen.
    chosen = calibrate(blind, [{}], [{}] * 60, Asked())
    assert chosen.bound == 1.0
