"""Rows of a page: lines of text joined from left to right, whatever pieces they were found in."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from app.documents import PlacedLine
from app.documents._span import Glyph, Span, cut

STEEPEST = 0.2
"""A line that leans more against the others than this (11°) was measured on too short a word."""
OFF_ROW = 0.5
"""Lines whose ends miss each other by more than this many line heights are two rows."""
UNLIKE = 2.4
"""Lines are not of one row where one is this many times as high as the other."""
OVERLAP = 0.8
"""Boxes grown by the detector may overlap sideways by this many line heights."""
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

    @property
    def slope(self) -> float:
        """Fall per pixel along the line."""
        length = self.right - self.left
        rise = (self.right_y - self.left_y) / length if length > 0 else 0.0
        return rise if abs(rise) <= STEEPEST else 0.0


class Row:
    """Strips side by side, as one run of characters without spaces."""

    def __init__(self, strips: Sequence[Strip]) -> None:
        """Take the strips from left to right."""
        glyphs: list[Glyph] = []
        xs: list[float] = []
        ys: list[float] = []
        heights: list[float] = []
        for strip in strips:
            line = strip.line.line
            centres = line.centres
            count = len(line.text)
            if len(centres) != count:
                centres = tuple((i + 0.5) / count for i in range(count))
            for glyph, at in zip(cut(strip.line).glyphs, centres, strict=True):
                if not glyph.text.isspace():
                    glyphs.append(glyph)
                    xs.append(strip.left + (strip.right - strip.left) * at)
                    ys.append(strip.left_y + (strip.right_y - strip.left_y) * at)
                    heights.append(strip.height)
        self.strips = tuple(strips)
        self.glyphs = tuple(glyphs)
        self.xs, self.ys, self.heights = xs, ys, heights
        self.text = "".join(glyph.text for glyph in glyphs)

    @cached_property
    def readable(self) -> frozenset[str]:
        """Every character that may stand here, the unlikely ones too."""
        return frozenset(each.text for glyph in self.glyphs for each in glyph.candidates)

    def span(self, start: int, end: int) -> Span:
        """Return characters ``start`` up to ``end``."""
        return Span(self.glyphs[start:end])

    def left(self, i: int) -> float:
        """Return the left edge of a character."""
        return self.xs[i] - self._half(i)

    def right(self, i: int) -> float:
        """Return the right edge of a character."""
        return self.xs[i] + self._half(i)

    def gap(self, i: int) -> float:
        """Return the empty space before character ``i``, in line heights; the first has none."""
        if i == 0:
            return 0.0
        return (self.left(i) - self.right(i - 1)) / min(self.heights[i], self.heights[i - 1])

    def _half(self, i: int) -> float:
        width = BODY if _is_wide(self.glyphs[i].text) else BODY / 2
        return self.heights[i] * width / 2


class Page:
    """All rows, in coordinates turned so that most of the text lies level."""

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        """Level the page by its longest lines; each line keeps its own small slope."""
        seen = [line for line in lines if line.line.text.strip()]
        self.strips = _levelled(seen)
        self.rows = tuple(Row(strips) for strips in _rows(self.strips))
        heights = [strip.height for strip in self.strips]
        self.height: float = median(heights) if heights else 1.0


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


def _rows(strips: Sequence[Strip]) -> list[list[Strip]]:
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda each: each.left):
        fitting = [(miss, row) for row in rows if (miss := _miss(row[-1], strip)) is not None]
        if fitting:
            min(fitting, key=lambda each: each[0])[1].append(strip)
        else:
            rows.append([strip])
    return sorted(rows, key=lambda row: row[0].left_y)


def _miss(before: Strip, after: Strip) -> float | None:
    """Tell how badly ``after`` continues ``before``; None where it does not."""
    low, high = sorted((before.height, after.height))
    gap = after.left - before.right
    if gap < -OVERLAP * low or high > UNLIKE * low:
        return None
    before_length, after_length = before.right - before.left, after.right - after.left
    total = before_length + after_length
    slope = (before.slope * before_length + after.slope * after_length) / total if total > 0 else 0
    off = abs(after.left_y - before.right_y - slope * gap) / low
    if off > OFF_ROW:
        return None
    return off + 0.02 * gap / high


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
