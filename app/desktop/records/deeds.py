"""What a hand does to records, each of which can be undone: take back, overrule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.desktop.jobs import Jobs
from app.records import Records
from app.vocabulary import Decision, Overrule, Record

Undo = Callable[[Records], object]
"""Undoes one deed."""


class Deeds(QObject):
    """Does them away from the window and remembers how to undo them."""

    done = Signal()
    """A record was changed, or a change of it undone."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._undos: list[Undo] = []

    @property
    def may_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._undos)

    def withdraw(self, record: Record) -> None:
        """Take a record back; it stays, but no longer counts."""
        self._do(lambda store: store.withdraw(record.id), lambda store: store.restore(record.id))

    def overrule(self, record: Record, decision: Decision, reason: str) -> None:
        """Put the inspector's word before the verdict."""
        self._do(
            lambda store: store.overrule(record.id, decision, reason),
            partial(_take_back_word, record.id, record.overruled),
        )

    def undo(self) -> None:
        """Undo the last deed."""
        if self._undos:
            self._jobs.ask(self._undos.pop(), lambda _none: self.done.emit())

    def _do(self, deed: Callable[[Records], object], undo: Undo) -> None:
        self._jobs.ask(deed, lambda _none: self._on_done(undo))

    def _on_done(self, undo: Undo) -> None:
        self._undos.append(undo)
        self.done.emit()


def _take_back_word(record_id: str, before: Overrule | None, store: Records) -> None:
    """Let count what counted before a word: an earlier word, or the verdict."""
    if before is None:
        store.take_back_overrule(record_id)
    else:
        store.overrule(record_id, before.decision, before.reason)
