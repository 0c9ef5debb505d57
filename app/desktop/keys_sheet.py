"""Every key on one sheet, over the window; any key puts it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.desktop.controls.key_cap import key_name
from app.desktop.controls.keyed import KeyedAction
from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.language import Message

_SCROLLS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -2,
    Qt.Key.Key_PageDown: 2,
}

Line = tuple[str, str]
"""Keys and what they do."""


def lines_of(actions: Sequence[KeyedAction]) -> list[Line]:
    """Return the keys of actions, in the language of the window."""
    lines = []
    for action in actions:
        action.retranslate()
        keys = dict.fromkeys(key_name(each.toString()) for each in action.shortcuts())
        lines.append(("  ".join(keys), action.text()))
    return lines


class KeysSheet(QWidget):
    """A veil over the window with a card of columns, one column a page."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer = QHBoxLayout(self)
        outer.addWidget(self._scroll)
        self._before: QWidget | None = None
        self.hide()

    def open(self, columns: Sequence[tuple[Message, Sequence[Line]]]) -> None:
        """Show the sheet until any key."""
        parent = self.parentWidget()
        self._before = parent.window().focusWidget()
        self._fill(columns)
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def close_sheet(self) -> None:
        """Give the focus back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def texts(self) -> list[str]:
        """Return every word in sight."""
        labels: Iterable[QLabel] = self._scroll.findChildren(QLabel)
        return [label.text() for label in labels]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        bar = self._scroll.verticalScrollBar()
        if event.key() in _SCROLLS and bar.maximum():
            bar.setValue(bar.value() + _SCROLLS[Qt.Key(event.key())] * self._scroll.height() // 2)
        else:
            self.close_sheet()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        self.close_sheet()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        veil = self._look.theme.colour("rail")
        veil.setAlphaF(0.62)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def _fill(self, columns: Sequence[tuple[Message, Sequence[Line]]]) -> None:
        theme = self._look.theme
        card = QFrame()
        card.setObjectName("keysheet")
        column = QVBoxLayout(card)
        page = theme.px("page")
        column.setContentsMargins(page, page, page, page)
        column.setSpacing(theme.px("wide"))
        title = QLabel(tr("All keys"))
        title.setProperty("role", "title")
        column.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(2 * page)
        for heading, lines in columns:
            row.addLayout(self._column(told(heading), lines), 1)
        column.addLayout(row)
        hint = QLabel(tr("Any key closes this sheet."))
        hint.setProperty("role", "small")
        column.addWidget(hint)
        self._scroll.setWidget(card)
        card.setAutoFillBackground(False)  # what setWidget fills would show behind round corners

    def _column(self, heading: str, lines: Sequence[Line]) -> QGridLayout:
        theme = self._look.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("gap"))
        grid.setVerticalSpacing(theme.px("tight"))
        label = QLabel(heading)
        label.setProperty("role", "large")
        grid.addWidget(label, 0, 0, 1, 2)
        for number, (keys, words) in enumerate(lines, 1):
            caps = QHBoxLayout()
            caps.setSpacing(theme.px("tight"))
            for key in keys.split("  "):
                cap = QLabel(key)
                cap.setProperty("role", "key")
                caps.addWidget(cap)
            caps.addStretch()
            grid.addLayout(caps, number, 0)
            grid.addWidget(QLabel(words), number, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(lines) + 1, 1)
        return grid
