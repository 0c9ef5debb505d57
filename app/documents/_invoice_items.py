"""The goods of an invoice: the first column of its table, one name in one or more lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents import _values
from app.documents._labels import Anchor
from app.documents._page import Row
from app.documents._sheet import Sheet
from app.documents._span import Span, doubtful, joined, put_in
from app.documents._variants import simplified
from app.vocabulary import Field, Proof

CELL_GAP = 0.8
"""A gap of more line heights than this is the border between two columns."""
PADDING = 0.2
"""Where the next column is due, a gap of more line heights than this is its border."""
NEAR = 1.5
"""The next column begins within this many line heights of where the heads say it does."""
SPACE = 0.3
"""This near to where the next column is due, a space between two words is its border."""
WORD = 0.45
"""A gap of more line heights than this between two Latin characters is a space."""
SPECK = 0.6
"""A single character read with less than this is none."""

_CATEGORY = re.compile(r"\*[^*]{1,20}\*")
"""Since 2018 every item begins with its category between asterisks (国税总局公告2017年第45号)."""
_QUOTED = re.compile(r"[“”\"″*]?[一-鿿、]{2,20}[“”\"″]|[“”\"″][一-鿿、]{2,20}\*")
"""Asterisks are often read as quotation marks …"""
_DOTTED = re.compile(r"·[一-鿿、]{2,20}\*|[·*]?[一-鿿、]{2,20}·(?=[一-鿿])")
"""… and sometimes as dots."""
_BARE_CATEGORY = re.compile(r"([一-鿿、]{2,20}\*)(?=[0-9A-Za-z一-鿿])")
_PRICE = re.compile(r"\d[.,]\d\d(?!\d)")
_LATIN = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table: characters of a row between the heads and the sums."""

    row: Row
    here: Sequence[int]

    @property
    def left(self) -> float:
        return self.row.left(self.here[0])

    @property
    def y(self) -> float:
        return self.row.ys[self.here[0]]

    def text_behind(self, x: float) -> str:
        return "".join(self.row.text[i] for i in self.here if self.row.xs[i] > x)


def items(sheet: Sheet, foot: float | None) -> Field:
    """Read the names of the goods above height ``foot``, one a line."""
    head = next((a for key in _HEADS for a in sheet.anchors if a.label.key == key), None)
    if head is None or foot is None:
        return Field("items", "", Proof.MISSING)
    lines = sorted(_lines(sheet, head, foot), key=lambda line: line.y)
    border = _border(head, lines)
    limit = max([border, *(a.x for a in sheet.anchors if a.label.key == "model_head")])
    names: list[Span] = []
    for line in lines:
        if line.left < border and (name := _name(line, border, limit)) is not None:
            is_new = _CATEGORY.match(name.text) or _PRICE.search(line.text_behind(border))
            if is_new or not names:
                names.append(name)
            else:
                names[-1] = joined((names[-1], name))
    if not names:
        return Field("items", "", Proof.MISSING)
    whole = _separated(_starred(names))
    prices = sum(bool(_PRICE.search(line.text_behind(border))) for line in lines)
    # A price without a name: one of the names was not seen.
    return (doubtful(whole) if prices > len(names) else whole).field("items")


_HEADS = ("name_head", "model_head", "amount_head")
"""Any of them tells where the table begins; the first also how wide the column of names is."""


def _lines(sheet: Sheet, head: Anchor, foot: float) -> Iterator[_Line]:
    for row in sheet.rows:
        here = [
            i
            for i in range(len(row.glyphs))
            if head.y < row.ys[i] - 0.5 * row.heights[i] and row.ys[i] + 0.5 * row.heights[i] < foot
        ]
        if here:
            yield _Line(row, here)


def _border(head: Anchor, lines: Sequence[_Line]) -> float:
    """Return where the column of names ends."""
    if head.label.key != "name_head":
        border = head.x
    else:
        # Heads stand in the middle of their columns, names begin at the left of theirs.
        middle = (head.x + head.right) / 2
        lefts = [line.left for line in lines if line.left < middle]
        border = 2 * middle - min(lefts, default=head.x)
    next_column = (
        strip.left
        for line in lines
        for strip in line.row.strips[1:]
        if abs(strip.left - border) < NEAR * strip.height
    )
    return min([border, *next_column])


def _name(line: _Line, border: float, limit: float) -> Span | None:
    """Read the part of a line that is a name, or of one."""
    row, here = line.row, line.here
    end = _cell_end(line, border, limit)
    name = _written(row, here[0], end)
    if not name.glyphs or (len(name) == 1 and name.score < SPECK):
        return None
    is_full = row.right(end - 1) > border - NEAR * row.heights[end - 1]
    is_cut = end <= here[-1] and row.glyphs[end].line is row.glyphs[end - 1].line
    # What was read in one go with the next column, or may go on in a line that was not seen.
    return doubtful(name) if is_cut or (is_full and _LATIN.match(name.text[-1])) else name


def _cell_end(line: _Line, border: float, limit: float) -> int:
    row = line.row
    for i in line.here[1:]:
        gap, height = row.gaps[i], row.heights[i]
        before, after = row.glyphs[i - 1], row.glyphs[i]
        if (
            gap > CELL_GAP
            or row.xs[i] > limit
            or (row.xs[i] > border and gap > PADDING)
            or (row.xs[i] > border - height and after.line is not before.line)
            or (row.xs[i] > border - SPACE * height and after.place > before.place + 1)
        ):
            return i
    return line.here[-1] + 1


def _written(row: Row, start: int, end: int) -> Span:
    parts = []
    for i in range(start, end):
        is_apart = i > start and row.gaps[i] > WORD
        if is_apart and _LATIN.match(row.text[i - 1]) and _LATIN.match(row.text[i]):
            parts.append(put_in(" "))
        parts.append(row.span(i, i + 1))
    name = simplified(joined(parts).replaced(_values.FULL_WIDTH))
    if _QUOTED.match(name.text):
        name = name.replaced(dict.fromkeys('“”"″', "*"))
    return _with_first_star(name)


def _with_first_star(name: Span) -> Span:
    """Put back the first asterisk, which is small and at the very edge of the line."""
    return joined((doubtful(put_in("*")), name)) if _BARE_CATEGORY.match(name.text) else name


def _starred(names: Sequence[Span]) -> list[Span]:
    """Read dots as asterisks where the other names have categories."""
    if not any(_CATEGORY.match(name.text) for name in names):
        return list(names)
    return [
        doubtful(_with_first_star(name.replaced({"·": "*"}))) if _DOTTED.match(name.text) else name
        for name in names
    ]


def _separated(names: Sequence[Span]) -> Span:
    parts = [part for name in names for part in (put_in("\n"), name)]
    return joined(parts[1:])
