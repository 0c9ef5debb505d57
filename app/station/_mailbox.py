"""Between the two loops: room for one task, and beside it for one that is put in again."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from app.errors import BadPicture
from app.vocabulary import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One frame to be inspected, or the news that a page could not be read."""

    frame: Frame
    decode_ms: float | None = None
    is_asked: bool = False
    """By hand: the answer is told even if nothing is on the page."""
    failure: BadPicture | None = None


class Mailbox:
    """Holds the newest task; a live source overwrites it and counts, any other source waits."""

    def __init__(self) -> None:
        self.lost = 0
        self._changed = threading.Condition()
        self._task: Task | None = None
        self._again: Task | None = None
        self._is_ended = False
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nobody will leave or take anything any more."""
        return self._is_closed

    def has_room(self, timeout_s: float) -> bool:
        """Wait a little for the task to be taken; say whether one can be put without waiting."""
        with self._changed:
            self._changed.wait_for(lambda: self._task is None or self._is_closed, timeout_s)
            return self._task is None and not self._is_closed

    def put(self, task: Task, *, may_overwrite: bool) -> None:
        """Leave a task; without leave to overwrite, wait until there is room or it is closed."""
        with self._changed:
            if may_overwrite:
                self.lost += self._task is not None
            else:
                self._changed.wait_for(lambda: self._task is None or self._is_closed)
            self._task = task
            self._changed.notify_all()

    def put_again(self, task: Task) -> None:
        """Leave a task that goes before all others; a newer one replaces it."""
        with self._changed:
            self._again = task
            self._changed.notify_all()

    def drop_overtaken(self) -> None:
        """Let go of a live frame that nobody asked for: it waited too long to be of now."""
        with self._changed:
            if self._task and self._task.decode_ms is None and not self._task.is_asked:
                self._task = None
                self.lost += 1
                self._changed.notify_all()

    def take(self, *, to_the_end: bool = False) -> Task | None:
        """Wait for the next task; None once closed, or at the end of the source where asked."""
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._is_closed
                    or self._again is not None
                    or self._task is not None
                    or (to_the_end and self._is_ended)
                )
            )
            if self._is_closed:
                return None
            if task := self._again:
                self._again = None
            elif task := self._task:
                self._task = None
            self._changed.notify_all()
            return task

    def end(self) -> None:
        """Say that the source will leave nothing more."""
        with self._changed:
            self._is_ended = True
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
