"""A machine-readable line read again: its own alphabet only, and one character a cell of its pitch.

CTC drops fillers out of long runs and admits lower case; but the zone is printed in 37 characters
at fixed pitch (ICAO 9303-3, 4.2 and 4.3), so the gaps tell where fillers of a run were lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.engine import Array
from app.reader._ctc import FAINTEST, MOST, Decoded, Decoder
from app.vocabulary import Alternative

ALPHABET = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHORTEST = 16
"""Characters below which a line is no (part of a) machine-readable line."""
LENGTHS = (30, 36, 44)
"""Characters of a line on TD1, TD2 and MRV-B, TD3 and MRV-A (ICAO 9303-4 to -7)."""
UNEVEN = 0.2
"""Mean distance of the characters from the cells of a pitch, in pitches, above which it is not the
pitch that the line is printed at."""


@dataclass(frozen=True, slots=True)
class _Emission:
    scores: NDArray[np.float32]
    """Of the alphabet's letters."""
    centre: float
    """In time steps."""


def looks_machine_readable(text: str) -> bool:
    """Whether a decoded line may belong to a machine-readable zone."""
    letters = text.replace(" ", "").upper()
    if len(letters) < SHORTEST:
        return False
    known = sum(letter in ALPHABET for letter in letters)
    return known >= 0.9 * len(letters) and ("<<" in letters or letters.count("<") >= 2)


class MrzDecoder:
    """Decodes probabilities within the alphabet of machine-readable zones."""

    def __init__(self, decoder: Decoder) -> None:
        self._columns = decoder.classes(ALPHABET)

    def decode(self, probabilities: Array) -> Decoded:
        """Decode T×classes probabilities of one line; lost fillers come back where gaps show."""
        table = np.stack([probabilities[:, at].sum(axis=1) for at in self._columns], axis=1)
        emissions = _collapse(table / np.maximum(table.sum(axis=1, keepdims=True), 1e-9))
        cells = _cells(emissions)
        characters: list[tuple[Alternative, ...]] = []
        centres: list[float] = []
        for at, emission in enumerate(emissions):
            if at and cells[at] - cells[at - 1] > 1:
                lost = cells[at] - cells[at - 1] - 1
                start = emissions[at - 1].centre
                step = (emission.centre - start) / (lost + 1)
                characters += [(Alternative("<", 0.5),)] * lost
                centres += [start + step * (k + 1) for k in range(lost)]
            characters.append(_alternatives(emission.scores))
            centres.append(emission.centre)
        return Decoded(
            text="".join(choices[0].text for choices in characters),
            score=float(np.mean([c[0].score for c in characters])) if characters else 0.0,
            alternatives=tuple(characters),
            centres=tuple(centre / len(probabilities) for centre in centres),
        )


def _collapse(table: Array) -> list[_Emission]:
    best = table.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return [
        _Emission(table[start:end, 1:].max(axis=0), float(start + end) / 2)
        for start, end in pairwise(edges)
        if best[start]
    ]


def _cells(emissions: list[_Emission]) -> list[int]:
    """Number the cell of each character; 0, 1, 2 … unless the gaps show where fillers were lost."""
    count = len(emissions)
    plain = list(range(count))
    if count < SHORTEST or count in LENGTHS:
        return plain
    centres = np.array([emission.centre for emission in emissions])
    for length in (length for length in LENGTHS if length > count):
        pitch = (centres[-1] - centres[0]) / (length - 1)
        at = (centres - centres[0]) / pitch
        cells = np.round(at).astype(int)
        gaps = np.flatnonzero(np.diff(cells) > 1)
        is_filler = [int(emission.scores.argmax()) == 0 for emission in emissions]
        if (
            np.diff(cells).min() == 1
            and np.abs(at - cells).mean() < UNEVEN
            and all(is_filler[gap] or is_filler[gap + 1] for gap in gaps)
        ):
            return [int(cell) for cell in cells]
    return plain


def _alternatives(scores: NDArray[np.float32]) -> tuple[Alternative, ...]:
    order = np.argsort(-scores)[:MOST]
    kept = [at for at in order if scores[at] > FAINTEST] or [order[0]]
    return tuple(Alternative(ALPHABET[at], float(scores[at])) for at in kept)
