"""The recipes page: drawing, limits judged live, undo, versions, saving, faults beside fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.desktop.controls.field_lines import FieldLines
from app.desktop.controls.stepper import Stepper
from app.desktop.recipes.fates import Fate
from app.desktop.recipes.page import RecipesPage
from app.desktop.recipes.words import LIMITS, PICTURE, SHEETS
from app.recipes import Bound, Limits, Recipe, bound_to
from app.records.entry import KeepPicture
from desktop.recipe_parts import PCB, Workshop, open_circuit, spur

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
BOUND = Bound.model_validate(
    {
        "escapes": 0.005, "confidence": 0.95, "ng_parts": 600, "escaped": 0, "ok_parts": 400,
        "false_alarms": 1, "reviewed": 3, "models": ("ab" * 32,), "at": "2026-05-04T08:00:00Z",
    }
)  # fmt: skip


def stepper(lines: FieldLines, name: str) -> Stepper:
    control = lines.lines[name].control
    assert isinstance(control, Stepper)
    return control


def type_in(lines: FieldLines, name: str, number: str) -> None:
    edit = stepper(lines, name).focusProxy()
    assert isinstance(edit, QLineEdit)
    edit.setText(number)
    edit.editingFinished.emit()


def recipe(page: RecipesPage) -> Recipe:
    assert page.stock.draft is not None
    return page.stock.draft.recipe


def with_a_part(workshop: Workshop) -> RecipesPage:
    workshop.keep(workshop.shelf.load("pcb"), [open_circuit(0.9), spur(0.4)])
    return workshop.open()


def test_the_newest_recorded_part_is_in_sight_with_what_becomes_of_each_defect(
    workshop: Workshop,
) -> None:
    page = with_a_part(workshop)
    assert page.canvas.has_picture
    assert [each.fate for each in page.canvas.found] == [Fate.NG, Fate.REVIEW]
    assert workshop.decision() == "不合格"
    assert "开路" in page.verdict.sentence


def test_without_records_a_bundled_board_is_in_sight(workshop: Workshop) -> None:
    page = workshop.open()
    assert page.sight.part is not None
    assert page.sight.part.name.startswith("board")
    assert not page.keys.older.isEnabled()


def test_a_changed_limit_judges_the_part_anew_without_the_model(workshop: Workshop) -> None:
    page = with_a_part(workshop)
    looked = len(workshop.opened_readers)
    page.form.limits.table.choose("open")
    type_in(page.form.limits.lines, "score", "0.95")
    assert recipe(page).defects == {"open": Limits(score=0.95)}
    assert workshop.decision() == "待复核"
    page.form.limits.table.choose("")
    type_in(page.form.limits.lines, "smallest", "25")
    assert page.canvas.squares[0].side == 25
    assert len(workshop.opened_readers) == looked


def test_every_change_is_undone_and_redone_by_its_key(workshop: Workshop) -> None:
    page = with_a_part(workshop)
    type_in(page.form.limits.lines, "score", "0.95")
    page.form.recipe.changed.emit("trigger", "hand")
    workshop.press(page.canvas, Qt.Key.Key_Z, Qt.Key.Key_Z, held=CTRL)
    assert recipe(page) == PCB
    assert not page.keys.save.isEnabled()
    workshop.press(page.canvas, Qt.Key.Key_Y, held=CTRL)
    assert recipe(page).others.score == 0.95


def test_undo_reaches_the_page_from_a_number_that_was_just_typed(workshop: Workshop) -> None:
    page = with_a_part(workshop)
    type_in(page.form.limits.lines, "score", "0.95")
    control = stepper(page.form.limits.lines, "score")
    control.setFocus()
    workshop.press(control.focusProxy(), Qt.Key.Key_Z, held=CTRL)
    assert recipe(page) == PCB


def test_a_number_that_no_recipe_may_hold_is_told_beside_it_and_not_taken(
    workshop: Workshop,
) -> None:
    page = with_a_part(workshop)
    lines = page.form.limits.lines
    type_in(lines, "review", "0.9")
    assert recipe(page) == PCB
    assert "不能高于" in lines.lines["review"].fault
    type_in(lines, "review", "0.3")
    assert lines.lines["review"].fault == ""
    assert "0.25" in lines.lines["review"].hint


def test_a_kind_has_the_limits_of_every_defect_again_by_one_key(workshop: Workshop) -> None:
    page = with_a_part(workshop)
    page.form.limits.table.choose("spur")
    type_in(page.form.limits.lines, "score", "0.95")
    page.form.limits.as_every.trigger()
    assert recipe(page) == PCB


def test_a_region_drawn_with_the_mouse_dims_the_rest_and_the_model_looks_again(
    workshop: Workshop,
) -> None:
    page = with_a_part(workshop)
    eye = page.canvas.hand.eye
    page.keys.region.trigger()
    corners = [eye.rect((x, y, x, y)).topLeft().toPoint() for x, y in ((60, 60), (400, 300))]
    QTest.mousePress(page.canvas, Qt.MouseButton.LeftButton, pos=corners[0])
    QTest.mouseMove(page.canvas, corners[1] - QPoint(5, 5))
    QTest.mouseMove(page.canvas, corners[1])
    QTest.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, pos=corners[1])
    region = recipe(page).region
    assert region is not None
    assert region == pytest.approx((60, 60, 400, 300), abs=2)
    looked = len(workshop.opened_readers)
    workshop.until(lambda: len(workshop.opened_readers) > looked)
    assert workshop.opened_readers[-1][0].region == region


def test_a_mask_is_placed_moved_and_removed_with_keys_alone(workshop: Workshop) -> None:
    page = with_a_part(workshop)
    workshop.press(page.canvas, Qt.Key.Key_M, ENTER, Qt.Key.Key_Right)
    assert recipe(page).masks == ((257, 192, 385, 288),)
    assert Fate.OUTSIDE in [each.fate for each in page.canvas.found]
    workshop.press(page.canvas, Qt.Key.Key_Delete)
    assert recipe(page).masks == ()
    assert "现无" in page.form.picture.area_words("masks")


def test_saving_says_what_changes_and_makes_the_next_version(workshop: Workshop) -> None:
    page = with_a_part(workshop)
    saved: list[object] = []
    page.saved.connect(saved.append)
    type_in(page.form.limits.lines, "score", "0.6")
    page.keys.save.trigger()
    assert "0.5 → 0.6" in page.strip.words
    page.strip.note.setText("太多误报")
    workshop.press(page.strip.note, ENTER)
    workshop.until(lambda: bool(saved))
    newest = workshop.shelf.load("pcb")
    assert (newest.version, newest.note, newest.recipe.others.score) == (2, "太多误报", 0.6)
    assert saved == [newest]
    workshop.until(lambda: len(page.stock.versions) == 2)
    assert not page.keys.save.isEnabled()
    assert page.top.versions.text() == "第 2 版"


def test_an_old_version_is_looked_at_and_made_the_newest_again(workshop: Workshop) -> None:
    workshop.shelf.save("pcb", PCB.model_copy(update={"others": Limits(score=0.8)}))
    page = workshop.open()
    page.stock.show_version(1)
    assert recipe(page) == PCB
    assert page.top.versions.text() == "第 1 版（最新为第 2 版）"
    page.keys.save.trigger()
    page.strip.save.trigger()
    workshop.until(lambda: workshop.shelf.versions("pcb") == (1, 2, 3))
    assert workshop.shelf.load("pcb").recipe == PCB


def test_a_new_recipe_begins_with_what_is_in_sight_under_a_name_of_its_own(
    workshop: Workshop,
) -> None:
    page = with_a_part(workshop)
    type_in(page.form.limits.lines, "score", "0.6")
    page.keys.new.trigger()
    assert not page.strip.save.isEnabled()
    for name in ("pcb", "Board B"):
        page.strip.name.setText(name)
        assert not page.strip.save.isEnabled()
    page.strip.name.setText("board-b")
    page.strip.save.trigger()
    workshop.until(lambda: page.stock.draft is not None and page.stock.draft.name == "board-b")
    assert workshop.shelf.load("board-b").recipe.others.score == 0.6
    assert workshop.shelf.versions("pcb") == (1,)
    page.open_recipe("pcb")
    workshop.until(lambda: page.stock.draft is not None and page.stock.draft.name == "pcb")
    assert recipe(page).others.score == 0.6  # what was begun there is still in work


def test_what_was_not_saved_is_there_again_at_the_next_start_and_can_be_undone(
    workshop: Workshop,
) -> None:
    page = workshop.open()
    type_in(page.form.limits.lines, "score", "0.6")
    workshop.close_page()
    again = workshop.open()
    assert recipe(again).others.score == 0.6
    again.keys.undo.trigger()
    assert recipe(again) == PCB
    workshop.close_page()
    assert recipe(workshop.open()) == PCB


def test_a_bound_is_shown_and_a_change_that_drops_it_says_so_before_saving(
    workshop: Workshop,
) -> None:
    workshop.shelf.save("pcb", bound_to(PCB, BOUND))
    page = workshop.open()
    assert page.top.bound_words == "漏检率 < 0.5 %（置信度 95 %）"
    page.form.recipe.changed.emit("title", "新名称")
    assert "失效" not in page.top.bound_words
    type_in(page.form.limits.lines, "score", "0.6")
    assert "失效" in page.top.bound_words
    page.keys.save.trigger()
    assert "原证明不再成立" in page.strip.words
    page.strip.save.trigger()
    workshop.until(lambda: page.stock.draft is not None and not page.stock.draft.is_changed)
    assert workshop.shelf.load("pcb").recipe.bound is None


def test_faults_are_sentences_beside_their_fields_and_mark_the_sheet(workshop: Workshop) -> None:
    wrong = {"defects": {"spurr": Limits()}, "region": (0, 0, 5000, 5000)}
    workshop.shelf.save("pcb", PCB.model_copy(update=wrong))
    page = workshop.open()
    workshop.until(lambda: "5000" in page.form.picture.area_words("region"))
    assert "spurr" in page.form.limits.fault
    tabs = [page.form.tabs.words(name) for name in SHEETS]
    assert [text.endswith("!") for text in tabs] == [True, True, False, False]


def test_a_part_that_the_region_does_not_fit_is_not_judged_at_all(workshop: Workshop) -> None:
    workshop.shelf.save("pcb", PCB.model_copy(update={"region": (0, 0, 5000, 5000)}))
    page = workshop.open()
    workshop.until(lambda: page.sight.fault is not None)
    assert page.canvas.found == ()
    assert "合格" not in page.verdict.sentence


def test_parts_are_gone_through_from_new_to_old_and_back(workshop: Workshop) -> None:
    version = workshop.shelf.load("pcb")
    workshop.keep(version, [open_circuit(0.9)], [], [spur(0.4)])
    page = workshop.open()
    said = [workshop.decision()]
    for key in (page.keys.older, page.keys.older, page.keys.newer):
        key.trigger()
        place = page.sight.place + (1 if key is page.keys.older else -1)
        workshop.until(lambda place=place: page.sight.place == place and workshop.is_seen())  # type: ignore[misc]
        said.append(workshop.decision())
    assert said == ["待复核", "合格", "不合格", "合格"]


def test_a_record_without_a_picture_is_passed_over(workshop: Workshop) -> None:
    version = workshop.shelf.load("pcb")
    workshop.keep(version, [spur(0.4)])
    workshop.keep(version, [open_circuit(0.9)], picture=KeepPicture.NONE)
    page = workshop.open()
    assert page.sight.place == 1
    assert workshop.decision() == "待复核"


def test_a_file_is_opened_by_hand_and_one_that_is_no_picture_is_told(
    workshop: Workshop, tmp_path: Path
) -> None:
    page = workshop.open()
    broken = tmp_path / "notes.png"
    broken.write_text("no picture")
    page.open_paths([broken])
    workshop.until(lambda: bool(workshop.failures))
    assert page.canvas.has_picture


def test_the_recipe_is_handed_to_the_line_by_its_key_once_it_is_saved(workshop: Workshop) -> None:
    page = workshop.open()
    chosen: list[str] = []
    page.chosen.connect(chosen.append)
    workshop.press(page.canvas, Qt.Key.Key_F5)
    assert chosen == ["pcb"]
    type_in(page.form.limits.lines, "score", "0.6")
    workshop.press(page.canvas, Qt.Key.Key_F5)
    assert page.strip.isVisible()
    assert chosen == ["pcb"]


def test_sheets_follow_one_another_by_a_key(workshop: Workshop) -> None:
    page = workshop.open()
    assert page.form.sheet == LIMITS
    workshop.press(page.canvas, Qt.Key.Key_F6)
    assert page.form.sheet == PICTURE
    for _ in range(3):
        page.keys.sheet.trigger()
    assert page.form.sheet == LIMITS


def test_what_was_saved_elsewhere_is_taken_over_and_what_was_begun_stays_on_top(
    workshop: Workshop,
) -> None:
    page = workshop.open()
    workshop.shelf.save("pcb", PCB.model_copy(update={"title": "别处"}))
    page.stock.renew()
    workshop.until(lambda: recipe(page).title == "别处")
    type_in(page.form.limits.lines, "score", "0.6")
    workshop.shelf.save("pcb", PCB.model_copy(update={"title": "又一处"}))
    page.stock.renew()
    workshop.until(lambda: page.stock.draft is not None and page.stock.draft.newest.version == 3)
    assert (recipe(page).title, recipe(page).others.score) == ("别处", 0.6)
    assert page.keys.save.isEnabled()
