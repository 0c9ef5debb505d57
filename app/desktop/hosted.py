"""A thread that hosts one plain loop; the loop does not know."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal


class Hosted(QThread):
    """Runs a loop to its end; a bug in it is told by ``crashed`` instead of vanishing."""

    crashed = Signal(object)

    def __init__(self, name: str, loop: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._loop = loop

    def run(self) -> None:
        """Run the loop; called by Qt in the new thread."""
        try:
            self._loop()
        except Exception as bug:  # noqa: BLE001 - the thread's own crash handler
            self.crashed.emit(bug)
