"""One document a row, a column a field; no formula, no half file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import RecordError
from app.language import ENGLISH, Catalogue, catalogue
from app.records import Records, export
from app.vocabulary import Decision, Field, Proof, Reading, Record
from records.inspections import card, frame, inspection, part

KINDS = (".csv", ".xlsx")
EPOCH = datetime.fromtimestamp(0, UTC)


def sheet(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
    else:
        book = load_workbook(path, read_only=True)
        table = book.worksheets[0].iter_rows()
        header, *rows = [[str(each.value or "") for each in row] for row in table]
        book.close()
    return [dict(zip(header, row, strict=True)) for row in rows]


def of(*values: tuple[str, str], document: str = "id_card_front") -> Reading:
    return Reading(document, tuple(Field(name, text, Proof.READ) for name, text in values))


@pytest.mark.parametrize("suffix", KINDS)
def test_each_document_is_a_row_and_each_field_a_column(
    records: Records, tmp_path: Path, suffix: str
) -> None:
    person = records.keep(inspection(card("王伟")))
    records.keep(inspection(of(("amount", "12.00"), document="a_new_kind"), of=frame(1)))
    records.withdraw(person.id)
    path = tmp_path / f"list{suffix}"
    assert export(records.each(withdrawn=None), path) == 2
    first, second = sheet(path)
    assert first["Saved"] == f"{person.saved_at.astimezone():%Y-%m-%d %H:%M:%S}"
    assert (first["Decision"], first["Reasons"]) == ("REVIEW", "Address is missing.")
    assert (first["Source"], first["Page"], first["Taken back"]) == (
        "/scans/card.jpg",
        "1",
        "taken back",
    )
    assert (first["Engine"], first["Record"]) == ("onnx CPU", person.id)
    assert "110105199606156135" in first.values()
    assert first["amount"] == ""
    assert (second["Document"], second["amount"], second["Taken back"]) == (
        "a_new_kind",
        "12.00",
        "",
    )


@pytest.mark.parametrize("suffix", KINDS)
def test_a_part_says_recipe_verdict_what_counts_why_and_where_the_defects_are(
    records: Records, tmp_path: Path, suffix: str
) -> None:
    kept = records.keep(part(1, Decision.NG, "open", "spur"))
    records.overrule(kept.id, Decision.OK, "=灰尘")
    path = tmp_path / f"list{suffix}"
    export(records.each(), path)
    (row,) = sheet(path)
    assert "Document" not in row
    assert (row["Recipe"], row["Version"]) == ("pcb", "7")
    assert (row["Decision"], row["Reasons"]) == ("NG", "open × 1")
    assert row["What counts"] == "OK"
    assert row["Overruled because"].lstrip("'") == "=灰尘"
    assert row["Defects: certainty, x1 y1 x2 y2"] == "open 0.88, 0 2 3 5; spur 0.88, 4 2 7 5"
    assert row["Saved"] == f"{kept.saved_at.astimezone():%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize("suffix", KINDS)
def test_documents_and_parts_share_a_sheet(records: Records, tmp_path: Path, suffix: str) -> None:
    records.keep(part(1, Decision.OK))
    records.keep(inspection(card("王伟")))
    path = tmp_path / f"list{suffix}"
    export(records.each(), path)
    first, second = sheet(path)
    assert (first["Recipe"], first["Document"], first["What counts"]) == ("pcb", "", "OK")
    assert (second["Recipe"], second["What counts"]) == ("", "")
    assert "王伟" in second.values()


@pytest.mark.parametrize(
    ("language", "saved", "reason"),
    [(ENGLISH, "Saved", "Address is missing."), (catalogue("zh_CN"), "保存时间", "缺少")],
)
def test_the_header_speaks_the_language_of_the_window(
    records: Records, tmp_path: Path, language: Catalogue, saved: str, reason: str
) -> None:
    records.keep(inspection())
    export(records.each(), tmp_path / "list.csv", catalogue=language)
    (row,) = sheet(tmp_path / "list.csv")
    assert next(iter(row)) == saved
    assert any(reason in value for value in row.values())


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_value_is_never_a_formula(
    records: Records, tmp_path: Path, suffix: str, value: str
) -> None:
    records.keep(inspection(of(("name", value), document="x")))
    path = tmp_path / f"list{suffix}"
    export(records.each(), path)
    (row,) = sheet(path)
    if suffix == ".csv":
        assert row["name"] == "'" + value
    else:
        cell = load_workbook(path).worksheets[0]["E2"]
        assert cell.data_type == "s"
        assert row["name"].endswith(value.strip())


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("value", ['a"b', "a,b", "a\nb", "𠮷龘", "\x01", "x" * 40_000])
def test_odd_values_do_not_break_the_table(tmp_path: Path, suffix: str, value: str) -> None:
    (record,) = made(1)
    odd = replace(record, reading=of(("name", value), ("sex", "男"), document="x"))
    path = tmp_path / f"list{suffix}"
    assert export([odd, record], path) == 2
    first, second = sheet(path)
    assert first["sex"] == "男"
    assert second["Record"] == record.id


def made(many: int) -> list[Record]:
    asked = inspection()
    kept = Record("0" * 32, EPOCH, "s", 1, asked.reading, asked.verdict, asked.engine)
    return [replace(kept, id=f"{number:032x}") for number in range(many)]


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("steps", [0, 1, 150, 199])
def test_a_cancelled_export_leaves_what_was_there(tmp_path: Path, suffix: str, steps: int) -> None:
    path = tmp_path / f"list{suffix}"
    path.write_text("older")
    told: list[int] = []
    assert export(made(100), path, tell=told.append, cancelled=lambda: len(told) >= steps) == 0
    assert len(told) == steps
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == [path.name]
    assert path.read_text() == "older"


@pytest.mark.parametrize("suffix", KINDS)
def test_an_export_tells_how_far_it_is(tmp_path: Path, suffix: str) -> None:
    told: list[int] = []
    assert export(made(50), tmp_path / f"list{suffix}", tell=told.append) == 50
    assert told == sorted(told)
    assert told[-1] == 50


@pytest.mark.parametrize("suffix", KINDS)
def test_a_failure_while_the_records_are_read_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    def breaking() -> Iterator[Record]:
        yield from made(3)
        raise RecordError("The disk of {folder} is full.", "", "disk-full", folder="x")

    with pytest.raises(RecordError, match="full"):
        export(breaking(), tmp_path / f"list{suffix}")
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == []


def test_a_file_of_another_kind_and_a_folder_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as told:
        export(made(1), tmp_path / "list.pdf")
    assert told.value.code == "export-kind"
    with pytest.raises(RecordError) as told:
        export(made(1), tmp_path / "nowhere" / "list.csv")
    assert told.value.code == "folder-unusable"


def test_no_records_give_a_header_alone(tmp_path: Path) -> None:
    assert export([], tmp_path / "list.XLSX") == 0
    assert sheet_header(tmp_path / "list.XLSX")[:2] == ["Saved", "Document"]


def sheet_header(path: Path) -> list[str]:
    return [str(each.value) for each in load_workbook(path).worksheets[0][1]]
