"""The value of one field: doubtful characters marked, the one in hand selected, typing replaces."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.desktop.counter.doubt import Choice, choices_at, doubtful_positions, is_own_key
from app.desktop.look import Look
from app.vocabulary import Field


class ValueEdit(QTextEdit):
    """Wraps long values, takes input methods, and turns keys into what the clerk means."""

    typed = Signal(str)
    picked = Signal(int, str)
    confirmed = Signal()
    taken_back = Signal()
    stepped = Signal(int)
    focused = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._field: Field | None = None
        self._doubts: tuple[int, ...] = ()
        self._at: int | None = None
        self.setProperty("role", "value")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text_changed)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The readings of the doubtful character in hand; none while a hand types."""
        if self._field is None or self._at is None:
            return ()
        found = choices_at(self._field, self._at)
        return found if len(found) > 1 else ()

    def show_field(self, field: Field, *, is_believed: bool) -> None:
        """Show a value and, unless it is believed, its doubts; a cursor that types stays."""
        before, self._field = self._field, field
        self._doubts = () if is_believed else doubtful_positions(field)
        if self.toPlainText() != field.value:
            self.blockSignals(True)
            self.setPlainText(field.value)
            self.blockSignals(False)
            self._at = None
        if before is None or before.name != field.name:
            self._at = None
        self._mark()

    def show_plain(self, value: str) -> None:
        """Show a value that cannot be changed, e.g. masked."""
        self._field, self._doubts, self._at = None, (), None
        self.blockSignals(True)
        self.setPlainText(value)
        self.blockSignals(False)
        self._mark()

    def take_doubt(self, after: int = -1) -> None:
        """Take the next doubtful character in hand, or set the cursor behind the last one."""
        rest = [position for position in self._doubts if position > after] or self._doubts
        self._at = next(iter(rest), None)
        cursor = self.textCursor()
        text = self.toPlainText()
        if self._at is None:
            cursor.setPosition(_units(text, after + 1 if after >= 0 else len(text)))
        else:
            cursor.setPosition(_units(text, self._at))
            end = _units(text, self._at + 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def pick(self, choice: Choice) -> None:
        """Take one reading of the character in hand."""
        if self._at is not None:
            position = self._at
            self.picked.emit(position, choice.text)
            self.take_doubt(position)

    def height_for(self, width: int) -> int:
        """Return the height that the value needs at one width."""
        self.document().setTextWidth(width)
        return round(self.document().size().height())

    def width_wanted(self) -> int:
        """Return the width of the value on one line."""
        self.ensurePolished()
        return round(self.fontMetrics().horizontalAdvance(self.toPlainText())) + 4

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoes = event.key() == Qt.Key.Key_Z and event.modifiers() & _CONTROL
            asks = event.text() in {"?", "？"}
            if undoes or asks:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
        elif key == Qt.Key.Key_Escape:
            self.taken_back.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        elif not self._takes_choice(event):
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """What is pasted is one line: a line break in a value is only ever the document's own."""
        self.insertPlainText(" ".join(source.text().split()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.focused.emit()

    def _takes_choice(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (_CONTROL | Qt.KeyboardModifier.AltModifier):
            return False
        if not self.choices or not self._is_selected():
            return False
        key = event.text().upper()
        chosen = next((choice for choice in self.choices if choice.key == key), None)
        if chosen is None and is_own_key(key) and is_own_key(self.choices[0].text):
            chosen = Choice(key, event.text())
        if chosen is not None:
            self.pick(chosen)
        return chosen is not None

    def _is_selected(self) -> bool:
        """Say whether the selection still is the doubtful character; a moved cursor types."""
        if self._at is None:
            return False
        text, cursor = self.toPlainText(), self.textCursor()
        start, end = _units(text, self._at), _units(text, self._at + 1)
        return cursor.selectionStart() == start and cursor.selectionEnd() == end

    def _on_text_changed(self) -> None:
        self._at = None
        self.typed.emit(self.toPlainText())

    def _mark(self) -> None:
        theme, text = self._look.theme, self.toPlainText()
        marks = []
        for position in self._doubts:
            mark = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setBackground(theme.colour("doubt_ground"))
            shape.setForeground(theme.colour("ink"))
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            shape.setUnderlineColor(theme.colour("doubt_line"))
            mark.format = shape  # type: ignore[attr-defined]
            cursor = self.textCursor()
            cursor.setPosition(_units(text, position))
            cursor.setPosition(_units(text, position + 1), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)


_CONTROL = Qt.KeyboardModifier.ControlModifier
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _units(text: str, position: int) -> int:
    """Return where a character begins in Qt's UTF-16; rare names lie outside its 16 bits."""
    return len(text[:position].encode("utf-16-le")) // 2
