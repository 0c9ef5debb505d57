"""Rows of a page: lines of text joined from left to right, whatever pieces they were found in."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import overload

from app.documents import PlacedLine
from app.documents._span import Glyph, Span, centres, cut

STEEPEST = 0.2
"""A line that leans more against the others than this (11°) was measured on too short a word."""
LONG = 5.0
"""A line of this many heights says how much the text around it leans."""
OFF_ROW = 0.5
"""Lines whose ends miss each other by more than this many line heights are two rows."""
DISTANCE = 0.15
"""A line height to the right makes as bad a continuation as this many line heights downwards."""
FARTHEST = 3.0
"""However much a page leans, lines this many heights apart are not asked whether they are a row."""
UNLIKE = 2.4
"""Lines are not of one row where one is this many times as high as the other."""
OVERLAP = 0.8
"""Boxes grown by the detector may overlap sideways by this many line heights."""
COPY = 0.6, 0.4, 0.6
"""Boxes are copies where they share this much of their width, their middles differ by less than
this many line heights, and they share this much of their characters."""
TWICE = 0.35
"""Two equal characters whose middles are nearer than this many line heights are one."""
MOST_TWICE = 4
BODY = 0.72
"""Width of a Chinese character in heights of the detector's box, which is larger than the print."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of text on the levelled page."""

    line: PlacedLine
    left: float
    left_y: float
    right: float
    right_y: float
    height: float
    slope: float = 0.0
    """Fall per pixel to the right, here on the page."""

    @property
    def own_slope(self) -> float | None:
        """Fall per pixel along the line itself; None where it is too short to tell."""
        length = self.right - self.left
        slope = (self.right_y - self.left_y) / length if length > LONG * self.height else STEEPEST
        return slope if abs(slope) < STEEPEST else None


class Row:
    """Strips side by side, as one run of characters without spaces."""

    def __init__(self, strips: Sequence[Strip]) -> None:
        """Take the strips from left to right."""
        self.strips = tuple(strips)
        glyphs: list[Glyph] = []
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.heights: list[float] = []
        for strip in strips:
            width, fall = strip.right - strip.left, strip.right_y - strip.left_y
            line = cut(strip.line).glyphs
            xs = [strip.left + width * at for at in centres(strip.line.line)]
            for i in range(_twice(glyphs, self.xs, line, xs, strip.height), len(line)):
                if not line[i].text.isspace():
                    glyphs.append(line[i])
                    self.xs.append(xs[i])
                    self.ys.append(strip.left_y + fall * (xs[i] - strip.left) / (width or 1.0))
                    self.heights.append(strip.height)
        self.glyphs = tuple(glyphs)
        self.text = "".join([glyph.text for glyph in glyphs])

    @cached_property
    def readable(self) -> frozenset[str]:
        """Every character that may stand here, the unlikely ones too."""
        return frozenset(each.text for glyph in self.glyphs for each in glyph.candidates)

    @cached_property
    def gaps(self) -> list[float]:
        """Empty space before each character, in line heights; the first has none."""
        found = [0.0] * len(self.xs)
        for i in range(1, len(self.xs)):
            low = min(self.heights[i], self.heights[i - 1])
            found[i] = (self.left(i) - self.right(i - 1)) / low
        return found

    @cached_property
    def _halves(self) -> list[float]:
        """Half the width of each character: Chinese ones are square, Latin ones half as wide."""
        return [
            height * BODY / (2 if unicodedata.east_asian_width(glyph.text) in "WF" else 4)
            for glyph, height in zip(self.glyphs, self.heights, strict=True)
        ]

    def span(self, start: int, end: int) -> Span:
        """Return characters ``start`` up to ``end``."""
        return Span(self.glyphs[start:end])

    def left(self, i: int) -> float:
        """Return the left edge of a character."""
        return self.xs[i] - self._halves[i]

    def right(self, i: int) -> float:
        """Return the right edge of a character."""
        return self.xs[i] + self._halves[i]


class Page(Sequence[PlacedLine]):
    """Lines as rows, in coordinates turned so that most of the text lies level."""

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        """Level the page by its longest lines; each line keeps its own small slope."""
        self._lines = tuple(line for line in lines if line.line.text.strip())
        self.strips = _leaning(_without_copies(_levelled(self._lines)))
        self.rows = tuple(Row(strips) for strips in _rows(self.strips))
        heights = [strip.height for strip in self.strips]
        self.height: float = median(heights) if heights else 1.0

    @cached_property
    def readable(self) -> frozenset[str]:
        """Every character that may stand anywhere on the page."""
        return frozenset().union(*(row.readable for row in self.rows))

    @overload
    def __getitem__(self, index: int) -> PlacedLine: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[PlacedLine]: ...

    def __getitem__(self, index: int | slice) -> PlacedLine | Sequence[PlacedLine]:
        return self._lines[index]

    def __len__(self) -> int:
        return len(self._lines)


