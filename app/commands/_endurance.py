"""``mingjian bench line``: a hundred thousand parts through a line; does the memory stay?

A real line on a real folder of records, every frame a part of its own; what it leaves is thrown
away. Pictures of OK parts are not kept, or the disk would be what is measured.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from app import assembly, paths
from app.capture import Source
from app.inspector import Inspector
from app.judgement.parts import judge_part
from app.line import Judged, Line, LineNews, Recorded
from app.line.hosting import hosted
from app.reader import Reader
from app.recipes import RecipeVersion, Shelf
from app.records import KeepPicture, open_records
from app.settings import Settings
from app.station import Station, Trigger
from app.toolchain.memory import CHECKPOINTS, peak, resident
from app.vocabulary import Bgr, Detection, EngineMark, Frame, Light, Reading

SIDE = 640
WARM = 3
"""Of the points: until then pools and caches fill, and the last parts are remembered."""
FLAT = 0.05
"""Share of growth from the warm point to the last one that is still called flat."""
IDLE_NG = 50
"""An idle run finds a defect on every so manieth part."""


class Boards(Source):
    """Sample boards from memory, each frame with a mark of its own; as fast as they are taken."""

    def __init__(self, frames: int) -> None:
        self.address = "memory:"
        self.is_live = False
        self._frames = frames
        self._given = 0
        files = sorted((paths.resources() / "samples" / "boards").glob("*.png"))
        self._boards = [_board(path) for path in files]

    def open(self) -> None:
        """Nothing is to be opened."""

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:  # noqa: ARG002 - never waits
        """Return the next board, unlike any before."""
        bgr = self._boards[self._given % len(self._boards)].copy()
        bgr[:2, :2] = np.frombuffer(self._given.to_bytes(12, "little"), np.uint8).reshape(2, 2, 3)
        self._given += 1
        return Frame(bgr, self._given, time.time(), self.address)

    @property
    def is_finished(self) -> bool:
        """Whether all were given."""
        return self._given >= self._frames

    def close(self) -> None:
        """Nothing is to be closed."""


class IdleReader(Reader):
    """Does next to nothing, so that the line around it is what is measured."""

    def __init__(self) -> None:
        self.mark = EngineMark("idle", "cpu", (("idle", "0" * 64),))
        self.timings_ms = {"model": 0.0}

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:  # noqa: ARG002 - parts have one kind
        """Return a defect now and then, by the number of the frame."""
        found = (Detection("open", 0.9, (10.0, 10.0, 40.0, 40.0)),)
        light = Light(110.0, 40.0, 1.0)
        return (Reading(detections=found * (frame.number % IDLE_NG == 0), light=light),)

    def close(self) -> None:
        """Nothing is to be closed."""


@dataclass(slots=True)
class _Ear:
    """Counts what the line tells, and looks at the memory now and then."""

    every: int
    tell: Callable[[], object]
    judged: int = 0
    recorded: int = 0
    points: list[tuple[int, float, float]] = field(default_factory=list)

    def hear(self, news: LineNews) -> None:
        if isinstance(news, Judged):
            self.judged += 1
            self.tell()
            if self.judged % self.every == 0:
                self.points.append((self.judged, resident(), peak()))
        elif isinstance(news, Recorded):
            self.recorded += len(news.record_ids)


def measure(frames: int, *, is_idle: bool, tell: Callable[[], object]) -> str:
    """Run a line over so many frames; return a Markdown table and what it comes to.

    ``tell`` is called after every part, in a loop's thread.
    """
    version = Shelf().load("pcb")
    ear = _Ear(max(1, frames // CHECKPOINTS), tell)
    started = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="mingjian-") as folder,
        open_records(Path(folder) / "records") as records,
    ):
        line = Line(records, version, ear.hear, ok_pictures=KeepPicture.NONE)
        station = Station(
            lambda: Boards(frames),
            lambda: _inspector(version, is_idle=is_idle),
            line.hear,
            trigger=Trigger.EVERY,
        )
        line.bind(station)
        with hosted(line, station) as ended:
            ended.wait()
        kept = records.count(recipe=version.name)
    return _table(ear, kept, time.perf_counter() - started)


def _inspector(version: RecipeVersion, *, is_idle: bool) -> Inspector:
    if not is_idle:
        return assembly.open_part_inspector(Settings(), version)
    return Inspector(IdleReader(), lambda read: judge_part(read, version.recipe), version.mark)


def _table(ear: _Ear, kept: int, seconds: float) -> str:
    rows = ["| parts | resident MB | peak MB |", "|--:|--:|--:|"]
    rows += [f"| {parts} | {now:.0f} | {most:.0f} |" for parts, now, most in ear.points]
    warm, last = ear.points[min(WARM, len(ear.points)) - 1][1], ear.points[-1][1]
    growth = last / warm - 1
    word = "flat" if growth <= FLAT else "GROWS"
    return "\n".join(
        [
            *rows,
            "",
            f"memory: {word}, {growth:+.1%} from point {WARM} to the last",
            f"judged {ear.judged}, told as recorded {ear.recorded}, in the records {kept}",
            f"{seconds:.0f} s, {ear.judged / seconds:.0f} parts/s",
        ]
    )


def _board(path: Path) -> Bgr:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB").resize((SIDE, SIDE)))[:, :, ::-1].copy()
