"""Buyer and seller of an invoice: the same labels twice, told apart by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from app.documents import _credit_code, _figures, _values
from app.documents._labels import Anchor, Label, generous, nearest
from app.documents._page import Page
from app.documents._sheet import Piece, Sheet
from app.documents._span import doubtful
from app.vocabulary import Field, Proof

PARTIES = ("buyer", "seller")
NAME = Label("party_name", ("名称",), repeats=2, is_inline=True)
TAX_ID = Label(
    "party_tax_id",
    ("统一社会信用代码/纳税人识别号", "纳税人识别号"),
    weight=2,
    repeats=2,
    is_inline=True,
)
HEADS = ("name_head", "model_head", "amount_head", "tax_head")

NAME_GAP = 1.3
"""Behind a name the cipher may begin after this many line heights."""
ROWS_APART = 3.5
"""Name and tax number stand at most this many line heights below each other."""
INDENT = 2.5
"""Their labels begin within this many line heights of each other."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Where the goods stand: the seller is below them, or above their right half."""

    y: float
    middle: float

    def party(self, x: float, y: float) -> str:
        return "seller" if y > self.y or x > self.middle else "buyer"


def sided(page: Page, anchors: Sequence[Anchor]) -> Sequence[Anchor]:
    """Give the labels of buyer and seller keys of their own, and guess the damaged ones."""
    sides = _sides(anchors)
    if sides is None:
        return anchors
    own = [_keyed(anchor, sides) for anchor in anchors]
    for party in PARTIES:
        keys = {anchor.label.key: anchor for anchor in own}
        name, tax_id = keys.get(f"{party}_name"), keys.get(f"{party}_tax_id")
        if name is None and tax_id is not None:
            own += _damaged(page, NAME, tax_id, f"{party}_name", above=True)
        elif tax_id is None and name is not None:
            own += _damaged(page, TAX_ID, name, f"{party}_tax_id", above=False)
    return own


def unlabelled(sheet: Sheet) -> dict[str, Field]:
    """Read names and tax numbers whose labels are lost; the number proves what it is."""
    found: dict[str, Field] = {}
    sides = _sides(sheet.anchors)
    keys = {anchor.label.key: anchor for anchor in sheet.anchors}
    numbers = [
        (piece, span)
        for piece in sheet.free
        if (span := _figures.credit_code(piece.span)) and _credit_code.holds(span.text)
    ]
    for party in PARTIES if sides else ():
        beside: Anchor | Piece | None = keys.get(f"{party}_tax_id")
        for piece, span in numbers:
            if sides and sides.party(piece.left, piece.y) == party:
                found[f"{party}_tax_id"] = span.field(f"{party}_tax_id")
                beside = beside or piece
        if beside is not None:
            found |= _name_above(sheet, beside, f"{party}_name")
    return found


def _sides(anchors: Sequence[Anchor]) -> _Sides | None:
    goods = [anchor.y for anchor in anchors if anchor.label.key in HEADS]
    goods = goods or [anchor.y for anchor in anchors if anchor.label.key == "total_in_words"]
    if not goods:
        return None
    middle = (min(anchor.x for anchor in anchors) + max(anchor.right for anchor in anchors)) / 2
    return _Sides(median(goods), middle)


def _keyed(anchor: Anchor, sides: _Sides) -> Anchor:
    key = anchor.label.key.removeprefix("party_")
    if key == anchor.label.key:
        return anchor
    return _renamed(anchor, f"{sides.party(anchor.x, anchor.y)}_{key}")


def _renamed(anchor: Anchor, key: str) -> Anchor:
    return replace(anchor, label=replace(anchor.label, key=key, repeats=1))


def _damaged(page: Page, label: Label, known: Anchor, key: str, *, above: bool) -> Iterator[Anchor]:
    for row in page.rows:
        guess = nearest(row, label)
        if guess is None or guess.is_inside or guess.cost > generous(guess):
            continue
        fall = (known.y - guess.y if above else guess.y - known.y) / known.height
        # Labels are spread over the same width, or begin at the same edge.
        off = min(abs(guess.x - known.x), abs(guess.right - known.right))
        if 0.5 < fall < ROWS_APART and off < INDENT * known.height:
            yield _renamed(guess, key)


def _name_above(sheet: Sheet, known: Anchor | Piece, name: str) -> dict[str, Field]:
    x = known.x if isinstance(known, Anchor) else known.left
    above = [
        (piece, span)
        for piece in sheet.free
        if 0.5 < (known.y - piece.y) / known.height < ROWS_APART
        and piece.right > x
        and abs(piece.left - x) < 4 * INDENT * known.height
        and (span := _values.party(piece.up_to_gap(NAME_GAP).span))
        and len(span) > 3
    ]
    if not above:
        return {}
    # Without its label this may be another text: the clerk looks at it.
    _, span = max(above, key=lambda each: each[0].y)
    return {name: doubtful(span).field(name, Proof.READ)}
