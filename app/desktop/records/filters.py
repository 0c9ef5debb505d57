"""Search and filters above the records; they stay as they are until a hand changes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app import documents
from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.counter.verdict_bar import ICONS, decision_words
from app.desktop.look import Look
from app.desktop.records.table import DOCUMENTS, PARTS, Query, kind_title
from app.desktop.timers import resting
from app.desktop.translation import tr
from app.vocabulary import Decision

TYPING_MS = 250
"""A search starts when a hand has rested so long."""
DAYS = (0, 1, 7, 30)
WAITING = "waiting"
"""Stands among the verdicts for parts that wait for relabelling."""


class FilterBar(QWidget):
    """Tells a new Query whenever one of its parts changed."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.kind, self.decision, self._days = Chooser(look), Chooser(look), Chooser(look)
        self._count = QLabel()
        self._count.setProperty("role", "soft")
        self._total = 0
        self._recipes: tuple[tuple[str, str], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.search, 1)
        for chooser in (self.kind, self.decision, self._days):
            row.addWidget(chooser)
            chooser.chosen.connect(lambda value, each=chooser: self._on_chosen(each, value))
        row.addWidget(self._count)
        self._rest = resting(self, TYPING_MS, self._tell)
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self._values: dict[Chooser, object] = {self._days: 0}
        look.changed.connect(self._follow)
        self._follow()

    def query(self) -> Query:
        """Return what is asked for now."""
        days = self._values.get(self._days)
        kind, decision = self._values.get(self.kind), self._values.get(self.decision)
        waits = decision == WAITING
        return Query(
            self.search.text().strip(),
            (str(kind[0]), str(kind[1])) if isinstance(kind, tuple) else None,
            str(decision) if decision and not waits else None,
            _midnight(int(str(days))) if days else None,
            waits,
        )

    def offer_recipes(self, recipes: Sequence[tuple[str, str]]) -> None:
        """Offer recipes by name and title to narrow the parts to."""
        self._recipes = tuple(recipes)
        self._follow()

    def show_count(self, total: int) -> None:
        """Show how many records match."""
        self._total = total
        self._count.setText(tr("{n} found").format(n=total))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        self.search.setPlaceholderText(tr("Search names, numbers, files   Ctrl+F"))
        self.kind.offer(self._kinds())
        verdicts = (Decision.OK, Decision.NG, Decision.REVIEW)
        shown = [Choice(str(each), decision_words(each), ICONS[each]) for each in verdicts]
        waiting = Choice(WAITING, tr("Waiting for relabelling"), "waiting", starts_group=True)
        self.decision.offer([Choice(None, tr("All verdicts")), *shown, waiting])
        words = (tr("Any time"), tr("Today"), tr("7 days"), tr("30 days"))
        self._days.offer([Choice(d, w) for d, w in zip(DAYS, words, strict=True)])
        for chooser in (self.kind, self.decision, self._days):
            chooser.show_value(self._values.get(chooser))
        self.show_count(self._total)

    def _kinds(self) -> list[Choice]:
        workplaces = {name: ("workplace", name) for name in (DOCUMENTS, PARTS)}
        return [
            Choice(None, tr("Documents and parts")),
            Choice(workplaces[DOCUMENTS], tr("All documents"), "counter", starts_group=True),
            *(Choice(("document", name), kind_title(name)) for name in documents.names()),
            Choice(workplaces[PARTS], tr("All parts"), "line", starts_group=True),
            *(Choice(("recipe", name), title) for name, title in self._recipes),
        ]

    def _on_chosen(self, chooser: Chooser, value: object) -> None:
        self._values[chooser] = value
        chooser.show_value(value)
        self._tell()

    def _tell(self) -> None:
        self._rest.stop()
        self.asked.emit(self.query())


def _midnight(days: int) -> datetime:
    """Return the midnight with which the last so many days began, in local time."""
    today = datetime.combine(datetime.now().astimezone().date(), time()).astimezone()
    return today - timedelta(days=days - 1)
