"""What arrives in a watched folder, and when it has settled."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.capture._files import is_unfinished
from app.capture._ledger import Stamp

_NOTHING = Stamp(0, 0, 0, 0)
"""How a link that leads nowhere looks."""


class Arrival(NamedTuple):
    """A file that has not changed for a while."""

    name: str
    stamp: Stamp
    age_s: float


@dataclass(slots=True)
class _Watched:
    stamp: Stamp
    since: float
    needed_s: float


class Arrivals:
    """Looks at a folder again and again. What is told is seen changes only, never a clock's time:
    that of a file server may differ."""

    def __init__(self, folder: Path, settle_s: float) -> None:
        self._folder = folder
        self._settle_s = settle_s
        self._watched: dict[str, _Watched] = {}
        self._passed: dict[str, Stamp] = {}

    def look(self) -> list[Arrival]:
        """Return what has settled, oldest first. Raises OSError if the folder is gone."""
        now = time.monotonic()
        with os.scandir(self._folder) as entries:
            present = {entry.name: stamp for entry in entries if (stamp := _stamp(entry))}
        self._passed = {n: s for n, s in self._passed.items() if present.get(n) == s}
        before, self._watched = self._watched, {}
        for name, stamp in present.items():
            file = before.get(name)
            if file is None or file.stamp != stamp:
                file = _Watched(stamp, now, self._settle_s)
            if name not in self._passed:
                self._watched[name] = file
        settled = [
            Arrival(name, file.stamp, now - file.since)
            for name, file in self._watched.items()
            if now - file.since >= file.needed_s
        ]
        return sorted(settled, key=lambda arrival: (arrival.stamp.mtime_ns, arrival.name))

    def pass_over(self, arrival: Arrival) -> None:
        """Say nothing more of a file until it changes."""
        self._passed[arrival.name] = arrival.stamp
        self._watched.pop(arrival.name, None)

    def wait(self, arrival: Arrival, needed_s: float) -> None:
        """Say nothing of a file until it has not changed for so long."""
        self._watched[arrival.name].needed_s = needed_s

    def begin_anew(self, arrival: Arrival) -> None:
        """Take a file for changed just now."""
        self._watched.pop(arrival.name, None)


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    if is_unfinished(entry.name):
        return None
    try:
        return None if entry.is_dir() else Stamp.of(entry.stat())
    except OSError:
        return _NOTHING if entry.is_symlink() else None
