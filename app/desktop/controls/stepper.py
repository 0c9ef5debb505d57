"""A number between two limits: minus, the number, plus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.desktop.look import Look


class Stepper(QWidget):
    """Holds a number; ``chosen`` carries it whenever a hand changed it."""

    chosen = Signal(float)

    def __init__(self, look: Look, low: float, high: float, step: float, *, is_whole: bool) -> None:
        super().__init__()
        self._low, self._high, self._step = low, high, step
        self._value = low
        self._look = look
        self._minus = self._button(-1)
        self._plus = self._button(1)
        self._edit = QLineEdit()
        self._edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._edit.setValidator(QDoubleValidator(low, high, 0 if is_whole else 2, self._edit))
        self._edit.editingFinished.connect(self._on_typed)
        self.setFocusProxy(self._edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._minus, self._edit, self._plus):
            row.addWidget(widget)
        row.addStretch()
        look.changed.connect(self._follow)
        self._follow()

    def show_value(self, value: float) -> None:
        """Show a number without telling it."""
        self._value = value
        self._edit.setText(f"{value:g}")
        self._minus.setEnabled(value > self._low)
        self._plus.setEnabled(value < self._high)

    def _button(self, direction: int) -> QPushButton:
        button = QPushButton()
        button.clicked.connect(lambda: self._take(self._value + direction * self._step))
        return button

    def _on_typed(self) -> None:
        self._take(float(self._edit.text() or self._low))

    def _take(self, value: float) -> None:
        bounded = round(min(max(value, self._low), self._high), 4)
        if bounded != self._value:
            self.show_value(bounded)
            self.chosen.emit(bounded)

    def _follow(self) -> None:
        side = self._look.theme.px("icon_small")
        for button, icon in ((self._minus, "minus"), (self._plus, "plus")):
            button.setIcon(self._look.icon(icon, size="icon_small"))
            button.setIconSize(QSize(side, side))
        self._edit.setFixedWidth(2 * self._look.theme.px("control"))
