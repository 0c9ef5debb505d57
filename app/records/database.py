"""The database file: made, recognised, brought up to date behind a verified copy, opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text

from app.errors import RecordError
from app.records import disk
from app.records.faults import busy, damaged
from app.records.schema import APPLICATION_ID, HEAD

NAME = "records.db"
MENDED = "records-mended.db"
"""A finished new database that waits to take the place of a damaged one."""

BESIDE = ("", "-wal", "-shm")
"""The database and what SQLite writes beside it."""

_MAGIC = b"SQLite format 3\0"
_ID_AT = slice(68, 72)
_HEADER_BYTES = 100
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(folder: Path, *, may_change: bool, patience_s: float) -> Engine:
    """Open the database of a folder, made or upgraded where needed and allowed.

    Raises RecordError if it is damaged, foreign or newer than this program.
    """
    path = folder / NAME
    if may_change:
        take_mended(folder)
        if not _is_begun(path):
            if any(pictures_of(folder)):
                raise damaged(folder)
            create(path)
    _recognise(path)
    engine = make_engine(path, patience_s)
    try:
        _bring_up_to_date(engine, path, may_change)
    except BaseException:
        engine.dispose()
        raise
    return engine


def pictures_of(folder: Path) -> Iterator[Path]:
    """Go through the files of the pictures that were kept."""
    kept = (folder / "pictures").glob("[0-9]*/*/*/*")
    return (path for path in kept if path.suffix in (".png", ".jpg"))


def take_mended(folder: Path) -> Path | None:
    """Let a mended database, if one waits, take the place of the damaged one.

    Returns where the damaged one is kept now.
    """
    if not (folder / MENDED).exists():
        return None
    aside = folder / f"records-damaged-{stamp()}.db"
    # The database goes last: SQLite must never find the log of one beside another.
    for beside in reversed(BESIDE):
        with suppress(FileNotFoundError):
            Path(f"{folder / NAME}{beside}").replace(f"{aside}{beside}")
    (folder / MENDED).replace(folder / NAME)
    disk.sync_folder(folder)
    return aside if aside.exists() else None


def create(path: Path) -> None:
    """Make an empty database that is recognised as ours."""
    if not path.exists():
        disk.create_file(path).close()
    # The mark must stand in the file itself before WAL keeps everything else beside it.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def make_engine(path: Path, patience_s: float) -> Engine:
    """Connect without looking; values never show in errors, for they are personal."""
    engine = create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)
    event.listen(engine, "connect", _prepare(patience_s))
    event.listen(engine, "begin", _begin)
    return engine


def writing(connection: Connection) -> Connection:
    """Mark a connection so that its transaction takes the write lock at once."""
    return connection.execution_options(is_writing=True)


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all or none."""
    # Alembic takes 0.2 s to import and is needed once a release.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect() as plain, writing(plain) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(engine: Engine) -> str | None:
    """Return the number of the newest migration that ran, None if none did."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        return ", ".join(map(str, found))


def readable(raw: bytes) -> str:
    """Decode a text of the database; a damaged one must not hide the rows around it."""
    return raw.decode("utf-8", "replace")


def stamp() -> str:
    """Return the time as part of a file name."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"


def _prepare(patience_s: float) -> Any:
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver would begin transactions by itself, but not before DDL; we say when.
        connection.isolation_level = None
        connection.text_factory = readable
        for pragma in (
            f"busy_timeout = {round(patience_s * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",  # in WAL mode, NORMAL may lose the last commits when power fails
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    return prepare


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _is_begun(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _recognise(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise damaged(path.parent)
    if int.from_bytes(header[_ID_AT], "big") != APPLICATION_ID:
        raise RecordError(
            "The file {path} belongs to another program.",
            "Choose another folder for the records in the settings; the file was left as it is.",
            "records-foreign",
            path=path,
        )


def _bring_up_to_date(engine: Engine, path: Path, may_change: bool) -> None:
    found = revision(engine)
    if found == HEAD:
        return
    if found is not None and not (found.isdecimal() and len(found) == len(HEAD) and int(found)):
        raise damaged(path.parent)
    if found is not None and found > HEAD:
        raise RecordError(
            "The records in {folder} were kept by a newer version of this program.",
            "Install the newer version; nothing was changed.",
            "records-newer",
            folder=path.parent,
        )
    if not may_change:
        raise busy(path.parent)
    if found is not None:
        _back_up(path, found)
    upgrade(engine)


def _back_up(path: Path, found: str) -> None:
    disk.make_folder(path.parent / "backups")
    copy = path.parent / "backups" / f"{path.stem}-{found}-{stamp()}.db"
    disk.create_file(copy).close()
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise damaged(path.parent)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    disk.sync_folder(copy.parent)
