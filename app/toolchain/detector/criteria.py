"""Which filters a layer can best do without: the criteria of PaddleSlim, in numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

CRITERIA = ("fpgm", "l1")


def importance(filters: Numbers, criterion: str) -> Numbers:
    """Return one number a filter (the first axis), 1 on average; the least go first.

    ``fpgm``: the sum of distances to the other filters (He et al., CVPR 2019): what lies near the
    geometric median can be said by the others. ``l1``: the sum of magnitudes (Li et al., 2017).
    """
    flat = filters.reshape(len(filters), -1).astype(np.float64)
    if criterion == "fpgm":
        squares = (flat**2).sum(axis=1)
        distances = squares[:, None] + squares[None] - 2 * flat @ flat.T
        raw = np.sqrt(np.clip(distances, 0, None)).sum(axis=1)
    else:
        raw = np.abs(flat).sum(axis=1)
    return np.asarray(raw / max(float(raw.mean()), 1e-12), np.float32)
