"""Room for records, and a clock that can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from app import paths
from app.doctor import Finding, Level
from app.doctor._machine import Machine
from app.language import message

LITTLE, NONE = 10 << 30, 1 << 30
"""Bytes: a camera's page is about 4 MB in the records."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""The product is younger than this: a clock before it stands wrong."""


def findings(machine: Machine) -> Iterator[Finding]:
    """Look at the disk of the records and at the clock."""
    yield _room(machine.free_bytes(paths.home()))
    now = datetime.now(UTC)
    if now < BUILT:
        yield Finding(
            "clock",
            Level.FAULT,
            message("The clock says {date}.", date=f"{now:%Y-%m-%d}"),
            message("Records would carry wrong times, and documents seem valid that are not."),
            message("Set it: sudo timedatectl set-time 'YYYY-MM-DD HH:MM:SS'; mind its battery."),
        )
    else:
        yield Finding(
            "clock", Level.FINE, message("The clock says {date}.", date=f"{now:%Y-%m-%d}")
        )


def _room(free: int) -> Finding:
    what = message(
        "{room:.1f} GB are free for records in {folder}.",
        room=free / (1 << 30),
        folder=paths.home(),
    )
    if free >= LITTLE:
        return Finding("disk", Level.FINE, what)
    return Finding(
        "disk",
        Level.FAULT if free < NONE else Level.WARNING,
        what,
        message("When it is full nothing more can be kept, and a line stops."),
        message("Make room, or set another folder for the records."),
    )
