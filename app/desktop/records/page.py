"""The records page: search at the top, rows at the left, picture and fields at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.controls.key_bar import KeyBar
from app.desktop.controls.progress_strip import ProgressStrip
from app.desktop.counter.picture_view import PictureView
from app.desktop.counter.pixels import Prepared, Sizes, prepare
from app.desktop.jobs import Jobs
from app.desktop.look import Look
from app.desktop.records.details import Details
from app.desktop.records.export_run import ExportRun
from app.desktop.records.filters import FilterBar
from app.desktop.records.keys import RecordsKeys
from app.desktop.records.table import Query, RecordsTable
from app.desktop.records.view import RecordsView
from app.desktop.timers import ticking
from app.desktop.translation import tr
from app.records import Records
from app.vocabulary import Frame, Inspection, Record

TICK_MS = 300


class RecordsPage(QWidget):
    """Lays out and connects."""

    correct_wanted = Signal(str)
    """Id of a record that is to lie on the counter again."""
    changed = Signal()
    """A record was taken back or restored."""
    exported = Signal(int, str)
    """How many documents were written, and where."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, look: Look, jobs: Jobs, open_store: Callable[[], Records]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look, self._jobs, self._open_store = look, jobs, open_store
        self._run: ExportRun | None = None
        self._taken_back: list[str] = []
        self.keys = RecordsKeys(self)
        self.model = RecordsTable(look, jobs)
        self.filters = FilterBar(look)
        self.table = RecordsView(look, self.model)
        self.picture = PictureView(look, has_lens=False)
        self.details = Details(look)
        self.progress = ProgressStrip(look, self.keys.end_export)
        self.empty = PictureView(look)
        self._stack = QStackedWidget()
        self._bar = KeyBar(look, self.keys.in_bar)
        self._tick = ticking(self, TICK_MS, self._follow_export)
        self._lay_out()
        self._connect()
        self._follow_look()
        self._follow()

    # slots

    def renew(self) -> None:
        """Show what is kept now."""
        self.model.renew()

    def export(self) -> None:
        """Ask for a file and write the matching records to it."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Export records"),
            str(Path.home() / f"{tr('records')}-{date.today().isoformat()}.xlsx"),
            "Excel (*.xlsx);;CSV (*.csv)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the matching records to a file."""
        query, total = self.model.query, self.model.total
        self._run = ExportRun(self._open_store, query, path, total, self)
        self._run.ended.connect(self._on_export_ended)
        self._run.failed.connect(self._on_export_failed)
        self._run.crashed.connect(self.crashed)
        self._tick.start()
        self._follow()

    def close_page(self) -> None:
        """End what runs for this page."""
        if self._run is not None:
            self._run.cancel()
            self._run.wait()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.renew()
        self.table.setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    # private

    def _lay_out(self) -> None:
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.picture, 45)
        self._right.addWidget(self.details, 55)
        full = QWidget()
        self._body = QHBoxLayout(full)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(self.table, 58)
        self._body.addWidget(right, 42)
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.filters)
        self._column.addWidget(self.progress)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._bar)

    def _connect(self) -> None:
        keys = self.keys
        self.filters.asked.connect(self.model.ask)
        self.model.counted.connect(self.filters.show_count)
        self.model.arrived.connect(self._on_arrived)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.activated.connect(lambda _index: self._correct())
        self._look.changed.connect(self._follow_look)
        keys.search.triggered.connect(self._on_search)
        keys.reveal.triggered.connect(self._on_reveal)
        keys.why.toggled.connect(lambda on: self.details.show_why(is_why=on))
        keys.correct.triggered.connect(self._correct)
        keys.take_back.triggered.connect(self._take_back)
        keys.undo.triggered.connect(self._undo)
        keys.export.triggered.connect(self.export)
        keys.end_export.triggered.connect(self._end_export)

    def _follow(self) -> None:
        has_any = self.model.rowCount() > 0
        record = self.details.record
        is_running = self._run is not None
        self._stack.setCurrentIndex(0 if has_any else 1)
        if self.model.query == Query():
            words = tr("Nothing kept yet"), tr("Read a document at the counter: Ctrl+1, then F5.")
        else:
            words = tr("Nothing matches"), tr("Search for fewer words, or widen the filters.")
        self.empty.show_words("records", *words)
        self.keys.follow(
            has_record=record is not None and has_any,
            is_revealed=self.details.is_revealed,
            may_export=has_any and not is_running,
            may_undo=bool(self._taken_back),
        )
        self.progress.setVisible(is_running)
        self._follow_export()

    def _follow_export(self) -> None:
        run = self._run
        if run is None:
            self._tick.stop()
            return
        words = tr("Writing {name}: {n} records").format(name=run.path.name, n=run.done)
        self.progress.show_progress(words, run.share, run.seconds_left)

    def _follow_look(self) -> None:
        theme = self._look.theme
        page, gap = theme.px("page"), theme.px("gap")
        self._column.setContentsMargins(page, gap, page, theme.px("tight"))
        for layout in (self._column, self._right):
            layout.setSpacing(gap)
        self._body.setSpacing(theme.px("wide"))

    def _on_arrived(self) -> None:
        record = self.details.record
        row = max(0, self.model.row_of(record.id)) if record else 0
        if self.model.rowCount():
            self.table.selectRow(row)
        else:
            self._show(None)
        self._follow()

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show(self.model.record(current.row()))

    def _show(self, record: Record | None) -> None:
        self.details.show_record(record)
        self._follow()
        if record is None:
            self.picture.show_sheet(None)
            return
        sizes = self.picture.sizes()
        self._jobs.ask(
            partial(_prepared, record, sizes), partial(self._on_pictured, record), self.failed.emit
        )

    def _on_pictured(self, record: Record, prepared: Prepared) -> None:
        if self.details.record is record:
            self.picture.show_sheet(prepared.sheet)

    def _on_search(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _on_reveal(self) -> None:
        self.details.reveal(is_revealed=not self.details.is_revealed)
        self._follow()

    def _correct(self) -> None:
        if self.details.record is not None:
            self.correct_wanted.emit(self.details.record.id)

    def _take_back(self) -> None:
        if (record := self.details.record) is not None:
            self._jobs.ask(
                lambda store: store.withdraw(record.id), lambda _none: self._on_withdrawn(record.id)
            )

    def _on_withdrawn(self, record_id: str) -> None:
        self._taken_back.append(record_id)
        self._on_changed()

    def _undo(self) -> None:
        if self._taken_back:
            record_id = self._taken_back.pop()
            self._jobs.ask(lambda store: store.restore(record_id), lambda _none: self._on_changed())

    def _on_changed(self) -> None:
        self.renew()
        self.changed.emit()

    def _end_export(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def _on_export_ended(self, count: int) -> None:
        path = self._run.path if self._run else Path()
        self._forget_run()
        if count:
            self.exported.emit(count, str(path))

    def _on_export_failed(self, error: object) -> None:
        self._forget_run()
        self.failed.emit(error)

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.wait()
            self._run.deleteLater()
            self._run = None
        self._follow()


def _prepared(record: Record, sizes: Sizes, store: Records) -> Prepared:
    frame = Frame(store.picture(record.id), 0, 0.0, record.source, record.page)
    return prepare(Inspection(frame, record.reading, record.verdict, record.engine), sizes)
