"""Read rows → the exact places of a layout: full length, allowed characters, clean filler tails."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.documents import _mrz, _mrz_glyphs
from app.documents._mrz import FILLER, Layout, Zone
from app.documents._span import Glyph, Span
from app.documents._states import STATES
from app.vocabulary import Alternative

_UNREAD = 0.5
"""Score of a filler that the recogniser left out of a run."""
_MOST_STRAY = 2
"""Marks read as characters before or behind a line, where its length gives them away."""
_MOST_CHANGED = 12
"""Fillers lost, or too many, in all of a zone, but for the end of its names."""
_MOST_FITS = 8
"""Equally good ways to set one line that are weighed against those of the other lines."""

_RUN = re.compile(f"{FILLER}+")
_NAMES = re.compile(r"[A-Z]+(?:<[A-Z]+)*(?:<<[A-Z]+(?:<[A-Z]+)*)?")
_NOISE = re.compile(r"(?<=<)[KCLESXG4]{1,3}(?=<|$)")
"""What recognisers make of one or a few fillers in a long run of them."""
_MOST_NOISE = 0.34
"""A tail with more than this share of noise is no tail."""


@dataclass(frozen=True)
class Fitted:
    """The rows of one zone, set into a layout character by character."""

    layout: Layout
    rows: tuple[Span, ...]

    @property
    def zone(self) -> Zone:
        """The same as plain text."""
        return Zone(self.layout, tuple(row.text for row in self.rows))


def fit(rows: Sequence[Span], layout: Layout) -> tuple[tuple[int, int], Fitted] | None:
    """Set folded rows into a layout, with the cost of it; None if their lengths do not allow it.

    Only runs of fillers are stretched or shortened. Where check digits and allowed characters
    leave several ways open, the places in which they differ count as hardly read.
    """
    names = layout.parts["names"].line
    changed = sum(
        max(0, len(row) - layout.length) if line == names else abs(layout.length - len(row))
        for line, row in enumerate(rows)
    )
    if changed > _MOST_CHANGED:
        return None
    ways = [_fits(row, layout, line) for line, row in enumerate(rows)]
    fitted = [Fitted(layout, rows) for rows in itertools.product(*ways)]
    if not fitted:
        return None
    costs = [_cost(each, changed) for each in fitted]
    best = [each for each, cost in zip(fitted, costs, strict=True) if cost == min(costs)]
    return min(costs), best[0] if len(best) == 1 else _with_doubts(best)


def _fits(row: Span, layout: Layout, line: int) -> list[Span]:
    """Return the best ways to set one row, none if its length is out of reach."""
    allowed = layout.allowed(line)
    names = layout.parts["names"]
    is_named = names.line == line
    found: dict[str, tuple[int, Span]] = {}
    for placed in _with_tail(row, layout) if is_named else _placed(row, layout.length):
        read = Span(tuple(map(_mrz_glyphs.restricted, placed.glyphs, allowed)))
        if not is_named and read.glyphs[0].line is None and not _have_dates(read, layout, line):
            continue
        for span in (_with_clean_tail(read, names.start),) if is_named else _cleaned(read, allowed):
            strange = sum(text not in may for text, may in zip(span.text, allowed, strict=True))
            found.setdefault(span.text, (strange, span))
    # Those with the fewest characters out of place, and one more: a misread character may look
    # out of place where a misplaced one does not.
    limit = min((strange for strange, _ in found.values()), default=0) + 1
    return [span for strange, span in found.values() if strange <= limit][:_MOST_FITS]


def _have_dates(row: Span, layout: Layout, line: int) -> bool:
    """Tell whether the dates of a row hold, so that it lost its first characters and no others."""
    lines = [FILLER * layout.length] * layout.lines
    lines[line] = row.text
    zone = Zone(layout, tuple(lines))
    checked = _mrz.checked_parts(zone)
    here = [
        name for name, parts in checked.items() if name.endswith("_date") and parts[0].line == line
    ]
    return bool(here) and all(_mrz.holds(name, zone.text(*checked[name])) for name in here)


def _cost(fitted: Fitted, changed: int) -> tuple[int, int]:
    """Weigh check digits that fail and fillers put in or left out, then characters out of place."""
    zone = fitted.zone
    checked = _mrz.checked_parts(zone)
    failing = sum(not _mrz.holds(name, zone.text(*parts)) for name, parts in checked.items())
    strange = sum(
        character not in may
        for line, text in enumerate(zone.lines)
        for character, may in zip(text, fitted.layout.allowed(line), strict=True)
    )
    is_known = zone.part("state").rstrip(FILLER) in STATES
    return failing + changed, strange + (not is_known)


def _with_doubts(ways: Sequence[Fitted]) -> Fitted:
    """Return the first of several ways, its score low wherever another one differs."""
    rows = []
    for line, row in enumerate(ways[0].rows):
        others = [way.rows[line].text for way in ways]
        rows.append(
            Span(
                tuple(
                    glyph if all(o[i] == glyph.text for o in others) else _doubted(glyph)
                    for i, glyph in enumerate(row.glyphs)
                )
            )
        )
    return Fitted(ways[0].layout, tuple(rows))


def _doubted(glyph: Glyph) -> Glyph:
    first, *rest = glyph.candidates
    return glyph._replace(candidates=(Alternative(first.text, min(first.score, _UNREAD)), *rest))


def _placed(row: Span, length: int) -> Iterator[Span]:
    """Give every way to bring a row with values in it to the full length."""
    lacking = length - len(row)
    if lacking == 0:
        yield row
    elif lacking > 0:
        more = (_mrz_glyphs.unread(),) * lacking
        for end in _gaps(row):
            yield Span((*row.glyphs[:end], *more, *row.glyphs[end:]))
    else:
        for run in _RUN.finditer(row.text):
            if run.end() - run.start() > -lacking:
                yield Span((*row.glyphs[: run.end() + lacking], *row.glyphs[run.end() :]))
        for strays in range(1 - lacking) if -lacking <= _MOST_STRAY else ():
            yield row.part(strays, strays + length)


def _gaps(row: Span) -> Iterator[int]:
    """Give where characters may have been left out: in a run, between two pieces, at either end."""
    ends = {run.end() for run in _RUN.finditer(row.text)} | {0, len(row)}
    for i in range(1, len(row)):
        if row.glyphs[i].line is not row.glyphs[i - 1].line:
            ends.add(i)
    yield from sorted(ends)


def _with_tail(row: Span, layout: Layout) -> Iterator[Span]:
    """Give the row of the names at full length: its end is fillers, so only the end changes.

    Unless its beginning was cut off, which for a passport is a P (part 4, 4.2.2).
    """
    length = layout.length
    lacking = length - len(row)
    if lacking >= 0:
        yield Span((*row.glyphs, *(_mrz_glyphs.unread(),) * lacking))
        if 0 < lacking <= _MOST_STRAY:
            first = _mrz_glyphs.unread(layout.first if len(layout.first) == 1 else FILLER)
            yield Span((first, *(_mrz_glyphs.unread(),) * (lacking - 1), *row.glyphs))
        return
    rest = row.text[length:]
    if rest.strip(FILLER) == "" or (len(rest) <= _MOST_STRAY and row.text[length - 1] == FILLER):
        yield row.part(0, length)


def _with_clean_tail(row: Span, start: int) -> Span:
    """Take for fillers what was read between the fillers behind the names.

    Two fillers stand once, between primary and secondary identifier (9303-3, 4.6); whatever comes
    behind the next two, or behind three, can only be fillers.
    """
    found = _NAMES.match(row.text, start)
    end = found.end() if found else start
    tail = row.text[end:]
    noise = [run for run in _NOISE.finditer(tail) if run.start() >= 2]
    if sum(len(run[0]) for run in noise) > _MOST_NOISE * len(tail):
        return row
    return _with_fillers(row, [end + i for run in noise for i in range(run.start(), run.end())])


def _cleaned(row: Span, allowed: Sequence[str]) -> Iterator[Span]:
    """Give the row as it is, and with fillers for what may be noise between them.

    Only the check digits can say which of the two it is.
    """
    yield row
    free = "".join(
        c if may is _mrz.ALPHABET else " " for c, may in zip(row.text, allowed, strict=True)
    )
    noise = [i for run in _NOISE.finditer(free) for i in range(run.start(), run.end())]
    if noise:
        yield _with_fillers(row, noise)


def _with_fillers(row: Span, places: Iterable[int]) -> Span:
    glyphs = list(row.glyphs)
    for place in places:
        others = tuple(c for c in glyphs[place].candidates if c.text != FILLER)
        filler = Alternative(FILLER, max(_UNREAD, 1 - others[0].score))
        glyphs[place] = glyphs[place]._replace(text=FILLER, candidates=(filler, *others))
    return Span(tuple(glyphs))
