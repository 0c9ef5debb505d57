"""The inspect loop: tasks out of the mailbox, through an inspector, and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.errors import AppError, EngineError
from app.inspector import Inspector, unread
from app.station._backoff import BackOff
from app.station._board import Board, Part
from app.station._mailbox import Mailbox, Task
from app.station._news import Inspected, StationState
from app.station._watch import Watch
from app.vocabulary import EngineMark, Inspection

NOT_RUN = EngineMark("", "")
"""The mark of an inspection that no engine had a part in."""


class InspectLoop:
    """Makes, uses and closes inspectors in the thread that calls ``run``."""

    def __init__(self, mailbox: Mailbox, board: Board, watch: Watch | None) -> None:
        self.kind: str | None = None
        self._mailbox = mailbox
        self._board = board
        self._watch = watch
        self._has_failed = self._is_unopened = False

    def run(
        self, make_inspector: Callable[[], Inspector], back_off: BackOff, *, to_the_end: bool
    ) -> None:
        """Return once the mailbox is closed, or at the end of the source where asked."""
        try:
            while not self._attempt(make_inspector, back_off, to_the_end):
                back_off.wait()
        finally:
            self._board.set_part(Part.INSPECT, StationState.STOPPED)

    def _attempt(
        self, make_inspector: Callable[[], Inspector], back_off: BackOff, to_the_end: bool
    ) -> bool:
        """Say whether the work is done; else the inspector must be made anew."""
        if self._mailbox.is_closed:
            return True
        try:
            inspector = make_inspector()
        except AppError as error:
            self._board.fail(Part.INSPECT, error)
            self._has_failed = self._is_unopened = True
            return False
        with inspector:
            self._begin()
            while task := self._mailbox.take(to_the_end=to_the_end):
                if task.failure is not None:
                    refused = unread(task.frame, task.failure, NOT_RUN, inspector.recipe)
                    self._board.tell(Inspected((refused,)))
                    continue
                inspections = inspector.inspect(task.frame, self.kind)
                if isinstance(inspector.failure, EngineError):
                    self._tell(inspections, task)
                    self._board.fail(Part.INSPECT, inspector.failure)
                    self._has_failed = True
                    return False
                # The problem is over before the verdict that shows it is told.
                self._board.mend(Part.INSPECT)
                back_off.reset()
                if inspector.failure is not None or self._is_news(inspections, task):
                    self._tell(inspections, task)
        return True

    def _is_news(self, inspections: tuple[Inspection, ...], task: Task) -> bool:
        if self._watch is None:
            return True
        readings = tuple(inspection.reading for inspection in inspections)
        return self._watch.is_news(task.frame.bgr, readings, is_asked=task.is_asked)

    def _begin(self) -> None:
        """Start on what a camera sees now: what waited for the engine may have moved on."""
        if self._has_failed and self._watch and self._watch.rearm():
            self._mailbox.drop_overtaken()
        if self._is_unopened:
            # That it opens solves this; one that failed at work must do some work first.
            self._board.mend(Part.INSPECT)
        self._has_failed = self._is_unopened = False
        self._board.set_part(Part.INSPECT, StationState.RUNNING)

    def _tell(self, inspections: tuple[Inspection, ...], task: Task) -> None:
        if task.decode_ms is not None:
            inspections = tuple(_with_decoding(each, task.decode_ms) for each in inspections)
        self._board.tell(Inspected(inspections))


def _with_decoding(inspection: Inspection, decode_ms: float) -> Inspection:
    return replace(inspection, timings_ms={"decode": decode_ms, **inspection.timings_ms})
