"""A picture larger than a detector's input: tiles that cover it, and boxes joined across seams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.reader._boxes import MOST, Floats, Found, Places, shared_sides

MOST_OVERLAP = 0.75
"""Share of the input that tiles overlap at most: more would only multiply the work."""
SHARED = 0.5
"""A piece lies in a box of another tile, or runs on in one, if they share so much of the shorter
side along the seam, or so much of the piece's area."""
ALIKE = 0.5
"""Pieces of one defect are about as sure: the weaker score is at least this share of the other."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tile:
    """One view of the detector; right and bottom lie outside."""

    left: int
    top: int
    right: int
    bottom: int


def tiles(width: int, height: int, size: tuple[int, int], overlap: int) -> tuple[Tile, ...]:
    """Cover a picture with tiles of ``size`` (width, height), evenly spread, row by row.

    Whatever is no longer than ``overlap`` lies whole in one of them; of an overlap, three quarters
    of the input count at most. A picture that fits is one tile.
    """
    columns = _spread(width, size[0], overlap)
    rows = _spread(height, size[1], overlap)
    return tuple(
        Tile(left, top, min(left + size[0], width), min(top + size[1], height))
        for top in rows
        for left in columns
    )


def _spread(length: int, size: int, overlap: int) -> list[int]:
    if length <= size:
        return [0]
    overlap = min(overlap, int(size * MOST_OVERLAP))
    count = -(-(length - overlap) // (size - overlap))
    return [place * (length - size) // (count - 1) for place in range(count)]


def joined(founds: Sequence[Found], places: Sequence[Tile], reach: float) -> Found:
    """Return the boxes of all tiles in pixels of the picture, what a seam cut made whole again.

    ``founds`` are in pixels of their tiles. A box that ends within ``reach`` of a seam was cut
    there; with the pieces of its label in the tiles beyond that are about as sure, it becomes the
    box around them all. Noise is neither joined to a defect nor to other noise a lot surer.
    Boxes that two tiles show alike are left for suppression.
    """
    offsets = np.array([(tile.left, tile.top) * 2 for tile in places], np.float32)
    boxes = np.concatenate([f.boxes + offset for f, offset in zip(founds, offsets, strict=True)])
    scores = np.concatenate([found.scores for found in founds])
    labels = np.concatenate([found.labels for found in founds])
    owners = np.repeat(np.arange(len(places)), [len(found) for found in founds])
    order = np.argsort(-scores, kind="stable")
    found, owners = Found(boxes, scores, labels).take(order), owners[order]
    cut = _cut(found.boxes, owners, places, reach)
    if not cut.any():
        return found
    kept = np.ones(len(found), bool)
    for label in np.unique(found.labels):
        mine = np.nonzero(found.labels == label)[0][:MOST]
        pairs, is_part = _pairs(found.take(mine), owners[mine], cut[mine], reach)
        kept[mine[is_part]] = False
        for first, *more in _groups(len(mine), pairs):
            group = mine[[first, *more]]
            found.boxes[group[0], :2] = found.boxes[group, :2].min(axis=0)
            found.boxes[group[0], 2:] = found.boxes[group, 2:].max(axis=0)
            kept[group[1:]] = False
    return found.take(np.nonzero(kept)[0])


def _cut(boxes: Floats, owners: Places, places: Sequence[Tile], reach: float) -> Flags:
    """Say of every box on which sides (left, top, right, bottom) a seam may have cut it."""
    edges = np.array([(t.left, t.top, t.right, t.bottom) for t in places], np.float32)
    outer = np.concatenate([edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)])
    is_seam = edges != outer
    cut: Flags = (np.abs(boxes - edges[owners]) <= reach) & is_seam[owners]
    return cut


def _pairs(
    found: Found, owners: Places, cut: Flags, reach: float
) -> tuple[NDArray[np.intp], Flags]:
    """Return which boxes of one label belong together, a row a pair, and which are only a part,
    seen less surely, of what another box shows."""
    pieces = np.nonzero(cut.any(axis=1))[0]
    is_other = owners[pieces, None] != owners[None]
    is_inside = _is_inside(found.boxes[pieces], found.boxes) & is_other
    runs_on = _runs_on(found.boxes, pieces, cut, reach) & is_other
    one, other = found.scores[pieces, None], found.scores[None]
    is_part = np.zeros(len(found), bool)
    is_part[pieces] = (is_inside & (one < ALIKE * other)).any(axis=1)
    is_alike = (one >= ALIKE * other) & (other >= ALIKE * one)
    is_free = ~is_part[pieces, None] & ~is_part[None]
    rows, columns = np.nonzero((is_inside | runs_on) & is_alike & is_free)
    return np.stack([pieces[rows], columns], axis=1), is_part


def _is_inside(pieces: Floats, boxes: Floats) -> Flags:
    """Say of every piece in which boxes the better part of it lies."""
    wide, high = (np.maximum(side, 0) for side in shared_sides(pieces, boxes))
    areas = np.prod(pieces[:, 2:] - pieces[:, :2], axis=1)
    inside: Flags = wide * high >= SHARED * np.maximum(areas, 1e-6)[:, None]
    return inside


def _runs_on(boxes: Floats, pieces: Places, cut: Flags, reach: float) -> Flags:
    """Say of every piece which boxes go on beyond the seam that cut both."""
    shared = shared_sides(boxes[pieces], boxes)
    sides = boxes[:, 2:] - boxes[:, :2]
    runs = np.zeros(shared[0].shape, bool)
    for axis in (0, 1):
        low, high = cut[:, axis], cut[:, axis + 2]
        faces = (low[pieces, None] & high[None]) | (high[pieces, None] & low[None])
        shorter = np.minimum(sides[pieces, 1 - axis, None], sides[None, :, 1 - axis])
        runs |= faces & (shared[axis] >= -reach) & (shared[1 - axis] >= SHARED * shorter)
    return runs


def _groups(count: int, pairs: NDArray[np.intp]) -> Iterator[list[int]]:
    """Yield what hangs together by pairs, in ascending order; singles are left out."""
    parent = list(range(count))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for one, other in pairs.tolist():
        parent[max(root(one), root(other))] = min(root(one), root(other))
    groups: dict[int, list[int]] = {}
    for place in np.unique(pairs).tolist():
        groups.setdefault(root(place), []).append(place)
    yield from groups.values()
