"""Looks at one part with the recipe in work; made, used and closed in one thread."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import ReadingError
from app.language import Message
from app.reader import Reader
from app.recipes import Recipe
from app.vocabulary import EngineMark, Frame, Reading

OpenReader = Callable[[Recipe, float], Reader]
"""Opens the reader of a recipe that reports everything from a score on."""
FLOOR = 0.05
"""Below it a detector sees things everywhere; no limit is set there."""


def looks_alike(one: Recipe, other: Recipe) -> bool:
    """Say whether a model sees the same with both: the same pixels of the same part."""
    return (one.pack, one.region, one.tiling) == (other.pack, other.region, other.tiling)


def open_eyed(recipe: Recipe) -> Recipe:
    """Return the recipe without masks: what they leave out can then be told without looking."""
    return recipe.model_copy(update={"masks": ()})


class Looker:
    """Keeps the reader of the last recipe, since most changes need no other."""

    def __init__(self, open_reader: OpenReader) -> None:
        self._open = open_reader
        self._recipe: Recipe | None = None
        self._reader: Reader | None = None

    def look(self, frame: Frame, recipe: Recipe) -> tuple[Reading | None, Message | None]:
        """Return all that is seen on a part, or why it cannot be looked at.

        Raises EngineError where the model cannot be used.
        """
        try:
            return self._reader_of(recipe).read(frame)[0], None
        except ReadingError as error:
            return None, error.what

    @property
    def mark(self) -> EngineMark | None:
        """What looked last."""
        return self._reader.mark if self._reader else None

    def close(self) -> None:
        """Release the model; closing twice is allowed."""
        if self._reader is not None:
            self._reader.close()
        self._reader, self._recipe = None, None

    def _reader_of(self, recipe: Recipe) -> Reader:
        if self._reader is None or self._recipe is None or not looks_alike(self._recipe, recipe):
            self.close()
            self._reader = self._open(open_eyed(recipe), FLOOR)
            self._recipe = recipe
        return self._reader
