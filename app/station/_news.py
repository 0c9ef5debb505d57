"""What a station tells: one frozen value a kind of news."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.language import Message
from app.vocabulary import Frame, Inspection


class Trigger(StrEnum):
    """When a frame is inspected."""

    EVERY = "every"
    """Every frame."""
    HAND = "hand"
    """Only on ``Station.trigger()``; a scanner or folder then gives its next page."""
    CHANGE = "change"
    """Under a camera, when the page changed and lies still: one inspection a page."""
    PART = "part"
    """Under a camera, when a part came and lies still: one inspection a part."""


class StationState(StrEnum):
    """What the station as a whole is doing."""

    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"
    """For the next page or a key, or the source is at its end; frames can still be put in again."""
    PAUSED = "paused"
    FAULTED = "faulted"
    """A problem is told and not yet solved."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, eq=False)
class FrameSeen:
    """A frame for the live picture, whether or not it will be inspected."""

    frame: Frame
    lost: int
    """How many live frames were overtaken by newer ones before they were inspected."""


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """Everything found on one frame; a frame that could not be read is in here as REVIEW."""

    inspections: tuple[Inspection, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something stopped; told once, until ``Solved`` names the same code."""

    what: Message
    hint: Message
    code: str


@dataclass(frozen=True, slots=True)
class Solved:
    """The problem of this code is over."""

    code: str


News = FrameSeen | Inspected | Problem | Solved | StationState
