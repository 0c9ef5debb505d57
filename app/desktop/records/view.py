"""The table of records as it is seen: whole rows, room for fingers, no grid."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.desktop.look import Look
from app.desktop.records.table import RecordsTable
from app.desktop.touch import follow_finger

NUMBER_COLUMN = 2
ROOM_TO_STRETCH = 5.5
"""From so many title columns of width all columns fit without scrolling."""


class RecordsView(QTableView):
    """Shows one record a row."""

    def __init__(self, look: Look, model: RecordsTable) -> None:
        super().__init__()
        self._look = look
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(20)
        follow_finger(self)
        look.changed.connect(self._follow_look)
        self._follow_look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit_columns()

    def _follow_look(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.theme.px("row_table"))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the room that is over to the numbers; where there is none, let the table scroll."""
        is_wide = self.width() > ROOM_TO_STRETCH * self._look.theme.px("title_column")
        mode = QHeaderView.ResizeMode
        wanted = mode.Stretch if is_wide else mode.ResizeToContents
        self.horizontalHeader().setSectionResizeMode(NUMBER_COLUMN, wanted)
