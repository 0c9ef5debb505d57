"""Every action of the counter and its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.desktop.controls.keyed import KeyedAction
from app.desktop.counter.desk import Desk
from app.desktop.counter.intake import Intake
from app.language import Message, message

CONFIRM, SAVE, NEXT_PAGE = message("Confirm"), message("Save"), message("Next page")
CANCEL, CLOSE = message("Cancel"), message("Close")


class CounterKeys:
    """Actions that call the desk and the intake; enabled only where they do something."""

    def __init__(self, page: QWidget, desk: Desk, intake: Intake) -> None:
        def key(
            words: Message, keys: list[str], icon: str, done: Callable[[], object] = lambda: None
        ) -> KeyedAction:
            return KeyedAction(page, words, keys, done, icon)

        self._desk, self._intake = desk, intake
        self.proceed = key(CONFIRM, ["Return", "Enter"], "", self._proceed)
        self.capture = key(message("Capture"), ["F5"], "camera", intake.capture)
        self.turn = key(message("Turn by 90°"), ["F2"], "turn", desk.turn)
        self.next_kind = key(message("Next kind"), ["F3"], "counter", intake.next_kind)
        self.kinds = key(message("Choose a kind"), ["Shift+F3"], "")
        self.sources = key(message("Choose a source"), ["F4"], "scanner")
        self.back = key(message("Take back"), ["Escape"], "back", desk.take_back)
        self.skip = key(message("Put away"), ["F8"], "skip", desk.skip)
        self.undo = key(message("Undo"), ["Ctrl+Z"], "undo", desk.undo)
        self.open = key(message("Open files"), ["Ctrl+O"], "file")
        self.previous = key(message("Previous"), ["PgUp"], "", lambda: desk.step_document(-1))
        self.following = key(message("Next"), ["PgDown"], "", lambda: desk.step_document(1))
        self.end_batch = key(CANCEL, ["F9"], "", intake.end_batch)
        self.review = key(message("Look through"), ["F7"], "", self._review)
        self.all = (
            self.proceed, self.back, self.capture, self.turn, self.next_kind, self.kinds,
            self.sources, self.skip, self.undo, self.open, self.previous, self.following,
            self.review, self.end_batch,
        )  # fmt: skip
        self.in_bar = (
            self.capture, self.turn, self.next_kind, self.back, self.skip, self.undo, self.open,
        )  # fmt: skip

    def follow(self) -> None:
        """Enable what does something now, and name the next step."""
        desk, intake, round_ = self._desk, self._intake, self._desk.round
        has_slip = desk.slip is not None and not desk.is_busy
        self.turn.setEnabled(has_slip and desk.slip is not None and desk.slip.has_picture)
        self.skip.setEnabled(has_slip)
        self.back.setEnabled(has_slip and desk.may_take_back)
        self.undo.setEnabled(desk.may_undo and not desk.is_busy)
        self.previous.setEnabled(desk.may_step)
        self.following.setEnabled(desk.may_step)
        batch = intake.batch
        self.end_batch.setEnabled(batch is not None)
        self.end_batch.say(CLOSE if batch and batch.is_over else CANCEL)
        self.review.setEnabled(bool(batch and batch.is_over and batch.to_review))
        if round_ and round_.is_recognised:
            self.proceed.say(CONFIRM if round_.hand else SAVE)
        else:
            self.proceed.say(NEXT_PAGE)
        self.proceed.setEnabled(not desk.is_busy)

    def _proceed(self) -> None:
        if self._desk.round and self._desk.round.is_recognised:
            self._desk.confirm()
        else:
            self._intake.capture()

    def _review(self) -> None:
        if self._intake.batch is not None:
            self._desk.review(self._intake.batch.to_review)
            self._intake.end_batch()
