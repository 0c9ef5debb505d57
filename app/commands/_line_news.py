"""The news of a line as lines of text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from queue import SimpleQueue

from app.commands._json import part_shown
from app.commands._part_text import part_lines
from app.language import Catalogue, Message, message
from app.line import Judged, LineChanged, LineNews, LineState, Lock, Recorded
from app.station import Problem, Solved

STATES = {
    LineState.STARTING: message("The line is starting."),
    LineState.RUNNING: message("The line is running."),
    LineState.WAITING: message("The line is waiting for a part."),
    LineState.PAUSED: message("The line is paused."),
    LineState.LOCKED: message("The line is locked."),
    LineState.FAULTED: message("The line is faulted."),
    LineState.STOPPED: message("The line has stopped."),
}
QUIET = {LineState.RUNNING, LineState.WAITING}
"""They change with every part; people are told the first time only."""


class Telling:
    """Hears in the loops' threads, and holds no picture: only lines wait to be printed."""

    def __init__(self, words: Catalogue, *, is_json: bool) -> None:
        self.lines: SimpleQueue[str] = SimpleQueue()
        self.parts = 0
        """Judged so far."""
        self._words = words
        self._write = self._objects if is_json else self._sentences
        self._told = LineState.STARTING
        self._drifts: tuple[str, ...] = ()
        self._problems: set[str] = set()
        self._locks: tuple[Lock, ...] = ()

    @property
    def is_in_trouble(self) -> bool:
        """Whether a problem that was told is not solved, or something still locks the line."""
        return bool(self._problems or self._locks)

    def hear(self, news: LineNews) -> None:
        """Take what a line tells."""
        if isinstance(news, Problem):
            self._problems.add(news.code)
        elif isinstance(news, Solved):
            self._problems.discard(news.code)
        elif isinstance(news, LineChanged):
            self._locks = news.locks
        for line in self._write(news):
            self.lines.put(line)
        # Counted once its line is there, so that whoever counts has them all.
        self.parts += isinstance(news, Judged)

    def _objects(self, news: LineNews) -> Iterator[str]:
        for shown in self._shown(news):
            yield json.dumps(shown, ensure_ascii=False)

    def _shown(self, news: LineNews) -> Iterator[dict[str, object]]:
        match news:
            case Judged():
                part = part_shown(news.inspection, self._words)
                yield {"record": news.record_id, **part, "parts": news.tally.parts}
                codes = tuple(drift.code for drift in news.tally.drifts)
                if codes != self._drifts:
                    self._drifts = codes
                    yield {
                        "drifts": [
                            self._said(each.code, each.message, each.hint)
                            for each in news.tally.drifts
                        ]
                    }
            case LineChanged():
                locks = [self._said(each.code, each.message, each.hint) for each in news.locks]
                yield {"state": str(news.state), "locks": locks}
            case Recorded():
                yield {"recorded": list(news.record_ids)}
            case Problem():
                yield {"problem": self._said(news.code, news.what, news.hint)}
            case Solved():
                yield {"solved": news.code}

    def _said(self, code: str, what: Message, hint: Message) -> dict[str, str]:
        return {"code": code, "what": what.text(self._words), "hint": hint.text(self._words)}

    def _sentences(self, news: LineNews) -> Iterator[str]:
        match news:
            case Judged():
                yield from part_lines(news.inspection, self._words)
                for drift in news.tally.drifts:
                    if drift.code not in self._drifts:
                        yield f"  ! {drift.message.text(self._words)}"
                self._drifts = tuple(drift.code for drift in news.tally.drifts)
            case LineChanged():
                if not (news.state in QUIET and self._told in QUIET):
                    yield STATES[news.state].text(self._words)
                for lock in news.locks:
                    yield f"  {lock.message.text(self._words)} {lock.hint.text(self._words)}"
                self._told = news.state
            case Problem():
                yield f"  {news.what.text(self._words)} {news.hint.text(self._words)}"
