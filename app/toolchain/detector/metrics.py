"""How good a detector is: average precision, curves, confusion with the background; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.reader._boxes import Found, iou
from app.toolchain.detector.samples import Boxes, Labels

DEEPPCB_OVERLAP = 0.33
"""IoU from which DeepPCB's authors count a detection as right."""
COCO_OVERLAPS = tuple(np.arange(0.5, 1.0, 0.05).round(2).tolist())
"""COCO averages over these."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was found on one picture, and what is there."""

    found: Found
    boxes: Boxes
    labels: Labels


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Precision and recall of one class, one point a detection, the most probable first."""

    scores: Numbers
    precision: Numbers
    recall: Numbers

    @property
    def average_precision(self) -> float:
        """Area under the curve, precision made to fall monotonically (as VOC and DeepPCB do)."""
        if not len(self.recall):
            return 0.0
        envelope = np.maximum.accumulate(self.precision[::-1])[::-1]
        return float((np.diff(self.recall, prepend=0.0) * envelope).sum())

    @property
    def coco_precision(self) -> float:
        """COCO's average precision: the envelope at 101 recalls."""
        if not len(self.recall):
            return 0.0
        envelope = np.maximum.accumulate(self.precision[::-1])[::-1]
        places = np.searchsorted(self.recall, np.linspace(0, 1, 101), side="left")
        return float(np.append(envelope, 0.0)[places].mean())


def curve(pictures: Sequence[Seen], label: int, overlap: float) -> Curve:
    """Return the curve of one class; a box counts once, the rest are false."""
    scores, right, total = [], [], 0
    for seen in pictures:
        truth = seen.boxes[seen.labels == label]
        total += len(truth)
        found = seen.found.take(np.nonzero(seen.found.labels == label)[0])
        right.append(_matches(found, truth, overlap) >= 0)
        scores.append(found.scores)
    if total == 0:
        return Curve(np.empty(0), np.empty(0), np.empty(0))
    every = np.concatenate(scores)
    order = np.argsort(-every, kind="stable")
    hits = np.cumsum(np.concatenate(right)[order])
    return Curve(every[order].astype(float), hits / np.arange(1, len(hits) + 1), hits / total)


def _matches(found: Found, truth: Boxes, overlap: float) -> NDArray[np.intp]:
    """Return for each detection the place of the box it is, or -1."""
    ious = iou(found.boxes, truth)
    matched = np.full(len(found), -1, np.intp)
    for place in range(len(found) if len(truth) else 0):
        best = int(ious[place].argmax())
        if ious[place, best] >= overlap:
            matched[place] = best
            ious[:, best] = -1
    return matched


def average_precisions(
    pictures: Sequence[Seen], labels: int, overlap: float = DEEPPCB_OVERLAP
) -> list[float]:
    """Return the average precision of each class."""
    return [curve(pictures, label, overlap).average_precision for label in range(labels)]


def coco_average(pictures: Sequence[Seen], label: int) -> float:
    """Return COCO's mAP (IoU 0.50 to 0.95) of one class."""
    return float(np.mean([curve(pictures, label, o).coco_precision for o in COCO_OVERLAPS]))


def confusion(
    pictures: Sequence[Seen], labels: int, threshold: float, overlap: float = DEEPPCB_OVERLAP
) -> NDArray[np.int64]:
    """Count what (row) was taken for what (column); the last of each is the background."""
    table = np.zeros((labels + 1, labels + 1), np.int64)
    for seen in pictures:
        found = seen.found.take(np.nonzero(seen.found.scores >= threshold)[0])
        matched = _matches(found, seen.boxes, overlap)
        for place, label in zip(matched, found.labels, strict=True):
            table[seen.labels[place] if place >= 0 else labels, label] += 1
        missed = np.setdiff1d(np.arange(len(seen.boxes)), matched)
        table[:, labels] += np.bincount(seen.labels[missed], minlength=labels + 1)
    return table
