"""Hosts one line at a time in three threads and turns its news into signals.

Capture, inference and recording have a thread each. The live picture is made ready in the capture
thread, a part for the strip in the inference thread; the window only paints.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.desktop.hosted import Hosted
from app.desktop.jobs import Jobs
from app.desktop.line.marks import marks_of
from app.desktop.line.opened import Opened
from app.desktop.line.pixels import Room, is_same, kept, live, look_of
from app.desktop.line.seen import Judgement, Preview, Seen
from app.errors import AppError
from app.line import (
    Judged,
    Line,
    LineChanged,
    LineNews,
    LineState,
    Recorded,
    TallyChanged,
)
from app.recipes.recipe import Recipe
from app.station import FrameSeen, Problem, Solved
from app.vocabulary import Decision

Tell = Callable[[LineNews], None]
OpenLine = Callable[[Tell], Opened]
LONGEST_STOP_MS = 12_000
"""Records that are stuck are tried so long at the end, and a camera may hang in its driver."""
SHORTEST_S = 1 / 32
"""Between two live pictures; a faster camera is shown at this rate and still judged at its own."""
KEPT_EVERY_S = 0.5
"""Good parts, and frames where every one is judged, are kept no more often: that takes time from
judging."""
UNRECORDED = "parts-unrecorded"
"""What a line tells at its very end, and must be heard although another one has begun."""
_STUCK: list[Hosted] = []
"""Threads that did not end in time. Qt aborts if it destroys one that runs, so it never does."""


class LineHost(QObject):
    """Opens, hosts and ends lines; the old one gives its camera back before the next one begins."""

    previewed = Signal()
    """A newer live picture waits; see ``take_shot``."""
    judged = Signal(object)
    """Seen."""
    pictured = Signal(object)
    """Part: its pictures for the strip and for comparing, a little after its verdict."""
    changed = Signal(object)
    """LineChanged."""
    counted = Signal(object)
    """Tally: the numbers changed without a new part."""
    recorded = Signal()
    """More parts are in the records."""
    troubled = Signal(object)
    solved = Signal(str)
    opened = Signal()
    failed = Signal(object)
    """An AppError: the line could not be opened."""
    ended = Signal()
    """Every thread has ended and the camera is given back."""
    crashed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.room = Room()
        self.wants_preview = False
        self.recipe: Recipe | None = None
        self.line: Line | None = None
        self._opened: Opened | None = None
        self.lost = 0
        self._turn = 0
        self._is_opening = False
        self._next: OpenLine | None = None
        self._threads: list[Hosted] = []
        self._is_stream = False
        self._shot: Preview | None = None
        self._is_told = False
        self._shown_at = 0.0
        self._last: Judgement | None = None
        self._kept_at = {Decision.OK: 0.0, Decision.NG: 0.0}
        self._frames = 0
        self._counted_at = time.monotonic()

    @property
    def is_open(self) -> bool:
        """Whether a line runs or is about to."""
        return self.line is not None or self._is_opening or self._next is not None

    def open(self, make: OpenLine) -> None:
        """Let one line follow another; ``make`` is called away from the window."""
        self._next = make
        if self._is_opening:
            return
        if self._threads:
            self.stop()
            self._next = make
        else:
            self._begin()

    def stop(self) -> None:
        """Ask the line to end; ``ended`` follows once its camera is given back."""
        self._next = None
        self._turn += 1
        if self.line is not None:
            self.line.stop()
            self.line = None
        elif not self._is_opening and not self._threads:
            self.ended.emit()

    def close(self) -> None:
        """End every thread; twice is allowed."""
        self.stop()
        for thread in self._threads:
            if not thread.wait(LONGEST_STOP_MS):
                _STUCK.append(thread)
                thread.setParent(None)
                self._opened = None  # what still runs still records
        if self._opened is not None:
            self._opened.records.close()
            self._opened = None

    def take_shot(self) -> Preview | None:
        """Return the newest live picture."""
        self._is_told = False
        return self._shot

    def frame_rate(self) -> float:
        """Return the frames a second since this was asked last."""
        now = time.monotonic()
        rate = self._frames / max(1e-3, now - self._counted_at)
        self._frames, self._counted_at = 0, now
        return rate

    # private

    def _begin(self) -> None:
        make, self._next = self._next, None
        if make is None:
            return
        self._is_opening = True
        self._turn += 1
        turn = self._turn
        tell = partial(self._tell, turn)
        self._jobs.work(lambda: make(tell), partial(self._on_made, turn), self._on_failed)

    def _on_made(self, turn: int, opened: Opened) -> None:
        self._is_opening = False
        self._opened = opened
        if turn == self._turn and self._next is None:
            self.line = opened.line
            self.recipe = opened.line.version.recipe
            # Where every frame is judged, the verdict is of the picture, not of a part that lies.
            self._is_stream = self.recipe.trigger == "every"
            self._shot = self._last = None
            self._is_told = False
            self._frames, self._counted_at = 0, time.monotonic()
        else:
            opened.line.stop()
        self._host(opened)
        self.opened.emit()

    def _host(self, opened: Opened) -> None:
        loops = (
            ("line inference", opened.station.run_inspect, True),
            ("line capture", opened.station.run_capture, False),
            ("line recording", opened.line.run_recording, True),
        )
        self._threads = [Hosted(name, loop, self, yields=yields) for name, loop, yields in loops]
        for thread in self._threads:
            thread.crashed.connect(self._on_crashed)
            thread.finished.connect(partial(self._on_finished, thread))
            thread.start()

    def _on_failed(self, error: AppError) -> None:
        self._is_opening = False
        self.failed.emit(error)
        if self._next is None:
            self.ended.emit()
        self._begin()

    def _on_crashed(self, bug: object) -> None:
        """End a line of which one loop is gone: what it showed last would stand for ever."""
        self.crashed.emit(bug)
        self.stop()

    def _on_finished(self, thread: Hosted) -> None:
        if thread not in self._threads:
            return
        self._threads.remove(thread)
        thread.deleteLater()
        if self._threads:
            return
        opened, self._opened, self.line = self._opened, None, None
        self._shot = None
        if opened is not None:
            self._jobs.work(opened.records.close, lambda _none: None)
        self.ended.emit()
        self._begin()

    def _tell(self, turn: int, news: LineNews) -> None:
        if turn == self._turn:
            self._pass_on(news)
        elif isinstance(news, Problem) and news.code == UNRECORDED:
            self.troubled.emit(news)

    def _pass_on(self, news: LineNews) -> None:
        match news:
            case FrameSeen():
                self._show(news)
            case Judged():
                self._take(news)
            case LineChanged():
                if news.state not in (LineState.RUNNING, LineState.WAITING):
                    self._last = None
                self.changed.emit(news)
            case TallyChanged(tally=tally):
                self.counted.emit(tally)
            case Recorded():
                self.recorded.emit()
            case Problem():
                self.troubled.emit(news)
            case Solved(code=code):
                self.solved.emit(code)

    def _show(self, news: FrameSeen) -> None:
        self._frames += 1
        self.lost = news.lost
        now = time.monotonic()
        # One that is not painted yet is not overtaken: the window is behind as it is.
        if not self.wants_preview or self._is_told or now - self._shown_at < SHORTEST_S:
            return
        self._shown_at = now
        shot = live(news.frame, self.room, self.recipe)
        last = self._last
        is_judged = last is not None and (self._is_stream or is_same(last.look, shot.look))
        self._shot = Preview(shot, last.marks if last is not None and is_judged else (), is_judged)
        self._is_told = True
        self.previewed.emit()

    def _take(self, judged: Judged) -> None:
        inspection = judged.inspection
        recipe = self.recipe
        marks = marks_of(inspection.reading, recipe) if recipe is not None else ()
        self._last = Judgement(look_of(inspection.frame.bgr), marks)
        self.judged.emit(Seen(judged, marks))
        if self._wants_picture(inspection.verdict.decision):
            self.pictured.emit(kept(inspection, judged.record_id, marks, self.room))

    def _wants_picture(self, decision: Decision) -> bool:
        """Say whether a part may be asked for: each NG one, and now and then a good one."""
        if decision is Decision.REVIEW:
            return False
        if decision is Decision.NG and not self._is_stream:
            return True
        now = time.monotonic()
        is_due = now - self._kept_at[decision] >= KEPT_EVERY_S
        if is_due:
            self._kept_at[decision] = now
        return is_due
