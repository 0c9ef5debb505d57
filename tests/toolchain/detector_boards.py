"""Tiny invented boards to learn from: two designs, three boards each."""

from __future__ import annotations

from pathlib import Path

from app.toolchain.boards._writing import LEAST_SIDE, Lot, write_coco, write_deeppcb

SIDE = LEAST_SIDE
LOT = Lot(count=6, parts=3, good_share=0, side=SIDE)
LEARNT, HELD_OUT = "design00000", "design00001"


def deeppcb(folder: Path) -> Path:
    """Write them as DeepPCB is written."""
    return write_deeppcb(folder, LOT)


def coco(folder: Path) -> Path:
    """Write them as a COCO set."""
    return write_coco(folder, LOT)
