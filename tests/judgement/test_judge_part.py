"""A part is OK only where it was seen and shows no more than the recipe tolerates."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.judgement.defects import defect_title
from app.judgement.parts import judge_part, part_scores
from app.language import catalogue
from app.recipes import Limits, PictureLimits, Recipe
from app.vocabulary import Decision, Detection, Light, Reading, Verdict
from judgement.readings import (
    LIGHT,
    RECIPE,
    defect,
    limits,
    part,
    parts,
    recipe,
    recipes,
)

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW


def codes(verdict: Verdict) -> list[tuple[str, str | None]]:
    return [(reason.code, reason.field) for reason in verdict.reasons]


def counted(reading: Reading, asked: Recipe, *, certain: bool) -> dict[str, int]:
    """Count by the book: what the rules say, in the plainest way."""
    found: dict[str, int] = {}
    for each in reading.detections:
        rule = asked.limits(each.label)
        x1, y1, x2, y2 = each.box
        reaches = each.score >= (rule.score if certain else rule.review)
        if reaches and max(x2 - x1, y2 - y1) >= rule.smallest:
            found[each.label] = found.get(each.label, 0) + 1
    return found


def test_a_good_picture_without_defects_is_ok() -> None:
    assert judge_part(part(), RECIPE) == Verdict(OK)


@pytest.mark.parametrize(
    ("score", "decision", "expected"),
    [
        (0.9, NG, [("defect", "open")]),
        (0.5, NG, [("defect", "open")]),
        (0.49, REVIEW, [("doubtful-defect", "open")]),
        (0.25, REVIEW, [("doubtful-defect", "open")]),
        (0.24, OK, []),
        (nan, REVIEW, [("doubtful-defect", "open")]),
    ],
)
def test_a_defect_counts_from_its_limits_on(
    score: float, decision: Decision, expected: list[tuple[str, str]]
) -> None:
    verdict = judge_part(part(defect(score=score)), RECIPE)
    assert (verdict.decision, codes(verdict)) == (decision, expected)


@pytest.mark.parametrize(
    ("rule", "decision"),
    [
        (Limits(action="REVIEW"), REVIEW),
        (Limits(action="ignore"), OK),
        (Limits(smallest=12), NG),
        (Limits(smallest=13), OK),
        (Limits(tolerated=1), NG),
        (Limits(tolerated=2), OK),
        (Limits(score=0.95), REVIEW),
        (Limits(score=0.95, review=0.91), OK),
    ],
)
def test_each_limit_of_a_kind_decides_about_that_kind(rule: Limits, decision: Decision) -> None:
    reading = part(defect("spur"), defect("spur", at=(200, 200)))
    assert judge_part(reading, recipe(spur=rule)).decision is decision
    assert judge_part(reading, recipe(open=rule)).decision is NG


def test_a_doubtful_defect_beside_tolerated_ones_needs_a_look() -> None:
    reading = part(defect(score=0.9), defect(score=0.3, at=(200, 200)))
    verdict = judge_part(reading, recipe(open=Limits(tolerated=1)))
    assert (verdict.decision, codes(verdict)) == (REVIEW, [("doubtful-defect", "open")])


@pytest.mark.parametrize(
    ("light", "expected"),
    [
        (None, ["not-seen"]),
        (Light(3, 40, 5), ["too-dark"]),
        (Light(250, 40, 5), ["too-bright"]),
        (Light(120, 2, 5), ["no-part"]),
        (Light(0, 0, 0), ["no-part", "too-dark", "unsharp"]),
        (Light(120, 40, 0.5), ["unsharp"]),
        (Light(nan, nan, nan), ["no-part", "too-dark", "too-bright", "unsharp"]),
    ],
)
def test_a_poor_picture_needs_a_look_and_says_why(light: Light | None, expected: list[str]) -> None:
    asked = RECIPE.model_copy(update={"picture": PictureLimits(sharpness=1)})
    verdict = judge_part(part(light=light), asked)
    assert verdict.decision is REVIEW
    assert [reason.code for reason in verdict.reasons] == expected


def test_sharpness_is_asked_for_only_where_the_recipe_does() -> None:
    assert judge_part(part(light=replace(LIGHT, sharpness=0)), RECIPE).decision is OK


def test_a_certain_defect_on_a_poor_picture_is_ng_and_both_are_told() -> None:
    verdict = judge_part(part(defect(), light=Light(3, 40, 5)), RECIPE)
    assert verdict.decision is NG
    assert codes(verdict) == [("defect", "open"), ("too-dark", None)]


@pytest.mark.parametrize(
    ("at", "english", "chinese"),
    [
        ((10, 10), "open circuit × 1, at the upper left", "开路 × 1，左上方"),
        ((140, 147), "open circuit × 1, in the middle", "开路 × 1，中间"),
        ((280, 147), "open circuit × 1, at the right", "开路 × 1，右侧"),
        ((140, 290), "open circuit × 1, at the bottom", "开路 × 1，下方"),
    ],
)
def test_a_reason_says_what_was_found_and_where_on_the_region(
    at: tuple[float, float], english: str, chinese: str
) -> None:
    told = judge_part(part(defect(at=at)), RECIPE).reasons[0].message
    assert told.text() == english
    assert told.text(catalogue("zh_CN")) == chinese


def test_places_are_told_once_each_and_many_are_counted() -> None:
    corners = [(10.0, 10.0), (280.0, 10.0), (10.0, 280.0), (280.0, 280.0)]
    two = part(defect(at=corners[0]), defect(at=(14, 14)), defect(score=0.8, at=corners[1]))
    told = judge_part(two, RECIPE).reasons[0].message.text()
    assert told == "open circuit × 3, at the upper left, at the upper right"
    told = judge_part(part(*(defect(at=at) for at in corners)), RECIPE).reasons[0].message.text()
    assert told == "open circuit × 4, in 4 places"


def test_without_a_region_a_reason_names_no_place() -> None:
    reading = replace(part(defect(), defect("spur", 0.3)), region=None)
    told = [reason.message.text() for reason in judge_part(reading, RECIPE).reasons]
    assert told == ["open circuit × 1", "Perhaps spur × 1"]


def test_a_label_that_is_not_known_goes_by_itself() -> None:
    assert defect_title("{0} 虚焊").text() == "{0} 虚焊"
    assert defect_title("mousebite").text(catalogue("zh_CN")) == "缺口"


@given(parts, recipes)
def test_the_verdict_follows_the_rules_whatever_is_seen(reading: Reading, asked: Recipe) -> None:
    decision = judge_part(reading, asked).decision
    certain = counted(reading, asked, certain=True)
    seen = counted(reading, asked, certain=False)

    def above(found: dict[str, int], *actions: str) -> bool:
        return any(
            count > asked.limits(label).tolerated and asked.limits(label).action in actions
            for label, count in found.items()
        )

    if above(certain, "NG"):
        assert decision is NG
    elif reading.light is not LIGHT or above(seen, "NG", "REVIEW"):
        assert decision is REVIEW
    else:
        assert decision is OK


@given(parts, recipes)
def test_whatever_is_not_ok_says_why(reading: Reading, asked: Recipe) -> None:
    verdict = judge_part(reading, asked)
    assert bool(verdict.reasons) is (verdict.decision is not OK)
    assert all(reason.message.text(catalogue("zh_CN")) for reason in verdict.reasons)


@given(parts, recipes)
def test_what_was_not_measured_is_never_ok(reading: Reading, asked: Recipe) -> None:
    assert judge_part(replace(reading, light=None), asked).decision is not OK


@given(parts, recipes, limits, st.sampled_from(("score", "review")), st.floats(0, 1))
def test_a_higher_threshold_never_makes_a_part_worse(
    reading: Reading, asked: Recipe, rule: Limits, name: str, value: float
) -> None:
    before = rule
    raised = max(value, getattr(rule, name))
    after = rule.model_copy(
        update={name: raised, "score": max(raised, rule.score)}
        if name == "review"
        else {name: raised}
    )
    order = [OK, REVIEW, NG]
    was, now = (
        judge_part(reading, asked.model_copy(update={"others": each, "defects": {}})).decision
        for each in (before, after)
    )
    assert order.index(now) <= order.index(was)


@given(parts, recipes, st.floats(0.01, 1))
def test_the_scores_of_a_part_say_at_which_threshold_it_stops_being_ok(
    reading: Reading, asked: Recipe, threshold: float
) -> None:
    def at(limits: Limits) -> Limits:
        return limits.model_copy(update={"review": threshold, "score": 1.0})

    moved = asked.model_copy(
        update={
            "others": at(asked.others),
            "defects": {label: at(rule) for label, rule in asked.defects.items()},
        }
    )
    strength = max(part_scores(reading, asked).values(), default=0.0)
    verdict = judge_part(replace(reading, light=LIGHT), moved)
    assert (verdict.decision is OK) is (strength < threshold)


def test_a_defect_is_placed_within_the_region_and_not_within_the_picture() -> None:
    reading = replace(part(defect(at=(110, 110))), region=(100.0, 100.0, 400.0, 400.0))
    assert "at the upper left" in judge_part(reading, RECIPE).reasons[0].message.text()
    outside = Detection("open", 0.9, (390.0, 390.0, 420.0, 420.0))
    reading = replace(reading, detections=(outside,))
    assert "at the lower right" in judge_part(reading, RECIPE).reasons[0].message.text()
