"""Who else has the records open: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from app.records.faults import busy

_POLL_S = 0.02


class Claim:
    """Held as long as the records are open; alone at first if nobody else has them open."""

    def __init__(self, folder: Path, patience_s: float) -> None:
        """Take the lock. Raises RecordError if another program keeps it to itself for too long."""
        self._file = os.open(folder / "in-use.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self.is_alone = self._took(fcntl.LOCK_EX)
        until = time.monotonic() + patience_s
        while not self.is_alone and not self._took(fcntl.LOCK_SH):
            if time.monotonic() > until:
                self.release()
                raise busy(folder)
            time.sleep(_POLL_S)

    def share(self) -> None:
        """Let others in."""
        fcntl.flock(self._file, fcntl.LOCK_SH)
        self.is_alone = False

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._file)

    def _took(self, lock: int) -> bool:
        try:
            fcntl.flock(self._file, lock | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
