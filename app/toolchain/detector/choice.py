"""How many channels each group keeps: the least harm for the time that must be saved; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.toolchain.detector.channels import Group

SHARES = (0.75, 0.5, 0.25)
"""Shares of a group's channels for which the harm is measured."""


@dataclass(frozen=True, slots=True)
class Harm:
    """How much the loss rises when a group keeps only a share of its channels."""

    group: str
    at: tuple[float, ...]
    """One number for each of SHARES."""

    def of(self, share: float) -> float:
        """Return the harm of any share: measured, or between measured ones."""
        rising = np.maximum.accumulate(np.maximum(self.at, 0.0))
        return float(np.interp(share, (*reversed(SHARES), 1.0), (*rising[::-1], 0.0)))


def choose(
    groups: Sequence[Group],
    harms: Mapping[str, Harm],
    cost: Callable[[Mapping[str, int]], float],
    budget: float,
    multiple: int,
) -> dict[str, int]:
    """Take channels away, ``multiple`` at a time, where a unit of time saved does the least harm.

    Stops when ``cost`` is within ``budget`` or no group can give any more: below the least of
    SHARES nothing was measured, and a level of the network that is all but gone cannot learn again.
    """
    kept = {group.name: len(group.units) for group in groups}
    sizes = dict(kept)
    now = cost(kept)
    while now > budget:
        best: tuple[float, str, int, float] | None = None
        for name, count in kept.items():
            less = (count - 1) // multiple * multiple
            if less < max(multiple, SHARES[-1] * sizes[name]):
                continue
            then = cost({**kept, name: less})
            size = sizes[name]
            harm = harms[name].of(less / size) - harms[name].of(count / size)
            price = harm / (now - then)
            if best is None or price < best[0]:
                best = price, name, less, then
        if best is None:
            break
        _, name, kept[name], now = best
    return kept
