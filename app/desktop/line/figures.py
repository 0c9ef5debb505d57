"""Parts and yield of the shift; painted, so that a new number never lays the page out anew."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.look import Look
from app.desktop.translation import tr
from app.line.tally import Tally


class Figures(QWidget):
    """Two large numbers and beneath them what they are made of."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tally: Tally | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def show_tally(self, tally: Tally | None) -> None:
        """Show other numbers."""
        if tally != self._tally:
            self._tally = tally
            self.setAccessibleName(" ".join((*self.large, self.small)))
            self.update()

    @property
    def large(self) -> tuple[str, str]:
        """Parts and yield in words."""
        if self._tally is None:
            return tr("Parts {n}").format(n="–"), tr("Yield {share}").format(share="–")
        passed = self._tally.passed
        share = "–" if passed is None else f"{passed:.1%}"
        parts = tr("Parts {n}").format(n=f"{self._tally.parts:,}")
        return parts, tr("Yield {share}").format(share=share)

    @property
    def small(self) -> str:
        """What the parts came to."""
        tally = self._tally
        if tally is None:
            return ""
        words = tr("NG {ng} · REVIEW {review} · overruled {overruled}")
        return words.format(ng=tally.ng, review=tally.review, overruled=tally.overruled)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._look.theme
        height = theme.px("type_figure") * 1.4 + theme.px("type_text") * 1.5
        return QSize(theme.px("verdict_width"), round(height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme = self._look.theme
        painter = QPainter(self)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(self._fitting(font))
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        upper = QRectF(0, 0, self.width(), theme.px("type_figure") * 1.4)
        parts, passed = self.large
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, int(middle | Qt.AlignmentFlag.AlignLeft), parts)
        painter.drawText(upper, int(middle | Qt.AlignmentFlag.AlignRight), passed)
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(theme.px("type_text"))
        painter.setFont(font)
        painter.setPen(theme.colour("ink_soft"))
        lower = QRectF(0, upper.bottom(), self.width(), self.height() - upper.bottom())
        words = QFontMetricsF(font).elidedText(
            self.small, Qt.TextElideMode.ElideRight, lower.width()
        )
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignTop), words)
        painter.end()

    def _fitting(self, font: QFont) -> int:
        """Return the size at which both numbers stand side by side."""
        theme = self._look.theme
        largest = theme.px("type_figure")
        font.setPixelSize(largest)
        wanted = QFontMetricsF(font).horizontalAdvance("".join(self.large)) + theme.px("wide")
        return max(theme.px("type_small"), min(largest, int(largest * self.width() / wanted)))

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
