"""A line at work: what a station's inspections mean for a shift; knows no Qt."""

from __future__ import annotations

from app.line._news import (
    Judged,
    LineChanged,
    LineNews,
    LineState,
    Lock,
    Recorded,
    TallyChanged,
)
from app.line.line import Line
from app.line.tally import Drift, Group, Tally

__all__ = [
    "Drift",
    "Group",
    "Judged",
    "Line",
    "LineChanged",
    "LineNews",
    "LineState",
    "Lock",
    "Recorded",
    "Tally",
    "TallyChanged",
]
