"""One export, in a thread of its own so that the counter goes on keeping records."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desktop.hosted import Hosted
from app.desktop.records.table import Query
from app.desktop.translation import INSTALLED
from app.errors import AppError
from app.records import Records, export


class ExportRun(QObject):
    """Writes matching records to a file; tells how far it is and how it ended."""

    progressed = Signal(int)
    ended = Signal(int)
    """How many documents were written; none where it was cancelled."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        open_store: Callable[[], Records],
        query: Query,
        path: Path,
        total: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._open_store, self._query, self.path, self._total = open_store, query, path, total
        self._started = time.monotonic()
        self._is_cancelled = False
        self.done = 0
        self.progressed.connect(self._on_progressed)
        self._thread = Hosted("export", self._run, self)
        self._thread.crashed.connect(self.crashed)
        self._thread.start()

    @property
    def share(self) -> float:
        """How far it is, 0–1."""
        return min(1.0, self.done / max(1, self._total))

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far."""
        if not self.share:
            return None
        return (time.monotonic() - self._started) * (1 - self.share) / self.share

    def cancel(self) -> None:
        """End it; no file is left."""
        self._is_cancelled = True

    def wait(self) -> None:
        """Wait for the thread to end."""
        self._thread.wait()

    def _run(self) -> None:
        try:
            with self._open_store() as store:
                records = store.each(self._query.text, **self._query.filters())
                count = export(
                    records,
                    self.path,
                    catalogue=INSTALLED,
                    tell=self.progressed.emit,
                    cancelled=lambda: self._is_cancelled,
                )
            self.ended.emit(count)
        except AppError as error:
            self.failed.emit(error)

    def _on_progressed(self, done: int) -> None:
        self.done = done
