"""What the clerk does with the documents: confirm, correct, save, take back; paints nothing."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.desktop.counter.errands import Fetched, fetched, keep, restore, turned
from app.desktop.counter.pixels import Prepared, Sheet, Sizes, prepare
from app.desktop.counter.round import Round, again
from app.desktop.counter.tray import Saved, Slip, Tray, slip_of
from app.desktop.jobs import Jobs
from app.errors import AppError
from app.vocabulary import Frame, Inspection, Record

PAGES_AHEAD = 3
"""A folder is read so far ahead of the clerk; then it waits."""


class Desk(QObject):
    """The documents in hand and waiting. Every change ends in one of the signals."""

    changed = Signal()
    """Another document, another field in hand or another value."""
    saved = Signal(object)
    """Saved: the document in hand was kept."""
    withdrawn = Signal(str)
    """Id of a record that was taken back."""
    crowded = Signal(bool)
    """Whether so many pages wait that no further one should be read."""
    frame_turned = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.sizes = Sizes()
        self.last: Saved | None = None
        self._jobs = jobs
        self._tray = Tray()
        self._done: list[str | Slip] = []
        self._to_review: deque[str] = deque()
        self._is_busy = False
        self._is_crowded = False
        self._kept_now: Slip | None = None
        self._turned: tuple[Frame, Frame] | None = None

    @property
    def slip(self) -> Slip | None:
        """The document in hand."""
        return self._tray.current

    @property
    def round(self) -> Round | None:
        """Its fields as they stand."""
        return self.slip.round if self.slip else None

    @property
    def is_busy(self) -> bool:
        """Whether a record is being kept or fetched; keys wait so long."""
        return self._is_busy

    @property
    def count(self) -> int:
        """How many documents are in hand or waiting."""
        return len(self._tray.slips) + len(self._to_review)

    @property
    def may_step(self) -> bool:
        """Whether another document can be taken in hand now."""
        return len(self._tray.slips) > 1

    @property
    def place(self) -> int:
        """Which of them is in hand."""
        return self._tray.place

    @property
    def may_undo(self) -> bool:
        """Whether something can be brought back."""
        return bool(self._done)

    @property
    def may_take_back(self) -> bool:
        """Whether Esc takes anything back."""
        slip = self.slip
        return bool(slip and (slip.before or slip.round.fields != slip.round.machine))

    # what comes in

    def take_in(self, page: tuple[Prepared, ...]) -> None:
        """Lay the documents of a page on the desk; a page read again takes its old place."""
        frame = page[0].inspection.frame
        pair, self._turned = self._turned, None
        before = pair[0] if pair and pair[1] is frame else frame
        self._tray.take_in([slip_of(prepared) for prepared in page], instead_of=before)
        self._tell()

    def review(self, record_ids: Iterable[str]) -> None:
        """Lay kept records on the desk again, one after the other."""
        self._to_review.extend(record_ids)
        self._fetch_next()

    def resize(self, sizes: Sizes) -> None:
        """Show the document in hand at another size."""
        self.sizes = sizes
        slip = self.slip
        if slip is None:
            return
        inspection = slip.round.inspection
        self._jobs.work(
            lambda: prepare(inspection, sizes).sheet, partial(self._on_resized, inspection)
        )

    # what a hand does

    def take(self, name: str) -> None:
        """Take one field in hand."""
        if self.round and not self._is_busy and name != self.round.hand:
            self._change(self.round.take(name))

    def step_field(self, by: int) -> None:
        """Take the next or the previous field in hand, whether or not it needs one."""
        if not self.round or not self.round.fields:
            return
        names = [field.name for field in self.round.fields]
        at = names.index(self.round.hand) + by if self.round.hand else (0 if by > 0 else -1)
        self.take(names[at % len(names)])

    def type(self, value: str) -> None:
        """Put a typed value into the field in hand."""
        if self.round and not self._is_busy:
            self._change(self.round.typed(value, self._today()))

    def pick(self, position: int, text: str) -> None:
        """Take one reading of a doubtful character."""
        if self.round and not self._is_busy:
            self._change(self.round.picked(position, text, self._today()))

    def confirm(self) -> None:
        """Confirm the field in hand; after the last one the record is saved."""
        if not self.round or self._is_busy or not self.round.is_recognised:
            return
        if self.round.hand is not None:
            self._change(self.round.confirm(self._today()), with_history=True)
            if self.round.hand is not None:
                return
        if self.round.is_done:
            self.save()

    def take_back(self) -> None:
        """Take back what was typed into the field in hand, or else the last confirmation."""
        if not self.round or self._is_busy:
            return
        hand = self.round.hand
        if hand and hand not in self.round.confirmed and self.round.is_changed(hand):
            self._change(self.round.restored(self._today()))
        elif self._tray.go_back():
            self.changed.emit()

    def step_document(self, by: int) -> None:
        """Take another waiting document in hand."""
        if not self._is_busy:
            self._tray.step(by)
            self._tell()

    def skip(self) -> None:
        """Put the document in hand away without saving it; undo brings it back."""
        if self.slip and not self._is_busy:
            self._remember(self._tray.remove_current())
            self._go_on()

    def turn(self) -> None:
        """Turn the page in hand by 90° clockwise; it is then to be read again."""
        if self.slip:
            frame = self.slip.frame
            self._jobs.work(partial(turned, frame), partial(self._on_turned, frame))

    def save(self) -> None:
        """Keep the document in hand as a record."""
        slip = self.slip
        if slip is None or self._is_busy:
            return
        self._is_busy = True
        self._kept_now = slip
        keeping = partial(keep, slip.round.result(), slip.round.confirmed, slip.replaces)
        self._jobs.ask(keeping, partial(self._on_kept, slip), self._on_failed)

    def undo(self) -> None:
        """Bring the last document back: a kept record is withdrawn and lies on the desk again."""
        if not self._done or self._is_busy:
            return
        last = self._done.pop()
        if isinstance(last, Slip):
            self._tray.put_first(last)
            self._tell()
        else:
            self._fetch(last, withdraw=True)

    def put_away(self) -> None:
        """Keep what a hand has begun, and give back what it only looked at, before the end."""
        if self._kept_now is not None:
            self._tray.remove(self._kept_now)
        for slip in self._tray.slips:
            if slip.is_touched:
                inspection, confirmed = slip.round.result(), slip.round.confirmed
                keeping = partial(keep, inspection, confirmed, slip.replaces)
                self._jobs.ask(keeping, lambda _record: None)
            elif slip.withdrawn is not None:
                restoring = partial(restore, slip.withdrawn)
                self._jobs.ask(restoring, lambda _none: None)
        self._tray = Tray()

    def _on_kept(self, slip: Slip, record: Record) -> None:
        self._is_busy = False
        self._kept_now = None
        self.last = Saved(record.id, slip.round)
        self._tray.remove(slip)
        self._remember(record.id)
        self.saved.emit(self.last)
        self._go_on()

    def _on_fetched(self, found: Fetched) -> None:
        self._is_busy = False
        if found.was_withdrawn:
            self.withdrawn.emit(found.record.id)
        round_ = again(found.prepared.inspection, found.record.confirmed)
        slip = Slip(round_, found.prepared.sheet, first=round_)
        if found.was_withdrawn:
            slip = replace(slip, withdrawn=found.record.id)
        else:
            slip = replace(slip, replaces=found.record.id)
        self._tray.put_first(slip)
        self._tell()

    def _on_not_fetched(self, record_id: str, withdraw: bool, error: AppError) -> None:
        if withdraw:
            self._done.append(record_id)
        self._on_failed(error)

    def _on_failed(self, error: AppError) -> None:
        self._is_busy = False
        self._kept_now = None
        self.failed.emit(error)
        self.changed.emit()

    def _on_resized(self, inspection: Inspection, sheet: Sheet) -> None:
        if self.round and self.round.inspection is inspection:
            self._tray.show_again(sheet)
            self.changed.emit()

    def _on_turned(self, before: Frame, after: Frame) -> None:
        self._turned = (before, after)
        self.frame_turned.emit(after)

    # private

    def _change(self, round_: Round, *, with_history: bool = False) -> None:
        if round_ is not self.round:
            self._tray.change(round_, with_history=with_history)
            self.changed.emit()

    def _remember(self, done: str | Slip) -> None:
        # Of documents put away only the last is held with its picture, so that memory stays flat.
        if isinstance(done, Slip):
            self._done = [each for each in self._done if not isinstance(each, Slip)]
        self._done.append(done)

    def _go_on(self) -> None:
        if self.slip is None and self._to_review:
            self._fetch_next()
        self._tell()

    def _fetch_next(self) -> None:
        if self._to_review and self.slip is None and not self._is_busy:
            self._fetch(self._to_review.popleft(), withdraw=False)

    def _fetch(self, record_id: str, *, withdraw: bool) -> None:
        self._is_busy = True
        fetch = partial(fetched, record_id, withdraw, self.sizes)
        failed = partial(self._on_not_fetched, record_id, withdraw)
        self._jobs.ask(fetch, self._on_fetched, failed)

    def _tell(self) -> None:
        is_crowded = len(self._tray.slips) >= PAGES_AHEAD
        if is_crowded != self._is_crowded:
            self._is_crowded = is_crowded
            self.crowded.emit(is_crowded)
        self.changed.emit()
