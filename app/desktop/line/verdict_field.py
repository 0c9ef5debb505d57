"""The verdict, to be read from three metres: word, colour and shape together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.look import Look
from app.desktop.translation import tr

WORD_SHARE = 0.56
"""Of the height, for icon and word; the reasons have the rest."""
WRAPPED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
LARGEST = 0.92
"""Height of the word's letters against its room."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the field shows; all of it changes at once."""

    tone: str
    """A role that has an ink of its own, as in ``verdict_ok``."""
    icon: str
    word: str
    lines: tuple[str, ...] = ()
    badge: str = ""
    """What goes on beside the verdict, e.g. that the line is paused."""

    @property
    def sentence(self) -> str:
        """Everything that is said."""
        return " ".join((self.word, *self.lines, self.badge)).strip()


NOTHING = Face("verdict_held", "waiting", "")


class VerdictField(QWidget):
    """Paints one face; asks nobody."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._face = NOTHING
        self._sizes: dict[tuple[str, int, int], int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_look_changed)

    @property
    def face(self) -> Face:
        """What is shown now."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Show another face."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(face.sentence)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._look.theme
        return QSize(theme.px("verdict_width"), theme.px("verdict_height"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = self.sizeHint()
        return QSize(hint.width(), hint.height() // 3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme, face = self._look.theme, self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(face.tone))
        radius = theme.px("radius_large")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        pad = theme.px("wide")
        room = QRectF(self.rect()).adjusted(pad, theme.px("small"), -pad, -theme.px("small"))
        upper = QRectF(room.left(), room.top(), room.width(), room.height() * WORD_SHARE)
        lower = QRectF(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom())
        painter.setPen(theme.colour(f"{face.tone}_ink"))
        self._paint_word(painter, upper)
        self._paint_lines(painter, lower)
        painter.end()

    def _paint_word(self, painter: QPainter, room: QRectF) -> None:
        theme, face = self._look.theme, self._face
        side = min(float(theme.px("verdict_icon")), room.height())
        gap = theme.px("wide")
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(self._word_px(font, room.width() - side - gap, room.height()))
        width = QFontMetricsF(font).horizontalAdvance(face.word)
        x = room.left() + max(0.0, (room.width() - side - gap - width) / 2)
        pixmap = self._look.pixmap(face.icon, f"{face.tone}_ink", "verdict_icon")
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(x, room.center().y() - side / 2, side, side)
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        painter.setFont(font)
        words = QRectF(x + side + gap, room.top(), width + gap, room.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, face.word)

    def _paint_lines(self, painter: QPainter, room: QRectF) -> None:
        theme, face = self._look.theme, self._face
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        left = room
        if face.badge:
            font.setPixelSize(theme.px("type_text"))
            painter.setFont(font)
            left = room.adjusted(0, 0, 0, -QFontMetricsF(font).height())
            foot = QRectF(room.left(), left.bottom(), room.width(), room.bottom() - left.bottom())
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), face.badge)
        for role in ("type_title", "type_text"):
            font.setPixelSize(theme.px(role))
            metrics = QFontMetricsF(font)
            if _fits(metrics, left, face.lines):
                break
        painter.setFont(font)
        painter.drawText(left, WRAPPED, "\n".join(self._fitting(metrics, left)))

    def _fitting(self, metrics: QFontMetricsF, room: QRectF) -> list[str]:
        """Return as many lines as fit, and how many more there are where not all do."""
        lines = self._face.lines
        for count in range(len(lines), 0, -1):
            more = [tr("and {n} more").format(n=len(lines) - count)] if count < len(lines) else []
            shown = [*lines[:count], *more]
            if _fits(metrics, room, shown):
                return shown
        return list(lines[:1])

    def _word_px(self, font: QFont, width: float, height: float) -> int:
        """Return the largest size at which the word fits; remembered, because measuring costs."""
        key = (self._face.word, round(width), round(height))
        if key not in self._sizes:
            largest = max(1, round(height * LARGEST))
            font.setPixelSize(largest)
            advance = max(1.0, QFontMetricsF(font).horizontalAdvance(self._face.word))
            self._sizes[key] = max(1, min(largest, int(largest * width / advance)))
        return self._sizes[key]

    def _on_look_changed(self) -> None:
        self._sizes.clear()
        self.updateGeometry()
        self.update()


def _fits(metrics: QFontMetricsF, room: QRectF, lines: Sequence[str]) -> bool:
    return metrics.boundingRect(room, WRAPPED, "\n".join(lines)).height() <= room.height()
