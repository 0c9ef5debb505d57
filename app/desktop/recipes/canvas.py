"""The part in the middle: its picture, the areas drawn on it, what was seen and its fate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from app.desktop.look import Look
from app.desktop.recipes.eye import Eye
from app.desktop.recipes.fates import Fated
from app.desktop.recipes.hand import Hand
from app.desktop.recipes.levels import Levels, looked_at
from app.desktop.recipes.marks import Marks, Square
from app.desktop.recipes.shapes import INSIDE, REGION, Grip, Shapes
from app.desktop.translation import tr

NOTCH = 120
"""Eighths of a degree that one notch of a wheel turns, as Qt counts them."""
CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    INSIDE: Qt.CursorShape.SizeAllCursor,
}


class Canvas(QWidget):
    """Paints what it is given; what a hand draws on it is told."""

    drawn = Signal(object, int)
    """Other Shapes, and the stroke they belong to."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.hand = Hand(self)
        self._levels: Levels | None = None
        self._found: tuple[Fated, ...] = ()
        self._found_words: tuple[str, ...] = ()
        self._squares: tuple[Square, ...] = ()
        self._seen: tuple[Eye, float, QImage] | None = None
        self._words = ("", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.hand.drawn.connect(self.drawn)
        self.hand.moved.connect(self.update)
        look.changed.connect(self._follow_look)
        self._follow_look()

    @property
    def has_picture(self) -> bool:
        """Whether a part is in sight."""
        return self._levels is not None

    @property
    def words(self) -> str:
        """What is said where there is no picture."""
        return " ".join(self._words)

    @property
    def found(self) -> tuple[Fated, ...]:
        """What was seen on the part, and what becomes of it."""
        return self._found

    @property
    def squares(self) -> tuple[Square, ...]:
        """The sizes that are shown."""
        return self._squares

    def show_picture(self, picture: Levels | None) -> None:
        """Show another picture, the whole of it."""
        is_alike = self._levels and picture and self._levels.size == picture.size
        self._levels, self._seen = picture, None
        if picture and not is_alike:
            self.hand.eye = Eye(self._room(), picture.size)
        self.update()

    def show_shapes(self, shapes: Shapes) -> None:
        """Show region and masks."""
        self.hand.follow(shapes)

    def show_found(self, found: Sequence[Fated], words: Sequence[str]) -> None:
        """Show what was seen, each with its words."""
        self._found, self._found_words = tuple(found), tuple(words)
        self.update()

    def show_squares(self, squares: Sequence[Square]) -> None:
        """Show smallest sizes."""
        if self._squares != tuple(squares):
            self._squares = tuple(squares)
            self.update()

    def show_words(self, words: str, hint: str) -> None:
        """Say what to do where there is no picture."""
        self._words = (words, hint)
        self.update()

    def arm(self, name: int) -> None:
        """Let the next drag draw the region or another mask."""
        if self.has_picture:
            self.hand.arm(name)
            self.setFocus()
            self.setCursor(Qt.CursorShape.CrossCursor)

    # Qt's

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._follow_look()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._on_pinch(pinch)
                return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.has_picture:
            self.hand.press(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show all of it: a finger has no wheel."""
        self.hand.look_at_all()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.buttons() != Qt.MouseButton.NoButton and self.has_picture:
            self.hand.drag(event.position())
        else:
            self._show_cursor(self.hand.held(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.hand.release()
        self._show_cursor(self.hand.held(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        self.hand.look(event.angleDelta().y() / NOTCH, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not (self.has_picture and self.hand.key(event)):
            super().keyPressEvent(event)
        self._show_cursor(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        radius = theme.px("radius_large")
        has_focus = self.hasFocus()
        painter.setPen(theme.colour("focus") if has_focus else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("picture"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._levels is None:
            self._paint_words(painter)
        else:
            painter.setClipRect(self._room())
            self._paint_part(painter, self._levels)
        painter.end()

    # private

    def _paint_part(self, painter: QPainter, picture: Levels) -> None:
        hand = self.hand
        painter.drawImage(hand.eye.room.topLeft(), self._looked_at(picture))
        marks = Marks(painter, self._look.theme, self.font(), hand.eye)
        marks.dim(hand.shapes, hand.span)
        marks.seen(self._found, self._found_words)
        marks.areas(hand.shapes, hand.chosen)
        marks.squares(self._squares)
        if hand.draws is not None:
            marks.say(
                tr("Drag the region   Enter places one   Esc ends")
                if hand.draws == REGION
                else tr("Drag a mask   Enter places one   Esc ends")
            )

    def _looked_at(self, picture: Levels) -> QImage:
        """Return the picture as the eye sees it; made anew only when the eye moved."""
        eye, ratio = self.hand.eye, self.devicePixelRatioF()
        if self._seen is None or self._seen[:2] != (eye, ratio):
            self._seen = (eye, ratio, looked_at(picture, eye, ratio))
        return self._seen[2]

    def _paint_words(self, painter: QPainter) -> None:
        theme, room = self._look.theme, self._room()
        painter.setPen(theme.colour("picture_ink"))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        font = self.font()
        y = room.center().y() - theme.px("type_title")
        for words, role in zip(self._words, ("type_title", "type_text"), strict=True):
            font.setPixelSize(theme.px(role))
            painter.setFont(font)
            drawn = painter.drawText(QRectF(room.left(), y, room.width(), 999), flags, words)
            y = drawn.bottom() + theme.px("small")

    def _on_pinch(self, pinch: QPinchGesture) -> None:
        at = self.mapFromGlobal(pinch.centerPoint())
        self.hand.eye = self.hand.eye.closer(pinch.scaleFactor(), at)
        self.update()

    def _show_cursor(self, held: tuple[int, Grip] | None) -> None:
        if self.hand.draws is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif held is not None:
            self.setCursor(CURSORS[held[1]])
        else:
            self.unsetCursor()

    def _room(self) -> QRectF:
        pad = self._look.theme.px("small")
        return QRectF(self.rect()).adjusted(pad, pad, -pad, -pad)

    def _follow_look(self) -> None:
        self.hand.reach = self._look.theme.px("control") / 2.5
        self.hand.eye = self.hand.eye.in_room(self._room())
        self.update()
