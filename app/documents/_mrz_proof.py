"""What the check digits of a zone prove, part by part, with the page as further evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.documents import _mrz
from app.documents._correct import NO_EVIDENCE, Evidence, correct
from app.documents._mrz import FILLER, Part
from app.documents._mrz_fit import Fitted
from app.documents._mrz_glyphs import NOTICED, UNNOTICED, Twins, with_twin
from app.documents._span import Glyph, Span, chosen
from app.vocabulary import Alternative, Field, Proof

_OWN_CHECKS = frozenset({"document_number", "birth_date", "expiry_date", "optional"})
_MIXED = frozenset({"document_number", "optional"})
"""Letters and digits both may stand here, so the place of a character does not say which it is."""
_PREFIX = 3
"""A number that is digits but for this many characters at its start has no letter further on."""


@dataclass(frozen=True)
class Settled:
    """A zone after its check digits were asked: its rows, and each checked part with its proof."""

    fitted: Fitted
    checked: Mapping[str, Field]


def settle(fitted: Fitted, evidence: Mapping[str, Evidence]) -> Settled:
    """Ask every check digit, correct what exactly one reading puts right, the composite last.

    Where the composite fails the others prove nothing: something in what it covers is wrong.
    """
    checked: dict[str, Field] = {}
    for name in _mrz.checked_parts(fitted.zone):
        fitted, checked[name] = _settled(fitted, name, evidence.get(name, NO_EVIDENCE))
    if "composite" in checked and checked["composite"].proof is Proof.CONFLICT:
        for name, field in checked.items():
            if field.proof is Proof.PROVEN:
                checked[name] = replace(field, proof=Proof.READ)
    return Settled(fitted, checked)


def _settled(fitted: Fitted, name: str, evidence: Evidence) -> tuple[Fitted, Field]:
    parts = _mrz.checked_parts(fitted.zone)[name]
    places = [(part.line, place) for part in parts for place in range(part.start, part.end)]
    glyphs = [fitted.rows[line].glyphs[place] for line, place in places]
    if name == "composite":
        free = _checked_by_composite_alone(fitted)
        glyphs = [g if p in free else _decided(g) for g, p in zip(glyphs, places, strict=True)]
    glyphs = [_as_printed(glyph, evidence.get(i, "")) for i, glyph in enumerate(glyphs)]
    kinds_of_twins = (UNNOTICED, {**UNNOTICED, **NOTICED}) if name in _MIXED else ({},)
    for twins in kinds_of_twins:
        span = _with_twins(glyphs, twins)
        field = correct(span.field(name), lambda text: _mrz.holds(name, text), evidence=evidence)
        if field.proof is not Proof.CONFLICT:
            break
    if field.value == span.text:
        return fitted, field
    rows = [list(row.glyphs) for row in fitted.rows]
    for (line, place), glyph, text in zip(places, span.glyphs, field.value, strict=True):
        if glyph.text != text:
            candidate = next(c for c in glyph.candidates if c.text == text)
            rows[line][place] = chosen(glyph, candidate)
    return Fitted(fitted.layout, tuple(Span(tuple(row)) for row in rows)), field


def _checked_by_composite_alone(fitted: Fitted) -> set[tuple[int, int]]:
    checked = _mrz.checked_parts(fitted.zone)
    own = _places(part for name in checked if name in _OWN_CHECKS for part in checked[name])
    return _places(checked["composite"]) - own


def _places(parts: Iterable[Part]) -> set[tuple[int, int]]:
    return {(line, place) for line, start, end in parts for place in range(start, end)}


def _as_printed(glyph: Glyph, printed: str) -> Glyph:
    """Let a character that was cut off be what the printed zone has in its place."""
    if glyph.line is not None or len(printed) != 1 or glyph.text == printed:
        return glyph
    added = Alternative(printed, glyph.candidates[0].score)
    return glyph._replace(candidates=(*glyph.candidates, added))


def _decided(glyph: Glyph) -> Glyph:
    """Return the glyph without its rivals: its own check digit has spoken."""
    return glyph._replace(candidates=(Alternative(glyph.text, 1.0),))


def _with_twins(glyphs: Sequence[Glyph], twins: Twins) -> Span:
    """Let each character also be its twin, but for the check digit and a plain number's digits."""
    text = "".join(glyph.text for glyph in glyphs[:-1]).rstrip(FILLER)
    end = _PREFIX if text[_PREFIX:].isdigit() else len(text)
    return Span(
        tuple(with_twin(glyph, twins) if i < end else glyph for i, glyph in enumerate(glyphs))
    )
