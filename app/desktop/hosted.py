"""A thread that hosts one plain loop; the loop does not know."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

NICER = 3
"""On Linux a thread's own; the threads that the engine starts from it inherit it."""


class Hosted(QThread):
    """Runs a loop to its end; a bug in it is told by ``crashed`` instead of vanishing."""

    crashed = Signal(object)

    def __init__(
        self,
        name: str,
        loop: Callable[[], None],
        parent: QObject | None = None,
        *,
        yields: bool = False,
    ) -> None:
        """``yields`` lets the window go first where both want a processor core."""
        super().__init__(parent)
        self.setObjectName(name)
        self._loop = loop
        self._yields = yields

    def run(self) -> None:
        """Run the loop; called by Qt in the new thread."""
        if self._yields and sys.platform == "linux":
            os.nice(NICER)
        try:
            self._loop()
        except Exception as bug:  # noqa: BLE001 - the thread's own crash handler
            self.crashed.emit(bug)
