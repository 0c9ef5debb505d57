"""A line in a program of its own, to be killed or to run out of disk: ``python -m line.child``."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
from station.parts import PATIENCE_S, GivenSource, frame

from app.line import Judged, LineChanged, LineNews, LineState, Recorded
from app.line.hosting import hosted
from app.records import open_records
from app.vocabulary import Decision, Frame
from line.line_parts import BENT, DOUBTFUL, GOOD, SCRATCHED, make_line

LEVELS = itertools.cycle((GOOD, SCRATCHED, GOOD, DOUBTFUL, BENT))


class Noise(GivenSource):
    """Parts without end, each of noise that nothing compresses."""

    def __init__(self) -> None:
        super().__init__([])
        self.number = 0
        self.last = sys.maxsize

    def next_frame(self, timeout_s: float = 1.0) -> Frame:
        self.number += 1
        bgr = np.random.default_rng(self.number).integers(0, 256, (60, 80, 3), np.uint8)
        bgr[0, 0] = next(LEVELS)
        return frame(self.number, bgr)

    @property
    def is_finished(self) -> bool:
        return self.number >= self.last


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def work(folder: Path) -> None:
    """Judge and record without end; say each part when it is told as recorded."""

    def tell(news: LineNews) -> None:
        if isinstance(news, Recorded):
            for record_id in news.record_ids:
                say(record_id)

    with open_records(folder) as records:
        line, station = make_line(records, Noise(), tell)
        with hosted(line, station) as ended:
            say("open")
            ended.wait()


def full(folder: Path) -> None:
    """Fill the last 2 MB of a disk in mid run, be told, make room and go on."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", folder], check=True)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(62 << 20))
    judged: list[str] = []
    recorded: set[str] = set()
    locked, going_on = threading.Event(), threading.Event()

    def tell(news: LineNews) -> None:
        if isinstance(news, Judged):
            judged.append(news.record_id)
        elif isinstance(news, Recorded):
            recorded.update(news.record_ids)
        elif isinstance(news, LineChanged):
            if news.state is LineState.LOCKED and not locked.is_set():
                say(news.state, *(lock.code for lock in news.locks))
                say(news.locks[0].message)
                locked.set()
            elif news.state is not LineState.LOCKED and locked.is_set():
                going_on.set()

    with open_records(folder / "records") as records:
        noise = Noise()
        line, station = make_line(records, noise, tell)
        with hosted(line, station) as ended:
            assert locked.wait(PATIENCE_S)
            assert set(judged) > recorded
            noise.last = noise.number + 20
            ballast.unlink()
            assert going_on.wait(PATIENCE_S)
            assert ended.wait(PATIENCE_S)
        assert judged[-1] in recorded
        kept = [each.id for each in records.each()]
        assert recorded == set(kept)
        assert set(judged) <= recorded
        assert line.tally().parts == len(kept) == len(set(kept))
        for record_id in kept:
            if records.get(record_id).decision is not Decision.OK:
                records.picture(record_id)
    say("whole")


if __name__ == "__main__":
    {"work": work, "full": full}[sys.argv[1]](Path(sys.argv[2]))
