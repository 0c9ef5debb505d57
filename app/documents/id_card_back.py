"""Resident identity card, the side with the emblem (GA 490-2004)."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents import (
    DocumentKind,
    FieldRule,
    Interpretation,
    PlacedLine,
    _figures,
    _layout,
    _values,
)
from app.documents._dates import ID_CARD_YEARS
from app.documents._form import Form, Place
from app.documents._labels import Label
from app.documents._validity import prove_validity
from app.language import message
from app.vocabulary import Field

_AUTHORITY = Label("authority", ("签发机关",), weight=3)
_VALIDITY = Label("validity", ("有效期限",), weight=2)

FORM = Form(
    "id_card_back",
    places=(
        Place(
            "authority", Label("authority", ("签发机关",), weight=3), _values.chinese_text, rows=2
        ),
        Place("valid_from", _VALIDITY, _figures.period_start),
        Place("valid_until", _VALIDITY, _figures.period_end),
    ),
    marks=(
        Label("state", ("中华人民共和国",), is_title=True),
        Label("title", ("居民身份证",), weight=2, is_title=True),
    ),
    has_column=True,
    orders=(("authority", "validity"),),
)


def find(lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every card whose emblem side lies on the page."""
    return _layout.find(FORM, lines)


def prove(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Confirm both dates by the term between them: 5, 10 or 20 years."""
    proven = prove_validity({field.name: field for field in fields}, ID_CARD_YEARS)
    return tuple(proven[field.name] for field in fields)


KIND = DocumentKind(
    name="id_card_back",
    title=message("ID card, back"),
    fields=(
        FieldRule("authority", message("Issuing authority")),
        FieldRule("valid_from", message("Valid from")),
        FieldRule("valid_until", message("Valid until")),
    ),
    find=find,
    prove=prove,
)
