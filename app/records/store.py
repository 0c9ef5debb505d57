"""Records kept in a folder: the rows in SQLite, the pictures beside them."""

from __future__ import annotations

import threading
import uuid
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Self, Unpack

from sqlalchemy import Connection, Engine, Row, func, select

from app.errors import RecordError
from app.records import disk, marks, rows
from app.records.claim import Claim
from app.records.database import open_database, writing
from app.records.entry import Entry
from app.records.faults import told
from app.records.pictures import Kept, Pictures
from app.records.query import Filters, matching
from app.records.schema import golden_runs, records
from app.vocabulary import Bgr, Decision, GoldenRun, Inspection, Record

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
        return self.keep_all([Entry(uuid.uuid4().hex, inspection, confirmed=confirmed)])[0]

    def keep_all(self, entries: Sequence[Entry]) -> tuple[Record, ...]:
        """Remember some hundred inspections at once, all or none, as durably as ``keep`` does.

        What was kept before under the same id stays as it is, so that a call that failed may be
        repeated until it succeeds.
        """
        made = tuple(map(rows.record_of, entries))
        with told(self._folder):
            there = self._pictures_of([entry.record_id for entry in entries])
            new = [each for each in zip(entries, made, strict=True) if each[1].id not in there]
            pictures = self._pictures.put([entry for entry, _ in new])
            try:
                with self._writing() as connection:
                    for (_, record), picture in zip(new, pictures, strict=True):
                        rows.add(connection, record, picture)
            except BaseException:
                self._drop_unless_kept([record.id for _, record in new], pictures)
                raise
            # The rows find their pictures where they are; moving them on is tidiness, and is tried
            # again at the next start.
            with suppress(OSError):
                for picture in pictures:
                    self._pictures.settle(picture)
        return made

    def withdraw(self, record_id: str) -> None:
        """Take a record back; it stays, but no longer counts."""
        with told(self._folder), self._writing() as connection:
            marks.withdraw(connection, record_id, is_withdrawn=True)

    def restore(self, record_id: str) -> None:
        """Let a record count again that was taken back."""
        with told(self._folder), self._writing() as connection:
            marks.withdraw(connection, record_id, is_withdrawn=False)

    def overrule(self, record_id: str, decision: Decision, reason: str) -> Record:
        """Put the inspector's word before the verdict; both stay, and so does every word before.

        Raises RecordError if there is no such record, or no reason is given.
        """
        if not reason.strip():
            raise RecordError(
                "A verdict is not overruled without a reason.",
                "Say in a few words what you see on the part.",
                "overrule-without-reason",
            )
        with told(self._folder), self._writing() as connection:
            marks.overrule(connection, record_id, decision, reason.strip())
        return self.get(record_id)

    def take_back_overrule(self, record_id: str) -> Record:
        """Let the verdict count again."""
        with told(self._folder), self._writing() as connection:
            marks.take_back_overrule(connection, record_id)
        return self.get(record_id)

    def mark_exported(self, parts: Sequence[Record]) -> None:
        """Take parts out of the queue for relabelling; a new word on one puts it back."""
        with told(self._folder), self._writing() as connection:
            marks.exported(connection, parts)

    def keep_golden(self, run: GoldenRun) -> None:
        """Remember a golden run, passed or not."""
        with told(self._folder), self._writing() as connection:
            rows.add_golden(connection, run)

    def golden_runs(self, recipe: str = "", *, limit: int = 20) -> list[GoldenRun]:
        """Return the golden runs of one recipe, or of all, newest first."""
        asked = select(golden_runs.c.content).order_by(golden_runs.c.number.desc()).limit(limit)
        if recipe:
            asked = asked.where(golden_runs.c.recipe == recipe)
        return [run for row in self._rows(asked) for run in rows.golden(row)]

    def find(
        self, text: str = "", *, limit: int = 200, offset: int = 0, **filters: Unpack[Filters]
    ) -> list[Record]:
        """Return matching records, newest first, without their text lines and alternatives."""
        wanted = select(records.c.number).where(*matching(text, **filters))
        wanted = wanted.order_by(records.c.number.desc()).limit(limit).offset(offset)
        asked = rows.LISTED.where(records.c.number.in_(wanted)).order_by(records.c.number.desc())
        return [rows.listed(row) for row in self._rows(asked)]

    def each(self, text: str = "", **filters: Unpack[Filters]) -> Iterator[Record]:
        """Go through all records that match now, oldest first, as ``find`` gives them."""
        asked = select(records.c.number).where(*matching(text, **filters))
        self._check_open()
        # Numbers first: a search for every page would take the square of the time.
        with told(self._folder), self._engine.connect() as connection:
            numbers = array("q", connection.execute(asked.order_by(records.c.number)).scalars())
        for start in range(0, len(numbers), _PAGE):
            page = records.c.number.in_(numbers[start : start + _PAGE].tolist())
            yield from map(
                rows.listed, self._rows(rows.LISTED.where(page).order_by(records.c.number))
            )

    def parts(self, recipe: str, since: datetime) -> Iterator[Record]:
        """Go through the parts of one recipe judged since a time, in the order they were kept."""
        return self.each(recipe=recipe, since=since)

    def count(self, text: str = "", **filters: Unpack[Filters]) -> int:
        """Count the matching records."""
        asked = select(func.count()).select_from(records).where(*matching(text, **filters))
        return int(self._rows(asked)[0][0])

    def get(self, record_id: str) -> Record:
        """Return one record whole. Raises RecordError if there is none of this id."""
        asked = rows.WHOLE.where(records.c.id == record_id)
        for row in self._rows(asked):
            return rows.whole(row)
        raise marks.unknown()

    def picture(self, record_id: str) -> Bgr:
        """Return the pixels as inspected; a picture kept small comes in that size, less sharp.

        Raises RecordError if no picture was kept, or it is missing or not what was kept.
        """
        with told(self._folder):
            kept = self._picture_of(record_id)
            if kept is None:
                raise marks.unknown()
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

    def _drop_unless_kept(self, record_ids: Sequence[str], pictures: Sequence[Kept]) -> None:
        there = self._pictures_of(record_ids)
        self._pictures.drop(
            picture
            for record_id, picture in zip(record_ids, pictures, strict=True)
            if picture.is_of(record_id) and record_id not in there
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
        return self._pictures_of([record_id]).get(record_id)

    def _pictures_of(self, record_ids: Sequence[str]) -> dict[str, Kept]:
        found: dict[str, Kept] = {}
        for start in range(0, len(record_ids), _PAGE):
            asked = rows.PICTURES.where(records.c.id.in_(record_ids[start : start + _PAGE]))
            found |= {str(row.id): rows.picture(row) for row in self._rows(asked)}
        return found
