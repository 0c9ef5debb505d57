"""A bar of keyed buttons that gives up words, from its end on, before it gives up a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look
from app.desktop.timers import resting


class KeyBar(QWidget):
    """Every action of a page with its key."""

    def __init__(self, look: Look, actions: Sequence[KeyedAction]) -> None:
        super().__init__()
        self._look = look
        self.buttons = [KeyedButton(look, action) for action in actions]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in self.buttons:
            self._row.addWidget(button)
        self._row.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._later = resting(self, 0, self._fit)
        look.changed.connect(self._later.start)
        for action in actions:
            action.changed.connect(self._later.start)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        gap = self._look.theme.px("tight")
        self._row.setSpacing(gap)
        over = sum(button.full_width() + gap for button in self.buttons) - self.width()
        for button in reversed(self.buttons):
            button.shorten(is_short=over > 0)
            over -= max(0, button.full_width() - button.sizeHint().width())
