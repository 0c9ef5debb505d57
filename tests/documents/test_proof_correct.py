"""A check digit may pick among the recogniser's candidates, and is then no proof of the pick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.documents import _id_number
from app.documents._correct import FIRM, correct
from app.vocabulary import Alternative, Field, Proof
from documents.test_proof_id_number import numbers

NUMBER = "110105199606156135"
SURE = 0.999


def field(value: str, doubts: Mapping[int, Sequence[tuple[str, float]]] | None = None) -> Field:
    """Read ``value``; at a place in doubt the rest of the probability goes to other characters."""
    alternatives = tuple(
        (
            Alternative(text, SURE - sum(score for _, score in (doubts or {}).get(place, ()))),
            *(Alternative(*each) for each in (doubts or {}).get(place, ())),
        )
        for place, text in enumerate(value)
    )
    score = min((each[0].score for each in alternatives), default=0.0)
    return Field("id_number", value, Proof.READ, score, alternatives=alternatives)


def with_character(value: str, place: int, text: str) -> str:
    return value[:place] + text + value[place + 1 :]


def test_a_firm_number_that_holds_is_proven() -> None:
    assert correct(field(NUMBER), _id_number.holds).proof is Proof.PROVEN


def test_one_character_in_doubt_is_settled_by_the_check_digit() -> None:
    read = correct(field(NUMBER, {14: [("8", 0.4)]}), _id_number.holds)
    assert (read.value, read.proof, read.corrected_from) == (NUMBER, Proof.PROVEN, None)


def test_two_characters_in_doubt_are_too_many() -> None:
    read = correct(field(NUMBER, {14: [("8", 0.1)], 16: [("9", 0.1)]}), _id_number.holds)
    assert (read.value, read.proof) == (NUMBER, Proof.READ)


def test_a_doubt_that_another_reading_settles_is_none() -> None:
    doubtful = field(NUMBER, {13: [("6", 0.1)], 16: [("9", 0.1)]})
    assert correct(doubtful, _id_number.holds, evidence={13: "5"}).proof is Proof.PROVEN
    assert correct(doubtful, _id_number.holds, evidence={13: "6"}).proof is Proof.READ


def test_a_number_that_fails_takes_its_only_candidate_but_is_not_proven_by_it() -> None:
    wrong = with_character(NUMBER, 14, "8")
    read = correct(field(wrong, {14: [("6", 0.3)], 3: [("7", 0.2)]}), _id_number.holds)
    assert (read.value, read.proof, read.corrected_from) == (NUMBER, Proof.READ, wrong)
    assert read.score == 0.3
    assert "".join(each[0].text for each in read.alternatives) == wrong


def test_a_correction_is_proven_where_the_page_says_the_same() -> None:
    wrong = with_character(NUMBER, 13, "6")
    read = correct(field(wrong, {13: [("5", 0.3)]}), _id_number.holds, evidence={13: "5"})
    assert (read.value, read.proof, read.corrected_from) == (NUMBER, Proof.PROVEN, wrong)


def test_the_page_may_point_at_a_candidate_that_was_hardly_seen() -> None:
    faint = field(with_character(NUMBER, 13, "6"), {13: [("5", 0.003)]})
    assert correct(faint, _id_number.holds).proof is Proof.CONFLICT
    assert correct(faint, _id_number.holds, evidence={13: "5"}).value == NUMBER


def test_two_candidates_that_hold_leave_a_conflict() -> None:
    wrong = with_character(NUMBER, 15, "2")
    # Weights 4 and 2: 1 more in place 15 is as good as 2 more in place 16.
    read = correct(field(wrong, {15: [("1", 0.3)], 16: [("1", 0.3)]}), _id_number.holds)
    assert (read.value, read.proof, read.corrected_from) == (wrong, Proof.CONFLICT, None)


def test_a_number_that_holds_beside_another_one_that_holds_is_only_read() -> None:
    def even(text: str) -> bool:
        return int(text) % 2 == 0

    assert correct(field("12", {1: [("3", 0.3)]}), even).proof is Proof.PROVEN
    assert correct(field("12", {1: [("4", 0.3)]}), even).proof is Proof.READ


def test_candidates_that_were_hardly_seen_are_not_considered() -> None:
    wrong = with_character(NUMBER, 14, "8")
    read = correct(field(wrong, {14: [("6", 0.005)]}), _id_number.holds)
    assert (read.value, read.proof) == (wrong, Proof.CONFLICT)


def test_a_reading_that_could_be_anything_is_not_searched() -> None:
    noise = {place: [(digit, 0.11) for digit in "02345678"] for place in range(17)}
    assert correct(field("1" * 17 + "X", noise), _id_number.holds).proof is Proof.CONFLICT
    assert correct(field(NUMBER, noise), _id_number.holds).proof is Proof.READ


def test_what_a_hand_typed_is_checked_and_never_changed() -> None:
    typed = Field("id_number", NUMBER, Proof.READ, 1.0, corrected_from="110105199606158135")
    assert correct(typed, _id_number.holds) == replace(typed, proof=Proof.PROVEN)
    wrong = replace(typed, value=with_character(NUMBER, 14, "8"))
    assert correct(wrong, _id_number.holds) == replace(wrong, proof=Proof.CONFLICT)


def test_a_value_whose_characters_are_unknown_needs_a_firm_score() -> None:
    vague = Field("id_number", NUMBER, Proof.READ, FIRM - 0.01)
    assert correct(vague, _id_number.holds).proof is Proof.READ


def test_correcting_twice_gives_the_same_and_new_evidence_counts() -> None:
    first = correct(field(with_character(NUMBER, 13, "6"), {13: [("5", 0.3)]}), _id_number.holds)
    assert correct(first, _id_number.holds) == first
    second = correct(first, _id_number.holds, evidence={13: "5"})
    assert (second.value, second.proof) == (NUMBER, Proof.PROVEN)


def test_a_candidate_of_several_characters_is_left_out() -> None:
    wrong = with_character(NUMBER, 14, "8")
    assert correct(field(wrong, {14: [("66", 0.3)]}), _id_number.holds).proof is Proof.CONFLICT


doubts = st.dictionaries(
    st.integers(0, 17),
    st.lists(st.tuples(st.sampled_from("0123456789X"), st.floats(0.001, 0.3)), max_size=3),
    max_size=8,
)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"), doubts)
def test_one_wrong_character_that_looked_certain_is_never_proven(
    number: str, place: int, other: str, elsewhere: Mapping[int, Sequence[tuple[str, float]]]
) -> None:
    wrong = with_character(number, place, other)
    others = {at: each for at, each in elsewhere.items() if at != place}
    read = correct(field(wrong, others), _id_number.holds)
    assert read.value == number or read.proof is not Proof.PROVEN


@given(numbers, doubts)
def test_nothing_is_changed_silently(
    number: str, elsewhere: Mapping[int, Sequence[tuple[str, float]]]
) -> None:
    read = correct(
        field(number, elsewhere), lambda value: _id_number.holds(value, today=date(2100, 1, 1))
    )
    assert read.value == number
    assert read.corrected_from is None
    assert read.proof in (Proof.PROVEN, Proof.READ)
