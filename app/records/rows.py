"""A record as rows of the database, and back; a damaged row still shows that it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from app.language import message
from app.records import form
from app.records.pictures import Kept
from app.records.query import written_time
from app.records.schema import contents, records
from app.vocabulary import Decision, EngineMark, Reading, Reason, Record, Verdict

LISTED = select(records, contents.c.content).outerjoin(contents)
"""Rows for ``listed``."""

WHOLE = LISTED.add_columns(contents.c.details)
"""Rows for ``whole``."""

_DAMAGED = Verdict(
    Decision.REVIEW,
    (Reason("damaged", message("This record is damaged: not all of it can be read.")),),
)


def add(connection: Connection, record: Record, picture: Kept) -> None:
    """Write a record into the tables."""
    values = [field.value for field in record.reading.fields]
    added = connection.execute(
        insert(records).values(
            id=record.id,
            saved_at=written_time(record.saved_at),
            document=record.reading.document,
            decision=record.verdict.decision.value,
            withdrawn=record.withdrawn,
            source=record.source,
            page=record.page,
            picture=picture.name,
            picture_sha256=picture.sha256,
            text=form.searched("\n".join((*values, record.source))),
        )
    )
    connection.execute(
        insert(contents).values(
            number=added.lastrowid,
            content=form.content_of(record),
            details=form.details_of(record.reading),
        )
    )


def listed(row: Row[Any]) -> Record:
    """Return the record of a row, without its details."""
    bare = Record(
        id=str(row.id),
        saved_at=_time(row.saved_at),
        source=str(row.source),
        page=row.page if isinstance(row.page, int) else 1,
        reading=Reading(document=str(row.document)),
        verdict=_DAMAGED,
        engine=EngineMark("", ""),
        withdrawn=bool(row.withdrawn),
    )
    try:
        return form.filled(bare, row.content)
    except (ValueError, TypeError):
        return bare


def whole(row: Row[Any]) -> Record:
    """Return the record of a row with its details."""
    record = listed(row)
    try:
        return form.detailed(record, row.details)
    except (ValueError, TypeError):
        return replace(record, verdict=_DAMAGED)


def _time(written: object) -> datetime:
    try:
        return datetime.fromisoformat(str(written)).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)
