"""Lists that follow a finger on a touch screen; a mouse and its wheel are left as they are."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QScroller


def follow_finger(area: QAbstractScrollArea) -> None:
    """Let a finger drag and flick what is in a scroll area."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
