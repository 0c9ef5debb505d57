"""The limits of every kind of defect as a table: one row a kind, one column a limit."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.desktop.look import Look
from app.desktop.recipes.words import ACTIONS
from app.desktop.touch import follow_finger
from app.desktop.translation import told, tr
from app.judgement.defects import defect_title
from app.recipes import Limits, Recipe

AnyIndex = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
OTHERS = ""
"""Stands for every kind that has no limits of its own."""
ROOM_TO_STRETCH = 4.2
"""From so many title columns of width all columns fit without scrolling."""
MOST_ROWS = 7
"""So many rows are in sight without scrolling, if there are so many."""


class KindsModel(QAbstractTableModel):
    """Every defect, then the kinds that the pack knows, then those that only the recipe names."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._columns = tuple(Limits.model_fields)
        self._recipe: Recipe | None = None
        self._labels: tuple[str, ...] = ()
        self._kinds: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of each row."""
        return self._kinds

    def show(self, recipe: Recipe, labels: tuple[str, ...]) -> None:
        """Show the limits of a recipe for the labels of its pack."""
        kinds = (OTHERS, *labels, *(name for name in recipe.defects if name not in labels))
        if kinds != self._kinds:
            self.beginResetModel()
            self._recipe, self._labels, self._kinds = recipe, labels, kinds
            self.endResetModel()
            return
        self._recipe, self._labels = recipe, labels
        last = self.index(len(kinds) - 1, len(self._columns))
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        return 0 if parent.isValid() else len(self._kinds)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return tr("Defect") if role == Role.DisplayRole else None
        field = Limits.model_fields[self._columns[section - 1]]
        if role == Role.DisplayRole:
            return tr(field.title or "")
        return tr(field.description or "") if role == Role.ToolTipRole else None

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> object:
        if self._recipe is None:
            return None
        kind = self._kinds[index.row()]
        is_own = kind == OTHERS or kind in self._recipe.defects
        is_known = kind == OTHERS or kind in self._labels or not self._labels
        match role:
            case Role.DisplayRole:
                return self._words(kind, index.column())
            case Role.ForegroundRole:
                ink = "conflict" if not is_known else "ink" if is_own else "ink_faint"
                return self._look.theme.colour(ink)
            case Role.FontRole if is_own and index.column() == 0:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Role.ToolTipRole if not is_own:
                return tr("Has the limits of every defect.")
        return None

    def _words(self, kind: str, column: int) -> str:
        if column == 0:
            return kind_title(kind)
        limits = self._recipe.limits(kind) if self._recipe else Limits()
        value = getattr(limits, self._columns[column - 1])
        if value in ACTIONS:
            return told(ACTIONS[value])
        return f"{value:g}"


def kind_title(kind: str) -> str:
    """Name a kind of defect, or all of them."""
    return told(defect_title(kind)) if kind != OTHERS else tr("Every defect")


class KindsView(QTableView):
    """Tells which kind is in hand."""

    chosen = Signal(str)

    def __init__(self, look: Look, model: KindsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setProperty("role", "kinds")
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        follow_finger(self)
        self.selectionModel().currentRowChanged.connect(lambda now, _was: self._tell(now))
        model.modelReset.connect(self._on_reset)
        look.changed.connect(self._follow)
        self._follow()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of each row."""
        return self._model.kinds

    @property
    def kind(self) -> str:
        """The kind in hand."""
        row = self.currentIndex().row()
        return self._model.kinds[row] if 0 <= row < len(self._model.kinds) else OTHERS

    def choose(self, kind: str) -> None:
        """Take a kind in hand."""
        if kind in self._model.kinds:
            self.selectRow(self._model.kinds.index(kind))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._follow()

    def _on_reset(self) -> None:
        self._follow()
        self.selectRow(0)

    def _tell(self, index: AnyIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.kind)

    def _follow(self) -> None:
        theme = self._look.theme
        row, header = theme.px("row_kind"), self.horizontalHeader()
        is_wide = self.width() > ROOM_TO_STRETCH * theme.px("title_column")
        mode = QHeaderView.ResizeMode
        header.setSectionResizeMode(mode.Stretch if is_wide else mode.ResizeToContents)
        header.setSectionResizeMode(0, mode.ResizeToContents)
        header.setFixedHeight(round(2.6 * theme.px("type_small")) + theme.px("small"))
        self.verticalHeader().setDefaultSectionSize(row)
        rows = min(MOST_ROWS, self._model.rowCount())
        bar = self.horizontalScrollBar()
        below = bar.height() if bar.maximum() else 0
        self.setFixedHeight(header.height() + rows * row + below + 2)
