"""One export, in a thread of its own so that the counter and the line go on keeping records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desktop.hosted import Hosted
from app.desktop.pace import Pace
from app.desktop.records.table import Query
from app.desktop.translation import INSTALLED
from app.errors import AppError
from app.line.relabel import export_coco
from app.records import Records, export

Tell = Callable[[float], None]
"""Takes how far it is, 0–1."""
Write = Callable[[Records, Path, Tell, Callable[[], bool]], object]
"""Writes records to a path, asking whether it was cancelled, and returns what came of it."""


class ExportRun(QObject):
    """Writes records; tells how far it is and how it ended."""

    progressed = Signal(float)
    ended = Signal(object)
    """What came of it; none or nothing where it was cancelled."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(
        self, open_store: Callable[[], Records], write: Write, path: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._open_store, self._write, self.path = open_store, write, path
        self._pace = Pace()
        self._is_cancelled = False
        self.share = 0.0
        """How far it is, 0–1."""
        self.progressed.connect(self._on_progressed)
        self._thread = Hosted("export", self._run, self)
        self._thread.crashed.connect(self.crashed)
        self._thread.start()

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far."""
        return self._pace.seconds_left(self.share)

    def cancel(self) -> None:
        """End it; no file is left."""
        self._is_cancelled = True

    def wait(self) -> None:
        """Wait for the thread to end."""
        self._thread.wait()

    def _run(self) -> None:
        try:
            with self._open_store() as store:
                done = self._write(
                    store, self.path, self.progressed.emit, lambda: self._is_cancelled
                )
            self.ended.emit(done)
        except AppError as error:
            self.failed.emit(error)

    def _on_progressed(self, share: float) -> None:
        self.share = share


def spreadsheet(query: Query, total: int) -> Write:
    """Return what writes the records of a query as a spreadsheet; it returns their number."""

    def write(store: Records, path: Path, tell: Tell, cancelled: Callable[[], bool]) -> object:
        records = store.each(query.text, **query.filters())
        return export(
            records,
            path,
            catalogue=INSTALLED,
            tell=lambda done: tell(min(1.0, done / max(1, total))),
            cancelled=cancelled,
        )

    return write


def training_set(recipe: str) -> Write:
    """Return what writes the parts that wait for relabelling; it returns a Relabelled."""

    def write(store: Records, path: Path, tell: Tell, cancelled: Callable[[], bool]) -> object:
        return export_coco(store, path, recipe, tell=tell, cancelled=cancelled)

    return write
