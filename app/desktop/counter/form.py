"""The form: one row a field, the one in hand with the cursor in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.desktop.counter.field_row import FieldRow, Shown
from app.desktop.counter.round import Round
from app.desktop.look import Look
from app.desktop.timers import resting
from app.desktop.touch import follow_finger
from app.documents import masked
from app.vocabulary import Inspection

ROWS_AHEAD = 16
"""Made with the window, so that the largest document does not have to wait for its rows."""


class Form(QScrollArea):
    """Shows a round; what a hand does in a row comes out as a signal."""

    grabbed = Signal(str)
    typed = Signal(str)
    picked = Signal(int, str)
    confirmed = Signal()
    taken_back = Signal()
    stepped = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[FieldRow] = []
        self._document: Inspection | None = None
        self._hand: str | None = None
        self._inner = QWidget()
        self._inner.setObjectName("inner")
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        follow_finger(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        look.changed.connect(self._arrange)
        self._later = resting(self, 0, self._arrange)
        self._have_rows(ROWS_AHEAD)
        self._have_rows(0)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows in sight."""
        return tuple(row for row in self._rows if not row.isHidden())

    def row(self, name: str) -> FieldRow:
        """Return the row of one field."""
        return next(row for row in self.rows if row.name == name)

    def show_round(self, round_: Round, crops: Mapping[str, QImage]) -> None:
        """Show every field as it stands and put the cursor into the one in hand."""
        if round_.inspection is not self._document:
            self._document, self._hand = round_.inspection, None
        self._have_rows(len(round_.fields))
        for row, field in zip(self._rows, round_.fields, strict=False):
            row.show_field(
                Shown(
                    rule=round_.rule(field.name),
                    field=field,
                    was_read=round_.was_read(field.name),
                    is_in_hand=field.name == round_.hand,
                    is_by_hand=field.name in round_.confirmed,
                    is_believed=round_.is_believed(field),
                    crop=crops.get(field.name),
                )
            )
        self._follow_hand(round_.hand)

    def show_masked(self, round_: Round) -> None:
        """Show what was saved, its personal values masked, nothing to be changed."""
        self._have_rows(len(round_.fields))
        for row, field in zip(self._rows, round_.fields, strict=False):
            rule = round_.rule(field.name)
            value = masked(field.value) if rule.is_personal else field.value
            row.show_field(
                Shown(
                    rule, field, field.value, is_by_hand=field.name in round_.confirmed, mask=value
                )
            )
        self._hand = None
        self._arrange()

    def take_hand(self) -> None:
        """Put the cursor back into the field in hand, e.g. when the page comes into sight."""
        if self._hand is not None:
            self.row(self._hand).take()

    def clear(self) -> None:
        """Show no field."""
        self._have_rows(0)
        self._hand = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._later.start()

    def _follow_hand(self, hand: str | None) -> None:
        if hand is None:
            self._hand = None
            self._arrange()
            self.setFocus()
            return
        row = self.row(hand)
        if hand != self._hand:
            self._hand = hand
            row.take()
        self._arrange()

    def _have_rows(self, count: int) -> None:
        while len(self._rows) < count:
            self._rows.append(self._made_row())
        for number, row in enumerate(self._rows):
            row.setVisible(number < count)

    def _made_row(self) -> FieldRow:
        row = FieldRow(self._look, self._inner)
        row.grabbed.connect(self._on_grabbed)
        row.resized.connect(self._later.start)
        row.value.typed.connect(self.typed)
        row.value.picked.connect(self.picked)
        row.value.confirmed.connect(self.confirmed)
        row.value.taken_back.connect(self.taken_back)
        row.value.stepped.connect(self.stepped)
        return row

    def _on_grabbed(self, name: str) -> None:
        if name != self._hand:
            self.grabbed.emit(name)

    def _arrange(self) -> None:
        width, y = self.viewport().width(), 0
        for row in self.rows:
            height = row.arrange(width)
            row.setGeometry(0, y, width, height)
            y += height + self._look.theme.px("hairline")
        # At once, not when the layout comes to it, so that the field in hand can be scrolled to.
        self._inner.setMinimumHeight(y)
        self._inner.resize(width, max(y, self.viewport().height()))
        if self._hand is not None and self.rows:
            self.ensureWidgetVisible(self.row(self._hand), 0, self._look.theme.px("gap"))
