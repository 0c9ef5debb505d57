"""After a hand changed a field of a travel document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents import load
from app.vocabulary import Field, Proof
from documents.zones import (
    PASSPORT,
    only,
    printed_page,
    zone,
)


def typed(field: Field, value: str) -> Field:
    return replace(field, value=value, corrected_from=field.value, score=1.0, alternatives=())


def proven(fields: dict[str, Field], *changed: Field) -> dict[str, Field]:
    now = fields | {field.name: field for field in changed}
    return {field.name: field for field in load("travel_document").prove(tuple(now.values()))}


def test_proving_again_changes_nothing() -> None:
    fields = only(printed_page(zone(PASSPORT)))
    assert proven(fields) == fields


def test_a_typed_value_is_held_against_the_zone() -> None:
    fields = only(zone(PASSPORT))
    name = proven(fields, typed(fields["surname"], "ERIKSSON"))
    assert name["surname"].proof is Proof.CONFIRMED
    assert name["given_names"].proof is Proof.READ
    number = proven(fields, typed(fields["document_number"], "L898902C3"))
    assert number["document_number"].proof is Proof.PROVEN
    other = proven(fields, typed(fields["document_number"], "L898902C8"))
    assert other["document_number"].proof is Proof.CONFLICT


def test_a_typed_line_is_checked_and_its_values_are_held_against_it() -> None:
    misread = (PASSPORT[0], PASSPORT[1].replace("L898902C3", "L898702C3"))
    fields = only(zone(misread))
    now = proven(fields, typed(fields["mrz_line_2"], PASSPORT[1]))
    assert now["mrz_line_2"].proof is Proof.PROVEN
    assert now["document_number"].proof is Proof.CONFLICT
    both = (typed(fields["mrz_line_2"], PASSPORT[1]), typed(fields["document_number"], "L898902C3"))
    assert proven(fields, *both)["document_number"].proof is Proof.PROVEN
    line = typed(fields["mrz_line_1"], PASSPORT[0])
    assert proven(fields, line)["mrz_line_1"].proof is Proof.READ
    wrong = typed(fields["mrz_line_2"], misread[1])
    assert proven(fields, wrong)["mrz_line_2"].proof is Proof.CONFLICT
    assert (
        proven(fields, wrong, typed(fields["document_number"], "L898702C3"))[
            "document_number"
        ].proof
        is Proof.CONFLICT
    )


@pytest.mark.parametrize("value", ["P<UTO", "P<UTOERIKSSON<<ANNA<MARIÄ<<<<<<<<<<<<<<<<<<<"])
def test_a_typed_line_that_no_format_has_is_a_conflict(value: str) -> None:
    fields = only(zone(PASSPORT))
    assert proven(fields, typed(fields["mrz_line_1"], value))["mrz_line_1"].proof is Proof.CONFLICT
