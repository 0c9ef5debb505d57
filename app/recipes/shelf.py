"""The shelf of recipes: those that come with the product and the site's own numbered versions.

``<folder>/<name>/<version>.toml``; a bundled ``<name>.toml`` is version 1.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import paths
from app.errors import RecipeError
from app.recipes._text import LARGEST_BYTES, Saved, parse, text_of
from app.recipes.proof import without_stale_bound
from app.recipes.recipe import Recipe
from app.vocabulary import RecipeMark

NAME = re.compile(r"[a-z0-9-]{1,40}")
_VERSION = re.compile(r"([1-9][0-9]{0,8})\.toml")


@dataclass(frozen=True, slots=True)
class RecipeVersion:
    """One version of a recipe, as it stands on the shelf and never changes."""

    mark: RecipeMark
    recipe: Recipe
    saved_at: datetime | None = None
    """Aware, UTC; None for a bundled one."""
    note: str = ""

    @property
    def name(self) -> str:
        """Return the recipe's name."""
        return self.mark.name

    @property
    def version(self) -> int:
        """Return the number of the version."""
        return self.mark.version


class Shelf:
    """Recipes by name and version. Holds nothing open and remembers nothing: any thread may ask."""

    def __init__(self, folder: Path | None = None, bundled: Path | None = None) -> None:
        """Without ``folder`` the site's own lie in the data folder of the user."""
        self._folder = folder or paths.home() / "recipes"
        self._bundled = bundled or paths.resources() / "recipes"

    def names(self) -> tuple[str, ...]:
        """List every recipe, in alphabetical order."""
        bundled = {path.stem for path in _listed(self._bundled) if path.suffix == ".toml"}
        own = {path.name for path in _listed(self._folder) if self._own(path.name)}
        return tuple(sorted(name for name in bundled | own if NAME.fullmatch(name)))

    def versions(self, name: str) -> tuple[int, ...]:
        """List the versions of a recipe, ascending. Raises RecipeError for an unknown name."""
        found = self._versions(name)
        if not found:
            known = self.names()
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)
            raise RecipeError(
                "There is no recipe “{name}”.",
                "Did you mean “{near}”?",
                "recipe-unknown",
                name=name,
                near=near[0] if near else "–",
            )
        return tuple(sorted(found))

    def load(self, name: str, version: int | None = None) -> RecipeVersion:
        """Return a version, or the newest one.

        A bound that was proven for other limits is left out. Raises RecipeError if there is no
        such version or its file is not what a recipe may be.
        """
        number = self.versions(name)[-1] if version is None else version
        path = self._path(name, number)
        return _version(name, number, _content(path), path)

    def text(self, name: str, version: int) -> str:
        """Return what the file of a version says. Raises RecipeError if it cannot be read."""
        return _content(self._path(name, version)).decode("utf-8-sig", "replace")

    def save(self, name: str, recipe: Recipe, note: str = "") -> RecipeVersion:
        """Write a recipe as the next version; what equals the newest one stays that one.

        Nothing is ever overwritten, two writers never get the same number, and a power cut leaves
        a whole version or none. A bound for other limits is left out. Raises RecipeError.
        """
        if not NAME.fullmatch(name):
            raise RecipeError(
                "“{name}” cannot be the name of a recipe.",
                "Take up to 40 small letters, digits and hyphens, and write the rest as title.",
                "recipe-wrong",
                name=name,
            )
        recipe = without_stale_bound(recipe)
        if self._versions(name) and (newest := self._newest(name)) and newest.recipe == recipe:
            return newest
        saved = Saved(at=datetime.now(UTC).replace(microsecond=0), note=" ".join(note.split()))
        content = text_of(recipe, saved).encode()
        parse(content, name)  # what could not be read again is never written
        number = self._write(name, content)
        return _version(name, number, content, self._folder / name)

    def _path(self, name: str, number: int) -> Path:
        known = self.versions(name)
        if number not in known:
            raise RecipeError(
                "The recipe “{name}” has no version {version}.",
                "Choose one of: {known}.",
                "recipe-unknown",
                name=name,
                version=number,
                known=", ".join(map(str, known)),
            )
        return self._versions(name)[number]

    def _newest(self, name: str) -> RecipeVersion | None:
        try:
            return self.load(name)
        except RecipeError:
            return None  # a broken version is followed by a sound one

    def _own(self, name: str) -> dict[int, Path]:
        found = ((_VERSION.fullmatch(p.name), p) for p in _listed(self._folder / name))
        return {int(match[1]): path for match, path in found if match}

    def _versions(self, name: str) -> dict[int, Path]:
        if not NAME.fullmatch(name):
            return {}
        bundled = self._bundled / f"{name}.toml"
        # The site's own word goes first: its records name that version.
        return ({1: bundled} if bundled.is_file() else {}) | self._own(name)

    def _write(self, name: str, content: bytes) -> int:
        folder = self._folder / name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._put(folder, content, name)
        except OSError as error:
            raise RecipeError(
                "The recipe “{name}” cannot be written to {path}: {reason}.",
                "Check the rights of the folder and the space on its disk.",
                "recipe-not-written",
                name=name,
                path=folder,
                reason=error.strerror or error,
            ) from error

    def _put(self, folder: Path, content: bytes, name: str) -> int:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".recipe-") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            while True:
                number = max(self._versions(name), default=0) + 1
                try:
                    # A link never replaces what stands there: of two writers one sees the other's.
                    (folder / f"{number}.toml").hardlink_to(file.name)
                except FileExistsError:
                    continue
                break
        _sync(folder)
        return number


def read_file(path: Path) -> Recipe:
    """Read a recipe that is not on the shelf yet. Raises RecipeError naming every fault."""
    return without_stale_bound(parse(_content(path), path).recipe)


def _version(name: str, number: int, content: bytes, path: Path) -> RecipeVersion:
    written = parse(content, path)
    mark = RecipeMark(name, number, hashlib.sha256(content).hexdigest())
    at = written.saved.at.astimezone(UTC) if written.saved.at else None
    return RecipeVersion(mark, without_stale_bound(written.recipe), at, written.saved.note)


def _content(path: Path) -> bytes:
    try:
        # A pipe of that name would be waited for without end.
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise OSError(None, "not a file")
            with os.fdopen(opened, "rb", closefd=False) as file:
                return file.read(LARGEST_BYTES + 1)
        finally:
            os.close(opened)
    except OSError as error:
        raise RecipeError(
            "The recipe {path} cannot be read: {reason}.",
            "Correct it, or take another version.",
            "recipe-wrong",
            path=path,
            reason=error.strerror,
        ) from error


def _listed(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
