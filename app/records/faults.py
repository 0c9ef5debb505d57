"""What can go wrong with the disk or the database, as sentences for the person at the machine."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.errors import RecordError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NOT_WRITABLE_CODES = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_FULL_BELOW_BYTES = 1 << 20
_BUGS = (sqlite3.ProgrammingError, sqlite3.IntegrityError)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what the system or SQLite says about a folder into a RecordError."""
    try:
        yield
    except OSError as error:
        raise _of_system(error, folder) from error
    except _BUGS:
        raise
    except UnicodeDecodeError as error:
        # SQLite's own message quotes a damaged name, and the driver cannot decode it.
        raise damaged(folder) from error
    except sqlite3.Error as error:
        raise _of_database(error, folder) from error
    except DBAPIError as error:
        if isinstance(error.orig, _BUGS) or not isinstance(error.orig, sqlite3.Error):
            raise
        raise _of_database(error.orig, folder) from error


def damaged(folder: Path) -> RecordError:
    """Say that the database cannot be read."""
    return RecordError(
        "The database of the records in {folder} is damaged.",
        "Nothing was changed. “mingjian mend” takes every readable record over into a new "
        "database and keeps the damaged one beside it.",
        "records-damaged",
        folder=folder,
    )


def full(folder: Path) -> RecordError:
    """Say that nothing more fits."""
    return RecordError(
        "The disk of {folder} is full.",
        "Free some space and try again; nothing that was kept is lost.",
        "disk-full",
        folder=folder,
    )


def busy(folder: Path) -> RecordError:
    """Say that another program does not let go of the records."""
    return RecordError(
        "Another program is using the records in {folder}.",
        "Wait until it is done, or close it, and try again.",
        "records-busy",
        folder=folder,
    )


def _not_writable(folder: Path) -> RecordError:
    return RecordError(
        "The folder {folder} cannot be written.",
        "Check its rights, or choose another folder in the settings.",
        "folder-not-writable",
        folder=folder,
    )


def _unusable(folder: Path, reason: str) -> RecordError:
    return RecordError(
        "The folder {folder} cannot be used: {reason}.",
        "Check that its disk is connected and in order, then try again.",
        "folder-unusable",
        folder=folder,
        reason=reason,
    )


def _of_system(error: OSError, folder: Path) -> RecordError:
    if error.errno in _FULL:
        return full(folder)
    if error.errno in _NOT_WRITABLE:
        return _not_writable(folder)
    return _unusable(folder, error.strerror or type(error).__name__)


def _of_database(error: sqlite3.Error, folder: Path) -> RecordError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _BUSY_CODES:
        return busy(folder)
    if code in _NOT_WRITABLE_CODES:
        return _not_writable(folder)
    # A full disk shows as an input/output error where SQLite cannot grow its shared memory file.
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(folder)):
        return full(folder)
    if code == sqlite3.SQLITE_IOERR:
        return _unusable(folder, str(error))
    return damaged(folder)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _FULL_BELOW_BYTES
    except OSError:
        return False
