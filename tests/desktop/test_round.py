"""A round is a value: every step gives a new one, proven and judged anew."""

from __future__ import annotations

from dataclasses import replace

from app.desktop.counter import round as rounds
from app.vocabulary import Decision, Field, Proof, Reading
from desktop.window_parts import NUMBER, TODAY, card, doubtful, inspection, with_field


def wrong_number() -> Field:
    wrong = NUMBER[:5] + "9" + NUMBER[6:]
    return Field("id_number", wrong, Proof.CONFLICT, 0.4, None, doubtful(wrong, 5, "6"))


def test_a_round_begins_at_the_first_field_that_needs_a_hand() -> None:
    assert rounds.begin(inspection(card())).hand == "name"
    assert rounds.begin(inspection(card("王伟", ()))).hand is None


def test_a_missing_field_that_is_required_needs_a_hand_even_if_the_reading_lacks_it() -> None:
    reading = card("王伟", ())
    fields = tuple(f for f in reading.fields if f.name != "address")
    assert rounds.begin(inspection(replace(reading, fields=fields))).hand == "address"


def test_a_corrected_digit_is_proven_by_its_checksum_and_remembers_what_was_read() -> None:
    first = rounds.begin(inspection(with_field(card("王伟", ()), wrong_number())))
    assert first.verdict.decision is Decision.REVIEW
    put_right = first.picked(5, "5", TODAY)
    number = put_right.field("id_number")
    assert (number.value, number.proof) == (NUMBER, Proof.PROVEN)
    assert number.corrected_from == wrong_number().value
    assert put_right.confirm(TODAY).verdict.decision is Decision.OK


def test_a_hand_is_never_overruled_by_a_checksum() -> None:
    first = rounds.begin(inspection(with_field(card("王伟", ()), wrong_number())))
    other = NUMBER[:5] + "8" + NUMBER[6:]
    by_hand = first.typed(other, TODAY)
    assert by_hand.field("id_number").value == other
    assert by_hand.field("id_number").proof is not Proof.PROVEN


def test_confirming_what_was_read_ends_its_doubt_and_keeps_its_score() -> None:
    done = rounds.begin(inspection(card())).confirm(TODAY)
    assert done.is_done
    result = done.result()
    assert result.verdict.decision is Decision.OK
    assert result.reading.field("name").score == 0.5
    assert result.reading.field("name").corrected_from is None


def test_an_emptied_field_is_missing() -> None:
    emptied = rounds.begin(inspection(card())).typed("", TODAY)
    assert emptied.field("name").proof is Proof.MISSING


def test_restoring_gives_the_machine_s_value_and_its_doubts_back() -> None:
    first = rounds.begin(inspection(card()))
    back = first.typed("王伟", TODAY).restored(TODAY)
    assert back.field("name").value == first.field("name").value
    assert back.field("name").alternatives == first.field("name").alternatives
    assert not back.is_changed("name")


def test_what_is_not_recognised_has_no_form() -> None:
    nothing = rounds.begin(inspection(Reading()))
    assert not nothing.is_recognised
    assert nothing.fields == ()


def test_a_kept_document_that_comes_back_knows_what_the_machine_had_read() -> None:
    kept = rounds.begin(inspection(card())).picked(1, "哲", TODAY).confirm(TODAY).result()
    again = rounds.again(kept, frozenset({"name"}))
    assert again.hand == "name"
    assert again.field("name").value == "李哲"
    assert again.was_read("name") == "李喆"
    assert again.confirmed == frozenset()
