"""All chance of a specimen comes from one seed, so the same seed gives the same picture."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """A seeded source of choices; ``noise`` is the generator behind it, for whole arrays."""

    def __init__(self, *seed: object) -> None:
        """Mix any values that have a stable ``str`` into one seed."""
        digest = hashlib.sha256("/".join(map(str, seed)).encode()).digest()
        self.noise = np.random.default_rng(int.from_bytes(digest[:8], "big"))

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return int(self.noise.integers(low, high + 1))

    def real(self, low: float, high: float) -> float:
        """Return a number between ``low`` and ``high``."""
        return float(self.noise.uniform(low, high))

    def chance(self, probability: float) -> bool:
        """Return True so often."""
        return bool(self.noise.random() < probability)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely as the others."""
        return options[int(self.noise.integers(len(options)))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different options in any order."""
        order = self.noise.permutation(len(options))[:count]
        return [options[int(place)] for place in order]

    def digits(self, count: int) -> str:
        """Return a string of decimal digits."""
        return "".join(str(digit) for digit in self.noise.integers(0, 10, count))

    def day(self, first: date, last: date) -> date:
        """Return a date between two, both included."""
        return first + timedelta(days=self.whole(0, (last - first).days))

    def seed(self) -> int:
        """Return a seed for further dice, so that drawing twice draws the same."""
        return int(self.noise.integers(2**62))

    def shade(self, low: int, high: int) -> tuple[int, int, int]:
        """Return a colour whose three parts lie between ``low`` and ``high``."""
        red, green, blue = (int(part) for part in self.noise.integers(low, high + 1, 3))
        return red, green, blue
