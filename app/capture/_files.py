"""Files as they lie on disk: which of them are pictures, and how to open one without harm."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import re
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.capture import _faults
from app.capture._faults import Place
from app.capture._formats import HEAD, SUFFIXES, format_of
from app.errors import BadPicture

_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".tmp", "~")
"""How copying programs call a file that is not whole yet."""


def open_picture(path: Path) -> io.BufferedReader:
    """Open a file for reading; never waits, whatever carries the name.

    Raises BadPicture for anything that is no regular file or cannot be opened.
    """
    at = Place(path)
    try:
        # Looked at before it is opened: opening a device can have effects of its own.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _faults.not_a_file(at)
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        file = os.fdopen(os.open(path, flags), "rb")
    except (OSError, ValueError) as error:
        raise fault_of(error, at) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _faults.not_a_file(at)
    return file


def fault_of(error: OSError | ValueError, at: Place) -> BadPicture:
    """Tell what the operating system said."""
    if isinstance(error, PermissionError):
        return _faults.forbidden(at)
    number = error.errno if isinstance(error, OSError) else errno.ENOENT
    if number == errno.ELOOP or (number == errno.ENOENT and _is_link(at.path)):
        return _faults.dead_link(at)
    if number in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return _faults.missing(at)
    return _faults.unreadable(at, os.strerror(number) if number else str(error))


def expand(root: Path, *, recursive: bool = False) -> list[Path | BadPicture]:
    """List the pictures that a file, folder or pattern stands for, in natural order."""
    found: list[Path | BadPicture]
    try:
        if stat.S_ISDIR(root.stat().st_mode):
            found = list(pictures_in(root, recursive=recursive))
        else:
            found = [root]
    except FileNotFoundError as error:
        if not set(str(root)) & set("*?["):
            return [fault_of(error, Place(root))]
        found = [path for path in _matching(root) if is_offered(path)]
    except (OSError, ValueError) as error:
        return [fault_of(error, Place(root))]
    return sorted(found, key=natural_order) or [_faults.no_pictures(Place(root))]


def pictures_in(folder: Path, *, recursive: bool = False) -> Iterator[Path | BadPicture]:
    """Find what is offered as a picture, and subfolders without rights; links are not followed.

    Raises OSError if the folder itself cannot be listed.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if recursive and not entry.name.startswith("."):
                    yield from _below(Path(entry.path))
            elif is_offered(Path(entry.path)):
                yield Path(entry.path)


def is_offered(path: Path) -> bool:
    """Say whether a file means to be a picture, by its name or else by its content."""
    if is_unfinished(path.name):
        return False
    if path.suffix.lower() in SUFFIXES:
        return not path.is_dir()
    try:
        with open_picture(path) as file:
            return format_of(file.read(HEAD)) is not None
    except (BadPicture, OSError):
        return False


def is_unfinished(name: str) -> bool:
    """Say whether a name is hidden, or one that a copying program gives for the time being."""
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def is_being_written(file: BinaryIO) -> bool:
    """Say whether somebody has the file open for writing; no, where the system cannot tell.

    A read lease is granted only if nobody does (fcntl(2)); network shares grant none at all.
    """
    descriptor = file.fileno()
    try:
        # A writer who comes just now makes the kernel send SIGIO, which would end us; SIGURG not.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def natural_order(entry: Path | BadPicture) -> tuple[tuple[int, int, str], ...]:
    """Sort “page 2” before “page 10”."""
    path = entry.source if isinstance(entry, BadPicture) else str(entry)
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]+)", path)
    )


def _matching(pattern: Path) -> list[Path]:
    try:
        return list(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor))))
    except (OSError, ValueError):
        return []


def _below(folder: Path) -> Iterator[Path | BadPicture]:
    try:
        yield from pictures_in(folder, recursive=True)
    except OSError as error:
        yield fault_of(error, Place(folder))


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False
