"""Small real parts for the line: boards played as a camera, a reader that knows what is on them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import assembly
from app.desktop.application import Application
from app.desktop.line import host
from app.desktop.line.opened import Opened
from app.desktop.parts import Parts
from app.inspector import Inspector
from app.judgement.parts import judge_part
from app.line import LineState
from app.reader import Reader
from app.recipes import Recipe, RecipeVersion, Shelf
from app.settings import DesktopSettings, LineSettings, Settings, StationSettings
from app.vocabulary import (
    Decision,
    Detection,
    EngineMark,
    Frame,
    Light,
    Reading,
    Record,
    Verdict,
)

MARK = EngineMark("prepared", "cpu", (("boards", "ab" * 32),))
CONTROL = Qt.KeyboardModifier.ControlModifier
SIZE = (320, 240)
PATIENCE_S = 20.0
OPEN = Detection("open", 0.9, (40.0, 30.0, 60.0, 50.0))
PERHAPS = Detection("short", 0.3, (200.0, 150.0, 230.0, 170.0))


def draw_board(path: Path) -> Path:
    bgr = np.full((SIZE[1], SIZE[0], 3), 60, np.uint8)
    cv2.rectangle(bgr, (60, 40), (260, 200), (180, 190, 200), -1)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), bgr)
    return path


def _looked_at(_reading: Reading) -> Verdict:
    """What the counter makes of a board."""
    return Verdict(Decision.REVIEW)


class KnowingReader(Reader):
    """Finds what the test says; on a golden part, what its folder says."""

    def __init__(self) -> None:
        self.mark = MARK
        self.timings_ms = {"model": 1.0}
        self.found: tuple[Detection, ...] = ()

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        height, width = frame.bgr.shape[:2]
        found = self.found
        if "golden" in frame.source:
            found = (OPEN,) if "bad" in frame.source else ()
        light = Light(120.0, 50.0, 1.0)
        return (Reading(detections=found, region=(0.0, 0.0, width, height), light=light),)

    def close(self) -> None:
        """Nothing to release."""


class Worker:
    """The window at the line, and hands that only have a keyboard."""

    def __init__(self, qt: QApplication, folder: Path, **wanted: object) -> None:
        self.qt = qt
        self.reader = KnowingReader()
        self.expects_a_bug = False
        self.settings_written: list[Settings] = []
        board = draw_board(folder / "boards" / "board.png")
        self.boards = f"replay:{board.parent}?live=1&loop=1&rate_hz=60"
        recipe = {"pack": "pcb-defects", "trigger": "hand", **dict(wanted.pop("recipe", {}))}  # type: ignore[call-overload]
        Shelf().save("board", Recipe.model_validate(recipe))
        parts = Parts(
            open_inspector=lambda _settings: Inspector(self.reader, _looked_at),
            open_line=self._open_line,
            open_part_inspector=lambda _settings, version: self._inspector(version),
            save=self.settings_written.append,
            samples=lambda: self.boards,
            boards=lambda: self.boards,
        )
        source = str(wanted.pop("source", self.boards))
        workplace = str(wanted.pop("workplace", "line"))
        station = StationSettings.model_validate({"workplace": workplace})
        line = LineSettings(recipe="board", source=source, sound=False)
        desktop = DesktopSettings.model_validate({"language": "zh_CN", "theme": "light", **wanted})
        settings = Settings(station=station, line=line, desktop=desktop)
        self.application = Application(qt, settings, parts)
        self.window = self.application.window
        self.page = self.window.line
        self.post = self.application.line.post

    def open(self) -> None:
        self.application.start("")
        self.window.resize(1366, 768)
        self.window.activateWindow()
        self.until(lambda: self.qt.activeWindow() is self.window)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.application.deleteLater()

    def ready(self) -> None:
        """Wait until the line judges parts."""
        self.until(lambda: self.post.state in (LineState.RUNNING, LineState.WAITING))

    def judge(self, *found: Detection) -> None:
        """Have one part judged on which this is found."""
        self.reader.found = found
        before = self.post.seen
        self.press(Qt.Key.Key_T)
        self.until(lambda: self.post.seen is not before and self.post.seen is not None)

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            if isinstance(key, str) and key.startswith("Ctrl+"):
                QTest.keyClick(self._focus(), Qt.Key(ord(key[-1])), CONTROL)
            elif isinstance(key, str):
                QTest.keyClicks(self._focus(), key)
            else:
                QTest.keyClick(self._focus(), key)

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end
            self.qt.processEvents()
            time.sleep(0.001)

    def records(self, count: int) -> list[Record]:
        """Wait until so many parts are in the records."""
        found: list[list[Record]] = []
        jobs = self.application.jobs

        def is_there() -> bool:
            jobs.ask(lambda store: store.find(), found.append)
            return bool(found) and len(found[-1]) >= count

        self.until(is_there)
        return found[-1]

    def overruled(self) -> Decision | None:
        """What the records say of the part that was judged last."""
        record = self.records(1)[0]
        return record.overruled.decision if record.overruled else None

    def _focus(self) -> QWidget:
        return self.qt.focusWidget() or self.window.focusWidget() or self.window

    def _inspector(self, version: RecipeVersion) -> Inspector:
        recipe = version.recipe
        return Inspector(self.reader, lambda reading: judge_part(reading, recipe), version.mark)

    def _open_line(self, settings: Settings, recipe: str, address: str, tell: host.Tell) -> Opened:
        records = assembly.open_store(settings)
        line, station = assembly.open_line(
            settings,
            recipe,
            tell,
            records=records,
            source=address,
            make_inspector=self._inspector,
        )
        return Opened(line, station, records)
