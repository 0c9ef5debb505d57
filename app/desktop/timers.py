"""The two timers that widgets need: one that waits for rest, one that ticks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def resting(parent: QObject, milliseconds: int, done: Callable[[], object]) -> QTimer:
    """Return a timer that calls once, so long after it was last started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(done)
    return timer


def ticking(parent: QObject, milliseconds: int, done: Callable[[], object]) -> QTimer:
    """Return a timer that calls again and again while it runs."""
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    timer.timeout.connect(done)
    return timer
