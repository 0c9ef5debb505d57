"""What is drawn around the defects on a picture: where, in which words, how grave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.desktop.theme import Theme
from app.desktop.translation import told
from app.judgement.defects import defect_title
from app.language import Message
from app.recipes.recipe import Recipe
from app.vocabulary import Box, Detection, Reading

GROWTH = 3.0
"""A frame is drawn so many screen pixels outside of a defect, so that it hides none of it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One defect on the frame."""

    box: Box
    title: Message
    score: float
    is_ng: bool
    """Else it only needs a look."""

    def moved(self, x: float, y: float) -> Mark:
        """Return the mark on a frame whose corner lies elsewhere."""
        x1, y1, x2, y2 = self.box
        return replace(self, box=(x1 + x, y1 + y, x2 + x, y2 + y))


def marks_of(reading: Reading, recipe: Recipe) -> tuple[Mark, ...]:
    """Return what counts by the recipe, the gravest last so that it lies on top."""
    found = [_mark(detection, recipe) for detection in reading.detections]
    counted = (mark for mark in found if mark is not None)
    return tuple(sorted(counted, key=lambda mark: (mark.is_ng, mark.score)))


def _mark(detection: Detection, recipe: Recipe) -> Mark | None:
    limits = recipe.limits(detection.label)
    x1, y1, x2, y2 = detection.box
    if limits.action == "ignore" or max(x2 - x1, y2 - y1) < limits.smallest:
        return None
    if detection.score < limits.review:
        return None
    is_ng = detection.score >= limits.score and limits.action == "NG"
    return Mark(detection.box, defect_title(detection.label), detection.score, is_ng)


class MarkBrush:
    """Draws marks in the colours of a theme: a frame with a dark edge, and a label above it."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._font = QFont(font)
        self._font.setPixelSize(theme.px("type_mark"))
        self._metrics = QFontMetricsF(self._font)

    def draw(
        self, painter: QPainter, marks: Iterable[Mark], at: QPointF, scale: float, room: QRectF
    ) -> None:
        """Draw marks of a frame whose corner lies at a point; ``scale`` is logical pixels.

        Of labels that would cover each other only the gravest one is written.
        """
        each = ((mark, self._rect(mark, at, scale)) for mark in marks)
        placed = [(mark, rect) for mark, rect in each if rect.intersects(room)]
        for mark, rect in placed:
            self._frame(painter, rect, mark.is_ng)
        painter.setFont(self._font)
        taken: list[QRectF] = []
        for mark, rect in reversed(placed):
            label = self._label_place(mark, rect, room)
            if not any(label.intersects(other) for other in taken):
                taken.append(label)
                self._label(painter, label, mark)

    def _rect(self, mark: Mark, at: QPointF, scale: float) -> QRectF:
        x1, y1, x2, y2 = (edge * scale for edge in mark.box)
        rect = QRectF(QPointF(x1, y1), QPointF(x2, y2)).translated(at)
        return rect.adjusted(-GROWTH, -GROWTH, GROWTH, GROWTH)

    def _frame(self, painter: QPainter, rect: QRectF, is_ng: bool) -> None:
        width = self._theme.px("focus_width")
        colour = self._theme.colour("mark_ng" if is_ng else "mark_review")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("mark_edge"), width + 2))
        painter.drawRect(rect)
        style = Qt.PenStyle.SolidLine if is_ng else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour, width, style))
        painter.drawRect(rect)

    def _label_place(self, mark: Mark, rect: QRectF, room: QRectF) -> QRectF:
        width = self._metrics.horizontalAdvance(_words(mark)) + 2 * self._theme.px("tight")
        height = float(self._theme.px("tag"))
        y = rect.top() - height if rect.top() - height >= room.top() else rect.bottom()
        x = min(max(rect.left(), room.left()), max(room.left(), room.right() - width))
        return QRectF(x, y, width, height)

    def _label(self, painter: QPainter, label: QRectF, mark: Mark) -> None:
        role = "mark_ng" if mark.is_ng else "mark_review"
        painter.fillRect(label, self._theme.colour(role))
        painter.setPen(self._theme.colour(f"{role}_ink"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, _words(mark))


def _words(mark: Mark) -> str:
    return f"{told(mark.title)} {mark.score:.0%}"
