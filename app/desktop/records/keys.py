"""Every action of the records page and its key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desktop.controls.keyed import KeyedAction
from app.language import Message, message

REVEAL, MASK = message("Show values"), message("Hide values")


class RecordsKeys:
    """Actions that the page connects; enabled only where they do something."""

    def __init__(self, page: QWidget) -> None:
        def key(words: Message, key: str, icon: str = "") -> KeyedAction:
            return KeyedAction(page, words, [key], lambda: None, icon)

        self.search = key(message("Search"), "Ctrl+F", "search")
        self.reveal = key(REVEAL, "F4", "eye")
        self.why = key(message("Show why"), "F6", "info")
        self.why.setCheckable(True)
        self.correct = key(message("Correct"), "F2", "hand")
        self.take_back = key(message("Take record back"), "Delete", "skip")
        self.undo = key(message("Undo"), "Ctrl+Z", "undo")
        self.export = key(message("Export"), "Ctrl+E", "export")
        self.end_export = key(message("Cancel"), "F9")
        self.in_bar = (
            self.reveal, self.why, self.correct, self.take_back, self.undo, self.export,
        )  # fmt: skip
        self.all = (self.search, *self.in_bar, self.end_export)

    def follow(
        self, *, has_record: bool, is_revealed: bool, may_export: bool, may_undo: bool
    ) -> None:
        """Enable what does something now."""
        for action in (self.reveal, self.why, self.correct, self.take_back):
            action.setEnabled(has_record)
        self.reveal.say(MASK if is_revealed else REVEAL)
        self.reveal.show_icon("hidden" if is_revealed else "eye")
        self.undo.setEnabled(may_undo)
        self.export.setEnabled(may_export)
