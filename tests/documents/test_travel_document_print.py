"""The printed zone beside the machine-readable one: what it confirms, settles and contradicts."""

from __future__ import annotations

import pytest

from app.documents import _printed_date
from app.vocabulary import Proof
from documents.printed import SURE
from documents.zones import (
    CZECH,
    PASSPORT,
    only,
    printed_page,
    zone,
)


def test_the_printed_zone_confirms_what_no_check_digit_covers() -> None:
    fields = only(printed_page(zone(PASSPORT)))
    believed = {name: field.proof for name, field in fields.items()}
    assert believed == {
        "mrz_line_1": Proof.CONFIRMED,
        "mrz_line_2": Proof.PROVEN,
        "document_number": Proof.PROVEN,
        "surname": Proof.CONFIRMED,
        "given_names": Proof.CONFIRMED,
        "nationality": Proof.CONFIRMED,
        "sex": Proof.CONFIRMED,
        "birth_date": Proof.PROVEN,
        "expiry_date": Proof.PROVEN,
    }


def test_without_a_printed_zone_names_and_sex_are_only_read() -> None:
    fields = only(zone(PASSPORT))
    assert {fields[name].proof for name in ("surname", "given_names", "sex", "mrz_line_1")} == {
        Proof.READ
    }
    assert fields["nationality"].proof is Proof.CONFIRMED  # the issuer's code is the same
    assert fields["document_number"].proof is Proof.PROVEN


def test_a_century_comes_from_the_printed_date_where_there_is_one() -> None:
    assert only(zone(CZECH))["birth_date"].value == "2011-01-01"
    assert only(zone(CZECH).put("01.01.1911", 10, 100))["birth_date"].value == "1911-01-01"


@pytest.mark.parametrize(
    ("printed", "score", "proof"),
    [
        ("L898902C8", SURE, Proof.CONFLICT),
        ("L898902C8", 0.8, Proof.PROVEN),
        ("L8989O2C3", SURE, Proof.PROVEN),
        ("L898 902 C3", SURE, Proof.PROVEN),
        ("M123456C3", SURE, Proof.PROVEN),
        ("898902", SURE, Proof.PROVEN),
    ],
    ids=["other", "other but blurred", "look-alike", "grouped", "another number", "shorter"],
)
def test_only_a_clearly_printed_other_number_is_a_conflict(
    printed: str, score: float, proof: Proof
) -> None:
    fields = only(zone(PASSPORT).put(printed, 10, 20, score=score))
    assert fields["document_number"].proof is proof


@pytest.mark.parametrize(
    ("printed", "surname", "given"),
    [
        (("Müller", "Anna Maria"), "MUELLER", "ANNA MARIA"),
        (("Müller", "Anna Maria"), "MULLER", "ANNA MARIA"),
        (("Müller", "Anna Maria"), "MUXXLLER", None),
        (("Sørensen Ångström", "Zoë"), "SOERENSEN<AANGSTROEM", "ZOE"),
        (("D'Artagnan-Weiß", "Łucja"), "DARTAGNAN<WEISS", "LUCJA"),
        (("O'Connor", "Enya Siobhan"), "OCONNOR", "ENYA SIOBHAN"),
        (("NAME ERIKSSON, ANNA",), "ERIKSSON", "ANNA"),
        (("Surname: ERIKSSON", "张/ZHANG ANNA"), "ERIKSSON", None),
        (("ERIKSSON", "ANNA MARIA"), "ERIKSSON", None),
        (("LI IN THE LINE", "XIAOMING"), None, "XIAOMING"),
        (("LI", "XIAOMING"), "LI", "XIAOMING"),
    ],
)
def test_names_are_confirmed_only_by_the_whole_name_in_the_standards_spelling(
    printed: tuple[str, ...], surname: str | None, given: str | None
) -> None:
    names = f"{surname or 'LI'}<<{(given or 'ANNA').replace(' ', '<')}"
    paper = zone(("P<UTO" + names.ljust(39, "<"), PASSPORT[1]))
    for row, text in enumerate(printed):
        paper.put(text, 10, 20 + row * 60)
    fields = only(paper)
    is_confirmed = {name: field.proof is Proof.CONFIRMED for name, field in fields.items()}
    assert is_confirmed["given_names"] == (given is not None)
    if surname != "MUXXLLER":
        assert is_confirmed["surname"] == (surname is not None)


def test_a_single_name_is_a_surname_and_the_given_names_are_missing() -> None:
    fields = only(zone(("P<UTO" + "ARKFREITH".ljust(39, "<"), PASSPORT[1])).put("ARKFREITH", 9, 9))
    assert fields["surname"].proof is Proof.CONFIRMED
    assert fields["given_names"].proof is Proof.MISSING


def test_a_surname_whose_end_was_lost_is_not_confirmed() -> None:
    paper = zone(("P<UTO" + "ERIKSSON<ANNA<MARIA".ljust(39, "<"), PASSPORT[1]))
    assert only(paper.put("ERIKSSON ANNA MARIA", 9, 9))["surname"].proof is Proof.READ


@pytest.mark.parametrize(
    ("printed", "proof"),
    [("F", Proof.CONFIRMED), ("女/F", Proof.CONFIRMED), ("Sex F", Proof.CONFIRMED),
     ("M", Proof.READ), ("M/F", Proof.READ), ("FEMALE", Proof.READ)],
)  # fmt: skip
def test_the_sex_is_confirmed_by_the_letter_alone(printed: str, proof: Proof) -> None:
    assert only(zone(PASSPORT).put(printed, 10, 20))["sex"].proof is proof


def test_printed_dates_settle_a_digit_in_doubt() -> None:
    lines = (PASSPORT[0], PASSPORT[1].replace("7408122", "7405122"))
    assert only(zone(lines, doubts={16: "8"}))["birth_date"].proof is Proof.READ
    fields = only(zone(lines, doubts={16: "8"}).put("12 AUG 1974", 10, 20))
    assert (fields["birth_date"].value, fields["birth_date"].proof) == ("1974-08-12", Proof.PROVEN)
    assert fields["birth_date"].corrected_from == "1974-05-12"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 AUG/AOUT 74", {"740812"}),
        ("20 JUIN/JUN 1978", {"19780620"}),
        ("8 AOÛT/AUG 2011", {"20110808"}),
        ("10/04/49", {"490410", "491004"}),
        ("16/03/2008 15/05/2015", {"20080316", "20081603", "20150515"} - {"20081603"}),
        ("15 6月/JUN 1996", {"19960615"}),
        ("1996-06-15", {"19960615"}),
        ("19960615", {"19960615"}),
        ("30 JUL/JUN 1999", set()),
        ("45.13.1999", set()),
        ("31.02.1999", set()),
        ("29.02.96", {"960229"}),
    ],
)
def test_printed_dates_are_read_in_every_way_they_may_be_meant(text: str, days: set[str]) -> None:
    assert set(_printed_date.readings(text)) == days
