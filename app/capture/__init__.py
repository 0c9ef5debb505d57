"""Frames in: every other file here is one kind of source, named as its address begins.

An address is ``kind:target?knob=value&knob=value``, e.g. ``folder:/scans``, ``v4l2:/dev/video0``,
``scanner:test:0?resolution=300``. A kind file offers ``Knobs`` (a frozen pydantic model whose
fields carry title, description and limits), ``make(target, knobs)`` and ``find()``, the list of
addresses that could be opened now.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from app.vocabulary import Frame


class Source(ABC):
    """A camera, scanner, stream or folder. Opened, used and closed in one thread."""

    address: str
    is_live: bool
    """A live source may lose frames; any other waits and never loses a page."""

    @abstractmethod
    def open(self) -> None:
        """Take the device. Raises SourceLost if it is not there."""

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
