"""Where a form would be: the steps of a round, or what to do with a page that gives none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desktop.controls.key_cap import KeyCap
from app.desktop.look import Look

Step = tuple[str, str]
"""A key and what it does."""


class HowTo(QWidget):
    """Paints numbered lines, each with its key."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._steps: tuple[Step, ...] = ()
        look.changed.connect(self.update)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is shown."""
        return self._steps

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show other steps."""
        if steps != self._steps:
            self._steps = steps
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        steps = self._steps
        line = float(theme.px("row"))
        left = theme.px("page") + theme.px("control") / 2
        top = (self.height() - line * (len(steps) - 1)) / 2
        painter.setPen(QPen(theme.colour("line"), theme.px("focus_width")))
        painter.drawLine(QPointF(left, top), QPointF(left, top + line * (len(steps) - 1)))
        for number, (key, words) in enumerate(steps):
            self._paint_step(painter, QPointF(left, top + number * line), number + 1, key, words)
        painter.end()

    def _paint_step(
        self, painter: QPainter, at: QPointF, number: int, key: str, words: str
    ) -> None:
        theme = self._look.theme
        radius = theme.px("icon_large") / 2 + 2
        painter.setPen(QPen(theme.colour("line_strong"), theme.px("hairline")))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(at, radius, radius)
        font = QFont(self.font())
        font.setPixelSize(theme.px("type_text"))
        painter.setFont(font)
        painter.setPen(theme.colour("ink_soft"))
        circle = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number))
        cap = KeyCap(theme, font, key)
        x = at.x() + radius + theme.px("wide")
        cap.draw(painter, QPointF(x, at.y()), theme.colour("ink_soft"), theme.colour("sunken"))
        x += theme.px("control") + theme.px("wide")
        painter.setFont(font)
        painter.setPen(theme.colour("ink_soft"))
        room = QRectF(x, at.y() - theme.px("row") / 2, self.width() - x, theme.px("row"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), words)
