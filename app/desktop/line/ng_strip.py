"""The last NG parts side by side, newest first; one is held at a click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.line.pixels import Part
from app.desktop.look import Look
from app.desktop.translation import tr


class NgStrip(QWidget):
    """Paints thumbnails that were made elsewhere."""

    chosen = Signal(str)
    """Id of the part that a hand wants to look at."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[Part, ...] = ()
        self._held: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is shown, newest first."""
        return self._parts

    def show_parts(self, parts: Sequence[Part], held: str | None) -> None:
        """Show other parts, one of them held."""
        if tuple(parts) != self._parts or held != self._held:
            self._parts, self._held = tuple(parts), held
            self.update()

    def thumb_room(self) -> tuple[int, int]:
        """Return how large a thumbnail may be, in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        height = self._look.theme.px("thumb")
        return round(height * 16 / 9 * ratio), round(height * ratio)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._look.theme.px("thumb") + 2 * self._look.theme.px("tight"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        font = QFont(self.font())
        font.setPixelSize(self._look.theme.px("type_small"))
        painter.setFont(font)
        if not self._parts:
            self._paint_empty(painter)
        for part, place in zip(self._parts, self._places(), strict=False):
            self._paint_part(painter, part, place)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        for part, place in zip(self._parts, self._places(), strict=False):
            if place.contains(event.position()):
                self.chosen.emit(part.record_id)
                return

    def _places(self) -> list[QRectF]:
        """Return where each part lies; those that have no room have no place."""
        theme = self._look.theme
        pad, gap, height = theme.px("tight"), theme.px("small"), theme.px("thumb")
        places, x = [], float(pad)
        for part in self._parts:
            size = part.thumb.deviceIndependentSize()
            width = max(size.width(), height * 0.75)
            if x + width > self.width():
                break
            places.append(QRectF(x, pad, width, height))
            x += width + gap
        return places

    def _paint_part(self, painter: QPainter, part: Part, place: QRectF) -> None:
        theme = self._look.theme
        size = part.thumb.deviceIndependentSize()
        painter.fillRect(place, theme.colour("picture"))
        at = QPointF(place.center().x() - size.width() / 2, place.center().y() - size.height() / 2)
        painter.drawImage(at, part.thumb)
        is_held = part.record_id == self._held
        width = theme.px("focus_width") * (2 if is_held else 1)
        painter.setPen(QPen(theme.colour("outline_hand" if is_held else "mark_ng"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        words = datetime.fromtimestamp(part.time).strftime("%H:%M:%S")
        tag = QRectF(place.left(), place.bottom() - theme.px("tag"), place.width(), theme.px("tag"))
        ground = theme.colour("mark_edge")
        ground.setAlphaF(0.7)
        painter.fillRect(tag.adjusted(width / 2, 0, -width / 2, -width / 2), ground)
        painter.setPen(theme.colour("mark_ng_ink"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_empty(self, painter: QPainter) -> None:
        theme = self._look.theme
        painter.setPen(QPen(theme.colour("line"), theme.px("hairline"), Qt.PenStyle.DashLine))
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(room, theme.px("radius"), theme.px("radius"))
        painter.setPen(theme.colour("ink_soft"))
        words = tr("NG parts appear here; a click holds one beside the last good part.")
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
