"""Recognised characters → the 37 characters of a machine-readable zone, each with its rivals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from app.documents import _mrz
from app.documents._span import Glyph, Span
from app.vocabulary import Alternative

FILLER_LIKE = frozenset("<＜‹〈《⟨«≤")
"""What only a filler looks like: a line with some of these is a line of a zone."""
# Seen where a filler stands, but elsewhere too: other brackets and what is left of a blurred one.
_FILLERS = dict.fromkeys((*FILLER_LIKE, *"([{∠～~-–—"), _mrz.FILLER)
_FOLDED = _FILLERS | dict(zip("]|l!$§¥€ΦØ", "JIIISSYEOO", strict=True))

# Position-class corrections: what a digit is mistaken for and the other way round, in OCR-B. The
# recogniser reads O as 0 with probability 1.0 in 8 of 10 cases, so its word says nothing here.
_AS_DIGIT = dict(zip("OQDUILZSGBT", "00001125687", strict=True))
_AS_LETTER = dict(zip("012568", "OIZSGB", strict=True))

_TWINS = {"0": "OQD", "O": "0QD", "1": "I", "I": "1", "6": "G", "G": "6", "5": "S", "S": "5",
          "8": "B", "B": "8", "2": "Z", "Z": "2"}  # fmt: skip
"""Pairs that the recogniser confuses in OCR-B while it is sure of itself."""
INSEPARABLE = (frozenset("0O"), frozenset("1I"))
_RARE_TWIN = 0.015
"""How often, per reading, the others are: measured 0.2–1 % with probability above 0.98."""

_LEAST = 0.05
"""With less than this left for all characters allowed at a place, they are no renormalised."""


def folded(span: Span) -> Span:
    """Return the line in capitals, with every bracket a filler and without spaces."""
    return Span(tuple(_folded(glyph) for glyph in _split(span.glyphs)))


@cache
def capital(text: str) -> str:
    """Return what a character stands for in a zone: its bare capital, or the filler."""
    if text in _FOLDED:
        return _FOLDED[text]
    plain = unicodedata.normalize("NFKD", text)[:1].upper()
    return _FOLDED.get(plain, plain)


def is_of_zone(span: Span) -> bool:
    """Tell whether a folded line consists of the zone's characters, but for a few misread ones."""
    strange = sum(glyph.text not in _mrz.ALPHABET for glyph in span.glyphs)
    return strange <= len(span) // 10


def restricted(glyph: Glyph, allowed: str) -> Glyph:
    """Return the glyph as the best of the characters that may stand at its place.

    A look-alike of what was read comes first, then the recogniser's own best; where there is
    neither, the glyph stays as read.
    """
    inside = {c.text: c.score for c in glyph.candidates if c.text in allowed}
    if glyph.text in inside:
        best = glyph.text
    elif (twin := _look_alike(glyph.text, allowed)) is not None:
        best = twin
        inside[twin] = max(inside.get(twin, 0.0), glyph.candidates[0].score)
    elif inside:
        best = max(inside, key=lambda text: inside[text])
    else:
        return glyph
    total = sum(inside.values())
    scale = 1 / total if total > _LEAST else 1.0
    order = sorted(inside.items(), key=lambda entry: (entry[0] != best, -entry[1]))
    candidates = tuple(Alternative(text, min(1.0, score * scale)) for text, score in order)
    return glyph._replace(text=best, candidates=candidates)


def with_twins(glyph: Glyph) -> Glyph:
    """Add the characters which nobody can tell from this one where letters and digits mix."""
    known = {c.text for c in glyph.candidates}
    own = glyph.candidates[0].score
    twins = (
        Alternative(twin, own / 2 if {twin, glyph.text} == {*"0O"} else own * _RARE_TWIN)
        for twin in _TWINS.get(glyph.text, "")
        if twin not in known
    )
    return glyph._replace(candidates=(*glyph.candidates, *twins))


def filler(score: float) -> Glyph:
    """Return a filler that was not read but must stand there."""
    return Glyph(_mrz.FILLER, (Alternative(_mrz.FILLER, score),))


def _look_alike(text: str, allowed: str) -> str | None:
    if _mrz.DIGITS[0] in allowed and text in _AS_DIGIT:
        return _AS_DIGIT[text]
    twin = _AS_LETTER.get(text)
    return twin if twin is not None and twin in allowed else None


def _split(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Drop spaces and take ``«`` for the two fillers that it looks like."""
    for glyph in glyphs:
        if not glyph.text.isspace():
            yield from (glyph,) * (2 if glyph.text == "«" else 1)


def _folded(glyph: Glyph) -> Glyph:
    read = capital(glyph.text)
    merged: dict[str, float] = {}
    for candidate in glyph.candidates:
        text = capital(candidate.text)
        merged[text] = min(1.0, merged.get(text, 0.0) + candidate.score)
    if all(candidate.text in merged for candidate in glyph.candidates):
        return glyph
    order = sorted(merged.items(), key=lambda entry: (entry[0] != read, -entry[1]))
    return glyph._replace(text=read, candidates=tuple(Alternative(*entry) for entry in order))
