"""Joins the window with its threads and follows the settings while it runs."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from app import paths
from app.desktop.bridge import Bridge, MakeInspector, Tell
from app.desktop.counter.desk import Desk
from app.desktop.counter.intake import Intake
from app.desktop.counter.page import CounterPage
from app.desktop.counter.pixels import Prepared
from app.desktop.crash import CrashWatch
from app.desktop.jobs import Jobs
from app.desktop.line.workplace import SOURCE_CODES, LineWorkplace
from app.desktop.look import Look
from app.desktop.main_window import LINE, RECIPES, MainWindow, Pages
from app.desktop.notices import Notice
from app.desktop.parts import Parts
from app.desktop.recipes.page import RecipesPage
from app.desktop.recipes.trying import Means
from app.desktop.recipes.words import saved_notice
from app.desktop.records.page import RecordsPage
from app.desktop.records.words import SHOW_FOLDER, relabelled_notice
from app.desktop.settings.page import SettingsPage
from app.desktop.timers import resting
from app.desktop.translation import Tongue
from app.desktop.workplaces import NAMES, Workplaces
from app.errors import AppError
from app.language import message
from app.line.relabel import Relabelled
from app.recipes import RecipeVersion
from app.records import Records
from app.settings import LineSettings, Settings
from app.station import Problem, Station
from app.vocabulary import Decision, Inspection

CRASHED = message("Something went wrong inside. What you confirmed is kept.")
EXPORTED = message("The records were exported.")
CHOOSE_SOURCE = message("Choose a source")
SWITCH_S = 0.001
"""Python's own 5 ms between threads would cost the window a third of a frame each time."""
RECOUNT_MS = 3000
"""What a line adds to the day's count is counted no more often."""
COLLECTED = (50_000, 20, 100)
"""Garbage collection as it comes walks over every object of the program for 60 ms: what stands once
the window does is left out of it, and the rest is looked over more rarely."""


