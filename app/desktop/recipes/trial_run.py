"""One trial of a recipe on the last recorded parts, in a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from PySide6.QtCore import QObject, Signal

from app.desktop.hosted import Hosted
from app.desktop.pace import Pace
from app.desktop.recipes.outcome import Outcome, Trial
from app.desktop.recipes.trying import PARTS, Asked, Means, Trying
from app.errors import AppError
from app.vocabulary import Record


class TrialRun(QObject):
    """Judges the last parts again; tells how far it is and what came of it."""

    progressed = Signal(int, int)
    ended = Signal(object)
    """A Trial."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, means: Means, asked: Asked, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._means, self._asked = means, asked
        self._pace = Pace()
        self._is_cancelled = False
        self.done, self.total = 0, 0
        self.progressed.connect(self._on_progressed)
        self._thread = Hosted("trial", self._run, self, yields=True)
        self._thread.crashed.connect(self.crashed)
        self._thread.start()

    @property
    def share(self) -> float | None:
        """How far it is, 0–1; None while that is not known."""
        return self.done / self.total if self.total else None

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far."""
        return self._pace.seconds_left(self.share)

    def cancel(self) -> None:
        """End it; what is known so far is told."""
        self._is_cancelled = True

    def wait(self) -> None:
        """Wait for the thread to end."""
        self._thread.wait()

    def _run(self) -> None:
        try:
            with self._means.open_store() as store, ExitStack() as later:
                asked = self._asked
                trying = Trying(self._means, store, asked, later)
                parts = store.find(limit=PARTS, recipe=asked.base.name)
                outcomes = tuple(self._each(parts, trying))
            self.ended.emit(Trial(asked.base, asked.recipe, outcomes, len(parts)))
        except AppError as error:
            self.failed.emit(error)

    def _each(self, parts: list[Record], trying: Trying) -> Iterator[Outcome]:
        for number, record in enumerate(parts):
            if self._is_cancelled:
                return
            self.progressed.emit(number, len(parts))
            yield trying.outcome(record)

    def _on_progressed(self, done: int, total: int) -> None:
        self.done, self.total = done, total
