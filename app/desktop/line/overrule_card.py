"""The inspector's word against a verdict: what it is, and why. Over the page; nothing stops."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.counter.verdict_bar import decision_words
from app.desktop.line.words import ICONS
from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.language import message
from app.vocabulary import Decision

REASONS = (
    message("Dust or dirt, no defect"),
    message("Reflection or shadow"),
    message("Within tolerance"),
    message("Defect overlooked"),
    message("Wrong or missing part"),
)
"""What verdicts are most often overruled for; anything else is typed."""
DECISIONS = (Decision.OK, Decision.NG, Decision.REVIEW)
ROLES = {Decision.OK: "proven", Decision.NG: "conflict", Decision.REVIEW: "read"}


class OverruleCard(QWidget):
    """A veil with a card. Digits choose, Enter confirms, Esc leaves everything as it is."""

    decided = Signal(str, object, str)
    """Id of the record, Decision, reason."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._record_id = ""
        self._decision = Decision.OK
        self._reason: str | None = None
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.confirm = KeyedAction(
            self, message("Overrule"), ["Return", "Enter"], self._on_confirmed
        )
        self.cancel = KeyedAction(self, message("Cancel"), ["Escape"], self.leave)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._why = QLabel()
        self._why.setProperty("role", "soft")
        self.decisions = [self._choice(self._take_decision, d) for d in DECISIONS]
        self.reasons = [self._choice(self._take_reason, n) for n in range(len(REASONS))]
        self.typed = QLineEdit()
        self.typed.textEdited.connect(self._on_typed)
        self._card = QFrame(self)
        self._card.setObjectName("keysheet")
        self._lay_out()
        self.hide()

    def open(self, record_id: str, verdict: Decision) -> None:
        """Ask for a word about one part; the likeliest one is chosen already."""
        window = self.parentWidget().window()
        self._before = window.focusWidget()
        self.setParent(window)
        self._record_id = record_id
        self._decision = Decision.NG if verdict is Decision.OK else Decision.OK
        self._reason = None
        self.typed.clear()
        self._wear(verdict)
        self._follow()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        """Put the card away."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # The page's keys rest while the card is open; its own two are shortcuts themselves.
            own = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if Qt.Key(event.key()) not in own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        number = event.text()
        buttons = [*self.decisions, *self.reasons]
        if number.isdecimal() and 1 <= int(number) <= len(buttons):
            buttons[int(number) - 1].click()
        elif event.text().strip():
            self.typed.setFocus()
            self.typed.insert(event.text())
            self._on_typed(self.typed.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        veil = self._look.theme.colour("rail")
        veil.setAlphaF(0.62)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def _choice(self, take: object, value: object) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: take(value))  # type: ignore[operator]
        return button

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self._card)
        self._column.addWidget(self._title)
        self._words = QHBoxLayout()
        for button in self.decisions:
            self._words.addWidget(button, 1)
        self._column.addLayout(self._words)
        self._column.addWidget(self._why)
        self._grid = QGridLayout()
        for number, button in enumerate(self.reasons):
            self._grid.addWidget(button, number // 2, number % 2)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.typed)
        self._row = QHBoxLayout()
        self._row.addStretch()
        self._row.addWidget(KeyedButton(self._look, self.cancel, ""))
        self._row.addWidget(KeyedButton(self._look, self.confirm, "primary"))
        self._column.addLayout(self._row)

    def _wear(self, verdict: Decision) -> None:
        theme = self._look.theme
        pad, gap = theme.px("page"), theme.px("gap")
        self._column.setContentsMargins(pad, pad, pad, pad)
        for layout in (self._column, self._words, self._grid, self._row):
            layout.setSpacing(gap)
        title = tr("The machine said {verdict}. What is right?")
        self._title.setText(title.format(verdict=decision_words(verdict)))
        self._why.setText(tr("Why? It goes into the record."))
        self.typed.setPlaceholderText(tr("Another reason"))
        for action in (self.confirm, self.cancel):
            action.retranslate()
        for number, (button, decision) in enumerate(zip(self.decisions, DECISIONS, strict=True), 1):
            button.setText(f"{number}   {decision_words(decision)}")
            button.setIcon(self._look.icon(ICONS[decision], ROLES[decision]))
            button.setMinimumHeight(theme.px("control_large"))
        first = len(DECISIONS) + 1
        for number, (button, reason) in enumerate(zip(self.reasons, REASONS, strict=True), first):
            button.setText(f"{number}   {told(reason)}")
        self._card.adjustSize()

    def _take_decision(self, decision: Decision) -> None:
        self._decision = decision
        self._follow()

    def _take_reason(self, number: int) -> None:
        self._reason = told(REASONS[number])
        self.typed.clear()
        self.setFocus()
        self._follow()

    def _on_typed(self, text: str) -> None:
        self._reason = text.strip() or None
        self._follow()

    def _follow(self) -> None:
        for button, decision in zip(self.decisions, DECISIONS, strict=True):
            button.setChecked(decision is self._decision)
        for button, reason in zip(self.reasons, REASONS, strict=True):
            button.setChecked(self._reason == told(reason))
        self.confirm.setEnabled(self._reason is not None)

    def _on_confirmed(self) -> None:
        if self._reason is not None:
            self.leave()
            self.decided.emit(self._record_id, self._decision, self._reason)
