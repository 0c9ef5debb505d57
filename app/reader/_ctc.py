"""CTC decoding that keeps, for every character, what else it might have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.engine import Array
from app.vocabulary import Alternative, Alternatives

FAINTEST = 0.002
"""Alternatives below this probability are not kept."""
MOST = 6
"""Alternatives kept for one character."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: 0xA5, 0x3000: 0x20}
_LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ", "ABEZHIKMNOPTYXABEKMHOPCTX")
_FOLDED = _FULL_WIDTH | _LOOK_ALIKES


@dataclass(frozen=True, slots=True)
class Decoded:
    """One line as decoded; positions run from 0 at the left of the picture to 1 at its right."""

    text: str
    score: float
    alternatives: Alternatives
    centres: tuple[float, ...]


class Decoder:
    """Knows the classes of a recogniser; classes that look the same on paper count as one.

    Full-width forms are their ASCII twins; Greek and Cyrillic capitals shaped like Latin ones are
    Latin: none of our documents has a value in those scripts.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        """``labels`` are the classes behind the blank; the space comes behind them."""
        shown = ["", *(label.translate(_FOLDED) for label in labels), " "]
        first: dict[str, int] = {}
        for number, label in enumerate(shown):
            first.setdefault(label, number)
        self._labels = shown
        self._twin: NDArray[np.int64] = np.array([first[label] for label in shown])

    def classes(self, alphabet: str) -> list[NDArray[np.int64]]:
        """Return the classes of the blank, then those of each letter in either case."""
        shown = [label.upper() for label in self._labels]
        return [
            np.array([number for number, label in enumerate(shown) if label == letter])
            for letter in ("", *alphabet)
        ]

    def decode(self, probabilities: Array) -> Decoded:
        """Decode T×classes probabilities of one line."""
        steps = len(probabilities)
        best = self._twin[probabilities.argmax(axis=1)]
        edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
        characters: list[tuple[Alternative, ...]] = []
        centres: list[float] = []
        for start, end in pairwise(edges):
            if best[start] == 0:
                continue
            span = probabilities[start:end]
            characters.append(self._alternatives(span.max(axis=0) if end - start > 1 else span[0]))
            centres.append(float(start + end) / 2 / steps)
        return Decoded(
            text="".join(choices[0].text for choices in characters),
            score=float(np.mean([choices[0].score for choices in characters]))
            if characters
            else 0.0,
            alternatives=tuple(characters),
            centres=tuple(centres),
        )

    def _alternatives(self, row: Array) -> tuple[Alternative, ...]:
        summed: dict[int, float] = {}
        for number in np.flatnonzero(row > FAINTEST):
            twin = int(self._twin[number])
            summed[twin] = summed.get(twin, 0.0) + float(row[number])
        summed.pop(0, None)
        ranked = sorted(summed.items(), key=lambda entry: -entry[1])[:MOST]
        return tuple(Alternative(self._labels[n], min(p, 1.0)) for n, p in ranked)
