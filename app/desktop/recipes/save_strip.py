"""Before a version is saved: what it changes, what that costs, and a note on why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look, restyle
from app.desktop.translation import told, tr
from app.language import Message, message
from app.recipes.shelf import NAME

MOST_CHANGES = 6
"""More than these are counted."""


@dataclass(frozen=True, slots=True)
class Saving:
    """What is about to be saved."""

    name: str
    """Of the recipe; empty where a new one is to be named."""
    version: int
    changes: tuple[Message, ...]
    warnings: tuple[Message, ...]
    """What is lost by it, or wrong with it."""
    taken: tuple[str, ...] = ()
    """Names that a new recipe may not have."""


class SaveStrip(QFrame):
    """Asks for a note, or for the name of a new recipe; Enter saves, Esc goes back."""

    confirmed = Signal(str, str)
    """Name and note."""
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._saving: Saving | None = None
        self._head, self._changes, self._warnings = QLabel(), QLabel(), QLabel()
        self._head.setProperty("role", "large")
        self._changes.setProperty("role", "soft")
        self._warnings.setProperty("role", "fault")
        self.name, self.note = QLineEdit(), QLineEdit()
        self.save = KeyedAction(self, message("Save version"), ["Return", "Enter"], self._on_save)
        self.back = KeyedAction(self, message("Not yet"), ["Escape"], self.close_strip)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._head, self._warnings, self._changes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(label)
        self._edits = QHBoxLayout()
        self._edits.addWidget(self.name, 1)
        self._edits.addWidget(self.note, 2)
        self._edits.addWidget(KeyedButton(look, self.save, "primary"))
        self._edits.addWidget(KeyedButton(look, self.back, ""))
        self._column = QVBoxLayout(self)
        self._column.addLayout(words)
        self._column.addLayout(self._edits)
        self.name.textChanged.connect(lambda _text: self._follow_name())
        self.setProperty("tone", "plain")
        self.hide()
        look.changed.connect(self._follow)

    @property
    def words(self) -> str:
        """Everything that is said."""
        return "\n".join(label.text() for label in (self._head, self._warnings, self._changes))

    def ask(self, saving: Saving) -> None:
        """Open for one saving."""
        self._saving = saving
        self.note.clear()
        self.name.clear()
        self._follow()
        self.show()
        (self.note if saving.name else self.name).setFocus()

    def close_strip(self) -> None:
        """Go back without saving."""
        self.hide()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        theme, saving = self._look.theme, self._saving
        pad = theme.px("gap")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.px("small"))
        self._edits.setSpacing(theme.px("small"))
        self.note.setPlaceholderText(tr("Note, e.g. why (may stay empty)"))
        self.name.setPlaceholderText(tr("Name: small letters, digits, hyphens"))
        if saving is None:
            return
        if saving.name:
            head = tr("{name} becomes version {version}.")
            self._head.setText(head.format(name=saving.name, version=saving.version))
        else:
            self._head.setText(tr("A new recipe begins with what is in sight."))
        self._changes.setText(_listed(saving.changes))
        self._warnings.setText("\n".join(told(each) for each in saving.warnings))
        self._warnings.setVisible(bool(saving.warnings))
        self.name.setVisible(not saving.name)
        self._follow_name()
        tone = "read" if saving.warnings else "plain"
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            restyle(self)

    def _follow_name(self) -> None:
        saving, name = self._saving, self.name.text().strip()
        if saving is None:
            return
        if not saving.name:
            is_taken = name in saving.taken
            words = tr("There is a recipe of this name already.") if is_taken else ""
            self._changes.setText(words)
        is_free = bool(NAME.fullmatch(name)) and name not in saving.taken
        self.save.setEnabled(bool(saving.name) or is_free)

    def _on_save(self) -> None:
        if self._saving is not None and self.save.isEnabled():
            name = self._saving.name or self.name.text().strip()
            self.hide()
            self.confirmed.emit(name, self.note.text().strip())
            self.closed.emit()


def _listed(changes: Sequence[Message]) -> str:
    lines = [told(each) for each in changes[:MOST_CHANGES]]
    if len(changes) > MOST_CHANGES:
        lines.append(tr("and {n} more changes").format(n=len(changes) - MOST_CHANGES))
    return "; ".join(lines)
