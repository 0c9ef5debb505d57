"""What is painted over the picture: what is not judged, the areas, what was seen, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.desktop.recipes.eye import Eye
from app.desktop.recipes.fates import Fate, Fated
from app.desktop.recipes.hand import grip_point
from app.desktop.recipes.shapes import GRIPS, Shapes
from app.desktop.theme import Theme
from app.recipes import Area

DIMMED = 0.62
HALO = 0.8
NG_LINE, LINE = 1.6, 1.1
TONES = {
    Fate.NG: "conflict",
    Fate.REVIEW: "read",
    Fate.TOLERATED: "proven",
    Fate.IGNORED: "ink_faint",
    Fate.FAINT: "ink_faint",
    Fate.OUTSIDE: "ink_faint",
}
LINES = {
    Fate.NG: Qt.PenStyle.SolidLine,
    Fate.REVIEW: Qt.PenStyle.DashLine,
    Fate.TOLERATED: Qt.PenStyle.SolidLine,
}
NAMED = tuple(LINES)
"""Fates whose detections carry words; the others are only shown faintly."""


@dataclass(frozen=True, slots=True)
class Square:
    """A smallest size as it is on the picture."""

    side: int
    words: str
    in_hand: bool


class Marks:
    """Paints over one picture as one eye sees it."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont, eye: Eye) -> None:
        self._painter, self._theme, self._eye = painter, theme, eye
        self._font = QFont(font)
        self._font.setPixelSize(theme.px("type_small"))
        self._taken: list[QRectF] = []

    def dim(self, shapes: Shapes, span: Area | None) -> None:
        """Dim what is not judged."""
        eye, theme = self._eye, self._theme
        seen = eye.place.intersected(eye.room)
        path = QPainterPath()
        path.addRect(seen)
        if shapes.region is not None:
            inside = QPainterPath()
            inside.addRect(eye.rect(shapes.region).intersected(seen))
            path -= inside
        else:
            path = QPainterPath()
        veil = theme.colour("picture")
        veil.setAlphaF(DIMMED)
        self._painter.fillPath(path, veil)
        for mask in shapes.masks:
            rect = eye.rect(mask).intersected(seen)
            self._painter.fillRect(rect, veil)
            hatch = QBrush(theme.colour("picture_ink"), Qt.BrushStyle.BDiagPattern)
            self._painter.fillRect(rect, hatch)
        if span is not None:
            tint = theme.colour("outline_hand")
            tint.setAlphaF(0.2)
            self._painter.fillRect(eye.rect(span), tint)

    def areas(self, shapes: Shapes, chosen: int | None) -> None:
        """Outline region and masks, with grips on the chosen one."""
        for name in shapes.names:
            area = shapes.area(name)
            if area is not None and name != chosen:
                self._frame(self._eye.rect(area), "outline", LINE)
        area = None if chosen is None else shapes.area(chosen)
        if area is None:
            return
        rect = self._eye.rect(area)
        self._frame(rect, "outline_hand", NG_LINE)
        side = self._theme.px("gap")
        self._painter.setPen(QPen(self._theme.colour("surface"), 1.5))
        self._painter.setBrush(self._theme.colour("outline_hand"))
        for grip in GRIPS:
            at = grip_point(rect, grip)
            self._painter.drawRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        size = f"{area[2] - area[0]} × {area[3] - area[1]}"
        self._say(rect, size, "outline_hand")

    def seen(self, found: Sequence[Fated], words: Sequence[str]) -> None:
        """Outline what was seen as the limits in work take it; strongest on top."""
        order = sorted(range(len(found)), key=lambda n: (found[n].fate in NAMED, n))
        for number in order:
            each = found[number]
            pad = self._theme.px("tight")
            rect = self._eye.rect(each.detection.box).adjusted(-pad, -pad, pad, pad)
            width = NG_LINE if each.fate is Fate.NG else LINE
            style = LINES.get(each.fate, Qt.PenStyle.DotLine)
            self._frame(rect, TONES[each.fate], width, style)
        for number in reversed(order):
            each = found[number]
            if each.fate in NAMED:
                pad = self._theme.px("tight")
                rect = self._eye.rect(each.detection.box).adjusted(-pad, -pad, pad, pad)
                self._say(rect, words[number], TONES[each.fate], must=each.fate is Fate.NG)

    def squares(self, squares: Sequence[Square]) -> None:
        """Show smallest sizes as squares, side by side at the lower left."""
        theme, eye = self._theme, self._eye
        seen = eye.place.intersected(eye.room)
        gap = theme.px("gap")
        x = seen.left() + gap
        for square in squares:
            side = square.side * eye.scale
            rect = QRectF(x, seen.bottom() - gap - side, side, side)
            role = "outline_hand" if square.in_hand else "outline"
            self._frame(rect, role, LINE)
            words = self._say(rect, square.words, role)
            x = max(rect.right(), words.right()) + 2 * gap

    def say(self, words: str) -> None:
        """Say what the hand is to do now, at the top of the room."""
        metrics = QFontMetricsF(self._font)
        room, pad = self._eye.room, self._theme.px("small")
        width = metrics.horizontalAdvance(words) + 4 * pad
        rect = QRectF(room.center().x() - width / 2, room.top() + pad, width, 0)
        rect.setHeight(metrics.height() + 2 * pad)
        self._pill(rect, words, "outline_hand")

    def _frame(
        self,
        rect: QRectF,
        role: str,
        width: float,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw a frame with a halo, so that it is seen on dark and on light."""
        width *= self._theme.px("focus_width")
        halo = self._theme.colour("surface")
        halo.setAlphaF(HALO)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, thick, line in (
            (halo, width + 2, Qt.PenStyle.SolidLine),
            (self._theme.colour(role), width, style),
        ):
            pen = QPen(colour, thick, line)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            self._painter.setPen(pen)
            self._painter.drawRect(rect)

    def _say(self, rect: QRectF, words: str, role: str, *, must: bool = True) -> QRectF:
        """Put words beside a frame where no others stand; what need not be said may be left out."""
        metrics = QFontMetricsF(self._font)
        pad, gap = self._theme.px("tight"), 2.0
        width, height = metrics.horizontalAdvance(words) + 2 * pad, metrics.height() + 2
        room = self._eye.room
        left = min(max(rect.left(), room.left()), room.right() - width)
        places = [
            QRectF(left, rect.top() - height - gap, width, height),
            QRectF(left, rect.bottom() + gap, width, height),
            QRectF(rect.right() + gap, rect.top(), width, height),
            QRectF(rect.left() - gap - width, rect.top(), width, height),
        ]
        free = (p for p in places if room.contains(p) and not self._is_taken(p))
        place = next(free, places[0] if must else None)
        if place is None:
            return rect
        self._taken.append(place)
        self._pill(place, words, role)
        return place

    def _is_taken(self, place: QRectF) -> bool:
        return any(place.intersects(each) for each in self._taken)

    def _pill(self, rect: QRectF, words: str, role: str) -> None:
        theme = self._theme
        radius = theme.px("radius_small")
        ground = QColor(theme.colour("surface"))
        self._painter.setPen(QPen(theme.colour(role), theme.px("hairline")))
        self._painter.setBrush(ground)
        self._painter.drawRoundedRect(rect, radius, radius)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(theme.colour(role if role != "ink_faint" else "ink"))
        self._painter.setFont(self._font)
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
