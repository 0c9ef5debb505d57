"""A line that may be hosted: with its station and with the records that it writes."""

from __future__ import annotations

from dataclasses import dataclass

from app.line import Line
from app.records import Records
from app.station import Station


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """Whoever hosts it closes the records once all three loops have returned."""

    line: Line
    station: Station
    records: Records
