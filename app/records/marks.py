"""What is said about a record after it was kept; every change of mind stays in the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from app.errors import RecordError
from app.records import form, rows
from app.records.query import written_time
from app.records.schema import changes, contents, overrules, records
from app.vocabulary import Decision, Record


def withdraw(connection: Connection, record_id: str, *, is_withdrawn: bool) -> None:
    """Let a record count or not. Raises RecordError if there is none of this id."""
    row = _row(connection, record_id)
    if row.withdrawn == is_withdrawn:
        return
    _set(connection, row, withdrawn=is_withdrawn)
    at = written_time(datetime.now(UTC))
    connection.execute(insert(changes).values(record=row.number, at=at, withdrawn=is_withdrawn))


def overrule(connection: Connection, record_id: str, decision: Decision, reason: str) -> None:
    """Put the inspector's word before the verdict. Raises RecordError if there is no record."""
    row = _row(connection, record_id)
    at, said = written_time(datetime.now(UTC)), form.written(reason)
    _set(
        connection,
        row,
        decision=decision.value,
        overruled=decision.value,
        overruled_reason=said,
        overruled_at=at,
        exported_at=None,  # what was exported for training says something else now
    )
    connection.execute(
        insert(overrules).values(record=row.number, at=at, decision=decision.value, reason=said)
    )


def take_back_overrule(connection: Connection, record_id: str) -> None:
    """Let the verdict count again. Raises RecordError if there is no record."""
    row = _row(connection, record_id)
    if row.overruled is None:
        return
    _set(
        connection,
        row,
        decision=rows.verdict_of(row).decision.value,
        overruled=None,
        overruled_reason=None,
        overruled_at=None,
        exported_at=None,
    )
    at = written_time(datetime.now(UTC))
    connection.execute(insert(overrules).values(record=row.number, at=at, reason=""))


def exported(connection: Connection, parts: Sequence[Record]) -> None:
    """Take records out of the queue for relabelling, but those with a newer word than given."""
    at = written_time(datetime.now(UTC))
    mark = (
        update(records)
        .where(records.c.id == bindparam("of"))
        .where(records.c.overruled_at.is_not_distinct_from(bindparam("word")))
        .values(exported_at=at)
    )
    words = [
        {"of": part.id, "word": part.overruled and written_time(part.overruled.at)}
        for part in parts
    ]
    if words:
        connection.execute(mark, words)


def unknown() -> RecordError:
    """Say that there is no record of an id."""
    return RecordError(
        "There is no such record.",
        "Search for it again.",
        "record-unknown",
    )


def _row(connection: Connection, record_id: str) -> Row[Any]:
    asked: Any = select(
        records.c.number, records.c.withdrawn, records.c.overruled, contents.c.content
    ).outerjoin(contents)
    row: Row[Any] | None = connection.execute(asked.where(records.c.id == record_id)).first()
    if row is None:
        raise unknown()
    return row


def _set(connection: Connection, row: Row[Any], **values: object) -> None:
    connection.execute(update(records).where(records.c.number == row.number).values(**values))
