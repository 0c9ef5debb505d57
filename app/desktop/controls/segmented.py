"""A few choices side by side, all in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segmented(QWidget):
    """Buttons of which exactly one is pressed; arrows move among them."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Set the choices; the same values again only renew the words."""
        if [value for value, _ in choices] == self._values:
            for number, (_, words) in enumerate(choices):
                self._group.button(number).setText(words)
            return
        self._values = [value for value, _ in choices]
        for number, (_, words) in enumerate(choices):
            self._add(number, words, number == len(choices) - 1)
        self._row.addStretch()

    def show_value(self, value: object) -> None:
        """Press the button of one value."""
        if value in self._values:
            button = self._group.button(self._values.index(value))
            button.setChecked(True)
            self.setFocusProxy(button)

    def words(self, value: object) -> str:
        """Return the words on the button of one value."""
        return self._group.button(self._values.index(value)).text()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + step) % len(self._values)
        self._group.button(number).setFocus()
        self._group.button(number).click()

    def _add(self, number: int, words: str, is_last: bool) -> None:
        button = QPushButton(words)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setProperty("edge", "first" if number == 0 else "last" if is_last else "inner")
        self._group.addButton(button, number)
        self._row.addWidget(button)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])
