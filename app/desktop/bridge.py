"""Hosts a station's two loops in two threads and turns its news into signals.

Pictures are made ready for painting here, in the threads where the news arises.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.desktop.counter.pixels import Sizes, fitted, prepare
from app.desktop.hosted import Hosted
from app.errors import EngineError
from app.inspector import Inspector
from app.station import FrameSeen, Inspected, News, Problem, Solved, Station
from app.vocabulary import Frame, Inspection

Tell = Callable[[News], None]
MakeInspector = Callable[[], Inspector]
MakeStation = Callable[[MakeInspector, Tell], Station]
LONGEST_STOP_MS = 8000
"""A camera that hangs in its driver may keep its thread so long; then the process ends anyway."""
_STUCK: list[Hosted] = []
"""Threads that did not end in time. Qt aborts if it destroys one that runs, so it never does."""


@dataclass(frozen=True, slots=True)
class _Shift:
    """One station's time in the inference thread."""

    station: Station
    to_the_end: bool


class Bridge(QObject):
    """One station at a time; the models stay loaded from one station to the next."""

    previewed = Signal()
    """A newer live picture waits; see ``take_preview``."""
    inspected = Signal(object)
    """tuple[Prepared, ...] of one page."""
    batched = Signal(object)
    """tuple[Inspection, ...] of one page that nobody looks at now."""
    troubled = Signal(object)
    solved = Signal(str)
    state_changed = Signal(object)
    released = Signal()
    """The source that was let go is given back."""
    crashed = Signal(object)

    def __init__(self, make_inspector: MakeInspector, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sizes = Sizes()
        self.wants_preview = True
        self._is_batch = False
        self.lost = 0
        self._lender = _Lender(make_inspector)
        self._station: Station | None = None
        self._turn = 0
        self._preview: QImage | None = None
        self._is_preview_told = False
        self._shifts: queue.SimpleQueue[_Shift | None] = queue.SimpleQueue()
        self._capture: Hosted | None = None
        self._next: Station | None = None
        self._inference = Hosted("inference", self._infer, self, yields=True)
        self._inference.crashed.connect(self.crashed)
        self._inference.start()

    @property
    def station(self) -> Station | None:
        """The station at work."""
        return self._station

    def host(
        self, make_station: MakeStation, *, to_the_end: bool = False, is_batch: bool = False
    ) -> None:
        """Let one station follow another; the old one gives its device back first.

        ``to_the_end`` stops it behind its last page; a batch is told without pictures made.
        Raises what ``make_station`` raises; the old station then goes on.
        """
        station = make_station(self._lender.lend, partial(self._tell, self._turn + 1))
        if self._station is not None:
            self._station.stop()
        self._turn += 1
        self._is_batch = is_batch
        self._station = station
        self._shifts.put(_Shift(station, to_the_end))
        self._next = station
        if self._capture is None:
            self._begin_capture()

    def release(self) -> None:
        """Stop the station and give its source back; ``released`` follows. The models stay."""
        if self._station is not None:
            self._station.stop()
            self._station = None
            self._turn += 1
        self._next = None
        if self._capture is None:
            self.released.emit()

    def reinspect(self, frame: Frame) -> None:
        """Put a frame in again, if a station is there to read it."""
        if self._station is not None:
            self._station.reinspect(frame)

    def renew(self) -> None:
        """Have the models loaded anew for the next station."""
        self._lender.is_stale = True

    def take_preview(self) -> QImage | None:
        """Return the newest live picture, sized for the screen."""
        self._is_preview_told = False
        return self._preview

    def close(self) -> None:
        """End both threads; twice is allowed."""
        self._next = None
        if self._station is not None:
            self._station.stop()
        self._shifts.put(None)
        for thread in (self._capture, self._inference):
            if thread is not None and not thread.wait(LONGEST_STOP_MS):
                _STUCK.append(thread)
                thread.setParent(None)

    def _begin_capture(self) -> None:
        station, self._next = self._next, None
        if station is None:
            return
        self._capture = Hosted("capture", station.run_capture, self)
        self._capture.crashed.connect(self.crashed)
        self._capture.finished.connect(self._on_capture_finished)
        self._capture.start()

    def _on_capture_finished(self) -> None:
        if self._capture is not None:
            self._capture.deleteLater()
            self._capture = None
        if self._next is None and self._station is None:
            self.released.emit()
        self._begin_capture()

    def _infer(self) -> None:
        try:
            while shift := self._shifts.get():
                shift.station.run_inspect(to_the_end=shift.to_the_end)
        finally:
            self._lender.close()

    def _tell(self, turn: int, news: News) -> None:
        if turn != self._turn:
            return
        match news:
            case FrameSeen(frame=frame, lost=lost):
                self._show(frame, lost)
            case Inspected(inspections=inspections):
                self._tell_inspected(inspections)
            case Problem():
                self.troubled.emit(news)
            case Solved(code=code):
                self.solved.emit(code)
            case _:
                self.state_changed.emit(news)

    def _show(self, frame: Frame, lost: int) -> None:
        self.lost = lost
        if not self.wants_preview or self._is_preview_told:
            return
        self._preview = fitted(frame.bgr, self.sizes.page, self.sizes.ratio)
        self._is_preview_told = True
        self.previewed.emit()

    def _tell_inspected(self, inspections: tuple[Inspection, ...]) -> None:
        if self._is_batch:
            self.batched.emit(inspections)
            return
        sizes = self.sizes
        self.inspected.emit(tuple(prepare(inspection, sizes) for inspection in inspections))


class _Lender:
    """Keeps one inspector in the inference thread and lends it to each station's loop."""

    def __init__(self, make_inspector: MakeInspector) -> None:
        self.is_stale = False
        self._make = make_inspector
        self._kept: Inspector | None = None

    def lend(self) -> Inspector:
        """Make the inspector once; called in the inference thread only."""
        if self.is_stale:
            self.is_stale = False
            self.close()
        if self._kept is None:
            self._kept = self._make()
        return _Lent(self._kept, self)

    def close(self) -> None:
        """Release the engine, in the thread that opened it."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


class _Lent(Inspector):
    """Goes back to the lender when a loop closes it, unless its engine failed."""

    def __init__(self, kept: Inspector, lender: _Lender) -> None:
        self._kept = kept
        self._lender = lender
        self.failure = None

    def inspect(self, frame: Frame, kind: str | None = None) -> tuple[Inspection, ...]:
        inspections = self._kept.inspect(frame, kind)
        self.failure = self._kept.failure
        return inspections

    def close(self) -> None:
        if isinstance(self.failure, EngineError):
            self._lender.close()
