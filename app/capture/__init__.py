"""Frames in: every other file here is one kind of source, named as its address begins.

An address is ``kind:target?knob=value&knob=value``, e.g. ``folder:/scans``, ``v4l2:/dev/video0``,
``scanner:test:0?resolution=300``. A kind file offers ``Knobs`` (a frozen pydantic model whose
fields carry title, description and limits), ``make(target, knobs)`` and ``find()``, the list of
addresses that could be opened now.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from app import kinds
from app.capture._address import knobs_of, parse
from app.language import Message
from app.vocabulary import Frame


class Source(ABC):
    """A camera, scanner, stream or folder. Opened, used and closed in one thread."""

    address: str
    is_live: bool
    """A live source may lose frames; any other waits and never loses a page."""

    @abstractmethod
    def open(self) -> None:
        """Take the device, afresh after a close. Raises SourceLost if it is not there."""

    @abstractmethod
    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        """Return the next frame, or None if none came in time or none is left.

        Raises BadPicture for one file or page that cannot be read (the next call goes on behind
        it) and SourceLost if the device went away (close, wait and open again).
        """

    @property
    @abstractmethod
    def is_finished(self) -> bool:
        """Whether no further frame can come: the batch or the file is at its end."""

    @property
    def progress(self) -> float | None:
        """Share of the batch that was handed out, 0–1; None where no end is known."""
        return None

    @abstractmethod
    def close(self) -> None:
        """Give the device back; closing twice is allowed."""

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Found(NamedTuple):
    """A source that could be opened now."""

    address: str
    title: Message


def open_source(address: str) -> Source:
    """Return the source that an address names, not yet opened.

    A bare path is a folder, a bare ``rtsp://`` or ``http://`` address a stream. Raises KindError or
    SettingsError, naming the nearest, for a misspelt kind or knob.
    """
    kind, target, given = parse(address)
    module = kinds.load("app.capture", kind)
    target, knobs = knobs_of(kind, module.Knobs, target, given)
    source: Source = module.make(target, knobs)
    source.address = address
    return source


def open_files(paths: Sequence[Path], *, recursive: bool = False) -> Source:
    """Return a source, not yet opened, that gives every page of files and folders once, in order.

    What is missing or cannot be read comes as one BadPicture at its turn.
    """
    from app.capture.folder import FileSource

    return FileSource(paths, recursive=recursive)


def find_sources() -> list[Found]:
    """Look for cameras, scanners and samples; asking the scanners can take some seconds."""
    return [
        found
        for kind in kinds.names("app.capture")
        for found in kinds.load("app.capture", kind).find()
    ]
