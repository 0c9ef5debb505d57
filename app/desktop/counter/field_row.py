"""One field of the form: title, value, its pixels beside it, its proof; choices when in hand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFontMetrics, QImage, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.desktop.counter.choices_row import ChoicesRow
from app.desktop.counter.crop_view import CropView
from app.desktop.counter.proof_badge import ProofBadge, sign_of
from app.desktop.counter.value_edit import ValueEdit
from app.desktop.look import Look, restyle
from app.desktop.translation import told, tr
from app.documents import FieldRule
from app.vocabulary import Field

ROOM_FOR_COLUMNS = 4.6
"""Below this many title columns of width, title and proof stand above the value."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one row shows."""

    rule: FieldRule
    field: Field
    was_read: str
    is_in_hand: bool = False
    is_by_hand: bool = False
    is_believed: bool = False
    """Proven, confirmed or a hand's word: its characters are not in doubt."""
    mask: str | None = None
    """Shown instead of the value; then nothing can be changed and no pixels are shown."""
    crop: QImage | None = None


class FieldRow(QFrame):
    """Places its parts itself: side by side where there is room, stacked where there is not."""

    grabbed = Signal(str)
    resized = Signal()
    """The row needs another height."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")
        self._look = look
        self._shown: Shown | None = None
        self._title = QLabel(self)
        self._title.setProperty("role", "fieldtitle")
        self._title.setWordWrap(True)
        self.value = ValueEdit(look, self)
        self._crop = CropView(look, self)
        self.badge = ProofBadge(look, self)
        self.choices = ChoicesRow(look, self)
        self._note = QLabel(self)
        self._note.setProperty("role", "small")
        self._note.setWordWrap(True)
        self.choices.chosen.connect(self.value.pick)
        self.value.focused.connect(lambda: self.grabbed.emit(self.name))
        self.value.selectionChanged.connect(self._offer)

    @property
    def name(self) -> str:
        """Name of the field shown."""
        return self._shown.field.name if self._shown else ""

    def show_field(self, shown: Shown) -> None:
        """Show one field as it stands now."""
        was_in_hand = self._shown is not None and self._shown.is_in_hand
        self._shown = shown
        self._title.setText(told(shown.rule.title))
        self.value.setAccessibleName(self._title.text())
        is_open = shown.mask is None
        self.value.setReadOnly(not is_open)
        self.value.setEnabled(is_open)
        if shown.mask is None:
            self.value.show_field(shown.field, is_believed=shown.is_believed)
        else:
            self.value.show_plain(shown.mask)
        self._crop.show_image(shown.crop if is_open else None)
        self.badge.show_sign(sign_of(shown.field, is_by_hand=shown.is_by_hand))
        self._note.setText(self._note_text(shown) if is_open else "")
        self._note.setVisible(bool(self._note.text()))
        if was_in_hand != shown.is_in_hand or self.property("inhand") is None:
            self.setProperty("inhand", "true" if shown.is_in_hand else "false")
            restyle(self)
        self._offer()

    @property
    def title(self) -> str:
        """Title of the field in the language of the window."""
        return self._title.text()

    @property
    def has_pixels(self) -> bool:
        """Whether the pixels of the field are in sight."""
        return not self._crop.isHidden()

    def take(self) -> None:
        """Put the cursor into the value, on its first doubtful character."""
        if not self.value.hasFocus():
            self.value.setFocus()
        self.value.take_doubt()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        self.grabbed.emit(self.name)

    def arrange(self, width: int) -> int:
        """Place the parts for one width and return the height."""
        theme = self._look.theme
        pad, gap = theme.px("small"), theme.px("gap")
        inner = width - 2 * pad
        title_w, badge_w = theme.px("title_column"), theme.px("proof_column")
        if inner >= ROOM_FOR_COLUMNS * title_w:
            room = QRect(pad + title_w + gap, pad, inner - title_w - badge_w - 2 * gap, 0)
            bottom = self._arrange_value(room, theme.px("row") - 2 * pad)
            middle = self._first_line_middle(room.top(), theme.px("row") - 2 * pad)
            self._title.setGeometry(pad, 0, title_w, 2 * middle)
            badge_x = pad + inner - badge_w
            self.badge.setGeometry(badge_x, 0, badge_w, 2 * middle)
        else:
            line = self.badge.sizeHint().height()
            badge_w = self.badge.sizeHint().width()
            self._title.setGeometry(pad, pad, inner - badge_w - gap, line)
            self.badge.setGeometry(pad + inner - badge_w, pad, badge_w, line)
            room = QRect(pad, pad + line + theme.px("tight"), inner, 0)
            bottom = self._arrange_value(room, 0)
        return bottom + pad

    def _arrange_value(self, room: QRect, least: int) -> int:
        """Place value, pixels, choices and note from the top of a room; return the bottom."""
        gap = self._look.theme.px("gap")
        tight = self._look.theme.px("tight")
        crop = self._crop.size_wanted()
        has_crop = not crop.isEmpty()
        wanted = self.value.width_wanted()
        is_beside = has_crop and wanted + gap + crop.width() <= room.width()
        share = max(wanted + gap, min(self._look.theme.px("value_column"), room.width() // 2))
        value_w = min(share, room.width() - crop.width() - gap) if is_beside else room.width()
        text_h = self.value.height_for(value_w)
        height = max(least, text_h, crop.height() if is_beside else 0)
        y = room.top()
        self.value.setGeometry(room.left(), y + (height - text_h) // 2, value_w, text_h + 2)
        if is_beside:
            crop_x = room.left() + value_w + gap
            self._crop.setGeometry(
                crop_x, y + (height - crop.height()) // 2, crop.width(), crop.height()
            )
        y += height
        if has_crop and not is_beside:
            self._crop.setGeometry(room.left(), y + tight, crop.width(), crop.height())
            y += crop.height() + tight
        for part in (self._note, self.choices):
            if not part.isHidden():
                part_h = max(part.sizeHint().height(), part.heightForWidth(room.width()))
                part.setGeometry(room.left(), y + tight, room.width(), part_h)
                y += part_h + tight
        return y

    def _first_line_middle(self, top: int, least: int) -> int:
        line = QFontMetrics(self.value.font()).height()
        is_one_line = self.value.geometry().height() <= line * 1.5
        crop_beside = self._crop.isVisibleTo(self) and self._crop.x() > self.value.x()
        crop_h = self._crop.height() if crop_beside and is_one_line else 0
        return top + max(least, crop_h, line) // 2 if is_one_line else top + max(least, line) // 2

    def _offer(self) -> None:
        is_in_hand = self._shown is not None and self._shown.is_in_hand
        choices = self.value.choices if is_in_hand else ()
        if choices != self.choices.choices or self.choices.isHidden() == bool(choices):
            self.choices.offer(choices)
            self.resized.emit()

    def _note_text(self, shown: Shown) -> str:
        if shown.is_by_hand and shown.field.value != shown.was_read:
            return tr("Machine read: {value}").format(value=shown.was_read or "–")
        if shown.field.corrected_from is not None:
            return tr("Corrected by its check digit, read as {value}").format(
                value=shown.field.corrected_from
            )
        return ""
