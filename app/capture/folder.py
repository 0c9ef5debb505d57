"""Pictures from a folder, a file or a pattern: each page once, then it is at its end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from app.capture import Found, Source
from app.capture._address import AnyKnobs, written
from app.capture._decode import pages
from app.capture._faults import as_lost
from app.capture._files import expand
from app.capture._page import Page
from app.errors import BadPicture, SettingsError
from app.vocabulary import Frame


class Knobs(AnyKnobs):
    """What can be set on a folder."""

    recursive: bool = Field(
        default=False, title="With subfolders", description="Take the pictures of subfolders, too"
    )


class FileSource(Source):
    """Files and folders, each page once, in order."""

    is_live = False

    def __init__(self, roots: Sequence[Path], *, recursive: bool = False) -> None:
        self.address = written("folder", str(roots[0]) if roots else "")
        self._roots = tuple(roots)
        self._recursive = recursive
        self._queue: deque[Path | BadPicture] = deque()
        self._pages: Iterator[Page] | None = None
        self._path = Path()
        self._total = 0
        self._number = 0

    def open(self) -> None:
        """List the pictures there are now; later ones are not seen."""
        self.close()
        for root in self._roots:
            self._queue.extend(expand(root, recursive=self._recursive))
        self._total = len(self._queue)
        self._number = 0

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:  # noqa: ARG002 - never waits
        """Return the next page."""
        while self._pages or self._queue:
            if self._pages is None:
                entry = self._queue.popleft()
                if isinstance(entry, BadPicture):
                    raise entry
                self._path, self._pages = entry, pages(entry)
            page = next(self._pages, None)
            if page is None or page.is_last:
                self._pages = None
            if page is not None:
                self._number += 1
                return page.frame(self._path, self._number)
        return None

    @property
    def is_finished(self) -> bool:
        """Whether every page was handed out."""
        return not self._pages and not self._queue

    @property
    def progress(self) -> float | None:
        """Share of the files that were handed out whole."""
        if not self._total:
            return None
        return 1 - (len(self._queue) + (self._pages is not None)) / self._total

    def close(self) -> None:
        """Forget what was not handed out."""
        self._queue.clear()
        self._pages = None


class FolderSource(FileSource):
    """One folder, file or pattern, which may be away for a while."""

    def open(self) -> None:
        """List the pictures; raises SourceLost if there is nothing to list."""
        super().open()
        first = self._queue[0]
        if isinstance(first, BadPicture):
            self.close()
            raise as_lost(first)


def make(target: str, knobs: Knobs) -> FolderSource:
    """Return the source; raises SettingsError if no folder is named."""
    if not target:
        raise SettingsError(
            "The source “{kind}” needs to know which folder.",
            "Write {example}, for instance.",
            "source-target",
            kind="folder",
            example="folder:/home/scans",
        )
    return FolderSource([Path(target).expanduser()], recursive=knobs.recursive)


def find() -> list[Found]:
    """Return nothing: any folder could be meant."""
    return []
