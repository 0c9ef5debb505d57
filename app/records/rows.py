"""A record as rows of the database, and back; a damaged row still shows that it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from app.language import message
from app.records import form
from app.records.entry import Entry, KeepPicture
from app.records.pictures import Kept
from app.records.query import written_time
from app.records.schema import contents, golden_runs, records
from app.vocabulary import (
    Decision,
    EngineMark,
    GoldenRun,
    Overrule,
    Reading,
    Reason,
    RecipeMark,
    Record,
    Verdict,
)

LISTED = select(records, contents.c.content).outerjoin(contents)
"""Rows for ``listed``."""

PICTURES = select(
    records.c.id,
    records.c.picture,
    records.c.picture_sha256,
    records.c.picture_kind,
    records.c.width,
    records.c.height,
    records.c.pixels_sha256,
)
"""Rows for ``picture``."""

WHOLE = LISTED.add_columns(contents.c.details)
"""Rows for ``whole``."""

_DAMAGED = Verdict(
    Decision.REVIEW,
    (Reason("damaged", message("This record is damaged: not all of it can be read.")),),
)


def record_of(entry: Entry) -> Record:
    """Return what an inspection will be remembered as."""
    inspection = entry.inspection
    return Record(
        id=entry.record_id,
        saved_at=entry.at,
        source=form.written(inspection.frame.source),
        page=inspection.frame.page,
        reading=inspection.reading,
        verdict=inspection.verdict,
        engine=inspection.engine,
        timings_ms=dict(inspection.timings_ms),
        confirmed=entry.confirmed,
        recipe=inspection.recipe,
    )


def add(connection: Connection, record: Record, picture: Kept) -> None:
    """Write a new record into the tables."""
    values = [field.value for field in record.reading.fields]
    recipe = record.recipe
    added = connection.execute(
        insert(records).values(
            id=record.id,
            saved_at=written_time(record.saved_at),
            document=record.reading.document,
            decision=record.decision.value,
            withdrawn=record.withdrawn,
            source=record.source,
            page=record.page,
            picture=picture.name,
            picture_sha256=picture.sha256,
            text=form.searched("\n".join((*values, record.source))),
            recipe=recipe and recipe.name,
            recipe_version=recipe and recipe.version,
            recipe_sha256=recipe and recipe.sha256,
            picture_kind=picture.kind.value,
            width=picture.size[0],
            height=picture.size[1],
            pixels_sha256=picture.pixels_sha256,
        )
    )
    connection.execute(
        insert(contents).values(
            number=added.lastrowid,
            content=form.content_of(record),
            details=form.details_of(record.reading),
        )
    )


def add_golden(connection: Connection, run: GoldenRun) -> None:
    """Write a golden run into its table."""
    connection.execute(
        insert(golden_runs).values(
            at=written_time(run.at),
            recipe=run.recipe.name,
            passed=run.passed,
            content=form.golden_of(run),
        )
    )


def golden(row: Row[Any]) -> tuple[GoldenRun, ...]:
    """Return the run of a row; none where it is damaged, so that it opens no line."""
    try:
        return (form.golden(row.content),)
    except (ValueError, TypeError):
        return ()


def verdict_of(row: Row[Any]) -> Verdict:
    """Return the verdict itself, whatever word stands before it; REVIEW where it is damaged."""
    try:
        return form.content(row.content).verdict
    except (ValueError, TypeError):
        return _DAMAGED


def listed(row: Row[Any]) -> Record:
    """Return the record of a row, without its details."""
    try:
        content, overruled = form.content(row.content), _overruled(row)
    except (ValueError, TypeError):
        reading = Reading(document=str(row.document))
        content = form.Content(reading, _DAMAGED, EngineMark("", ""), {}, frozenset())
        overruled = None
    return Record(
        id=str(row.id),
        saved_at=_time(row.saved_at),
        source=str(row.source),
        page=row.page if isinstance(row.page, int) else 1,
        reading=content.reading,
        verdict=content.verdict,
        engine=content.engine,
        timings_ms=content.timings_ms,
        confirmed=content.confirmed,
        withdrawn=bool(row.withdrawn),
        recipe=_recipe(row),
        overruled=overruled,
    )


def whole(row: Row[Any]) -> Record:
    """Return the record of a row with its details."""
    record = listed(row)
    try:
        return form.detailed(record, row.details)
    except (ValueError, TypeError):
        return replace(record, verdict=_DAMAGED)


def picture(row: Row[Any]) -> Kept:
    """Return what is kept of the picture of a row."""
    known = {kind.value: kind for kind in KeepPicture}
    return Kept(
        str(row.picture),
        str(row.picture_sha256),
        known.get(row.picture_kind, KeepPicture.FULL),
        (_whole_number(row.width), _whole_number(row.height)),
        str(row.pixels_sha256),
    )


def _recipe(row: Row[Any]) -> RecipeMark | None:
    if row.recipe is None:
        return None
    version = _whole_number(row.recipe_version)
    return RecipeMark(str(row.recipe), version, str(row.recipe_sha256))


def _overruled(row: Row[Any]) -> Overrule | None:
    if row.overruled is None:
        return None
    at = _time(row.overruled_at)
    return Overrule(Decision(row.overruled), str(row.overruled_reason), at)


def _whole_number(found: object) -> int:
    return found if isinstance(found, int) else 0


def _time(written: object) -> datetime:
    try:
        return datetime.fromisoformat(str(written)).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)
