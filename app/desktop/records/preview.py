"""The picture of a record: a document straightened, or a part with what was found on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.desktop.counter.picture_view import PictureView
from app.desktop.counter.pixels import Prepared, Sizes, prepare
from app.desktop.jobs import Jobs
from app.desktop.look import Look
from app.desktop.recipes.canvas import Canvas
from app.desktop.recipes.levels import Levels, levels
from app.desktop.recipes.shapes import Shapes
from app.desktop.records.part_details import found_on
from app.desktop.translation import told
from app.errors import AppError
from app.records import Records
from app.vocabulary import Frame, Inspection, Record


class Preview(QStackedWidget):
    """Asks for the picture of the record in sight; one that comes too late is dropped."""

    failed = Signal(object)

    def __init__(self, look: Look, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._record: Record | None = None
        self.document = PictureView(look, has_lens=False)
        self.part = Canvas(look)
        self.part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addWidget(self.document)
        self.addWidget(self.part)

    def show_record(self, record: Record | None) -> None:
        """Show the picture of a record once it is there."""
        self._record = record
        if record is None:
            self.document.show_sheet(None)
            self.setCurrentWidget(self.document)
        elif record.recipe is None:
            self.setCurrentWidget(self.document)
            load = partial(_prepared, record, self.document.sizes())
            self._jobs.ask(load, partial(self._on_document, record), self.failed.emit)
        else:
            self.setCurrentWidget(self.part)
            load_part = partial(_levels, record)
            done = partial(self._on_part, record)
            self._jobs.ask(load_part, done, partial(self._on_no_picture, record))

    def _on_document(self, record: Record, prepared: Prepared) -> None:
        if self._record is record:
            self.document.show_sheet(prepared.sheet)

    def _on_part(self, record: Record, picture: Levels) -> None:
        if self._record is record:
            region = record.reading.region
            area = region and tuple(round(edge) for edge in region)
            self.part.show_picture(picture)
            self.part.show_shapes(Shapes(area))  # type: ignore[arg-type]
            self.part.show_found(*found_on(record))

    def _on_no_picture(self, record: Record, error: AppError) -> None:
        """Say in its place why there is no picture: good parts may be kept without one."""
        if self._record is record:
            self.part.show_picture(None)
            self.part.show_words(told(error.what), told(error.hint))


def _levels(record: Record, store: Records) -> Levels:
    return levels(store.picture(record.id))


def _prepared(record: Record, sizes: Sizes, store: Records) -> Prepared:
    frame = Frame(store.picture(record.id), 0, 0.0, record.source, record.page)
    return prepare(Inspection(frame, record.reading, record.verdict, record.engine), sizes)
