"""How well weights of any shape do on the same few crops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import paddle

from app.toolchain.detector import _batch, _weights
from app.toolchain.detector._crops import cut_batch
from app.toolchain.detector._network import Detector, Loss
from app.toolchain.detector.design import Design
from app.toolchain.detector.samples import Sample

BATCH = 8


class Trial:
    """Crops of training boards, drawn once."""

    def __init__(self, samples: Sequence[Sample], design: Design, crops: int, size: int) -> None:
        dice = np.random.default_rng(0)
        self._design = design
        self._loss = Loss(design)
        self._batches = []
        for first in range(0, crops, BATCH):
            count = min(BATCH, crops - first)
            batch = cut_batch(samples, count, size, design.channels, dice)
            pictures = _batch.pictures([crop.picture for crop in batch])
            self._batches.append((pictures, _batch.truth(batch)))

    def loss(self, arrays: _weights.Arrays) -> float:
        """Return the mean loss of a network with these weights."""
        network = Detector(self._design)
        _weights.fit(network, arrays)
        network.eval()
        with paddle.no_grad():
            losses = [
                float(self._loss(network.maps(pictures), truth)["loss"])
                for pictures, truth in self._batches
            ]
        return float(np.mean(losses))
