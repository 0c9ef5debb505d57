"""Accuracy: what counts as right, what as a silent error, and how it is added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.toolchain.accuracy import Case, Outcome, cases, compare, folded
from app.toolchain.accuracy_table import Tally, failures, table, worst_fields
from app.toolchain.specimens import Specimen, make_specimen
from app.vocabulary import Decision, Field, Proof, Reading

CASE = Case("id_card_back", "scan", 1)


@pytest.fixture(scope="module")
def specimen() -> Specimen:
    return make_specimen(CASE.kind, CASE.mode, CASE.seed)


def reading(values: Mapping[str, str], proof: Proof = Proof.CONFIRMED) -> Reading:
    fields = tuple(Field(name, value, proof, 0.99) for name, value in values.items())
    return Reading(CASE.kind, fields)


def outcome(specimen: Specimen, **wrong: str) -> Outcome:
    return compare(CASE, specimen, [reading({**specimen.truth, **wrong})])


def test_only_width_and_white_space_are_forgiven() -> None:
    assert folded("（中国） 有限公司") == folded("(中国)有限公司")
    assert folded("A１") == folded("A1")
    assert folded("甲\n乙") != folded("甲乙")
    assert folded("O") != folded("0")
    assert folded("买买提·艾力") != folded("买买提.艾力")


def test_a_reading_like_the_truth_is_right_in_every_field(specimen: Specimen) -> None:
    tally = Tally([outcome(specimen)])
    assert tally.right == tally.fields == len(specimen.truth)
    assert tally.kinds_right == 1
    assert tally.silent_errors == 0


def test_a_wrong_value_that_is_called_confirmed_is_a_silent_error(specimen: Specimen) -> None:
    tally = Tally([outcome(specimen, authority="某公安局")])
    assert (tally.silent_errors, tally.fields - tally.right) == (1, 1)


def test_a_wrong_value_that_is_only_read_is_no_silent_error(specimen: Specimen) -> None:
    wrong = reading({**specimen.truth, "authority": "某公安局"}, Proof.READ)
    tally = Tally([compare(CASE, specimen, [wrong])])
    assert (tally.silent_errors, tally.fields - tally.right) == (0, 1)


def test_a_missing_field_is_wrong_and_a_field_out_of_nowhere_too(specimen: Specimen) -> None:
    fewer = {name: value for name, value in specimen.truth.items() if name != "authority"}
    missing = Tally([compare(CASE, specimen, [reading(fewer)])])
    invented = Tally([compare(CASE, specimen, [reading({**specimen.truth, "name": "某"})])])
    assert missing.fields - missing.right == 1
    assert invented.fields - invented.right == 1
    assert invented.silent_errors == 1


def test_a_document_taken_for_another_kind_has_nothing_right(specimen: Specimen) -> None:
    mistaken = replace(reading({"name": "某"}), document="id_card_front")
    tally = Tally([compare(CASE, specimen, [mistaken])])
    assert (tally.kinds_right, tally.right) == (0, 0)
    assert tally.fields == len(specimen.truth) + 1


def test_a_further_document_on_the_picture_is_a_stray(specimen: Specimen) -> None:
    found = [reading(specimen.truth), replace(reading({}), document="travel_document")]
    assert compare(CASE, specimen, found).strays == 1


def test_wrong_values_in_passed_documents_are_counted(specimen: Specimen) -> None:
    passed = outcome(specimen, authority="某公安局", valid_until="长期")
    assert passed.verdict is Decision.OK
    assert Tally([passed]).wrong_in_ok == sum(not field.is_right for field in passed.fields) > 0


def test_cases_are_spread_over_kinds_and_modes_and_no_document_comes_twice() -> None:
    listed = cases(("a", "b"), ("scan", "hard"), 10, 9)
    assert len(listed) == 9
    assert len({(case.kind, case.seed) for case in listed}) == 9
    assert sum(case.mode == "scan" for case in listed) == 5


def test_the_table_has_a_row_for_every_kind_and_mode_and_totals(specimen: Specimen) -> None:
    lines = table([outcome(specimen)]).splitlines()
    assert lines[2].startswith("| id_card_back | scan | 1 | 100.00 % | 3 | 100.00 % | 0 |")
    assert lines[-1].startswith("| **all** | **all** | 1 |")


def test_failures_name_the_specimen_and_put_silent_errors_first(specimen: Specimen) -> None:
    read = reading({**specimen.truth, "authority": "某公安局"}, Proof.READ)
    listed = failures([compare(CASE, specimen, [read]), outcome(specimen, valid_from="2001-01-01")])
    assert [entry["silent"] for entry in listed] == [True, False]
    assert listed[0]["field"] == "valid_from"
    assert listed[0]["seed"] == CASE.seed
    assert "| id_card_back | authority | 1 | 1 | 0.00 % |" in worst_fields(
        [compare(CASE, specimen, [read])]
    )
