"""Bare boards that never existed, with the six defects of DeepPCB, each where the truth says.

Drawn by seed, black copper on white as a binarised line scan shows it; nothing is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.toolchain.boards._defects import KINDS, add
from app.toolchain.boards._layout import FULL, Layout, Mask, rough
from app.vocabulary import Box

LABELS = tuple(KINDS)
TURNS = 30
"""So many times a board is drawn before a wish for defects is given up."""
MOST = 10
"""Defects on a board that nobody chose; DeepPCB's boards have 3 to 12."""

SHARES = tuple(0.1 if label in ("copper", "pin-hole") else 0.2 for label in LABELS)
"""How often each kind is drawn on a given board."""


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """One board and its truth."""

    picture: NDArray[np.uint8]
    """H×W, 0 is copper and 255 is bare."""
    clean: NDArray[np.uint8]
    """The same board without a defect."""
    boxes: tuple[Box, ...]
    """Around each defect with a margin as DeepPCB's, in pixels of the picture."""
    labels: tuple[str, ...]
    """One of LABELS a box."""


def make_board(
    seed: int, defects: Sequence[str] | None = None, *, part: int = 0, side: int = FULL
) -> Board:
    """Draw a board with these defects; without a wish, with some; with an empty one, without any.

    The seed gives the design; each ``part`` of it has rough edges and defects of its own. Raises
    ValueError for an unknown kind of defect, and where the board has no room for all.
    """
    for label in defects or ():
        if label not in KINDS:
            raise ValueError(f"{label!r} is none of {', '.join(LABELS)}")
    design = _design(seed, side)
    for turn in range(TURNS):
        dice = np.random.default_rng((seed, part, turn))
        clean = rough(design, dice)
        wanted = _some(dice) if defects is None else tuple(defects)
        copper = clean.copy()
        boxes = _placed(copper, wanted, dice)
        if boxes is not None:
            return Board(255 - copper, 255 - clean, boxes, wanted)
    raise ValueError(f"a board of {side} pixels has no room for {', '.join(wanted)}")


def draw_on(clean: NDArray[np.uint8], seed: int) -> Board:
    """Draw some defects on a good board, H×W with dark copper; those it has no room for are left.

    The hard kinds, those that only the way of the copper tells, come twice as often as the others.
    """
    dice = np.random.default_rng(seed)
    copper = np.where(clean > 127, 0, 255).astype(np.uint8)
    good = 255 - copper
    boxes: list[Box] = []
    labels: list[str] = []
    for label in dice.choice(LABELS, int(dice.integers(3, MOST + 1)), p=SHARES):
        if box := add(str(label), copper, boxes, dice):
            boxes.append(box)
            labels.append(str(label))
    return Board(255 - copper, good, tuple(boxes), tuple(labels))


def _design(seed: int, side: int) -> Mask:
    """Draw the copper of a design that has room for a defect of each kind."""
    for turn in range(TURNS):
        dice = np.random.default_rng((seed, turn))
        design = Layout(side, dice).draw()
        if _placed(design.copy(), LABELS, dice) is not None:
            return design
    raise ValueError(f"{side} pixels are too few for a board")


def _some(dice: np.random.Generator) -> tuple[str, ...]:
    count = int(dice.integers(3, MOST + 1))
    return tuple(str(label) for label in dice.choice(LABELS, count))


def _placed(
    copper: Mask, wanted: Sequence[str], dice: np.random.Generator
) -> tuple[Box, ...] | None:
    boxes: list[Box] = []
    for label in wanted:
        box = add(label, copper, boxes, dice)
        if box is None:
            return None
        boxes.append(box)
    return tuple(boxes)
