"""The readings of a doubtful character, one key or one touch away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStyle, QStyleOptionButton, QWidget

from app.desktop.controls.key_cap import KeyCap
from app.desktop.counter.doubt import Choice
from app.desktop.look import Look


class ChoicesRow(QWidget):
    """Buttons for the readings, each with its key."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._choices: tuple[Choice, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen now."""
        return self._choices

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show the readings of one character; none hides the row."""
        self.setVisible(bool(choices))
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        while self._row.count():
            if button := self._row.takeAt(0).widget():
                button.hide()
                button.deleteLater()
        self._row.setSpacing(self._look.theme.px("small"))
        for choice in self._choices:
            made = _ChoiceButton(self._look, choice)
            made.clicked.connect(lambda _checked=False, each=choice: self.chosen.emit(each))
            self._row.addWidget(made)
        self._row.addStretch()


class _ChoiceButton(QPushButton):
    """A key cap and a large character; a character that is its own key wears no cap."""

    def __init__(self, look: Look, choice: Choice) -> None:
        super().__init__()
        self._look = look
        self._choice = choice
        self.setProperty("role", "alternative")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{choice.key} {choice.text}")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._look.theme
        words = QFontMetricsF(self.font()).horizontalAdvance(self._choice.text)
        cap = self._cap().width + theme.px("small") if self._cap_text() else 0
        width = max(words + cap + 2 * theme.px("gap"), theme.px("control") + theme.px("small"))
        return QSize(round(width), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme = self._look.theme
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        words = QFontMetricsF(self.font()).horizontalAdvance(self._choice.text)
        cap = self._cap()
        room = cap.width + theme.px("small") if self._cap_text() else 0
        x = (self.width() - words - room) / 2
        middle = self.height() / 2
        cap.draw(painter, QPointF(x, middle), theme.colour("ink_soft"), theme.colour("sunken"))
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink"))
        place = QRectF(x + room, 0, words + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._choice.text)
        painter.end()

    def _cap(self) -> KeyCap:
        return KeyCap(self._look.theme, self.font(), self._cap_text())

    def _cap_text(self) -> str:
        return "" if self._choice.key == self._choice.text else self._choice.key
