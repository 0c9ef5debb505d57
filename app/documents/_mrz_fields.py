"""A settled zone and the printed one beside it → fields, each with its proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from app.documents import _mrz, _mrz_glyphs
from app.documents._correct import FIRM
from app.documents._mrz import FILLER
from app.documents._mrz_fit import Fitted
from app.documents._mrz_proof import Settled
from app.documents._printed_zone import PrintedZone
from app.documents._span import SURE, Glyph, Span, joined, put_in
from app.documents._states import STATES
from app.vocabulary import Field, Proof

UNSPECIFIED = "X"
"""How the visual zone prints the sex that is a filler in the machine-readable one (9303-4, 4.1)."""
_HEADLESS = 0.5
"""Score at most of names or a number that begin with a filler: it was a letter, most likely."""
_UNKNOWN_STATE = 0.5
"""Score at most of a State that has no such code."""


def fields_of(settled: Settled, printed: PrintedZone, today: dt.date) -> tuple[Field, ...]:
    """Return the lines of the zone, then their values."""
    fitted = settled.fitted
    values = (
        _number(settled, printed),
        *_names(fitted, printed),
        *_nationality(fitted, printed),
        _sex(fitted, printed),
        _date(settled, "birth_date", printed, lambda six: _mrz.birth_date(six, today)),
        _date(settled, "expiry_date", printed, lambda six: _mrz.expiry_date(six, today)),
    )
    proofs = {field.name: field.proof for field in values}
    lines = [_line(settled, i, proofs) for i in range(len(fitted.rows))]
    if _part(fitted, "state").text.rstrip(FILLER) not in STATES:
        lines[0] = replace(lines[0], score=min(lines[0].score, _UNKNOWN_STATE))
    return (*lines, *values)


def _number(settled: Settled, printed: PrintedZone) -> Field:
    parts = _mrz.number_parts(settled.fitted.zone)
    rows = settled.fitted.rows
    span = joined(rows[line].part(start, end) for line, start, end in parts).part(0, -1)
    field = _checked("document_number", _spaced(span), settled)
    if span.text.startswith(FILLER):
        field = replace(field, score=min(field.score, _HEADLESS))
    if printed.contradicts_number(span.text.rstrip(FILLER)):
        return replace(field, proof=Proof.CONFLICT)
    return field


def _names(fitted: Fitted, printed: PrintedZone) -> Iterator[Field]:
    span = _part(fitted, "names")
    lead = len(span) - len(span.text.lstrip(FILLER))
    end = span.text.find(FILLER * 2, lead)
    end = end if end >= 0 else len(span)
    both = {"surname": _spaced(span.part(0, end)), "given_names": _spaced(span.part(end))}
    confirmed = printed.confirms_names(*(each.text for each in both.values()))
    for (name, each), is_confirmed in zip(both.items(), confirmed, strict=True):
        field = _field(name, each, Proof.CONFIRMED if is_confirmed else Proof.READ)
        yield replace(field, score=min(field.score, _HEADLESS)) if lead else field


def _nationality(fitted: Fitted, printed: PrintedZone) -> Iterator[Field]:
    """Give the nationality, nothing where the zone clearly leaves it out."""
    part = _part(fitted, "nationality")
    span = _spaced(part)
    if not span.glyphs and part.score >= FIRM:
        return
    is_confirmed = _is_seen_twice(fitted, span.text, printed)
    field = _field("nationality", span, Proof.CONFIRMED if is_confirmed else Proof.READ)
    is_known = span.text in STATES
    yield field if is_known else replace(field, score=min(field.score, _UNKNOWN_STATE))


def _is_seen_twice(fitted: Fitted, code: str, printed: PrintedZone) -> bool:
    """Tell whether a State's code stands a second time: as issuer and nationality, or printed."""
    codes = [_part(fitted, name).text.rstrip(FILLER) for name in ("state", "nationality")]
    return code in STATES and (codes.count(code) > 1 or printed.has_state(code))


def _sex(fitted: Fitted, printed: PrintedZone) -> Field:
    span = _part(fitted, "sex").replaced({FILLER: UNSPECIFIED})
    proof = Proof.CONFIRMED if printed.sex() == span.text else Proof.READ
    return _field("sex", span, proof)


