"""From a detector's output to boxes on the frame: scores, distributions, suppression; pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

CANDIDATES = 400
"""Most boxes, the most probable first, that go into suppression."""


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
    labels, places = np.nonzero(logits >= np.log(threshold / (1 - threshold)))
    values = logits[labels, places]
    order = np.argsort(-values, kind="stable")[:CANDIDATES]
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


def _sides(distributions: Floats, bins: int) -> Floats:
    """Return left, top, right and bottom, in strides: the mean of each side's distribution."""
    spread = distributions.reshape(4, bins, -1)
    weights = np.exp(spread - spread.max(axis=1, keepdims=True))
    steps = np.arange(bins, dtype=np.float32)[None, :, None]
    sides: Floats = ((weights * steps).sum(axis=1) / weights.sum(axis=1)).T.astype(np.float32)
    return sides


def suppress(found: Found, overlap: float) -> Found:
    """Keep of boxes of one label that overlap by more than ``overlap`` (IoU) the best one."""
    ious = iou(found.boxes, found.boxes)
    rivals = (ious > overlap) & (found.labels[:, None] == found.labels)
    alive = np.ones(len(found), bool)
    for place in range(len(found)):
        if alive[place]:
            alive[place + 1 :] &= ~rivals[place, place + 1 :]
    return found.take(np.nonzero(alive)[0])


def iou(some: Floats, others: Floats) -> Floats:
    """Return the intersection over union of every box with every other."""
    left_top = np.maximum(some[:, None, :2], others[None, :, :2])
    right_bottom = np.minimum(some[:, None, 2:], others[None, :, 2:])
    shared = np.prod(np.clip(right_bottom - left_top, 0, None), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (some, others)]
    union = areas[0][:, None] + areas[1][None] - shared
    return np.asarray(shared / np.maximum(union, 1e-9), np.float32)


def to_frame(found: Found, scale: float, width: int, height: int) -> Found:
    """Move boxes from the network's input, which showed the frame times ``scale``, to the frame."""
    limit = np.array([width, height, width, height], np.float32)
    boxes = np.clip(found.boxes / np.float32(scale), 0, limit)
    return Found(boxes, found.scores, found.labels)
