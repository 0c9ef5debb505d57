"""Progress of something long: what, how far, how long still, and a way to end it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look
from app.desktop.translation import tr

STEPS = 1000


class ProgressStrip(QFrame):
    """A sentence over a bar, time left at its right, and a button."""

    def __init__(self, look: Look, *actions: KeyedAction) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._look = look
        self._words = QLabel()
        self._left = QLabel()
        self._left.setProperty("role", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximum(STEPS)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(self._left, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout()
        column.addLayout(top)
        column.addWidget(self._bar)
        self._row = QHBoxLayout(self)
        self._row.addLayout(column, 1)
        for action in actions:
            self._row.addWidget(self._button(action))
        look.changed.connect(self._follow)
        self._follow()

    @property
    def sentence(self) -> str:
        """What stands there now."""
        return self._words.text()

    def show_progress(self, words: str, share: float | None, seconds_left: float | None) -> None:
        """Show how far it is; no share shows a bar that only moves."""
        self._words.setText(words)
        self._left.setText("" if seconds_left is None else time_left(seconds_left))
        self._bar.setVisible(True)
        self._bar.setMaximum(0 if share is None else STEPS)
        if share is not None:
            self._bar.setValue(round(share * STEPS))

    def show_end(self, words: str) -> None:
        """Show the account of what is over."""
        self._words.setText(words)
        self._left.setText("")
        self._bar.setVisible(False)

    def _button(self, action: KeyedAction) -> KeyedButton:
        button = KeyedButton(self._look, action, "")
        action.changed.connect(lambda: button.setVisible(action.isEnabled()))
        button.setVisible(action.isEnabled())
        return button

    def _follow(self) -> None:
        theme = self._look.theme
        pad, small = theme.px("wide"), theme.px("small")
        self._row.setContentsMargins(pad, small, small, small)
        self._row.setSpacing(theme.px("wide"))


def time_left(seconds: float) -> str:
    """Say a duration as people do."""
    if seconds < 1:
        return tr("almost done")
    if seconds < 90:
        return tr("about {n} s left").format(n=max(1, round(seconds)))
    return tr("about {n} min left").format(n=round(seconds / 60))