def page_of(lines: Sequence[PlacedLine]) -> Page:
    """Return the lines as a page; the same one where they already are."""
    return lines if isinstance(lines, Page) else Page(lines)


def _twice(
    before: Sequence[Glyph],
    before_xs: Sequence[float],
    line: Sequence[Glyph],
    xs: Sequence[float],
    height: float,
) -> int:
    """Count the characters at the begin of a line that the box before it shows, too."""
    for count in range(min(MOST_TWICE, len(before), len(line)), 0, -1):
        is_same = all(
            one.text == other.text for one, other in zip(before[-count:], line[:count], strict=True)
        )
        if is_same and xs[0] - before_xs[-count] < TWICE * height:
            return count
    return 0


def _levelled(lines: Sequence[PlacedLine]) -> tuple[Strip, ...]:
    quads = [line.line.quad for line in lines]
    along_x = sum(q[1][0] - q[0][0] for q in quads)
    along_y = sum(q[1][1] - q[0][1] for q in quads)
    length = math.hypot(along_x, along_y)
    ux, uy = (along_x / length, along_y / length) if length else (1.0, 0.0)
    strips = []
    for line, ((ax, ay), (bx, by), (cx, cy), (dx, dy)) in zip(lines, quads, strict=True):
        lx, ly, rx, ry = (ax + dx) / 2, (ay + dy) / 2, (bx + cx) / 2, (by + cy) / 2
        strips.append(
            Strip(
                line,
                left=lx * ux + ly * uy,
                left_y=ly * ux - lx * uy,
                right=rx * ux + ry * uy,
                right_y=ry * ux - rx * uy,
                height=max(math.hypot(dx - ax, dy - ay), 1e-6),
            )
        )
    return tuple(strips)


def _without_copies(strips: Sequence[Strip]) -> list[Strip]:
    """Drop a line that was found twice, by two boxes over each other; the larger one stays."""
    kept: list[Strip] = []
    for strip in sorted(strips, key=lambda each: -each.height):
        if not any(_covers(other, strip) and _alike(other, strip) for other in kept):
            kept.append(strip)
    return kept


def _alike(one: Strip, other: Strip) -> bool:
    mine, theirs = (each.line.line.text.replace(" ", "") for each in (one, other))
    return len(set(mine) & set(theirs)) >= COPY[2] * len(set(theirs))


def _covers(large: Strip, small: Strip) -> bool:
    shared = min(large.right, small.right) - max(large.left, small.left)
    return (
        shared > COPY[0] * (small.right - small.left)
        and abs(large.left_y - small.left_y) < COPY[1] * large.height
    )


def _leaning(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Give every line its slope; short ones take it from the long ones above and below."""
    guides = [
        (slope, strip.left_y, strip.right - strip.left)
        for strip in strips
        if (slope := strip.own_slope) is not None
    ]
    return tuple(_sloping(strip, _slope(strip, guides)) for strip in strips)


def _sloping(strip: Strip, slope: float) -> Strip:
    """Let a line lean as the page does; what a short one says of itself is noise."""
    if strip.own_slope is not None:
        return replace(strip, slope=slope)
    middle, fall = (strip.left_y + strip.right_y) / 2, slope * (strip.right - strip.left)
    return replace(strip, slope=slope, left_y=middle - fall / 2, right_y=middle + fall / 2)


def _slope(strip: Strip, guides: Sequence[tuple[float, float, float]]) -> float:
    own = strip.own_slope
    if own is not None or not guides:
        return own or 0.0
    near = [
        (length / (1 + abs(y - strip.left_y) / (3 * strip.height)), slope)
        for slope, y, length in guides
    ]
    return sum(weight * slope for weight, slope in near) / sum(weight for weight, _ in near)


def _rows(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Chain each line to the one that continues it best, the best pairs first."""
    ordered = sorted(strips, key=lambda each: each.left)
    pairs = sorted(
        (miss, i, j)
        for i, before in enumerate(ordered)
        for j, after in enumerate(ordered[i + 1 :], i + 1)
        if abs(after.left_y - before.right_y) < FARTHEST * max(before.height, after.height)
        and (miss := _miss(before, after)) is not None
    )
    following: dict[int, int] = {}
    continued: set[int] = set()
    for _, i, j in pairs:
        if i not in following and j not in continued:
            following[i] = j
            continued.add(j)
    rows = []
    for first in range(len(ordered)):
        if first not in continued:
            row = [first]
            while row[-1] in following:
                row.append(following[row[-1]])
            rows.append([ordered[i] for i in row])
    return sorted(rows, key=lambda row: row[0].left_y)


def _miss(before: Strip, after: Strip) -> float | None:
    """Tell how badly ``after`` continues ``before``; None where it does not."""
    low, high = sorted((before.height, after.height))
    gap = after.left - before.right
    if gap < -OVERLAP * low or high > UNLIKE * low:
        return None
    slope = (before.slope + after.slope) / 2
    off = abs(after.left_y - before.right_y - slope * gap) / low
    if off > OFF_ROW:
        return None
    return off + DISTANCE * gap / high
