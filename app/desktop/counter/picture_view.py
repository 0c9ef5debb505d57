"""The picture: live, then the document straightened with its fields, the one in hand enlarged.

Paints images that were made at their final size; see ``pixels``.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.counter.pixels import Sheet, Sizes
from app.desktop.look import Look

LENS_SHARE = 0.28
"""Of the height, kept for the field in hand, so that the document never jumps."""
LETTER = 0.95
"""Size of the characters in a crop, against those of the value beside it."""


class PictureView(QWidget):
    """Decides nothing; shows what it is given and tells how large it shows things."""

    sized = Signal(object)

    def __init__(self, look: Look, *, has_lens: bool = True) -> None:
        super().__init__()
        self._look = look
        self._has_lens = has_lens
        self._live: QImage | None = None
        self._sheet: Sheet | None = None
        self._hand: str | None = None
        self._icon = "waiting"
        self._words = ""
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_changed)

    @property
    def has_sheet(self) -> bool:
        """Whether a document is in sight."""
        return self._sheet is not None

    @property
    def words(self) -> str:
        """What is said where there is no picture."""
        return f"{self._words} {self._hint}"

    @property
    def is_live(self) -> bool:
        """Whether the live picture is in sight."""
        return self._sheet is None and self._live is not None

    def show_live(self, image: QImage | None) -> None:
        """Show a live picture, sized already."""
        self._live = image
        if self._sheet is None:
            self.update()

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show a document instead of the live picture; none goes back to live."""
        self._sheet = sheet
        self._hand = None
        self.update()

    def show_hand(self, name: str | None) -> None:
        """Enlarge one field."""
        if name != self._hand:
            self._hand = name
            self.update()

    def show_words(self, icon: str, words: str, hint: str) -> None:
        """Say what to do where there is no picture."""
        self._icon, self._words, self._hint = icon, words, hint
        self.update()

    def sizes(self) -> Sizes:
        """Return how large things are shown, in pixels of the screen."""
        theme, ratio = self._look.theme, self.devicePixelRatioF()
        page, lens = self._page_room(), self._lens_room()
        ground = theme.colour("picture")
        return Sizes(
            page=(max(8, round(page.width() * ratio)), max(8, round(page.height() * ratio))),
            lens=(max(8, round(lens.width() * ratio)), max(8, round(lens.height() * ratio))),
            letter=round(theme.px("type_value") * LETTER * ratio),
            crop=(round(theme.px("crop") * 11 * ratio), round(theme.px("crop") * 3 * ratio)),
            ratio=ratio,
            ground=(ground.blue(), ground.green(), ground.red()),
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.sized.emit(self.sizes())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("picture"))
        radius = theme.px("radius_large")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self._sheet is not None:
            self._paint_sheet(painter, self._sheet)
        elif self._live is not None:
            self._paint_image(painter, self._live, self._whole_room())
        else:
            self._paint_words(painter)
        painter.end()

    def _paint_sheet(self, painter: QPainter, sheet: Sheet) -> None:
        has_lens = self._has_lens and bool(sheet.lenses)
        place = self._paint_image(
            painter, sheet.page, self._page_room() if has_lens else self._whole_room()
        )
        scale = place.width() / max(1, sheet.page.width())
        for name, outline in sheet.outlines.items():
            if name != self._hand:
                self._paint_outline(painter, outline, place.topLeft(), scale, in_hand=False)
        in_hand = sheet.outlines.get(self._hand or "")
        if in_hand is not None:
            self._paint_outline(painter, in_hand, place.topLeft(), scale, in_hand=True)
            self._paint_lens(painter, sheet.lenses[self._hand or ""])

    def _paint_outline(
        self, painter: QPainter, outline: QPolygonF, at: QPointF, scale: float, *, in_hand: bool
    ) -> None:
        theme = self._look.theme
        colour = theme.colour("outline_hand" if in_hand else "outline")
        tint = QColor(colour)
        tint.setAlphaF(0.16 if in_hand else 0.0)
        painter.save()
        painter.translate(at)
        painter.scale(scale, scale)
        pen = QPen(colour, theme.px("focus_width") * (1.25 if in_hand else 0.75))
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(tint)
        painter.drawPolygon(outline)
        painter.restore()

    def _paint_lens(self, painter: QPainter, lens: QImage) -> None:
        theme, room = self._look.theme, self._lens_room()
        size = lens.deviceIndependentSize()
        fit = min(1.0, room.width() / size.width(), room.height() / size.height())
        place = QRectF(0, 0, size.width() * fit, size.height() * fit)
        place.moveCenter(room.center())
        radius = theme.px("radius")
        path = QPainterPath()
        path.addRoundedRect(place, radius, radius)
        painter.save()
        painter.setClipPath(path)
        self._blit(painter, place, lens)
        painter.restore()
        painter.setPen(QPen(theme.colour("outline_hand"), theme.px("focus_width") * 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, radius, radius)

    def _paint_image(self, painter: QPainter, image: QImage, room: QRectF) -> QRectF:
        size = image.deviceIndependentSize()
        fit = min(room.width() / size.width(), room.height() / size.height())
        if 0.98 < fit < 1.02 or (fit > 1 and image is not self._live):
            fit = 1.0
        place = QRectF(0, 0, size.width() * fit, size.height() * fit)
        place.moveCenter(room.center())
        self._blit(painter, place, image)
        return place

    def _blit(self, painter: QPainter, place: QRectF, image: QImage) -> None:
        """Paint without scaling where the image already has its size, which is nearly always."""
        if abs(place.width() - image.deviceIndependentSize().width()) < 1:
            painter.drawImage(QPointF(round(place.x()), round(place.y())), image)
        else:
            painter.drawImage(place, image)

    def _paint_words(self, painter: QPainter) -> None:
        theme, room = self._look.theme, self._whole_room()
        side = theme.px("icon_empty")
        icon = self._look.pixmap(self._icon, "picture_ink", "icon_empty")
        top = room.center().y() - side
        painter.drawPixmap(QPointF(room.center().x() - side / 2, top), icon)
        painter.setPen(theme.colour("picture_ink"))
        font = QFont(self.font())
        y = top + side + theme.px("wide")
        for words, role, weight in (
            (self._words, "type_title", QFont.Weight.DemiBold),
            (self._hint, "type_text", QFont.Weight.Normal),
        ):
            font.setPixelSize(theme.px(role))
            font.setWeight(weight)
            painter.setFont(font)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            drawn = painter.drawText(
                QRectF(room.left(), y, room.width(), room.bottom() - y), int(flags), words
            )
            y = drawn.bottom() + theme.px("small")

    def _whole_room(self) -> QRectF:
        pad = self._look.theme.px("gap")
        return QRectF(self.rect()).adjusted(pad, pad, -pad, -pad)

    def _lens_room(self) -> QRectF:
        room = self._whole_room()
        height = min(room.height() * LENS_SHARE, self._look.theme.px("lens"))
        return QRectF(room.left(), room.bottom() - height, room.width(), height)

    def _page_room(self) -> QRectF:
        room = self._whole_room()
        if self._has_lens:
            room.setBottom(self._lens_room().top() - self._look.theme.px("gap"))
        return room

    def _on_changed(self) -> None:
        self.sized.emit(self.sizes())
        self.update()
