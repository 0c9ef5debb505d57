"""Every action of the records page and its key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desktop.controls.keyed import KeyedAction
from app.language import Message, message
from app.vocabulary import Record

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
        self.overrule = key(message("Overrule"), "O", "overrule")
        self.take_back = key(message("Take record back"), "Delete", "skip")
        self.undo = key(message("Undo"), "Ctrl+Z", "undo")
        self.export = key(message("Export"), "Ctrl+E", "export")
        self.relabel = key(message("Export for relabelling"), "Ctrl+R", "folder")
        self.end_export = key(message("Cancel"), "F9")
        self.in_bar = (
            self.why, self.reveal, self.correct, self.overrule, self.take_back, self.undo,
            self.export, self.relabel,
        )  # fmt: skip
        self.all = (self.search, *self.in_bar, self.end_export)

    def follow(self, record: Record | None, *, is_revealed: bool, may_undo: bool) -> None:
        """Enable what does something with the record in sight, if there is one."""
        is_part = record is not None and record.recipe is not None
        for action in (self.why, self.take_back):
            action.setEnabled(record is not None)
        for action in (self.reveal, self.correct):
            action.setEnabled(record is not None and not is_part)
        self.overrule.setEnabled(is_part)
        self.reveal.say(MASK if is_revealed else REVEAL)
        self.reveal.show_icon("hidden" if is_revealed else "eye")
        self.undo.setEnabled(may_undo)

    def follow_exports(self, *, has_any: bool, is_running: bool) -> None:
        """Enable exports where none runs."""
        self.export.setEnabled(has_any and not is_running)
        self.relabel.setEnabled(not is_running)
        self.end_export.setEnabled(is_running)
