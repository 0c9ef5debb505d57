"""One frame all the way to its verdict, timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from app.errors import AppError
from app.reader import Reader
from app.vocabulary import (
    Decision,
    EngineMark,
    Frame,
    Inspection,
    Reading,
    Reason,
    RecipeMark,
    Verdict,
)

Judge = Callable[[Reading], Verdict]
"""Turns a reading into a verdict; pure but for the day of the calendar."""


class Inspector:
    """Reads and judges frames. Made, used and closed in one thread."""

    recipe: RecipeMark | None = None
    """What parts are judged by; None for documents."""

    def __init__(self, reader: Reader, judge: Judge, recipe: RecipeMark | None = None) -> None:
        """Take what reads, what judges, and for parts the recipe that both follow."""
        self.failure: AppError | None = None
        """Why the last frame could not be read; after an EngineError a new inspector is due."""
        self.recipe = recipe
        self._reader = reader
        self._judge = judge

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def inspect(self, frame: Frame, kind: str | None = None) -> tuple[Inspection, ...]:
        """Return one inspection a document or part, at least one; a failure gives a REVIEW."""
        self.failure = None
        started = time.perf_counter()
        try:
            readings = self._reader.read(frame, kind)
            read = time.perf_counter()
            verdicts = [self._judge(reading) for reading in readings]
        except AppError as error:
            self.failure = error
            return (unread(frame, error, self._reader.mark, self.recipe),)
        judged = time.perf_counter()
        timings = self._reader.timings_ms | {
            "judge": (judged - read) * 1e3,
            "total": (judged - started) * 1e3,
        }
        return tuple(
            Inspection(frame, reading, verdict, self._reader.mark, timings, self.recipe)
            for reading, verdict in zip(readings, verdicts, strict=True)
        )

    def close(self) -> None:
        """Release the engine; closing twice is allowed."""
        self._reader.close()


def unread(
    frame: Frame, error: AppError, mark: EngineMark, recipe: RecipeMark | None = None
) -> Inspection:
    """Return the REVIEW of a frame that could not be read: nothing read, the sentence as reason."""
    verdict = Verdict(Decision.REVIEW, (Reason(error.code, error.what),))
    return Inspection(frame, Reading(), verdict, mark, recipe=recipe)


def was_read(inspection: Inspection) -> bool:
    """Say whether the frame could be read at all, however doubtful what stands on it."""
    return "total" in inspection.timings_ms
