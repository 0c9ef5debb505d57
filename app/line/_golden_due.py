"""Whether the golden parts bar the line: never run, failed, too long ago, or by another model."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.line._gate import Gate
from app.line._news import Lock
from app.line._reasons import DUE, GOLDEN_DUE, GOLDEN_FAILED, failed
from app.recipes import RecipeVersion
from app.records import Records
from app.vocabulary import EngineMark, GoldenRun

LONGEST_SHIFT = timedelta(hours=24)


class GoldenWatch:
    """Knows the newest run of a recipe's golden parts and bars a gate by it. For any thread."""

    def __init__(self, version: RecipeVersion, gate: Gate) -> None:
        self._version = version
        self._gate = gate
        self._run: GoldenRun | None = None

    @property
    def is_asked_for(self) -> bool:
        """Whether the recipe has golden parts at all."""
        return bool(self._version.recipe.golden.parts)

    @property
    def is_barring(self) -> bool:
        """Whether the line is locked because of them."""
        return self._gate.is_locked_by(GOLDEN_DUE) or self._gate.is_locked_by(GOLDEN_FAILED)

    @property
    def shift_start(self) -> datetime:
        """When the shift began: with the passed run of the last day, else at local midnight."""
        now = datetime.now(UTC)
        if self._run and self._run.passed and now - self._run.at < LONGEST_SHIFT:
            return self._run.at
        return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)

    def look(self, records: Records) -> GoldenRun | None:
        """Take the newest run out of the records, and return it if it was not known.

        Raises RecordError.
        """
        if not self.is_asked_for:
            return None
        newer = [run for run in reversed(records.golden_runs(self._version.name)) if self.take(run)]
        return newer[-1] if newer else None

    def take(self, run: GoldenRun) -> bool:
        """Take a run, unless it is not newer, by another version, or of other parts."""
        is_own = run.recipe == self._version.mark and run.parts == self._version.recipe.golden.parts
        if not is_own or (self._run and run.at <= self._run.at):
            return False
        self._run = run
        return True

    def check(self, engine: EngineMark | None) -> None:
        """Lock or unlock; ``engine`` is what judged the last part, None before the first."""
        lock = self._lock(engine)
        # Locked before it is unlocked: the line must not open in between.
        if lock and lock not in self._gate.shown.locks:
            self._gate.lock(lock)
        for code in (GOLDEN_DUE, GOLDEN_FAILED):
            if lock is None or lock.code != code:
                self._gate.unlock(code)

    def _lock(self, engine: EngineMark | None) -> Lock | None:
        run, every = self._run, timedelta(hours=self._version.recipe.golden.every_hours)
        if not self.is_asked_for:
            return None
        if run is None:
            return DUE
        if not run.passed:
            return failed(run)
        is_other = engine is not None and engine.models != run.engine.models
        return DUE if is_other or datetime.now(UTC) - run.at > every else None
