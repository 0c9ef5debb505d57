"""A folder that is watched: every picture that arrives is given once, and none is deleted."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from app import paths
from app.capture import Found, Source
from app.capture._address import AnyKnobs, written
from app.capture._arrivals import Arrival, Arrivals
from app.capture._decode import pages
from app.capture._faults import Place, as_lost
from app.capture._files import fault_of, is_being_written, is_offered, open_picture
from app.capture._ledger import Entry, Ledger, Stamp
from app.capture._page import Page
from app.errors import BadPicture, SettingsError
from app.vocabulary import Frame

_POLL_S = 0.25
_UNFINISHED = ("picture-empty", "picture-truncated", "picture-damaged")
"""What a file that is not all there yet looks like."""


class Knobs(AnyKnobs):
    """What can be set on a hot folder."""

    settle_s: float = Field(
        default=1.0,
        ge=0,
        le=600,
        title="Settling time (s)",
        description="A file is read once it has not changed for so long",
    )
    patience_s: float = Field(
        default=10.0,
        ge=0,
        le=3600,
        title="Patience with incomplete files (s)",
        description="A file that is cut short is given so long to become whole",
    )


@dataclass(slots=True)
class _Work:
    """The file whose pages are being handed out."""

    arrival: Arrival
    digest: bytes
    pages: Iterator[Page]
    handed_out: int


class HotFolderSource(Source):
    """Gives the pages of every file that arrives; a ledger outside the folder remembers them."""

    is_live = False

    def __init__(self, folder: Path, knobs: Knobs) -> None:
        self.address = written("hotfolder", str(folder))
        self._folder = folder
        self._knobs = knobs
        self._ledger: Ledger | None = None
        self._arrivals = Arrivals(folder, knobs.settle_s)
        self._settled: deque[Arrival] = deque()
        self._work: _Work | None = None
        self._next_look = 0.0
        self._number = 0

    def open(self) -> None:
        """Begin to watch; raises SourceLost if there is no such folder, or no ledger to keep."""
        self.close()
        self._arrivals = Arrivals(self._folder, self._knobs.settle_s)
        self._look()
        self._ledger = Ledger(paths.home() / "hotfolders.sqlite3", self._folder)

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        """Return the next page that arrived and settled; it is in the ledger before it is given."""
        deadline = time.monotonic() + timeout_s
        while True:
            page = self._next_page()
            if self._work and page:
                return self._hand_out(self._work, page)
            rest_s = deadline - time.monotonic()
            if rest_s <= 0:
                return None
            if not self._settled:
                time.sleep(min(_POLL_S, rest_s))

    @property
    def is_finished(self) -> bool:
        """Never: something may always arrive."""
        return False

    def close(self) -> None:
        """Stop watching; a file half handed out is gone on with at the next opening."""
        self._work = None
        self._settled.clear()
        self._next_look = 0.0
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def _next_page(self) -> Page | None:
        if self._work is not None:
            page = next(self._work.pages, None)
            if page is not None:
                return page
            self._keep(self._work, Entry(self._work.handed_out, is_done=True))
        if not self._settled:
            self._look()
        return self._begin(self._settled.popleft()) if self._settled else None

    def _look(self) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + _POLL_S
        try:
            self._settled.extend(self._arrivals.look())
        except OSError as error:
            raise as_lost(fault_of(error, Place(self._folder)), "folder-lost") from error

    def _begin(self, arrival: Arrival) -> Page | None:
        """Return the first page that was not handed out yet, or None if this is not the time."""
        path, ledger = self._folder / arrival.name, self._opened()
        if ledger.is_done(arrival.name, arrival.stamp) or not is_offered(path):
            self._arrivals.pass_over(arrival)
            return None
        digest = self._digest(path, arrival)
        if digest is None:
            self._arrivals.begin_anew(arrival)
            return None
        entry = ledger.entry(arrival.name, arrival.stamp, digest)
        work = _Work(arrival, digest, pages(path, entry.pages), entry.pages)
        page = None if entry.is_done else next(work.pages, None)
        if page is None:
            self._keep(work, Entry(entry.pages, is_done=True))
        elif _looks_unfinished(page) and arrival.age_s < self._knobs.patience_s:
            self._arrivals.wait(arrival, self._knobs.patience_s)
            return None
        else:
            self._work = work
        return page

    def _digest(self, path: Path, arrival: Arrival) -> bytes | None:
        """Return the SHA-256 of a file, or None if somebody is still at it."""
        try:
            with open_picture(path) as file:
                is_changing = Stamp.of(os.fstat(file.fileno())) != arrival.stamp
                if is_changing or is_being_written(file):
                    return None
                return hashlib.file_digest(file, "sha256").digest()
        except (BadPicture, OSError) as error:
            self._arrivals.pass_over(arrival)
            bad = fault_of(error, Place(path)) if isinstance(error, OSError) else error
            if bad.code == "picture-missing":
                return None
            raise bad from error

    def _hand_out(self, work: _Work, page: Page) -> Frame:
        work.handed_out = page.number
        self._keep(work, Entry(page.number, page.is_last))
        self._number += 1
        return page.frame(self._folder / work.arrival.name, self._number)

    def _keep(self, work: _Work, entry: Entry) -> None:
        self._opened().keep(work.arrival.name, work.arrival.stamp, work.digest, entry)
        if entry.is_done:
            self._arrivals.pass_over(work.arrival)
            self._work = None

    def _opened(self) -> Ledger:
        if self._ledger is None:
            raise RuntimeError("next_frame before open")
        return self._ledger


def make(target: str, knobs: Knobs) -> HotFolderSource:
    """Return the source; raises SettingsError if no folder is named."""
    if not target:
        raise SettingsError(
            "The source “{kind}” needs to know which folder.",
            "Write {example}, for instance.",
            "source-target",
            kind="hotfolder",
            example="hotfolder:/home/scans",
        )
    return HotFolderSource(Path(target).expanduser(), knobs)


def find() -> list[Found]:
    """Return nothing: any folder could be meant."""
    return []


def _looks_unfinished(page: Page) -> bool:
    return isinstance(page.picture, BadPicture) and page.picture.code in _UNFINISHED
