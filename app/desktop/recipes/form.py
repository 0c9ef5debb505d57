"""Beside the part: the sheets of a recipe, made from its described fields, changing one draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from pydantic import ValidationError
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.controls.described import Wording
from app.desktop.controls.field_lines import FieldLines
from app.desktop.controls.keyed import KeyedAction
from app.desktop.controls.segmented import Segmented
from app.desktop.look import Look
from app.desktop.recipes import edits
from app.desktop.recipes.draft import Draft
from app.desktop.recipes.limits_sheet import LimitsSheet
from app.desktop.recipes.picture_sheet import PictureSheet
from app.desktop.recipes.recipe_sheet import RecipeSheet
from app.desktop.recipes.undo_keys import LetUndoThrough
from app.desktop.recipes.words import LIMITS, PICTURE, RECIPE, SHEETS, TRIAL, place_of
from app.desktop.touch import follow_finger
from app.desktop.translation import told, tr
from app.language import Message
from app.recipes import Recipe
from app.vocabulary import Light

_STROKES = count(-2, -1)


class RecipeForm(QWidget):
    """Lays out the sheets and puts what a hand changes into the draft."""

    kind_changed = Signal(str)
    """Another kind of defect is in hand."""
    sheet_changed = Signal(str)

    def __init__(self, look: Look, drawing: Mapping[str, KeyedAction], trial: QWidget) -> None:
        """``drawing`` starts to draw the region and the masks; ``trial`` is the last sheet."""
        super().__init__()
        self._look = look
        self._draft: Draft | None = None
        self._labels: tuple[str, ...] = ()
        self._faults: tuple[Message, ...] = ()
        self._stroke = ("", 0)
        self.limits = LimitsSheet(look)
        self.picture = PictureSheet(look, drawing)
        self.recipe = RecipeSheet(look)
        self.tabs = Segmented()
        self._stack = QStackedWidget()
        self._sheets: dict[str, QWidget] = {
            LIMITS: self.limits, PICTURE: self.picture, RECIPE: self.recipe, TRIAL: trial,
        }  # fmt: skip
        for sheet in self._sheets.values():
            self._stack.addWidget(_scrolled(sheet))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self._stack, 1)
        self._undo_keys = LetUndoThrough(self)
        self._connect()
        self._follow()
        self.show_sheet(LIMITS)

    @property
    def sheet(self) -> str:
        """Name of the sheet in sight."""
        return list(self._sheets)[self._stack.currentIndex()]

    def show_sheet(self, name: str) -> None:
        """Bring a sheet into sight."""
        self._stack.setCurrentIndex(list(self._sheets).index(name))
        self.tabs.show_value(name)
        self.sheet_changed.emit(name)

    def show_next_sheet(self) -> None:
        """Bring the next sheet into sight, with the focus in it."""
        names = list(self._sheets)
        self.show_sheet(names[(names.index(self.sheet) + 1) % len(names)])
        self.tabs.setFocus()

    def show_draft(self, draft: Draft) -> None:
        """Work on a draft."""
        if self._draft is not None:
            self._draft.changed.disconnect(self._on_draft)
        self._draft = draft
        draft.changed.connect(self._on_draft)
        self._on_draft()

    def show_labels(self, labels: tuple[str, ...]) -> None:
        """Show limits for the labels of a model pack."""
        if labels != self._labels:
            self._labels = labels
            self._on_draft()

    def take_words(self, wording: Wording) -> None:
        """Call the values otherwise, e.g. where other packs are there to choose from."""
        for sheet in (self.limits, self.picture, self.recipe):
            sheet.take_words(wording)

    def show_light(self, light: Light | None) -> None:
        """Tell how the shown part is lit."""
        self.picture.show_light(light)

    def show_faults(self, faults: tuple[Message, ...]) -> None:
        """Tell what is wrong, each beside its field; the sheet it is on bears a mark."""
        self._faults = faults
        self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    # private

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda name: self.show_sheet(str(name)))
        self.limits.limited.connect(self._on_limited)
        self.limits.followed.connect(
            lambda kind: self._put("", lambda recipe: edits.without_limits(recipe, kind))
        )
        self.limits.kind_changed.connect(self.kind_changed)
        for sheet in (self.picture, self.recipe):
            sheet.changed.connect(self._on_field)
        self._look.changed.connect(self._follow)

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px("gap"))
        places: dict[str, str] = {}
        for fault in self._faults:
            place = place_of(fault)
            places[place] = f"{places.get(place, '')} {told(fault)}".strip()
        self.limits.show_fault(places.get("defects", ""))
        self.picture.show_faults(places)
        self.recipe.show_pack_fault(places.get("pack", ""))
        marked = {LIMITS: "defects" in places, RECIPE: "pack" in places}
        marked[PICTURE] = "region" in places or "masks" in places
        self.tabs.offer(
            [
                (n, f"{told(words)} !" if marked.get(n) else told(words))
                for n, words in SHEETS.items()
            ]
        )
        self.tabs.show_value(self.sheet)

    def _on_draft(self) -> None:
        if self._draft is not None:
            recipe, saved = self._draft.recipe, self._draft.newest.recipe
            self.limits.show_recipe(recipe, saved, self._labels)
            self.picture.show_recipe(recipe, saved)
            self.recipe.show_recipe(recipe, saved)
            self._undo_keys.watch_all()

    def _on_limited(self, kind: str, name: str, value: object) -> None:
        line = self.limits.lines
        self._put(
            f"{kind}/{name}",
            lambda recipe: edits.with_limit(recipe, kind, name, value),
            line,
            name,
        )

    def _on_field(self, key: str, value: object) -> None:
        section, _, name = key.rpartition(".")
        lines = self.picture.sections.get(section)
        if lines is None:
            lines = self.recipe.golden if section == "golden" else self.recipe.plain
        self._put(key, lambda recipe: edits.with_field(recipe, key, value), lines, name)

    def _put(
        self,
        key: str,
        change: Callable[[Recipe], Recipe],
        lines: FieldLines | None = None,
        name: str = "",
    ) -> None:
        """Put a change into the draft; one that no recipe may say is told beside its field."""
        if self._draft is None:
            return
        words = ""
        try:
            recipe = change(self._draft.recipe)
        except ValidationError as error:
            words = _refusal(error)
            self._on_draft()
        else:
            self._draft.edit(recipe, self._stroke_of(key, self._draft.stack))
        if lines is not None:
            for each, line in lines.lines.items():
                line.show_fault(words if each == name else "")

    def _stroke_of(self, key: str, stack: QUndoStack) -> int:
        """Count steps of one field in a row as one stroke, unless something was undone between."""
        if not key or self._stroke[0] != key or stack.canRedo():
            self._stroke = (key, next(_STROKES))
        return self._stroke[1]


def _refusal(error: ValidationError) -> str:
    if any(each["type"] == "recipe-order" for each in error.errors()):
        return tr("“Doubtful from” must not lie above “Certain from”.")
    return tr("This cannot be taken; what was there before stays.")


def _scrolled(sheet: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(sheet)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    sheet.setObjectName("inner")
    follow_finger(area)
    return area
