"""The inspector's post: what the line told, what a hand does with it; paints nothing."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.desktop.line.host import LineHost, OpenLine, Tell
from app.desktop.line.opened import Opened
from app.desktop.line.pixels import Part
from app.desktop.line.seen import Seen
from app.errors import AppError
from app.line import Drift, LineChanged, LineState, Lock, Tally
from app.recipes import RecipeVersion
from app.station import Problem
from app.vocabulary import Decision, EngineMark

MOST_PARTS = 12
"""NG parts that are kept for looking at: some 50 MB."""
MOST_WORDS = 200
"""Verdicts overruled in this sitting, so that the picture says so."""
JoinLine = Callable[[str, str, Tell], Opened]
"""Recipe, address and who is told → a line, not yet running."""


class Post(QObject):
    """Hears the host and holds what is in sight. A change of anything ends in ``changed``."""

    changed = Signal()
    judged = Signal(object)
    """Seen: one more part."""
    counted = Signal()
    """Other numbers of the shift."""
    held_changed = Signal()
    """Another part is held beside a good one, or none."""
    drifted = Signal(object)
    """Drift: something began to go away from how it was."""
    steadied = Signal(str)
    """Code of a drift that is over."""
    locks_changed = Signal(object, object)
    """tuple[Lock, ...]: before and now."""
    troubled = Signal(object)
    """Problem."""
    solved = Signal(str)

    def __init__(self, host: LineHost, join: JoinLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self._join = join
        self.recipe_name = ""
        self.address = ""
        self.shown = LineChanged(LineState.STOPPED)
        self.seen: Seen | None = None
        """The verdict that stands."""
        self.is_past = False
        """Whether the live picture no longer shows the part that the verdict is of."""
        self.tally: Tally | None = None
        self.engine: EngineMark | None = None
        self.parts: deque[Part] = deque(maxlen=MOST_PARTS)
        """The last NG parts, newest first."""
        self.good: Part | None = None
        self.held: Part | None = None
        self.problems: dict[str, Problem] = {}
        self.overruled: OrderedDict[str, Decision] = OrderedDict()
        self.done: list[str] = []
        """Ids of the parts with a word of this sitting that can be taken back, newest last."""
        self._drifts: dict[str, Drift] = {}
        host.opened.connect(self.changed)
        host.failed.connect(self._on_failed)
        host.ended.connect(self._on_ended)
        host.judged.connect(self._on_judged)
        host.pictured.connect(self._on_pictured)
        host.changed.connect(self._on_changed)
        host.counted.connect(self._on_counted)
        host.troubled.connect(self._on_troubled)
        host.solved.connect(self._on_solved)

    @property
    def version(self) -> RecipeVersion | None:
        """The recipe that the line at work judges by."""
        return self.host.line.version if self.host.line is not None else None

    @property
    def state(self) -> LineState:
        """What the line is doing."""
        return self.shown.state

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What locks it."""
        return self.shown.locks

    @property
    def problem(self) -> Problem | None:
        """What went wrong last and is not solved."""
        return next(reversed(self.problems.values()), None)

    @property
    def is_open(self) -> bool:
        """Whether a line is at work."""
        return self.host.line is not None

    @property
    def may_pause(self) -> bool:
        """Whether pausing, going on or starting again means anything now."""
        return self.may_trigger or (self.state is LineState.STOPPED and bool(self.address))

    @property
    def may_trigger(self) -> bool:
        """Whether a part can be judged at a key now."""
        return self.state in (LineState.RUNNING, LineState.WAITING, LineState.PAUSED)

    @property
    def has_golden(self) -> bool:
        """Whether the recipe names golden parts."""
        return self.version is not None and bool(self.version.recipe.golden.parts)

    @property
    def in_hand(self) -> str | None:
        """Id of the part that a word of the inspector's is about: the held one, or the last."""
        if self.held is not None:
            return self.held.record_id
        return self.seen.judged.record_id if self.seen is not None else None

    def verdict_of(self, record_id: str) -> Decision | None:
        """Return what the machine said of a part that is still in sight."""
        if self.seen is not None and self.seen.judged.record_id == record_id:
            return self.seen.verdict.decision
        return Decision.NG if any(part.record_id == record_id for part in self.parts) else None

    def look_at(self, *, is_judged: bool) -> None:
        """Take in whether the live picture still shows the part that the verdict is of."""
        is_past = self.seen is not None and not is_judged
        if is_past != self.is_past:
            self.is_past = is_past
            self.changed.emit()

    # where parts come from

    def use(self, recipe: str, address: str) -> None:
        """Run the line of a recipe on a source; the line before it ends first."""
        self.recipe_name, self.address = recipe, address
        self._forget()
        self.shown = LineChanged(LineState.STARTING)
        self.host.open(self._opener(recipe, address))
        self.changed.emit()

    def leave(self) -> None:
        """End the line and give its camera back; what was judged is recorded first."""
        self._forget()
        self.shown = LineChanged(LineState.STOPPED)
        self.host.stop()
        self.changed.emit()

    # what a hand does

    def pause_or_go_on(self) -> None:
        """Judge nothing new, or go on; start a line again that has stopped."""
        line = self.host.line
        if not self.may_pause:
            return
        if line is None:
            self.use(self.recipe_name, self.address)
        elif self.state is LineState.PAUSED:
            line.resume()
        else:
            line.pause()

    def trigger(self) -> None:
        """Judge the next frame, also while paused."""
        if self.host.line is not None and self.may_trigger:
            self.host.line.trigger()

    def hold(self, record_id: str) -> None:
        """Show one NG part beside a good one; the line runs on."""
        self._hold(next((part for part in self.parts if part.record_id == record_id), None))

    def hold_next(self) -> None:
        """Hold the newest NG part, then the one before it, and so on round."""
        if not self.parts:
            return
        held = self.held
        at = self.parts.index(held) + 1 if held is not None and held in self.parts else 0
        self._hold(self.parts[at % len(self.parts)])

    def let_go(self) -> None:
        """Go back to the live picture."""
        self._hold(None)

    def overrule(self, record_id: str, decision: Decision, reason: str) -> None:
        """Put a word against a verdict; undo takes it back."""
        if self.host.line is None:
            return
        self.host.line.overrule(record_id, decision, reason)
        self.overruled[record_id] = decision
        while len(self.overruled) > MOST_WORDS:
            self.overruled.popitem(last=False)
        self.done.append(record_id)
        self.changed.emit()

    def undo(self) -> None:
        """Take the last word back."""
        if not self.done or self.host.line is None:
            return
        record_id = self.done.pop()
        self.host.line.take_back(record_id)
        self.overruled.pop(record_id, None)
        self.changed.emit()

    # private

    def _opener(self, recipe: str, address: str) -> OpenLine:
        return lambda tell: self._join(recipe, address, tell)

    def _hold(self, part: Part | None) -> None:
        if part is not self.held:
            self.held = part
            self.held_changed.emit()
            self.changed.emit()

    def _forget(self) -> None:
        """Let nothing of the line before stand: neither its verdict nor its parts and problems."""
        self.seen = self.tally = self.engine = self.good = None
        self.parts.clear()
        self.overruled.clear()
        self.done.clear()
        for code in tuple(self.problems):
            self._on_solved(code)
        self._set_locks(())
        self._tell_drifts(())
        self._hold(None)

    def _on_failed(self, error: AppError) -> None:
        self.shown = LineChanged(LineState.STOPPED)
        self._on_troubled(Problem(error.what, error.hint, error.code))

    def _on_ended(self) -> None:
        if not self.host.is_open:
            self.shown = replace(self.shown, state=LineState.STOPPED)
            self.seen = None
            self.changed.emit()

    def _on_judged(self, seen: Seen) -> None:
        self.seen, self.is_past = seen, False
        self.engine = seen.engine
        self._take(seen.judged.tally)
        self.judged.emit(seen)
        self.changed.emit()

    def _on_pictured(self, part: Part) -> None:
        if part.verdict.decision is Decision.NG:
            self.parts.appendleft(part)
            self.changed.emit()
        else:
            self.good = part

    def _on_counted(self, tally: Tally) -> None:
        self._take(tally)
        self.changed.emit()

    def _take(self, tally: Tally) -> None:
        self.tally = tally
        self._tell_drifts(tally.drifts)
        self.counted.emit()

    def _tell_drifts(self, drifts: tuple[Drift, ...]) -> None:
        now = {drift.code: drift for drift in drifts}
        before, self._drifts = self._drifts, now
        for code in before.keys() - now.keys():
            self.steadied.emit(code)
        for code in now.keys() - before.keys():
            self.drifted.emit(now[code])

    def _on_changed(self, news: LineChanged) -> None:
        self._set_locks(news.locks)
        self.shown = news
        if news.state not in (LineState.RUNNING, LineState.WAITING):
            self.seen = None
        self.changed.emit()

    def _set_locks(self, locks: tuple[Lock, ...]) -> None:
        before = self.shown.locks
        if locks != before:
            self.shown = replace(self.shown, locks=locks)
            self.locks_changed.emit(before, locks)

    def _on_troubled(self, problem: Problem) -> None:
        self.problems.pop(problem.code, None)
        self.problems[problem.code] = problem
        self.troubled.emit(problem)
        self.changed.emit()

    def _on_solved(self, code: str) -> None:
        if self.problems.pop(code, None) is not None:
            self.solved.emit(code)
            self.changed.emit()
