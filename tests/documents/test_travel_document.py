"""Travel documents: every format is read, and believed as far as its check digits reach."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.documents import load
from app.documents._mrz import ALPHABET, TD1
from app.vocabulary import Proof
from documents.zones import (
    CARD,
    LONG_NUMBER,
    PASSPORT,
    SPECIMENS,
    card,
    only,
    passport,
    printed_page,
    zone,
)

NOWHERE_ELSE = {(0, 0), (0, 1), (1, 20)}
"""The type of the document and the sex have no check digit; lines rely on their being certain."""


@pytest.mark.parametrize(("layout", "lines"), SPECIMENS)
def test_the_published_specimens_are_read_in_every_format(
    layout: object, lines: tuple[str, ...]
) -> None:
    fields = only(zone(lines))
    assert [fields[f"mrz_line_{i + 1}"].value for i in range(len(lines))] == list(lines)
    assert fields["surname"].value == "ERIKSSON"
    assert fields["given_names"].value == "ANNA MARIA"
    assert fields["sex"].value == "F"
    assert fields["birth_date"].proof is Proof.PROVEN
    assert fields["expiry_date"].proof is Proof.PROVEN
    assert all(field.corrected_from is None for field in fields.values())
    assert ("mrz_line_3" in fields) == (layout is TD1)


def test_a_long_document_number_is_read_to_its_end() -> None:
    fields = only(zone(LONG_NUMBER))
    assert (fields["document_number"].value, fields["document_number"].proof) == (
        "D23145890734",
        Proof.PROVEN,
    )


def test_unknown_parts_of_a_date_are_left_off() -> None:
    fields = only(zone(card("74<<<<", "<")))
    assert (fields["birth_date"].value, fields["birth_date"].proof) == ("1974", Proof.PROVEN)
    assert fields["sex"].value == "X"
    nothing = only(zone(card("<<<<<<", "F")))["birth_date"]
    assert (nothing.value, nothing.proof) == ("", Proof.MISSING)


def test_letters_and_digits_are_set_right_where_the_standard_fixes_them() -> None:
    read = (
        "P<UT0ERIK550N<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UT0740BI22F12O4I59ZE184226B<<<<<10",
    )
    fields = only(printed_page(zone(read)))
    assert (fields["mrz_line_1"].value, fields["mrz_line_2"].value) == PASSPORT
    assert fields["mrz_line_2"].proof is Proof.PROVEN
    assert fields["surname"].corrected_from == "ERIK55ON"
    assert fields["birth_date"].corrected_from == "1974-0B-12"
    # To the recogniser 0 and O, 1 and I are one character: the place says which it is.
    assert fields["expiry_date"].corrected_from is None


def test_a_number_whose_check_digit_fails_takes_its_only_candidate() -> None:
    read = (PASSPORT[0], PASSPORT[1].replace("L898902C3", "L898907C3"))
    alone = only(zone(read, doubts={6: "2"}))["document_number"]
    assert (alone.value, alone.proof, alone.corrected_from) == (
        "L898902C3",
        Proof.READ,
        "L898907C3",
    )
    confirmed = only(printed_page(zone(read, doubts={6: "2"})))["document_number"]
    assert (confirmed.value, confirmed.proof) == ("L898902C3", Proof.PROVEN)


def test_a_letter_that_was_surely_read_as_its_twin_is_found_by_the_check_digit() -> None:
    lines = passport("SX1234567")
    read = (lines[0], lines[1].replace("SX1", "5X1"))
    alone = only(zone(read))["document_number"]
    assert (alone.value, alone.proof) == ("SX1234567", Proof.READ)
    assert alone.score < 0.1
    confirmed = only(zone(read).put("SX1234567", 10, 20))["document_number"]
    assert (confirmed.value, confirmed.proof) == ("SX1234567", Proof.PROVEN)


def test_a_number_without_a_candidate_is_a_conflict() -> None:
    fields = only(zone((PASSPORT[0], PASSPORT[1].replace("L898902C3", "L898702C3"))))
    assert fields["document_number"].proof is Proof.CONFLICT
    assert fields["mrz_line_2"].proof is Proof.CONFLICT
    assert fields["birth_date"].proof is Proof.READ  # the composite fails: who knows which part


@pytest.mark.parametrize(
    ("number", "alone", "with_print"),
    [
        ("AB1234567", Proof.PROVEN, Proof.PROVEN),
        ("AB12X4567", Proof.READ, Proof.PROVEN),  # 6 and G are the same to modulus 10
        ("123456789", Proof.PROVEN, Proof.PROVEN),
        ("001234567", Proof.READ, Proof.READ),  # so are 00 and OO, and print does not tell them
    ],
)
def test_a_number_that_a_twin_would_fit_as_well_is_not_proven_by_the_check_digit(
    number: str, alone: Proof, with_print: Proof
) -> None:
    lines = passport(number)
    assert only(zone(lines))["document_number"].proof is alone
    fields = only(zone(lines).put(number, 10, 20))
    assert fields["document_number"].proof is with_print
    assert fields["document_number"].value == number


def test_a_visas_optional_data_and_the_line_with_it_are_only_read() -> None:
    with_data, without = SPECIMENS[3][1], SPECIMENS[4][1]
    lines = ("V<UTO" + with_data[0][5:], with_data[1].replace("XXX", "UTO"))
    assert only(zone(lines).put("F", 10, 20))["mrz_line_2"].proof is Proof.READ
    lines = (without[0], without[1].replace("XXX", "UTO"))
    assert only(zone(lines).put("F", 10, 20))["mrz_line_2"].proof is Proof.PROVEN


def test_a_state_that_does_not_exist_is_hardly_read() -> None:
    fields = only(zone((PASSPORT[0].replace("UTO", "QQQ"), PASSPORT[1].replace("UTO", "QQQ"))))
    assert fields["nationality"].proof is Proof.READ
    assert fields["nationality"].score <= 0.5


def test_an_o_read_as_zero_is_found_by_the_check_digit() -> None:
    lines = passport("AO1234567")
    alone = only(zone((lines[0], lines[1].replace("AO1", "A01"))))["document_number"]
    assert (alone.value, alone.proof, alone.corrected_from) == (
        "AO1234567",
        Proof.READ,
        "A01234567",
    )


def test_a_zone_without_a_nationality_has_none() -> None:
    lines = (CARD[0], CARD[1].replace("UTO", "<<<"), CARD[2])
    assert "nationality" not in only(zone(lines))


@given(st.integers(0, 1), st.integers(0, 43), st.sampled_from(ALPHABET))
def test_one_wrong_character_that_looked_certain_is_believed_nowhere(
    line: int, place: int, other: str
) -> None:
    old = PASSPORT[line][place]
    values = [0 if text == "<" else int(text, 36) for text in (old, other)]
    assume((values[0] - values[1]) % 10)  # which is all that modulus 10 can see
    assume((line, place) not in NOWHERE_ELSE)
    wrong = list(PASSPORT)
    wrong[line] = wrong[line][:place] + other + wrong[line][place + 1 :]
    truth = only(printed_page(zone(PASSPORT)))
    for found in load("travel_document").find(printed_page(zone(wrong)).lines):
        for field in found.fields:
            is_believed = field.proof in (Proof.PROVEN, Proof.CONFIRMED)
            assert not is_believed or field.value == truth[field.name].value
