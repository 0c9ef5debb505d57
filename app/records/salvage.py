"""A damaged database set aside, and every row that can still be read taken over into a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from app.errors import RecordError
from app.records import database
from app.records.claim import Claim
from app.records.faults import busy, full, told
from app.records.schema import changes, contents, golden_runs, overrules, records

_PART = "records-mending.db"
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""A damaged page, or a damaged name in the message about it."""
_COUNT = select(func.count()).select_from(records)
_SMALLEST_ROW_BYTES = 96
"""An id and a hash; a hostile counter must not ask for more rows than the file can hold."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of mending."""

    kept: int
    lost: int
    """Records known to have been there that could not be read."""
    set_aside: Path | None
    """The damaged database; None if there was nothing to set aside."""


def mend(folder: Path, *, patience_s: float = 5.0) -> Mended:
    """Give a folder a sound database again; a sound one is left as it is, nothing is deleted.

    Raises RecordError if the records are open elsewhere, foreign or newer than this program.
    """
    with told(folder):
        claim = Claim(folder, patience_s)
        try:
            if not claim.is_alone:
                raise busy(folder)
            sound = _count_if_sound(folder, patience_s)
            return _mend(folder, patience_s) if sound is None else Mended(sound, 0, None)
        finally:
            claim.release()


def _count_if_sound(folder: Path, patience_s: float) -> int | None:
    try:
        with told(folder):
            engine = database.open_database(folder, may_change=True, patience_s=patience_s)
            try:
                with engine.connect() as connection:
                    if connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]:
                        return int(connection.execute(_COUNT).scalar_one())
            finally:
                engine.dispose()
    except RecordError as error:
        if error.code != "records-damaged":
            raise
    return None


def _mend(folder: Path, patience_s: float) -> Mended:
    damaged, part = folder / database.NAME, folder / _PART
    for beside in database.BESIDE:
        (folder / f"{_PART}{beside}").unlink(missing_ok=True)
    database.create(part)
    engine = database.make_engine(part, patience_s)
    try:
        database.upgrade(engine)
        with engine.connect() as plain, database.writing(plain) as target, target.begin():
            last = _take_over(damaged, target)
            kept = int(target.execute(_COUNT).scalar_one())
            pictures = set(target.execute(select(records.c.picture)).scalars())
    finally:
        engine.dispose()
    if Path(f"{part}-wal").exists():
        # SQLite says nothing where it could not bring its log into the file.
        raise full(folder)
    part.replace(folder / database.MENDED)
    set_aside = database.take_mended(folder)
    orphans = sum(
        path.relative_to(folder / "pictures").as_posix() not in pictures
        for path in database.pictures_of(folder)
    )
    return Mended(kept, max(last - kept, orphans), set_aside)


def _take_over(damaged: Path, target: Connection) -> int:
    if not damaged.exists():
        return 0
    last = 0
    # Read-only, so that the damaged file stays as it was found.
    with closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)) as source:
        source.row_factory = sqlite3.Row
        source.text_factory = database.readable
        at_most = damaged.stat().st_size // _SMALLEST_ROW_BYTES
        for each in (records, contents, changes, overrules, golden_runs):
            last_here = min(_last(source, each), at_most)
            last = max(last, last_here if each in (records, contents) else 0)
            for row in _rows(source, each, last_here):
                with suppress(IntegrityError), target.begin_nested():
                    target.execute(insert(each).values(row))
    return last


def _last(source: sqlite3.Connection, of: Table) -> int:
    found: list[object] = [0]
    with suppress(*_UNREADABLE):
        found += [last for (last,) in source.execute(str(select(func.max(of.c.number))))]
    with suppress(*_UNREADABLE):
        # SQLite's own count of the numbers it gave out.
        counted = source.execute("SELECT name, seq FROM sqlite_sequence")
        found += [last for name, last in counted if name == of.name]
    return max(last for last in found if isinstance(last, int))


def _rows(source: sqlite3.Connection, of: Table, last: int) -> Iterator[dict[str, Any]]:
    every_column: Select[Any] = select(literal_column("*")).select_from(of)
    asked = str(every_column.where(of.c.number == bindparam("number")))
    for number in range(1, last + 1):
        with suppress(*_UNREADABLE):
            for row in source.execute(asked, {"number": number}):
                yield {name: each for name, each in dict(row).items() if name in of.columns}
