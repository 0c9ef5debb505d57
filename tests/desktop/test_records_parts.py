"""Parts on the records page: recipe and word, what was found, overruling, the relabel queue."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app.desktop.recipes.fates import Fate
from app.desktop.recipes.outcome import judged
from app.desktop.records.filters import WAITING
from app.desktop.records.part_details import found_on
from app.desktop.records.table import PARTS
from app.records import KeepPicture, Records
from app.records.entry import Entry
from app.vocabulary import (
    Decision,
    EngineMark,
    Frame,
    Inspection,
    Reading,
    RecipeMark,
    Record,
)
from desktop.conftest import MakeClerk
from desktop.recipe_parts import LIGHT, PCB, Seen, board, open_circuit, spur
from desktop.window_parts import Clerk, card, inspection

ENTER = Qt.Key.Key_Return
MARK = RecipeMark("pcb", 3, "cd" * 32)


def part(number: int, *seen: object) -> Inspection:
    reading = Reading(detections=tuple(seen), light=LIGHT)  # type: ignore[arg-type]
    engine = EngineMark("known", "cpu", (("pcb-defects", "ab" * 32),))
    frame = Frame(board(number), number, 0.0, f"belt:{number}")
    return Inspection(frame, reading, judged(reading, PCB), engine, {"total": 9.0}, MARK)


def kept(clerk: Clerk, *parts: Seen, picture: KeepPicture = KeepPicture.FULL) -> list[Record]:
    """Keep parts and open the page on them."""
    done: list[tuple[Record, ...]] = []
    entries = [
        Entry(f"{number:032x}", part(number, *seen), picture)
        for number, seen in enumerate(parts, 1)
    ]
    clerk.application.jobs.ask(partial(_keep, entries), done.append)
    clerk.until(lambda: bool(done))
    clerk.press("Ctrl+3")
    clerk.until(lambda: clerk.window.records.model.rowCount() >= len(parts))
    return list(done[0])


def _keep(entries: list[Entry], store: Records) -> tuple[Record, ...]:
    return store.keep_all(entries)


def rows(clerk: Clerk) -> list[list[str]]:
    model = clerk.window.records.model
    return [
        [str(model.index(row, column).data()) for column in range(1, model.columnCount())]
        for row in range(model.rowCount())
    ]


def details(clerk: Clerk) -> str:
    return " ".join(clerk.window.records.details.texts())


def overrule(clerk: Clerk, *keys: str | Qt.Key) -> None:
    clerk.press("o")
    clerk.until(clerk.window.records.card.isVisible)
    clerk.press(*keys)


def test_parts_stand_beside_documents_with_recipe_version_and_reason(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    clerk.application.jobs.ask(lambda store: store.keep(inspection(card())), lambda _r: None)
    kept(clerk, [open_circuit(0.9)], [])
    kinds = [row[0] for row in rows(clerk)]
    assert kinds == ["pcb · 第 3 版", "pcb · 第 3 版", "身份证人像面"]
    assert rows(clerk)[0][1:] == ["belt:2", "合格", ""]
    assert "开路 × 1" in rows(clerk)[1][1]
    assert rows(clerk)[1][2] == "不合格"


def test_what_was_found_is_drawn_as_the_verdict_took_it(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    (record,) = kept(clerk, [open_circuit(0.9), open_circuit(0.3), spur(0.4)])
    page = clerk.window.records
    clerk.until(lambda: page.part.has_picture)
    assert page.preview.currentWidget() is page.part
    fates = [(f.detection.score, f.fate) for f in found_on(record)[0]]
    assert fates == [(0.9, Fate.NG), (0.4, Fate.REVIEW), (0.3, Fate.REVIEW)]
    assert [f.fate for f in page.part.found] == [fate for _, fate in fates]
    assert "0.90 · 30 × 30" in details(clerk)


def test_show_why_tells_recipe_light_engine_and_the_inspectors_word(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    kept(clerk, [open_circuit(0.9)])
    clerk.press(Qt.Key.Key_F6)
    for said in ("pcb · 第 3 版", "cdcdcdcdcdcd", "亮度 120", "known · cpu", "开路 × 1"):
        assert said in details(clerk), said


def test_a_part_kept_without_its_picture_says_so_in_its_place(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    kept(clerk, [], picture=KeepPicture.NONE)
    page = clerk.window.records
    clerk.until(lambda: page.part.words != " ")
    assert not page.part.has_picture
    assert clerk.window.notices.codes == ()


def test_a_verdict_is_overruled_with_a_reason_and_taken_back_again(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    kept(clerk, [open_circuit(0.9)])
    overrule(clerk, "1", "4", ENTER)
    clerk.until(lambda: rows(clerk)[0][2:] == ["合格", "改判"])
    clerk.press(Qt.Key.Key_F6)
    assert "灰尘" in details(clerk)
    assert "不合格" in details(clerk)
    clerk.press("Ctrl+Z")
    clerk.until(lambda: rows(clerk)[0][2:] == ["不合格", ""])


def test_undoing_a_second_word_lets_the_first_one_count_again(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    (record,) = kept(clerk, [open_circuit(0.9)])
    overrule(clerk, "1", "4", ENTER)
    clerk.until(lambda: rows(clerk)[0][2:] == ["合格", "改判"])
    overrule(clerk, "3", "5", ENTER)
    clerk.until(lambda: rows(clerk)[0][2:] == ["待复核", "改判"])
    clerk.press("Ctrl+Z")
    clerk.until(lambda: rows(clerk)[0][2:] == ["合格", "改判"])
    assert clerk.records()[0].id == record.id


def test_a_document_is_not_overruled_and_a_part_is_not_corrected(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    clerk.application.jobs.ask(lambda store: store.keep(inspection(card())), lambda _r: None)
    kept(clerk, [open_circuit(0.9)])
    page = clerk.window.records
    clerk.until(lambda: page.model.rowCount() == 2)
    enabled = []
    for row in range(2):
        page.table.selectRow(row)
        enabled.append((page.keys.overrule.isEnabled(), page.keys.correct.isEnabled()))
    assert enabled == [(True, False), (False, True)]


def test_records_are_narrowed_to_a_workplace_a_recipe_or_what_waits(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    clerk.application.jobs.ask(lambda store: store.keep(inspection(card())), lambda _r: None)
    kept(clerk, [open_circuit(0.9)], [spur(0.4)], [])
    page = clerk.window.records
    clerk.until(lambda: page.model.rowCount() == 4)
    filters = page.filters
    filters.kind.chosen.emit(("workplace", PARTS))
    clerk.until(lambda: page.model.total == 3)
    filters.kind.chosen.emit(("recipe", "another"))
    clerk.until(lambda: page.model.total == 0)
    assert page.model.query.recipe == "another"
    filters.kind.chosen.emit(("recipe", "pcb"))
    filters.decision.chosen.emit(WAITING)
    clerk.until(lambda: page.model.total == 1)
    filters.decision.chosen.emit("NG")
    clerk.until(lambda: page.model.query.decision == "NG" and page.model.total == 1)
    filters.kind.chosen.emit(("workplace", "documents"))
    filters.decision.chosen.emit(None)
    clerk.until(lambda: page.model.total == 1 and rows(clerk)[0][0].startswith("身份证"))


def test_the_recipes_of_the_shelf_are_offered_to_narrow_the_parts(make_clerk: MakeClerk) -> None:
    clerk = make_clerk()
    kept(clerk, [])
    filters = clerk.window.records.filters
    clerk.until(lambda: filters.kind.offers(("recipe", "pcb")))


def test_what_waits_is_exported_as_a_training_set_and_leaves_the_queue(
    make_clerk: MakeClerk, tmp_path: Path
) -> None:
    clerk = make_clerk()
    kept(clerk, [open_circuit(0.9)], [spur(0.4)], [])
    page = clerk.window.records
    page.relabel_to(tmp_path / "set")
    clerk.until(lambda: clerk.window.notices.codes == ("relabelled",))
    assert "1" in clerk.window.notices.sentence
    listing = json.loads((tmp_path / "set" / "annotations.json").read_text("utf-8"))
    assert len(listing["images"]) == len(listing["annotations"]) == 1
    page.relabel_to(tmp_path / "again")
    clerk.until(lambda: "没有" in clerk.window.notices.sentence)
    assert not (tmp_path / "again").exists()


def test_parts_are_exported_as_a_spreadsheet_too(make_clerk: MakeClerk, tmp_path: Path) -> None:
    clerk = make_clerk()
    kept(clerk, [open_circuit(0.9)], [])
    clerk.window.records.export_to(tmp_path / "parts.xlsx")
    clerk.until(lambda: clerk.window.notices.codes == ("exported",))
    sheet = openpyxl.load_workbook(tmp_path / "parts.xlsx").worksheets[0]
    assert sheet.max_row == 3


@pytest.mark.parametrize("decision", list(Decision))
def test_every_decision_can_be_asked_for(make_clerk: MakeClerk, decision: Decision) -> None:
    clerk = make_clerk()
    clerk.press("Ctrl+3")
    assert clerk.window.records.filters.decision.offers(str(decision))
