"""One document's text around its labels: what stands beside, below and behind what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents import PlacedLine
from app.documents._labels import Anchor, Label
from app.documents._page import Page, Row
from app.documents._span import Glyph, Span

REACH = 16.0
"""A value begins at most this many line heights behind its label."""
WORD_GAP = 3.0
"""A wider gap than this many line heights ends a value: the next column begins."""
BESIDE = 0.9
"""A value whose row is not its label's stands at most this many line heights higher or lower."""
LINE_FEED = 1.6
"""The next line of a value follows within this many line heights."""
LEFTWARD = 1.5
"""The next line of a value begins at most this many line heights left of the one before."""
UNLIKE = 2.4
"""A line is no part of a value that is this many times larger or smaller."""


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """Characters of one row without a label or a wide gap between them."""

    row: Row
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The characters."""
        return self.row.span(self.start, self.end)

    def shares_with(self, other: Piece) -> bool:
        """Tell whether they have a character in common."""
        return self.row is other.row and self.start < other.end and other.start < self.end

    @property
    def begins_line(self) -> bool:
        """Whether it is the first that a box of the detector shows."""
        glyphs = self.row.glyphs
        return self.start == 0 or glyphs[self.start].line is not glyphs[self.start - 1].line

    def beginning_with(self, glyph: Glyph) -> Piece:
        """Return the piece without what stands before a glyph."""
        for i in range(self.start, self.end):
            here = self.row.glyphs[i]
            if here.line is glyph.line and here.place == glyph.place:
                return Piece(self.row, i, self.end)
        return self

    def up_to_gap(self, widest: float) -> Piece:
        """Return the piece up to its first gap of more than so many line heights."""
        wide = (i for i in range(self.start + 1, self.end) if self.row.gaps[i] > widest)
        return Piece(self.row, self.start, next(wide, self.end))

    @property
    def left(self) -> float:
        """Left edge."""
        return self.row.left(self.start)

    @property
    def right(self) -> float:
        """Right edge."""
        return self.row.right(self.end - 1)

    @property
    def y(self) -> float:
        """Middle of the first character."""
        return self.row.ys[self.start]

    @property
    def height(self) -> float:
        """Line height."""
        return self.row.heights[self.start]


class Sheet:
    """The free text of one document; what a field takes is no longer free."""

    def __init__(self, page: Page, anchors: Sequence[Anchor]) -> None:
        """Cut the rows at their labels and wide gaps."""
        self.anchors = tuple(anchors)
        self.pieces = [piece for row in page.rows for piece in _pieces(row, self.anchors)]
        self.rows, self.strips = page.rows, page.strips
        self._height = page.height
        self._taken: list[Piece] = []

    @property
    def free(self) -> list[Piece]:
        """Pieces that no field has taken yet."""
        return [
            piece
            for piece in self.pieces
            if not any(piece.shares_with(taken) for taken in self._taken)
        ]

    def take(self, pieces: Sequence[Piece]) -> None:
        """Let nobody else have these."""
        self._taken += pieces

    def lines(self) -> tuple[PlacedLine, ...]:
        """Return the lines of labels and values, and those between them."""
        lefts = [each.x for each in self.anchors] + [piece.left for piece in self._taken]
        rights = [a.right for a in self.anchors] + [piece.right for piece in self._taken]
        ys = [each.y for each in self.anchors] + [piece.y for piece in self._taken]
        margin = self._height
        return tuple(
            strip.line
            for strip in self.strips
            if min(lefts) - margin < (strip.left + strip.right) / 2 < max(rights) + margin
            and min(ys) - margin < (strip.left_y + strip.right_y) / 2 < max(ys) + margin
        )

    def labelled(self, *labels: Label) -> Iterator[Anchor]:
        """Yield the places where labels stand, those of the first label first."""
        for label in labels:
            yield from (anchor for anchor in self.anchors if anchor.label.key == label.key)

    def right_of(self, anchor: Anchor) -> Iterator[Piece]:
        """Yield what stands behind a label, before the next label; nearest first."""
        edge, height = anchor.right, anchor.height
        later = [each for each in self._same_row(anchor) if each.start >= anchor.end]
        stop = min((each.start for each in later if not each.label.is_gloss), default=None)
        for piece in self.free:
            is_behind = piece.row is anchor.row and piece.start >= anchor.end
            is_before_stop = stop is None or piece.start < stop
            if is_behind and is_before_stop and piece.left - edge <= REACH * height:
                yield piece
        end = math.inf if stop is None else anchor.row.left(stop)
        yield from self._beside(anchor, edge, end)

    def below(self, anchor: Anchor) -> Iterator[Piece]:
        """Yield what stands under a label, nearest first."""
        height = anchor.height
        right = anchor.right
        under = [
            piece
            for piece in self.free
            if 0.5 * height < piece.y - anchor.y <= LINE_FEED * max(height, piece.height)
            and piece.left < right
            and piece.right > anchor.x
        ]
        yield from sorted(under, key=lambda piece: piece.y)

    def continued(self, first: Piece, rows: int, end: float = math.inf) -> list[Piece]:
        """Return a value's first piece and those of the lines that follow it above ``end``."""
        value, last, left = [first], first, first.left
        while len(value) < rows and (following := self._next_line(last, left, end)) is not None:
            value.append(following)
            last, left = following, min(left, following.left)
        return value

    def _next_line(self, last: Piece, left: float, end: float) -> Piece | None:
        height = last.height
        following = [
            piece
            for piece in self.free
            if 0.5 * min(height, piece.height) < piece.y - last.y <= LINE_FEED * height
            and piece.y < end
            and left - LEFTWARD * height <= piece.left < last.right
            and max(piece.height, height) <= UNLIKE * min(piece.height, height)
        ]
        return min(following, key=lambda p: p.y - last.y + abs(p.left - left), default=None)

    def _beside(self, anchor: Anchor, edge: float, end: float) -> Iterator[Piece]:
        height = anchor.height
        beside = [
            piece
            for piece in self.free
            if piece.row is not anchor.row
            and piece.begins_line
            and -0.5 * height <= piece.left - edge <= REACH * height
            and piece.left < end
            and abs(piece.y - anchor.y) <= BESIDE * height
        ]
        yield from sorted(beside, key=lambda piece: abs(piece.y - anchor.y))

    def _same_row(self, anchor: Anchor) -> Iterator[Anchor]:
        return (other for other in self.anchors if other.row is anchor.row)


def _pieces(row: Row, anchors: Sequence[Anchor]) -> Iterator[Piece]:
    is_label = [False] * len(row.glyphs)
    for anchor in anchors:
        if anchor.row is row:
            is_label[anchor.start : anchor.end] = [True] * (anchor.end - anchor.start)
    start = 0
    for i in range(1, len(row.glyphs) + 1):
        ends = i == len(row.glyphs) or is_label[i] != is_label[i - 1] or row.gaps[i] > WORD_GAP
        if ends:
            if not is_label[i - 1]:
                yield Piece(row, start, i)
            start = i
