"""From when until when a document is valid, and what the two dates say about each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product

from app.documents import _dates
from app.vocabulary import Field, Proof

FIRM = 0.97
"""A digit read with less is in doubt. The bar is high: both dates are in one type, so what was
misread once may be misread twice, and a wrong decade can make another allowed term."""

Fields = dict[str, Field]


def prove_validity(fields: Fields, years: frozenset[int]) -> Fields:
    """Confirm ``valid_from`` and ``valid_until`` by each other.

    Day and month are printed twice; the years count only while no other candidate of their digits
    would make an allowed term.
    """
    pair = fields.get("valid_from"), fields.get("valid_until")
    proven = dict(fields)
    dates = [field for field in pair if field is not None and field.proof is not Proof.MISSING]
    for field in dates:
        proven[field.name] = replace(field, proof=_alone(field))
    if len(dates) < 2 or any(proven[field.name].proof is Proof.CONFLICT for field in dates):
        return proven
    start, until = dates
    if until.value == _dates.LONG_TERM:
        return proven
    if not _dates.validity_holds(start.value, until.value, years):
        proof = Proof.CONFLICT
    else:
        proof = Proof.CONFIRMED if _is_only_term(start, until, years) else Proof.READ
    return proven | {field.name: replace(field, proof=proof) for field in dates}


def _alone(field: Field) -> Proof:
    is_date = field.value == _dates.LONG_TERM or _dates.iso(field.value) is not None
    return Proof.READ if is_date else Proof.CONFLICT


def _is_only_term(start: Field, until: Field, years: frozenset[int]) -> bool:
    if any(_lowest(field) < FIRM for field in (start, until)):
        return False
    holding = {
        (one, other)
        for one, other in product(_years(start), _years(until))
        if _dates.validity_holds(one + start.value[4:], other + until.value[4:], years)
    }
    return len(holding) == 1


def _lowest(field: Field) -> float:
    if not field.alternatives:
        # Typed by a hand it is a reading of its own; derived from the other date it is none.
        return 1.0 if field.corrected_from is not None else 0.0
    return field.score


def _years(field: Field) -> Iterator[str]:
    """Yield every year that the recogniser thought possible."""
    if len(field.alternatives) != len(field.value):
        yield field.value[:4]
        return
    digits = (
        [each.text for each in candidates if each.text.isdigit()]
        for candidates in field.alternatives[:4]
    )
    yield from ("".join(year) for year in product(*digits))


def in_order(fields: Fields, *names: str) -> Fields:
    """Let dates that do not follow each other as named contradict each other."""
    proven = dict(fields)
    dated = [fields[name] for name in names if name in fields and _dates.iso(fields[name].value)]
    for earlier, following in pairwise(dated):
        if earlier.value > following.value:
            for name in (earlier.name, following.name):
                if proven[name].proof is Proof.READ or name == following.name:
                    proven[name] = replace(proven[name], proof=Proof.CONFLICT)
    return proven
