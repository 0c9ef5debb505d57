"""The settings page: generated from the fields, in force and written down at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.desktop.controls.segmented import Segmented
from app.desktop.controls.stepper import Stepper
from app.settings import Settings
from desktop.conftest import MakeClerk
from desktop.window_parts import Clerk


def opened(clerk: Clerk) -> Clerk:
    clerk.press("Ctrl+,")
    return clerk


def segments(clerk: Clerk, key: str) -> Segmented:
    control = clerk.window.settings.controls[key]
    assert isinstance(control, Segmented)
    return control


def buttons(control: Segmented) -> list[QPushButton]:
    return [child for child in control.children() if isinstance(child, QPushButton)]


def test_every_field_has_a_control_and_its_words(
    make_clerk: MakeClerk,
) -> None:
    clerk = opened(make_clerk())
    fields = {
        f"{section}.{name}"
        for section in Settings.model_fields
        for name in type(getattr(Settings(), section)).model_fields
    }
    assert set(clerk.window.settings.controls) == fields
    texts = [label.text() for label in labels(clerk)]
    assert "窗口语言；留空则跟随系统。" in texts


def labels(clerk: Clerk) -> list[QLabel]:
    found: list[QLabel] = list(clerk.window.settings.findChildren(QLabel))
    return found


def test_the_theme_is_worn_at_once_and_written_down(make_clerk: MakeClerk) -> None:
    clerk = opened(make_clerk())
    buttons(segments(clerk, "desktop.theme"))[2].click()
    assert clerk.application.look.theme.name == "dark"
    clerk.until(lambda: bool(clerk.settings_written))
    assert clerk.settings_written[-1].desktop.theme == "dark"


def test_arrows_choose_among_segments_and_the_focus_stays(make_clerk: MakeClerk) -> None:
    clerk = opened(make_clerk())
    segments(clerk, "desktop.language").setFocus()
    clerk.press(Qt.Key.Key_Right)
    clerk.until(lambda: has_title(clerk, "Window"))
    clerk.press(Qt.Key.Key_Left)
    clerk.until(lambda: has_title(clerk, "窗口"))


def has_title(clerk: Clerk, words: str) -> bool:
    return any(label.text() == words for label in labels(clerk))


def test_letters_grow_with_the_text_size(make_clerk: MakeClerk) -> None:
    clerk = opened(make_clerk())
    buttons(segments(clerk, "desktop.font_scale"))[-1].click()
    assert clerk.application.look.theme.scale == 2.0


def test_a_number_is_stepped_within_its_limits(make_clerk: MakeClerk) -> None:
    clerk = opened(make_clerk())
    threads = clerk.window.settings.controls["reader.threads"]
    assert isinstance(threads, Stepper)
    minus, plus = (child for child in threads.children() if isinstance(child, QPushButton))
    assert not minus.isEnabled()
    plus.click()
    assert clerk.application.settings.reader.threads == 1
    clerk.until(lambda: clerk.made_inspectors == 2)


def test_another_folder_for_the_records_is_opened_for_the_next_one(
    make_clerk: MakeClerk, tmp_path: object
) -> None:
    clerk = opened(make_clerk())
    folder = clerk.window.settings.controls["records.folder"]
    edit = next(child for child in folder.children() if isinstance(child, QLineEdit))
    edit.setText(f"{tmp_path}/elsewhere")
    edit.editingFinished.emit()
    assert clerk.records() == []
    clerk.until(lambda: bool(clerk.settings_written))
    assert clerk.settings_written[-1].records.folder == f"{tmp_path}/elsewhere"
