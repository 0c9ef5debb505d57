"""The verdict with its reasons in words, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look, restyle
from app.desktop.translation import tr
from app.vocabulary import Decision

TONES = {Decision.OK: "proven", Decision.REVIEW: "read", Decision.NG: "conflict"}
ICONS = {Decision.OK: "ok", Decision.REVIEW: "review", Decision.NG: "ng"}


def decision_words(decision: Decision) -> str:
    """Name a decision in the language of the window."""
    return {
        Decision.OK: tr("OK"),
        Decision.REVIEW: tr("REVIEW"),
        Decision.NG: tr("NG"),
    }[decision]


class VerdictBar(QFrame):
    """Icon, word and reasons; shape and word say what the colour says."""

    def __init__(self, look: Look, next_action: KeyedAction) -> None:
        super().__init__()
        self._look = look
        self._icon_name, self._tone = "info", "plain"
        self._icon = QLabel()
        self._word = QLabel()
        self._word.setProperty("role", "verdict")
        self._reasons = QLabel()
        self._reasons.setWordWrap(True)
        self._reasons.setTextFormat(Qt.TextFormat.PlainText)
        self._reasons.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        for widget in (self._icon, self._word):
            self._row.addWidget(widget)
        self._row.addWidget(self._reasons, 1)
        self._row.addWidget(KeyedButton(look, next_action, "primary"))
        look.changed.connect(self._follow)
        self._follow()

    @property
    def sentence(self) -> str:
        """What stands there now."""
        return f"{self._word.text()} {self._reasons.text()}".strip()

    def show_words(self, icon: str, tone: str, word: str, words: str) -> None:
        """Show a verdict and its reasons, or that a record was saved."""
        self._say(icon, tone)
        self._word.setText(word)
        self._reasons.setText(words)

    def _say(self, icon: str, tone: str) -> None:
        self._icon_name = icon
        if tone != self._tone or self.property("tone") is None:
            self._tone = tone
            self.setProperty("tone", tone)
            for widget in (self, self._word):
                restyle(widget)
        self._follow_icon()

    def _follow(self) -> None:
        theme = self._look.theme
        pad, small = theme.px("gap"), theme.px("small")
        self._row.setContentsMargins(pad, small, small, small)
        self._row.setSpacing(pad)
        self.setMinimumHeight(theme.px("control") + 2 * small + 2)
        self._follow_icon()

    def _follow_icon(self) -> None:
        role = self._tone if self._tone != "plain" else "ink_soft"
        self._icon.setPixmap(self._look.pixmap(self._icon_name, role, "icon_large"))
