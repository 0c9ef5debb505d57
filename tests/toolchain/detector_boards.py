"""Invented boards with two kinds of squares for defects, DeepPCB-style and COCO."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 128


def board(dice: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8], list[str]]:
    """Return the tested board, the defect-free one and the lines of the annotation."""
    clean = np.zeros((SIDE, SIDE), np.uint8)
    clean[::16] = 255
    tested, lines = clean.copy(), []
    for kind in (1, 2):
        left, top = (int(number) for number in dice.integers(0, SIDE - 24, 2))
        tested[top : top + 20, left : left + 20] = 255 if kind == 1 else 0
        lines.append(f"{left} {top} {left + 20} {top + 20} {kind}")
    return tested, clean, lines


def write_deeppcb(folder: Path, groups: tuple[str, ...] = ("groupA", "groupB")) -> Path:
    """Write three boards a group."""
    dice = np.random.default_rng(0)
    listing = []
    for group in groups:
        (folder / group / "p").mkdir(parents=True)
        (folder / group / "p_not").mkdir()
        for number in range(3):
            tested, clean, lines = board(dice)
            stem = folder / group / "p" / f"{number:03}"
            cv2.imwrite(f"{stem}_test.jpg", tested)
            cv2.imwrite(f"{stem}_temp.jpg", clean)
            note = folder / group / "p_not" / f"{number:03}.txt"
            note.write_text("\n".join(lines) + "\n", encoding="utf-8")
            listing.append(f"{group}/p/{number:03}.jpg {group}/p_not/{number:03}.txt")
    (folder / "trainval.txt").write_text("\n".join(listing) + "\n", encoding="utf-8")
    return folder


def write_coco(folder: Path) -> Path:
    """Write one board as a COCO data set whose category ids have gaps."""
    tested, _, lines = board(np.random.default_rng(0))
    (folder / "images" / "lot1").mkdir(parents=True)
    cv2.imwrite(str(folder / "images" / "lot1" / "a.png"), tested)
    numbers = [list(map(int, line.split())) for line in lines]
    content = {
        "images": [{"id": 7, "file_name": "lot1/a.png"}],
        "categories": [{"id": 9, "name": "scratch"}, {"id": 4, "name": "dent"}],
        "annotations": [
            {"image_id": 7, "category_id": 9, "bbox": [x1, y1, x2 - x1, y2 - y1]}
            for x1, y1, x2, y2, _ in numbers
        ],
    }
    (folder / "labels.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
