"""The records page: search at the top, rows at the left, picture and fields at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.controls.key_bar import KeyBar
from app.desktop.controls.progress_strip import ProgressStrip
from app.desktop.counter.picture_view import PictureView
from app.desktop.jobs import Jobs
from app.desktop.line.overrule_card import OverruleCard
from app.desktop.look import Look
from app.desktop.records.deeds import Deeds
from app.desktop.records.details import Details
from app.desktop.records.export_desk import ExportDesk
from app.desktop.records.filters import FilterBar
from app.desktop.records.keys import RecordsKeys
from app.desktop.records.preview import Preview
from app.desktop.records.table import Query, RecordsTable
from app.desktop.records.view import RecordsView
from app.desktop.translation import tr
from app.line.relabel import Relabelled
from app.records import Records
from app.vocabulary import Decision, Record


class RecordsPage(QWidget):
    """Lays out and connects."""

    correct_wanted = Signal(str)
    """Id of a record that is to lie on the counter again."""
    changed = Signal()
    """A record was taken back or restored."""
    exported = Signal(int, str)
    """How many records were written, and where."""
    relabelled = Signal(object, str)
    """Relabelled: what came of an export for the next training, and where it is."""
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        look: Look,
        jobs: Jobs,
        open_store: Callable[[], Records],
        recipes: Callable[[], Sequence[tuple[str, str]]],
    ) -> None:
        """``recipes`` names those that the parts can be narrowed to, with their titles."""
        super().__init__()
        self.setObjectName("page")
        self._look, self._jobs, self._open_store = look, jobs, open_store
        self._recipes = recipes
        self.keys = RecordsKeys(self)
        self.model = RecordsTable(look, jobs)
        self.filters = FilterBar(look)
        self.table = RecordsView(look, self.model)
        self.deeds = Deeds(jobs, self)
        self.preview = Preview(look, jobs)
        self.picture, self.part = self.preview.document, self.preview.part
        self.card = OverruleCard(look, self)
        self.details = Details(look)
        self.progress = ProgressStrip(look, self.keys.end_export)
        self.exports = ExportDesk(open_store, self.progress, self)
        self.empty = PictureView(look)
        self._stack = QStackedWidget()
        self._bar = KeyBar(look, self.keys.in_bar)
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
        self.exports.write_spreadsheet(self.model.query, self.model.total, path)

    def relabel(self) -> None:
        """Ask for a folder and write the parts that wait for relabelling to it."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Folder for the next training"),
            str(Path.home() / f"{tr('relabel')}-{date.today().isoformat()}"),
        )
        if name:
            self.relabel_to(Path(name))

    def relabel_to(self, folder: Path) -> None:
        """Write the parts that wait, of the recipe that is asked for or of all, to a folder."""
        self.exports.write_training_set(self.model.query.recipe, folder)

    def close_page(self) -> None:
        """End what runs for this page."""
        self.exports.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._jobs.work(self._recipes, self.filters.offer_recipes)
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
        self._right.addWidget(self.preview, 45)
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
        keys.undo.triggered.connect(self.deeds.undo)
        keys.overrule.triggered.connect(self._ask_overrule)
        keys.relabel.triggered.connect(self.relabel)
        self.card.decided.connect(self._overrule)
        keys.export.triggered.connect(self.export)
        keys.end_export.triggered.connect(self.exports.cancel)
        self.exports.changed.connect(self._follow)
        self.exports.exported.connect(self.exported)
        self.exports.relabelled.connect(self._on_relabelled)
        for part in (self.exports, self.preview):
            part.failed.connect(self.failed)
        self.exports.crashed.connect(self.crashed)
        self.deeds.done.connect(self._on_changed)

    def _follow(self) -> None:
        has_any = self.model.rowCount() > 0
        record = self.details.record
        self._stack.setCurrentIndex(0 if has_any else 1)
        if self.model.query == Query():
            hint = tr("Read a document at the counter, Ctrl+1, or run the line, Ctrl+2.")
            words = tr("Nothing kept yet"), hint
        else:
            words = tr("Nothing matches"), tr("Search for fewer words, or widen the filters.")
        self.empty.show_words("records", *words)
        self.keys.follow(
            record if has_any else None,
            is_revealed=self.details.is_revealed,
            may_undo=self.deeds.may_undo,
        )
        self.keys.follow_exports(has_any=has_any, is_running=self.exports.is_running)
        self.exports.show_progress()

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
        self.preview.show_record(record)

    def _on_search(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _on_reveal(self) -> None:
        self.details.reveal(is_revealed=not self.details.is_revealed)
        self._follow()

    def _correct(self) -> None:
        if self.details.record is not None and self.details.record.recipe is None:
            self.correct_wanted.emit(self.details.record.id)

    def _take_back(self) -> None:
        if (record := self.details.record) is not None:
            self.deeds.withdraw(record)

    def _ask_overrule(self) -> None:
        if (record := self.details.record) is not None:
            self.card.open(record.id, record.verdict.decision)

    def _overrule(self, record_id: str, decision: Decision, reason: str) -> None:
        record = self.model.record(self.model.row_of(record_id))
        if record is not None:
            self.deeds.overrule(record, decision, reason)

    def _on_changed(self) -> None:
        self.renew()
        self.changed.emit()

    def _on_relabelled(self, result: Relabelled, folder: str) -> None:
        self.relabelled.emit(result, folder)
        self.renew()
