"""What the network is shown: crops around defects at full resolution, turned, mirrored, resized."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.toolchain.detector.samples import Boxes, Labels, Picture, Sample, read_picture

VISIBLE = 0.4
"""A box cut by the crop's edge stays a box if this share of it is left."""
MENDED = 0.25
"""How often a defect is replaced by the same place of the defect-free template."""
MARGIN = 6
"""Pixels around a box that are replaced with it."""
SCALES = (0.7, 1.4)
"""Boards come with wider and narrower tracks than those of the training set."""
THICKENED = 0.3
"""How often copper is made a pixel wider or narrower on each side: other etching, other light."""
EDGED = 0.15
"""How often a board ends inside the crop, on a belt or a table."""
BELT = (40, 215)
"""Grey levels beside a board."""
DEEPEST = 0.4
"""Most of a crop's side that lies beside the board."""
INVERTED = 0.4
"""How often black and white change places where every kind of defect then is another known one."""
UNLABELLED = 0.1
"""How often a crop stands anywhere instead of around a defect."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One training picture."""

    picture: Picture
    boxes: Boxes
    labels: Labels


def cut(sample: Sample, size: int, channels: str, dice: np.random.Generator) -> Crop:
    """Cut a square of ``size`` pixels out of a sample, varied as ``dice`` falls."""
    picture, boxes, labels = sample.picture(channels), sample.boxes, sample.labels
    if sample.template is not None and len(boxes):
        picture, kept = _mend(picture, boxes, read_picture(sample.template, channels), dice)
        boxes, labels = boxes[kept], labels[kept]
    scale = float(np.exp(dice.uniform(*np.log(SCALES)))) if dice.random() < 0.6 else 1.0
    side = round(size / scale)
    left, top = _corner(picture.shape[:2], boxes, side, dice)
    picture = _window(picture, left, top, side)
    boxes = boxes - np.array([left, top, left, top], np.float32)
    boxes, labels = _clip(boxes, labels, side)
    if side != size:
        way = cv2.INTER_AREA if side > size else cv2.INTER_LINEAR
        picture = np.asarray(cv2.resize(picture, (size, size), interpolation=way), np.uint8)
        boxes = boxes * np.float32(size / side)
    if dice.random() < THICKENED:
        change = cv2.dilate if dice.random() < 0.5 else cv2.erode
        picture = np.asarray(change(picture, np.ones((3, 3), np.uint8)), np.uint8)
    crop = Crop(picture, boxes, labels)
    if dice.random() < EDGED:
        crop = _edged(crop, size, dice)
    return _turn(crop, size, int(dice.integers(8)))


def cut_batch(
    samples: Sequence[Sample], count: int, size: int, channels: str, dice: np.random.Generator
) -> list[Crop]:
    """Cut ``count`` crops out of samples drawn at random."""
    return [
        cut(samples[int(dice.integers(len(samples)))], size, channels, dice) for _ in range(count)
    ]


def invert(crops: Sequence[Crop], opposite: Labels, dice: np.random.Generator) -> list[Crop]:
    """Turn some crops into their negatives; ``opposite`` names what each label then is.

    The gap in a dark track is a bridge between dark grounds once dark and bright change places:
    boards of thin gaps in wide copper are learnt from boards of thin tracks, and the other way.
    """
    return [
        Crop(255 - crop.picture, crop.boxes, opposite[crop.labels])
        if dice.random() < INVERTED
        else crop
        for crop in crops
    ]


def _mend(
    picture: Picture, boxes: Boxes, template: Picture, dice: np.random.Generator
) -> tuple[Picture, np.ndarray]:
    kept = dice.random(len(boxes)) >= MENDED
    if kept.all() or template.shape != picture.shape:
        return picture, np.ones(len(boxes), bool)
    mended = picture.copy()
    for x1, y1, x2, y2 in boxes[~kept].astype(int):
        rows = slice(max(y1 - MARGIN, 0), y2 + MARGIN)
        columns = slice(max(x1 - MARGIN, 0), x2 + MARGIN)
        mended[rows, columns] = template[rows, columns]
    for x1, y1, x2, y2 in boxes[kept].astype(int):
        mended[max(y1, 0) : y2, max(x1, 0) : x2] = picture[max(y1, 0) : y2, max(x1, 0) : x2]
    return mended, kept


def _corner(
    shape: Sequence[int], boxes: Boxes, side: int, dice: np.random.Generator
) -> tuple[int, int]:
    height, width = shape[:2]
    if len(boxes) == 0 or dice.random() < UNLABELLED:
        left, top = dice.uniform(0, max(width - side, 0)), dice.uniform(0, max(height - side, 0))
    else:
        x1, y1, x2, y2 = boxes[dice.integers(len(boxes))]
        left = (x1 + x2) / 2 - side * dice.uniform(0.1, 0.9)
        top = (y1 + y2) / 2 - side * dice.uniform(0.1, 0.9)
    return (
        int(np.clip(left, min(0, width - side), max(width - side, 0))),
        int(np.clip(top, min(0, height - side), max(height - side, 0))),
    )


def _window(picture: Picture, left: int, top: int, side: int) -> Picture:
    height, width = picture.shape[:2]
    cut_out = picture[max(top, 0) : top + side, max(left, 0) : left + side]
    above, before = max(-top, 0), max(-left, 0)
    below, after = max(top + side - height, 0), max(left + side - width, 0)
    if not any((above, below, before, after)):
        return cut_out
    padded = cv2.copyMakeBorder(cut_out, above, below, before, after, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(padded, np.uint8)


def _clip(
    boxes: Boxes, labels: Labels, height: int, width: int | None = None
) -> tuple[Boxes, Labels]:
    limit = np.array([width or height, height] * 2, np.float32)
    clipped = np.clip(boxes, 0, limit)
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    left = np.prod(clipped[:, 2:] - clipped[:, :2], axis=1)
    kept = left > VISIBLE * area
    return clipped[kept], labels[kept]


def _edged(crop: Crop, size: int, dice: np.random.Generator) -> Crop:
    """Let the board end before the crop's right side; what lies beyond is grey and uneven."""
    end = size - int(size * dice.uniform(0.03, DEEPEST))
    boxes, labels = _clip(crop.boxes, crop.labels, size, end)
    picture = crop.picture.copy()
    beside = picture[:, end:]
    grain = cv2.blur(dice.normal(0, 40, beside.shape[:2]), (9, 3)) + dice.uniform(*BELT)
    if beside.ndim == 3:
        grain = grain[:, :, None]
    beside[:] = np.clip(grain, 0, 255).astype(np.uint8)
    return Crop(picture, boxes, labels)


def _turn(crop: Crop, size: int, way: int) -> Crop:
    picture, boxes = crop.picture, crop.boxes
    if way & 1:
        picture, boxes = picture[:, ::-1], _mirrored(boxes, size, 0)
    if way & 2:
        picture, boxes = picture[::-1], _mirrored(boxes, size, 1)
    if way & 4:
        picture = picture.swapaxes(0, 1)
        boxes = boxes[:, [1, 0, 3, 2]]
    return Crop(np.ascontiguousarray(picture), boxes, crop.labels)


def _mirrored(boxes: Boxes, size: int, axis: int) -> Boxes:
    mirrored = boxes.copy()
    mirrored[:, axis], mirrored[:, axis + 2] = size - boxes[:, axis + 2], size - boxes[:, axis]
    return mirrored
