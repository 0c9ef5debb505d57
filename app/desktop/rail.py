"""The narrow rail at the left: one entry a page, each with its key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.controls.key_cap import KeyCap
from app.desktop.look import Look
from app.desktop.translation import told
from app.language import Message


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its name, its title, its icon and its key."""

    name: str
    title: Message
    icon: str
    key: str


class Rail(QWidget):
    """Tells which page a hand chose."""

    chosen = Signal(str)

    def __init__(self, look: Look, entries: tuple[Entry, ...], last: tuple[Entry, ...]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._buttons: dict[str, _RailButton] = {}
        self._column = QVBoxLayout(self)
        for entry in entries:
            self._add(entry)
        self._column.addStretch()
        for entry in last:
            self._add(entry)
        look.changed.connect(self._follow)
        self._follow()

    def show_page(self, name: str) -> None:
        """Mark one page as the current one."""
        for each, button in self._buttons.items():
            button.setChecked(each == name)

    def _add(self, entry: Entry) -> None:
        button = _RailButton(self._look, entry)
        button.clicked.connect(lambda: self.chosen.emit(entry.name))
        shortcut = QShortcut(QKeySequence(entry.key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(lambda: self.chosen.emit(entry.name))
        self._buttons[entry.name] = button
        self._column.addWidget(button)

    def _follow(self) -> None:
        theme = self._look.theme
        pad = theme.px("small")
        self.setFixedWidth(theme.px("rail_width"))
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.px("tight"))


class _RailButton(QToolButton):
    """Icon above word above key; where the window is low, the key stands beside the icon."""

    def __init__(self, look: Look, entry: Entry) -> None:
        super().__init__()
        self._look = look
        self._entry = entry
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        look.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        low, gap = self.minimumSizeHint(), 2 * self._look.theme.px("tight")
        return QSize(low.width(), low.height() + round(self._cap().height) + gap)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._look.theme
        height = theme.px("icon_large") + QFontMetricsF(self.font()).height()
        padding = 2 * theme.px("tight") + 2 * theme.px("small")
        return QSize(theme.px("rail_width"), round(height) + padding)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme = self._look.theme
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""  # type: ignore[attr-defined]
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        ink = "rail_ink_current" if self.isChecked() else "rail_ink"
        side = theme.px("icon_large")
        y = float(theme.px("small") + theme.px("tight"))
        cap, gap = self._cap(), theme.px("small")
        is_low = self.height() < self.sizeHint().height()
        beside = cap.width + gap if is_low else 0.0
        x = (self.width() - side - beside) / 2
        icon = self._look.pixmap(self._entry.icon, ink, "icon_large")
        painter.drawPixmap(QPointF(x, y), icon)
        y += side + theme.px("tight")
        painter.setPen(theme.colour(ink))
        painter.setFont(self.font())
        line = QFontMetricsF(self.font()).height()
        words = QRectF(0, y, self.width(), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, told(self._entry.title))
        at = QPointF((self.width() - cap.width) / 2, y + line + gap / 2 + cap.height / 2)
        if is_low:
            at = QPointF(x + side + gap, y - theme.px("tight") - side / 2)
        painter.setOpacity(0.75)
        cap.draw(painter, at, theme.colour("rail_ink"), theme.colour("rail"))
        painter.end()

    def _cap(self) -> KeyCap:
        return KeyCap(self._look.theme, self.font(), self._entry.key)

    def _follow(self) -> None:
        self.setAccessibleName(told(self._entry.title))
        self.updateGeometry()
        self.update()
