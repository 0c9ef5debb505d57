"""Which pages of a hot folder were handed out: on disk before the page leaves the room."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from app.errors import SourceLost

_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    folder BLOB NOT NULL, name BLOB NOT NULL, sha256 BLOB NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    pages INTEGER NOT NULL, is_done INTEGER NOT NULL,
    PRIMARY KEY (folder, name, sha256)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS file_moved ON file (folder, sha256, inode);
"""
_SIGNED = 1 << 63


class Stamp(NamedTuple):
    """How a file looks without reading it."""

    size: int
    mtime_ns: int
    inode: int
    ctime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        """Return the stamp of a file."""
        # Some network file systems use all 64 bits of the inode; SQLite has 63 and a sign.
        inode = status.st_ino - 2 * _SIGNED if status.st_ino >= _SIGNED else status.st_ino
        return cls(status.st_size, status.st_mtime_ns, inode, status.st_ctime_ns)


class Entry(NamedTuple):
    """How far a file got."""

    pages: int
    is_done: bool


class Ledger:
    """The rows of one hot folder; a page counts as processed once it was handed out."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = os.fsencode(os.path.realpath(folder))
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._rows = sqlite3.connect(path, isolation_level=None)
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = FULL")
            self._rows.executescript(_SCHEMA)

    def is_done(self, name: str, stamp: Stamp) -> bool:
        """Say whether the file was processed to its end and looks as it did then."""
        with self._told():
            query = (
                "SELECT 1 FROM file WHERE folder = ? AND name = ? AND is_done"
                " AND size = ? AND mtime_ns = ? AND inode = ?"
            )
            found = self._rows.execute(query, (self._folder, os.fsencode(name), *stamp[:3]))
            return found.fetchone() is not None

    def entry(self, name: str, stamp: Stamp, digest: bytes) -> Entry:
        """Return how far this content got under this name, or under another before a renaming."""
        with self._told():
            query = (
                "SELECT max(pages), max(is_done) FROM file WHERE folder = ? AND sha256 = ?"
                " AND (name = ? OR (inode = ? AND size = ? AND mtime_ns = ?))"
            )
            key = (self._folder, digest, os.fsencode(name))
            found = self._rows.execute(query, (*key, stamp.inode, stamp.size, stamp.mtime_ns))
            pages, is_done = found.fetchone()
            return Entry(pages or 0, bool(is_done))

    def keep(self, name: str, stamp: Stamp, digest: bytes, entry: Entry) -> None:
        """Remember how far a file got; on disk when this returns."""
        with self._told():
            self._rows.execute(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._folder, os.fsencode(name), digest, *stamp[:3], *entry),
            )

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise SourceLost(
                "The list of processed files cannot be kept: {fault}",
                "Look at {file}: is the disk full, or may it not be written?",
                "folder-ledger",
                fault=error,
                file=self._path,
            ) from error
