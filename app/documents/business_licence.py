"""Business licence (营业执照), editions of 2014 and 2019: companies, branches, sole traders."""

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
from app.documents._credit_code import holds
from app.documents._dates import iso
from app.documents._form import Form, Place, Where
from app.documents._labels import Label
from app.documents._span import Span
from app.language import message
from app.vocabulary import Field, Proof

_MONEY = re.compile(r"[0-9零壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千].*[万亿元圆]")


def _capital(span: Span) -> Span | None:
    text = _values.text(span)
    return text if text and _MONEY.search(text.text) else None


FORM = Form(
    "business_licence",
    places=(
        Place(
            "credit_code",
            Label("credit_code", ("统一社会信用代码",), weight=2),
            _figures.credit_code,
            where=(Where.RIGHT, Where.BELOW),
            sought=_figures.credit_code,
        ),
        Place(
            "name",
            Label("name", ("名称",)),
            _values.text,
            rows=3,
            sought=_values.evident_company,
        ),
        Place(
            "type",
            Label("type", ("类型",)),
            _values.chinese_text,
            rows=3,
            sought=_values.evident_type,
        ),
        Place(
            "legal_representative",
            Label(
                "legal_representative",
                ("法定代表人", "经营者", "投资人", "负责人", "执行事务合伙人"),
            ),
            _values.person,
        ),
        Place(
            "capital",
            Label("capital", ("注册资本", "注册资金", "出资额", "成员出资总额"), weight=0.5),
            _capital,
            is_required=False,
        ),
        Place(
            "established",
            Label("established", ("成立日期", "注册日期")),
            _figures.date,
        ),
        Place(
            "address",
            Label("address", ("住所", "经营场所", "主要经营场所", "营业场所")),
            _values.address,
            rows=4,
            sought=_values.evident_address,
        ),
    ),
    marks=(
        Label("title", ("营业执照",), weight=3),
        Label("authority", ("登记机关",), weight=0),
    ),
    ignored=(
        Place("scope", Label("scope", ("经营范围",)), _values.text, rows=20),
        Place("term", Label("term", ("营业期限", "合伙期限"), weight=0), _values.text, rows=2),
        Place("composition", Label("composition", ("组成形式",), weight=0), _values.text),
    ),
    orders=(
        ("name", "type", "legal_representative", "scope"),
        ("name", "capital", "established"),
        ("name", "address"),
    ),
)


def find(lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every licence on the page."""
    return _layout.find(FORM, lines)


def prove(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Prove the credit code by its check character; the calendar may contradict the date."""
    return tuple(_proven(field) for field in fields)


def _proven(field: Field) -> Field:
    if field.proof is Proof.MISSING:
        return field
    if field.name == "credit_code":
        return correct(field, holds)
    if field.name == "established":
        return replace(field, proof=Proof.READ if iso(field.value) else Proof.CONFLICT)
    return replace(field, proof=Proof.READ)


KIND = DocumentKind(
    name="business_licence",
    title=message("Business licence"),
    fields=(
        FieldRule("credit_code", message("Credit code")),
        FieldRule("name", message("Name of the business")),
        FieldRule("type", message("Type of business")),
        FieldRule("legal_representative", message("Legal representative"), is_personal=True),
        FieldRule("capital", message("Registered capital"), is_required=False),
        FieldRule("established", message("Established")),
        FieldRule("address", message("Address")),
    ),
    find=find,
    prove=prove,
)
