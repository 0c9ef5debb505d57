"""The recipes at hand and the one in work; files are read and written away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app import paths
from app.desktop.jobs import Jobs
from app.desktop.recipes.draft import Draft
from app.desktop.recipes.kept_drafts import keep_draft, take_draft
from app.errors import RecipeError
from app.recipes import Recipe, RecipeVersion, Shelf, without_stale_bound


@dataclass(frozen=True, slots=True)
class _Listed:
    names: tuple[str, ...]
    name: str
    versions: tuple[RecipeVersion, ...]
    kept: Recipe | None = None
    """What was in work when the window was closed."""


class Stock(QObject):
    """Keeps a draft of every recipe that was opened: nothing begun is lost by opening another."""

    changed = Signal()
    """Other recipes or versions are there."""
    opened = Signal(object)
    """The Draft in work."""
    edited = Signal()
    """A draft was changed, or a change undone."""
    saved = Signal(object)
    """The RecipeVersion that was written."""
    failed = Signal(object)

    def __init__(self, jobs: Jobs, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self.shelf = jobs, shelf
        self._drafts: dict[str, Draft] = {}
        self.names: tuple[str, ...] = ()
        self.versions: tuple[RecipeVersion, ...] = ()
        self.draft: Draft | None = None

    def renew(self, name: str = "") -> None:
        """Look what is there now, and open a recipe, or stay with the one in work."""
        wanted = name or (self.draft.name if self.draft else "")
        known = frozenset(self._drafts)
        self._jobs.work(
            lambda: _listed(self.shelf, wanted, known), self._on_listed, self.failed.emit
        )

    def show_version(self, version: int) -> None:
        """Bring an older version into work, as a change that can be undone."""
        found = next((each for each in self.versions if each.version == version), None)
        if self.draft is not None and found is not None:
            self.draft.edit(found.recipe)

    def version_in_work(self) -> RecipeVersion | None:
        """Return the newest version that equals what is in work; None if none does."""
        recipe = self.draft.recipe if self.draft else None
        return next((each for each in reversed(self.versions) if each.recipe == recipe), None)

    def save(self, name: str, note: str) -> None:
        """Write what is in work as the next version of a recipe, or as a new one."""
        if self.draft is None:
            return
        recipe = without_stale_bound(self.draft.recipe)
        self._jobs.work(
            lambda: self.shelf.save(name, recipe, note), self._on_saved, self.failed.emit
        )

    def put_away(self) -> None:
        """Keep what is not saved for the next start."""
        for draft in self._drafts.values():
            if draft.is_changed:
                keep_draft(_kept_in(), draft.name, draft.recipe)

    def _on_listed(self, listed: _Listed) -> None:
        self.names, self.versions = listed.names, listed.versions
        draft = self._drafts.get(listed.name)
        if draft is None:
            draft = self._drafts[listed.name] = Draft(listed.versions[-1], self)
            draft.changed.connect(self.edited)
            if listed.kept is not None:
                draft.edit(listed.kept)
        elif listed.versions[-1] != draft.newest:
            draft.take_newest(listed.versions[-1])
        is_other = draft is not self.draft
        self.draft = draft
        self.changed.emit()
        if is_other:
            self.opened.emit(draft)

    def _on_saved(self, version: RecipeVersion) -> None:
        draft = self._drafts.get(version.name)
        if draft is not None:
            draft.edit(version.recipe)
            draft.take_newest(version)
        self.saved.emit(version)
        self.renew(version.name)


def _listed(shelf: Shelf, wanted: str, known: frozenset[str]) -> _Listed:
    names = shelf.names()
    if not names:
        raise RecipeError(
            "There is no recipe.",
            "Install the product again: it brings one for its sample boards.",
            "recipe-none",
        )
    name = wanted if wanted in names else names[0]
    kept = None if name in known else take_draft(_kept_in(), name)
    return _Listed(names, name, _sound(shelf, name), kept)


def _kept_in() -> Path:
    return paths.home() / "drafts"


def _sound(shelf: Shelf, name: str) -> tuple[RecipeVersion, ...]:
    """Return the versions that can be read. Raises RecipeError if none can."""
    found, fault = [], None
    for number in shelf.versions(name):
        try:
            found.append(shelf.load(name, number))
        except RecipeError as error:
            fault = error
    if not found and fault is not None:
        raise fault
    return tuple(found)
