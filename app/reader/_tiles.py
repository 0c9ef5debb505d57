"""A picture larger than a detector's input: tiles that cover it, and boxes joined across seams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.reader._boxes import Floats, Found

MOST_OVERLAP = 0.75
"""Share of the input that tiles overlap at most: more would only multiply the work."""
SHARED = 0.5
"""A piece lies in a box of another tile, or runs on in one, if they share so much of the shorter
side along the seam, or so much of the piece's area."""

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

    Whatever is no longer than ``overlap`` lies whole in one of them. A picture that fits is one.
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
    there; with the pieces of its label in the tiles beyond, it becomes the box around them all.
    Boxes that two tiles show alike are left for suppression.
    """
    offsets = np.array([(tile.left, tile.top) * 2 for tile in places], np.float32)
    boxes = np.concatenate(
        [found.boxes + offset for found, offset in zip(founds, offsets, strict=True)]
    )
    scores = np.concatenate([found.scores for found in founds])
    labels = np.concatenate([found.labels for found in founds])
    owners = np.repeat(np.arange(len(places)), [len(found) for found in founds])
    if len(places) > 1 and len(boxes):
        cut = _cut(boxes, owners, places, reach)
        groups = _groups(boxes, labels, owners, cut, reach)
        boxes, scores, labels = _around(boxes, scores, labels, groups)
    order = np.argsort(-scores, kind="stable")
    return Found(boxes[order], scores[order], labels[order])


def _cut(boxes: Floats, owners: NDArray[np.intp], places: Sequence[Tile], reach: float) -> Flags:
    """Say of every box on which sides (left, top, right, bottom) a seam may have cut it."""
    edges = np.array([(t.left, t.top, t.right, t.bottom) for t in places], np.float32)
    outer = np.concatenate([edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)])
    is_seam = edges != outer
    cut: Flags = (np.abs(boxes - edges[owners]) <= reach) & is_seam[owners]
    return cut


def _groups(
    boxes: Floats,
    labels: NDArray[np.intp],
    owners: NDArray[np.intp],
    cut: Flags,
    reach: float,
) -> list[list[int]]:
    """Return which boxes are pieces of one; each box is in one group."""
    parent = list(range(len(boxes)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for piece in np.nonzero(cut.any(axis=1))[0]:
        rivals = (labels == labels[piece]) & (owners != owners[piece])
        others = np.nonzero(rivals)[0]
        linked = _lies_in(boxes[piece], boxes[others]) | _runs_on(
            boxes[piece], cut[piece], boxes[others], cut[others], reach
        )
        for other in others[linked]:
            parent[root(int(other))] = root(int(piece))
    groups: dict[int, list[int]] = {}
    for place in range(len(boxes)):
        groups.setdefault(root(place), []).append(place)
    return list(groups.values())


def _lies_in(piece: Floats, others: Floats) -> Flags:
    shared = _shared(piece, others)
    sides = np.maximum(piece[2:] - piece[:2], 1e-6)
    share: Flags = (np.clip(shared, 0, None) / sides).prod(axis=1) >= SHARED
    return share


def _runs_on(piece: Floats, cut: Flags, others: Floats, cuts: Flags, reach: float) -> Flags:
    """Say which boxes beyond a seam, cut there too, go on where the piece ends."""
    shared = _shared(piece, others)
    sides = np.minimum(piece[2:] - piece[:2], others[:, 2:] - others[:, :2])
    along = shared >= SHARED * sides
    meets = shared >= -reach
    is_facing = (cut[:2] & cuts[:, 2:]) | (cut[2:] & cuts[:, :2])
    runs: Flags = (is_facing & meets & along[:, ::-1]).any(axis=1)
    return runs


def _shared(piece: Floats, others: Floats) -> Floats:
    """Return how much of x and of y a box shares with others; negative is the gap between them."""
    low, high = np.maximum(piece[:2], others[:, :2]), np.minimum(piece[2:], others[:, 2:])
    return np.asarray(high - low, np.float32)


def _around(
    boxes: Floats, scores: Floats, labels: NDArray[np.intp], groups: list[list[int]]
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    whole = [(boxes[g, :2].min(axis=0), boxes[g, 2:].max(axis=0)) for g in groups]
    return (
        np.array([np.concatenate(pair) for pair in whole], np.float32),
        np.array([scores[group].max() for group in groups], np.float32),
        np.array([labels[group[0]] for group in groups], np.intp),
    )
