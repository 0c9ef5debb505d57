"""How long the GUI thread was away from its events; costs nothing while nobody measures."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from app.desktop.timers import ticking

BEAT_MS = 1


class GapMeter(QObject):
    """Beats as fast as the event loop lets it; a late beat is a gap.

    ``begin`` starts, ``lap`` closes one stretch, e.g. one page read, with its longest gap.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = ticking(self, BEAT_MS, self._on_beat)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._last = 0.0
        self._longest = 0.0
        self.laps_ms: list[float] = []

    def begin(self) -> None:
        """Start measuring; what was measured before is forgotten."""
        self.laps_ms = []
        self._longest = 0.0
        self._last = time.perf_counter()
        self._timer.start()

    def lap(self) -> float:
        """Close a stretch and return its longest gap in milliseconds."""
        self._on_beat()
        longest, self._longest = self._longest, 0.0
        self.laps_ms.append(longest)
        return longest

    def end(self) -> None:
        """Stop measuring."""
        self._timer.stop()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, (now - self._last) * 1e3 - BEAT_MS)
        self._last = now


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of all do not exceed (nearest rank)."""
    if not values:
        return 0.0
    rank = max(1, math.ceil(share * len(values)))
    return sorted(values)[rank - 1]
