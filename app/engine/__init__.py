"""One model on one device: arrays in, arrays out; knows no boxes and no text.

Every other file here is one runtime; its name is what the ``engine`` setting finds. A kind offers
``open_session(pack, device, threads, across)``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from app import kinds
from app.engine import _choice
from app.engine._pack import ModelPack
from app.vocabulary import EngineMark

Array = NDArray[np.float32]
T = TypeVar("T")
Input = NDArray[np.float32] | NDArray[np.uint8]

CHOICES = ("auto", "cpu", *(("npu:0",) if find_spec("acl") else ()))
"""What to offer for ``choice`` on this machine; ``npu:N`` is any NPU."""


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


def joined(marks: Sequence[EngineMark]) -> EngineMark:
    """Join the marks of the models of one reader: every runtime and device that has a part in it.

    A fallback of one is told for all.
    """
    told = next((mark for mark in marks if mark.is_fallback), marks[0])
    return EngineMark(
        " + ".join(dict.fromkeys(mark.engine for mark in marks)),
        " + ".join(dict.fromkeys(mark.device for mark in marks)),
        tuple(model for mark in marks for model in mark.models),
        told.note,
        told.is_fallback,
    )


def open_session(
    pack: ModelPack, *, choice: str = "auto", threads: int = 0, across: bool = False
) -> Session:
    """Load a pack on the device that ``choice`` names: ``cpu``, ``npu:N``, or ``auto``.

    ``auto`` takes the NPU if the pack has a model for its very chip, else the CPU; the session's
    mark says why. A device that is named is taken or refused, never replaced.
    ``threads`` 0 takes every core. ``across`` spreads the threads over the batches of ``run_each``
    (many small inputs) instead of within one ``run`` (one large input).
    Raises EngineError if the weights are missing or altered, or the device cannot be used;
    KindError for an unknown choice.
    """
    if choice == "auto":
        return _choice.open_best(pack, threads=threads, across=across)
    runtime, options = _choice.named(choice)
    kind = kinds.load("app.engine", runtime)
    session: Session = kind.open_session(pack, threads=threads, across=across, **options)
    return session
