"""Printed labels found among text that was read with mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.documents._page import Page, Row

UNSURE = 0.3
"""Cost of a character that is only among the recogniser's other candidates."""
MISSED = 1.1
"""Cost of a character that is not there: more than of one that was misread."""
EXTRA = 0.7
"""Cost of a character too many: a comma, a speck."""
IMPOSSIBLE = 9.0
"""Cost of what cannot be."""
ROOM = 0.6
"""What stands this many line heights behind a text is not a part of it."""
APART = 0.3
"""Cost of a misread character that also stands apart from the one before: it is the value's."""
INSIDE = 0.15
"""Cost of a label that begins in the middle of a text: words of labels stand in values too."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text printed on the form, and how much it says about the kind of the document."""

    key: str
    texts: tuple[str, ...]
    """Every wording, without spaces."""
    weight: float = 1.0
    repeats: int = 1
    """How often one document has it."""
    is_title: bool = False
    """Stands above everything else."""
    is_inline: bool = False
    """Often printed right behind the value before it, without a gap."""
    begins_row: bool = True
    """Stands first in its row of the form."""
    never: str = ""
    """Characters that are not this label misread, because they are its value."""
    is_gloss: bool = False
    """A translation beside the label proper."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label as found."""

    label: Label
    row: Row
    start: int
    end: int
    length: int
    """Characters of the wording."""
    cost: float
    """Weighted mistakes, 0 for none."""

    @property
    def x(self) -> float:
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
    def is_inside(self) -> bool:
        """Whether it begins in the middle of a text."""
        return self.start > 0 and self.row.gaps[self.start] < ROOM

    @property
    def height(self) -> float:
        """Line height."""
        return self.row.heights[self.start]


def tolerance(length: int) -> float:
    """Return the cost up to which a label of this many characters is believed by itself."""
    return 0.35 * (length - 1) if length < 4 else 0.3 * length


def generous(anchor: Anchor) -> float:
    """Return the cost up to which a label is believed where only it can stand.

    Half a label of two characters is only one at the beginning of a text.
    """
    if anchor.length < 4:
        return 1.0 if anchor.is_inside else 1.2
    return 0.55 * anchor.length


def search(page: Page, labels: Sequence[Label]) -> list[Anchor]:
    """Find labels on a page; of two that overlap, the one that explains more stays."""
    found = [anchor for label in labels for anchor in _exact(page, label)]
    exact = Counter(anchor.label.key for anchor in found)
    for label in labels:
        # Most labels of most forms share hardly a character with the page.
        if exact[label.key] < label.repeats and _may_hold(page.readable, label):
            found += _fuzzy(page.rows, label)
    return apart(_outside(found))


def _outside(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Drop words inside a text where the label also stands on its own."""
    own = {anchor.label.key for anchor in anchors if not anchor.is_inside}
    return [
        anchor
        for anchor in anchors
        if anchor.label.is_inline or not anchor.is_inside or anchor.label.key not in own
    ]


def apart(anchors: Iterable[Anchor]) -> list[Anchor]:
    """Keep anchors that do not overlap, the longest and best read first."""
    kept: list[Anchor] = []
    for anchor in sorted(anchors, key=lambda each: 2 * each.cost - each.length):
        if not any(
            anchor.row is other.row and anchor.start < other.end and other.start < anchor.end
            for other in kept
        ):
            kept.append(anchor)
    return kept


def nearest(row: Row, label: Label, taken: Iterable[Anchor] = ()) -> Anchor | None:
    """Return the stretch of a row that is most like a label, however unlike it is."""
    extra = [IMPOSSIBLE if char in label.never else 0.0 for char in row.text]
    for other in taken:
        if other.row is row:
            extra[other.start : other.end] = [IMPOSSIBLE] * (other.end - other.start)
    best: Anchor | None = None
    for text in label.texts:
        if row.readable.isdisjoint(text):
            continue
        cost, start, end = _align(text, row, extra)
        if end > start and (best is None or cost / len(text) < best.cost / best.length):
            best = Anchor(label, row, start, end, len(text), cost)
    return best


def _exact(page: Page, label: Label) -> list[Anchor]:
    found = []
    for row in page.rows:
        for text in label.texts:
            at = row.text.find(text)
            while at >= 0:
                anchor = Anchor(label, row, at, at + len(text), len(text), 0.0)
                found.append(replace(anchor, cost=INSIDE) if anchor.is_inside else anchor)
                at = row.text.find(text, at + 1)
    return found


def _fuzzy(rows: Sequence[Row], label: Label) -> list[Anchor]:
    found = []
    for row in rows:
        if _may_hold(row.readable, label):
            near = nearest(row, label)
            if near and near.cost and near.cost <= tolerance(near.length):
                found.append(near)
    return found


def _may_hold(readable: frozenset[str], label: Label) -> bool:
    return any(len(readable.intersection(text)) * 2 > len(text) for text in label.texts)


def _align(text: str, row: Row, extra: Sequence[float]) -> tuple[float, int, int]:
    """Align ``text`` with the best stretch of a row: cost, start, end."""
    width = len(row.text)
    costs, starts = [0.0] * (width + 1), list(range(width + 1))
    for i, wanted in enumerate(text, 1):
        cost, start = i * MISSED, 0
        next_costs, next_starts = [cost], [start]
        for j, price in enumerate(_prices(wanted, row, extra, is_first=i == 1)):
            added = cost + EXTRA
            cost, start = (
                (added, start) if added < costs[j] + price else (costs[j] + price, starts[j])
            )
            if costs[j + 1] + MISSED < cost:
                cost, start = costs[j + 1] + MISSED, starts[j + 1]
            next_costs.append(cost)
            next_starts.append(start)
        costs, starts = next_costs, next_starts
    last = min(range(width + 1), key=costs.__getitem__)
    return costs[last], starts[last], last


def _prices(wanted: str, row: Row, extra: Sequence[float], *, is_first: bool) -> list[float]:
    """Return what it costs to read each character of a row as ``wanted``."""
    prices = [1.0 + APART if gap > 1 and not is_first else 1.0 for gap in row.gaps]
    if wanted in row.readable:
        for i, glyph in enumerate(row.glyphs):
            if glyph.text == wanted:
                prices[i] = 0.0
            elif any(each.text == wanted for each in glyph.candidates):
                prices[i] += UNSURE - 1.0
    return [price + more for price, more in zip(prices, extra, strict=True)]
