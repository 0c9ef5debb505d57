"""Small real parts for the recipes page: a shelf, records, a reader that knows each part."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.jobs import Jobs
from app.desktop.look import Look
from app.desktop.recipes.looker import OpenReader
from app.desktop.recipes.outcome import judged
from app.desktop.recipes.page import RecipesPage
from app.desktop.recipes.trying import Means
from app.desktop.translation import Tongue
from app.errors import ReadingError
from app.reader import Reader
from app.recipes import Recipe, RecipeVersion, Shelf
from app.records import Records, open_records
from app.records.entry import Entry, KeepPicture
from app.vocabulary import (
    Bgr,
    Detection,
    EngineMark,
    Frame,
    Inspection,
    Light,
    Reading,
    Record,
)

PATIENCE_S = 15.0
SIZE = (640, 480)
LIGHT = Light(120.0, 50.0, 0.3)
PCB = Recipe(title="裸板", pack="pcb-defects")
Seen = Sequence[Detection]


def spur(score: float, x: float = 300, y: float = 200, side: float = 20) -> Detection:
    return Detection("spur", score, (x, y, x + side, y + side))


def open_circuit(score: float, x: float = 100, y: float = 100, side: float = 30) -> Detection:
    return Detection("open", score, (x, y, x + side, y + side))


def board(number: int) -> Bgr:
    """Paint a part that no two numbers share."""
    bgr = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    bgr[10:40, 10 : 14 + number] = 200
    return bgr


class KnownReader(Reader):
    """Sees on every part what it is told to, as far as its recipe lets it look."""

    def __init__(self, recipe: Recipe, floor: float, seen: Callable[[Bgr], Seen]) -> None:
        self.mark = EngineMark("known", "cpu", ((recipe.pack, "ab" * 32),))
        self.timings_ms = {"model": 1.0}
        self._recipe, self._floor, self._seen = recipe, floor, seen

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        region = self._recipe.region
        height, width = frame.bgr.shape[:2]
        if region and (region[2] > width or region[3] > height):
            raise ReadingError("The region lies outside.", "Draw it anew.", "region-outside")
        kept = tuple(d for d in self._seen(frame.bgr) if d.score >= self._floor)
        return (Reading(detections=kept, light=LIGHT),)

    def close(self) -> None:
        """Nothing to release."""


class Workshop:
    """The recipes page with a shelf and records of its own, and hands for it."""

    def __init__(self, qt: QApplication, folder: Path, seen: Seen = ()) -> None:
        self.qt, self.folder = qt, folder
        self.seen: dict[int, Seen] = {}
        self.usual: Seen = seen
        self.open_reader: OpenReader = self._open_reader
        self.opened_readers: list[tuple[Recipe, float]] = []
        self.shelf = Shelf(folder / "recipes", folder / "bundled")
        self.failures: list[object] = []
        self.bugs: list[object] = []
        self._root = QObject()
        self._tongue = Tongue(qt)
        self._tongue.speak("zh_CN")
        self.look = Look(qt, self._root)
        self.look.wear("light", 1.0)
        self._jobs: Jobs | None = None
        self._page: RecipesPage | None = None

    @property
    def page(self) -> RecipesPage:
        assert self._page is not None
        return self._page

    def open(self) -> RecipesPage:
        """Open the page and wait for its part."""
        means = Means(self.store, lambda *asked: self.open_reader(*asked), self.shelf)
        self._jobs = Jobs("recipe jobs", self.store, self._root)
        self._page = RecipesPage(self.look, self._jobs, means)
        self._jobs.crashed.connect(self.bugs.append)
        self.page.crashed.connect(self.bugs.append)
        self.page.failed.connect(self.failures.append)
        self.page.resize(1270, 720)
        self.page.show()
        self.page.activateWindow()
        self.until(lambda: len(self.page.form.limits.table.kinds) > 1)
        self.until(self.is_seen)
        return self.page

    def close_page(self) -> None:
        if self._page is not None and self._jobs is not None:
            self.page.close_page()
            self._jobs.close()
            self.page.close()
            self.page.deleteLater()
            self._page = None

    def close(self) -> None:
        self.close_page()
        self._root.deleteLater()
        self._tongue.fall_silent()

    def store(self) -> Records:
        return open_records(self.folder / "records")

    def keep(
        self,
        version: RecipeVersion,
        *parts: Seen,
        picture: KeepPicture = KeepPicture.FULL,
    ) -> list[Record]:
        """Record parts as the line does: what is below “doubtful” is not reported."""
        entries = []
        for seen in parts:
            number = len(self.seen) + 1
            self.seen[number] = seen
            recipe = version.recipe
            kept = tuple(d for d in seen if d.score >= recipe.limits(d.label).review)
            reading = Reading(detections=kept, light=LIGHT)
            frame = Frame(board(number), number, time.time(), f"belt:{number}")
            mark = EngineMark("known", "cpu", (("pcb-defects", "ab" * 32),))
            verdict = judged(reading, recipe)
            inspection = Inspection(frame, reading, verdict, mark, {"total": 9.0}, version.mark)
            entries.append(Entry(uuid.uuid4().hex, inspection, picture))
        with self.store() as store:
            return list(store.keep_all(entries))

    def is_seen(self) -> bool:
        sight = self.page.sight
        is_over = sight.fault is not None or (sight.part is not None and not sight.is_looking)
        return is_over and (sight.fault is not None or sight.reading is not None)

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert not self.bugs, self.bugs
            assert time.monotonic() < end
            self.qt.processEvents()
            time.sleep(0.001)

    def press(
        self, widget: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None
    ) -> None:
        for key in keys:
            QTest.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)

    def decision(self) -> str:
        """What the page says of the part in sight."""
        return self.page.verdict.sentence.partition(" ")[0]

    def try_out(self) -> str:
        """Try the recipe in work and return what is said of it."""
        self.page.keys.start.trigger()
        self.until(lambda: not self.page.trials.is_running)
        return self.page.trial.words

    def _open_reader(self, recipe: Recipe, floor: float) -> Reader:
        self.opened_readers.append((recipe, floor))
        return KnownReader(recipe, floor, self._seen_on)

    def _seen_on(self, bgr: Bgr) -> Seen:
        number = int(np.count_nonzero(bgr[20, :, 0] == 200)) - 4
        return self.seen.get(number, self.usual)
