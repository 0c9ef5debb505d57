"""Streams: what was asked for asynchronously happens, and is seen, at synchronisation."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Protocol

from cann.machine import Context
from cann.memory import Bytes


class Work(Protocol):
    """Something to do on the device."""

    def run(self) -> None:
        """Do it; raises Refused."""


@dataclass(eq=False)
class Copy:
    """Bytes from one place to another."""

    target: Bytes
    source: Bytes

    def run(self) -> None:
        """Copy."""
        self.target[:] = self.source


@dataclass(eq=False)
class Stream:
    """Work in the order it was asked for."""

    context: Context
    waiting: deque[Any] = field(default_factory=deque)

    def finish(self) -> None:
        """Do all that waits."""
        while self.waiting:
            self.waiting.popleft().run()
