"""The emulated machine: chips, memory, and everything a process has open on them."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

from cann import SUFFIX, codes
from cann.memory import Memory

MOST_STREAMS = {"Ascend310B": 512, "Ascend310P": 1024}


class Refused(Exception):
    """A code and the message that get_recent_err_msg gives for it."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(code, message)
        self.code, self.message = code, message


@dataclass
class Fault:
    """A failure to come: of which call, after how many that go well, and how often."""

    call: str
    code: int
    message: str
    after: int
    times: int


@dataclass(eq=False)
class Context:
    """What a thread works in; streams and models belong to it."""

    device: int
    is_default: bool = False
    is_dead: bool = False


class Machine:
    """One machine and one process on it; ``restart`` begins another."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._next_handle = 0x5500_0000_0000
        self.power_on()

    def power_on(
        self,
        chip: str = "Ascend310P3",
        *,
        devices: int = 1,
        run_mode: int = 1,
        memory: int = 1 << 30,
        is_recoverable: bool = False,
    ) -> None:
        """Set up the machine; ``run_mode`` 1 is a PCIe card (EP), 0 the SoC itself (RC)."""
        self.chip, self.devices, self.run_mode = chip, devices, run_mode
        self.memory_size, self.is_recoverable = memory, is_recoverable
        self.latency_ms = 0.0
        self.restart()

    def restart(self) -> None:
        """Begin a new process: nothing is initialised, and the device is well again."""
        self.init_count = 0
        self.references: Counter[int] = Counter()
        self.defaults: dict[int, Context] = {}
        self.handles: dict[int, Any] = {}
        self.memory = Memory(self.memory_size, is_shared=self.run_mode == 0)
        self.calls: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.lost: Refused | None = None
        self.report: list[str] | None = None
        self.computed_s = 0.0
        self._own = threading.local()

    @property
    def soc(self) -> str:
        """The chip as it names itself."""
        return self.chip + SUFFIX

    @property
    def most_streams(self) -> int:
        """How many streams the chip has."""
        return next((n for chip, n in MOST_STREAMS.items() if self.chip.startswith(chip)), 2048)

    def fail(
        self, call: str, code: int, message: str = "", *, after: int = 0, times: int = 1
    ) -> None:
        """Let a call fail after some that go well; a code of a lost device stays."""
        self.faults.append(Fault(call, code, message, after, times))

    def strike(self, call: str) -> None:
        """Raise what was to happen at this call."""
        with self.lock:
            for fault in self.faults:
                if fault.call != call or not fault.times:
                    continue
                if fault.after:
                    fault.after -= 1
                    continue
                fault.times -= 1
                refused = Refused(fault.code, fault.message)
                if fault.code in codes.LOST:
                    self.lost = refused
                raise refused

    def ready(self, call: str) -> None:
        """Refuse a call before init."""
        if not self.init_count:
            raise Refused(codes.UNINITIALIZE, f"EE1001: {call} before aclInit")

    def note(self, refused: Refused) -> None:
        """Keep the message of a failure for the thread that met it, newest on top."""
        if refused.message:
            self._own.messages = [refused.message, *getattr(self._own, "messages", [])]

    def told(self) -> str | None:
        """Give the thread's messages and forget them."""
        messages = getattr(self._own, "messages", [])
        self._own.messages = []
        return "\n".join(messages) or None

    @property
    def current(self) -> Context:
        """The thread's context; raises 107002 where there is none."""
        context: Context | None = getattr(self._own, "context", None)
        if context is None or context.is_dead:
            raise Refused(codes.RT_CONTEXT_NULL, "EE9999: ctx is NULL")
        return context

    @current.setter
    def current(self, context: Context | None) -> None:
        self._own.context = context

    def add(self, thing: Any) -> int:
        """Give a thing its handle."""
        with self.lock:
            self._next_handle += 0x40
            self.handles[self._next_handle] = thing
            return self._next_handle

    def find(self, handle: int, kind: type, code: int = codes.INVALID_PARAM) -> Any:
        """Return the thing behind a handle; raises ``code`` if there is none of that kind."""
        thing = self.handles.get(handle)
        if not isinstance(thing, kind):
            raise Refused(code, f"EE1001: {handle:#x} is no {kind.__name__}")
        return thing

    def drop(self, handle: int, kind: type, code: int = codes.INVALID_PARAM) -> Any:
        """Forget a handle; a second time raises ``code``."""
        with self.lock:
            thing = self.find(handle, kind, code)
            del self.handles[handle]
            return thing

    def leaks(self) -> list[str]:
        """Name everything that is still open."""
        named = Counter(
            type(thing).__name__
            for thing in self.handles.values()
            if not (isinstance(thing, Context) and thing.is_default)
        )
        found = [f"{count} × {name}" for name, count in sorted(named.items())]
        found += self.memory.leaks()
        found += [f"device {d} set {n} times" for d, n in self.references.items() if n]
        return found


MACHINE = Machine()
