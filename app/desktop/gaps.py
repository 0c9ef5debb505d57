"""How long the GUI thread was away from its events; costs nothing while nobody measures."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from app.desktop.timers import ticking

BEAT_MS = 1


class GapMeter(QObject):
    """Beats as fast as the event loop lets it; a late beat is a gap.

    A stretch, e.g. one page read, lasts from ``begin`` to ``end``.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = ticking(self, BEAT_MS, self._on_beat)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._last = 0.0
        self._longest = 0.0
        self.laps_ms: list[float] = []

    @property
    def is_beating(self) -> bool:
        """Whether a stretch is being measured."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Start a stretch."""
        self._longest = 0.0
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> float:
        """End the stretch and return its longest gap in milliseconds."""
        self._on_beat()
        self._timer.stop()
        self.laps_ms.append(self._longest)
        return self._longest

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


def measure(pictures: Sequence[Path], rounds: int = 3) -> str:
    """Read pictures in the real window and return its gaps as a Markdown table."""
    from app.desktop.walk import AT_COUNTER, Walk

    laps: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for picture in pictures:
            (Path(folder) / picture.name).symlink_to(picture.resolve())
        with Walk(AT_COUNTER, f"replay:{folder}?live=1&loop=1&rate_hz=25") as walk:
            meter = GapMeter(walk.application)
            for number in range(rounds * len(pictures)):
                meter.begin()
                walk.read_one()
                longest = meter.end()
                walk.finish()
                if number:  # the first page also waits for the models
                    laps.append(longest)
    return table(laps)


def measure_line(seconds: float, recipe: str = "") -> str:
    """Run the line on the belt of samples in the real window; return its gaps second by second."""
    from app.desktop.walk import Walk
    from app.settings import LineSettings, Settings, StationSettings

    settings = Settings(
        station=StationSettings(workplace="line"), line=LineSettings(recipe=recipe, sound=False)
    )
    laps: list[float] = []
    with Walk(settings, "") as walk:
        post = walk.application.line.post
        walk.until(lambda: post.seen is not None)
        meter = GapMeter(walk.application)
        for _ in range(max(1, round(seconds))):
            meter.begin()
            walk.rest(1.0)
            laps.append(meter.end())
        parts = post.tally.parts if post.tally else 0
    return table(laps, f"while the line runs ({parts} parts)", "seconds")


def table(laps_ms: Sequence[float], when: str = "while a page is read", each: str = "pages") -> str:
    """Return the longest gaps of many stretches as a Markdown table."""
    lines = [
        f"| longest gap in the GUI thread {when} | ms |",
        "|---|--:|",
        f"| median of {len(laps_ms)} {each} | {percentile(laps_ms, 0.5):.1f} |",
        f"| P99 | {percentile(laps_ms, 0.99):.1f} |",
        f"| longest | {max(laps_ms, default=0.0):.1f} |",
    ]
    return "\n".join(lines)
