"""Small real parts for the window: a tray of pages, a reader that knows them, a clerk's hands."""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.capture import Source
from app.desktop.application import Application
from app.desktop.bridge import MakeInspector, Tell
from app.desktop.counter.field_row import FieldRow
from app.desktop.parts import Parts
from app.errors import CaptureError, KindError
from app.inspector import Inspector
from app.judgement import judge_document
from app.reader import Reader
from app.settings import DesktopSettings, Settings, StationSettings
from app.station import Station, Trigger
from app.vocabulary import (
    Alternative,
    Alternatives,
    EngineMark,
    Field,
    Frame,
    Inspection,
    Proof,
    Quad,
    Reading,
    Record,
    Verdict,
)

TODAY = dt.date(2026, 5, 4)
MARK = EngineMark("prepared", "cpu", (("prepared-model", "ab" * 32),))
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE_S = 15.0
NUMBER = "110105199606156135"
"""Invented, with a check digit that holds."""


def quad(x: float, y: float, width: float, height: float = 40) -> Quad:
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def sure(text: str) -> Alternatives:
    return tuple((Alternative(each, 0.99),) for each in text)


def doubtful(text: str, position: int, *others: str) -> Alternatives:
    """Be sure of every character but one, in whose place others could stand."""
    found = [*sure(text)]
    candidates = [Alternative(text[position], 0.5), *(Alternative(o, 0.2) for o in others)]
    found[position] = tuple(candidates)
    return tuple(found)


def card(name: str = "李喆", others: Sequence[str] = ("哲", "詰")) -> Reading:
    """An identity card whose name has one doubtful character, if there are others for it."""
    last = len(name) - 1
    alternatives = doubtful(name, last, *others) if others else sure(name)
    score = 0.5 if others else 0.99
    address = "北京市朝阳区建国路十八号"
    return Reading(
        document="id_card_front",
        fields=(
            Field("name", name, Proof.READ, score, quad(150, 60, 90), alternatives),
            Field("sex", "男", Proof.CONFIRMED, 0.99, quad(150, 120, 40), sure("男")),
            Field("ethnicity", "汉", Proof.READ, 0.99, quad(300, 120, 40), sure("汉")),
            Field("birth_date", "1996-06-15", Proof.CONFIRMED, 0.99, quad(150, 180, 220)),
            Field("address", address, Proof.READ, 0.98, quad(150, 240, 360), sure(address)),
            Field("id_number", NUMBER, Proof.PROVEN, 0.99, quad(250, 340, 340), sure(NUMBER)),
        ),
        outline=((20, 20), (620, 20), (620, 400), (20, 400)),
    )


def with_field(reading: Reading, changed: Field) -> Reading:
    fields = tuple(changed if f.name == changed.name else f for f in reading.fields)
    return replace(reading, fields=fields)


def page(number: int) -> Frame:
    """Paint a page that no two numbers share."""
    bgr = np.full((420, 640, 3), 210, np.uint8)
    cv2.putText(bgr, str(number), (150, 200), cv2.FONT_HERSHEY_SIMPLEX, 4, (40, 60, 80), 6)
    return Frame(bgr, number, time.time(), f"tray:{number}")


