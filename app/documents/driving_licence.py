"""Driving licence, main page (GA 482-2008 and its 2012 and later editions)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.documents import (
    DocumentKind,
    FieldRule,
    Interpretation,
    PlacedLine,
    _figures,
    _layout,
    _values,
)
from app.documents._correct import correct
from app.documents._dates import DRIVING_LICENCE_YEARS, iso
from app.documents._form import NAME_GAP, Form, Place
from app.documents._identity import prove_identity
from app.documents._labels import Label
from app.documents._span import Span
from app.documents._validity import in_order, prove_validity
from app.language import message
from app.vocabulary import Field, Proof

_CLASSES = re.compile(r"([ABC]\d|[DEFMNP])+")
"""《机动车驾驶证申领和使用规定》, annex 1."""
_TERM = re.compile(r"(\d{1,2})年")


def _vehicle_class(span: Span) -> Span | None:
    code = span.only(lambda char: char.isascii() and char.isalnum())
    return code if _CLASSES.match(code.text) or len(code) > 1 else None


def _until(span: Span) -> Span | None:
    """Read the end of a period, or its length where the form gives that: 6年."""
    until = _figures.period_end(span)
    term = _TERM.search(_figures.numeric(span).text)
    return until or (span.part(*term.span()) if term else None)


def _label(key: str, text: str, weight: float = 1) -> Label:
    # The stamp and the labels beside each other leave no gaps.
    return Label(key, (text,), weight=weight, is_inline=True)


_SEX = _values.one_of("男女", longest=5)
_VALIDITY = _label("validity", "有效期限")
_SEX_LABEL = Label("sex", ("性别",), is_inline=True, begins_row=False, never="男女")
_NATIONALITY = Label("nationality", ("国籍",), is_inline=True, begins_row=False, never="男女中")

FORM = Form(
    "driving_licence",
    places=(
        Place("licence_number", _label("licence_number", "证号", 2), _figures.identity_number,
              glosses=("No.", "No"), sought=_figures.identity_number),
        Place("name", _label("name", "姓名"), _values.person, glosses=("Name",),
              gap=NAME_GAP),
        Place("sex", _SEX_LABEL, _values.one_of("男女"), glosses=("Sex",), sought=_SEX),
        Place("nationality", _NATIONALITY, _values.chinese_only,
              glosses=("Nationality",), sought=_values.ending("中国"), is_crowded=True),
        Place("address", _label("address", "住址"), _values.address,
              glosses=("Address",), rows=3, sought=_values.evident_address),
        Place("birth_date", _label("birth_date", "出生日期"), _figures.date,
              glosses=("DateofBirth",)),
        Place("first_issue_date", _label("first_issue_date", "初次领证日期", 2), _figures.date,
              glosses=("DateofFirstIssue",)),
        Place("vehicle_class", _label("vehicle_class", "准驾车型", 2), _vehicle_class,
              glosses=("Class",)),
        Place("valid_from", _label("valid_from", "有效起始日期", 0), _figures.date,
              glosses=("ValidFrom",), is_required=False),
        Place("valid_from", _VALIDITY, _figures.period_start, glosses=("ValidPeriod", "ValidFor")),
        Place("valid_until", _VALIDITY, _until),
    ),
    marks=(
        Label("title", ("中华人民共和国机动车驾驶证",), weight=2, is_title=True),
        Label("title_en", ("DrivingLicenseofthePeople'sRepublicofChina",), weight=0, is_title=True),
    ),
    has_column=True,
    orders=(("licence_number", "name", "sex", "nationality", "address", "birth_date",
           "first_issue_date", "vehicle_class", "validity"),),
)  # fmt: skip


def find(lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every main page; a term given in years becomes the day on which it ends."""
    return tuple(replace(each, fields=_ended(each.fields)) for each in _layout.find(FORM, lines))


def prove(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Prove the number, which is the holder's identity number, and the order of the dates."""
    proven = prove_identity({field.name: field for field in fields}, "licence_number")
    proven = prove_validity(proven, DRIVING_LICENCE_YEARS)
    proven = in_order(proven, "birth_date", "first_issue_date", "valid_from")
    classes = proven.get("vehicle_class")
    if classes is not None and classes.proof is not Proof.MISSING:
        read = correct(classes, lambda value: bool(_CLASSES.fullmatch(value)))
        is_one = read.proof is not Proof.CONFLICT
        proven["vehicle_class"] = replace(read, proof=Proof.READ if is_one else Proof.CONFLICT)
    return tuple(proven[field.name] for field in fields)


def _ended(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    named = {field.name: field for field in fields}
    start, until = named.get("valid_from"), named.get("valid_until")
    if start is None or until is None or not (term := _TERM.fullmatch(until.value)):
        return fields
    if iso(start.value) is None:
        named["valid_until"] = Field("valid_until", "", Proof.MISSING)
    else:
        end = f"{int(start.value[:4]) + int(term[1]):04}{start.value[4:]}"
        end = end if iso(end) else end.replace("-02-29", "-02-28")
        # Derived, not printed: no alternatives, and never confirmed by the date it comes from.
        named["valid_until"] = replace(until, value=end, alternatives=())
    return tuple(named.values())


KIND = DocumentKind(
    name="driving_licence",
    title=message("Driving licence"),
    fields=(
        FieldRule("licence_number", message("Licence number"), is_personal=True),
        FieldRule("name", message("Name"), is_personal=True),
        FieldRule("sex", message("Sex")),
        FieldRule("nationality", message("Nationality")),
        FieldRule("address", message("Address"), is_personal=True),
        FieldRule("birth_date", message("Date of birth"), is_personal=True),
        FieldRule("first_issue_date", message("Date of first issue")),
        FieldRule("vehicle_class", message("Vehicle class")),
        FieldRule("valid_from", message("Valid from")),
        FieldRule("valid_until", message("Valid until")),
    ),
    find=find,
    prove=prove,
)