def _date(settled: Settled, name: str, printed: PrintedZone, full: Callable[[str], str]) -> Field:
    """Return a date as YYYY-MM-DD, less what the zone says is not known.

    The century comes from the printed zone where it has the same date with all of its year.
    """
    span = _part(settled.fitted, name)
    date = printed.full_date(span.text) or full(span.text)
    if not date:
        is_unknown = not span.text.strip(FILLER)
        return _checked(name, span.part(0, 0) if is_unknown else span, settled)
    pieces = [put_in(date[:2]), span.part(0, 2)]
    for start in range(2, len(span.text.rstrip(FILLER)), 2):
        pieces += put_in("-"), span.part(start, start + 2)
    return _checked(name, joined(pieces), settled)


def _line(settled: Settled, line: int, values: Mapping[str, Proof]) -> Field:
    """Believe a line as far as the least certain of its characters.

    No check digit covers the document's type, States, sex and names, nor anything of a visa's
    optional data; these need the printed zone or must stand twice.
    """
    parts = _mrz.checked_parts(settled.fitted.zone)
    touching = [name for name in parts if any(part.line == line for part in parts[name])]
    checked = [settled.checked[name] for name in touching]
    proofs = {field.proof for field in checked}
    if Proof.CONFLICT in proofs:
        proof = Proof.CONFLICT
    elif proofs - {Proof.PROVEN} or not _is_rest_sure(settled.fitted, line, values):
        proof = Proof.READ
    else:
        proof = Proof.PROVEN if proofs else Proof.CONFIRMED
    field = _field(f"mrz_line_{line + 1}", settled.fitted.rows[line], proof)
    return replace(field, score=min(field.score, *(each.score for each in checked), 1.0))


def _is_rest_sure(fitted: Fitted, line: int, values: Mapping[str, Proof]) -> bool:
    text, allowed = fitted.zone.lines[line], fitted.layout.allowed(line)
    if any(character not in may for character, may in zip(text, allowed, strict=True)):
        return False
    here = {name for name, part in fitted.layout.parts.items() if part.line == line}
    confirmed = {
        "names": ("surname", "given_names"),
        "state": ("nationality",),
        "nationality": ("nationality",),
    }
    if any(values.get(v) is not Proof.CONFIRMED for n in here for v in confirmed.get(n, ())):
        return False
    # A nationality that is confirmed says nothing of an issuer that is another State.
    if "state" in here and _part(fitted, "state").text != _part(fitted, "nationality").text:
        return False
    firm = {"code"} | ({"sex"} if values["sex"] is Proof.READ else set())
    if "optional" in here and not fitted.layout.composite:
        firm.add("optional")
        if _part(fitted, "optional").text.strip(FILLER):
            return False
    return all(_part(fitted, name).score >= FIRM for name in here & firm)


def _part(fitted: Fitted, name: str) -> Span:
    line, start, end = fitted.layout.parts[name]
    return fitted.rows[line].part(start, end)


def _spaced(span: Span) -> Span:
    """Return a value with one space for each run of inner fillers and none at its ends."""
    kept: list[Glyph] = []
    for glyph in span.glyphs:
        if glyph.text != FILLER or (kept and kept[-1].text != FILLER):
            kept.append(glyph)
    while kept and kept[-1].text == FILLER:
        kept.pop()
    return Span(tuple(kept)).replaced({FILLER: " "})


def _checked(name: str, span: Span, settled: Settled) -> Field:
    """Return the field of a part that has a check digit; its score counts the rivals that hold."""
    part = settled.checked[name]
    field = _field(name, span, part.proof)
    return replace(field, score=min(field.score, part.score))


def _field(name: str, span: Span, proof: Proof) -> Field:
    if not span.glyphs:
        return Field(name, "", Proof.MISSING)
    read = "".join(_as_read(glyph) for glyph in span.glyphs)
    corrected_from = None if read == span.text else read
    return replace(span.field(name, proof), corrected_from=corrected_from)


def _as_read(glyph: Glyph) -> str:
    """Return what was read where this character stands now, nothing where nothing was.

    O and 0, I and 1 are one character to the recogniser in OCR-B: where only one of the two may
    stand, it stands there without having been corrected.
    """
    if glyph.line is None:
        return glyph.text if glyph.candidates[0].score == SURE else ""
    read = _mrz_glyphs.read_as(glyph)
    is_forced = all(read != candidate.text for candidate in glyph.candidates)
    if is_forced and {read, glyph.text} in _mrz_glyphs.INSEPARABLE:
        return glyph.text
    return glyph.text if read == FILLER and glyph.text in (" ", UNSPECIFIED) else read
