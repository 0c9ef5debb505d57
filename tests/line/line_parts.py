"""A line of small real parts: the station's given source, a reader of the first pixel's level."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from station.parts import PATIENCE_S, GivenSource, Told, frame

from app.capture import Source
from app.errors import EngineError, ReadingError
from app.inspector import Inspector
from app.judgement.parts import judge_part
from app.line import Judged, Line, LineChanged, LineNews, LineState, Recorded
from app.line.hosting import hosted
from app.reader import Reader
from app.recipes import Golden, Recipe, RecipeVersion
from app.records import Records
from app.station import Station, Trigger
from app.vocabulary import (
    Bgr,
    Decision,
    Detection,
    EngineMark,
    Frame,
    GoldenPart,
    GoldenRun,
    Light,
    Reading,
    RecipeMark,
)

ENGINE = EngineMark("levels", "cpu", (("levels", "1" * 64),))
GOOD, DOUBTFUL, SCRATCHED, BENT = 200, 150, 100, 50
FOUND = {
    DOUBTFUL: (Detection("scratch", 0.4, (1.0, 1.0, 9.0, 9.0)),),
    SCRATCHED: (Detection("scratch", 0.9, (1.0, 1.0, 9.0, 9.0)),),
    BENT: (
        Detection("scratch", 0.9, (1.0, 1.0, 9.0, 9.0)),
        Detection("bend", 0.8, (20.0, 20.0, 40.0, 40.0)),
    ),
}
"""Level of the first pixel → what the reader finds."""


class LevelReader(Reader):
    """Finds what ``FOUND`` says of a frame's first pixel, or fails as it is told."""

    def __init__(self, *errors: EngineError | ReadingError) -> None:
        self.mark = ENGINE
        self.timings_ms = {"model": 1.0}
        self.errors = list(errors)

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        if self.errors:
            raise self.errors.pop(0)
        found = FOUND.get(int(frame.bgr[0, 0, 0]), ())
        return (Reading(detections=found, light=Light(110.0, 40.0, 1.0)),)

    def close(self) -> None:
        """Nothing is to be closed."""


def version(golden: str = "", number: int = 1, every_hours: float = 12.0) -> RecipeVersion:
    recipe = Recipe(
        pack="levels", trigger="every", golden=Golden(parts=golden, every_hours=every_hours)
    )
    return RecipeVersion(RecipeMark("parts", number, f"{number}" * 64), recipe)


def golden_run(
    of: RecipeVersion,
    *,
    passed: bool = True,
    at: datetime | None = None,
    engine: EngineMark = ENGINE,
) -> GoldenRun:
    results = (
        GoldenPart("good/1.png", Decision.OK, Decision.OK),
        GoldenPart("bad/1.png", Decision.NG, Decision.NG if passed else Decision.REVIEW),
    )
    parts = of.recipe.golden.parts
    return GoldenRun(at or datetime.now(UTC), parts, of.mark, engine, results)


class Heard(Told):
    """What a line told."""

    def judged(self) -> list[Judged]:
        return [news for news in self.news if isinstance(news, Judged)]

    def decisions(self) -> list[Decision]:
        return [news.inspection.verdict.decision for news in self.judged()]

    def states(self) -> list[LineState]:
        return [news.state for news in self.news if isinstance(news, LineChanged)]

    def recorded(self) -> list[str]:
        told = [news for news in self.news if isinstance(news, Recorded)]
        return [record_id for news in told for record_id in news.record_ids]

    def until_judged(self, count: int) -> None:
        self.until(lambda: len(self.judged()) >= count)

    def until_recorded(self, count: int) -> None:
        self.until(lambda: len(self.recorded()) >= count)

    def until_state(self, state: LineState) -> None:
        self.until(lambda: self.states()[-1:] == [state])


class Lying(GivenSource):
    """A camera over a part that lies there."""

    def __init__(self, bgr: Bgr) -> None:
        super().__init__([], is_live=True)
        self.bgr = bgr

    def next_frame(self, timeout_s: float = 1.0) -> Frame:
        time.sleep(0.01)
        return frame(1, self.bgr)


def parts(*levels: int, is_live: bool = False) -> GivenSource:
    return GivenSource([frame(level) for level in levels], is_live=is_live)


def make_line(
    records: Records,
    source: Source | Callable[[], Source],
    tell: Callable[[LineNews], None],
    *,
    of: RecipeVersion | None = None,
    readers: Sequence[Reader | EngineError] = (),
    trigger: Trigger = Trigger.EVERY,
    since: datetime | None = None,
) -> tuple[Line, Station]:
    """Join a line; ``readers`` are opened one after the other, the last one again and again."""
    of = of or version()
    left: list[Reader | EngineError] = list(readers) or [LevelReader()]

    def inspector() -> Inspector:
        reader = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(reader, EngineError):
            raise reader
        return Inspector(reader, lambda reading: judge_part(reading, of.recipe), of.mark)

    line = Line(records, of, tell, since=since)
    make = (lambda: source) if isinstance(source, Source) else source
    station = Station(make, inspector, line.hear, trigger=trigger, back_off_s=(0.0,))
    line.bind(station)
    return line, station


@contextmanager
def running(line: Line, station: Station) -> Iterator[None]:
    with hosted(line, station):
        yield


def work_off(records: Records, *levels: int, since: datetime | None = None) -> Heard:
    """Let a line judge and record these parts, and end."""
    heard = Heard()
    line, station = make_line(records, parts(*levels), heard, since=since)
    with hosted(line, station) as ended:
        assert ended.wait(PATIENCE_S)
    return heard
