"""Which channels of a network can only leave together, and what they cost; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]
Place = tuple[str, int]
"""A layer's name and one of its channels."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one output channel of a convolution goes."""

    source: Place
    readers: frozenset[Place]
    """Input channels of convolutions, and channels of layers that work channel by channel."""
    leaves: bool
    """It reaches the network's output, so it must stay."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Channels that must leave together: every maker and every reader of one value."""

    makers: tuple[Place, ...]
    readers: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of the same makers; some of them may leave."""

    makers: tuple[str, ...]
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        """Return the first maker's name."""
        return self.makers[0]


@dataclass(frozen=True, slots=True)
class Work:
    """What a convolution costs for each pair of channels, and for each channel it writes."""

    taps: int
    positions: int


WRITE = 12
"""Writing one number costs about as much time as this many multiplications."""


def groups(reaches: Iterable[Reach]) -> tuple[Group, ...]:
    """Join what is added or multiplied together, and leave out what must stay."""
    reaches = tuple(reaches)
    family = _joined(reaches)
    makers: dict[Place, list[Place]] = {}
    readers: dict[Place, set[Place]] = {}
    fixed = set()
    for reach in reaches:
        root = family[reach.source]
        makers.setdefault(root, []).append(reach.source)
        readers.setdefault(root, set()).update(reach.readers)
        if reach.leaves:
            fixed.add(root)
    found: dict[tuple[str, ...], list[Unit]] = {}
    for root, places in makers.items():
        if root not in fixed:
            names = tuple(sorted({name for name, _ in places}))
            unit = Unit(tuple(sorted(places)), tuple(sorted(readers[root])))
            found.setdefault(names, []).append(unit)
    return tuple(Group(names, tuple(units)) for names, units in sorted(found.items()))


def _joined(reaches: Sequence[Reach]) -> dict[Place, Place]:
    parent: dict[tuple[str, Place], tuple[str, Place]] = {}

    def root(node: tuple[str, Place]) -> tuple[str, Place]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for reach in reaches:
        for reader in reach.readers:
            parent[root(("reader", reader))] = root(("maker", reach.source))
    return {reach.source: root(("maker", reach.source))[1] for reach in reaches}


def cost(
    works: Mapping[str, Work],
    widths: Mapping[str, tuple[int, int]],
    group_list: Sequence[Group],
    kept: Mapping[str, int],
) -> float:
    """Return multiplications, and writes counted as such, with ``kept`` units a group.

    ``widths`` holds the input and output channels of each convolution before anything leaves.
    """
    inputs = {name: width[0] for name, width in widths.items()}
    outputs = {name: width[1] for name, width in widths.items()}
    for group in group_list:
        gone = len(group.units) - kept[group.name]
        for name, _ in group.units[0].makers:
            outputs[name] -= gone
        for name, _ in group.units[0].readers:
            if name in inputs:
                inputs[name] -= gone
    return sum(
        work.positions * outputs[name] * (work.taps * inputs[name] + WRITE)
        for name, work in works.items()
    )


def without(arrays: Mapping[str, Values], gone: Iterable[Unit]) -> dict[str, Values]:
    """Return the weights of a network, by name, with these units really removed."""
    outputs: dict[str, set[int]] = {}
    inputs: dict[str, set[int]] = {}
    for unit in gone:
        for names, places in ((outputs, unit.makers), (inputs, unit.readers)):
            for name, channel in places:
                names.setdefault(name, set()).add(channel)
    left = {}
    for key, value in arrays.items():
        name, _, part = key.rpartition(".")
        filters = arrays.get(f"{name}.weight")
        if filters is None or filters.ndim != 4:  # a normalisation: one number a channel
            cuts = [(0, inputs)]
        elif part == "bias":
            cuts = [(0, outputs)]
        else:
            cuts = [(0, outputs), (1, inputs)]
        for axis, names in cuts:
            value = np.delete(value, sorted(names.get(name, ())), axis=axis)
        left[key] = value
    return left
