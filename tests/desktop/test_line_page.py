"""The line as its inspector meets it: verdicts, keys, locks, faults, on a real line."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.desktop.line import host, page
from app.desktop.notices import Notice
from app.language import message
from app.line import Drift, LineState, Lock, Tally
from app.station import Problem
from app.vocabulary import Decision
from desktop.conftest import MakeWorker
from desktop.line_parts import MARK, OPEN, PERHAPS, SIZE, Worker, draw_board


@pytest.fixture
def worker(make_worker: MakeWorker) -> Worker:
    worker = make_worker()
    worker.ready()
    return worker


def test_a_verdict_is_told_by_word_colour_and_shape_with_its_reason(worker: Worker) -> None:
    told = []
    for found in ((), (OPEN,), (PERHAPS,)):
        worker.judge(*found)
        face = worker.page.verdict.face
        told.append((face.word, face.tone, face.icon))
    assert told == [
        ("合格", "verdict_ok", "verdict-ok"),
        ("不合格", "verdict_ng", "verdict-ng"),
        ("待复核", "verdict_review", "verdict-review"),
    ]
    assert "短路" in worker.page.verdict.face.sentence


def test_the_whole_page_is_framed_in_colour_while_an_ng_part_stands(worker: Worker) -> None:
    worker.judge(OPEN)
    assert worker.page.halo == "verdict_ng"
    worker.judge()
    assert worker.page.halo == ""


def test_defects_are_marked_on_the_live_picture_of_the_part_they_were_found_on(
    worker: Worker,
) -> None:
    worker.judge(OPEN, PERHAPS)
    worker.until(lambda: len(worker.page.live.marks) == 2)
    assert [mark.is_ng for mark in worker.page.live.marks] == [False, True]
    assert worker.page.live.is_live


def test_numbers_of_the_shift_follow_each_part(worker: Worker) -> None:
    for found in ((), (OPEN,), ()):
        worker.judge(*found)
    assert worker.page.figures.large == ("件数 3", "合格率 66.7%")
    assert "不合格 1" in worker.page.figures.small


def test_space_pauses_and_a_single_step_is_judged_while_paused(worker: Worker) -> None:
    worker.judge()
    worker.press(Qt.Key.Key_Space)
    worker.until(lambda: worker.post.state is LineState.PAUSED)
    assert worker.page.verdict.face.word == "暂停"
    worker.judge(OPEN)
    assert worker.page.verdict.face.word == "不合格"
    assert "已暂停" in worker.page.verdict.face.sentence
    worker.press(Qt.Key.Key_Space)
    worker.ready()


def test_a_locked_line_shows_its_lock_and_never_the_last_ok(worker: Worker) -> None:
    worker.judge()
    line = worker.post.host.line
    assert line is not None
    line.lock(Lock("guard-open", message("The guard is open."), message("Close it.")))
    worker.until(lambda: worker.post.state is LineState.LOCKED)
    face = worker.page.verdict.face
    assert (face.word, face.icon) == ("锁定", "lock")
    assert "The guard is open." in face.sentence
    assert worker.window.notices.codes == ("guard-open",)
    assert not worker.page.keys.trigger.isEnabled()
    line.unlock("guard-open")
    worker.ready()
    assert worker.page.verdict.face.word == "等待"
    assert not worker.window.notices.isVisible()


def test_a_camera_that_is_not_there_is_told_in_the_place_of_the_verdict(
    make_worker: MakeWorker, tmp_path: Path
) -> None:
    worker = make_worker(source=f"replay:{tmp_path / 'nowhere'}?live=1")
    worker.until(lambda: worker.post.state is LineState.FAULTED)
    assert worker.page.verdict.face.word == "故障"
    assert worker.post.problem is not None
    assert worker.page.verdict.face.sentence.count("nowhere") == 1
    assert len(worker.window.notices.codes) == 1


def test_a_recipe_that_does_not_exist_stops_the_line_with_a_sentence(
    make_worker: MakeWorker,
) -> None:
    worker = make_worker()
    worker.ready()
    worker.application.line.use_recipe("bord")
    worker.until(lambda: "recipe-unknown" in worker.window.notices.codes)
    assert worker.post.state is LineState.STOPPED
    assert "bord" in worker.page.verdict.face.sentence
    worker.application.line.use_recipe("board")
    worker.ready()
    assert worker.window.notices.codes == ()


def test_an_overruled_verdict_is_shown_and_kept_and_undo_takes_it_back(worker: Worker) -> None:
    worker.judge(OPEN)
    worker.press(Qt.Key.Key_O)
    assert worker.page.card.isVisible()
    worker.press("4", Qt.Key.Key_Return)
    assert not worker.page.card.isVisible()
    assert worker.page.verdict.face.word == "合格"
    assert "已改判，原为不合格" in worker.page.verdict.face.sentence
    worker.until(lambda: worker.overruled() is Decision.OK)
    assert worker.records(1)[0].overruled is not None
    worker.press("Ctrl+Z")
    assert worker.page.verdict.face.word == "不合格"
    worker.until(lambda: worker.overruled() is None)


def test_a_word_against_a_verdict_needs_a_reason_and_escape_says_nothing(worker: Worker) -> None:
    worker.judge()
    worker.press(Qt.Key.Key_O, "3")
    assert not worker.page.card.confirm.isEnabled()
    worker.press("x")
    assert worker.page.card.typed.text() == "x"
    assert worker.page.card.confirm.isEnabled()
    worker.press(Qt.Key.Key_Escape)
    assert not worker.page.card.isVisible()
    assert worker.post.done == []


def test_an_ng_part_is_held_beside_the_last_good_one_while_the_line_runs_on(
    worker: Worker,
) -> None:
    worker.judge()
    worker.judge(OPEN)
    worker.judge(PERHAPS)
    worker.until(lambda: len(worker.page.strip.parts) == 1)
    QTest.mouseClick(worker.page.strip, Qt.MouseButton.LeftButton, pos=QPointF(20, 20).toPoint())
    worker.until(lambda: len(worker.page.compare.sights) == 2)
    ng, good = worker.page.compare.sights
    assert ng.tone == "verdict_ng"
    assert good.tone == "verdict_ok"
    assert ng.image is not None
    assert worker.page.compare.isVisible()
    worker.judge()
    assert worker.page.compare.isVisible()
    worker.press(Qt.Key.Key_Escape)
    assert worker.page.live.isVisible()


def test_one_key_goes_through_the_ng_parts_newest_first(worker: Worker) -> None:
    for _ in range(2):
        worker.judge(OPEN)
    worker.until(lambda: len(worker.post.parts) == 2)
    ids = [part.record_id for part in worker.post.parts]
    held = []
    for _ in range(3):
        worker.press(Qt.Key.Key_N)
        held.append(worker.post.held and worker.post.held.record_id)
    assert held == [ids[0], ids[1], ids[0]]


def test_going_to_the_counter_ends_the_line_and_coming_back_counts_on(worker: Worker) -> None:
    worker.judge(OPEN)
    worker.press("Ctrl+1")
    worker.until(lambda: worker.application.bridge.station is not None)
    assert not worker.post.is_open
    worker.press("Ctrl+2")
    worker.ready()
    assert worker.application.bridge.station is None
    worker.until(lambda: worker.page.figures.large[0] == "件数 1")


def test_a_running_line_runs_on_while_records_are_looked_at(worker: Worker) -> None:
    worker.press("Ctrl+3")
    line = worker.post.host.line
    assert line is not None
    line.trigger()
    worker.until(lambda: worker.post.seen is not None)
    assert worker.post.state in (LineState.RUNNING, LineState.WAITING)


def test_the_sound_is_switched_by_a_key_and_remembered(worker: Worker) -> None:
    worker.press(Qt.Key.Key_M)
    worker.until(lambda: bool(worker.settings_written))
    assert worker.settings_written[-1].line.sound
    worker.press(Qt.Key.Key_M)
    worker.until(lambda: not worker.settings_written[-1].line.sound)


def test_another_chart_comes_into_sight_at_a_key(worker: Worker) -> None:
    worker.judge(OPEN)
    names = [worker.page.charts.name]
    for _ in range(2):
        worker.press(Qt.Key.Key_C)
        worker.qt.processEvents()
        names.append(worker.page.charts.name)
    assert names == ["process", "pareto", "process"]


def test_golden_parts_open_a_line_that_is_locked_until_they_are_judged(
    make_worker: MakeWorker, own_home: Path
) -> None:
    for kind in ("good", "bad"):
        draw_board(own_home / "golden" / "boards" / kind / "board.png")
    worker = make_worker(recipe={"golden": {"parts": "boards"}})
    worker.until(lambda: worker.post.state is LineState.LOCKED)
    assert worker.window.notices.codes == ("golden-due",)
    worker.press(Qt.Key.Key_G)
    desk = worker.application.line.golden
    worker.until(lambda: desk.check is not None and desk.check.is_over)
    assert desk.check is not None
    assert [checked.part.passed for checked in desk.check.results] == [True, True]
    assert worker.page.golden.isVisible()
    assert "2 件点检样件全部判定正确" in worker.page.golden.strip.sentence
    worker.ready()
    worker.press(Qt.Key.Key_Escape)
    assert worker.page.live.isVisible()


def test_golden_parts_that_do_not_exist_are_told_and_the_line_stays_locked(
    make_worker: MakeWorker,
) -> None:
    worker = make_worker(recipe={"golden": {"parts": "boards"}})
    worker.until(lambda: worker.post.state is LineState.LOCKED)
    worker.press(Qt.Key.Key_G)
    worker.until(lambda: "golden-unknown" in worker.window.notices.codes)
    assert worker.post.state is LineState.LOCKED


def test_nothing_is_scaled_or_judged_in_the_thread_of_the_window(
    make_worker: MakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()

    def watched(module: object, name: str) -> None:
        real = getattr(module, name)

        def call(*given: object) -> object:
            threads.add(threading.get_ident())
            return real(*given)

        monkeypatch.setattr(module, name, call)

    for module, name in ((host, "live"), (host, "kept"), (host, "look_of"), (page, "beside")):
        watched(module, name)
    worker = make_worker()
    watched(worker.reader, "read")
    worker.ready()
    worker.judge(OPEN)
    worker.until(lambda: bool(worker.post.parts))
    worker.press(Qt.Key.Key_N)
    worker.until(lambda: bool(worker.page.compare.sights))
    assert len(threads) >= 3
    assert threading.get_ident() not in threads


def test_what_drifts_is_told_once_and_taken_back_when_it_is_steady(worker: Worker) -> None:
    told: list[Notice] = []
    worker.application.line.noticed.connect(told.append)
    drift = Drift("camera-dark", message("The picture grew darker."), message("Look at the lamp."))
    tally = Tally(datetime.now(UTC), drifts=(drift,))
    for each in (tally, tally, Tally(datetime.now(UTC))):
        worker.post.host.counted.emit(each)
        worker.qt.processEvents()
    assert [notice.code for notice in told] == ["camera-dark"]
    assert worker.window.notices.codes == ()


def test_the_picture_of_a_camera_that_is_gone_does_not_stay(worker: Worker) -> None:
    worker.until(lambda: worker.page.live.is_live)
    worker.application.line.use_source("v4l2:/dev/video99")
    worker.until(lambda: worker.post.state is LineState.FAULTED)
    assert not worker.page.live.is_live


def test_no_live_picture_is_made_while_nobody_looks(worker: Worker) -> None:
    worker.until(lambda: worker.page.live.is_live)
    worker.press("Ctrl+3")
    worker.post.host.take_shot()
    seen: list[None] = []
    worker.post.host.previewed.connect(lambda: seen.append(None))
    worker.post.host.frame_rate()
    worker.until(lambda: worker.post.host.frame_rate() > 0)
    assert seen == []


def test_the_bar_says_recipe_bound_state_and_what_really_ran(worker: Worker) -> None:
    worker.judge()
    assert worker.page.top.words.startswith("board v1 无漏检上限：请标定")
    assert worker.page.top.words.endswith(" CPU")
    assert worker.page.live.room()[0] > SIZE[0]


def test_a_device_that_took_the_place_of_another_is_named_in_red(worker: Worker) -> None:
    why = message("The driver does not answer.")
    worker.reader.mark = replace(MARK, note=why, is_fallback=True)
    worker.judge()
    assert worker.page.top.words.endswith("CPU，未用 NPU")
    engine = worker.page.top.engine
    assert engine.property("role") == "wrong"
    assert "The driver does not answer." in engine.toolTip()


def test_a_bug_in_a_thread_of_the_line_takes_its_last_verdict_away_and_space_starts_anew(
    worker: Worker,
) -> None:
    worker.expects_a_bug = True
    worker.judge()
    worker.reader.found = None  # type: ignore[assignment]
    worker.press(Qt.Key.Key_T)
    worker.until(lambda: worker.window.notices.codes == ("crash",))
    worker.until(lambda: worker.post.state is LineState.STOPPED)
    assert worker.page.verdict.face.word == "停止"
    worker.reader.found = ()
    worker.press(Qt.Key.Key_Space)
    worker.ready()
    worker.judge()
    assert worker.page.verdict.face.word == "合格"


def test_parts_that_a_line_could_not_record_are_told_although_another_one_runs(
    worker: Worker,
) -> None:
    told = Problem(message("Two parts could not be recorded."), message(""), host.UNRECORDED)
    worker.post.host._tell(0, told)  # what the line before says at its very end
    worker.until(lambda: worker.window.notices.codes == (host.UNRECORDED,))
