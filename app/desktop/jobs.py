"""Short work away from the window: one thread that owns the records and answers in order."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.desktop.hosted import Hosted
from app.errors import AppError
from app.records import Records

T = TypeVar("T")
Failed = Callable[[AppError], None]


@dataclass(frozen=True, slots=True)
class _Job:
    op: Callable[[Records], Any]
    done: Callable[[Any], None]
    failed: Failed | None


@dataclass(frozen=True, slots=True)
class _Plain:
    op: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed | None


class Jobs(QObject):
    """Takes jobs from the GUI thread and answers there; a failure nobody waits for is told."""

    failed = Signal(object)
    """An AppError of a job that has no answer of its own for it."""
    crashed = Signal(object)
    _answered = Signal(object)

    def __init__(
        self, name: str, open_store: Callable[[], Records], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._open_store = open_store
        self._store: Records | None = None
        self._queue: queue.SimpleQueue[_Job | _Plain | None] = queue.SimpleQueue()
        self._thread = Hosted(name, self._run, self)
        self._thread.crashed.connect(self.crashed)
        self._answered.connect(self._on_answered)
        self._thread.start()

    def ask(
        self, op: Callable[[Records], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Do something with the records, then call ``done`` in the GUI thread."""
        self._queue.put(_Job(op, done, failed))

    def work(
        self, op: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Do something that needs no records, then call ``done`` in the GUI thread."""
        self._queue.put(_Plain(op, done, failed))

    def renew(self) -> None:
        """Open the records anew before the next job, e.g. in another folder."""
        self.work(self._give_back, lambda _none: None)

    def close(self) -> None:
        """Finish what was asked, give the records back and end the thread."""
        self._queue.put(None)
        self._thread.wait()

    def _run(self) -> None:
        try:
            while job := self._queue.get():
                self._answered.emit(self._answer(job))
        finally:
            self._give_back()

    def _answer(self, job: _Job | _Plain) -> Callable[[], None]:
        try:
            answer = job.op(self._records()) if isinstance(job, _Job) else job.op()
        except AppError as error:
            failed = job.failed or self.failed.emit
            return lambda failure=error: failed(failure)  # type: ignore[misc]
        return lambda: job.done(answer)

    def _records(self) -> Records:
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def _give_back(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _on_answered(self, answer: Callable[[], None]) -> None:
        answer()
