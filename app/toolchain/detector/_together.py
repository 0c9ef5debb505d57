"""Processes that train one network together: gradients averaged through shared memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing.shared_memory import SharedMemory

import numpy as np
from numpy.typing import NDArray

Flat = NDArray[np.float32]


class PartnerLost(Exception):
    """Another of the processes is gone."""


class Together:
    """One process's hand on the shared memory; rank 0 makes it, the others join."""

    def __init__(
        self, rank: int, ranks: int, size: int, name: str, is_whole: Callable[[], bool]
    ) -> None:
        """Take hold; ``is_whole`` says whether the other processes still live."""
        self.rank, self.ranks, self._is_whole = rank, ranks, is_whole
        head = 8 * ranks
        self._memory = SharedMemory(name or None, create=not name, size=head + 4 * size * ranks)
        self._steps = np.ndarray(ranks, np.int64, self._memory.buf)
        self._slots = np.ndarray((ranks, size), np.float32, self._memory.buf, offset=head)
        if not name:
            self._steps[:] = 0
        self.name = self._memory.name

    def average(self, mine: Flat) -> Flat:
        """Return the mean of what every process gave; raises PartnerLost."""
        if self.ranks == 1:
            return mine
        self._slots[self.rank] = mine
        self._meet()
        mean: Flat = self._slots.mean(axis=0)
        self._meet()
        return mean

    def _meet(self) -> None:
        """Wait until every process is here; any time may pass, as one may be suspended."""
        self._steps[self.rank] += 1
        while self._steps.min() < self._steps[self.rank]:
            if not self._is_whole():
                raise PartnerLost
            time.sleep(0.0005)

    def close(self) -> None:
        """Let go; the last memory goes with rank 0."""
        del self._steps, self._slots
        self._memory.close()
        if self.rank == 0:
            self._memory.unlink()
