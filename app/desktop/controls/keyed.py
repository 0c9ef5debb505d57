"""Actions whose key is always shown: the button wears the key of the action it triggers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from app.desktop.controls.key_cap import KeyCap, key_name
from app.desktop.look import Look
from app.desktop.translation import told
from app.language import Message


class KeyedAction(QAction):
    """An action whose words are translated anew whenever the language changes."""

    def __init__(
        self,
        parent: QWidget,
        words: Message,
        keys: list[str],
        done: Callable[[], object],
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.icon_name = icon
        self.setShortcuts([QKeySequence(key) for key in keys])
        self.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setAutoRepeat(False)
        self.triggered.connect(lambda _checked=False: done())
        parent.addAction(self)
        self.retranslate()

    def say(self, words: Message) -> None:
        """Take other words."""
        if words != self._words:
            self._words = words
            self.retranslate()

    def show_icon(self, name: str) -> None:
        """Take another icon."""
        if name != self.icon_name:
            self.icon_name = name
            self.changed.emit()

    def retranslate(self) -> None:
        """Say the words in the language of the window."""
        self.setText(told(self._words))

    def key_text(self) -> str:
        """Return the first key as it is printed on a keyboard."""
        return key_name(self.shortcut().toString(QKeySequence.SequenceFormat.PortableText))


class KeyedButton(QPushButton):
    """A button for one action, with the action's icon, words and key cap."""

    def __init__(self, look: Look, action: KeyedAction, role: str = "quiet") -> None:
        super().__init__()
        self._look = look
        self._action = action
        self._is_short = False
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        look.changed.connect(self._follow)
        self._follow()

    def full_width(self) -> int:
        """Return the width with all words."""
        return self._width_with(self._action.text())

    def shorten(self, *, is_short: bool) -> None:
        """Show the icon and the key alone where there is no room for the words."""
        if is_short != self._is_short:
            self._is_short = is_short and bool(self._action.icon_name)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width_with(self._words()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._action.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._draw_words(painter)
        painter.end()

    def _draw_words(self, painter: QPainter) -> None:
        theme = self._look.theme
        ink, cap_ground = self._inks()
        middle = self.height() / 2
        x = (self.width() - self.sizeHint().width()) / 2 + theme.px("gap") + 2
        if name := self._action.icon_name:
            pixmap = self._look.pixmap(name, ink, "icon_small")
            side = theme.px("icon_small")
            painter.drawPixmap(QPointF(x, middle - side / 2), pixmap)
            x += side + theme.px("small")
        words = QFontMetricsF(self.font()).horizontalAdvance(self._words())
        painter.setFont(self.font())
        painter.setPen(theme.colour(ink))
        painter.drawText(
            QRectF(x, 0, words + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words()
        )
        cap = self._cap()
        at = QPointF(x + words + (theme.px("small") if words else 0), middle)
        cap.draw(painter, at, theme.colour(ink), cap_ground)

    def _width_with(self, words: str) -> int:
        theme = self._look.theme
        gap, cap = theme.px("small"), self._cap().width
        parts = [theme.px("icon_small")] if self._action.icon_name else []
        parts += [round(QFontMetricsF(self.font()).horizontalAdvance(words))] if words else []
        parts += [round(cap)] if cap else []
        return sum(parts) + gap * (len(parts) - 1) + 2 * theme.px("gap") + 4

    def _words(self) -> str:
        return "" if self._is_short else self._action.text()

    def _inks(self) -> tuple[str, QColor]:
        theme = self._look.theme
        if not self.isEnabled():
            return "ink_faint", QColor(Qt.GlobalColor.transparent)
        if self.property("role") == "primary":
            return "accent_ink", theme.colour("accent_pressed")
        return "ink", theme.colour("sunken")

    def _cap(self) -> KeyCap:
        return KeyCap(self._look.theme, self.font(), self._action.key_text())

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setText(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.updateGeometry()
        self.update()
