"""A button that opens a menu of choices; large enough for a finger, one look everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from app.desktop.look import Look


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what it stands for, its words, its icon."""

    value: object
    words: str
    icon: str = ""
    is_enabled: bool = True
    starts_group: bool = False


class Chooser(QPushButton):
    """Shows the current choice and a chevron; ``chosen`` carries the value that a hand picked."""

    chosen = Signal(object)
    opening = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._choices: tuple[Choice, ...] = ()
        self._value: object = None
        self._words = ""
        self._icon_name = ""
        self._menu: QMenu | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        look.changed.connect(self.updateGeometry)

    @property
    def value(self) -> object:
        """The current value."""
        return self._value

    def offer(self, choices: Sequence[Choice]) -> None:
        """Set what can be chosen; an open menu is renewed in place."""
        self._choices = tuple(choices)
        if self._menu is not None and self._menu.isVisible():
            self._fill(self._menu)

    def offers(self, value: object) -> bool:
        """Say whether a value is among the choices."""
        return any(choice.value == value for choice in self._choices)

    def show_value(self, value: object, words: str = "", icon: str = "") -> None:
        """Show a value as the current one, in other words than the menu's where given."""
        entry = next((choice for choice in self._choices if choice.value == value), None)
        self._value = value
        self._words = words or (entry.words if entry else "")
        self._icon_name = icon or (entry.icon if entry else "")
        self.setText(self._words)
        self.updateGeometry()
        self.update()

    def open(self) -> None:
        """Open the menu below the button."""
        self.opening.emit()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.setMinimumWidth(self.width())
        menu.triggered.connect(self._on_triggered)
        menu.destroyed.connect(self._on_destroyed)
        self._menu = menu
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + self._look.theme.px("tight"))))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._look.theme
        words = QFontMetricsF(self.font()).horizontalAdvance(self._words)
        icon = theme.px("icon_small") + theme.px("small") if self._icon_name else 0
        chevron = theme.px("icon_small") + theme.px("small")
        width = round(words) + icon + chevron + 2 * theme.px("gap") + 4
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = self.sizeHint()
        return QSize(min(hint.width(), 3 * self._look.theme.px("control")), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme = self._look.theme
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        side, middle = theme.px("icon_small"), self.height() / 2
        ink = "ink" if self.isEnabled() else "ink_faint"
        x = float(theme.px("gap") + 2)
        if self._icon_name:
            pixmap = self._look.pixmap(self._icon_name, ink, "icon_small")
            painter.drawPixmap(QPointF(x, middle - side / 2), pixmap)
            x += side + theme.px("small")
        chevron_x = self.width() - theme.px("gap") - side
        room = chevron_x - x - theme.px("tight")
        words = QFontMetricsF(self.font()).elidedText(
            self._words, Qt.TextElideMode.ElideRight, room
        )
        painter.setPen(theme.colour(ink))
        painter.drawText(QRectF(x, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        chevron = self._look.pixmap("chevron", ink, "icon_small")
        painter.drawPixmap(QPointF(chevron_x, middle - side / 2), chevron)
        painter.end()

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for choice in self._choices:
            if choice.starts_group and not menu.isEmpty():
                menu.addSeparator()
            action = QAction(choice.words, menu)
            is_current = choice.value == self._value
            icon = "tick" if is_current else choice.icon
            if icon:
                action.setIcon(self._look.icon(icon, "accent" if is_current else "ink_soft"))
            action.setData(choice.value)
            action.setEnabled(choice.is_enabled)
            menu.addAction(action)

    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())

    def _on_destroyed(self) -> None:
        self._menu = None
