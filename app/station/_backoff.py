"""How long to wait before a device or a model is opened again."""

from __future__ import annotations

import threading
from collections.abc import Sequence

BACK_OFF_S = (1.0, 2.0, 5.0, 10.0)
"""The last one repeats: a plug that is put back is noticed within ten seconds."""


class BackOff:
    """Waits longer each time until something went well."""

    def __init__(self, stopped: threading.Event, delays_s: Sequence[float]) -> None:
        self._stopped = stopped
        self._delays_s = delays_s
        self._tries = 0

    def wait(self) -> None:
        """Wait; a stop ends it at once."""
        delay_s = self._delays_s[min(self._tries, len(self._delays_s) - 1)]
        self._tries += 1
        self._stopped.wait(delay_s)

    def reset(self) -> None:
        """Begin again with the shortest delay."""
        self._tries = 0
