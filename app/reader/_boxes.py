"""From a detector's output to boxes on the frame: scores, distributions, suppression; pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

CANDIDATES = 400
"""Most boxes of one label, the most probable first, that one output gives."""
MOST = 2000
"""Most boxes of one label that are compared with each other: twice what a recipe may tolerate."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How a detector's output is laid out: [labels + 4 × bins, positions], logits, one level."""

    labels: int
    bins: int
    stride: int
    width: int
    """Of the network's input, in pixels."""
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Boxes of one picture, the most probable first."""

    boxes: Floats
    """N×4: x1 y1 x2 y2."""
    scores: Floats
    labels: Places

    def __len__(self) -> int:
        return len(self.scores)

    def take(self, kept: Places) -> Found:
        """Return some of them, in this order."""
        return Found(self.boxes[kept], self.scores[kept], self.labels[kept])


def decode(output: Floats, grid: Grid, threshold: float) -> Found:
    """Return every box whose score reaches ``threshold``, in pixels of the network's input."""
    logits = output[: grid.labels]
    passing = np.flatnonzero(logits >= np.log(threshold / (1 - threshold)))
    labels, places = np.divmod(passing, logits.shape[1])
    values = logits[labels, places]
    order = _strongest(values, labels, CANDIDATES)
    labels, places = labels[order], places[order]
    sides = _sides(output[grid.labels :, places], grid.bins) * np.float32(grid.stride)
    row, column = np.divmod(places, grid.width // grid.stride)
    centre = (np.stack([column, row], axis=1).astype(np.float32) + 0.5) * grid.stride
    limit = np.array([grid.width, grid.height] * 2, np.float32)
    boxes = np.concatenate([centre - sides[:, :2], centre + sides[:, 2:]], axis=1)
    return Found(
        np.clip(boxes, 0, limit).astype(np.float32),
        (1 / (1 + np.exp(-values[order]))).astype(np.float32),
        labels,
    )


def _strongest(values: Floats, labels: Places, most: int) -> Places:
    """Return the places of the highest values, at most so many a label, the highest first."""
    order: Places = np.argsort(-values, kind="stable")
    if len(order) <= most:
        return order
    ranked = labels[order]
    kept = [np.nonzero(ranked == label)[0][:most] for label in np.unique(ranked)]
    return order[np.sort(np.concatenate(kept))]


def _sides(distributions: Floats, bins: int) -> Floats:
    """Return left, top, right and bottom, in strides: the mean of each side's distribution."""
    spread = distributions.reshape(4, bins, -1)
    weights = np.exp(spread - spread.max(axis=1, keepdims=True))
    steps = np.arange(bins, dtype=np.float32)[None, :, None]
    sides: Floats = ((weights * steps).sum(axis=1) / weights.sum(axis=1)).T.astype(np.float32)
    return sides


def suppress(found: Found, overlap: float) -> Found:
    """Keep of boxes of one label that overlap by more than ``overlap`` (IoU) the best one."""
    alive = np.zeros(len(found), bool)
    for label in np.unique(found.labels):
        mine = np.nonzero(found.labels == label)[0][:MOST]
        rivals = np.triu(iou(found.boxes[mine], found.boxes[mine]) > overlap, 1)
        kept = np.ones(len(mine), bool)
        for place in np.nonzero(rivals.any(axis=1))[0]:
            if kept[place]:
                kept &= ~rivals[place]
        alive[mine[kept]] = True
    return found.take(np.nonzero(alive)[0])


def iou(some: Floats, others: Floats) -> Floats:
    """Return the intersection over union of every box with every other."""
    wide, high = (np.maximum(side, 0) for side in shared_sides(some, others))
    shared = wide * high
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (some, others)]
    union = areas[0][:, None] + areas[1][None] - shared
    return np.asarray(shared / np.maximum(union, 1e-9), np.float32)


def shared_sides(some: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return how much of x and of y every box shares with every other; a gap is negative."""
    return _shared(some, others, 0), _shared(some, others, 1)


def _shared(some: Floats, others: Floats, axis: int) -> Floats:
    low = np.maximum(some[:, None, axis], others[None, :, axis])
    return np.asarray(np.minimum(some[:, None, axis + 2], others[None, :, axis + 2]) - low)


def to_frame(found: Found, scale: float, width: int, height: int) -> Found:
    """Move boxes from the network's input, which showed the frame times ``scale``, to the frame."""
    limit = np.array([width, height, width, height], np.float32)
    boxes = np.clip(found.boxes / np.float32(scale), 0, limit)
    return Found(boxes, found.scores, found.labels)
