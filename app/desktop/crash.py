"""A bug that reached the top: logged without personal data, told, and nothing confirmed is lost."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from app import __version__

MOST_KEPT = 200_000
"""Characters of the log that are kept; the oldest go."""


class CrashWatch(QObject):
    """Takes bugs of every thread; ``crashed`` is told in the GUI thread."""

    crashed = Signal(str)
    """Path of the log."""

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None

    def install(self) -> None:
        """Take over from Python's own handlers."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_bug
        threading.excepthook = lambda args: self.take(args.exc_value)

    def remove(self) -> None:
        """Give Python its handlers back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None

    def take(self, bug: BaseException | None) -> None:
        """Log one bug and tell it; may be called in any thread."""
        if bug is None or isinstance(bug, KeyboardInterrupt):
            return
        written(self.log, bug)
        self.crashed.emit(str(self.log))

    def _on_bug(
        self, _kind: type[BaseException], bug: BaseException, _trace: TracebackType | None
    ) -> None:
        self.take(bug)


def written(log: Path, bug: BaseException) -> None:
    """Append kind and place of a bug. Its message may hold a field's value and stays out."""
    places = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(bug.__traceback__)
    ]
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    entry = "\n".join([f"{now} {__version__} {type(bug).__name__}", *places, ""])
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        before = log.read_text(encoding="utf-8") if log.exists() else ""
        log.write_text((before + entry)[-MOST_KEPT:], encoding="utf-8")
    except OSError:
        sys.stderr.write(entry)
