"""Shapes a model was compiled for: which one a batch goes into, and what of its output counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Shape = tuple[int, ...]

_FOLLOWS: Mapping[str, Mapping[int, int]] = {
    "text-detection": {2: 2, 3: 3},
    "text-recognition": {1: 3},
}
"""Which axis of the output grows with which axis of the input; behind a padded input it is cut."""


@dataclass(frozen=True, slots=True)
class Gear:
    """One shape of the input, as the reader knows it: N×C×H×W."""

    shape: Shape
    value: Shape
    """What the runtime calls it: (batch,), (height, width), or every dimension; () if fixed."""


def gear_for(gears: Sequence[Gear], shape: Shape, task: str) -> Gear | None:
    """Return the smallest gear that holds a batch, or None.

    A model whose output does not grow with its input is never given a padded one.
    """
    fitting = [gear for gear in gears if _holds(gear.shape, shape, task)]
    return min(fitting, key=lambda gear: math.prod(gear.shape), default=None)


def counted(output: Shape, gear: Shape, shape: Shape, task: str) -> tuple[slice, ...]:
    """Say what of a gear's output belongs to a batch of ``shape``."""
    follows = {0: 0, **_FOLLOWS.get(task, {})}
    return tuple(
        slice(-(-size * shape[follows[axis]] // gear[follows[axis]]))
        if axis in follows
        else slice(None)
        for axis, size in enumerate(output)
    )


def _holds(gear: Shape, shape: Shape, task: str) -> bool:
    if len(gear) != len(shape) or gear[1] != shape[1]:
        return False
    if task not in _FOLLOWS and gear[2:] != shape[2:]:
        return False
    return all(large >= small for large, small in zip(gear, shape, strict=True))
