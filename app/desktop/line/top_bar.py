"""Above the picture: recipe and the bound it runs under; camera, frame rate and what really ran."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.capture import Found
from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.controls.source_chooser import SourceChooser
from app.desktop.line.sign import Sign
from app.desktop.line.words import state_words
from app.desktop.look import Look, restyle
from app.desktop.translation import tr
from app.line import LineState

ICONS = {
    LineState.STARTING: "glance",
    LineState.RUNNING: "dot",
    LineState.WAITING: "dot",
    LineState.PAUSED: "pause",
    LineState.LOCKED: "lock",
    LineState.FAULTED: "fault",
    LineState.STOPPED: "ring",
}
ROLES = {
    LineState.RUNNING: "proven",
    LineState.WAITING: "proven",
    LineState.FAULTED: "conflict",
    LineState.LOCKED: "conflict",
    LineState.PAUSED: "read",
}
SILENT = (LineState.STARTING, LineState.FAULTED, LineState.STOPPED)
"""Here the frame rate is that of before."""


class TopBar(QWidget):
    """Choosers for recipe and camera; the rest is words."""

    recipe_chosen = Signal(str)
    source_chosen = Signal(str)
    folder_wanted = Signal()
    sources_wanted = Signal()
    recipes_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sign = Sign()
        self._rate = 0
        self.recipes = Chooser(look)
        self.recipes.chosen.connect(lambda name: self.recipe_chosen.emit(str(name)))
        self.recipes.opening.connect(self.recipes_wanted)
        self.sources = SourceChooser(look, takes_files=False)
        self.sources.source_chosen.connect(self.source_chosen)
        self.sources.folder_wanted.connect(self.folder_wanted)
        self.sources.opening.connect(self.sources_wanted)
        self._bound_icon, self._bound = QLabel(), QLabel()
        self._state_icon, self._state, self.engine = QLabel(), QLabel(), QLabel()
        for label in (self._bound, self.engine):
            label.setProperty("role", "soft")
        # What is said at the left gives way before a chooser is pushed out of the window.
        self._bound.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.recipes, self._bound_icon):
            self._row.addWidget(widget)
        self._row.addWidget(self._bound, 1)
        for widget in (self._state_icon, self._state, self.sources, self.engine):
            self._row.addWidget(widget)
        look.changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> str:
        """Everything that is said."""
        parts = (self.recipes.text(), self._bound.text(), self._state.text(), self.engine.text())
        return " ".join(parts)

    def show_sign(self, sign: Sign) -> None:
        """Say something else."""
        if sign != self._sign:
            self._sign = sign
            self._follow()

    def show_rate(self, rate: float) -> None:
        """Show how many frames a second come."""
        if round(rate) != self._rate:
            self._rate = round(rate)
            self._follow_state()

    def offer_recipes(self, names: Sequence[tuple[str, str]]) -> None:
        """Offer recipes by name and words."""
        self.recipes.offer([Choice(name, words) for name, words in names])
        self.recipes.show_value(self._sign.recipe, self._recipe_words(), "recipes")

    def offer_sources(self, found: Sequence[Found] | None) -> None:
        """Offer what was found; None while it is looked for."""
        self.sources.offer_sources(found)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _recipe_words(self) -> str:
        return self._sign.recipe_words or tr("Choose a recipe")

    def _follow(self) -> None:
        sign = self._sign
        self._row.setSpacing(self._look.theme.px("small"))
        self.recipes.show_value(sign.recipe, self._recipe_words(), "recipes")
        self.sources.show_source(sign.address, sign.source_words)
        role = "proven" if sign.has_bound else "read"
        icon = "shield" if sign.has_bound else "info"
        self._bound_icon.setPixmap(self._look.pixmap(icon, role, "icon_small"))
        self._bound_icon.setVisible(bool(sign.bound))
        self._bound.setText(sign.bound)
        self._bound.setToolTip(sign.bound)
        self.engine.setText(sign.engine)
        self.engine.setToolTip(sign.engine_hint)
        role = "wrong" if sign.is_fallback else "soft"
        if role != self.engine.property("role"):
            self.engine.setProperty("role", role)
            restyle(self.engine)
        self._follow_state()

    def _follow_state(self) -> None:
        state = self._sign.state
        role = ROLES.get(state, "ink_soft")
        self._state_icon.setPixmap(self._look.pixmap(ICONS[state], role, "icon_small"))
        words = state_words(state)
        if self._rate and state not in SILENT:
            words = tr("{state} · {n}/s").format(state=words, n=self._rate)
        self._state.setText(words)
