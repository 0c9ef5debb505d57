"""Pictures played at a rate, live or not, once or over and over: samples, demonstrations, tests."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import Field

from app import paths
from app.capture import Found, Source
from app.capture._address import AnyKnobs, written
from app.capture._files import expand
from app.capture.folder import FolderSource
from app.errors import BadPicture
from app.language import message
from app.vocabulary import Bgr, Frame


class Knobs(AnyKnobs):
    """What can be set on a replay."""

    rate_hz: float = Field(
        default=5.0,
        ge=0,
        le=240,
        title="Pictures a second",
        description="0 plays as fast as pictures are taken",
    )
    live: bool = Field(
        default=False,
        title="Like a camera",
        description="Pictures that nobody takes in time are lost",
    )
    loop: bool = Field(
        default=False, title="Over and over", description="Begin again after the last picture"
    )


class MemorySource(Source):
    """Pictures that are there already, each once."""

    is_live = False

    def __init__(self, pictures: Sequence[Bgr]) -> None:
        self.address = "replay:memory"
        self._pictures = tuple(picture.view() for picture in pictures)
        for picture in self._pictures:
            picture.setflags(write=False)
        self._number = 0

    def open(self) -> None:
        """Begin with the first."""
        self._number = 0

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:  # noqa: ARG002 - never waits
        """Return the next one."""
        if self.is_finished:
            return None
        self._number += 1
        return Frame(self._pictures[self._number - 1], self._number, time.time(), self.address)

    @property
    def is_finished(self) -> bool:
        """Whether all were given."""
        return self._number >= len(self._pictures)

    def close(self) -> None:
        """Nothing is held."""


class ReplaySource(Source):
    """Another source's frames at a rate."""

    def __init__(self, reel: Source, knobs: Knobs) -> None:
        self.address = reel.address
        self.is_live = knobs.live
        self._reel = reel
        self._knobs = knobs
        self._period_s = 1 / knobs.rate_hz if knobs.rate_hz else 0.0
        self._due = 0.0
        self._number = 0
        self._is_empty = False

    def open(self) -> None:
        """Begin with the first picture. Raises SourceLost if there is none."""
        self._reel.open()
        self._due = time.monotonic()
        self._number = 0
        self._is_empty = self._reel.is_finished

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        """Return the next picture once it is due; a live replay counts what was not taken."""
        rest_s = self._due - time.monotonic()
        time.sleep(max(0.0, min(rest_s, timeout_s)))
        if rest_s > timeout_s or self.is_finished:
            return None
        late_s = max(0.0, time.monotonic() - self._due) if self._knobs.live else 0.0
        periods = 1 + (int(late_s / self._period_s) if self._period_s else 0)
        # A replay that loses nothing goes on at its rate from now, instead of hurrying after it.
        self._due = max(self._due + periods * self._period_s, time.monotonic())
        self._number += periods
        frame = self._next_of_reel()
        return frame and replace(frame, number=self._number, time=time.time())

    @property
    def is_finished(self) -> bool:
        """Whether the last picture was given and it does not begin again."""
        return self._is_empty or (self._reel.is_finished and not self._knobs.loop)

    @property
    def progress(self) -> float | None:
        """Share of the pictures that were given."""
        return None if self._knobs.loop else self._reel.progress

    def close(self) -> None:
        """Stop."""
        self._reel.close()

    def _next_of_reel(self) -> Frame | None:
        if self._reel.is_finished:
            self._reel.open()
        return self._reel.next_frame()


def replay(pictures: Sequence[Bgr], knobs: Knobs | None = None) -> ReplaySource:
    """Play pictures that are in memory; they are not copied."""
    return ReplaySource(MemorySource(pictures), knobs or Knobs(rate_hz=0))


def make(target: str, knobs: Knobs) -> ReplaySource:
    """Play a folder, file or pattern; an empty target plays the samples that are included."""
    folder = Path(target).expanduser() if target else _samples()
    source = ReplaySource(FolderSource([folder]), knobs)
    source.address = written("replay", target)
    return source


def find() -> list[Found]:
    """Return the samples that are included, if they are."""
    has_samples = not isinstance(expand(_samples())[0], BadPicture)
    return [Found("replay:", message("Sample pictures"))] if has_samples else []


def _samples() -> Path:
    return paths.resources() / "samples"
