"""The line at the bottom: what really ran, how long it took, what was done today."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look
from app.desktop.translation import tr
from app.vocabulary import EngineMark


class StatusLine(QWidget):
    """Shows figures; asks nobody."""

    def __init__(self, look: Look, help_action: KeyedAction) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._mark: EngineMark | None = None
        self._total_ms = 0.0
        self._lost = 0
        self._is_part = False
        self.today: tuple[int, int] | None = None
        """Kept since midnight, and of these for review."""
        self._engine, self._counts = QLabel(), QLabel()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._engine)
        self._row.addStretch()
        self._row.addWidget(self._counts)
        self._row.addWidget(KeyedButton(look, help_action, "small"))
        look.changed.connect(self._follow)
        self._follow()

    def show_run(
        self, mark: EngineMark, total_ms: float, lost: int, *, is_part: bool = False
    ) -> None:
        """Show what read the last page, or judged the last part, and how long it took."""
        self._mark, self._total_ms, self._lost = mark, total_ms, lost
        self._is_part = is_part
        self._follow()

    def show_today(self, kept: int, to_review: int) -> None:
        """Show what was kept since midnight."""
        self.today = (kept, to_review)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        theme = self._look.theme
        page = theme.px("page")
        self._row.setContentsMargins(page, 0, theme.px("small"), 0)
        self._row.setSpacing(theme.px("wide"))
        self._engine.setText("   ·   ".join(self._run_words()))
        if self.today is not None:
            words = tr("Today: {kept} kept, {review} for review")
            self._counts.setText(words.format(kept=self.today[0], review=self.today[1]))

    def _run_words(self) -> list[str]:
        if self._mark is None or not self._mark.engine:
            return [tr("Nothing read yet")]
        words = [f"{self._mark.device.upper()} ({self._mark.engine})"]
        last = tr("last part {ms} ms") if self._is_part else tr("last page {ms} ms")
        words.append(last.format(ms=round(self._total_ms)))
        if self._lost:
            words.append(tr("{n} live frames overtaken").format(n=self._lost))
        return words
