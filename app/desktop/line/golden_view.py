"""The golden parts as pictures: what each must be judged as, and what it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.controls.keyed import KeyedAction
from app.desktop.controls.progress_strip import ProgressStrip
from app.desktop.counter.verdict_bar import decision_words
from app.desktop.line.golden_check import CheckedPart, GoldenCheck
from app.desktop.look import Look
from app.desktop.touch import follow_finger
from app.desktop.translation import told, tr


class GoldenView(QWidget):
    """A strip with progress above, tiles below; what went wrong comes first at the end."""

    def __init__(self, look: Look, back: KeyedAction) -> None:
        super().__init__()
        self._look = look
        self.strip = ProgressStrip(look, back)
        self.tiles = _Tiles(look)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.tiles)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        follow_finger(self._scroll)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.strip)
        self._column.addWidget(self._scroll, 1)
        look.changed.connect(self._follow_look)
        self._follow_look()

    def show_check(self, check: GoldenCheck) -> None:
        """Show how far a run is, or how it ended."""
        results = check.results
        if check.is_over:
            results = sorted(results, key=lambda checked: checked.part.passed)
        self.tiles.show_results(results)
        if not check.is_over:
            words = tr("Judging the golden parts “{name}”: {n}")
            words = words.format(name=check.parts, n=len(results))
            self.strip.show_progress(words, check.share or None, check.seconds_left)
        else:
            self.strip.show_end(_account(check))

    def _follow_look(self) -> None:
        self._column.setSpacing(self._look.theme.px("small"))


def _account(check: GoldenCheck) -> str:
    run = check.run
    if run is None:
        if check.is_cancelled:
            return tr("Cancelled: nothing changed for the line.")
        return tr("The golden parts could not be judged. See the notice above.")
    if run.passed:
        words = tr("All {n} golden parts were judged as they must be. The line is open.")
        return words.format(n=len(run.results))
    wrong = sum(not part.passed for part in run.results)
    words = tr("{wrong} of {n} golden parts were not judged as they must be. The line is locked.")
    return words.format(wrong=wrong, n=len(run.results))


class _Tiles(QWidget):
    """Paints the tiles in as many columns as fit."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._results: tuple[CheckedPart, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        look.changed.connect(self._fit)

    def show_results(self, results: Sequence[CheckedPart]) -> None:
        if tuple(results) != self._results:
            self._results = tuple(results)
            self._fit()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        size, gap, columns = self._tile(), self._look.theme.px("small"), self._columns()
        for number, checked in enumerate(self._results):
            row, column = divmod(number, columns)
            x, y = column * (size.width() + gap), row * (size.height() + gap)
            place = QRectF(x, y, size.width(), size.height())
            if place.intersects(QRectF(event.rect())):
                self._paint_tile(painter, checked, place)
        painter.end()

    def _paint_tile(self, painter: QPainter, checked: CheckedPart, place: QRectF) -> None:
        theme, part = self._look.theme, checked.part
        tone = "proven" if part.passed else "conflict"
        painter.setPen(QPen(theme.colour(tone), theme.px("focus_width")))
        painter.setBrush(theme.colour(f"{tone}_ground"))
        painter.drawRoundedRect(
            place.adjusted(1, 1, -1, -1), theme.px("radius"), theme.px("radius")
        )
        pad, thumb = theme.px("small"), theme.px("thumb")
        inner = place.adjusted(pad, pad, -pad, -pad)
        if checked.picture is not None:
            size = checked.picture.deviceIndependentSize()
            at = QPointF(inner.center().x() - size.width() / 2, inner.top())
            painter.drawImage(at, checked.picture)
        side = theme.px("icon")
        line = QRectF(inner.left(), inner.top() + thumb + pad / 2, inner.width(), side)
        icon = self._look.pixmap("ok" if part.passed else "ng", tone, "icon")
        painter.drawPixmap(line.topLeft(), icon)
        font = QFont(self.font())
        for text, room, size_role, ink in (
            (self._outcome(checked), line.adjusted(side + pad, 0, 0, 0), "type_text", tone),
            (self._why(checked), line.translated(0, side), "type_small", "ink"),
        ):
            font.setPixelSize(theme.px(size_role))
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            words = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _outcome(self, checked: CheckedPart) -> str:
        part = checked.part
        if part.passed:
            return tr("{verdict}, as it must be").format(verdict=decision_words(part.decision))
        words = tr("must be {expected}, is {verdict}")
        return words.format(
            expected=decision_words(part.expected), verdict=decision_words(part.decision)
        )

    def _why(self, checked: CheckedPart) -> str:
        reasons = [told(reason) for reason in checked.part.reasons]
        return reasons[0] if reasons else checked.part.file

    def _tile(self) -> QSize:
        theme = self._look.theme
        thumb = theme.px("thumb")
        height = thumb + 2 * theme.px("icon") + 3 * theme.px("small")
        return QSize(round(thumb * 16 / 9) + 3 * theme.px("wide"), height)

    def _columns(self) -> int:
        gap = self._look.theme.px("small")
        return max(1, (self.width() + gap) // (self._tile().width() + gap))

    def _fit(self) -> None:
        rows = -(-len(self._results) // self._columns())
        gap = self._look.theme.px("small")
        self.setMinimumHeight(max(0, rows * (self._tile().height() + gap) - gap))
