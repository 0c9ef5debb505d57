"""One part in large beside a good one, both sized for their places already."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.line.marks import Mark, MarkBrush
from app.desktop.look import Look


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One of the two."""

    title: str
    tone: str
    icon: str
    image: QImage | None = None
    scale: float = 1.0
    """Screen pixels a pixel of the frame."""
    marks: tuple[Mark, ...] = ()
    words: str = ""
    """Where there is no picture."""


class CompareView(QWidget):
    """Paints two sights side by side, each under its title."""

    sized = Signal()

    def __init__(self, look: Look, back: KeyedAction) -> None:
        super().__init__()
        self._look = look
        self._back = KeyedButton(look, back, "")
        self._back.setParent(self)
        self._sights: tuple[Sight, ...] = ()
        self._brush = MarkBrush(look.theme, self.font())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_look_changed)

    @property
    def sights(self) -> tuple[Sight, ...]:
        """What is shown."""
        return self._sights

    def show_sights(self, *sights: Sight) -> None:
        """Show other parts."""
        self._sights = sights
        self.update()

    def room(self) -> tuple[int, int]:
        """Return how large each picture may be, in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        width = (self.width() - self._look.theme.px("small")) / 2
        height = self.height() - self._look.theme.px("control")
        return max(8, round(width * ratio)), max(8, round(height * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        size, gap = self._back.sizeHint(), self._look.theme.px("small")
        x, y = self.width() - size.width() - gap, self.height() - size.height() - gap
        self._back.setGeometry(x, y, size.width(), size.height())
        self.sized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("picture"))
        gap, head = theme.px("small"), theme.px("control")
        width = (self.width() - gap) / 2
        for number, sight in enumerate(self._sights):
            x = number * (width + gap)
            self._paint_title(painter, sight, QRectF(x, 0, width, head))
            self._paint_sight(painter, sight, QRectF(x, head, width, self.height() - head))
        painter.end()

    def _paint_title(self, painter: QPainter, sight: Sight, room: QRectF) -> None:
        theme = self._look.theme
        painter.fillRect(room, theme.colour(sight.tone))
        side = theme.px("icon_large")
        x = room.left() + theme.px("gap")
        pixmap = self._look.pixmap(sight.icon, f"{sight.tone}_ink", "icon_large")
        painter.drawPixmap(QPointF(x, room.center().y() - side / 2), pixmap)
        font = QFont(self.font())
        font.setPixelSize(theme.px("type_large"))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour(f"{sight.tone}_ink"))
        words = room.adjusted(2 * theme.px("gap") + side, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), sight.title)

    def _paint_sight(self, painter: QPainter, sight: Sight, room: QRectF) -> None:
        theme = self._look.theme
        font = QFont(self.font())
        font.setPixelSize(theme.px("type_text"))
        painter.setFont(font)
        if sight.image is None:
            painter.setPen(theme.colour("picture_ink"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            pad = theme.px("page")
            painter.drawText(room.adjusted(pad, 0, -pad, 0), int(flags), sight.words)
            return
        size = sight.image.deviceIndependentSize()
        at = QPointF(
            round(room.center().x() - size.width() / 2),
            round(room.center().y() - size.height() / 2),
        )
        painter.drawImage(at, sight.image)
        scale = sight.scale / sight.image.devicePixelRatioF()
        place = QRectF(at, size)
        painter.save()
        painter.setClipRect(place)
        self._brush.draw(painter, sight.marks, at, scale, place)
        painter.restore()

    def _on_look_changed(self) -> None:
        self._brush = MarkBrush(self._look.theme, self.font())
        self.update()
