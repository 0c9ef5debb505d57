"""Starts trials and shows on their sheet how far they are; one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.desktop.look import Look
from app.desktop.recipes.draft import Draft
from app.desktop.recipes.outcome import Trial
from app.desktop.recipes.trial_run import TrialRun
from app.desktop.recipes.trial_sheet import TrialSheet
from app.desktop.recipes.trying import Asked, Means
from app.desktop.timers import ticking

TICK_MS = 300


class TrialDesk(QObject):
    """Hosts the trial that runs."""

    changed = Signal()
    """One began or ended."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, look: Look, means: Means, sheet: TrialSheet, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._means, self._sheet = look, means, sheet
        self._run: TrialRun | None = None
        self._tick = ticking(self, TICK_MS, self._show)

    @property
    def is_running(self) -> bool:
        """Whether a trial is under way."""
        return self._run is not None

    def start(self, draft: Draft) -> None:
        """Try the recipe in work; a trial that runs gives way."""
        self.close()
        ink = self._look.theme.colour("mark_ng")
        run = TrialRun(self._means, Asked(draft.newest, draft.recipe, ink), self)
        run.ended.connect(self._on_ended)
        run.failed.connect(self._on_failed)
        run.crashed.connect(self._on_crashed)
        self._run = run
        self._sheet.show_trial(None)
        self._tick.start()
        self._show()
        self.changed.emit()

    def cancel(self) -> None:
        """End the trial that runs; what is known so far is shown."""
        if self._run is not None:
            self._run.cancel()

    def close(self) -> None:
        """End the trial that runs; nothing of it is shown."""
        if self._run is not None:
            self._run.cancel()
            self._forget()

    def _on_ended(self, trial: Trial) -> None:
        if self.sender() is self._run:
            self._forget()
            self._sheet.show_trial(trial)

    def _on_failed(self, error: object) -> None:
        self._forget()
        self.failed.emit(error)

    def _on_crashed(self, bug: object) -> None:
        self._forget()
        self.crashed.emit(bug)

    def _forget(self) -> None:
        if self._run is not None:
            self._run.wait()
            self._run.deleteLater()
            self._run = None
        self._tick.stop()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._sheet.show_run(self._run)
