"""Amount, tax and total of an invoice: the figures below its table."""

from __future__ import annotations

import re

from app.documents import _figures
from app.documents._labels import Anchor
from app.documents._sheet import Piece, Sheet
from app.vocabulary import Field, Proof

ABOVE = 4.0
"""The sums stand at most this many line heights above the total."""

_PRICE = re.compile(r"\d[.,]\d\d(?!\d)")


def sums(sheet: Sheet) -> tuple[Field, Field]:
    """Read amount and tax out of the row of sums."""
    cells = _cells(sheet)
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


def height(sheet: Sheet) -> float | None:
    """Return the height of the row of sums, where the goods end."""
    if anchor := _first(sheet, "sums"):
        return anchor.y
    if cells := _cells(sheet):
        return cells[0].row.ys[0]
    words = _first(sheet, "total_in_words")
    return words.y - words.height if words else None


def total_beside_words(sheet: Sheet) -> Field:
    """Read the total in figures, whose label is lost, in the row of the total in words."""
    words = _first(sheet, "total_in_words")
    cells = [p for p in sheet.free if words and p.row is words.row and _is_signed(p)]
    sheet.take(cells)
    return _money("total", cells[-1] if cells else None)


def _cells(sheet: Sheet) -> list[Piece]:
    """Return the figures of the row of sums, from left to right; they bear the sign ¥."""
    anchor, total = _first(sheet, "sums"), _first(sheet, "total")
    figures = [piece for piece in sheet.free if _figures.money(piece.span) is not None]
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


def _money(name: str, cell: Piece | None) -> Field:
    span = _figures.money(cell.span) if cell else None
    return span.field(name) if span else Field(name, "", Proof.MISSING)


def _is_signed(piece: Piece) -> bool:
    return "¥" in piece.span.text or piece.span.text in _figures.FREE_OF_TAX


def _first(sheet: Sheet, key: str) -> Anchor | None:
    return next((anchor for anchor in sheet.anchors if anchor.label.key == key), None)


def _middle(anchor: Anchor) -> float:
    return (anchor.x + anchor.right) / 2
