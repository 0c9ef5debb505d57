"""The running loops of one workplace; knows no Qt. Threads are only their hosts.

Host ``run_inspect`` and ``run_capture`` in a thread each, the first one first; ``stop`` and join.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app import documents
from app.capture import Source
from app.inspector import Inspector
from app.station._backoff import BACK_OFF_S, BackOff
from app.station._board import Board
from app.station._capture import CaptureLoop, Hand
from app.station._inspect import InspectLoop
from app.station._mailbox import Mailbox, Task
from app.station._news import (
    FrameSeen,
    Inspected,
    News,
    Problem,
    Solved,
    StationState,
    Trigger,
)
from app.station._page import PageWatch
from app.station._part import Area, PartWatch
from app.station._watch import Watch
from app.vocabulary import Frame

__all__ = [
    "FrameSeen",
    "Inspected",
    "News",
    "Problem",
    "Solved",
    "Station",
    "StationState",
    "Trigger",
]


class Station:
    """Two loops and the mailbox between them. Every method may be called from any thread."""

    def __init__(
        self,
        make_source: Callable[[], Source],
        make_inspector: Callable[[], Inspector],
        tell: Callable[[News], None],
        *,
        trigger: Trigger,
        region: Area | None = None,
        back_off_s: Sequence[float] = BACK_OFF_S,
    ) -> None:
        """Touch nothing yet; the loops' threads call ``tell``, which must not wait for them.

        ``region`` is what of a camera's picture shows the part, for the trigger PART.
        """
        self._make_source = make_source
        self._make_inspector = make_inspector
        self._hand = Hand()
        self._mailbox = Mailbox()
        self._board = Board(tell)
        self._back_off_s = back_off_s
        self._watch = _watch(trigger, region)
        self._capture = CaptureLoop(self._hand, self._mailbox, self._board, self._watch, trigger)
        self._inspect = InspectLoop(self._mailbox, self._board, self._watch)

    @property
    def state(self) -> StationState:
        """What the station is doing now."""
        return self._board.state

    def run_capture(self) -> None:
        """Bring frames until the source is at its end or ``stop``; for one thread, once."""
        self._capture.run(self._make_source, BackOff(self._hand.stopped, self._back_off_s))

    def run_inspect(self, *, to_the_end: bool = False) -> None:
        """Inspect frames until ``stop``, or only ``to_the_end`` of the source."""
        back_off = BackOff(self._hand.stopped, self._back_off_s)
        self._inspect.run(self._make_inspector, back_off, to_the_end=to_the_end)

    def stop(self) -> None:
        """Ask both loops to return; twice is allowed. A stopped station is not started again."""
        self._hand.stop()
        self._mailbox.close()

    def pause(self) -> None:
        """Inspect nothing new: a camera's picture goes on, a scanner or folder waits."""
        self._hand.resumed.clear()
        self._board.set_paused(True)

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._hand.resume()
        self._board.set_paused(False)

    def trigger(self) -> None:
        """Inspect the next frame of a camera, also of a paused one; a scanner or folder gives its
        next page."""
        self._hand.ask()

    def rearm(self) -> None:
        """With the trigger PART, judge what lies there again: it may have been exchanged unseen."""
        if self._watch:
            self._watch.rearm()

    def set_kind(self, kind: str | None) -> None:
        """Fix the kind of document from the next inspection on; None recognises it.

        Raises KindError if there is no such kind.
        """
        if kind is not None:
            documents.load(kind)
        self._inspect.kind = kind

    def reinspect(self, frame: Frame) -> None:
        """Put this very frame in again, before all others, e.g. turned or as another kind."""
        self._mailbox.put_again(Task(frame, is_asked=True))


def _watch(trigger: Trigger, region: Area | None) -> Watch | None:
    if trigger is Trigger.CHANGE:
        return PageWatch()
    return PartWatch(region) if trigger is Trigger.PART else None
