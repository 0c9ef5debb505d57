"""News told in the order in which it arose, by one thread at a time and under no lock."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Teller(Generic[Item]):
    """A thread that tells takes along what others add meanwhile, so nobody waits for anybody."""

    def __init__(self, tell: Callable[[Item], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._waiting: deque[Item] = deque()
        self._is_telling = False

    def add(self, news: Item) -> None:
        """Put news in line; allowed under any lock."""
        self._waiting.append(news)

    def flush(self) -> None:
        """Tell what waits, unless another thread is just doing so; never call it under a lock.

        Who is told may call back.
        """
        while True:
            with self._lock:
                if self._is_telling or not self._waiting:
                    return
                self._is_telling = True
            try:
                while self._waiting:
                    self._tell(self._waiting.popleft())
            finally:
                with self._lock:
                    self._is_telling = False
