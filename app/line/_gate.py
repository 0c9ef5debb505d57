"""Whether a line may judge: its locks, a hand's pause, its station's state; told in one order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.line._news import Judged, LineChanged, LineNews, LineState, Lock, TallyChanged
from app.station import Station, StationState
from app.station.teller import Teller

BARRED = {LineState.LOCKED, LineState.FAULTED}
"""Here no verdict is told: it would not be of the part that lies there."""
_OF_STATION = {
    StationState.STARTING: LineState.STARTING,
    StationState.RUNNING: LineState.RUNNING,
    StationState.WAITING: LineState.WAITING,
    StationState.PAUSED: LineState.PAUSED,
    StationState.FAULTED: LineState.FAULTED,
    StationState.STOPPED: LineState.STOPPED,
}


class Gate:
    """Holds the station while anything bars the line. Every method may be called from any thread;
    none but ``add`` under a lock."""

    def __init__(self, tell: Callable[[LineNews], None]) -> None:
        self._teller: Teller[LineNews] = Teller(tell)
        self._lock = threading.Lock()
        self._steering = threading.RLock()
        self._station: Station | None = None
        self._locks: dict[str, Lock] = {}
        self._of_station = StationState.STARTING
        self._is_ready = self._is_paused = self._is_held = False
        self._held_at = 0.0
        self._shown = LineChanged(LineState.STARTING)

    @property
    def shown(self) -> LineChanged:
        """What was told last."""
        return self._shown

    @property
    def is_barred(self) -> bool:
        """Whether a verdict told now would be of no part that lies there."""
        return self._shown.state in BARRED

    def bind(self, station: Station) -> None:
        """Take the station and hold it until ``open``."""
        self._station = station
        self._steer()

    def open(self) -> None:
        """Let the station go, unless something else bars it."""
        self._is_ready = True
        self._steer()

    def set_paused(self, is_paused: bool) -> None:
        """Follow the hand."""
        self._is_paused = is_paused
        self._steer()

    def hold(self) -> None:
        """Let nothing new in, and say nothing yet: what is in hand may still be told."""
        if not self._is_held:
            self._is_held, self._held_at = True, time.monotonic()
            self._steer()

    def let_go(self) -> None:
        """End the hold."""
        if self._is_held:
            self._is_held = False
            self._steer()

    def was_held(self, seconds: float) -> bool:
        """Say whether the hold has lasted so long."""
        return self._is_held and time.monotonic() - self._held_at > seconds

    def is_locked_by(self, code: str) -> bool:
        """Say whether this lock is there."""
        return code in self._locks

    def lock(self, lock: Lock) -> None:
        """Lock; another lock of the same code takes the place of the first."""
        with self._lock:
            self._locks[lock.code] = lock
        self._steer()

    def unlock(self, code: str) -> None:
        """Take a lock away, if it is there."""
        with self._lock:
            if self._locks.pop(code, None) is None:
                return
        self._steer()

    def hear(self, state: StationState) -> None:
        """Take what the station says of itself."""
        with self._lock:
            self._of_station = state
        self._announce()

    def add(self, news: LineNews) -> None:
        """Put news in line; a verdict that comes while the line is barred is kept to itself, and
        only its number is told."""
        with self._lock:
            if isinstance(news, Judged) and self.is_barred:
                news = TallyChanged(news.tally)
            self._teller.add(news)

    def flush(self) -> None:
        """Tell what is in line."""
        self._teller.flush()

    def _steer(self) -> None:
        # Two threads may bar and open at once; the station must end as the last one left it.
        with self._steering:
            is_open = self._is_ready and not (self._is_paused or self._is_held or self._locks)
            if self._station:
                if not is_open:
                    self._station.pause()
                else:
                    self._station.resume()
        self._announce()

    def _announce(self) -> None:
        with self._lock:
            now = LineChanged(self._joined(), tuple(self._locks.values()))
            if now == self._shown:
                return
            was_barred = self.is_barred
            self._shown = now
            self._teller.add(now)
            is_reopened = was_barred and not self.is_barred
        if is_reopened and self._station:
            # Whatever was shown no longer stands, and the part may have been exchanged.
            self._station.rearm()
        self.flush()

    def _joined(self) -> LineState:
        if self._of_station in (StationState.STOPPED, StationState.FAULTED):
            return _OF_STATION[self._of_station]
        if self._locks:
            return LineState.LOCKED
        if not self._is_ready:
            return LineState.STARTING
        if self._is_paused:
            return LineState.PAUSED
        if self._is_held and self._of_station is StationState.PAUSED:
            return self._shown.state
        return _OF_STATION[self._of_station]
