"""Tries a recipe in work on one recorded part after another, with what was recorded if it can."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.desktop.counter.pixels import fitted
from app.desktop.recipes.fates import Fate, fated
from app.desktop.recipes.looker import OpenReader, looks_alike, open_eyed
from app.desktop.recipes.outcome import Outcome, floor_of, judged, suffices
from app.errors import ReadingError, RecipeError, RecordError
from app.reader import Reader
from app.recipes import Recipe, RecipeVersion, Shelf
from app.records import Records
from app.records.entry import KeepPicture
from app.vocabulary import Bgr, Frame, Reading, Record

PARTS = 200
THUMB = (240, 180)
"""Size in pixels of the pictures of parts that would be judged otherwise."""
LINE = 2.5
"""Pixels of such a picture."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a trial is made with."""

    open_store: Callable[[], Records]
    open_reader: OpenReader
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest version, and the recipe in work that would follow it."""

    base: RecipeVersion
    recipe: Recipe
    ink: QColor
    """For the frames around defects on the small pictures."""


class Trying:
    """A model is loaded only if a part must be looked at again; ``later`` releases it."""

    def __init__(self, means: Means, store: Records, asked: Asked, later: ExitStack) -> None:
        self._means, self._store, self._later = means, store, later
        self._base, self._recipe, self._ink = asked.base.recipe, asked.recipe, asked.ink
        self._reader: Reader | None = None
        self._versions: dict[tuple[str, int], Recipe | None] = {}
        whole = store.find(limit=PARTS, recipe=asked.base.name, picture=KeepPicture.FULL)
        self._whole = {record.id for record in whole}

    def outcome(self, record: Record) -> Outcome:
        """Judge a part as the newest version does, and as the recipe in work would.

        Raises EngineError if a model is needed and cannot be used.
        """
        then = self._recipe_of(record)
        is_known = suffices(then, self._recipe)
        seen = record.reading if is_known else self._looked_at(record)
        after = judged(seen, self._recipe) if seen is not None else None
        before = record.verdict
        if suffices(then, self._base):
            before = judged(record.reading, self._base)
        elif seen is not None and looks_alike(self._base, self._recipe):
            before = judged(seen, self._base)
        outcome = Outcome(record, before.decision, after, not is_known and seen is not None)
        if outcome.change is None or seen is None:
            return outcome
        return replace(outcome, thumb=self._thumb(record, seen))

    def _recipe_of(self, record: Record) -> Recipe | None:
        if record.recipe is None:
            return None
        key = record.recipe.name, record.recipe.version
        if key not in self._versions:
            try:
                self._versions[key] = self._means.shelf.load(*key).recipe
            except RecipeError:
                self._versions[key] = None
        return self._versions[key]

    def _looked_at(self, record: Record) -> Reading | None:
        """Look at a part again; None if its picture was not kept whole or does not fit."""
        bgr = self._picture(record) if record.id in self._whole else None
        if bgr is None:
            return None
        if self._reader is None:
            floor = floor_of((self._base, self._recipe))
            self._reader = self._means.open_reader(open_eyed(self._recipe), floor)
            self._later.callback(self._reader.close)
        frame = Frame(bgr, 0, record.saved_at.timestamp(), record.source, record.page)
        try:
            return self._reader.read(frame)[0]
        except ReadingError:
            return None

    def _thumb(self, record: Record, seen: Reading) -> QImage | None:
        bgr = self._picture(record)
        if bgr is None:
            return None
        image = fitted(bgr, THUMB)
        scale = image.width() / bgr.shape[1]
        painter = QPainter(image)
        painter.setPen(QPen(self._ink, LINE))
        for found in (*fated(seen.detections, self._base), *fated(seen.detections, self._recipe)):
            if found.fate in (Fate.NG, Fate.REVIEW):
                x1, y1, x2, y2 = (each * scale for each in found.detection.box)
                frame = QRectF(x1, y1, x2 - x1, y2 - y1)
                painter.drawRect(frame.adjusted(-LINE, -LINE, LINE, LINE))
        painter.end()
        return image

    def _picture(self, record: Record) -> Bgr | None:
        try:
            return self._store.picture(record.id)
        except RecordError:
            return None
