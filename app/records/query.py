"""What a search asks of the rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

from sqlalchemy import ColumnElement, func

from app.records.form import searched
from app.records.schema import records
from app.vocabulary import Decision


class Filters(TypedDict, total=False):
    """What a search may be narrowed to; left out or None means everything."""

    document: str | None
    decision: Decision | None
    since: datetime | None
    until: datetime | None
    """The first moment that no longer counts."""
    withdrawn: bool | None
    """False, the default, leaves out what was taken back; True shows nothing else; None both."""


def written_time(time: datetime) -> str:
    """Write a time so that text sorts as time; one without a zone is local time."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def matching(
    text: str,
    *,
    document: str | None = None,
    decision: Decision | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    withdrawn: bool | None = False,
) -> list[ColumnElement[bool]]:
    """Return the conditions; every word of the text must stand in a value or in the source."""
    asked = [func.instr(records.c.text, word) > 0 for word in searched(text).split()]
    if document is not None:
        asked.append(records.c.document == document)
    if decision is not None:
        asked.append(records.c.decision == decision.value)
    if since is not None:
        asked.append(records.c.saved_at >= written_time(since))
    if until is not None:
        asked.append(records.c.saved_at < written_time(until))
    if withdrawn is not None:
        asked.append(records.c.withdrawn == withdrawn)
    return asked
