"""Works the real window like a clerk, for pictures of it and for measuring it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from app.desktop.application import Application
from app.desktop.counter.round import Round
from app.desktop.parts import Parts
from app.desktop.timers import ticking
from app.settings import Settings, StationSettings

AT_COUNTER = Settings(station=StationSettings(workplace="counter"))
PATIENCE_S = 60.0
ASK_MS = 2


class Walk:
    """A window in a home of its own that is gone afterwards."""

    def __init__(self, settings: Settings, source: str, parts: Parts | None = None) -> None:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        running = QApplication.instance()
        self._qt = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
        self._qt.setStyle("Fusion")
        self._home = tempfile.TemporaryDirectory()
        self._home_before = os.environ.get("MINGJIAN_HOME")
        os.environ["MINGJIAN_HOME"] = self._home.name
        self._source = source
        self.application = Application(self._qt, settings, parts or Parts())
        self.window = self.application.window
        self._loop = QEventLoop()
        self._asking = ticking(self._loop, ASK_MS, self._ask)
        self._is_so: Callable[[], bool] = _never
        self._end = 0.0

    def __enter__(self) -> Self:
        self.application.start(self._source)
        self.rest()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.window.close()
        self.window.deleteLater()
        self.application.deleteLater()
        self._qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self._home_before is None:
            del os.environ["MINGJIAN_HOME"]
        else:
            os.environ["MINGJIAN_HOME"] = self._home_before
        self._home.cleanup()

    def read_one(self) -> None:
        """Have the next page read and wait until it is painted."""
        self.window.counter.keys.capture.trigger()
        self.until(lambda: not self.application.intake.is_reading)
        self.until(lambda: self.application.desk.slip is not None)
        self._qt.processEvents()

    def finish(self) -> None:
        """Confirm everything on the desk, or put away what was not recognised."""
        desk, keys = self.application.desk, self.window.counter.keys
        while desk.slip is not None:
            before = desk.slip.round
            (keys.proceed if before.is_recognised else keys.skip).trigger()
            self.until(partial(self._has_moved_on, before))

    def _has_moved_on(self, before: Round) -> bool:
        desk = self.application.desk
        return desk.round is not before and not desk.is_busy

    def rest(self, seconds: float = 0.25) -> None:
        """Let the window settle."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window's own event loop go on until something is so."""
        self._is_so, self._end = is_so, time.monotonic() + PATIENCE_S
        self._asking.start()
        self._loop.exec()
        self._asking.stop()
        self._is_so = _never

    def _ask(self) -> None:
        if self._is_so() or time.monotonic() > self._end:
            self._loop.quit()


def _never() -> bool:
    return False
