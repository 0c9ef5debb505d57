"""The six defects: each is drawn where it can be, and kept only if the copper says it is one.

What makes an open an open is counted, not hoped for: pieces of copper and of bare ground around
it before and after.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.toolchain.boards._layout import Mask
from app.vocabulary import Box

MARGIN = 9
"""Pixels that a truth box leaves around what was changed, as DeepPCB's boxes do."""
ASIDE = 14
"""Pixels around a change in which the pieces are counted."""
KEPT_OFF = 24
"""No defect stands nearer to the edge of the board."""
TRIES = 60
BARE, COPPER = 0, 255

Point = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What is drawn: pixels, and what they become."""

    where: Mask
    value: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many more pieces there are after a change than before."""

    copper: int
    bare: int


Draw = Callable[["Bench"], Change | None]


class Bench:
    """One board under change, with what the drawing of defects needs to know of it."""

    def __init__(self, copper: Mask, dice: np.random.Generator) -> None:
        self.copper, self.dice = copper, dice
        self.into = cv2.distanceTransform(copper, cv2.DIST_L2, 3)
        """How deep in the copper a pixel lies."""
        self.off = cv2.distanceTransform(255 - copper, cv2.DIST_L2, 3)
        """How far from the copper a pixel lies."""

    def pick(self, allowed: NDArray[np.bool_]) -> Point | None:
        """Return one of the allowed pixels, x and y."""
        inner = np.zeros_like(allowed)
        inner[KEPT_OFF:-KEPT_OFF, KEPT_OFF:-KEPT_OFF] = True
        rows, columns = np.nonzero(allowed & inner)
        if not len(rows):
            return None
        place = int(self.dice.integers(len(rows)))
        return np.array([columns[place], rows[place]], np.float64)

    def outward(self, at: Point) -> Point | None:
        """Return the direction that leads out of the copper most steeply."""
        x, y = at.astype(int)
        field = (self.off - self.into)[y - 4 : y + 5, x - 4 : x + 5]
        down, right = np.gradient(field)
        way = np.array([right.mean(), down.mean()])
        length = float(np.linalg.norm(way))
        return way / length if length > 0.2 else None

    def is_copper(self, at: Point) -> bool | None:
        """Say whether there is copper; None outside the board."""
        x, y = at.round().astype(int)
        height, width = self.copper.shape
        return bool(self.copper[y, x]) if 0 <= x < width and 0 <= y < height else None

    def stroke(self, path: list[Point], thick: float) -> Mask:
        """Draw a stroke of an unsteady hand."""
        mask = np.zeros_like(self.copper)
        for start, end in itertools.pairwise(path):
            steps = max(2, int(np.linalg.norm(end - start)))
            for share in np.linspace(0, 1, steps):
                x, y = start + share * (end - start) + self.dice.normal(0, 0.5, 2)
                radius = max(1.0, thick / 2 * self.dice.uniform(0.75, 1.2))
                cv2.circle(mask, (round(float(x)), round(float(y))), round(radius), 255, -1)
        return mask

    def blot(self, centre: Point, size: float) -> Mask:
        """Draw a spot, a bar or a hook around a point."""
        turn = self.dice.uniform(0, 2 * np.pi)
        way = np.array([np.cos(turn), np.sin(turn)])
        long = size * self.dice.choice([0.1, 0.6, 1.0])
        path = [centre - way * long / 2, centre + way * long / 2]
        if self.dice.random() < 0.35:
            path.append(path[-1] + np.array([-way[1], way[0]]) * size * 0.5)
        thick = size * self.dice.uniform(0.3, 0.5) if long > size / 2 else size * 0.7
        return self.stroke(path, max(4.0, thick))


def _open(bench: Bench) -> Change | None:
    """Cut a track through."""
    dice = bench.dice
    ridge = bench.into >= cv2.dilate(bench.into, np.ones((3, 3))) - 0.01
    at = bench.pick(ridge & (bench.into > 2.5) & (bench.into < 26))
    if at is None:
        return None
    x, y = at.astype(int)
    half = float(bench.into[y, x])
    turns = np.linspace(0, np.pi, 24, endpoint=False)
    spans = [_span(bench, at, np.array([np.cos(t), np.sin(t)]), 60) for t in turns]
    across = turns[int(np.argmin(spans))] + dice.normal(0, 0.15)
    way = np.array([np.cos(across), np.sin(across)])
    reach = half + 3
    thick = dice.uniform(5, 13)
    path = [at - way * reach, at + way * reach]
    return Change(cv2.bitwise_and(bench.stroke(path, thick), bench.copper).astype(np.uint8), BARE)


def _span(bench: Bench, at: Point, way: Point, most: int) -> int:
    length = 0
    for sign in (-1, 1):
        for step in range(1, most):
            if not bench.is_copper(at + sign * step * way):
                break
            length += 1
    return length


