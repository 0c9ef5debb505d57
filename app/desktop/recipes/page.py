"""The recipes page: the part in the middle, the form beside it, what changes before it is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.desktop.controls.key_bar import KeyBar
from app.desktop.counter.verdict_bar import VerdictBar
from app.desktop.jobs import Jobs
from app.desktop.look import Look
from app.desktop.recipes import edits, packs
from app.desktop.recipes.canvas import Canvas
from app.desktop.recipes.changes import changes
from app.desktop.recipes.draft import Draft
from app.desktop.recipes.form import RecipeForm
from app.desktop.recipes.keys import RecipesKeys
from app.desktop.recipes.opinion import Opinion
from app.desktop.recipes.packs import AtHand
from app.desktop.recipes.recipe_sheet import bound_figures, drops_bound
from app.desktop.recipes.save_strip import SaveStrip, Saving
from app.desktop.recipes.shapes import REGION, Shapes
from app.desktop.recipes.sight import Sight
from app.desktop.recipes.stock import Stock
from app.desktop.recipes.top_bar import BOARD, FILE, TopBar
from app.desktop.recipes.trial_desk import TrialDesk
from app.desktop.recipes.trial_sheet import TrialSheet
from app.desktop.recipes.trying import Means
from app.desktop.recipes.words import TRIAL, wording
from app.desktop.translation import tr
from app.language import message
from app.recipes import RecipeVersion

SHARES, SHARES_LARGE = (58, 42), (45, 55)
"""Of the width, for part and form."""
LARGE = 1.5
"""From this text size on the form needs more of it."""
LINES = 2
"""Lines of reasons that have room below the part."""


class RecipesPage(QWidget):
    """Lays out and connects; a recipe in work changes nothing until it is saved."""

    chosen = Signal(str)
    """Name of a recipe that the line is to run."""
    saved = Signal(object)
    """The RecipeVersion that was written."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, look: Look, jobs: Jobs, means: Means) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look, self._jobs = look, jobs
        self.keys = keys = RecipesKeys(self)
        self.stock = Stock(jobs, means.shelf, self)
        self.sight = Sight(jobs, means.open_reader, self)
        self.top = TopBar(look, keys)
        self.canvas = Canvas(look)
        self.trial = TrialSheet(look, keys.start, keys.cancel)
        self.trials = TrialDesk(look, means, self.trial, self)
        drawing = {"region": keys.region, "masks": keys.mask}
        self.form = RecipeForm(look, drawing, self.trial)
        self.verdict = VerdictBar(look, keys.save)
        self.strip = SaveStrip(look)
        self._opinion = Opinion(self.canvas, self.verdict, self.form, self.sight, AtHand())
        self._bar = KeyBar(look, keys.in_bar)
        self._lay_out()
        self._connect()
        self._follow_look()
        self._follow()

    # slots

    def open_picture(self) -> None:
        """Ask for a picture and try the recipe on it."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a picture"), str(Path.home()))
        if name:
            self.sight.show_file(Path(name))

    def open_paths(self, paths: list[Path]) -> None:
        """Try the recipe on a picture that a hand dropped."""
        if paths:
            self.sight.show_file(paths[0])

    def open_recipe(self, name: str) -> None:
        """Bring a recipe into work."""
        self.stock.renew(name)

    def close_page(self) -> None:
        """End what runs for this page; what is not saved is there again at the next start."""
        self.stock.put_away()
        self.trials.close()
        self.sight.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._jobs.work(packs.at_hand, self._on_at_hand)
        self.stock.renew()
        self.canvas.setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    # private

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.canvas, 1)
        left.addWidget(self.verdict)
        self._left = left
        self._body = QHBoxLayout()
        self._body.addLayout(left)
        self._body.addWidget(self.form)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.top)
        self._column.addWidget(self.strip)
        self._column.addLayout(self._body, 1)
        self._column.addWidget(self._bar)

    def _connect(self) -> None:
        keys, hand = self.keys, self.canvas.hand
        self._look.changed.connect(self._follow_look)
        for part in (self.stock, self.sight, self.trials):
            part.failed.connect(self.failed)
        self.trials.crashed.connect(self.crashed)
        self.stock.changed.connect(self._on_stock)
        self.stock.opened.connect(self._on_opened)
        self.stock.edited.connect(self._follow)
        self.stock.saved.connect(self._on_saved)
        self.sight.changed.connect(self._on_sight)
        self.canvas.drawn.connect(self._on_drawn)
        hand.moved.connect(self._follow_hand)
        self.form.kind_changed.connect(self._on_kind)
        self.trials.changed.connect(self._follow)
        self.trial.part_wanted.connect(self.sight.show_record)
        self.strip.confirmed.connect(self.stock.save)
        self.strip.closed.connect(self.canvas.setFocus)
        self.top.recipe_chosen.connect(self.open_recipe)
        self.top.version_chosen.connect(self.stock.show_version)
        self.top.part_chosen.connect(self._on_part_chosen)
        for action, done in (
            (keys.save, self._on_save), (keys.use, self._on_use), (keys.start, self._on_try),
            (keys.cancel, self.trials.cancel), (keys.sheet, self.form.show_next_sheet),
            (keys.new, self._on_new), (keys.open, self.open_picture),
            (keys.newer, lambda: self._step(-1)), (keys.older, lambda: self._step(1)),
            (keys.undo, self._on_undo), (keys.redo, self._on_redo),
            (keys.region, lambda: self.canvas.arm(REGION)),
            (keys.mask, lambda: self.canvas.arm(0)),
            (keys.choose, hand.choose_next), (keys.remove, hand.remove),
            (keys.fit, hand.look_at_all), (keys.closer, lambda: hand.look(1)),
            (keys.farther, lambda: hand.look(-1)),
        ):  # fmt: skip
            action.triggered.connect(lambda _on=False, done=done: done())

    @property
    def _draft(self) -> Draft | None:
        return self.stock.draft

    def _follow(self) -> None:
        """Show the recipe in work everywhere."""
        draft, keys = self._draft, self.keys
        for action in (keys.save, keys.use, keys.new, keys.start):
            action.setEnabled(draft is not None)
        keys.undo.setEnabled(draft is not None and draft.stack.canUndo())
        keys.redo.setEnabled(draft is not None and draft.stack.canRedo())
        keys.cancel.setEnabled(self.trials.is_running)
        self._follow_hand()
        if draft is None:
            self.canvas.show_words(tr("No recipe is open"), "")
            return
        keys.save.setEnabled(draft.is_changed)
        self.top.show_draft(draft, self.stock.version_in_work())
        self.canvas.show_shapes(edits.shapes_of(draft.recipe))
        self.form.show_labels(self._opinion.at_hand.labels.get(draft.recipe.pack, ()))
        self.trial.show_recipe(draft.recipe)
        self.sight.look(draft.recipe)
        self._opinion.show(draft.recipe)

    def _follow_hand(self) -> None:
        has_part = self.canvas.has_picture
        keys, hand = self.keys, self.canvas.hand
        for action in (keys.region, keys.mask, keys.fit, keys.closer, keys.farther):
            action.setEnabled(has_part)
        keys.choose.setEnabled(has_part and bool(hand.shapes.names))
        keys.remove.setEnabled(has_part and hand.chosen is not None)
        keys.newer.setEnabled(self.sight.place > 0)
        keys.older.setEnabled(self.sight.place >= 0)

    def _on_opened(self, draft: Draft) -> None:
        self.form.show_draft(draft)
        self.trial.show_trial(None)
        self.sight.show_newest(draft.name)
        self._follow()

    def _on_stock(self) -> None:
        self.top.show_recipes(self.stock.names, self.stock.versions)
        self._follow()

    def _on_saved(self, version: RecipeVersion) -> None:
        self._follow()
        self.saved.emit(version)

    def _on_at_hand(self, at_hand: AtHand) -> None:
        self._opinion.at_hand = at_hand
        self.form.take_words(wording(at_hand.labels, at_hand.golden))
        self._follow()

    def _on_sight(self) -> None:
        part = self.sight.part
        if part is not None:
            self.canvas.show_picture(part.levels)
            self.top.show_part(part.name)
        self._follow()

    def _on_kind(self, _kind: str) -> None:
        if self._draft is not None:
            self._opinion.show_squares(self._draft.recipe)

    def _on_drawn(self, shapes: Shapes, stroke: int) -> None:
        if self._draft is not None:
            self._draft.edit(edits.with_shapes(self._draft.recipe, shapes), stroke)

    def _on_part_chosen(self, part: str) -> None:
        if part == FILE:
            self.open_picture()
        elif part == BOARD:
            self.sight.show_next_board()
        elif self._draft is not None:
            self.sight.show_newest(self._draft.name)

    def _step(self, by: int) -> None:
        if self._draft is not None:
            self.sight.show_place(self._draft.name, self.sight.place + by)

    def _on_undo(self) -> None:
        if self._draft is not None:
            self._draft.stack.undo()

    def _on_redo(self) -> None:
        if self._draft is not None:
            self._draft.stack.redo()

    def _on_use(self) -> None:
        if self._draft is None:
            return
        if self._draft.is_changed:
            self._on_save()  # the line runs what is saved, and what is in sight is not yet
        else:
            self.chosen.emit(self._draft.name)

    def _on_try(self) -> None:
        if self._draft is not None:
            self.form.show_sheet(TRIAL)
            self.trials.start(self._draft)

    def _on_save(self) -> None:
        if self._draft is not None:
            self.strip.ask(self._saving(self._draft, self._draft.name))

    def _on_new(self) -> None:
        if self._draft is not None:
            self.strip.ask(self._saving(self._draft, ""))

    def _saving(self, draft: Draft, name: str) -> Saving:
        warnings = list(self._opinion.faults(draft.recipe))
        if (bound := drops_bound(draft.recipe)) is not None:
            figures = bound_figures(bound)
            warnings.insert(
                0,
                message(
                    "What was proven no longer holds and is taken off: {figures}. Calibrate again "
                    "before relying on it.",
                    figures=figures,
                ),
            )
        said = changes(draft.newest.recipe, draft.recipe)
        newest = max((v.version for v in self.stock.versions), default=draft.newest.version)
        return Saving(name, newest + 1, said, tuple(warnings), self.stock.names)

    def _follow_look(self) -> None:
        theme = self._look.theme
        page, gap = theme.px("page"), theme.px("gap")
        self._column.setContentsMargins(page, gap, page, theme.px("tight"))
        for layout in (self._column, self._left):
            layout.setSpacing(theme.px("small"))
        self._body.setSpacing(theme.px("wide"))
        shares = SHARES_LARGE if theme.scale >= LARGE else SHARES
        for place, share in enumerate(shares):
            self._body.setStretch(place, share)
        lines = round(LINES * 1.4 * theme.px("type_text"))
        self.verdict.setFixedHeight(max(lines, theme.px("control")) + 2 * theme.px("small") + 2)
