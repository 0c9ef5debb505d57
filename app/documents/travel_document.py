"""Passports, visas and identity cards with a machine-readable zone (ICAO Doc 9303)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.documents import DocumentKind, FieldRule, Interpretation, PlacedLine, _mrz, _mrz_rows
from app.documents._correct import Evidence
from app.documents._mrz_fields import fields_of
from app.documents._mrz_fit import Fitted
from app.documents._mrz_hand import prove
from app.documents._mrz_proof import settle
from app.documents._printed_zone import PrintedZone
from app.language import message
from app.vocabulary import Box, Proof

NAME = "travel_document"

_ABOVE, _BELOW, _BESIDE = 0.85, 0.1, 0.15
"""How far the page reaches around its zone, in widths of the zone: an ID-3 page is 125 × 88 mm, its
lines 112 mm long."""

Found = tuple[Fitted, tuple[PlacedLine, ...]]


def find(lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every machine-readable zone on the page, and read the page around it as evidence.

    The fields come with their proofs: what the printed zone says is known only here.
    """
    zones = _mrz_rows.find(lines)
    in_zones = {id(line) for _, own in zones for line in own}
    others = [line for line in lines if id(line) not in in_zones]
    return tuple(_interpretation(zone, _around(zone, zones, others)) for zone in zones)


def _interpretation(zone: Found, around: Sequence[PlacedLine]) -> Interpretation:
    fitted, own = zone
    printed = PrintedZone(around)
    settled = settle(fitted, _evidence(fitted, printed))
    holding = [each.proof is not Proof.CONFLICT for each in settled.checked.values()]
    score = (1 + sum(holding) / len(holding)) / 2
    fields = fields_of(settled, printed, dt.date.today())
    return Interpretation(NAME, score, fields, (*own, *around))


def _evidence(fitted: Fitted, printed: PrintedZone) -> dict[str, Evidence]:
    zone = fitted.zone
    number = zone.text(*_mrz.number_parts(zone))[:-1].rstrip(_mrz.FILLER)
    dates = ("birth_date", "expiry_date")
    return {name: printed.of_date(zone.part(name)) for name in dates} | {
        "document_number": printed.of_number(number),
        "optional": printed.of_number(zone.part("optional").rstrip(_mrz.FILLER)),
    }


def _around(zone: Found, zones: Sequence[Found], lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return the lines of the page that a zone belongs to: near it, and nearer than to others."""
    boxes = [_mrz_rows.around(line.box for line in own) for _, own in zones]
    mine = boxes[next(i for i, each in enumerate(zones) if each is zone)]
    width = mine[2] - mine[0]
    reach = (
        mine[0] - _BESIDE * width,
        mine[1] - _ABOVE * width,
        mine[2] + _BESIDE * width,
        mine[3] + _BELOW * width,
    )
    return [
        line
        for line in lines
        if _distance(line.box, reach) == 0
        and all(_distance(line.box, mine) <= _distance(line.box, other) for other in boxes)
    ]


def _distance(box: Box, other: Box) -> float:
    """Return how far the middle of a box lies outside another one."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return max(other[0] - x, x - other[2], 0) + max(other[1] - y, y - other[3], 0)


KIND = DocumentKind(
    name=NAME,
    title=message("Travel document"),
    fields=(
        FieldRule("document_number", message("Document number"), is_personal=True),
        FieldRule("surname", message("Surname"), is_personal=True),
        FieldRule("given_names", message("Given names"), is_personal=True),
        FieldRule("nationality", message("Nationality"), is_required=False),
        FieldRule("sex", message("Sex")),
        FieldRule("birth_date", message("Date of birth"), is_personal=True),
        FieldRule("expiry_date", message("Date of expiry")),
        FieldRule("mrz_line_1", message("MRZ line 1"), is_personal=True),
        FieldRule("mrz_line_2", message("MRZ line 2"), is_personal=True),
        FieldRule("mrz_line_3", message("MRZ line 3"), is_required=False, is_personal=True),
    ),
    find=find,
    prove=prove,
)
