"""One record: its fields, masked until a hand reveals them, and why its verdict is what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app import documents
from app.desktop.counter.proof_badge import ProofBadge, sign_of
from app.desktop.counter.verdict_bar import decision_words
from app.desktop.look import Look
from app.desktop.records.part_details import Row, found_rows, overrule_rows, recipe_rows
from app.desktop.touch import follow_finger
from app.desktop.translation import told, tr
from app.documents import FieldRule, masked
from app.vocabulary import Field, Record

ROOM_FOR_COLUMNS = 3.4
"""Below this many title columns of width, values stand below their titles."""
HASH_SHOWN = 12
"""Characters of a hash in sight; the whole stands in the export."""


class Details(QScrollArea):
    """Shows a record; the page says whether its values are revealed and its reasons unfolded."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._record: Record | None = None
        self._is_revealed = False
        self._is_why = False
        self._is_narrow = False
        self.setWidgetResizable(True)
        follow_finger(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self._renew)

    @property
    def record(self) -> Record | None:
        """The record in sight."""
        return self._record

    @property
    def is_revealed(self) -> bool:
        """Whether personal values are in sight."""
        return self._is_revealed

    def show_record(self, record: Record | None) -> None:
        """Show a record, masked."""
        self._record = record
        self._is_revealed = False
        self._renew()

    def reveal(self, *, is_revealed: bool) -> None:
        """Show personal values, or mask them again."""
        self._is_revealed = is_revealed
        self._renew()

    def show_why(self, *, is_why: bool) -> None:
        """Unfold the reasons, the engine and the hashes, or fold them."""
        self._is_why = is_why
        self._renew()

    def texts(self) -> list[str]:
        """Return every text in sight."""
        labels: Iterable[QLabel] = self.widget().findChildren(QLabel)
        return [label.text() for label in labels]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        is_narrow = self.width() < ROOM_FOR_COLUMNS * self._look.theme.px("title_column")
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._renew()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._renew()

    def _renew(self) -> None:
        inner = QWidget()
        inner.setObjectName("inner")
        theme = self._look.theme
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px("small"), 0)
        column.setSpacing(theme.px("gap"))
        if self._record is not None:
            if self._is_why:
                column.addLayout(self._why(self._record))
                column.addWidget(_rule())
            if self._record.recipe is None:
                column.addLayout(self._fields(self._record))
            else:
                column.addLayout(self._rows(found_rows(self._record)))
        column.addStretch()
        self.setWidget(inner)

    def _fields(self, record: Record) -> QGridLayout:
        grid = self._grid()
        rules = {r.name: r for r in _rules(record)}
        for number, field in enumerate(record.reading.fields):
            title = _label(_title(field, rules), "fieldtitle")
            value = _label(self._value(field, rules), "large")
            badge = ProofBadge(self._look, self)
            badge.show_sign(sign_of(field, is_by_hand=field.name in record.confirmed))
            badge.setFixedSize(badge.sizeHint())
            row = 2 * number
            grid.addWidget(title, row, 0)
            grid.addWidget(badge, row, 2, Qt.AlignmentFlag.AlignRight)
            if self._is_narrow:
                grid.addWidget(value, row + 1, 0, 1, 3)
            else:
                grid.addWidget(value, row, 1)
        return grid

    def _why(self, record: Record) -> QGridLayout:
        reasons = [told(reason.message) for reason in record.verdict.reasons]
        timings = ", ".join(f"{k} {v:.0f}" for k, v in record.timings_ms.items())
        agrees = tr("All agrees.") if record.recipe is None else tr("Nothing was found.")
        lines = [
            *overrule_rows(record),
            (tr("Verdict"), decision_words(record.verdict.decision), ""),
            (tr("Reasons"), "\n".join(reasons) or agrees, ""),
            *recipe_rows(record),
            (tr("Engine"), f"{record.engine.engine} · {record.engine.device}", ""),
            *((name, digest[:HASH_SHOWN], "mono") for name, digest in record.engine.models),
            (tr("Times (ms)"), timings, "small"),
            (tr("Source"), f"{record.source} · {record.page}", "small"),
            (tr("Record"), record.id, "mono"),
        ]
        return self._rows(lines)

    def _rows(self, lines: Sequence[Row]) -> QGridLayout:
        grid = self._grid()
        for number, (title, words, role) in enumerate(lines):
            row, place = 2 * number, (1, 0) if self._is_narrow else (0, 1)
            grid.addWidget(_label(title, "fieldtitle"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label(words, role), row + place[0], place[1], 1, 2)
        return grid

    def _grid(self) -> QGridLayout:
        theme = self._look.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("gap"))
        grid.setVerticalSpacing(theme.px("small"))
        grid.setColumnMinimumWidth(0, theme.px("title_column"))
        grid.setColumnStretch(1, 1)
        return grid

    def _value(self, field: Field, rules: dict[str, FieldRule]) -> str:
        rule = rules.get(field.name)
        is_masked = not self._is_revealed and (rule is None or rule.is_personal)
        return (masked(field.value) if is_masked else field.value) or "–"


def _rules(record: Record) -> tuple[FieldRule, ...]:
    name = record.reading.document
    return documents.load(name).fields if name else ()


def _title(field: Field, rules: dict[str, FieldRule]) -> str:
    rule = rules.get(field.name)
    return told(rule.title) if rule else field.name


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
