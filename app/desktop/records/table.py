"""The records as rows, fetched page by page away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app import documents
from app.desktop.counter.verdict_bar import ICONS, TONES, decision_words
from app.desktop.jobs import Jobs
from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.documents import masked
from app.records import Filters
from app.vocabulary import Decision, RecipeMark, Record

PAGE = 100
"""Rows fetched at a time; a search over a year's records answers with the first hundred."""

NUMBERS = (
    "id_number",
    "licence_number",
    "document_number",
    "credit_code",
    "invoice_number",
    "authority",
)
"""The field by which a document of its kind is told from another, first that is there."""

AnyIndex = QModelIndex | QPersistentModelIndex
Kind = tuple[str, str]
"""``document`` and its kind, ``recipe`` and its name, or ``workplace`` and one of the next two."""
DOCUMENTS, PARTS = "documents", "parts"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the records."""

    text: str = ""
    kind: Kind | None = None
    decision: str | None = None
    since: datetime | None = None
    waits: bool = False
    """Only what waits for relabelling."""

    def filters(self) -> Filters:
        """Return the query as the records take it."""
        asked = Filters(
            decision=Decision(self.decision) if self.decision else None,
            since=self.since,
            relabel=True if self.waits else None,
        )
        match self.kind:
            case ("document", name):
                asked["document"] = name
            case ("recipe", name):
                asked["recipe"] = name
            case ("workplace", name):
                asked["workplace"] = "parts" if name == PARTS else "documents"
        return asked

    @property
    def recipe(self) -> str:
        """Name of the recipe that is asked for; empty where none is."""
        return self.kind[1] if self.kind and self.kind[0] == "recipe" else ""


class RecordsTable(QAbstractTableModel):
    """Newest first; asks for more when the view comes to its end."""

    counted = Signal(int)
    arrived = Signal()

    def __init__(self, look: Look, jobs: Jobs) -> None:
        super().__init__()
        self._look, self._jobs = look, jobs
        self._query = Query()
        self._turn = 0
        self._records: list[Record] = []
        self._total = 0
        self._is_fetching = False

    @property
    def query(self) -> Query:
        """What is shown."""
        return self._query

    @property
    def total(self) -> int:
        """How many records match."""
        return self._total

    def ask(self, query: Query) -> None:
        """Show other records; the answer comes when it comes, and only the last one counts."""
        self._query = query
        self._turn += 1
        self._is_fetching = True
        turn = self._turn
        self._jobs.ask(
            lambda store: (
                store.count(query.text, **query.filters()),
                store.find(query.text, limit=PAGE, **query.filters()),
            ),
            lambda answer: self._on_first(turn, *answer),
        )

    def renew(self) -> None:
        """Ask the same again."""
        self.ask(self._query)

    def record(self, row: int) -> Record | None:
        """Return the record of a row."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, record_id: str) -> int:
        """Return the row of a record, -1 where it is not shown."""
        return next((n for n, each in enumerate(self._records) if each.id == record_id), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        return 0 if parent.isValid() else len(_titles())

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        record = self._records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(record)[index.column()]
        if index.column() == _VERDICT:
            decision = record.decision
            if role == Qt.ItemDataRole.DecorationRole:
                return self._look.pixmap(ICONS[decision], TONES[decision], "icon_small")
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._look.theme.colour(TONES[decision])
        return None

    def canFetchMore(self, parent: AnyIndex) -> bool:  # noqa: N802 - Qt's name
        return not parent.isValid() and not self._is_fetching and len(self._records) < self._total

    def fetchMore(self, parent: AnyIndex) -> None:  # noqa: ARG002, N802 - Qt's name
        self._is_fetching = True
        turn, query, offset = self._turn, self._query, len(self._records)
        self._jobs.ask(
            lambda store: store.find(query.text, limit=PAGE, offset=offset, **query.filters()),
            lambda more: self._on_more(turn, more),
        )

    def _on_first(self, turn: int, total: int, first: list[Record]) -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self._records, self._total = first, total
        self._is_fetching = False
        self.endResetModel()
        self.counted.emit(total)
        self.arrived.emit()

    def _on_more(self, turn: int, more: list[Record]) -> None:
        if turn != self._turn:
            return
        self._is_fetching = False
        if not more:
            self._total = len(self._records)
            return
        start = len(self._records)
        self.beginInsertRows(QModelIndex(), start, start + len(more) - 1)
        self._records.extend(more)
        self.endInsertRows()


_VERDICT = 3


def _titles() -> tuple[str, ...]:
    return (
        tr("Saved"),
        tr("Document or recipe"),
        tr("Number or reason"),
        tr("Verdict"),
        tr("By hand"),
    )


def _cells(record: Record) -> tuple[str, ...]:
    at = record.saved_at.astimezone().strftime("%Y-%m-%d %H:%M")
    decision = decision_words(record.decision)
    if record.recipe is not None:
        by_hand = tr("overruled") if record.overruled else ""
        return at, recipe_words(record.recipe), _defects(record), decision, by_hand
    by_hand = str(len(record.confirmed)) if record.confirmed else ""
    return at, kind_title(record.reading.document), _number(record), decision, by_hand


def recipe_words(mark: RecipeMark) -> str:
    """Name a recipe and its version."""
    return tr("{name} · version {n}").format(name=mark.name, n=mark.version)


def _defects(record: Record) -> str:
    """Name what the verdict was given for, or the source where nothing was wrong."""
    reasons = record.verdict.reasons
    return told(reasons[0].message) if reasons else PurePath(record.source).name


def kind_title(name: str) -> str:
    """Name a kind of document."""
    return told(documents.load(name).title) if name else tr("Not recognised")


def _number(record: Record) -> str:
    kind = record.reading.document
    personal = {r.name for r in documents.load(kind).fields if r.is_personal} if kind else set()
    for name in NUMBERS:
        if value := record.reading.field(name).value:
            return masked(value) if name in personal else value
    return ""
