"""A travel document after a hand changed a field: what still stands, and what stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from app.documents import _mrz
from app.documents._mrz import FILLER, Zone
from app.documents._mrz_fields import UNSPECIFIED
from app.vocabulary import Field, Proof

_LINES = ("mrz_line_1", "mrz_line_2", "mrz_line_3")


def prove(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Judge what a hand typed against the machine-readable zone; keep the proof of the rest.

    What was read was proven where the printed zone was at hand. A typed value carries no
    alternatives. It is proven where the zone says the same and its check digit holds, confirmed
    where the zone says the same, a conflict where it says something else.
    """
    if not any(_is_typed(field) for field in fields):
        return fields
    zone = _zone({field.name: field.value for field in fields})
    values = _values(zone) if zone is not None else {}
    return tuple(_judged(field, zone, values.get(field.name)) for field in fields)


def _judged(field: Field, zone: Zone | None, value: str | None) -> Field:
    """Judge one field; ``value`` is what the zone says, None for a line or where there is none."""
    if field.name in _LINES:
        return replace(field, proof=_of_line(zone, field)) if _is_typed(field) else field
    if value != field.value:
        return replace(field, proof=Proof.CONFLICT if field.value else Proof.MISSING)
    if not _is_typed(field) or zone is None:
        return field
    parts = _mrz.checked_parts(zone).get(field.name)
    if parts is None:
        return replace(field, proof=Proof.CONFIRMED)
    holds = _mrz.holds(field.name, zone.text(*parts))
    return replace(field, proof=Proof.PROVEN if holds else Proof.CONFLICT)


def _of_line(zone: Zone | None, field: Field) -> Proof:
    if zone is None:
        return Proof.CONFLICT
    line = _LINES.index(field.name)
    checked = [
        _mrz.holds(name, zone.text(*parts))
        for name, parts in _mrz.checked_parts(zone).items()
        if any(part.line == line for part in parts)
    ]
    if not checked:
        return Proof.READ
    return Proof.PROVEN if all(checked) else Proof.CONFLICT


def _is_typed(field: Field) -> bool:
    return bool(field.value) and not field.alternatives


def _zone(values: Mapping[str, str]) -> Zone | None:
    """Put the lines together; None if no format has lines like these."""
    lines = tuple(values[name] for name in _LINES if values.get(name))
    for layout in _mrz.LAYOUTS:
        fits = len(lines) == layout.lines and all(len(line) == layout.length for line in lines)
        if fits and lines[0][0] in layout.first:
            known = all(character in _mrz.ALPHABET for line in lines for character in line)
            return Zone(layout, lines) if known else None
    return None


def _values(zone: Zone) -> dict[str, str]:
    today = dt.date.today()
    surname, given_names = _mrz.names(zone.part("names"))
    return {
        "document_number": _mrz.document_number(zone),
        "surname": surname,
        "given_names": given_names,
        "nationality": zone.part("nationality").rstrip(FILLER),
        "sex": zone.part("sex").replace(FILLER, UNSPECIFIED),
        "birth_date": _mrz.birth_date(zone.part("birth_date"), today),
        "expiry_date": _mrz.expiry_date(zone.part("expiry_date"), today),
    }
