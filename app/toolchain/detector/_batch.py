"""Crops and pictures as paddle tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import paddle

from app.toolchain.detector._crops import Crop
from app.toolchain.detector.samples import Picture


def pictures(several: Sequence[Picture]) -> Any:
    """Return N×C×H×W, 0 to 1."""
    stacked = np.stack(several)
    planes = stacked[:, None] if stacked.ndim == 3 else stacked.transpose(0, 3, 1, 2)
    return paddle.to_tensor(planes.astype(np.float32) / 255)


def truth(crops: Sequence[Crop]) -> dict[str, Any]:
    """Return the boxes as PaddleDetection's losses want them, padded to the longest list."""
    longest = max(1, *(len(crop.boxes) for crop in crops))
    boxes = np.zeros((len(crops), longest, 4), np.float32)
    labels = np.zeros((len(crops), longest, 1), np.int64)
    mask = np.zeros((len(crops), longest, 1), np.float32)
    for place, crop in enumerate(crops):
        count = len(crop.boxes)
        boxes[place, :count], labels[place, :count, 0] = crop.boxes, crop.labels
        mask[place, :count] = 1
    return {
        "gt_class": paddle.to_tensor(labels),
        "gt_bbox": paddle.to_tensor(boxes),
        "pad_gt_mask": paddle.to_tensor(mask),
    }
