"""Above the part: which recipe and version, what is proven, which part, and its way to the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.controls.keyed import KeyedButton
from app.desktop.look import Look
from app.desktop.recipes.draft import Draft
from app.desktop.recipes.keys import RecipesKeys
from app.desktop.recipes.recipe_sheet import bound_figures, drops_bound
from app.desktop.translation import tr
from app.recipes import RecipeVersion

NEWEST, BOARD, FILE = "newest", "board", "file"
NEW = object()
LONGEST_NOTE = 40
ROOM_FOR_WORDS = 9.0
"""Below so many title columns of width, words give way."""


class TopBar(QWidget):
    """Choosers for recipe, version and part."""

    recipe_chosen = Signal(str)
    version_chosen = Signal(int)
    part_chosen = Signal(str)
    """NEWEST, BOARD or FILE."""

    def __init__(self, look: Look, keys: RecipesKeys) -> None:
        super().__init__()
        self._look = look
        self._names: tuple[str, ...] = ()
        self._versions: tuple[RecipeVersion, ...] = ()
        self._draft: Draft | None = None
        self._version: RecipeVersion | None = None
        self._part = ""
        self._new = keys.new
        self.recipes, self.versions, self.parts = Chooser(look), Chooser(look), Chooser(look)
        self._bound_icon, self._bound = QLabel(), QLabel()
        self._bound.setProperty("role", "soft")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.recipes, self.versions, self._bound_icon, self._bound):
            self._row.addWidget(widget)
        self._row.addStretch()
        newer, older = KeyedButton(look, keys.newer), KeyedButton(look, keys.older)
        self._use = KeyedButton(look, keys.use, "")
        for step in (newer, older):
            step.shorten(is_short=True)
        for button in (newer, self.parts, older, self._use):
            self._row.addWidget(button)
        self.recipes.chosen.connect(self._on_recipe)
        self.versions.chosen.connect(lambda number: self.version_chosen.emit(int(str(number))))
        self.parts.chosen.connect(lambda part: self.part_chosen.emit(str(part)))
        look.changed.connect(self._follow)
        self._follow()

    @property
    def bound_words(self) -> str:
        """What is said of the bound."""
        return self._bound.text()

    def show_recipes(self, names: Sequence[str], versions: Sequence[RecipeVersion]) -> None:
        """Offer the recipes, and the versions of the one in work."""
        self._names, self._versions = tuple(names), tuple(versions)
        self._follow()

    def show_draft(self, draft: Draft, version: RecipeVersion | None) -> None:
        """Show the recipe in work; ``version`` is the one that it equals, if it equals one."""
        self._draft = draft
        self._version = version
        self._follow_draft()

    def show_part(self, words: str) -> None:
        """Name the part in sight."""
        self._part = words
        self.parts.show_value("", words or tr("Choose a part"), "sample")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._follow_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        self._row.setSpacing(self._look.theme.px("small"))
        for chooser in (self.recipes, self.versions, self.parts):
            chooser.setMinimumWidth(2 * self._look.theme.px("control"))
        self._follow_width()
        new = Choice(NEW, tr("New recipe from this …   Ctrl+N"), "plus", starts_group=True)
        self.recipes.offer([*(Choice(name, name) for name in self._names), new])
        newest_first = reversed(self._versions)
        self.versions.offer([Choice(v.version, _version_words(v)) for v in newest_first])
        self.parts.offer(
            [
                Choice(NEWEST, tr("Newest recorded part"), "records"),
                Choice(BOARD, tr("Next sample board"), "sample"),
                Choice(FILE, tr("Open a picture …"), "file", starts_group=True),
            ]
        )
        self.show_part(self._part)
        self._follow_draft()

    def _follow_width(self) -> None:
        """Where there is little room, what is proven is told by an icon, and by words on it."""
        is_narrow = self.width() < ROOM_FOR_WORDS * self._look.theme.px("title_column")
        self._bound.setVisible(not is_narrow)
        self._use.shorten(is_short=is_narrow)

    def _follow_draft(self) -> None:
        draft = self._draft
        if draft is None:
            return
        title = draft.recipe.title
        self.recipes.show_value(draft.name, f"{draft.name} · {title}" if title else "", "recipes")
        newest = draft.newest.version
        if not draft.is_changed:
            self.versions.show_value(newest, tr("version {n}").format(n=newest))
        elif self._version is not None:
            words = tr("version {n} of {newest}")
            number = self._version.version
            self.versions.show_value(number, words.format(n=number, newest=newest), "undo")
        else:
            self.versions.show_value(None, tr("version {n}, changed").format(n=newest), "hand")
        self._follow_bound(draft)

    def _on_recipe(self, chosen: object) -> None:
        if chosen is NEW:
            self._new.trigger()
        else:
            self.recipe_chosen.emit(str(chosen))

    def _follow_bound(self, draft: Draft) -> None:
        dropped, bound = drops_bound(draft.recipe), draft.recipe.bound
        role = "read" if dropped else "proven" if bound else "ink_soft"
        icon = "review" if dropped else "shield" if bound else "info"
        self._bound_icon.setPixmap(self._look.pixmap(icon, role, "icon_small"))
        if dropped:
            words = tr("no longer proven: {figures}").format(figures=bound_figures(dropped))
        elif bound:
            words = bound_figures(bound)
        else:
            words = tr("no bound proven")
        self._bound.setText(words)
        self._bound_icon.setToolTip(words)


def _version_words(version: RecipeVersion) -> str:
    words = [tr("version {n}").format(n=version.version)]
    if version.saved_at is None:
        words.append(tr("as delivered"))
    else:
        words.append(version.saved_at.astimezone().strftime("%Y-%m-%d %H:%M"))
    if version.note:
        words.append(version.note[:LONGEST_NOTE])
    return " · ".join(words)
