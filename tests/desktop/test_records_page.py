"""The records page: search, masked fields, why, undo, correction at the counter, export."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app.desktop.records.table import PAGE
from app.records import Records
from app.vocabulary import Inspection, Record
from desktop.conftest import MakeClerk
from desktop.window_parts import NUMBER, Clerk, card, inspection

ENTER = Qt.Key.Key_Return


def kept(clerk: Clerk, *inspections: Inspection) -> list[Record]:
    """Keep inspections and open the page on them."""
    done: list[Record] = []
    for each in inspections:
        clerk.application.jobs.ask(partial(_keep, each), done.append)
    clerk.until(lambda: len(done) == len(inspections))
    clerk.press("Ctrl+3")
    clerk.until(lambda: clerk.window.records.model.rowCount() >= min(len(inspections), PAGE))
    return done


def _keep(each: Inspection, store: Records) -> Record:
    return store.keep(each)


def two(clerk: Clerk) -> list[Record]:
    return kept(clerk, inspection(card("王伟", ())), inspection(card("李喆")))


def details(clerk: Clerk) -> str:
    return " ".join(clerk.window.records.details.texts())


def test_an_empty_page_says_what_to_do_first(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    clerk.press("Ctrl+3")
    clerk.until(lambda: "Ctrl+1" in clerk.window.records.empty.words)
    assert clerk.window.records.empty.isVisible()


def test_the_newest_record_is_shown_first_with_its_picture_and_masked(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    two(clerk)
    page = clerk.window.records
    clerk.until(lambda: page.picture.has_sheet)
    assert page.details.record is not None
    assert page.details.record.reading.field("name").value == "李喆"
    assert "李喆" not in details(clerk)
    assert "1101**********6135" in details(clerk)
    shown = [page.model.index(row, column).data() for row in range(2) for column in range(5)]
    assert NUMBER not in shown


def test_values_are_revealed_by_a_key_and_masked_again_with_the_next_record(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    two(clerk)
    clerk.press(Qt.Key.Key_F4)
    assert "李喆" in details(clerk)
    clerk.press(Qt.Key.Key_Down)
    assert "王伟" not in details(clerk)


def test_show_why_tells_reasons_engine_and_hashes(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    two(clerk)
    clerk.press(Qt.Key.Key_F6)
    assert "prepared · cpu" in details(clerk)
    assert "abababababab" in details(clerk)
    assert "姓名" in details(clerk)


def test_a_search_narrows_the_rows_and_stays_when_the_page_is_left(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    two(clerk)
    clerk.press("Ctrl+F", "王伟")
    clerk.until(lambda: clerk.window.records.model.rowCount() == 1)
    clerk.press("Ctrl+1", "Ctrl+3")
    assert clerk.window.records.filters.search.text() == "王伟"
    clerk.press("Ctrl+F", "赵")
    clerk.until(lambda: clerk.window.records.empty.isVisible())


def test_rows_are_fetched_as_the_view_comes_to_their_end(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    kept(clerk, *(inspection(card("王伟", ())) for _ in range(PAGE + 5)))
    model = clerk.window.records.model
    assert model.rowCount() == PAGE
    clerk.window.records.table.scrollToBottom()
    clerk.until(lambda: model.rowCount() == PAGE + 5)
    assert not model.canFetchMore(model.index(-1, -1))


def test_a_record_taken_back_is_gone_from_the_rows_until_it_is_undone(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    two(clerk)
    clerk.press(Qt.Key.Key_Delete)
    clerk.until(lambda: clerk.window.records.model.rowCount() == 1)
    clerk.press("Ctrl+Z")
    clerk.until(lambda: clerk.window.records.model.rowCount() == 2)


def test_a_record_is_corrected_at_the_counter_and_the_new_one_takes_its_place(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    _, doubtful = two(clerk)
    clerk.press(Qt.Key.Key_F2)
    clerk.until(lambda: clerk.desk.slip is not None)
    assert clerk.window.page == "counter"
    clerk.press("2", ENTER)
    clerk.until(lambda: clerk.desk.slip is None)
    names = {record.reading.field("name").value for record in clerk.records()}
    assert names == {"王伟", "李哲"}
    assert [r.id for r in clerk.records(withdrawn=True)] == [doubtful.id]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_is_found_is_exported_one_document_a_row(
    make_clerk: MakeClerk, tmp_path: Path, suffix: str
) -> None:
    clerk = make_clerk()
    two(clerk)
    target = tmp_path / f"records.{suffix}"
    clerk.window.records.export_to(target)
    clerk.until(lambda: clerk.window.notices.codes == ("exported",))
    if suffix == "csv":
        rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    else:
        sheet = openpyxl.load_workbook(target).worksheets[0]
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 3
    assert "姓名" in rows[0]


def test_an_export_to_a_place_that_cannot_be_written_is_told(
    make_clerk: MakeClerk, tmp_path: Path
) -> None:
    clerk = make_clerk()
    two(clerk)
    clerk.window.records.export_to(tmp_path / "nowhere" / "records.xlsx")
    clerk.until(lambda: len(clerk.window.notices.codes) == 1)
    assert clerk.window.notices.codes != ("exported",)
