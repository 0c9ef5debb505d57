"""A recipe in work: every change can be undone, nothing is kept until it is saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.recipes import Recipe, RecipeVersion


class Draft(QObject):
    """One recipe between its newest version and the next one."""

    changed = Signal()

    def __init__(self, newest: RecipeVersion, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.newest = newest
        self.recipe = newest.recipe
        self.stack = QUndoStack(self)
        # Behind each command, when what can be undone is already known.
        self.stack.indexChanged.connect(self._on_index)

    @property
    def name(self) -> str:
        """Name of the recipe."""
        return self.newest.name

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the newest version."""
        return self.recipe != self.newest.recipe

    def edit(self, recipe: Recipe, stroke: int = 0) -> None:
        """Take a change; changes of one stroke, e.g. of one drag, are undone as one."""
        if recipe != self.recipe:
            self.stack.push(_Edit(self, recipe, stroke))

    def take_newest(self, version: RecipeVersion) -> None:
        """Go on from a newer version, saved here or elsewhere; changes begun here stay on top."""
        if not self.is_changed:
            self.recipe = version.recipe
        self.newest = version
        self.changed.emit()

    def _on_index(self, _place: int) -> None:
        self.changed.emit()


class _Edit(QUndoCommand):
    def __init__(self, draft: Draft, recipe: Recipe, stroke: int) -> None:
        super().__init__()
        self._draft, self._before, self._after = draft, draft.recipe, recipe
        self._stroke = stroke

    def redo(self) -> None:
        self._draft.recipe = self._after

    def undo(self) -> None:
        self._draft.recipe = self._before

    def id(self) -> int:
        return self._stroke or -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(other, _Edit):
            return False
        self._after = other._after
        return True
