"""Which workplace the window opens on, and that two of them never hold a camera at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.line import LineState
from app.station import StationState
from desktop.conftest import MakeWorker
from desktop.line_parts import OPEN, draw_board

SIZES = (1.0, 1.5, 2.0)
LANGUAGES = ("zh_CN", "en")


@pytest.mark.parametrize(("key", "name"), [("1", "counter"), ("2", "line")])
def test_the_first_start_asks_one_question_and_opens_what_was_chosen(
    make_worker: MakeWorker, key: str, name: str
) -> None:
    worker = make_worker(workplace="")
    assert worker.window.welcome.isVisible()
    assert not worker.window.rail.isVisible()
    assert worker.application.bridge.station is None
    assert not worker.post.is_open
    worker.press(key)
    assert worker.window.page == name
    assert worker.window.rail.isVisible()
    worker.until(lambda: bool(worker.settings_written))
    assert worker.settings_written[-1].station.workplace == name
    worker.until(lambda: worker.post.is_open or worker.application.bridge.station is not None)
    assert worker.post.is_open is (name == "line")


def test_the_window_opens_on_the_line_it_was_left_on_and_the_counter_waits(
    make_worker: MakeWorker,
) -> None:
    first = make_worker(workplace="counter")
    first.press("Ctrl+2")
    first.ready()
    first.window.close()
    again = make_worker(workplace="counter")
    assert again.window.page == "line"
    again.ready()
    assert again.application.intake.state is StationState.STOPPED


def test_the_line_runs_behind_the_records_that_the_window_was_left_on(
    make_worker: MakeWorker,
) -> None:
    first = make_worker()
    first.press("Ctrl+3")
    first.window.close()
    again = make_worker()
    assert again.window.page == "records"
    again.ready()


def test_changing_over_and_back_at_once_ends_with_one_workplace_at_work(
    make_worker: MakeWorker,
) -> None:
    worker = make_worker()
    for _ in range(3):
        worker.press("Ctrl+1", "Ctrl+2")
    worker.ready()
    assert worker.application.bridge.station is None
    worker.press("Ctrl+1")
    worker.until(lambda: worker.application.intake.state is StationState.RUNNING)
    assert worker.post.state is LineState.STOPPED


def test_a_file_dropped_on_the_line_is_read_at_the_counter_and_its_source_follows(
    make_worker: MakeWorker, tmp_path: Path
) -> None:
    worker = make_worker()
    worker.ready()
    board = draw_board(tmp_path / "dropped.png")
    worker.window.dropped.emit([board])
    assert worker.window.page == "counter"
    worker.until(lambda: worker.application.desk.slip is not None)
    slip = worker.application.desk.slip
    assert slip is not None
    assert slip.frame.source == str(board)
    worker.until(lambda: worker.application.intake.state is StationState.RUNNING)
    assert not worker.application.intake.is_visiting


def test_what_the_line_judged_is_in_the_count_of_the_day(make_worker: MakeWorker) -> None:
    worker = make_worker()
    worker.ready()
    worker.judge(OPEN)
    worker.until(lambda: worker.window.status.today == (1, 0))


def test_another_engine_opens_the_line_anew(make_worker: MakeWorker) -> None:
    worker = make_worker()
    worker.ready()
    before = worker.post.host.line
    settings = worker.application.settings
    reader = settings.reader.model_copy(update={"threads": 1})
    worker.application.change(settings.model_copy(update={"reader": reader}))
    worker.until(lambda: worker.post.host.line is not before and worker.post.is_open)
    worker.ready()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_line_fits_the_smallest_screen_with_every_key_in_sight(
    make_worker: MakeWorker, size: float, language: str
) -> None:
    worker = make_worker(language=language)
    worker.application.look.wear("dark", size)
    worker.ready()
    for _ in range(3):
        worker.qt.processEvents()
    assert (worker.window.width(), worker.window.height()) == (1366, 768)
    for button in worker.page.bar.buttons:
        corner = button.mapTo(worker.window, button.rect().bottomRight())
        assert worker.window.rect().contains(corner)
        assert button.width() >= button.sizeHint().width()


def test_f1_lists_every_key_of_the_line(make_worker: MakeWorker) -> None:
    worker = make_worker()
    worker.press(Qt.Key.Key_F1)
    shown = worker.window.keys_sheet.texts()
    assert [a.text() for a in worker.page.keys.all if a.text() not in shown] == []
    worker.press(Qt.Key.Key_Return)
