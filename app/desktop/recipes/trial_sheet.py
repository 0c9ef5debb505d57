"""The sheet of the trial: what would change, counted, and the parts judged otherwise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.controls.progress_strip import ProgressStrip
from app.desktop.counter.verdict_bar import ICONS, TONES, decision_words
from app.desktop.look import Look
from app.desktop.recipes.outcome import Outcome, Trial
from app.desktop.recipes.trial_run import TrialRun
from app.desktop.touch import follow_finger
from app.desktop.translation import tr
from app.recipes import Recipe
from app.vocabulary import Decision

LINES_BELOW = 3
"""Lines of words below the picture of a part."""
DECISIONS = (Decision.OK, Decision.NG, Decision.REVIEW)
Role = Qt.ItemDataRole


class TrialSheet(QWidget):
    """Shows a trial while it runs and what came of it."""

    part_wanted = Signal(object)
    """A Record that is to be looked at."""

    def __init__(self, look: Look, start: KeyedAction, cancel: KeyedAction) -> None:
        super().__init__()
        self._look = look
        self._trial: Trial | None = None
        self._recipe: Recipe | None = None
        self.progress = ProgressStrip(look, cancel)
        self.progress.hide()
        self._head, self._notes = QLabel(), QLabel()
        self._head.setProperty("role", "large")
        self._notes.setProperty("role", "soft")
        for label in (self._head, self._notes):
            label.setWordWrap(True)
        self._counts = QWidget()
        self._grid = QGridLayout(self._counts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.parts = QListWidget()
        self.parts.setViewMode(QListView.ViewMode.IconMode)
        self.parts.setResizeMode(QListView.ResizeMode.Adjust)
        self.parts.setMovement(QListView.Movement.Static)
        self.parts.setWordWrap(True)
        follow_finger(self.parts)
        self._start = KeyedButton(look, start, "primary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._start, self.progress, self._head, self._counts, self._notes):
            self._column.addWidget(part)
        self._column.addWidget(self.parts, 100)
        self._column.addStretch(1)
        self.parts.itemActivated.connect(self._on_wanted)
        self.parts.currentItemChanged.connect(lambda now, _was: self._on_wanted(now))
        look.changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> str:
        """Everything that is said."""
        return f"{self._head.text()} {self._notes.text()}"

    def show_trial(self, trial: Trial | None) -> None:
        """Show what came of a trial."""
        self._trial = trial
        self._follow()

    def show_recipe(self, recipe: Recipe) -> None:
        """Know the recipe in work: a trial of another one is out of date."""
        was_stale, self._recipe = self._is_stale, recipe
        if was_stale != self._is_stale:
            self._say()

    def show_run(self, run: TrialRun | None) -> None:
        """Show how far a running trial is."""
        self.progress.setVisible(run is not None)
        if run is not None:
            words = tr("Trying part {n} of {total}").format(n=run.done + 1, total=run.total)
            self.progress.show_progress(words, run.share, run.seconds_left)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        room = self.parentWidget().width()
        self._start.shorten(is_short=self._start.full_width() > room)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    @property
    def _is_stale(self) -> bool:
        return self._trial is not None and self._trial.recipe != self._recipe

    def _follow(self) -> None:
        theme = self._look.theme
        self._column.setSpacing(theme.px("gap"))
        self._grid.setHorizontalSpacing(theme.px("page"))
        self._say()
        self._count()
        self._show_parts()

    def _say(self) -> None:
        trial = self._trial
        if trial is None:
            self._head.setText(tr("What would change?"))
            self._notes.setText(
                tr("The last 200 parts are judged again, as the changes would judge them.")
            )
            return
        if not trial.asked:
            self._head.setText(tr("No part of this recipe is recorded yet."))
            self._notes.setText(tr("Run it on the line first, then try changes here."))
            return
        told = len(trial.outcomes) - trial.unknown
        words = tr("{n} of {total} parts would be judged otherwise.")
        if not trial.changed:
            words = tr("None of {total} parts would be judged otherwise.")
        self._head.setText(words.format(n=len(trial.changed), total=told))
        self._notes.setText("\n".join(self._doubts(trial)))

    def _doubts(self, trial: Trial) -> list[str]:
        said = []
        if self._is_stale:
            said.append(tr("The recipe was changed since; try it again."))
        if len(trial.outcomes) < trial.asked:
            words = tr("Ended after {n} of {total} parts.")
            said.append(words.format(n=len(trial.outcomes), total=trial.asked))
        if trial.looked_at:
            words = tr("{n} parts were looked at again: what was recorded did not reach so far.")
            said.append(words.format(n=trial.looked_at))
        if trial.unknown:
            words = tr("{n} parts are not counted: they would have to be looked at again, and no "
                       "whole picture of them is kept.")  # fmt: skip
            said.append(words.format(n=trial.unknown))
        return said

    def _count(self) -> None:
        while item := self._grid.takeAt(0):
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        trial = self._trial
        self._counts.setVisible(trial is not None and bool(trial.outcomes))
        if trial is None or not trial.outcomes:
            return
        before, after = trial.counts()
        for column, words in enumerate((tr("Now"), tr("With the changes")), 2):
            self._grid.addWidget(_label(words, "small"), 0, column)
        for row, decision in enumerate(DECISIONS, 1):
            icon = QLabel()
            icon.setPixmap(self._look.pixmap(ICONS[decision], TONES[decision], "icon_small"))
            self._grid.addWidget(icon, row, 0)
            self._grid.addWidget(_label(decision_words(decision)), row, 1)
            self._grid.addWidget(_label(str(before[decision])), row, 2)
            change = after[decision] - before[decision]
            words = f"{after[decision]}" + (f"  ({change:+d})" if change else "")
            self._grid.addWidget(_label(words), row, 3)
        self._grid.setColumnStretch(4, 1)

    def _show_parts(self) -> None:
        theme = self._look.theme
        self.parts.blockSignals(True)
        self.parts.clear()
        changed = self._trial.changed if self._trial else ()
        side = theme.px("thumb_part")
        font = self.parts.font()
        font.setPixelSize(theme.px("type_small"))
        self.parts.setFont(font)
        lines = self.parts.fontMetrics().height() * LINES_BELOW
        widest = self.parts.fontMetrics().horizontalAdvance(self._longest())
        self.parts.setIconSize(QSize(side, round(side * 0.75)))
        width = max(side, widest) + 2 * theme.px("gap")
        self.parts.setGridSize(QSize(width, round(side * 0.75) + lines + 2 * theme.px("gap")))
        for outcome in changed:
            self.parts.addItem(self._item(outcome))
        self.parts.setVisible(bool(changed))
        self.parts.setMinimumHeight(2 * side)
        self.parts.blockSignals(False)

    def _longest(self) -> str:
        longest = max((decision_words(decision) for decision in DECISIONS), key=len)
        return f"{longest} → {longest}"

    def _item(self, outcome: Outcome) -> QListWidgetItem:
        before, after = outcome.change or (outcome.before, outcome.before)
        words = [f"{decision_words(before)} → {decision_words(after)}"]
        if outcome.record.overruled:
            word = decision_words(outcome.record.overruled.decision)
            words.append(tr("overruled: {verdict}").format(verdict=word))
        words.append(outcome.record.saved_at.astimezone().strftime("%m-%d %H:%M"))
        item = QListWidgetItem("\n".join(words))
        if outcome.thumb is not None:
            item.setIcon(QIcon(QPixmap.fromImage(outcome.thumb)))
        item.setData(Role.UserRole, outcome.record)
        return item

    def _on_wanted(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.part_wanted.emit(item.data(Role.UserRole))


def _label(words: str, role: str = "") -> QLabel:
    label = QLabel(words)
    label.setProperty("role", role)
    return label
