"""Undo belongs to the page while a line of text has nothing of its own to undo."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class LetUndoThrough(QObject):
    """Watches the lines of text below a widget, also those that are made later."""

    def __init__(self, above: QWidget) -> None:
        super().__init__(above)
        self._above = above

    def watch_all(self) -> None:
        """Watch every line of text that is there now."""
        edits: Iterable[QLineEdit] = self._above.findChildren(QLineEdit)
        for edit in edits:
            edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if isinstance(watched, QLineEdit) and (
                (event.matches(keys.Undo) and not watched.isUndoAvailable())
                or (event.matches(keys.Redo) and not watched.isRedoAvailable())
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
