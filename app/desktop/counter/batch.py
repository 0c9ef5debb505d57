"""Many files read and kept in one go, counted, timed and to be cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.capture import Source, open_files
from app.desktop.bridge import MakeInspector, Tell
from app.desktop.jobs import Jobs
from app.desktop.pace import Pace
from app.errors import AppError
from app.station import Station, Trigger
from app.vocabulary import Decision, Inspection, Record

KEPT_BEHIND = 4
"""So many documents may wait to be written before reading waits for the disk."""


class Batch(QObject):
    """Keeps every document of every page; those for review are remembered by their records."""

    changed = Signal()
    crowded = Signal(bool)

    def __init__(self, paths: Sequence[Path], jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._paths = tuple(paths)
        self._jobs = jobs
        self._source: Source | None = None
        self._pace = Pace()
        self._waiting = 0
        self._is_read = False
        self.pages = 0
        self.failed = 0
        self.ok_count = 0
        self.to_review: list[str] = []
        self.is_cancelled = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be read or kept."""
        return self.is_cancelled or (self._is_read and self._waiting == 0)

    @property
    def progress(self) -> float | None:
        """Share of the files that were handed out; None until it is known."""
        return None if self._source is None else self._source.progress

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far."""
        return self._pace.seconds_left(self.progress) if self.pages else None

    def join(self, make_inspector: MakeInspector, tell: Tell) -> Station:
        """Make the station of this batch."""
        return Station(self._open, make_inspector, tell, trigger=Trigger.EVERY)

    def take(self, page: tuple[Inspection, ...]) -> None:
        """Keep the documents of one page."""
        if self.is_cancelled:
            return
        self.pages += 1
        for inspection in page:
            self._wait_for(1)
            self._jobs.ask(
                lambda store, each=inspection: store.keep(each),  # type: ignore[misc]
                self._on_kept,
                self._on_failed,
            )
        self.changed.emit()

    def finish(self) -> None:
        """Hear that every page was read."""
        self._is_read = True
        self.changed.emit()

    def cancel(self) -> None:
        """Keep what is kept and read nothing more."""
        self.is_cancelled = True
        self.changed.emit()

    def _open(self) -> Source:
        self._source = open_files(self._paths, recursive=True)
        return self._source

    def _wait_for(self, count: int) -> None:
        was_crowded = self._waiting > KEPT_BEHIND
        self._waiting += count
        is_crowded = self._waiting > KEPT_BEHIND
        if was_crowded != is_crowded:
            self.crowded.emit(is_crowded)

    def _on_kept(self, record: Record) -> None:
        self._wait_for(-1)
        if record.verdict.decision is Decision.OK:
            self.ok_count += 1
        else:
            self.to_review.append(record.id)
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        self._wait_for(-1)
        self.failed += 1
        if not self.is_cancelled:
            self.cancel()
        self._jobs.failed.emit(error)
