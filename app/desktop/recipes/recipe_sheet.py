"""The sheet of the recipe itself: title, model pack, trigger, golden parts, and what is proven."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.desktop.controls.described import Wording
from app.desktop.controls.field_lines import FieldLines
from app.desktop.look import Look
from app.desktop.recipes.words import RECIPE, fields_on
from app.desktop.translation import tr
from app.recipes import Bound, Golden, Recipe, without_stale_bound

SECTIONS = ("golden", "bound")


class RecipeSheet(QWidget):
    """Shows what is not drawn and not a limit; tells what a hand wants changed."""

    changed = Signal(str, object)
    """Key of a field, as in ``golden.parts``, and its new value."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._recipe: Recipe | None = None
        plain = [name for name in fields_on(RECIPE) if name not in SECTIONS]
        self.plain = FieldLines(look, Recipe, plain)
        self.golden = FieldLines(look, Golden, (), "golden.")
        self._golden_title, self._bound = QLabel(), QLabel()
        self._golden_title.setProperty("role", "large")
        self._bound.setWordWrap(True)
        self._bound.setTextFormat(Qt.TextFormat.PlainText)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.plain, self._golden_title, self.golden, self._bound):
            self._column.addWidget(part)
        self._column.addStretch()
        self.plain.changed.connect(self.changed)
        self.golden.changed.connect(lambda name, value: self.changed.emit(f"golden.{name}", value))
        look.changed.connect(self._follow)
        self._follow()

    @property
    def bound_words(self) -> str:
        """What is said of the bound."""
        return self._bound.text()

    def take_words(self, wording: Wording) -> None:
        """Call the values otherwise."""
        self.plain.take_words(wording)
        self.golden.take_words(wording)

    def show_recipe(self, recipe: Recipe, saved: Recipe) -> None:
        """Show what is in work, and what is saved where it differs."""
        self._recipe = recipe
        self.plain.show_values(recipe, saved)
        self.golden.show_values(recipe.golden, saved.golden)
        self._follow()

    def show_pack_fault(self, words: str) -> None:
        """Tell what is wrong with the model pack."""
        self.plain.lines["pack"].show_fault(words)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px("gap"))
        self._golden_title.setText(tr(Recipe.model_fields["golden"].title or ""))
        if self._recipe is not None:
            self._bound.setText(_bound_words(self._recipe))


def bound_figures(bound: Bound) -> str:
    """Say what was proven, as the station shows it."""
    return tr("escapes < {share} % ({confidence} %)").format(
        share=f"{bound.escapes * 100:.3g}", confidence=f"{bound.confidence * 100:.3g}"
    )


def drops_bound(recipe: Recipe) -> Bound | None:
    """Return the bound that does not hold for the recipe as it is in work."""
    return recipe.bound if without_stale_bound(recipe).bound is None else None


def _bound_words(recipe: Recipe) -> str:
    if recipe.bound is None:
        return tr("No bound is proven: calibrate the recipe with parts of your own.")
    figures = bound_figures(recipe.bound)
    if drops_bound(recipe):
        return tr("No longer proven with these changes: {figures}.").format(figures=figures)
    return tr("Proven with {ng} NG and {ok} OK parts: {figures}.").format(
        ng=recipe.bound.ng_parts, ok=recipe.bound.ok_parts, figures=figures
    )