def _short(bench: Bench) -> Change | None:
    """Bridge the gap between two pieces of copper."""
    at = bench.pick((bench.into > 0) & (bench.into < 2))
    way = None if at is None else bench.outward(at)
    if at is None or way is None:
        return None
    for step in range(3, 46):
        is_there = bench.is_copper(at + step * way)
        if is_there is None:
            return None
        if is_there and step >= 6:
            dice, end = bench.dice, at + (step + 1) * way
            middle = (at + end) / 2 + np.array([-way[1], way[0]]) * dice.normal(0, step / 8)
            bridge = bench.stroke([at - way, middle, end], dice.uniform(4, 9))
            return Change(cv2.subtract(bridge, bench.copper).astype(np.uint8), COPPER)
    return None


def _mousebite(bench: Bench) -> Change | None:
    """Bite into an edge, not through."""
    return _at_edge(bench, inward=True)


def _spur(bench: Bench) -> Change | None:
    """Let a thin piece grow out of an edge."""
    return _at_edge(bench, inward=False)


def _at_edge(bench: Bench, *, inward: bool) -> Change | None:
    dice = bench.dice
    at = bench.pick((bench.into > 0) & (bench.into < 2))
    way = None if at is None else bench.outward(at)
    if at is None or way is None:
        return None
    way = -way if inward else way
    room = _room(bench, at + 3 * way, way, inward=inward)
    deepest = min(18.0, room * (0.65 if inward else 0.75))
    if deepest < 4:
        return None
    turn = dice.normal(0, 0.45)
    turned = np.array([
        way[0] * np.cos(turn) - way[1] * np.sin(turn),
        way[0] * np.sin(turn) + way[1] * np.cos(turn),
    ])  # fmt: skip
    depth = dice.uniform(max(4.0, deepest * 0.6), deepest)
    thick = dice.uniform(4, 8)
    tip = at + turned * max(1.0, depth - thick / 2)
    mask = bench.stroke([at - 2 * way, tip], thick)
    if inward:
        return Change(cv2.bitwise_and(mask, bench.copper).astype(np.uint8), BARE)
    return Change(cv2.subtract(mask, bench.copper).astype(np.uint8), COPPER)


def _room(bench: Bench, at: Point, way: Point, *, inward: bool) -> int:
    for step in range(60):
        if bench.is_copper(at + step * way) is not inward:
            return step + 3
    return 60


def _copper(bench: Bench) -> Change | None:
    """Leave an island on the bare ground."""
    size = bench.dice.uniform(8, 22)
    at = bench.pick(bench.off > size / 2 + 7)
    return None if at is None else Change(bench.blot(at, size), COPPER)


def _pin_hole(bench: Bench) -> Change | None:
    """Leave a hole inside the copper."""
    size = bench.dice.uniform(6, 18)
    at = bench.pick(bench.into > size / 2 + 4)
    return None if at is None else Change(bench.blot(at, size), BARE)


KINDS: dict[str, tuple[Draw, Pieces]] = {
    "open": (_open, Pieces(copper=1, bare=0)),
    "short": (_short, Pieces(copper=-1, bare=0)),
    "mousebite": (_mousebite, Pieces(copper=0, bare=0)),
    "spur": (_spur, Pieces(copper=0, bare=0)),
    "copper": (_copper, Pieces(copper=1, bare=0)),
    "pin-hole": (_pin_hole, Pieces(copper=0, bare=1)),
}
"""How each is drawn, and what it does to the number of pieces."""
WHOLE = ("open", "short")
"""Counted on the whole board, since a ring that is cut stays in one piece; and in copper only,
since both change the ground beside it, too."""


def add(kind: str, copper: Mask, taken: list[Box], dice: np.random.Generator) -> Box | None:
    """Draw one defect into the copper, away from the boxes taken; None where there is no room."""
    draw, pieces = KINDS[kind]
    bench = Bench(copper, dice)
    for _ in range(TRIES):
        change = draw(bench)
        if change is None or np.count_nonzero(change.where) < 18:
            continue
        box = _box(change.where)
        if any(_meet(box, other) for other in taken):
            continue
        if _is_one(kind, copper, change, pieces):
            copper[change.where > 0] = change.value
            return box
    return None


def _box(where: Mask) -> Box:
    x, y, width, height = cv2.boundingRect(where)
    bottom, right = where.shape
    return (
        float(max(0, x - MARGIN)),
        float(max(0, y - MARGIN)),
        float(min(right, x + width + MARGIN)),
        float(min(bottom, y + height + MARGIN)),
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_one(kind: str, copper: Mask, change: Change, pieces: Pieces) -> bool:
    x, y, width, height = cv2.boundingRect(change.where)
    rows = slice(max(0, y - ASIDE), y + height + ASIDE)
    columns = slice(max(0, x - ASIDE), x + width + ASIDE)
    if kind in WHOLE:
        rows, columns = slice(None), slice(None)
    before, where = copper[rows, columns], change.where[rows, columns]
    after = np.where(where > 0, change.value, before).astype(np.uint8)
    more = _count(after) - _count(before)
    if kind in WHOLE:
        return more == pieces.copper
    return Pieces(more, _count(255 - after) - _count(255 - before)) == pieces


def _count(mask: NDArray[np.uint8]) -> int:
    return int(cv2.connectedComponents(mask, connectivity=4)[0])
