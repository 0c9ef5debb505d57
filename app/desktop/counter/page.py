"""The document counter: picture at the left, form at the right, the next key always in sight."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.capture import Found, find_sources
from app.desktop.bridge import Bridge
from app.desktop.controls.key_bar import KeyBar
from app.desktop.controls.progress_strip import ProgressStrip
from app.desktop.counter.desk import Desk
from app.desktop.counter.form import Form
from app.desktop.counter.how_to import HowTo
from app.desktop.counter.intake import Intake
from app.desktop.counter.keys import CounterKeys
from app.desktop.counter.picture_view import PictureView
from app.desktop.counter.pixels import Sizes
from app.desktop.counter.top_bar import TopBar
from app.desktop.counter.verdict_bar import VerdictBar
from app.desktop.counter.words import BatchWords, picture_words, steps, verdict_words
from app.desktop.jobs import Jobs
from app.desktop.look import Look
from app.desktop.timers import resting, ticking
from app.desktop.translation import tr

SETTLE_MS = 120
"""A window being resized asks for new pictures once it rests."""
TICK_MS = 500


class CounterPage(QWidget):
    """Lays out and connects; the desk and the intake decide."""

    source_chosen = Signal(str)
    """A hand chose another source, to be remembered."""

    def __init__(self, look: Look, bridge: Bridge, desk: Desk, intake: Intake, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look, self._bridge, self._desk = look, bridge, desk
        self._intake, self._jobs = intake, jobs
        self._shown_sheet: object = None
        self.keys = CounterKeys(self, desk, intake)
        self.top = TopBar(look, self.keys.previous, self.keys.following)
        self.picture = PictureView(look)
        self.form = Form(look)
        self.how_to = HowTo(look)
        self._right = QStackedWidget()
        self.verdict = VerdictBar(look, self.keys.proceed)
        self.batch = ProgressStrip(look, self.keys.review, self.keys.end_batch)
        self._bar = KeyBar(look, self.keys.in_bar)
        self._settle = resting(self, SETTLE_MS, self._on_settled)
        self._tick = ticking(self, TICK_MS, self._follow_batch)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._connect()
        self._follow_look()
        self._follow()

    @property
    def has_choices(self) -> bool:
        """Whether readings of a doubtful character are offered."""
        return any(row.choices.choices for row in self.form.rows)

    # slots

    def open_files(self) -> None:
        """Ask for files and read them."""
        names, _ = QFileDialog.getOpenFileNames(self, self.keys.open.text())
        if names:
            self._intake.open_paths([Path(name) for name in names])

    def watch_folder(self) -> None:
        """Ask for a folder and read what comes into it."""
        name = QFileDialog.getExistingDirectory(self, self.keys.open.text())
        if name:
            self._on_source_chosen(f"hotfolder:{name}")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.setFocus()
        self._follow()
        self.form.take_hand()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    # private

    def _lay_out(self) -> None:
        self._body = QHBoxLayout()
        self._body.addWidget(self.picture, 42)
        self._right.addWidget(self.form)
        self._right.addWidget(self.how_to)
        self._body.addWidget(self._right, 58)
        self._column = QVBoxLayout(self)
        for widget in (self.top, self.batch):
            self._column.addWidget(widget)
        self._column.addLayout(self._body, 1)
        self._column.addWidget(self.verdict)
        self._column.addWidget(self._bar)

    def _connect(self) -> None:
        desk, intake, form, top = self._desk, self._intake, self.form, self.top
        form.grabbed.connect(desk.take)
        form.typed.connect(desk.type)
        form.picked.connect(desk.pick)
        form.confirmed.connect(self.keys.proceed.trigger)
        form.taken_back.connect(desk.take_back)
        form.stepped.connect(desk.step_field)
        desk.changed.connect(self._follow)
        for changed in (
            intake.state_changed,
            intake.source_changed,
            intake.kind_changed,
            intake.reading_changed,
        ):
            changed.connect(self._follow_intake)
        intake.batch_changed.connect(self._follow_batch)
        top.kind_chosen.connect(intake.set_kind)
        top.source_chosen.connect(self._on_source_chosen)
        top.files_wanted.connect(self.open_files)
        top.folder_wanted.connect(self.watch_folder)
        top.sources_wanted.connect(self._look_for_sources)
        self._bridge.previewed.connect(self._on_previewed)
        self.picture.sized.connect(lambda _sizes: self._settle.start())
        self._look.changed.connect(self._follow_look)
        self.keys.open.triggered.connect(self.open_files)
        self.keys.kinds.triggered.connect(self.top.kind_chooser.open)
        self.keys.sources.triggered.connect(self.top.source_chooser.open)

    def _follow(self) -> None:
        round_, slip, last = self._desk.round, self._desk.slip, self._desk.last
        self._bridge.wants_preview = slip is None
        if slip is not None:
            self.picture.show_live(None)
        if round_ and slip and round_.is_recognised:
            self.form.show_round(round_, slip.sheet.crops)
        elif last and slip is None:
            self.form.show_masked(last.round)
        else:
            self.form.clear()
        self._right.setCurrentIndex(0 if self.form.rows else 1)
        if slip is None and not self.top.isAncestorOf(self.focusWidget() or self):
            self.setFocus()
        self._follow_intake()

    def _follow_intake(self) -> None:
        round_, last = self._desk.round, self._desk.last
        self.keys.follow()
        kind = round_.kind if round_ else last.round.kind if last else None
        self.top.show_kind(self._intake.kind, kind.name if kind else "")
        self.top.show_place(self._desk.place, self._desk.count)
        is_sample = self._intake.address == self._intake.samples
        words = tr("Sample pictures") if is_sample else ""
        self.top.show_source(self._intake.address, self._intake.state, words)
        self.verdict.show_words(*verdict_words(self._desk, self._intake))
        self.how_to.show_steps(steps(self._desk))
        self._follow_picture()

    def _follow_picture(self) -> None:
        slip = self._desk.slip
        sheet = slip.sheet if slip and slip.has_picture else None
        if sheet is not self._shown_sheet:
            self._shown_sheet = sheet
            self.picture.show_sheet(sheet)
        self.picture.show_hand(self._desk.round.hand if self._desk.round else None)
        self.picture.show_words(*picture_words(self._desk, self._intake))

    def _follow_batch(self) -> None:
        batch = self._intake.batch
        self.batch.setVisible(batch is not None)
        self.keys.follow()
        if batch is None:
            self._tick.stop()
            return
        words = BatchWords(batch)
        if batch.is_over:
            self._tick.stop()
            self.picture.show_live(None)
            self.batch.show_end(words.account())
        else:
            self._tick.start()
            self.batch.show_progress(words.progress(), batch.progress, batch.seconds_left)

    def _follow_look(self) -> None:
        theme = self._look.theme
        page, gap = theme.px("page"), theme.px("gap")
        self._column.setContentsMargins(page, gap, page, theme.px("tight"))
        self._column.setSpacing(gap)
        self._body.setSpacing(theme.px("wide"))
        self._follow_batch()

    def _on_settled(self) -> None:
        sizes: Sizes = self.picture.sizes()
        if sizes != self._bridge.sizes:
            self._bridge.sizes = sizes
            self._desk.resize(sizes)

    def _on_previewed(self) -> None:
        self.picture.show_live(self._bridge.take_preview())

    def _on_source_chosen(self, address: str) -> None:
        self.picture.show_live(None)
        self._intake.use(address)
        self.source_chosen.emit(address)

    def _look_for_sources(self) -> None:
        self.top.offer_sources(None)
        self._jobs.work(find_sources, self._on_sources_found)

    def _on_sources_found(self, found: list[Found]) -> None:
        self.top.offer_sources(found)
