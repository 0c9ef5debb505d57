"""Where machine-readable zones stand among the lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from app.documents import PlacedLine, _mrz, _mrz_fit, _mrz_glyphs
from app.documents._mrz_fit import Fitted
from app.documents._span import Span, cut, joined
from app.vocabulary import Box

_SEED_FILLERS, _SEED_LENGTH = 2, 12
_SHORTEST, _LONGEST = 24, 50
"""Characters of a row that may stand alone: 30, 36 or 44, with some lost or some too many."""
_WHOLE = (30, 36, 44)
_SCRAP = 6
"""A row of a layout's length lacks nothing: a few characters beside it belong to the desk."""

# In widths of a character, which is 2.54 mm (9303-3, 4.1); rows are 4.2–6.4 mm apart.
_ROW_SKEW = 0.7
_ROWS_APART = (0.9, 4.5)
_LEAST_OVERLAP = 0.5
_MOST_CHANGED = 2
"""Fillers put in or left out where no check digit says that the lines are what they seem."""


@dataclass(frozen=True, eq=False)
class _Row:
    """Folded pieces that stand in one row, left to right."""

    pieces: tuple[Span, ...]

    @cached_property
    def span(self) -> Span:
        """All pieces, and fillers where the detector saw nothing between them."""
        spans = list(self.pieces[:1])
        for before, after in pairwise(self.pieces):
            left, right = _boxes((before, after))
            lost = max(0, round((right[0] - left[2]) / self.pitch))
            spans += Span((_mrz_glyphs.unread(),) * lost), after
        return joined(spans)

    @cached_property
    def is_seed(self) -> bool:
        """Whether one of the pieces shows what the row is."""
        lines = (piece.glyphs[0].line for piece in self.pieces)
        return any(_is_seed(line.line.text) for line in lines if line is not None)

    @cached_property
    def box(self) -> Box:
        return around(_boxes(self.pieces))

    @cached_property
    def pitch(self) -> float:
        """Width of one character."""
        boxes = _boxes(self.pieces)
        return sum(box[2] - box[0] for box in boxes) / sum(map(len, self.pieces))


def find(lines: Sequence[PlacedLine]) -> list[tuple[Fitted, tuple[PlacedLine, ...]]]:
    """Return every zone on the page, set into the layout that fits best, and its lines."""
    if not any(_is_seed(line.line.text) for line in lines):
        return []
    rows = _rows(lines)
    found = []
    for stack in _stacks(rows):
        for layout in _mrz.LAYOUTS:
            if layout.lines == len(stack):
                fitted = _mrz_fit.fit([row.span for row in stack], layout)
                if fitted is not None and _is_zone(*fitted):
                    found.append((fitted[0], -layout.lines, stack, fitted[1]))
    found.sort(key=lambda each: each[:2])
    zones: list[tuple[Fitted, tuple[PlacedLine, ...]]] = []
    taken: set[_Row] = set()
    for _, _, stack, fit in found:
        if taken.isdisjoint(stack):
            taken.update(stack)
            zones.append((fit, tuple(_lines_of(stack))))
    return sorted(zones, key=lambda zone: zone[1][0].box[1])


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_zone(cost: tuple[int, int], fitted: Fitted) -> bool:
    """Tell a zone from other capitals: check digits hold, or all looks as it must."""
    zone, layout = fitted.zone, fitted.layout
    wrong, strange = cost
    first = _mrz_glyphs.read_as(fitted.rows[0].glyphs[0])
    if layout not in _mrz.VISAS and first == "V":
        return False
    # A visa has fewer check digits, so anything that fails as a passport is tempted to be one.
    if layout in _mrz.VISAS and first != "V" and (wrong or first in _mrz.NO_VISA):
        return False
    checked = _mrz.checked_parts(zone)
    checked.pop("optional", None)  # nothing at all is right there, too
    holding = sum(_mrz.holds(name, zone.text(*parts)) for name, parts in checked.items())
    is_code = bool(first) and first in layout.first
    looks_like_one = strange <= layout.lines and wrong <= len(checked) + _MOST_CHANGED
    return holding > 1 or (is_code and (holding > 0 or looks_like_one))


def _rows(lines: Sequence[PlacedLine]) -> list[_Row]:
    pieces = [_mrz_glyphs.folded(cut(line)) for line in lines if _is_capital(line.line.text)]
    pieces = [piece for piece in pieces if piece.glyphs and _mrz_glyphs.is_of_zone(piece)]
    # Rows grow out of the pieces that show what they are, the longest first.
    pieces.sort(key=lambda piece: (not _Row((piece,)).is_seed, -len(piece)))
    rows: list[_Row] = []
    for piece in pieces:
        alone = _Row((piece,))
        place = next((i for i, row in enumerate(rows) if _continues(row, alone)), None)
        if place is not None:
            both = (*rows[place].pieces, piece)
            rows[place] = _Row(tuple(sorted(both, key=lambda each: _boxes([each])[0][0])))
        elif alone.is_seed or _SHORTEST <= len(piece) <= _LONGEST:
            rows.append(alone)
    return [row for row in rows if len(row.span) <= _LONGEST]


def _is_capital(text: str) -> bool:
    return sum(character.islower() for character in text) <= len(text) / 3


def _is_seed(text: str) -> bool:
    fillers = sum(character in _mrz_glyphs.FILLER_LIKE for character in text)
    return len(text) >= _SEED_LENGTH and fillers >= _SEED_FILLERS


def _continues(row: _Row, piece: _Row) -> bool:
    """Tell whether a piece stands in a row, with no more room between them than a row has."""
    if len(row.span) in _WHOLE and len(piece.span) < _SCRAP:
        return False
    box, other, pitch = row.box, piece.box, row.pitch
    is_long = row.is_seed or len(row.span) >= _SHORTEST
    if not is_long or abs(_middle(box) - _middle(other)) > _ROW_SKEW * pitch:
        return False
    gap = max(box[0], other[0]) - min(box[2], other[2])
    width = max(box[2], other[2]) - min(box[0], other[0])
    return gap > -pitch and width <= (_LONGEST + 1) * pitch


def _stacks(rows: Sequence[_Row]) -> Iterator[tuple[_Row, ...]]:
    below = {row: _below(row, rows) for row in rows}
    for row in rows:
        if (second := below[row]) is not None:
            if row.is_seed or second.is_seed:
                yield row, second
            if (third := below[second]) is not None:
                yield row, second, third


def _below(row: _Row, rows: Sequence[_Row]) -> _Row | None:
    nearest, farthest = _ROWS_APART
    under = [
        (_middle(other.box) - _middle(row.box), i)
        for i, other in enumerate(rows)
        if nearest * row.pitch < _middle(other.box) - _middle(row.box) < farthest * row.pitch
        and _overlap(row.box, other.box) > _LEAST_OVERLAP
    ]
    return rows[min(under)[1]] if under else None


def _overlap(a: Box, b: Box) -> float:
    """Return how much of the narrower box's width both share."""
    return (min(a[2], b[2]) - max(a[0], b[0])) / max(1e-6, min(a[2] - a[0], b[2] - b[0]))


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _boxes(pieces: Iterable[Span]) -> list[Box]:
    return [line.box for piece in pieces if (line := piece.glyphs[0].line) is not None]


def _lines_of(stack: Iterable[_Row]) -> Iterator[PlacedLine]:
    for row in stack:
        for piece in row.pieces:
            if (line := piece.glyphs[0].line) is not None:
                yield line
