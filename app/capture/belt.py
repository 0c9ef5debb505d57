"""Parts on a belt under a camera: they ride into the view, lie still and ride out again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from app import paths
from app.capture import Found, Source
from app.capture._address import AnyKnobs, written
from app.capture._conveyor import Conveyor, Lying
from app.capture._decode import pages
from app.capture._faults import as_lost, printable
from app.capture._files import expand
from app.errors import BadPicture
from app.language import message
from app.vocabulary import Bgr, Frame

_BARE_RATE = 30.0
"""Frames a second of the belt's own time where frames are given as fast as they are taken."""
_REMEMBERED = 32
"""Pictures of parts that are kept decoded; more of them are read again as they come in."""


class Knobs(AnyKnobs):
    """What can be set on a belt."""

    rate: float = Field(
        default=30.0,
        ge=0,
        le=240,
        title="Frames a second",
        description="0 gives them as fast as they are taken",
    )
    rest: float = Field(
        default=1.0, ge=0, le=3600, title="Rest", description="Seconds that a part lies still"
    )
    travel: float = Field(
        default=0.6, ge=0.05, le=60, title="Ride", description="Seconds from one part to the next"
    )
    width: int = Field(
        default=1920, ge=64, le=8192, title="Width", description="Of the frames, in pixels"
    )
    height: int = Field(
        default=1080, ge=64, le=8192, title="Height", description="Of the frames, in pixels"
    )
    noise: float = Field(
        default=2.0,
        ge=0,
        le=40,
        title="Noise",
        description="Of the camera, in grey levels; 0 also stops the flicker",
    )
    jitter: int = Field(
        default=2, ge=0, le=64, title="Off the middle", description="Pixels a part may lie off it"
    )
    live: bool = Field(
        default=True,
        title="Like a camera",
        description="Pictures that nobody takes in time are lost",
    )
    loop: bool = Field(
        default=True, title="Over and over", description="Begin again after the last picture"
    )


class BeltSource(Source):
    """A camera over a belt that stops under it with each part; a frame names the part's file."""

    def __init__(self, folder: Path, knobs: Knobs) -> None:
        self.address = written("belt", str(folder))
        self.is_live = knobs.live
        self._folder, self._knobs = folder, knobs
        self._period_s = 1 / knobs.rate if knobs.rate else 0.0
        self._parts = _Parts((knobs.width, knobs.height))
        self._conveyor: Conveyor | None = None
        self._due = 0.0
        self._number = 0

    def open(self) -> None:
        """Begin before the first part. Raises SourceLost if there is none."""
        knobs = self._knobs
        self._parts.begin(expand(self._folder))
        self._conveyor = Conveyor((knobs.width, knobs.height), knobs.noise, knobs.jitter)
        self._due = time.monotonic()
        self._number = 0

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        """Return the belt as it is once a frame is due; a live one counts what was not taken.

        Raises BadPicture for a part that cannot be read: it is left out from then on.
        """
        if self._conveyor is None:
            raise RuntimeError("next_frame before open")
        rest_s = self._due - time.monotonic()
        time.sleep(max(0.0, min(rest_s, timeout_s)))
        if rest_s > timeout_s or self.is_finished:
            return None
        late_s = max(0.0, time.monotonic() - self._due) if self.is_live else 0.0
        periods = 1 + (int(late_s / self._period_s) if self._period_s else 0)
        way, turn = self._way(self._number + periods)
        lying = self._lying(turn)
        # What loses nothing goes on at its rate from now, instead of hurrying after it.
        self._due = max(self._due + periods * self._period_s, time.monotonic())
        self._number += periods
        bgr = self._conveyor.shot(way, lying)
        bgr.setflags(write=False)
        return Frame(bgr, self._number, time.time(), self._parts.name(turn))

    @property
    def is_finished(self) -> bool:
        """Whether the last part rode out and it does not begin again."""
        return not self._knobs.loop and self._seconds(self._number) >= self._whole_s()

    @property
    def progress(self) -> float | None:
        """Share of the way that is done."""
        if self._knobs.loop or self._conveyor is None:
            return None
        return min(1.0, self._seconds(self._number) / self._whole_s())

    def close(self) -> None:
        """Let go of the pictures."""
        self._parts.forget()
        self._conveyor = None

    def _seconds(self, number: int) -> float:
        return number * (self._period_s or 1 / _BARE_RATE)

    def _whole_s(self) -> float:
        knobs = self._knobs
        return self._parts.count * (knobs.travel + knobs.rest) + knobs.travel

    def _way(self, number: int) -> tuple[float, int]:
        """Return how far the belt has come, in parts, and the part that comes or lies there."""
        knobs = self._knobs
        turn, phase_s = divmod(self._seconds(number), knobs.travel + knobs.rest)
        share = min(1.0, phase_s / knobs.travel)
        return turn - 1 + share * share * (3 - 2 * share), int(turn)

    def _lying(self, turn: int) -> list[Lying]:
        last = self._parts.count if not self._knobs.loop else turn + 1
        return [
            Lying(place, self._parts.picture(place))
            for place in (turn - 1, turn)
            if 0 <= place < last
        ]


class _Parts:
    """The pictures of the parts in their order, over and over, decoded as they come."""

    def __init__(self, view: tuple[int, int]) -> None:
        self._view = view
        self._files: list[Path] = []
        self._decoded: dict[Path, Bgr] = {}
        self._turns: dict[int, Path] = {}

    @property
    def count(self) -> int:
        return len(self._files)

    def begin(self, entries: Sequence[Path | BadPicture]) -> None:
        self.forget()
        self._files = [entry for entry in entries if isinstance(entry, Path)]
        if not self._files:
            raise as_lost(next(entry for entry in entries if isinstance(entry, BadPicture)))

    def forget(self) -> None:
        self._decoded.clear()
        self._turns.clear()

    def name(self, turn: int) -> str:
        return printable(self._turns.get(turn, self._files[-1]))

    def picture(self, turn: int) -> Bgr:
        """Return the part of one turn, no larger than the view; raises BadPicture, SourceLost."""
        file = self._turns.setdefault(turn, self._files[turn % len(self._files)])
        self._turns.pop(turn - 2, None)
        if file not in self._decoded:
            if len(self._decoded) >= _REMEMBERED:
                self._decoded.pop(next(iter(self._decoded)))
            self._decoded[file] = self._read(file, turn)
        return self._decoded[file]

    def _read(self, file: Path, turn: int) -> Bgr:
        picture = next(pages(file)).picture
        if isinstance(picture, BadPicture):
            del self._turns[turn]
            self._files.remove(file)
            if not self._files:
                raise as_lost(picture) from picture
            raise picture
        return Conveyor.fitted(picture, self._view)


def make(target: str, knobs: Knobs) -> BeltSource:
    """Play a folder, file or pattern; an empty target plays the boards that are included."""
    source = BeltSource(Path(target).expanduser() if target else _boards(), knobs)
    source.address = written("belt", target)
    return source


def find() -> list[Found]:
    """Return the boards that are included, if they are."""
    has_boards = not isinstance(expand(_boards())[0], BadPicture)
    return [Found("belt:", message("Sample boards on a belt"))] if has_boards else []


def _boards() -> Path:
    return paths.resources() / "samples" / "boards"
