"""The table of an invoice: names of the goods, and the sums under the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.documents import _figures, _values
from app.documents._labels import Anchor
from app.documents._page import Row
from app.documents._sheet import Piece, Sheet
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
ABOVE = 4.0
"""The sums stand at most this many line heights above the total."""

_CATEGORY = re.compile(r"\*[^*]{1,20}\*")
"""Since 2018 every item begins with its category between asterisks (国税总局公告2017年第45号)."""
_BARE_CATEGORY = re.compile(r"([\u4e00-\u9fff、]{2,20}\*)(?=[0-9A-Za-z\u4e00-\u9fff])")
_QUOTED = re.compile(r"[“”\"″*]?[\u4e00-\u9fff、]{2,20}[“”\"″]|[“”\"″][\u4e00-\u9fff、]{2,20}\*")
"""Asterisks are often read as quotation marks."""
_PRICE = re.compile(r"\d[.,]\d\d(?!\d)")
_LATIN = re.compile(r"[0-9A-Za-z]")


def sums(sheet: Sheet) -> tuple[Field, Field]:
    """Read amount and tax out of the row of sums."""
    cells = _sum_cells(sheet)
    heads = [_first(sheet, key) for key in ("amount_head", "tax_head")]
    found: list[Piece | None] = [None, None]
    if len(cells) > 1:
        found = [*cells[-2:]]
    elif cells and heads[0] and heads[1]:
        middle = (cells[0].left + cells[0].right) / 2
        is_tax = abs(middle - _middle(heads[1])) < abs(middle - _middle(heads[0]))
        found[int(is_tax)] = cells[0]
    sheet.take(cells)
    amount, tax = (_money(name, cell) for name, cell in zip(("amount", "tax"), found, strict=True))
    return amount, tax


def total_beside_words(sheet: Sheet) -> Field:
    """Read the total in figures, whose label is lost, in the row of the total in words."""
    words = _first(sheet, "total_in_words")
    cells = [p for p in sheet.free if words and p.row is words.row and _is_signed(p)]
    sheet.take(cells)
    return _money("total", cells[-1] if cells else None)


def items(sheet: Sheet) -> Field:
    """Read the names of the goods, one a line."""
    names: list[Span] = []
    for name, is_new in _name_lines(sheet):
        if is_new or not names:
            names.append(name)
        else:
            names[-1] = joined((names[-1], name))
    if not names:
        return Field("items", "", Proof.MISSING)
    parts = [part for name in names for part in (put_in("\n"), name)]
    return joined(parts[1:]).field("items")


def _sum_cells(sheet: Sheet) -> list[Piece]:
    """Return the figures of the row of sums, from left to right; they bear the sign ¥."""
    anchor, total = _first(sheet, "sums"), _first(sheet, "total")
    figures = [piece for piece in sheet.free if _is_money(piece)]
    signed = [piece for piece in figures if _is_signed(piece)]

    def in_row(piece: Piece) -> bool:
        return anchor is not None and piece.row is anchor.row and piece.start >= anchor.end

    def above_total(piece: Piece) -> bool:
        return total is not None and 0.6 < (total.y - piece.y) / total.height < ABOVE

    cells = list(filter(in_row, signed)) or list(filter(above_total, signed))
    if len(cells) == 1:
        # The other sign was not read.
        beside = (piece for piece in figures if piece.row is cells[0].row)
        cells += [p for p in beside if p not in cells and _PRICE.search(p.span.text)]
    return sorted(cells or filter(in_row, figures), key=lambda piece: piece.left)


def _foot(sheet: Sheet) -> float | None:
    """Return the height at which the goods end."""
    if sums := _first(sheet, "sums"):
        return sums.y
    if cells := _sum_cells(sheet):
        return cells[0].row.ys[0]
    words = _first(sheet, "total_in_words")
    return words.y - words.height if words else None


def _name_lines(sheet: Sheet) -> Iterator[tuple[Span, bool]]:
    """Yield the lines of the column of names, and whether each begins an item."""
    head, foot = _first(sheet, "name_head"), _foot(sheet)
    if head is None or foot is None:
        return
    lines = [
        (row, here)
        for row in sheet.rows
        if (here := [i for i in range(len(row.glyphs)) if _is_between(row, i, head, foot)])
    ]
    lines = [(row, here) for row, here in lines if row.left(here[0]) < _middle(head)]
    if not lines:
        return
    # Heads stand in the middle of their columns, names begin at the left of theirs.
    border = 2 * _middle(head) - min(row.left(here[0]) for row, here in lines)
    border = min([border, *_next_column(lines, border)])
    model = _first(sheet, "model_head")
    limit = max(model.x, border) if model else border
    for row, here in sorted(lines, key=lambda line: line[0].ys[line[1][0]]):
        end = _cell_end(row, here, border, limit)
        name = _item(row, here[0], end)
        if end <= here[-1] and row.glyphs[end].line is row.glyphs[end - 1].line:
            # Read in one go with the next column: the border between them is a guess.
            name = doubtful(name)
        if name.glyphs and not (len(name) == 1 and name.score < SPECK):
            behind = "".join(row.glyphs[i].text for i in here if i >= end)
            yield name, bool(_CATEGORY.match(name.text) or _PRICE.search(behind))


def _next_column(lines: Sequence[tuple[Row, list[int]]], border: float) -> Iterator[float]:
    """Yield where lines of text begin near the right border of the names."""
    for row, _ in lines:
        for strip in row.strips[1:]:
            if abs(strip.left - border) < NEAR * strip.height:
                yield strip.left


def _is_between(row: Row, i: int, head: Anchor, foot: float) -> bool:
    reach = 0.5 * row.heights[i]
    return head.y + reach < row.ys[i] < foot - reach


def _cell_end(row: Row, here: Sequence[int], border: float, limit: float) -> int:
    for i in here[1:]:
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
    return here[-1] + 1


def _item(row: Row, start: int, end: int) -> Span:
    parts = []
    for i in range(start, end):
        is_apart = i > start and row.gaps[i] > WORD
        if is_apart and _LATIN.match(row.text[i - 1]) and _LATIN.match(row.text[i]):
            parts.append(put_in(" "))
        parts.append(row.span(i, i + 1))
    name = simplified(joined(parts).replaced(_values.FULL_WIDTH))
    if _QUOTED.match(name.text):
        name = name.replaced(dict.fromkeys('“”"″', "*"))
    if _BARE_CATEGORY.match(name.text):
        # The first asterisk is small and at the very edge of the line.
        name = joined((doubtful(put_in("*")), name))
    return name


def _money(name: str, cell: Piece | None) -> Field:
    span = _figures.money(cell.span) if cell else None
    return span.field(name) if span else Field(name, "", Proof.MISSING)


def _is_signed(piece: Piece) -> bool:
    return "¥" in piece.span.text or piece.span.text in _figures.FREE_OF_TAX


def _is_money(piece: Piece) -> bool:
    return _figures.money(piece.span) is not None


def _first(sheet: Sheet, key: str) -> Anchor | None:
    return next((anchor for anchor in sheet.anchors if anchor.label.key == key), None)


def _middle(anchor: Anchor) -> float:
    return (anchor.x + anchor.right) / 2
