"""Draws a key as it looks on a keyboard; buttons wear it beside their words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.desktop.theme import Theme


class KeyCap:
    """One key, measured and drawn in the small type of the theme."""

    def __init__(self, theme: Theme, font: QFont, text: str) -> None:
        self._theme = theme
        self._font = QFont(font)
        self._font.setPixelSize(theme.px("type_small"))
        self._font.setWeight(QFont.Weight.Normal)
        self._text = text
        self._metrics = QFontMetricsF(self._font)

    @property
    def width(self) -> float:
        """Width in logical pixels, none for an action without a key."""
        if not self._text:
            return 0.0
        inner = self._metrics.horizontalAdvance(self._text)
        return max(inner + 2 * self._theme.px("tight") + 2, self.height)

    @property
    def height(self) -> float:
        """Height in logical pixels."""
        return self._metrics.height() + 2

    def draw(self, painter: QPainter, left_middle: QPointF, ink: QColor, ground: QColor) -> None:
        """Draw the key with its left edge and vertical middle at one point."""
        if not self._text:
            return
        rect = QRectF(
            left_middle.x(), left_middle.y() - self.height / 2, self.width, self.height
        ).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = self._theme.px("radius_small")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(ink)
        edge.setAlphaF(0.45)
        painter.setPen(QPen(edge, self._theme.px("hairline")))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(ink)
        painter.setFont(self._font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._text)


def key_name(portable: str) -> str:
    """Name a key as keyboards print it."""
    for ours, printed in (("Return", "Enter"), ("PgDown", "PgDn"), ("Escape", "Esc")):
        portable = portable.replace(ours, printed)
    return portable
