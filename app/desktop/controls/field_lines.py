"""One line a described field: its title and what it means, its control, what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.controls.described import Wording, control_for, show_value
from app.desktop.look import Look
from app.desktop.translation import tr

ROOM_FOR_TWO = 3.9
"""Below so many title columns of width, a control stands below its words."""


class FieldLines(QWidget):
    """The plain fields of one described value; ``changed`` carries the name and the new value."""

    changed = Signal(str, object)

    def __init__(
        self, look: Look, described: type[BaseModel], names: Collection[str], prefix: str = ""
    ) -> None:
        """Without names every field of the description has a line."""
        super().__init__()
        self._look, self._prefix = look, prefix
        self._fields = {
            name: field
            for name, field in described.model_fields.items()
            if not names or name in names
        }
        self._wording = Wording()
        self._values: BaseModel | None = None
        self._saved: BaseModel | None = None
        self.lines: dict[str, FieldLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        look.changed.connect(self._renew)
        self._renew()

    def take_words(self, wording: Wording) -> None:
        """Call the values otherwise; controls are made anew where that changes them."""
        if wording != self._wording:
            self._wording = wording
            self._renew()

    def show_values(self, values: BaseModel, saved: BaseModel | None = None) -> None:
        """Show values, and beside each that differs what is saved."""
        self._values, self._saved = values, saved
        for name, line in self.lines.items():
            value = getattr(values, name)
            before = None if saved is None else getattr(saved, name)
            line.show_state(value, None if before == value else before)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._renew()

    def _renew(self) -> None:
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines = {}
        self._column.setSpacing(self._look.theme.px("gap"))
        for name, field in self._fields.items():
            line = FieldLine(self._look, self._prefix + name, field, self._wording)
            line.chosen.connect(lambda value, name=name: self._on_chosen(name, value))
            self._column.addWidget(line)
            self.lines[name] = line
        if self._values is not None:
            self.show_values(self._values, self._saved)

    def _on_chosen(self, name: str, value: object) -> None:
        if self._values is not None and getattr(self._values, name) != value:
            self.changed.emit(name, value)


class FieldLine(QWidget):
    """One field."""

    chosen = Signal(object)

    def __init__(self, look: Look, key: str, field: FieldInfo, wording: Wording) -> None:
        super().__init__()
        self._look, self._field, self._choices = look, field, wording.choices.get(key, {})
        self.control = control_for(look, key, field, self.chosen.emit, wording)
        title, self._hint, self._fault = (
            QLabel(tr(field.title or key)), QLabel(), QLabel(),
        )  # fmt: skip
        self._hint.setProperty("role", "small")
        self._fault.setProperty("role", "fault")
        self.control.setAccessibleName(title.text())
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (title, self._hint, self._fault):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(label)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.theme.px("gap"))
        self._row.addLayout(words, 1)
        expands = self.control.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
        self._row.addWidget(self.control, int(expands), Qt.AlignmentFlag.AlignVCenter)
        self._measured = ""
        self._saved: object = None
        self.show_fault("")

    @property
    def fault(self) -> str:
        """What is wrong, in words; empty where nothing is."""
        return self._fault.text()

    @property
    def hint(self) -> str:
        """What the field means, and what stands beside that."""
        return self._hint.text()

    def show_state(self, value: object, saved: object) -> None:
        """Show a value; one that is saved is told where it differs."""
        show_value(self.control, value)
        self._saved = saved
        self._follow()

    def show_measured(self, words: str) -> None:
        """Tell what the shown part has."""
        self._measured = words
        self._follow()

    def show_fault(self, words: str) -> None:
        """Tell what is wrong."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        is_narrow = self.width() < ROOM_FOR_TWO * self._look.theme.px("title_column")
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def _follow(self) -> None:
        said = [tr(self._field.description or "")]
        if self._saved is not None:
            words = self._choices.get(self._saved)
            before = tr(words.template) if words else _written(self._saved)
            said.append(tr("Saved: {value}.").format(value=before or "–"))
        if self._measured:
            said.append(self._measured)
        self._hint.setText(" ".join(said))


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
