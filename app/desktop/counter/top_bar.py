"""Above the picture: the kind of document, which of several, and where pages come from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app import documents
from app.capture import Found
from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.controls.source_chooser import SourceChooser
from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.station import StationState

STATE_ICONS = {
    StationState.RUNNING: "dot",
    StationState.WAITING: "ring",
    StationState.PAUSED: "ring",
    StationState.STARTING: "glance",
    StationState.FAULTED: "review",
    StationState.STOPPED: "ring",
}


class TopBar(QWidget):
    """Choosers for kind and source."""

    kind_chosen = Signal(object)
    source_chosen = Signal(str)
    files_wanted = Signal()
    folder_wanted = Signal()
    sources_wanted = Signal()

    def __init__(self, look: Look, previous: KeyedAction, following: KeyedAction) -> None:
        super().__init__()
        self._look = look
        self._address, self._state = "", StationState.STOPPED
        self._own_words = ""
        self._kind: str | None = None
        self._recognised = ""
        self.kind_chooser = Chooser(look)
        self.kind_chooser.chosen.connect(self.kind_chosen)
        self.source_chooser = SourceChooser(look)
        self.source_chooser.source_chosen.connect(self.source_chosen)
        self.source_chooser.files_wanted.connect(self.files_wanted)
        self.source_chooser.folder_wanted.connect(self.folder_wanted)
        self.source_chooser.opening.connect(self.sources_wanted)
        self._place = QLabel()
        self._steps = [KeyedButton(look, previous), KeyedButton(look, following)]
        self._state_icon, self._state_words = QLabel(), QLabel()
        self._state_words.setProperty("role", "soft")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind_chooser)
        for widget in (self._place, *self._steps):
            row.addWidget(widget)
        row.addStretch()
        for widget in (self._state_icon, self._state_words, self.source_chooser):
            row.addWidget(widget)
        look.changed.connect(self._follow)
        self.show_place(0, 0)
        self._follow()

    def show_kind(self, fixed: str | None, recognised: str) -> None:
        """Show the fixed kind, or the one that was recognised."""
        if (fixed, recognised) != (self._kind, self._recognised):
            self._kind, self._recognised = fixed, recognised
            self._follow_kind()

    def show_place(self, place: int, count: int) -> None:
        """Show which of several documents is in hand."""
        self._place.setVisible(count > 1)
        for step in self._steps:
            step.setVisible(step.isEnabled())
        self._place.setText(tr("{place} of {count}").format(place=place + 1, count=count))

    def show_source(self, address: str, state: StationState, words: str) -> None:
        """Show the source at work and what it is doing; its own words where it has a name."""
        shown = (self._address, self._state, self._own_words)
        if (address, state, words) != shown:
            self._address, self._state, self._own_words = address, state, words
            self._follow_source()

    def offer_sources(self, found: Sequence[Found] | None) -> None:
        """Offer what was found; None while it is looked for."""
        self.source_chooser.offer_sources(found)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        self._row.setSpacing(self._look.theme.px("small"))
        self._follow_kind()
        self._follow_source()

    def _follow_kind(self) -> None:
        titles = {name: told(documents.load(name).title) for name in documents.names()}
        choices = [Choice(None, tr("Recognise by itself"))]
        choices += [
            Choice(name, title, starts_group=number == 0)
            for number, (name, title) in enumerate(titles.items())
        ]
        self.kind_chooser.offer(choices)
        words = titles.get(self._kind or "", "")
        if self._kind is None and self._recognised:
            words = tr("{kind} (recognised)").format(kind=titles[self._recognised])
        self.kind_chooser.show_value(self._kind, words, "counter")

    def _follow_source(self) -> None:
        self.source_chooser.show_source(self._address, self._own_words)
        state = self._state
        role = "conflict" if state is StationState.FAULTED else "proven"
        if state not in (StationState.FAULTED, StationState.RUNNING):
            role = "ink_soft"
        self._state_icon.setPixmap(self._look.pixmap(STATE_ICONS[state], role, "icon_small"))
        self._state_words.setText(state_words(state))


def state_words(state: StationState) -> str:
    """Say what the station is doing."""
    return {
        StationState.STARTING: tr("starting"),
        StationState.RUNNING: tr("running"),
        StationState.WAITING: tr("waiting for a page"),
        StationState.PAUSED: tr("waiting for you"),
        StationState.FAULTED: tr("out of order"),
        StationState.STOPPED: tr("stopped"),
    }[state]
