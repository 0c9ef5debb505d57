"""The frame of the window: pages, keys, notices, language, places, and no thread that blocks it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction

from app import paths
from app.desktop import bridge
from app.desktop.counter import errands
from app.desktop.notices import Notice
from app.errors import SourceLost
from app.language import message
from app.vocabulary import Reading
from desktop.conftest import MakeClerk
from desktop.window_parts import Tray, card


def lost() -> SourceLost:
    return SourceLost("The camera {device} is gone.", "Plug it in.", "camera-lost", device="2")


def notice(code: str, words: str) -> Notice:
    return Notice(message(words), message(""), code)


def test_every_page_has_a_key(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    for key, name in (
        ("Ctrl+3", "records"),
        ("Ctrl+4", "recipes"),
        ("Ctrl+,", "settings"),
        ("Ctrl+1", "counter"),
    ):
        clerk.press(key)
        assert clerk.window.page == name


def test_the_window_opens_on_the_page_it_was_left_on(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.press("Ctrl+3")
    clerk.window.close()
    again = make_clerk(card())
    assert again.window.page == "records"


def test_size_and_place_of_the_window_are_kept_apart_from_the_settings(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card())
    clerk.window.close()
    places = QSettings(str(paths.home() / "window.ini"), QSettings.Format.IniFormat)
    assert places.contains("geometry")
    assert not paths.settings_file().exists()


def test_f1_shows_every_key_of_the_page_and_any_key_puts_the_sheet_away(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press(Qt.Key.Key_F1)
    sheet = clerk.window.keys_sheet
    assert sheet.isVisible()
    shown = sheet.texts()
    actions: Iterable[QAction] = clerk.counter.findChildren(QAction)
    for action in actions:
        if not action.shortcut().isEmpty():
            assert action.text() in shown
    clerk.press(Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert clerk.desk.slip is not None
    assert clerk.hand() == "name"


def test_a_question_mark_shows_the_keys_even_in_a_field(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press("?")
    assert clerk.window.keys_sheet.isVisible()
    assert clerk.value("name") == "李喆"


def test_the_same_problem_replaces_its_predecessor_and_solved_takes_it_away(
    make_clerk: MakeClerk,
) -> None:
    notices = make_clerk(card()).window.notices
    notices.tell(notice("disk-full", "The disk is full."))
    notices.tell(notice("camera-lost", "The camera is gone."))
    notices.tell(notice("camera-lost", "The camera is still gone."))
    assert notices.codes == ("disk-full", "camera-lost")
    assert notices.sentence == "The camera is still gone."
    notices.solve("camera-lost")
    assert notices.sentence == "The disk is full."
    notices.action.trigger()
    assert not notices.isVisible()


def test_a_lost_camera_is_told_once_and_taken_back_when_it_returns(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.source.frames.appendleft(lost())
    clerk.press(Qt.Key.Key_F5)
    clerk.until(lambda: clerk.window.notices.isVisible())
    assert clerk.window.notices.codes == ("camera-lost",)
    clerk.until(lambda: clerk.desk.slip is not None)
    clerk.until(lambda: not clerk.window.notices.isVisible())


def test_the_language_changes_at_once_and_so_do_core_messages(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    assert clerk.counter.keys.capture.text() == "拍摄"
    assert "待复核" in clerk.counter.verdict.sentence
    desktop = clerk.application.settings.desktop.model_copy(update={"language": "en"})
    clerk.application.change(clerk.application.settings.model_copy(update={"desktop": desktop}))
    clerk.until(lambda: "REVIEW" in clerk.counter.verdict.sentence)
    assert clerk.counter.keys.capture.text() == "Capture"
    assert clerk.row("name").title == "Name"
    assert clerk.hand() == "name"


@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN.UTF-8", "拍摄"), ("de_DE.UTF-8", "Capture")]
)
def test_without_a_choice_the_window_speaks_the_language_of_the_system(
    make_clerk: MakeClerk, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("LANG", language)
    clerk = make_clerk(card(), language="")
    assert clerk.counter.keys.capture.text() == word


def test_a_live_picture_is_shown_until_a_page_is_read(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(Reading(), card(), is_live=True)
    clerk.until(lambda: clerk.counter.picture.is_live)
    clerk.press(Qt.Key.Key_F5)
    clerk.until(lambda: clerk.desk.slip is not None)
    assert clerk.counter.picture.has_sheet


def test_reading_preparing_and_keeping_never_happen_in_the_thread_of_the_window(
    make_clerk: MakeClerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()

    def watched(module: object, name: str) -> None:
        real = getattr(module, name)

        def call(*given: object) -> object:
            threads.add(threading.get_ident())
            return real(*given)

        monkeypatch.setattr(module, name, call)

    watched(bridge, "prepare")
    watched(bridge, "fitted")
    watched(errands, "prepare")
    clerk = make_clerk(card("王伟", ()))
    watched(clerk.reader, "read")
    clerk.capture()
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.desk.last is not None)
    clerk.press("Ctrl+Z")
    clerk.until(lambda: clerk.desk.slip is not None)
    assert threads
    assert threading.get_ident() not in threads


def test_a_bug_is_logged_without_its_words_and_the_window_goes_on(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.expects_a_bug = True
    try:
        raise ValueError("李喆 110105199606156135")
    except ValueError as bug:
        clerk.application.crash.take(bug)
    assert clerk.window.notices.codes == ("crash",)
    log = clerk.application.crash.log.read_text(encoding="utf-8")
    assert "ValueError" in log
    assert Path(__file__).name in log
    assert "李喆" not in log
    clerk.capture()
    assert clerk.value("name") == "王伟"


def test_a_bug_in_the_reading_thread_is_told(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.expects_a_bug = True
    clerk.reader.pages[0] = None  # type: ignore[assignment]
    clerk.press(Qt.Key.Key_F5)
    clerk.until(lambda: clerk.window.notices.codes == ("crash",))


def test_another_source_follows_the_first_in_the_same_threads(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.capture()
    clerk.press(Qt.Key.Key_F8)
    clerk.source = Tray([], is_live=False)
    second = clerk.page_of(1, card("李娜", ()))
    clerk.source.frames.append(second)
    clerk.application.intake.use("tray:second")
    clerk.capture()
    assert clerk.value("name") == "李娜"
    assert clerk.made_inspectors == 1


def test_an_address_that_names_no_source_is_told_and_the_old_one_goes_on(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.refuses = "nonsense:"
    clerk.application.intake.use("nonsense:")
    assert len(clerk.window.notices.codes) == 1
    clerk.capture()
    assert clerk.value("name") == "王伟"
