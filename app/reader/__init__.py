"""A frame in, readings out: pre- and post-processing around an engine's sessions, pure arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from app.vocabulary import EngineMark, Frame, Reading


class Reader(ABC):
    """Reads frames with the models of one engine. Opened, used and closed in one thread."""

    mark: EngineMark
    timings_ms: dict[str, float]
    """How long each stage of the last ``read`` took."""

    @abstractmethod
    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        """Return one reading a document, at least one; ``kind`` fixes what is looked for.

        Raises ReadingError if the frame cannot be read, EngineError if the engine failed.
        """

    @abstractmethod
    def close(self) -> None:
        """Release the engine; closing twice is allowed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
