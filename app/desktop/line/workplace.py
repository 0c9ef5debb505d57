"""The line as a workplace: its threads, its page, and what it asks of the rest of the window.

A running line runs on while records or recipes are looked at. Going to the counter ends it and
gives its camera back, because the counter may want the very same one; coming back opens it anew,
with the shift counted from the records, so that no number is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.capture import Found, find_sources
from app.desktop.jobs import Jobs
from app.desktop.line.golden_desk import GoldenDesk
from app.desktop.line.host import LineHost, Tell
from app.desktop.line.opened import Opened
from app.desktop.line.page import LinePage
from app.desktop.line.post import Post
from app.desktop.look import Look
from app.desktop.notices import Notice
from app.desktop.parts import Parts
from app.errors import AppError
from app.language import message
from app.line import Drift, Lock
from app.settings import LineSettings, Settings
from app.station import Problem

GOLDEN_CODES = ("golden-due", "golden-failed")
SOURCE_CODES = ("camera-", "scanner-", "stream-", "folder-", "video-", "source-", "picture-")
"""Problems that another source may solve."""
GOLDEN_PARTS, CHOOSE_SOURCE = message("Golden parts"), message("Choose a source")


class LineWorkplace(QObject):
    """Joins host, post, golden parts and page, and follows the settings."""

    noticed = Signal(object)
    """Notice: a strip at the top of the window."""
    settled = Signal(str)
    """Code of a notice that is over."""
    chosen = Signal(object)
    """LineSettings that a hand changed on the page, to be remembered."""
    rested = Signal()
    """The line has ended and given its camera back."""
    crashed = Signal(object)

    def __init__(
        self, look: Look, parts: Parts, settings: Callable[[], Settings], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts, self._settings = parts, settings
        self._is_in = False
        self._given = ""
        # Of its own, so that neither a search nor a look for devices keeps a line from opening.
        self.jobs = Jobs("line jobs", lambda: parts.open_store(settings()), self)
        self._searches = Jobs("line searches", lambda: parts.open_store(settings()), self)
        self.host = LineHost(self.jobs, self)
        self.post = Post(self.host, self._join, self)
        self.golden = GoldenDesk(
            self.post,
            lambda version: parts.open_part_inspector(settings(), version),
            lambda: parts.open_store(settings()),
            self,
        )
        self.page = LinePage(look, self.post, self.golden, self.jobs)
        self.page.samples = parts.boards()
        self.page.mute(has_sound=settings().line.sound)
        self._connect()

    @property
    def is_in(self) -> bool:
        """Whether this is the workplace at work."""
        return self._is_in

    def enter(self, source: str = "") -> None:
        """Open the line as set; ``source`` is an address for this time."""
        if self._is_in:
            return
        self._is_in = True
        self._given = source
        self._open()

    def leave(self) -> None:
        """End the line; ``rested`` follows."""
        self._is_in = False
        self.golden.put_away()
        self.post.leave()

    def follow(self, before: Settings) -> None:
        """Put changed settings into force."""
        now = self._settings()
        self.page.mute(has_sound=now.line.sound)
        is_other = now.reader != before.reader or now.records != before.records
        is_moved = (now.line.recipe, now.line.source) != (before.line.recipe, before.line.source)
        if is_moved:
            self._given = ""
        if self._is_in and (is_other or is_moved):
            self._open()

    def use_recipe(self, name: str) -> None:
        """Judge by the newest version of a recipe from now on, and remember the recipe."""
        if self._is_in and self._settings().line.recipe == name:
            self._open()
        else:
            self._choose(recipe=name)

    def use_source(self, address: str) -> None:
        """Take pictures from another source from now on, and remember it."""
        self._choose(source=address)

    def close(self) -> None:
        """End every thread; what was judged is recorded first."""
        self.page.close_page()
        self.host.close()
        self.jobs.close()
        self._searches.close()

    # private

    def _connect(self) -> None:
        post, page, top = self.post, self.page, self.page.top
        for watched in (self.host, self.golden, self.jobs, self._searches):
            watched.crashed.connect(self.crashed)
        for told in (self.golden, self.jobs, self._searches):
            told.failed.connect(self._on_failed)
        post.troubled.connect(self._on_troubled)
        post.solved.connect(self.settled)
        post.locks_changed.connect(self._on_locks_changed)
        post.drifted.connect(self._on_drifted)
        post.steadied.connect(self.settled)
        self.host.ended.connect(self._on_ended)
        page.sound_chosen.connect(lambda on: self._choose(sound=on))
        top.recipe_chosen.connect(self.use_recipe)
        top.source_chosen.connect(self.use_source)
        top.folder_wanted.connect(self._on_folder_wanted)
        top.recipes_wanted.connect(self._offer_recipes)
        top.sources_wanted.connect(self._look_for_sources)

    def _open(self) -> None:
        line = self._settings().line
        address = self._given or line.source or self._parts.boards()
        self.golden.put_away()
        self.post.use(line.recipe, address)

    def _join(self, recipe: str, address: str, tell: Tell) -> Opened:
        return self._parts.open_line(self._settings(), recipe, address, tell)

    def _choose(self, **changed: object) -> None:
        line = self._settings().line
        self.chosen.emit(LineSettings.model_validate({**line.model_dump(), **changed}))

    def _on_ended(self) -> None:
        if not self.host.is_open:
            self.rested.emit()

    def _on_folder_wanted(self) -> None:
        if name := QFileDialog.getExistingDirectory(self.page):
            self.use_source(f"folder:{name}")

    def _offer_recipes(self) -> None:
        self._searches.work(self._parts.recipes, self._on_recipes_found)

    def _on_recipes_found(self, names: Sequence[tuple[str, str]]) -> None:
        self.page.top.offer_recipes(names)

    def _look_for_sources(self) -> None:
        self.page.top.offer_sources(None)
        self._searches.work(find_sources, self._on_sources_found)

    def _on_sources_found(self, found: list[Found]) -> None:
        self.page.top.offer_sources(found)

    def _on_failed(self, error: AppError) -> None:
        self.noticed.emit(Notice(error.what, error.hint, error.code))

    def _on_troubled(self, problem: Problem) -> None:
        if problem.code.startswith(SOURCE_CODES):
            choose = self.page.top.sources.open
            notice = Notice(problem.what, problem.hint, problem.code, CHOOSE_SOURCE, choose)
        else:
            notice = Notice(problem.what, problem.hint, problem.code)
        self.noticed.emit(notice)

    def _on_drifted(self, drift: Drift) -> None:
        self.noticed.emit(Notice(drift.message, drift.hint, drift.code, tone="read"))

    def _on_locks_changed(self, before: tuple[Lock, ...], now: tuple[Lock, ...]) -> None:
        for lock in set(before) - set(now):
            self.settled.emit(lock.code)
        for lock in now:
            if lock in before:
                continue
            notice = Notice(lock.message, lock.hint, lock.code, tone="read")
            if lock.code in GOLDEN_CODES:
                start = self.golden.start
                notice = Notice(lock.message, lock.hint, lock.code, GOLDEN_PARTS, start, "read")
            self.noticed.emit(notice)
