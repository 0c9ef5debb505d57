"""A bar with the time left on standard error, where that is a terminal; else nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

if TYPE_CHECKING:
    from tqdm import tqdm

FORMAT = "{percentage:3.0f}% |{bar}| {elapsed} < {remaining}"


class Progress:
    """Shows how much of a batch is done."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=1.0, bar_format=FORMAT, file=sys.stderr, leave=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Keep the bar out of the way of what is printed meanwhile."""
        if self._bar is None:
            yield
            return
        with self._bar.external_write_mode(file=sys.stdout):
            yield

    def reach(self, done: float) -> None:
        """Say which share of the batch is done."""
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
