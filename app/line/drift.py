"""Whether the camera still sees as it did at the start of the shift; only then is it the process.

Exponentially weighted means against the first parts: Roberts (1959); NIST/SEMATECH e-Handbook of
Statistical Methods, 6.3.2.4.
"""

from __future__ import annotations

import math
import statistics

from app.language import message
from app.line.tally import Drift
from app.vocabulary import Light

FIRST_PARTS = 50
"""How the camera sees at the start is learnt from so many."""
WEIGHT = 0.1
"""Of the newest part: a change is half followed after seven parts."""
SIGMAS = 3.0
LEVELS = 10.0
"""Grey levels that the brightness may always wander: no model notices them."""
SHARE = 0.2
"""Share that sharpness and contrast may always lose."""
OVER = 0.7
"""Share of the limit below which a drift is over, so that it does not come and go at its edge."""

_CLEAN = message("Clean the lens, check the focus and that the camera sits firmly.")
_DARK = Drift(
    "camera-dark",
    message("The camera sees darker than at the start of the shift."),
    message("Check the lamp and the lens; the process is not judged by it until then."),
)
_BRIGHT = Drift(
    "camera-bright",
    message("The camera sees brighter than at the start of the shift."),
    message("Check the lamp and stray light; the process is not judged by it until then."),
)
_BLURRED = Drift(
    "camera-blurred",
    message("The camera sees less sharply than at the start of the shift."),
    _CLEAN,
)
_WORSE = Drift(
    "process",
    message("More parts are NG than chance alone explains; the camera sees as at the start."),
    message("Look at the process before the line: tools, material, settings."),
)
_BETTER = Drift(
    "process",
    message("Fewer parts are NG than chance alone explains; the camera sees as at the start."),
    message("Run the golden parts: they show whether defects are still found."),
)


class _Mean:
    """One measure: how it was on the first parts, and its weighted mean since."""

    def __init__(self) -> None:
        self._first: list[float] = []
        self._usual = 0.0
        self._reach = 0.0
        self._now = 0.0

    def add(self, value: float) -> None:
        if not math.isfinite(value):
            return
        if len(self._first) < FIRST_PARTS:
            self._first.append(value)
            self._usual = self._now = statistics.fmean(self._first)
            spread = statistics.pstdev(self._first)
            self._reach = SIGMAS * spread * math.sqrt(WEIGHT / (2 - WEIGHT))
        else:
            self._now += WEIGHT * (value - self._now)

    def gone(self, allowed: float) -> float:
        """Return how far it went, in units of what is allowed, signed."""
        return (self._now - self._usual) / max(self._reach, allowed, 1e-9)

    @property
    def usual(self) -> float:
        return self._usual


class CameraWatch:
    """Follows how parts are lit and focused. Of one thread at a time."""

    def __init__(self) -> None:
        self._brightness, self._contrast, self._sharpness = _Mean(), _Mean(), _Mean()
        self._told: dict[str, Drift] = {}

    @property
    def is_steady(self) -> bool:
        """Whether the camera sees as at the start."""
        return not self._told

    def add(self, light: Light | None) -> None:
        """Take the light of the next part; None, where it was not measured, says nothing."""
        if light is None:
            return
        self._brightness.add(light.brightness)
        self._contrast.add(light.contrast)
        self._sharpness.add(light.sharpness)
        gone = self._brightness.gone(LEVELS)
        faint = (-each.gone(SHARE * each.usual) for each in (self._contrast, self._sharpness))
        self._judge(_DARK, -gone)
        self._judge(_BRIGHT, gone)
        self._judge(_BLURRED, max(faint))

    def drifts(self, process: int) -> tuple[Drift, ...]:
        """Return what drifts; the ``process`` (1 worse, -1 better) only under a steady camera."""
        if self._told:
            return tuple(self._told.values())
        return {1: (_WORSE,), -1: (_BETTER,)}.get(process, ())

    def _judge(self, drift: Drift, gone: float) -> None:
        if gone > 1:
            self._told[drift.code] = drift
        elif gone < OVER:
            self._told.pop(drift.code, None)