class Application(QObject):
    """The window, its threads and what connects them."""

    def __init__(self, qt: QApplication, settings: Settings, parts: Parts) -> None:
        super().__init__(qt)
        self._settings, self.parts = settings, parts
        self._switch_before_s = sys.getswitchinterval()
        self._collected_before = gc.get_threshold()
        self._tongue = Tongue(qt)
        self.look = Look(qt, self)
        self._speak_and_wear()
        self.crash = CrashWatch(paths.home() / "crash.log", self)
        self.jobs = Jobs("jobs", self._open_store, self)
        # Searching and looking for devices may take seconds; keeping a record never waits for it.
        self.slow_jobs = Jobs("slow jobs", self._open_store, self)
        self.bridge = Bridge(lambda: parts.open_inspector(self._settings), self)
        self.desk = Desk(self.jobs, self, today=parts.today)
        self.intake = Intake(self.bridge, self.desk, self.jobs, self._join, self)
        self.intake.samples = parts.samples()
        self.line = LineWorkplace(self.look, parts, lambda: self._settings, self)
        self.recipe_jobs = Jobs("recipe jobs", self._open_store, self)
        means = Means(
            self._open_store,
            lambda *asked: parts.open_part_reader(self._settings, *asked),
            parts.shelf(),
        )
        places = QSettings(str(paths.home() / "window.ini"), QSettings.Format.IniFormat)
        pages = Pages(
            CounterPage(self.look, self.bridge, self.desk, self.intake, self.slow_jobs),
            self.line.page,
            RecordsPage(self.look, self.slow_jobs, self._open_store, parts.recipes),
            RecipesPage(self.look, self.recipe_jobs, means),
            SettingsPage(self.look, settings),
        )
        self.window = MainWindow(self.look, places, pages)
        self._recount = resting(self, RECOUNT_MS, self._count_today)
        self.workplaces = Workplaces(self.bridge, self.intake, self.line, self._usual_source, self)
        self._connect()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def start(self, source: str) -> None:
        """Show the window on the workplace it was left on; the first time, ask for it.

        ``source`` is an address for this time.
        """
        self.workplaces.given = source
        self.crash.install()
        sys.setswitchinterval(SWITCH_S)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED)
        self.window.show()
        usual = self._settings.station.workplace
        if usual:
            left = self.window.page_left or usual
            self.workplaces.work_at(left if left in NAMES else usual)
            self.window.show_page(left)
        else:
            self.window.ask_workplace()
            self._count_today()

    def close(self) -> None:
        """End every thread; what a hand has begun is kept."""
        self.desk.put_away()
        self.window.records.close_page()
        self.window.recipes.close_page()
        self.line.close()
        self.bridge.close()
        self.jobs.close()
        self.slow_jobs.close()
        self.recipe_jobs.close()
        self.crash.remove()
        self._tongue.fall_silent()
        sys.setswitchinterval(self._switch_before_s)
        gc.set_threshold(*self._collected_before)
        gc.unfreeze()

    # private

    def _connect(self) -> None:
        window, counter, records = self.window, self.window.counter, self.window.records
        all_jobs = (self.jobs, self.slow_jobs, self.recipe_jobs)
        for told in (*all_jobs, self.desk, self.intake, records, window.recipes):
            told.failed.connect(self._on_failed)
        for watched in (*all_jobs, self.bridge, records, window.recipes):
            watched.crashed.connect(self.crash.take)
        self.crash.crashed.connect(self._on_crashed)
        self.bridge.troubled.connect(self._on_troubled)
        self.bridge.solved.connect(window.notices.solve)
        self.bridge.inspected.connect(self._on_inspected)
        self.bridge.batched.connect(lambda page: self._show_run(page[0], self.bridge.lost))
        for moved in (self.desk.saved, self.desk.withdrawn):
            moved.connect(lambda _moved: self._count_today())
        self.intake.batch_changed.connect(self._count_today)
        records.changed.connect(self._count_today)
        records.correct_wanted.connect(self._on_correct_wanted)
        records.exported.connect(self._on_exported)
        records.relabelled.connect(self._on_relabelled)
        window.recipes.chosen.connect(self._on_recipe_chosen)
        window.recipes.saved.connect(self._on_recipe_saved)
        counter.source_chosen.connect(self._on_source_chosen)
        window.settings.changed.connect(self.change)
        window.page_shown.connect(self.workplaces.work_at)
        self.workplaces.changed.connect(self._count_today)
        window.welcome.chosen.connect(self._on_workplace_chosen)
        self.line.noticed.connect(window.notices.tell)
        self.line.settled.connect(window.notices.solve)
        self.line.chosen.connect(self._on_line_chosen)
        self.line.crashed.connect(self.crash.take)
        self.line.host.recorded.connect(self._on_recorded)
        self.line.page.ran.connect(partial(self._show_run, is_part=True))
        window.dropped.connect(self._on_dropped)
        window.closing.connect(self.close)

    def change(self, settings: Settings) -> None:
        """Put other settings into force and write them down."""
        before, self._settings = self._settings, settings
        self.window.settings.show_settings(settings)
        if settings.desktop != before.desktop:
            self._speak_and_wear()
        if settings.records != before.records:
            self.jobs.renew()
            self.slow_jobs.renew()
            self.recipe_jobs.renew()
            self._count_today()
        if settings.reader != before.reader:
            self.bridge.renew()
        if settings.reader != before.reader or settings.station.source != before.station.source:
            self.intake.use(self._usual_source())
        self.line.follow(before)
        self.jobs.work(partial(self.parts.save, settings), lambda _none: None)

    def _usual_source(self) -> str:
        return self._settings.station.source or self.parts.samples()

    def _on_workplace_chosen(self, name: str) -> None:
        station = self._settings.station.model_copy(update={"workplace": name})
        self.change(self._settings.model_copy(update={"station": station}))
        self.window.show_page(name)

    def _on_recorded(self) -> None:
        if not self._recount.isActive():
            self._recount.start()

    def _on_line_chosen(self, line: LineSettings) -> None:
        self.change(self._settings.model_copy(update={"line": line}))

    def _speak_and_wear(self) -> None:
        desktop = self._settings.desktop
        if self._tongue.choice != desktop.language:
            self._tongue.speak(desktop.language)
        self.look.wear(desktop.theme, desktop.font_scale)

    def _open_store(self) -> Records:
        return self.parts.open_store(self._settings)

    def _join(self, address: str, make_inspector: MakeInspector, tell: Tell) -> Station:
        return self.parts.join(self._settings, address, make_inspector, tell)

    def _count_today(self) -> None:
        midnight = datetime.combine(datetime.now().date(), time()).astimezone()
        self.jobs.ask(
            lambda store: (
                store.count(since=midnight),
                store.count(since=midnight, decision=Decision.REVIEW),
            ),
            lambda counts: self.window.status.show_today(*counts),
        )

    def _show_run(self, inspection: Inspection, lost: int, *, is_part: bool = False) -> None:
        if inspection.engine.engine:
            total = inspection.timings_ms.get("total", 0.0)
            self.window.status.show_run(inspection.engine, total, lost, is_part=is_part)

    def _on_inspected(self, page: tuple[Prepared, ...]) -> None:
        self._show_run(page[0].inspection, self.bridge.lost)

    def _on_failed(self, error: AppError) -> None:
        self.window.notices.tell(Notice(error.what, error.hint, error.code))

    def _on_troubled(self, problem: Problem) -> None:
        notice = Notice(problem.what, problem.hint, problem.code)
        if problem.code.startswith(SOURCE_CODES):
            choose = self.window.counter.top.source_chooser.open
            notice = replace(notice, button=CHOOSE_SOURCE, do=choose)
        self.window.notices.tell(notice)

    def _on_crashed(self, log: str) -> None:
        hint = message("You can go on. Support wants the file {path}.", path=log)
        show = partial(_show_folder, Path(log))
        self.window.notices.tell(Notice(CRASHED, hint, "crash", SHOW_FOLDER, show))

    def _on_exported(self, count: int, name: str) -> None:
        hint = message("{n} documents, {name}", n=count, name=name)
        show = partial(_show_folder, Path(name))
        self.window.notices.tell(Notice(EXPORTED, hint, "exported", SHOW_FOLDER, show, "proven"))

    def _on_relabelled(self, result: Relabelled, name: str) -> None:
        show = partial(_show_folder, Path(name))
        self.window.notices.tell(relabelled_notice(result, name, show))

    def _on_correct_wanted(self, record_id: str) -> None:
        self.window.show_page("counter")
        self.desk.review([record_id])

    def _on_recipe_chosen(self, name: str) -> None:
        self.line.use_recipe(name)
        self.window.show_page(LINE.name)

    def _on_recipe_saved(self, version: RecipeVersion) -> None:
        use = partial(self._on_recipe_chosen, version.name)
        self.window.notices.tell(saved_notice(version, use))

    def _on_source_chosen(self, address: str) -> None:
        station = self._settings.station.model_copy(update={"source": address})
        self._settings = self._settings.model_copy(update={"station": station})
        self.window.settings.show_settings(self._settings)
        self.jobs.work(partial(self.parts.save, self._settings), lambda _none: None)

    def _on_dropped(self, paths_: list[Path]) -> None:
        if self.window.page == RECIPES.name:
            self.window.recipes.open_paths(paths_)
            return
        self.window.show_page("counter")
        self.intake.open_paths(paths_)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
