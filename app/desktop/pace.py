"""How long a piece of work still takes at the pace it has kept so far."""

from __future__ import annotations

import time


class Pace:
    """Begins with the work."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def seconds_left(self, share: float | None) -> float | None:
        """Return the time left where ``share``, 0–1, is done; None while nothing is."""
        if not share:
            return None
        return (time.monotonic() - self._started) * (1 - share) / share
