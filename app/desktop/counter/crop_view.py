"""The pixels of a field, beside its value."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desktop.look import Look


class CropView(QWidget):
    """Paints an image that was made at its final size, with round corners."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._image: QImage | None = None

    def show_image(self, image: QImage | None) -> None:
        """Show pixels, or none."""
        self._image = image
        self.setVisible(image is not None)
        self.update()

    def size_wanted(self) -> QSize:
        """Return the size of the pixels in logical pixels."""
        if self._image is None:
            return QSize(0, 0)
        return self._image.deviceIndependentSize().toSize()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._look.theme.px("radius_small")
        rect = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(rect.topLeft(), self._image)
        painter.restore()
        painter.setPen(QPen(self._look.theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()
