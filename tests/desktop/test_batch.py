"""Many files at once: read, kept, counted; those for review are gone through afterwards."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.desktop.controls.progress_strip import time_left
from app.vocabulary import Decision, Reading
from desktop.conftest import MakeClerk
from desktop.window_parts import Clerk, card, page


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), page(number).bgr)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    return folder


def reads_all(clerk: Clerk, *readings: Reading) -> None:
    """Let pages from files be known by the order in which they come."""
    clerk.reader.pages = {number: (reading,) for number, reading in enumerate(readings, 1)}


def finished(clerk: Clerk) -> None:
    batch = clerk.application.intake.batch
    clerk.until(lambda: batch is not None and batch.is_over)


def test_every_page_of_a_folder_is_kept_and_one_that_cannot_be_read_is_for_review(
    make_clerk: MakeClerk, scans: Path
) -> None:
    clerk = make_clerk()
    reads_all(clerk, *(card("王伟", ()) for _ in range(9)))
    clerk.application.intake.open_paths([scans])
    finished(clerk)
    decisions = [record.verdict.decision for record in clerk.records()]
    assert sorted(decisions) == [Decision.OK] * 3 + [Decision.REVIEW]
    assert "4" in clerk.counter.batch.sentence
    assert "合格 3 份，待复核 1 份" in clerk.counter.batch.sentence


def test_what_is_for_review_comes_to_the_desk_by_one_key(
    make_clerk: MakeClerk, scans: Path
) -> None:
    (scans / "broken.png").unlink()
    clerk = make_clerk()
    reads_all(clerk, card("王伟", ()), card(), card("赵喆"))
    clerk.application.intake.open_paths([scans])
    finished(clerk)
    clerk.press(Qt.Key.Key_F7)
    clerk.until(lambda: clerk.desk.slip is not None)
    assert clerk.desk.count == 2
    for _ in range(2):
        clerk.until(lambda: clerk.desk.slip is not None)
        clerk.press("2", Qt.Key.Key_Return)
        kept = clerk.desk.last
        clerk.until(lambda kept=kept: clerk.desk.last is not kept)  # type: ignore[misc]
    names = sorted(record.reading.field("name").value for record in clerk.records())
    assert names == ["李哲", "王伟", "赵哲"]


def test_a_cancelled_batch_keeps_what_it_has_and_says_so(
    make_clerk: MakeClerk, scans: Path
) -> None:
    clerk = make_clerk()
    clerk.application.intake.open_paths([scans])
    clerk.press(Qt.Key.Key_F9)
    assert "取消" in clerk.counter.batch.sentence
    clerk.press(Qt.Key.Key_F9)
    assert not clerk.counter.batch.isVisible()


def test_one_file_lies_on_the_desk_and_the_source_comes_back_afterwards(
    make_clerk: MakeClerk, scans: Path
) -> None:
    clerk = make_clerk(card("王伟", ()))
    reads_all(clerk, card("李娜", ()))
    clerk.application.intake.open_paths([scans / "0.png"])
    clerk.until(lambda: clerk.desk.slip is not None)
    assert clerk.value("name") == "李娜"
    clerk.press(Qt.Key.Key_F8)
    reads_all(clerk)
    clerk.reader.pages[0] = (card("王伟", ()),)
    clerk.until(lambda: not clerk.application.intake.is_visiting)
    clerk.capture()
    assert clerk.value("name") == "王伟"


def test_files_dropped_on_the_window_are_read(make_clerk: MakeClerk, scans: Path) -> None:
    clerk = make_clerk()
    clerk.press("Ctrl+3")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scans))])
    drop = QDropEvent(
        QPoint(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    clerk.window.dropEvent(drop)
    assert clerk.window.page == "counter"
    finished(clerk)
    assert len(clerk.records()) == 4


def test_time_left_is_said_as_people_do(make_clerk: MakeClerk) -> None:
    make_clerk()
    assert time_left(0.4) == "即将完成"
    assert time_left(12.2) == "大约还需 12 秒"
    assert time_left(150) == "大约还需 2 分钟"
