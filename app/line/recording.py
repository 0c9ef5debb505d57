"""The recording loop: what was judged and overruled goes into the records, in order, all of it."""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.errors import RecordError
from app.records import Entry, Records
from app.vocabulary import Decision, Record

GATHER_S = 0.25
"""Parts of so long a time are written in one transaction: one wait for the disk, not thirty."""
MOST_AT_ONCE = 64
MOST_BYTES = 384 << 20
"""Of pixels that wait, and at most so many parts: from here on the line is held."""
MOST_PARTS = 400
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)
"""The last one repeats."""
LAST_PATIENCE_S = 10.0
"""So long a stop waits for records that are stuck."""
BREATH_S = 1.0
REFUSED = {"record-unknown", "overrule-without-reason"}
"""No later try would keep such a word."""
STOPPING_S = 0.2
"""Between two tries then."""


@dataclass(frozen=True, slots=True)
class Word:
    """An inspector's word against a verdict; without a decision it is taken back."""

    record_id: str
    decision: Decision | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ear:
    """Who hears how the recording goes, in its thread."""

    recorded: Callable[[tuple[str, ...]], None]
    """What is kept from now on."""
    overruled: Callable[[Record, Record], None]
    """A record before and after an inspector's word."""
    refused: Callable[[RecordError], None]
    """Why a word cannot be kept."""
    stuck: Callable[[RecordError | None], None]
    """What holds everything up; None after everything that is kept."""
    breath: Callable[[], None]
    """At least every second while nothing is stuck."""


class Recorder:
    """A queue in memory and the loop that empties it. Nothing leaves it but into the records."""

    def __init__(
        self, records: Records, ear: Ear, back_off_s: Sequence[float] = BACK_OFF_S
    ) -> None:
        self._records = records
        self._ear = ear
        self._back_off_s = back_off_s
        self._changed = threading.Condition()
        self._waiting: deque[Entry | Word] = deque()
        self._bytes = 0
        self._is_stopped = False

    @property
    def waiting(self) -> int:
        """How many parts and words are not in the records yet."""
        return len(self._waiting)

    def entries(self) -> tuple[Entry, ...]:
        """Return the parts that are not in the records yet, oldest first."""
        with self._changed:
            return tuple(item for item in self._waiting if isinstance(item, Entry))

    @property
    def is_behind(self) -> bool:
        """Whether so much waits that no further part may be judged."""
        return self._bytes >= MOST_BYTES or len(self._waiting) >= MOST_PARTS

    @property
    def is_at_ease(self) -> bool:
        """Whether little enough waits to go on after it was behind."""
        return self._bytes <= MOST_BYTES // 2 and len(self._waiting) <= MOST_PARTS // 2

    def put(self, item: Entry | Word) -> None:
        """Take something in; never waits and never refuses."""
        with self._changed:
            self._waiting.append(item)
            self._bytes += _size(item)
            self._changed.notify_all()

    def stop(self) -> None:
        """Ask the loop to write what waits and to return."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def run(self) -> None:
        """Write until ``stop``; what is stuck then is tried for a last patience, no longer."""
        tries, given_up = 0, math.inf
        while True:
            batch = self._next_batch()
            if not batch and self._is_stopped:
                return
            self._ear.breath()
            try:
                self._write(batch)
            except RecordError as error:
                self._ear.stuck(error)
                if self._is_stopped:
                    given_up = min(given_up, time.monotonic() + LAST_PATIENCE_S)
                if time.monotonic() >= given_up:
                    return
                self._rest(self._back_off_s[min(tries, len(self._back_off_s) - 1)])
                tries += 1
            else:
                self._take_off(batch)
                tries = 0
                self._ear.stuck(None)

    def _next_batch(self) -> list[Entry | Word]:
        """Wait for the next parts in a row, or for one word; nothing after a second without."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_stopped, BREATH_S)
            if not self._waiting:
                return []
            self._changed.wait_for(
                lambda: len(self._waiting) >= MOST_AT_ONCE or self._is_stopped, GATHER_S
            )
            if isinstance(self._waiting[0], Word):
                return [self._waiting[0]]
            parts = itertools.takewhile(lambda item: isinstance(item, Entry), self._waiting)
            return list(itertools.islice(parts, MOST_AT_ONCE))

    def _take_off(self, batch: Sequence[Entry | Word]) -> None:
        with self._changed:
            for item in batch:
                self._waiting.popleft()
                self._bytes -= _size(item)

    def _write(self, batch: Sequence[Entry | Word]) -> None:
        entries = [item for item in batch if isinstance(item, Entry)]
        if entries:
            self._records.keep_all(entries)
            self._ear.recorded(tuple(entry.record_id for entry in entries))
        for word in batch:
            if isinstance(word, Word):
                self._say(word)

    def _say(self, word: Word) -> None:
        try:
            before = self._records.get(word.record_id)
            if word.decision is None:
                after = self._records.take_back_overrule(word.record_id)
            else:
                after = self._records.overrule(word.record_id, word.decision, word.reason)
        except RecordError as error:
            if error.code not in REFUSED:
                raise
            self._ear.refused(error)
            return
        self._ear.overruled(before, after)

    def _rest(self, delay_s: float) -> None:
        with self._changed:
            if self._is_stopped:
                self._changed.wait(STOPPING_S)
            else:
                self._changed.wait_for(lambda: self._is_stopped, delay_s)


def _size(item: Entry | Word) -> int:
    return item.inspection.frame.bgr.nbytes if isinstance(item, Entry) else 0
