"""Distillation: the pruned network learns from the unpruned one beside the boxes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import paddle
from paddle.nn import functional

from app.toolchain.detector import _weights

WEIGHT_CLASS = 1.0
WEIGHT_BOX = 0.5


class Teacher:
    """A frozen network and how far another is from it."""

    def __init__(self, weights: Path) -> None:
        self._network = _weights.load(weights)
        self._network.eval()

    def loss(self, pictures: Any, maps: tuple[Any, Any]) -> Any:
        """Return the distance of the maps from the teacher's, weighted by how sure it is."""
        with paddle.no_grad():
            logits, distributions = self._network.maps(pictures)
            sure = functional.sigmoid(logits)
            weight = sure.max(axis=1)
            scale = weight.sum().clip(min=1.0)
        mine = functional.sigmoid(maps[0])
        gap = functional.binary_cross_entropy_with_logits(maps[0], sure, reduction="none")
        classes = (gap * (mine - sure).abs().pow(2)).sum() / scale
        bins = self._network.design.bins
        theirs = functional.softmax(_by_side(distributions, bins), axis=2)
        ours = functional.log_softmax(_by_side(maps[1], bins), axis=2)
        divergence = -(theirs * ours).sum(axis=2).mean(axis=1)
        boxes = (divergence * weight.flatten(1)).sum() / scale
        return WEIGHT_CLASS * classes + WEIGHT_BOX * boxes


def _by_side(distributions: Any, bins: int) -> Any:
    count = distributions.shape[0]
    return distributions.reshape([count, 4, bins, -1])
