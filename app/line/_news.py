"""What a line tells beside the news of its station: one frozen value a kind of news."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.language import Message
from app.line.tally import Tally
from app.station import News
from app.vocabulary import Inspection


class LineState(StrEnum):
    """What the line as a whole is doing; only RUNNING judges parts."""

    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"
    """For the next part, or for a key."""
    PAUSED = "paused"
    LOCKED = "locked"
    """No part is judged until what locks it is over."""
    FAULTED = "faulted"
    """Camera, model or disk failed; the problem is told beside it."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Lock:
    """Why the line is locked, and what opens it."""

    code: str
    """``golden-due``, ``golden-failed``, ``records-stuck`` …"""
    message: Message
    hint: Message


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One part with its verdict, on its way into the records under ``record_id``."""

    inspection: Inspection
    record_id: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class LineChanged:
    """The state changed; whatever verdict is shown no longer stands, unless RUNNING or WAITING."""

    state: LineState
    locks: tuple[Lock, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """These parts are in the records: neither a crash nor a power cut loses them any more."""

    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TallyChanged:
    """The numbers changed without a new part: counted from the records, overruled, a new shift."""

    tally: Tally


LineNews = News | Judged | LineChanged | Recorded | TallyChanged
"""A line passes on FrameSeen, Problem and Solved of its station; Judged stands for Inspected and
LineChanged for StationState."""
