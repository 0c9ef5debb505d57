"""Pictures of parts on which a coded network sees exactly the score that is asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import cv2
from reader.coded_network import SIDE, around, black, draw

CELL = (5, 5)
LOWEST, HIGHEST = -10, 10
"""Logits of a black and of a white pixel."""


def grey(score: float) -> int:
    """Return the grey level that the network answers with this score."""
    logit = math.log(score / (1 - score))
    return round((logit - LOWEST) / (HIGHEST - LOWEST) * 255)


def write_parts(folder: Path, scores: Sequence[float], label: str = "open") -> Path:
    """Write a picture a score; 0 shows nothing, and no two pictures are the same."""
    folder.mkdir()
    for number, score in enumerate(scores):
        picture = black(SIDE, SIDE)
        picture[90:, 90:] = 60
        picture[100 + number // 20, 100 + number % 20] = 61  # where the network reads nothing
        if score:
            draw(picture, CELL, around(CELL), label, grey(score))
        else:
            picture[120, 120 + len(folder.name)] = 62
        cv2.imwrite(str(folder / f"{number}.png"), picture)
    return folder
