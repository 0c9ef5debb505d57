"""What may be wrong with a machine: each check says what it found, why it matters, what mends it.

Every other file here is one check and offers ``findings(machine)``; nothing else registers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app import kinds
from app.doctor._machine import Machine
from app.language import Message

__all__ = ["Finding", "Level", "Machine", "examine"]


class Level(StrEnum):
    """How bad it is."""

    FINE = "fine"
    NOTE = "note"
    """Worth knowing; nothing to mend."""
    WARNING = "warning"
    """It runs, but not as it should."""
    FAULT = "fault"
    """Something does not run until this is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    code: str
    """Stable: ``npu-health``, ``driver-firmware`` …"""
    level: Level
    what: Message
    why: Message | None = None
    mend: Message | None = None
    """The step that mends it; a command stands in it as one types it."""


def examine(machine: Machine | None = None) -> Iterator[Finding]:
    """Make every check, one after the other; none of them changes anything."""
    machine = machine or Machine()
    for name in kinds.names("app.doctor"):
        yield from kinds.load("app.doctor", name).findings(machine)
