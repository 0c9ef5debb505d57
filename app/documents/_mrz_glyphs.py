"""Recognised characters → the 37 characters of a machine-readable zone, each with its rivals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from app.documents import _mrz
from app.documents._span import Glyph, Span
from app.vocabulary import Alternative

FILLER_LIKE = frozenset("<＜‹〈《⟨«≤")
"""What only a filler looks like: a line with some of these is a line of a zone."""
# Seen where a filler stands, but elsewhere too: other brackets and what is left of a blurred one.
_FILLERS = dict.fromkeys((*FILLER_LIKE, *"([{∠く～~-–—"), _mrz.FILLER)
_FOLDED = _FILLERS | dict(zip("]|l!$§¥€ΦØ", "JIIISSYEOO", strict=True))

# Position-class corrections: what a digit is mistaken for and the other way round, in OCR-B. The
# recogniser reads O as 0 with probability 1.0 in 8 of 10 cases, so its word says nothing here.
_AS_DIGIT = dict(zip("OQDUILZSGBT", "00001125687", strict=True))
_AS_LETTER = dict(zip("012568", "OIZSGB", strict=True))

Twins = Mapping[str, tuple[str, float]]
"""Character → another one that the recogniser takes for it while sure of itself, and its odds."""

# Measured in OCR-B at a probability above 0.98: O is read as 0 nearly always, the others in 0.2 to
# 1 % of cases. Modulus 10 notices all of them alone, but for G (16) and 6.
UNNOTICED: Twins = {"0": ("O", 0.5), "O": ("0", 0.5), "6": ("G", 0.015), "G": ("6", 0.015)}
NOTICED: Twins = {one: (other, 0.015) for one, other in zip("1I5S8B2Z", "I1S5B8Z2", strict=True)}
INSEPARABLE = (frozenset("0O"), frozenset("1I"))

_UNREAD = 0.5
"""Score of a character that the recogniser or the detector left out."""
_LEAST = 0.05
"""With less than this left for all characters allowed at a place, they are not scaled up."""


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


def read_as(glyph: Glyph) -> str:
    """Return the bare capital or filler read at a glyph's place, nothing where none was."""
    return "" if glyph.line is None else capital(glyph.line.line.text[glyph.place])


def is_of_zone(span: Span) -> bool:
    """Tell whether a folded line consists of the zone's characters, but for a few misread ones."""
    strange = sum(glyph.text not in _mrz.ALPHABET for glyph in span.glyphs)
    return strange <= len(span) // 10


def restricted(glyph: Glyph, allowed: str) -> Glyph:
    """Return the glyph as the best of the characters that may stand at its place.

    A look-alike of what was read comes first, then the recogniser's own best, then what alone may
    stand there; where there is none of them, the glyph stays as read.
    """
    if glyph.line is None:
        return glyph
    inside = {c.text: c.score for c in glyph.candidates if c.text in allowed}
    if glyph.text in inside:
        best = glyph.text
    elif (twin := _look_alike(glyph.text, allowed)) is not None:
        best = twin
        inside[twin] = max(inside.get(twin, 0.0), glyph.candidates[0].score)
    elif inside:
        best = max(inside, key=lambda text: inside[text])
    elif len(allowed) == 1:
        return glyph._replace(text=allowed, candidates=(Alternative(allowed, _UNREAD),))
    else:
        return glyph
    total = sum(inside.values())
    scale = 1 / total if total > _LEAST else 1.0
    order = sorted(inside.items(), key=lambda entry: (entry[0] != best, -entry[1]))
    candidates = tuple(Alternative(text, min(1.0, score * scale)) for text, score in order)
    return glyph._replace(text=best, candidates=candidates)


def with_twin(glyph: Glyph, twins: Twins) -> Glyph:
    """Add the character which nobody can tell from this one where letters and digits mix."""
    twin, odds = twins.get(glyph.text, ("", 0.0))
    if not twin or any(candidate.text == twin for candidate in glyph.candidates):
        return glyph
    added = Alternative(twin, glyph.candidates[0].score * odds)
    return glyph._replace(candidates=(*glyph.candidates, added))


def unread(text: str = _mrz.FILLER) -> Glyph:
    """Return a character that was not read but must stand there.

    A check digit would not notice any of the others with the value 0 or 10, 20, 30 in its place.
    """
    rivals = tuple(Alternative(rival, _UNREAD / 5) for rival in "0AKU")
    return Glyph(text, (Alternative(text, _UNREAD), *(rivals if text == _mrz.FILLER else ())))


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
