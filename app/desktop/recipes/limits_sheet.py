"""The sheet of limits: the table of all kinds, and below it the kind in hand to be changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desktop.controls.described import Wording
from app.desktop.controls.field_lines import FieldLines
from app.desktop.controls.key_bar import KeyBar
from app.desktop.controls.keyed import KeyedAction
from app.desktop.look import Look
from app.desktop.recipes.kinds_table import OTHERS, KindsModel, KindsView, kind_title
from app.language import message
from app.recipes import Limits, Recipe


class LimitsSheet(QWidget):
    """Shows the limits of a recipe; tells what a hand wants changed."""

    limited = Signal(str, str, object)
    """Kind of defect, name of the limit, its new value."""
    followed = Signal(str)
    """A kind is to have the limits of every defect."""
    kind_changed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._recipe: Recipe | None = None
        self._saved: Recipe | None = None
        self._model = KindsModel(look)
        self.table = KindsView(look, self._model)
        self.lines = FieldLines(look, Limits, ())
        self._title = QLabel()
        self._title.setProperty("role", "large")
        self.as_every = KeyedAction(
            self, message("As every defect"), ["Ctrl+Backspace"], self._on_as_every, "undo"
        )
        self._fault = QLabel()
        self._fault.setProperty("role", "fault")
        self._fault.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(KeyBar(look, [self.as_every]), 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.table, self._fault):
            self._column.addWidget(part)
        self._column.addLayout(head)
        self._column.addWidget(self.lines)
        self._column.addStretch()
        self.table.chosen.connect(self._on_chosen)
        self.lines.changed.connect(
            lambda name, value: self.limited.emit(self.table.kind, name, value)
        )
        look.changed.connect(self._follow)
        self._follow()

    @property
    def kind(self) -> str:
        """The kind of defect in hand."""
        return self.table.kind

    @property
    def fault(self) -> str:
        """What is wrong with the kinds, in words; empty where nothing is."""
        return self._fault.text()

    def take_words(self, wording: Wording) -> None:
        """Call the values otherwise."""
        self.lines.take_words(wording)

    def show_recipe(self, recipe: Recipe, saved: Recipe, labels: tuple[str, ...]) -> None:
        """Show the limits in work, and what is saved where it differs."""
        self._recipe, self._saved = recipe, saved
        self._model.show(recipe, labels)
        self._follow()

    def show_fault(self, words: str) -> None:
        """Tell what is wrong with the kinds."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px("gap"))
        kind = self.kind
        self._title.setText(kind_title(kind))
        if self._recipe is None or self._saved is None:
            return
        self.as_every.setEnabled(kind != OTHERS and kind in self._recipe.defects)
        self.lines.show_values(_limits(self._recipe, kind), _limits(self._saved, kind))

    def _on_chosen(self, kind: str) -> None:
        self._follow()
        self.kind_changed.emit(kind)

    def _on_as_every(self) -> None:
        self.followed.emit(self.kind)


def _limits(recipe: Recipe, kind: str) -> Limits:
    return recipe.others if kind == OTHERS else recipe.limits(kind)
