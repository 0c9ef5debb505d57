"""OK is said only where nothing is left to doubt; every doubt is a reason in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.documents import load, names
from app.judgement import CONFIDENT, judge_document
from app.language import catalogue
from app.vocabulary import Alternative, Decision, Field, Flaw, Proof, Reading, Verdict

TODAY = dt.date(2026, 6, 1)
VALUES = {"valid_from": "2016-06-01", "valid_until": "2036-06-01", "expiry_date": "2036-06-01"}


def reading(kind: str, *changed: Field) -> Reading:
    """Make a reading in which every field is there and certain, but for the changed ones."""
    fields = {
        rule.name: Field(rule.name, VALUES.get(rule.name, "1"), Proof.READ, 1.0)
        for rule in load(kind).fields
    }
    return Reading(kind, tuple((fields | {field.name: field for field in changed}).values()))


def judged(kind: str, *changed: Field) -> Verdict:
    return judge_document(reading(kind, *changed), TODAY)


def codes(verdict: Verdict) -> list[tuple[str, str | None]]:
    return [(reason.code, reason.field) for reason in verdict.reasons]


@pytest.mark.parametrize("kind", names())
def test_a_complete_and_certain_document_is_ok(kind: str) -> None:
    assert judged(kind) == Verdict(Decision.OK)


@pytest.mark.parametrize("kind", names())
def test_a_required_field_that_was_not_found_is_missing(kind: str) -> None:
    for rule in load(kind).fields:
        verdict = judged(kind, Field(rule.name, "", Proof.MISSING))
        assert codes(verdict) == [("missing", rule.name)]
        assert verdict.decision is Decision.REVIEW


@pytest.mark.parametrize("kind", names())
def test_a_field_that_this_variant_does_not_have_is_missed_only_if_every_variant_has_it(
    kind: str,
) -> None:
    whole = reading(kind)
    for rule in load(kind).fields:
        without = replace(whole, fields=tuple(f for f in whole.fields if f.name != rule.name))
        expected = [("missing", rule.name)] if rule.is_required else []
        assert codes(judge_document(without, TODAY)) == expected


def test_what_was_not_recognised_is_for_a_person_to_see() -> None:
    verdict = judge_document(Reading(flaws=frozenset({Flaw.BLURRED})), TODAY)
    assert verdict.decision is Decision.REVIEW
    assert codes(verdict) == [("unrecognised", None), ("blurred", None)]


@pytest.mark.parametrize(
    ("proof", "score", "expected"),
    [
        (Proof.CONFLICT, 1.0, [("conflict", "id_number")]),
        (Proof.READ, CONFIDENT - 0.01, [("low-confidence", "id_number")]),
        (Proof.READ, CONFIDENT, []),
        (Proof.PROVEN, 0.2, []),
        (Proof.CONFIRMED, 0.2, []),
    ],
)
def test_a_doubt_is_weighed_by_its_proof(
    proof: Proof, score: float, expected: list[tuple[str, str]]
) -> None:
    assert codes(judged("id_card_front", Field("id_number", "1", proof, score))) == expected


def test_a_correction_that_nothing_else_supports_is_shown_to_the_clerk() -> None:
    seen = ((Alternative("7", 0.9), Alternative("1", 0.1)),)
    corrected = Field("id_number", "1", Proof.READ, 1.0, None, seen, corrected_from="7")
    assert codes(judged("id_card_front", corrected)) == [("corrected", "id_number")]
    supported = replace(corrected, proof=Proof.PROVEN)
    assert judged("id_card_front", supported).decision is Decision.OK


def test_what_a_hand_typed_is_taken_at_its_word() -> None:
    typed = Field("name", "李喆", Proof.READ, 1.0, corrected_from="李吉吉")
    assert judged("id_card_front", typed).decision is Decision.OK


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("id_card_back", "valid_until"),
        ("travel_document", "expiry_date"),
        ("driving_licence", "valid_until"),
    ],
)
@pytest.mark.parametrize(
    ("value", "is_expired"),
    [
        ("2026-05-31", True),
        ("2026-06-01", False),
        ("长期", False),
        ("2026", False),
        ("2O26-01-01", False),
    ],
)
def test_a_document_expires_after_its_last_day(
    kind: str, field: str, value: str, *, is_expired: bool
) -> None:
    verdict = judged(kind, Field(field, value, Proof.PROVEN, 1.0))
    assert codes(verdict) == ([("expired", field)] if is_expired else [])


@pytest.mark.parametrize("flaw", Flaw)
def test_a_flaw_of_the_picture_is_a_reason(flaw: Flaw) -> None:
    flawed = replace(reading("id_card_front"), flaws=frozenset({flaw}))
    verdict = judge_document(flawed, TODAY)
    assert verdict.decision is Decision.REVIEW
    assert codes(verdict) == [(flaw.value.replace(" ", "-"), None)]


def test_every_doubt_is_told_and_in_words() -> None:
    verdict = judge_document(
        replace(
            reading(
                "id_card_front",
                Field("name", "", Proof.MISSING),
                Field("id_number", "1", Proof.CONFLICT, 1.0),
            ),
            flaws=frozenset({Flaw.GLARE}),
        ),
        TODAY,
    )
    chinese = catalogue("zh_CN")
    assert [str(reason.message) for reason in verdict.reasons] == [
        "Glare covers part of the document.",
        "Name is missing.",
        "ID number contradicts itself.",
    ]
    assert [reason.message.text(chinese) for reason in verdict.reasons][:2] == [
        "反光遮住了部分内容。",
        "缺少姓名。",
    ]
