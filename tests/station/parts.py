"""Small real parts: a source that gives what it was given, a reader that reads a page's colour."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from app.capture import Source
from app.errors import BadPicture, CaptureError, EngineError, ReadingError, SourceLost
from app.inspector import Inspector
from app.judgement import judge_document
from app.reader import Reader
from app.station import Inspected, Station
from app.vocabulary import Bgr, EngineMark, Frame, Inspection, Reading, TextLine, Verdict

MARK = EngineMark("colours", "cpu")
PATIENCE_S = 10.0
CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def grey(level: int) -> Bgr:
    return np.full((48, 64, 3), level, np.uint8)


def frame(number: int, bgr: Bgr | None = None) -> Frame:
    return Frame(grey(number) if bgr is None else bgr, number, time.time(), "given")


def bad(name: str) -> BadPicture:
    return BadPicture("{source} is broken.", "Scan it again.", "picture-broken", source=name)


def lost(code: str = "camera-lost") -> SourceLost:
    return SourceLost("The camera is gone.", "Plug it in.", code)


def refused() -> CaptureError:
    return CaptureError("This is no address.", "Choose a camera.", "address-wrong")


def engine_failed() -> EngineError:
    return EngineError("The engine failed.", "Try again.", "engine-failed")


Given = Frame | CaptureError | None


class GivenSource(Source):
    """Gives its frames and errors in order; says in which thread it was opened and closed."""

    def __init__(self, given: Sequence[Given], *, is_live: bool = False) -> None:
        self.address = "given:"
        self.is_live = is_live
        self.given = list(given)
        self.threads: list[str] = []

    def open(self) -> None:
        self.threads.append(threading.current_thread().name)

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        self.threads.append(threading.current_thread().name)
        item = self.given.pop(0) if self.given else None
        if isinstance(item, CaptureError):
            raise item
        if item is None:
            time.sleep(0.001)
        return item

    @property
    def is_finished(self) -> bool:
        return not self.is_live and not self.given

    def close(self) -> None:
        self.threads.append(threading.current_thread().name)


class ColourReader(Reader):
    """Reads a frame as the level of its first pixel; level 0 is an empty desk."""

    def __init__(self, gate: threading.Semaphore | None = None) -> None:
        self.mark = MARK
        self.timings_ms = {"recognise": 1.0}
        self.gate = gate
        self.errors: list[EngineError | ReadingError] = []
        self.kinds: list[str | None] = []
        self.threads: list[str] = []

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        if self.gate is not None:
            self.gate.acquire(timeout=PATIENCE_S)
        self.threads.append(threading.current_thread().name)
        self.kinds.append(kind)
        if self.errors:
            raise self.errors.pop(0)
        level = int(frame.bgr[0, 0, 0])
        if level == 0:
            return (Reading(),)
        return (Reading(lines=(TextLine(CORNERS, str(level), 1.0),)),)

    def close(self) -> None:
        self.threads.append(threading.current_thread().name)


class Told:
    """Keeps the news and lets a test wait for some of it."""

    def __init__(self) -> None:
        self.news: list[object] = []
        self._changed = threading.Condition()

    def __call__(self, news: object) -> None:
        with self._changed:
            self.news.append(news)
            self._changed.notify_all()

    def until(self, is_there: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_there, PATIENCE_S), [type(n) for n in self.news]

    def of(self, kind: type) -> list[object]:
        return [news for news in self.news if isinstance(news, kind)]

    def inspections(self) -> list[Inspection]:
        return [
            one for news in self.news if isinstance(news, Inspected) for one in news.inspections
        ]

    def texts(self) -> list[str]:
        return [one.reading.lines[0].text for one in self.inspections() if one.reading.lines]

    def until_texts(self, *texts: str) -> None:
        self.until(lambda: self.texts() == list(texts))

    def until_said(self, news: object, times: int = 1) -> None:
        self.until(lambda: self.news.count(news) >= times)


@contextmanager
def running(station: Station) -> Iterator[None]:
    hosts = [
        threading.Thread(target=station.run_inspect, name="inspecting"),
        threading.Thread(target=station.run_capture, name="capturing"),
    ]
    for host in hosts:
        host.start()
    try:
        yield
    finally:
        station.stop()
        for host in hosts:
            host.join(PATIENCE_S)
        assert not any(host.is_alive() for host in hosts)


def inspector_of(reader: Reader) -> Callable[[], Inspector]:
    return lambda: Inspector(reader, judged)


def judged(reading: Reading) -> Verdict:
    return judge_document(reading, dt.date(2026, 5, 4))
