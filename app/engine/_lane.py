"""A thread's lane to an NPU: one context and one stream, shared by the sessions of that thread.

pyACL is initialised once a process. A context belongs to its thread; devices are counted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType

from app.engine._acl import LOST, REPEAT_INITIALIZE, RUNS_ON_CHIP, STREAM_SYNC_TIMEOUT, failure
from app.errors import EngineError

PATIENCE_MS = 10_000
"""Far above what any model takes; a device that hangs must not hang the station."""


class Lane:
    """Context and stream of one thread on one device; ``release`` as often as it was taken."""

    def __init__(self, acl: ModuleType, device: int) -> None:
        self.acl, self.device = acl, device
        self.name = f"npu:{device}"
        self.is_lost = self.is_broken = False
        self.is_closed = False
        self.users = 0
        self.guests: list[Callable[[], None]] = []
        """How to close what lives in this context and was not closed yet."""
        self._lock = threading.RLock()
        with ExitStack() as undo:
            self.check(acl.rt.set_device(device))
            undo.callback(self._leave_device)
            self.context = self.made(acl.rt.create_context(device))
            undo.callback(acl.rt.destroy_context, self.context)
            self.stream = self.made(acl.rt.create_stream())
            undo.callback(self._destroy_stream)
            self.shares_memory = self.made(acl.rt.get_run_mode()) == RUNS_ON_CHIP
            self.soc: str = acl.get_soc_name() or ""
            self._undo = undo.pop_all()

    def check(self, number: int) -> None:
        """Raise EngineError unless a call went well."""
        if not number:
            return
        error = failure(self.acl, number, self.name)
        if number in LOST:
            self.is_lost = True
            _PROCESS.lose(self.device, number)
        if number in LOST or number == STREAM_SYNC_TIMEOUT:
            self.is_broken = True
        raise error

    def made(self, answer: tuple[int, int]) -> int:
        """Return what a call made. Raises EngineError."""
        made, number = answer
        self.check(number)
        return made

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Make the context this thread's, and keep other threads out."""
        with self._lock:
            self.check(self.acl.rt.set_context(self.context))
            yield

    @contextmanager
    def left(self) -> Iterator[None]:
        """Enter to release things, whatever became of the device."""
        with self._lock:
            self.acl.rt.set_context(self.context)
            yield
            # What a lost device answers to a release is no news.
            self.acl.get_recent_err_msg()

    def wait(self) -> None:
        """Wait until the stream has done its work; other threads run meanwhile."""
        self.check(self.acl.rt.synchronize_stream_with_timeout(self.stream, PATIENCE_MS))

    def release(self) -> None:
        """Give the lane up; the last user closes it."""
        _PROCESS.release(self)

    def close(self) -> None:
        """Close whatever is in it, the stream, the context and the device."""
        for close in list(self.guests):
            close()
        with self.left():
            self._undo.close()
        self.is_closed = True

    def _destroy_stream(self) -> None:
        # Work that never ended would keep the stream.
        rt = self.acl.rt
        (rt.destroy_stream_force if self.is_broken else rt.destroy_stream)(self.stream)

    def _leave_device(self) -> None:
        # A lost device is reset by force once nobody is on it.
        if not self.is_lost:
            self.acl.rt.reset_device(self.device)


class _Process:
    """What is once a process: initialisation, the lanes, and which devices were lost."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._acl: ModuleType | None = None
        self._lanes: dict[tuple[int, int], Lane] = {}
        """The lane that a thread's next session takes."""
        self._open: list[Lane] = []
        self._lost: dict[int, int] = {}
        """Why each device that was lost is; until the last lane has left it."""

    def lane(self, acl: ModuleType, device: int) -> Lane:
        key = (threading.get_ident(), device)
        with self._lock:
            self._initialise(acl)
            if device in self._lost:
                raise failure(acl, self._lost[device], f"npu:{device}")
            lane = self._lanes.get(key)
            if lane is None or lane.is_broken:
                try:
                    lane = self._lanes[key] = Lane(acl, device)
                except EngineError:
                    self._settle(acl, device)
                    raise
                self._open.append(lane)
            lane.users += 1
            return lane

    def release(self, lane: Lane) -> None:
        with self._lock:
            lane.users -= 1
            if not lane.users and lane in self._open:
                self._close(lane)

    def lose(self, device: int, number: int) -> None:
        with self._lock:
            self._lost[device] = number
            for lane in self._open:
                if lane.device == device:
                    lane.is_lost = lane.is_broken = True

    def finish(self) -> None:
        with self._lock:
            for lane in list(self._open):
                self._close(lane)
            if self._acl is not None:
                self._acl.finalize()
            self._acl = None

    def _close(self, lane: Lane) -> None:
        self._open.remove(lane)
        self._lanes = {key: each for key, each in self._lanes.items() if each is not lane}
        lane.close()
        self._settle(lane.acl, lane.device)

    def _settle(self, acl: ModuleType, device: int) -> None:
        """Reset a lost device by force as the last lane leaves it: it may come back."""
        if device in self._lost and not any(lane.device == device for lane in self._open):
            acl.rt.reset_device_force(device)
            acl.get_recent_err_msg()
            del self._lost[device]

    def _initialise(self, acl: ModuleType) -> None:
        if self._acl is not acl:
            number = acl.init()
            if number not in (0, REPEAT_INITIALIZE):
                raise failure(acl, number, "")
            self._acl = acl


_PROCESS = _Process()


def take_lane(acl: ModuleType, device: int) -> Lane:
    """Return this thread's lane to a device, which is opened where there is none yet.

    Raises EngineError.
    """
    return _PROCESS.lane(acl, device)


def finish() -> None:
    """Leave the NPU at the end of the process; sessions that are still open are dead after it."""
    _PROCESS.finish()