class Tray(Source):
    """A scanner's tray: one page at a time, and it waits for more."""

    def __init__(self, frames: Sequence[Frame | CaptureError], *, is_live: bool = False) -> None:
        self.address = "tray:"
        self.is_live = is_live
        self.frames = deque(frames)

    def open(self) -> None:
        """Nothing to take."""

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        if not self.frames:
            time.sleep(0.005)
            return None
        frame = self.frames[0] if self.is_live and len(self.frames) == 1 else self.frames.popleft()
        if isinstance(frame, CaptureError):
            raise frame
        if self.is_live:
            time.sleep(0.005)
        return frame

    @property
    def is_finished(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing to give back."""


class PreparedReader(Reader):
    """Knows what stands on each page by its number; anything else is not recognised."""

    def __init__(self, pages: dict[int, tuple[Reading, ...]]) -> None:
        self.mark = MARK
        self.timings_ms = {"recognise": 1.0}
        self.pages = pages
        self.kinds: list[str | None] = []
        self.shapes: list[tuple[int, ...]] = []

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        self.kinds.append(kind)
        self.shapes.append(frame.bgr.shape)
        return self.pages.get(frame.number, (Reading(),))

    def close(self) -> None:
        """Nothing to release."""


class Clerk:
    """The window with prepared pages, and hands that only have a keyboard."""

    def __init__(
        self, qt: QApplication, pages: Sequence[tuple[Reading, ...]], **wanted: object
    ) -> None:
        numbered = dict(enumerate(pages))
        self.qt = qt
        self.reader = PreparedReader(numbered)
        self.trigger = Trigger(str(wanted.pop("trigger", Trigger.HAND)))
        is_live = bool(wanted.pop("is_live", False))
        self.source = Tray([page(number) for number in numbered], is_live=is_live)
        self.made_inspectors = 0
        self.expects_a_bug = False
        self.refuses = ""
        self.settings_written: list[Settings] = []
        parts = Parts(
            open_inspector=self._open_inspector,
            join=self._join,
            save=self.settings_written.append,
            samples=lambda: "tray:",
            today=lambda: TODAY,
        )
        desktop = DesktopSettings.model_validate({"language": "zh_CN", "theme": "light", **wanted})
        station = StationSettings(workplace="counter")
        settings = Settings(desktop=desktop, station=station)
        self.application = Application(qt, settings, parts)
        self.window = self.application.window
        self.counter = self.window.counter
        self.desk = self.application.desk

    def open(self) -> None:
        self.application.start("")
        self.window.activateWindow()
        self.until(lambda: self.qt.activeWindow() is self.window)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.application.deleteLater()

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys where the focus is; a text is typed, Chinese through an input method."""
        for key in keys:
            if isinstance(key, str) and key.startswith("Ctrl+"):
                QTest.keyClick(self._focus(), Qt.Key(ord(key[-1])), CONTROL)
            elif isinstance(key, str) and not key.isascii():
                committed = QInputMethodEvent()
                committed.setCommitString(key)
                QApplication.sendEvent(self._focus(), committed)
            elif isinstance(key, str):
                QTest.keyClicks(self._focus(), key)
            else:
                QTest.keyClick(self._focus(), key)

    def capture(self) -> None:
        """Have the next page read."""
        before = len(self.reader.kinds)
        self.press(Qt.Key.Key_F5)
        self.until(lambda: len(self.reader.kinds) > before and not self._is_reading())

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end
            self.qt.processEvents()
            time.sleep(0.001)

    def row(self, name: str) -> FieldRow:
        return self.counter.form.row(name)

    def value(self, name: str) -> str:
        return self.row(name).value.toPlainText()

    def hand(self) -> str | None:
        return self.desk.round.hand if self.desk.round else None

    def records(self, **filters: object) -> list[Record]:
        found: list[list[Record]] = []
        self.application.jobs.ask(lambda store: store.find(**filters), found.append)  # type: ignore[arg-type]
        self.until(lambda: bool(found))
        return found[0]

    def page_of(self, number: int, reading: Reading) -> Frame:
        """Prepare one more page."""
        self.reader.pages[number] = (reading,)
        return page(number)

    def _open_inspector(self, _settings: Settings) -> Inspector:
        self.made_inspectors += 1
        return Inspector(self.reader, judged)

    def _focus(self) -> QWidget:
        return self.qt.focusWidget() or self.window.focusWidget() or self.window

    def _is_reading(self) -> bool:
        return self.application.intake.is_reading

    def _join(
        self, _settings: Settings, address: str, make_inspector: MakeInspector, tell: Tell
    ) -> Station:
        if address == self.refuses:
            raise KindError("There is no kind “{kind}”.", "", "kind-unknown", kind=address)
        return Station(lambda: self.source, make_inspector, tell, trigger=self.trigger)


def inspection(reading: Reading, number: int = 0) -> Inspection:
    """Inspect one page with what stands on it."""
    reader = PreparedReader({number: (reading,)})
    return Inspector(reader, judged).inspect(page(number))[0]


def judged(reading: Reading) -> Verdict:
    return judge_document(reading, TODAY)
