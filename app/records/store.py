"""Records kept in a folder: the rows in SQLite, the pictures beside them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, Unpack

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from app.errors import RecordError
from app.records import disk, form, rows
from app.records.claim import Claim
from app.records.database import open_database, writing
from app.records.faults import told
from app.records.pictures import Kept, Pictures
from app.records.query import Filters, matching, written_time
from app.records.schema import changes, records
from app.vocabulary import Bgr, Inspection, Record

_PAGE = 500


def open_records(folder: Path, *, patience_s: float = 5.0) -> Records:
    """Open or make the records of a folder; it waits so long for other programs.

    Raises RecordError if the folder cannot be written or its database is damaged or not ours.
    """
    with told(folder):
        disk.make_folder(folder)
        claim = Claim(folder, patience_s)
        with ExitStack() as if_it_fails:
            if_it_fails.callback(claim.release)
            engine = open_database(folder, may_change=claim.is_alone, patience_s=patience_s)
            if_it_fails.callback(engine.dispose)
            opened = Records(folder, engine, claim)
            if_it_fails.pop_all()
    return opened


class Records:
    """All records of one folder; safe to use from several threads and programs at once.

    Every method raises RecordError where the disk is full, the folder cannot be written, another
    program keeps the database to itself or the database is damaged.
    """

    def __init__(self, folder: Path, engine: Engine, claim: Claim) -> None:
        self._folder = folder
        self._engine = engine
        self._claim = claim
        self._writer = threading.Lock()
        self._is_closed = False
        self._pictures = Pictures(folder / "pictures")
        if claim.is_alone:
            self._pictures.settle_left(self._picture_of)
            claim.share()

    def keep(self, inspection: Inspection, confirmed: frozenset[str] = frozenset()) -> Record:
        """Remember an inspection; once this returns, neither a crash nor a power cut loses it."""
        at = datetime.now(UTC)
        frame = inspection.frame
        record = Record(
            id=uuid.uuid4().hex,
            saved_at=at,
            source=form.written(frame.source),
            page=frame.page,
            reading=inspection.reading,
            verdict=inspection.verdict,
            engine=inspection.engine,
            timings_ms=dict(inspection.timings_ms),
            confirmed=confirmed,
        )
        with told(self._folder):
            picture = self._pictures.put(record.id, at, frame.bgr)
            try:
                with self._writing() as connection:
                    rows.add(connection, record, picture)
            except BaseException:
                if self._picture_of(record.id) is None:
                    self._pictures.drop(picture)
                raise
            # The row finds its picture where it is; moving it on is tidiness, and is tried again
            # at the next start.
            with suppress(OSError):
                self._pictures.settle(picture)
        return record

    def withdraw(self, record_id: str) -> None:
        """Take a record back; it stays, but no longer counts."""
        self._mark(record_id, is_withdrawn=True)

    def restore(self, record_id: str) -> None:
        """Let a record count again that was taken back."""
        self._mark(record_id, is_withdrawn=False)

    def find(
        self, text: str = "", *, limit: int = 200, offset: int = 0, **filters: Unpack[Filters]
    ) -> list[Record]:
        """Return matching records, newest first, without their text lines and alternatives."""
        wanted = select(records.c.number).where(*matching(text, **filters))
        wanted = wanted.order_by(records.c.number.desc()).limit(limit).offset(offset)
        asked = rows.LISTED.where(records.c.number.in_(wanted)).order_by(records.c.number.desc())
        return [rows.listed(row) for row in self._rows(asked)]

    def each(self, text: str = "", **filters: Unpack[Filters]) -> Iterator[Record]:
        """Go through all matching records, oldest first, as ``find`` gives them."""
        asked = rows.LISTED.where(*matching(text, **filters)).order_by(records.c.number)
        last = 0
        while found := self._rows(asked.where(records.c.number > last).limit(_PAGE)):
            yield from map(rows.listed, found)
            last = found[-1].number

    def count(self, text: str = "", **filters: Unpack[Filters]) -> int:
        """Count the matching records."""
        asked = select(func.count()).select_from(records).where(*matching(text, **filters))
        return int(self._rows(asked)[0][0])

    def get(self, record_id: str) -> Record:
        """Return one record whole. Raises RecordError if there is none of this id."""
        asked = rows.WHOLE.where(records.c.id == record_id)
        for row in self._rows(asked):
            return rows.whole(row)
        raise _unknown()

    def picture(self, record_id: str) -> Bgr:
        """Return the pixels as inspected.

        Raises RecordError if the picture is missing or is not what was kept.
        """
        with told(self._folder):
            kept = self._picture_of(record_id)
            if kept is None:
                raise _unknown()
            return self._pictures.read(kept)

    def close(self) -> None:
        """Let go of the folder; closing twice is allowed."""
        with self._writer:
            if self._is_closed:
                return
            self._is_closed = True
            self._engine.dispose()
            self._claim.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _mark(self, record_id: str, *, is_withdrawn: bool) -> None:
        with told(self._folder), self._writing() as connection:
            asked = select(records.c.number, records.c.withdrawn).where(records.c.id == record_id)
            row = connection.execute(asked).first()
            if row is None:
                raise _unknown()
            if row.withdrawn == is_withdrawn:
                return
            connection.execute(
                update(records).where(records.c.number == row.number).values(withdrawn=is_withdrawn)
            )
            connection.execute(
                insert(changes).values(
                    record=row.number, at=written_time(datetime.now(UTC)), withdrawn=is_withdrawn
                )
            )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._writer:
            self._check_open()
            with self._engine.connect() as plain, writing(plain) as connection, connection.begin():
                yield connection

    def _rows(self, asked: Any) -> list[Row[Any]]:
        self._check_open()
        with told(self._folder), self._engine.connect() as connection:
            return list(connection.execute(asked))

    def _check_open(self) -> None:
        if self._is_closed:
            raise RuntimeError("the records are closed")

    def _picture_of(self, record_id: str) -> Kept | None:
        asked = select(records.c.picture, records.c.picture_sha256)
        for row in self._rows(asked.where(records.c.id == record_id)):
            return Kept(str(row.picture), str(row.picture_sha256))
        return None


def _unknown() -> RecordError:
    return RecordError(
        "There is no such record.",
        "Search for it again.",
        "record-unknown",
    )
