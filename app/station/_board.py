"""What is told: each change of state once, each problem once until it is solved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum, auto

from app.errors import AppError
from app.station._news import News, Problem, Solved, StationState
from app.station.teller import Teller


class Part(Enum):
    """One of the station's loops."""

    CAPTURE = auto()
    INSPECT = auto()


class Board:
    """Joins the news of both loops; ``tell`` is called in the thread where the news arose."""

    def __init__(self, tell: Callable[[News], None]) -> None:
        self._teller = Teller(tell)
        self._lock = threading.Lock()
        self._parts = dict.fromkeys(Part, StationState.STARTING)
        self._problems: dict[Part, Problem] = {}
        self._is_paused = False
        self._shown = StationState.STARTING

    @property
    def state(self) -> StationState:
        """What was told last."""
        return self._shown

    def tell(self, news: News) -> None:
        """Tell something that has no memory."""
        self._teller.add(news)
        self._teller.flush()

    def set_part(self, part: Part, state: StationState) -> None:
        """Say what one loop is doing."""
        with self._lock:
            self._parts[part] = state
        self._announce()

    def set_paused(self, is_paused: bool) -> None:
        """Say whether a hand holds the station."""
        with self._lock:
            self._is_paused = is_paused
        self._announce()

    def fail(self, part: Part, error: AppError) -> None:
        """Tell a problem, unless it is the one already told; a new one takes its place."""
        with self._lock:
            known = self._problems.get(part)
            if known is None or known.code != error.code:
                if known is not None:
                    self._teller.add(Solved(known.code))
                self._problems[part] = Problem(error.what, error.hint, error.code)
                self._teller.add(self._problems[part])
        self._announce()

    def mend(self, part: Part) -> None:
        """Tell that a loop's problem is over, if it had one."""
        with self._lock:
            if problem := self._problems.pop(part, None):
                self._teller.add(Solved(problem.code))
        self._announce()

    def _announce(self) -> None:
        # Never told under the lock: who is told may call the station back.
        with self._lock:
            if (state := self._joined()) != self._shown:
                self._shown = state
                self._teller.add(state)
        self._teller.flush()

    def _joined(self) -> StationState:
        states = set(self._parts.values())
        if states == {StationState.STOPPED}:
            return StationState.STOPPED
        if self._problems:
            return StationState.FAULTED
        if self._is_paused:
            return StationState.PAUSED
        if StationState.STARTING in states:
            return StationState.STARTING
        if self._parts[Part.CAPTURE] is StationState.RUNNING:
            return StationState.RUNNING
        return StationState.WAITING
