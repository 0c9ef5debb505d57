"""Every action of the recipes page and its key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desktop.controls.keyed import KeyedAction
from app.language import Message, message


class RecipesKeys:
    """Actions that the page connects; enabled only where they do something."""

    def __init__(self, page: QWidget) -> None:
        def key(words: Message, keys: str, icon: str = "") -> KeyedAction:
            return KeyedAction(page, words, keys.split(), lambda: None, icon)

        self.save = key(message("Save"), "Ctrl+S", "save")
        self.use = key(message("Use on the line"), "F5", "next")
        self.start = key(message("Try on the last 200 parts"), "F8", "trial")
        self.cancel = key(message("Cancel"), "F9")
        self.sheet = key(message("Next sheet"), "F6", "sheet")
        self.new = key(message("New recipe from this"), "Ctrl+N", "plus")
        self.open = key(message("Open a picture"), "F4", "file")
        self.newer = key(message("Newer part"), "F2", "back")
        self.older = key(message("Older part"), "F3", "skip")
        self.undo = key(message("Undo"), "Ctrl+Z", "undo")
        self.redo = key(message("Redo"), "Ctrl+Y Ctrl+Shift+Z", "redo")
        self.region = key(message("Draw the region"), "R", "region")
        self.mask = key(message("Draw a mask"), "M", "mask")
        self.choose = key(message("Next area"), "N", "choose")
        self.remove = key(message("Remove area"), "Delete", "close")
        self.fit = key(message("Whole picture"), "0", "fit")
        self.closer = key(message("Closer"), "+ =")
        self.farther = key(message("Farther"), "-")
        self.in_bar = (
            self.region, self.mask, self.choose, self.remove, self.sheet, self.fit,
            self.undo, self.redo,
        )  # fmt: skip
        self.all = (
            self.save, self.use, self.start, self.cancel, *self.in_bar, self.closer, self.farther,
            self.newer, self.older, self.open, self.new,
        )  # fmt: skip
