"""One workplace for parts over a shift: what its station finds is counted, recorded and told."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from app.errors import RecordError
from app.language import message
from app.line._gate import Gate
from app.line._golden_due import GoldenWatch
from app.line._news import Judged, LineNews, LineState, Lock, Recorded, TallyChanged
from app.line._reasons import (
    BEHIND,
    ENDED,
    RECORDS_BEHIND,
    RECORDS_STUCK,
    stuck,
)
from app.line.recording import BACK_OFF_S, Ear, Recorder, Word
from app.line.shift import Shift
from app.line.tally import Tally
from app.recipes import Bound, RecipeVersion, holds
from app.records import Entry, KeepPicture, Records
from app.station import Inspected, News, Problem, Solved, Station, StationState
from app.vocabulary import Decision, EngineMark, GoldenRun, Inspection, Record

HELD_S = 1.0
"""A line held for so long, since its parts are not recorded fast enough, says so."""
ASK_AGAIN_S = 2.0
"""So often the records are asked whether another program ran the golden parts."""


class Line:
    """Judges nothing itself: it hears a station, counts, records, locks. Any thread may call it.

    Host ``run_recording``, the station's ``run_inspect`` and its ``run_capture`` in a thread each;
    ``stop`` and join, then close the records. No part is judged before ``run_recording`` has
    counted the shift and looked for the golden parts. Every part gets its record's id at once and
    is in the records when ``Recorded`` names it, at most a quarter of a second later.
    """

    def __init__(
        self,
        records: Records,
        version: RecipeVersion,
        tell: Callable[[LineNews], None],
        *,
        since: datetime | None = None,
        ok_pictures: KeepPicture = KeepPicture.SMALL,
    ) -> None:
        """Touch nothing yet; the loops' threads call ``tell``, which must not wait for them.

        The shift starts at ``since``; without it at the last golden run that was passed, else
        today at midnight. NG and REVIEW parts are always kept with every pixel.
        """
        self.version = version
        self._records = records
        self._since = since
        self._ok_pictures = ok_pictures
        self._gate = Gate(tell)
        ear = Ear(self._recorded, self._overruled, self._refused, self._stuck, self._breathe)
        self._recorder = Recorder(records, ear)
        self._lock = threading.Lock()
        self._shift = Shift(since or datetime.now(UTC))
        self._golden = GoldenWatch(version, self._gate)
        self._ask_at = 0.0
        self._count_from: datetime | None = None
        self._refusal = ""
        self._engine: EngineMark | None = None
        self._station: Station | None = None
        self._stopped = threading.Event()
        self._has_ended = False

    @property
    def state(self) -> LineState:
        """What was told last."""
        return self._gate.shown.state

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What locks the line, oldest first."""
        return self._gate.shown.locks

    @property
    def bound(self) -> Bound | None:
        """What was proven of the recipe; None before the first part and under other models."""
        bound, ran = self.version.recipe.bound, self._engine
        return bound if bound and ran and holds(bound, ran) else None

    def tally(self) -> Tally:
        """Return the numbers of the shift."""
        with self._lock:
            return self._shift.tally()

    def bind(self, station: Station) -> None:
        """Take the station whose ``tell`` is ``hear``, before its loops run."""
        self._station = station
        self._gate.bind(station)

    def hear(self, news: News) -> None:
        """Take the station's news, in the thread where it arose."""
        if isinstance(news, Inspected):
            for inspection in news.inspections:
                self._judged(inspection)
        elif isinstance(news, StationState):
            self._gate.hear(news)
            self._has_ended = news is StationState.STOPPED
            self._stop_recording()
        else:
            self._gate.add(news)
            self._gate.flush()

    def run_recording(self) -> None:
        """Count the shift, then record until ``stop``; for one thread, once."""
        try:
            if self._start_shift():
                self._gate.open()
                self._recorder.run()
        except BaseException:
            self._gate.lock(ENDED)
            raise
        if left := self._recorder.waiting:
            self._tell(
                Problem(
                    message("{count} judged parts could not be recorded.", count=left),
                    message("Make room on the disk before the line starts again."),
                    "parts-unrecorded",
                )
            )

    def stop(self) -> None:
        """Ask all three loops to return; what was judged is still recorded. Twice is allowed."""
        self._stopped.set()
        if self._station:
            self._station.stop()
        self._stop_recording()

    def pause(self) -> None:
        """Judge nothing new; the live picture goes on, and ``trigger`` steps."""
        self._gate.set_paused(True)

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._gate.set_paused(False)

    def trigger(self) -> None:
        """Judge exactly the next frame, also while paused; nothing while locked or faulted."""
        if self._station and not self._gate.is_barred:
            self._station.trigger()

    def lock(self, lock: Lock) -> None:
        """Lock the line; another lock of the same code takes the place of the first."""
        self._gate.lock(lock)

    def unlock(self, code: str) -> None:
        """Take a lock away, if it is there."""
        self._gate.unlock(code)

    def overrule(self, record_id: str, decision: Decision, reason: str) -> None:
        """Put the inspector's word before a verdict; ``TallyChanged`` follows once it is kept.

        A word that cannot be kept is told as a Problem.
        """
        self._recorder.put(Word(record_id, decision, reason))

    def take_back(self, record_id: str) -> None:
        """Let the verdict count again."""
        self._recorder.put(Word(record_id, None))

    def golden_ran(self, run: GoldenRun) -> None:
        """Follow a run of the golden parts: lock, or unlock and count a new shift from its time on.

        Whoever ran them keeps the run in the records, where the line looks every few seconds, too.
        A run by another version of the recipe changes nothing.
        """
        if self._golden.take(run):
            self._follow(run)

    def golden_due(self) -> bool:
        """Say whether the golden parts bar the line: due, or judged as they must not be.

        They are due unless a run by this very version and model was passed within the recipe's
        ``every_hours``.
        """
        return self._golden.is_barring

    def new_shift(self) -> None:
        """Count from now on."""
        with self._lock:
            self._shift = Shift(datetime.now(UTC))
            self._gate.add(TallyChanged(self._shift.tally()))
        self._gate.flush()

    def _stop_recording(self) -> None:
        # The part in hand at a stop is still judged, so the recording outlasts the station.
        if self._stopped.is_set() and (self._has_ended or self._station is None):
            self._recorder.stop()

    def _judged(self, inspection: Inspection) -> None:
        record_id = uuid.uuid4().hex
        is_ok = inspection.verdict.decision is Decision.OK
        kept = self._ok_pictures if is_ok else KeepPicture.FULL
        if inspection.engine.models:
            self._engine = inspection.engine
        with self._lock:
            self._recorder.put(Entry(record_id, inspection, kept))
            self._shift.add(record_id, inspection)
            self._gate.add(Judged(inspection, record_id, self._shift.tally()))
        self._gate.flush()
        if self._recorder.is_behind:
            self._gate.hold()

    def _start_shift(self) -> bool:
        """Count what this shift judged before, however long the records refuse; not at a stop."""
        for delay_s in itertools.chain(BACK_OFF_S, itertools.repeat(BACK_OFF_S[-1])):
            if self._stopped.is_set():
                break
            try:
                self._golden.look(self._records)
                self._count(self._since or self._golden.shift_start)
            except RecordError as error:
                self._gate.lock(stuck(error))
                self._stopped.wait(delay_s)
                continue
            self._golden.check(self._engine)
            self._gate.unlock(RECORDS_STUCK)
            return True
        return False

    def _count(self, since: datetime) -> None:
        """Count what was judged since then, in the thread that records: nothing comes between."""
        shift = Shift(since)
        for record in self._records.parts(self.version.name, since):
            shift.add_record(record)
            if self._stopped.is_set():
                return
        with self._lock:
            for entry in self._recorder.entries():
                if entry.at >= since:
                    shift.add(entry.record_id, entry.inspection)
            self._shift = shift
            self._gate.add(TallyChanged(shift.tally()))
        self._gate.flush()

    def _breathe(self) -> None:
        """Look at what changes by itself, between two batches of the recording."""
        if self._gate.was_held(HELD_S):
            self._gate.lock(BEHIND)
        with suppress(RecordError):
            if time.monotonic() > self._ask_at:
                # Another program may have run them: the command “golden”.
                self._ask_at = time.monotonic() + ASK_AGAIN_S
                if run := self._golden.look(self._records):
                    self._follow(run)
            if since := self._count_from:
                self._count(since)
                self._count_from = None
        self._golden.check(self._engine)

    def _follow(self, run: GoldenRun) -> None:
        if run.passed:
            self._count_from = run.at
        self._golden.check(self._engine)

    def _recorded(self, record_ids: tuple[str, ...]) -> None:
        self._tell(Recorded(record_ids))

    def _overruled(self, before: Record, after: Record) -> None:
        with self._lock:
            self._shift.move(before, after)
            self._gate.add(TallyChanged(self._shift.tally()))
            if self._refusal:
                self._gate.add(Solved(self._refusal))
                self._refusal = ""
        self._gate.flush()

    def _refused(self, error: RecordError) -> None:
        self._refusal = error.code
        self._tell(Problem(error.what, error.hint, error.code))

    def _stuck(self, error: RecordError | None) -> None:
        if error is not None:
            self._gate.lock(stuck(error))
            return
        self._gate.unlock(RECORDS_STUCK)
        if self._recorder.is_at_ease:
            self._gate.let_go()
            self._gate.unlock(RECORDS_BEHIND)

    def _tell(self, news: LineNews) -> None:
        self._gate.add(news)
        self._gate.flush()
