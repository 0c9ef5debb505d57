"""Zones are found on a page, and their rows set right without moving a real character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import load
from app.documents._mrz import check_digit
from app.vocabulary import Proof
from documents.printed import Paper
from documents.zones import (
    CARD,
    CZECH,
    PASSPORT,
    ROW,
    SPECIMENS,
    by_name,
    only,
    passport,
    printed_page,
    zone,
)


def test_a_line_in_two_pieces_is_put_together() -> None:
    paper = Paper()
    for row, line in enumerate(PASSPORT):
        paper.put(line[:20], 10, 300 + row * ROW).put(line[20:], 10 + 20 * 8, 301 + row * ROW)
    fields = only(paper)
    assert (fields["mrz_line_1"].value, fields["mrz_line_2"].value) == PASSPORT


def test_a_scrap_of_the_desk_beside_a_whole_row_does_not_hide_the_zone() -> None:
    paper = zone(CARD).put("I", 10 + 45 * 8, 300 + ROW)
    assert only(paper)["mrz_line_2"].value == CARD[1]


def test_fillers_that_nobody_saw_between_two_pieces_are_put_back() -> None:
    paper = zone(PASSPORT[:1]).put(PASSPORT[1][:37], 10, 300 + ROW)
    paper.put(PASSPORT[1][-2:], 10 + 42 * 8, 300 + ROW)
    fields = only(paper)
    assert fields["mrz_line_2"].value == PASSPORT[1]
    assert fields["mrz_line_2"].proof is Proof.READ
    assert (
        fields["document_number"].proof is Proof.READ or fields["birth_date"].proof is Proof.PROVEN
    )


@pytest.mark.parametrize(
    "second",
    [
        "L898902C3 6UTO 7408122 F1204159 ZE184226B<<<<< 10",
        "L898902C36UTO7408122F1204159ZE184226B«<<<10",
        "L898902c36uto7408122f1204159ze184226b<<<<<10",
        "L898902C36UTO7408122F1204159ZE184226B<<(<‹10",
        "L898902C36UTO7408122F1204159ZE184226B<<<10",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<<<10",
        "|L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10.",
    ],
    ids=["spaces", "guillemets", "capitals", "brackets", "two lost", "two too many", "edge", "dot"],
)
def test_a_row_is_brought_to_its_length_in_its_fillers_only(second: str) -> None:
    fields = only(zone((PASSPORT[0], second)))
    assert fields["mrz_line_2"].value == PASSPORT[1]
    assert fields["birth_date"].proof is Proof.PROVEN


@pytest.mark.parametrize(
    "first",
    [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<K<<<<C<<<<<",
        "P<UTOERIKSSON<<ANNA<MARIA<<K<<<<<<<<<<<<<<<<",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<KKE",
        "P<UTOERIKSSON<<ANNA<MARIA",
    ],
    ids=["lost", "too many", "noise", "noise behind the names", "noise at the end", "no tail"],
)
def test_the_tail_of_the_names_is_fillers(first: str) -> None:
    fields = only(zone((first, PASSPORT[1])))
    assert fields["mrz_line_1"].value == PASSPORT[0]
    assert (fields["surname"].value, fields["given_names"].value) == ("ERIKSSON", "ANNA MARIA")


@pytest.mark.parametrize(
    ("first", "given"),
    [
        ("P<UTOERIKSSON<<ANNA<K<<<<<<<<<<<<<<<<<<<<<<<", "ANNA K"),
        ("P<UTOERIKSSON<<K<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "K"),
        ("P<UTOERIKSSON<<ANNAK<<<<<<<<<<<<<<<<<<<<<<<<", "ANNAK"),
        ("P<UTOERIKSSON<<ANNA<<MARIA<<<<<<<<<<<<<<<<<<", "ANNA MARIA"),
    ],
)
def test_what_may_be_a_name_is_never_taken_for_noise(first: str, given: str) -> None:
    assert only(zone((first, PASSPORT[1])))["given_names"].value == given


def test_a_lost_character_is_not_made_up() -> None:
    fields = only(zone((PASSPORT[0], PASSPORT[1].replace("UTO7408122", "UTO740122"))))
    assert fields["mrz_line_2"].proof is Proof.CONFLICT
    assert fields["birth_date"].proof is not Proof.PROVEN
    assert fields["document_number"].value == "L898902C3"


def test_a_row_whose_beginning_was_cut_off_keeps_the_rest_in_its_place() -> None:
    fields = only(zone((PASSPORT[0], PASSPORT[1][1:])))
    assert fields["birth_date"].value == "1974-08-12"
    assert fields["expiry_date"].value == "2012-04-15"
    assert fields["document_number"].value == "898902C3"
    assert fields["document_number"].proof is Proof.CONFLICT
    printed = only(zone((PASSPORT[0], PASSPORT[1][1:])).put("L898902C3", 10, 20))
    assert printed["document_number"].value == "L898902C3"
    assert printed["document_number"].corrected_from == "898902C3"


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        ((PASSPORT[0][1:], PASSPORT[1]), PASSPORT[0]),
        ((PASSPORT[0][2:], PASSPORT[1]), PASSPORT[0]),
        ((SPECIMENS[1][1][0][1:], SPECIMENS[1][1][1]), "<" + SPECIMENS[1][1][0][1:]),
    ],
    ids=["P of a passport", "P< of a passport", "I of a card"],
)
def test_names_whose_beginning_was_cut_off_stay_where_they_are(
    lines: tuple[str, str], first: str
) -> None:
    fields = only(zone(lines).put("ERIKSSON", 10, 20))
    assert (fields["mrz_line_1"].value, fields["mrz_line_1"].proof) == (first, Proof.READ)
    assert fields["mrz_line_1"].score <= 0.5
    assert fields["surname"].value == "ERIKSSON"


def test_a_lost_first_character_is_never_taken_for_a_filler_that_holds() -> None:
    # K is 20: without it the check digit is the same.
    lines = passport("K12345678")
    number = only(zone((lines[0], lines[1][1:])))["document_number"]
    assert number.proof is Proof.READ
    assert number.score <= 0.5


def test_the_type_of_a_visa_or_passport_is_known_by_its_check_digits() -> None:
    visa = SPECIMENS[3][1]
    fields = only(zone(("1" + visa[0][1:], visa[1])))
    assert (fields["mrz_line_1"].value, fields["mrz_line_1"].proof) == (visa[0], Proof.READ)
    assert fields["mrz_line_1"].score <= 0.5
    fields = only(zone(("F" + PASSPORT[0][1:], PASSPORT[1])))
    assert fields["mrz_line_1"].value == PASSPORT[0]
    assert fields["mrz_line_1"].corrected_from == "F" + PASSPORT[0][1:]


def test_the_second_letter_of_the_type_is_no_zero() -> None:
    fields = only(zone(("P0" + PASSPORT[0][2:], PASSPORT[1])))
    assert fields["mrz_line_1"].value == "PO" + PASSPORT[0][2:]
    assert only(zone(("C1" + CARD[0][2:], *CARD[1:])))["mrz_line_1"].value[:2] == "C1"


def test_names_or_a_number_that_begin_with_a_filler_are_doubtful() -> None:
    fields = only(zone((PASSPORT[0].replace("ERIKSSON", "<RIKSSON"), PASSPORT[1])))
    assert fields["surname"].score <= 0.5
    lines = passport("<12345678")
    assert only(zone(lines))["document_number"].score <= 0.5


def test_a_passport_whose_number_is_misread_is_no_visa() -> None:
    fields = only(zone((PASSPORT[0], PASSPORT[1].replace("L898902C3", "L898702C3"))))
    assert fields["mrz_line_2"].proof is Proof.CONFLICT


def test_optional_data_is_cleaned_only_where_the_check_digits_ask_for_it() -> None:
    line = CZECH[1].replace("<<<<<94", "<<C<<94")
    assert only(zone((CZECH[0], line)))["mrz_line_2"].value == CZECH[1]
    with_c = "L898902C36UTO7408122F1204159ZE184226B<C<<<"
    digit = check_digit(with_c[28:42])
    body = with_c + digit
    line = body + check_digit(body[:10] + body[13:20] + body[21:43])
    assert only(zone((PASSPORT[0], line)))["mrz_line_2"].value == line


def test_two_ways_to_read_a_line_that_its_check_digits_allow_leave_it_in_doubt() -> None:
    # C is 12: with the weights 3 and 7 two of them make 120, which modulus 10 does not see.
    line = CZECH[1].replace("<<<<<94", "<C<C<94")
    field = only(zone((CZECH[0], line)))["mrz_line_2"]
    assert field.proof is Proof.READ
    assert field.score <= 0.5


def test_every_zone_on_a_page_is_a_document_with_the_print_beside_it() -> None:
    paper = printed_page(zone(PASSPORT))
    other = zone(CZECH, y=900)
    other.put("99003853", 150, 800).put("Vzor", 150, 830).put("SPECIMEN", 150, 860)
    found = load("travel_document").find(paper.lines + other.lines)
    first, second = (by_name(each) for each in found)
    assert first["surname"].value == "ERIKSSON"
    assert second["surname"].value == "SPECIMEN"
    assert first["given_names"].proof is second["given_names"].proof is Proof.CONFIRMED
    assert not {id(line) for line in found[0].lines} & {id(line) for line in found[1].lines}


def test_two_zones_side_by_side_stay_apart() -> None:
    paper = zone(PASSPORT)
    for row, line in enumerate(CZECH):
        paper.put(line, 460, 300 + row * ROW)
    found = load("travel_document").find(paper.lines)
    assert {by_name(each)["document_number"].value for each in found} == {"L898902C3", "99003853"}


def test_the_page_without_a_zone_has_no_travel_document() -> None:
    paper = Paper().put("REPUBLIC OF UTOPIA", 10, 10).put("2015-06-01 - 2021-06-01 (A-1)", 10, 40)
    assert load("travel_document").find(paper.lines) == ()
    assert load("travel_document").find(()) == ()


def test_capitals_with_brackets_are_no_zone() -> None:
    paper = zone(("<<<<NEXT<<PAGE<<<<TURN<<OVER<<<", "<<<<<<<<<<PLEASE<<<<<<<<<<<<<<<"))
    assert load("travel_document").find(paper.lines) == ()


ODD = "<<<<<<AKOZ0159«‹( ²٣Ⅷßéｍ中Φ.\n"
pages = st.lists(
    st.tuples(
        st.one_of(
            st.text(ODD, min_size=1, max_size=50),
            st.sampled_from((*PASSPORT, *CZECH, "31.02.1999", "٣٣/٠١/١٩٩٩", "F")),
        ),
        st.integers(0, 400),
        st.integers(0, 400),
    ),
    max_size=8,
)


@given(pages)
def test_no_page_however_odd_breaks_the_search(page: list[tuple[str, int, int]]) -> None:
    paper = Paper()
    for text, x, y in page:
        paper.put(text, x, y)
    for found in load("travel_document").find(paper.lines):
        for field in found.fields:
            assert not field.alternatives or len(field.alternatives) == len(field.value)
            assert (field.value == "") == (field.proof is Proof.MISSING)
