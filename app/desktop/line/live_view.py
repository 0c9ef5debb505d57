"""The live picture with its marks; where there is none, what to do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.line.marks import Mark, MarkBrush
from app.desktop.line.pixels import Shot
from app.desktop.look import Look


class LiveView(QWidget):
    """Paints the newest picture at 1:1 and tells how much room it has."""

    sized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shot: Shot | None = None
        self._marks: tuple[Mark, ...] = ()
        self._words: tuple[str, str, str] = ("camera", "", "")
        self._brush = MarkBrush(look.theme, self.font())
        # Whatever lies behind need not be painted thirty times a second.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_look_changed)

    @property
    def is_live(self) -> bool:
        """Whether a picture is in sight."""
        return self._shot is not None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked on the picture."""
        return self._marks

    def show_shot(self, shot: Shot | None, marks: tuple[Mark, ...]) -> None:
        """Show the newest picture and what is marked on it."""
        if shot is None and self._shot is None:
            return
        self._shot, self._marks = shot, marks
        self.update()

    def show_words(self, icon: str, words: str, hint: str) -> None:
        """Say what to do where there is no picture."""
        if (icon, words, hint) != self._words:
            self._words = (icon, words, hint)
            self.update()

    def room(self) -> tuple[int, int]:
        """Return how large a picture may be, in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(8, round(self.width() * ratio)), max(8, round(self.height() * ratio))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, 135)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.sized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        ground = self._look.theme.colour("picture")
        if self._shot is None:
            painter.fillRect(self.rect(), ground)
            self._paint_words(painter)
        else:
            self._paint_shot(painter, self._shot)
        painter.end()

    def _paint_shot(self, painter: QPainter, shot: Shot) -> None:
        size = shot.image.deviceIndependentSize()
        whole = QRectF(self.rect())
        at = QPointF(
            round((whole.width() - size.width()) / 2), round((whole.height() - size.height()) / 2)
        )
        place = QRectF(at, size)
        ground = self._look.theme.colour("picture")
        for beside in (
            QRectF(0, 0, whole.width(), place.top()),
            QRectF(0, place.bottom(), whole.width(), whole.bottom() - place.bottom()),
            QRectF(0, place.top(), place.left(), place.height()),
            QRectF(place.right(), place.top(), whole.right() - place.right(), place.height()),
        ):
            painter.fillRect(beside, ground)
        painter.drawImage(at, shot.image)
        scale = shot.scale / shot.image.devicePixelRatioF()
        self._brush.draw(painter, self._marks, at, scale, place)

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._look.theme
        icon, words, hint = self._words
        side = theme.px("icon_empty")
        middle = QRectF(self.rect()).center()
        pixmap = self._look.pixmap(icon, "picture_ink", "icon_empty")
        painter.drawPixmap(QPointF(middle.x() - side / 2, middle.y() - side), pixmap)
        y = middle.y() + theme.px("gap")
        for text, size in ((words, "type_title"), (hint, "type_text")):
            font = QFont(self.font())
            font.setPixelSize(theme.px(size))
            painter.setFont(font)
            painter.setPen(theme.colour("picture_ink"))
            line = QRectF(theme.px("page"), y, self.width() - 2 * theme.px("page"), self.height())
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            drawn = painter.drawText(line, int(flags), text)
            y += (drawn.height() if drawn is not None else theme.px(size)) + theme.px("small")

    def _on_look_changed(self) -> None:
        self._brush = MarkBrush(self._look.theme, self.font())
        self.update()
