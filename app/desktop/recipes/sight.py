"""The part in sight and what the model sees on it; both come from another thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desktop.jobs import Jobs
from app.desktop.recipes import part
from app.desktop.recipes.looker import Looker, OpenReader, looks_alike
from app.desktop.recipes.part import Part
from app.desktop.timers import resting
from app.errors import AppError, EngineError, RecordError
from app.language import Message
from app.recipes import Recipe
from app.records import Records
from app.vocabulary import Reading, Record

REST_MS = 300
"""The model looks again when a hand that draws the region has rested so long."""
TRIES = 20
"""So many records are asked for a picture before a bundled board is shown instead."""


class Sight(QObject):
    """Shows one part after another; only the last one asked for counts."""

    changed = Signal()
    """Another part, or something else is seen on it."""
    failed = Signal(object)

    def __init__(self, jobs: Jobs, open_reader: OpenReader, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._looker = jobs, Looker(open_reader)
        self._turn = 0
        self._board = -1
        self._recipe: Recipe | None = None
        self._looked: Recipe | None = None
        self.part: Part | None = None
        self.place = 0
        """How many recorded parts are newer than the one in sight."""
        self.fault: Message | None = None
        """Why the part cannot be looked at with this recipe."""
        self.is_looking = False
        self._rest = resting(self, REST_MS, self._look)

    @property
    def reading(self) -> Reading | None:
        """Everything known of the part in sight: what the model sees, else what was recorded."""
        if self.part is None:
            return None
        if self.part.reading is None and self.part.record is not None:
            return self.part.record.reading
        return self.part.reading

    @property
    def is_settled(self) -> bool:
        """Whether the model has looked at what is in sight as the recipe in work asks."""
        return not (self.is_looking or self._rest.isActive())

    def show_newest(self, recipe: str) -> None:
        """Show the newest recorded part of a recipe, or a bundled board where there is none."""
        self._ask(partial(_newest, recipe=recipe))

    def show_place(self, recipe: str, place: int) -> None:
        """Show a recorded part by its place, 0 being the newest; none there changes nothing."""
        if place >= 0:
            self._ask(lambda store: (part.recorded(store, recipe, place), place))

    def show_record(self, record: Record) -> None:
        """Show the part of a record."""
        self._ask(lambda store: (part.of_record(store, record), 0))

    def show_file(self, path: Path) -> None:
        """Show what a file shows."""
        self._ask(lambda _store: (part.of_file(path), -1))

    def show_next_board(self) -> None:
        """Show the next of the bundled boards."""
        boards = part.boards()
        if boards:
            self._board = (self._board + 1) % len(boards)
            self.show_file(boards[self._board])

    def look(self, recipe: Recipe) -> None:
        """Look at the part with a recipe, once a hand rests, if the model would see otherwise."""
        self._recipe = recipe
        if self._looked is None or not looks_alike(self._looked, recipe):
            self._rest.start()

    def close(self) -> None:
        """Release the model, in the thread that opened it."""
        self._rest.stop()
        self._jobs.work(self._looker.close, lambda _none: None)

    def _ask(self, op: Callable[[Records], tuple[Part | None, int]]) -> None:
        self._turn += 1
        turn = self._turn
        self._jobs.ask(op, lambda answer: self._on_part(turn, *answer), self.failed.emit)

    def _on_part(self, turn: int, shown: Part | None, place: int) -> None:
        if turn != self._turn or shown is None:
            return
        self.part, self.place = shown, place
        self._looked, self.fault = None, None
        self.changed.emit()
        self._look()

    def _look(self) -> None:
        recipe, shown = self._recipe, self.part
        if recipe is None or shown is None:
            return
        self._looked, self.is_looking = recipe, True
        self._jobs.work(
            lambda: self._looker.look(shown.frame, recipe),
            lambda answer: self._on_looked(shown, recipe, *answer),
            lambda error: self._on_blind(shown, error),
        )

    def _on_looked(
        self, shown: Part, recipe: Recipe, reading: Reading | None, fault: Message | None
    ) -> None:
        if self.part is None or self.part.frame is not shown.frame or recipe is not self._looked:
            return
        self.is_looking, self.fault = False, fault
        self.part = replace(self.part, reading=reading or Reading())
        self.changed.emit()

    def _on_blind(self, shown: Part, error: AppError) -> None:
        if self.part is None or self.part.frame is not shown.frame:
            return
        self.is_looking = False
        self.fault = error.what
        self.changed.emit()
        if not isinstance(error, EngineError):
            self.failed.emit(error)


def _newest(store: Records, recipe: str) -> tuple[Part | None, int]:
    for place, record in enumerate(store.find(limit=TRIES, recipe=recipe)):
        try:
            return part.of_record(store, record), place
        except RecordError:
            continue  # its picture was not kept
    boards = part.boards()
    return (part.of_file(boards[0]) if boards else None), -1
