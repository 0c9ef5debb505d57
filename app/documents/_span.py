"""Stretches of read text: each character with its candidates and its place, through every cut."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from app.documents import PlacedLine
from app.vocabulary import Alternative, Alternatives, Field, Point, Proof, Quad, TextLine

SURE = 1.0
GUESS = 0.5
"""Score at most of what the recogniser did not read in so many words."""
_ROOM = 1.0
"""Distance of two Chinese characters, in line heights, that leaves room for a third: they stand
about 0.6 apart, and 1.2 where the recogniser took one for nothing."""
_WIDEST = 0.6
"""Half the width of a character at most, in line heights: Chinese characters are square."""


class Glyph(NamedTuple):
    """One character of a line."""

    text: str
    candidates: tuple[Alternative, ...]
    line: PlacedLine | None = None
    """None where the character was put in, such as the dashes of a date."""
    place: int = 0
    """Which character of its line it is."""


@dataclass(frozen=True)
class Span:
    """Characters in reading order, of one line or of several."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """The characters, joined."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def score(self) -> float:
        """Lowest probability among the characters; a guess where one of them may be lost."""
        lowest = min((glyph.candidates[0].score for glyph in self.glyphs), default=0.0)
        lost = any(_leave_room(left, right) for left, right in pairwise(self.glyphs))
        return min(lowest, GUESS) if lost else lowest

    @property
    def alternatives(self) -> Alternatives:
        """One entry a character."""
        return tuple(glyph.candidates for glyph in self.glyphs)

    @property
    def quad(self) -> Quad | None:
        """Where the characters stand on the frame."""
        reach: dict[int, tuple[TextLine, int, int]] = {}
        for glyph in self.glyphs:
            if glyph.line is not None:
                line, i = glyph.line.line, glyph.place
                _, low, high = reach.get(id(line), (line, i, i))
                reach[id(line)] = (line, min(low, i), max(high, i))
        return _around([_quad_of(line, low, high + 1) for line, low, high in reach.values()])

    def __len__(self) -> int:
        return len(self.glyphs)

    def part(self, start: int, end: int | None = None) -> Span:
        """Return the characters from ``start`` up to ``end``."""
        return Span(self.glyphs[start:end])

    def only(self, keep: Callable[[str], bool]) -> Span:
        """Return the characters that ``keep`` accepts."""
        return Span(tuple(glyph for glyph in self.glyphs if keep(glyph.text)))

    def replaced(self, table: Mapping[str, str]) -> Span:
        """Exchange characters one to one, among the candidates too."""
        return Span(tuple(_replaced(glyph, table) for glyph in self.glyphs))

    def field(self, name: str, proof: Proof = Proof.READ) -> Field:
        """Make a field of the whole span."""
        return Field(name, self.text, proof, self.score, self.quad, self.alternatives)


Read = Callable[[Span], Span | None]
"""Normalises what was found; None where it cannot be the value."""


def cut(line: PlacedLine, start: int = 0, end: int | None = None) -> Span:
    """Cut a stretch out of a line: its text, candidates, score and place on the frame."""
    text = line.line.text
    candidates = line.line.alternatives
    if len(candidates) != len(text):
        candidates = tuple((Alternative(char, line.line.score),) for char in text)
    where = range(*slice(start, end).indices(len(text)))
    return Span(tuple(Glyph(text[i], candidates[i], line, i) for i in where))


def centres(line: TextLine) -> Sequence[float]:
    """Return where each character stands along its line; evenly spread where nobody knows."""
    count = len(line.text)
    if len(line.centres) == count:
        return line.centres
    return [(i + 0.5) / count for i in range(count)]


def joined(spans: Iterable[Span]) -> Span:
    """Put spans one behind the other."""
    return Span(tuple(glyph for span in spans for glyph in span.glyphs))


def _leave_room(left: Glyph, right: Glyph) -> bool:
    line = right.line
    if line is None or left.line is not line or right.place != left.place + 1:
        return False
    if not (_is_square(left.text) and _is_square(right.text)):
        return False
    where = centres(line.line)
    x1, y1, x2, y2 = line.box
    return (where[right.place] - where[left.place]) * (x2 - x1) > _ROOM * (y2 - y1)


def _is_square(text: str) -> bool:
    """Whether it is a Chinese character, as wide as it is high."""
    return unicodedata.east_asian_width(text) == "W"


def put_in(text: str) -> Span:
    """Return characters that stand nowhere on the page."""
    return Span(tuple(Glyph(char, (Alternative(char, SURE),)) for char in text))


def chosen(glyph: Glyph, candidate: Alternative) -> Glyph:
    """Return the glyph read as another of its candidates, which moves to the front."""
    others = tuple(each for each in glyph.candidates if each.text != candidate.text)
    return glyph._replace(text=candidate.text, candidates=(candidate, *others))


def doubtful(span: Span) -> Span:
    """Return the same text, no character surer than a guess."""
    return Span(
        tuple(
            glyph._replace(
                candidates=tuple(Alternative(c.text, min(c.score, GUESS)) for c in glyph.candidates)
            )
            for glyph in span.glyphs
        )
    )


def reworded(span: Span, wording: str) -> Span:
    """Write another text in the place of a span, as sure as its least sure character."""
    first, last = span.glyphs[0], span.glyphs[-1]
    score = span.score
    return Span(
        tuple(
            (first if i == 0 else last)._replace(text=char, candidates=(Alternative(char, score),))
            for i, char in enumerate(wording)
        )
    )


def _replaced(glyph: Glyph, table: Mapping[str, str]) -> Glyph:
    if not any(each.text in table for each in glyph.candidates):
        return glyph
    merged: dict[str, float] = {}
    for each in glyph.candidates:
        text = table.get(each.text, each.text)
        merged[text] = min(SURE, merged.get(text, 0.0) + each.score)
    candidates = tuple(Alternative(text, score) for text, score in merged.items())
    return glyph._replace(text=candidates[0].text, candidates=candidates)


def _quad_of(line: TextLine, start: int, end: int) -> Quad:
    left, right = _edges(line, start, end)
    p0, p1, p2, p3 = line.quad
    return (_between(p0, p1, left), _between(p0, p1, right), _between(p3, p2, right),
            _between(p3, p2, left))  # fmt: skip


def _edges(line: TextLine, start: int, end: int) -> tuple[float, float]:
    """Return where a stretch begins and ends along its line, each 0–1."""
    count, at = len(line.text), centres(line)
    p0, p1, _, p3 = line.quad
    half = _WIDEST * math.dist(p0, p3) / max(math.dist(p0, p1), 1e-6)
    left = 0.0 if start == 0 else (at[start - 1] + at[start]) / 2
    right = 1.0 if end == count else (at[end - 1] + at[end]) / 2
    return max(left, at[start] - half, 0.0), min(right, at[end - 1] + half, 1.0)


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _around(quads: Sequence[Quad]) -> Quad | None:
    """Return the rectangle around quads that lies as the first of them does."""
    if len(quads) < 2:
        return quads[0] if quads else None
    (x0, y0), (x1, y1) = quads[0][:2]
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    along = [x * ux + y * uy for quad in quads for x, y in quad]
    across = [y * ux - x * uy for quad in quads for x, y in quad]
    corners = ((min(along), min(across)), (max(along), min(across)),
               (max(along), max(across)), (min(along), max(across)))  # fmt: skip
    p0, p1, p2, p3 = ((a * ux - b * uy, a * uy + b * ux) for a, b in corners)
    return p0, p1, p2, p3
