"""One model on one device: arrays in, arrays out; knows no boxes and no text.

Every other file here is one runtime; its name is what the ``engine`` setting finds. A kind offers
``open_session(pack, device, threads, across)``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from app import kinds
from app.engine._pack import ModelPack
from app.errors import KindError
from app.vocabulary import EngineMark

Array = NDArray[np.float32]
T = TypeVar("T")
Input = NDArray[np.float32] | NDArray[np.uint8]

CHOICES = ("auto", "cpu")
"""What ``open_session`` takes for ``choice``; devices of other engines add theirs."""


class Session(ABC):
    """One loaded model. Whoever opens it uses and closes it in the same thread."""

    mark: EngineMark
    """Runtime, device and hash of the weights that really run."""

    @abstractmethod
    def run(self, batch: Input) -> Array:
        """Return the model's first output for one batch, whose layout the pack names.

        Raises EngineError if the device or the model fails.
        """

    @abstractmethod
    def run_each(self, jobs: Sequence[Callable[[], Input]], take: Callable[[Array], T]) -> list[T]:
        """Make, run and take batches of any widths, as many at once as the device has room for.

        What ``take`` made of each output comes back in the order of the jobs. Jobs and ``take``
        may run in several threads at once.
        """

    @abstractmethod
    def close(self) -> None:
        """Release the device; closing twice is allowed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_session(
    pack: ModelPack, *, choice: str = "auto", threads: int = 0, across: bool = False
) -> Session:
    """Load a pack on the device that ``choice`` names.

    ``threads`` 0 takes every core. ``across`` spreads the threads over the batches of ``run_each``
    (many small inputs) instead of within one ``run`` (one large input).
    Raises EngineError if the weights are missing or altered, KindError for an unknown choice.
    """
    if choice not in CHOICES:
        raise KindError(
            "There is no engine “{choice}”.",
            "Choose one of: {known}.",
            "engine-unknown",
            choice=choice,
            known=", ".join(CHOICES),
        )
    runtime = kinds.load("app.engine", "onnx")
    session: Session = runtime.open_session(pack, threads=threads, across=across)
    return session
