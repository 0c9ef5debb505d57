"""Starts exports and shows how far they are; one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.desktop.controls.progress_strip import ProgressStrip
from app.desktop.records.export_run import ExportRun, Write, spreadsheet, training_set
from app.desktop.records.table import Query
from app.desktop.timers import ticking
from app.desktop.translation import tr
from app.line.relabel import Relabelled
from app.records import Records

TICK_MS = 300


class ExportDesk(QObject):
    """Hosts the export that runs."""

    changed = Signal()
    """One began or ended."""
    exported = Signal(int, str)
    """How many records were written, and where."""
    relabelled = Signal(object, str)
    """Relabelled, and the folder."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(
        self, open_store: Callable[[], Records], strip: ProgressStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._open_store, self._strip = open_store, strip
        self._run: ExportRun | None = None
        self._tick = ticking(self, TICK_MS, self.show_progress)

    @property
    def is_running(self) -> bool:
        """Whether an export is under way."""
        return self._run is not None

    def write_spreadsheet(self, query: Query, total: int, path: Path) -> None:
        """Write the records of a query to a file."""
        self._start(spreadsheet(query, total), path, self._on_exported)

    def write_training_set(self, recipe: str, folder: Path) -> None:
        """Write the parts that wait for relabelling, of one recipe or of all, to a folder."""
        self._start(training_set(recipe), folder, self._on_relabelled)

    def cancel(self) -> None:
        """End the export that runs; nothing of it is left."""
        if self._run is not None:
            self._run.cancel()

    def close(self) -> None:
        """End the export that runs, and wait for its end."""
        if self._run is not None:
            self._run.cancel()
            self._run.wait()

    def show_progress(self) -> None:
        """Show how far it is."""
        self._strip.setVisible(self.is_running)
        if self._run is None:
            self._tick.stop()
            return
        words = tr("Writing {name}").format(name=self._run.path.name)
        self._strip.show_progress(words, self._run.share, self._run.seconds_left)

    def _start(self, write: Write, path: Path, ended: Callable[[Any], None]) -> None:
        self._run = ExportRun(self._open_store, write, path, self)
        self._run.ended.connect(ended)
        self._run.failed.connect(self._on_failed)
        self._run.crashed.connect(self.crashed)
        self._tick.start()
        self.changed.emit()

    def _on_exported(self, count: int) -> None:
        path = self._forget()
        if count:
            self.exported.emit(count, str(path))

    def _on_relabelled(self, result: Relabelled | None) -> None:
        path = self._forget()
        if result is not None:
            self.relabelled.emit(result, str(path))

    def _on_failed(self, error: object) -> None:
        self._forget()
        self.failed.emit(error)

    def _forget(self) -> Path:
        path = Path()
        if self._run is not None:
            path = self._run.path
            self._run.wait()
            self._run.deleteLater()
            self._run = None
        self.changed.emit()
        return path
