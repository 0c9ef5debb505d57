"""Resident identity card, the side with the portrait (GA 490-2004)."""

from __future__ import annotations

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
from app.documents._form import NAME_GAP, Form, Place
from app.documents._identity import prove_identity
from app.documents._labels import Label
from app.documents._span import Span
from app.language import message
from app.vocabulary import Field, Proof

ETHNIC_GROUPS = frozenset(
    [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
    ]
)
"""GB/T 3304-1991, as the cards print them: without 族."""
UNKNOWN_GROUP = 0.5
"""Score at most of a group that is none of these."""


def _ethnicity(span: Span) -> Span | None:
    group = span.only(_values.is_chinese)
    if group.text.endswith("族") and len(group) > 1:
        group = group.part(0, -1)
    return group if group.glyphs else None


_SEX = _values.one_of("男女", longest=5)

FORM = Form(
    "id_card_front",
    places=(
        Place("name", Label("name", ("姓名",)), _values.person, gap=NAME_GAP),
        Place("sex", Label("sex", ("性别",), never="男女"), _values.one_of("男女"), sought=_SEX),
        Place(
            "ethnicity",
            Label("ethnicity", ("民族",), weight=2, is_inline=True, begins_row=False),
            _ethnicity,
        ),
        Place("birth_date", Label("birth_date", ("出生",)), _figures.date, sought=_figures.date),
        Place(
            "address",
            Label("address", ("住址",)),
            _values.address,
            rows=4,
            sought=_values.evident_address,
        ),
        Place(
            "id_number",
            Label("id_number", ("公民身份号码",), weight=3),
            _figures.identity_number,
            sought=_figures.identity_number,
        ),
    ),
    has_column=True,
    orders=(("name", "sex", "ethnicity", "birth_date", "address", "id_number"),),
)


def find(lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every card whose portrait side lies on the page."""
    return _layout.find(FORM, lines)


def prove(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Prove the number by its check digit, and the number, birth date and sex by each other."""
    proven = prove_identity({field.name: field for field in fields}, "id_number")
    group = proven.get("ethnicity")
    if group is not None and group.proof is not Proof.MISSING:
        proven["ethnicity"] = _known(group)
    return tuple(proven[field.name] for field in fields)


def _known(group: Field) -> Field:
    group = replace(correct(group, ETHNIC_GROUPS.__contains__), proof=Proof.READ)
    if group.value in ETHNIC_GROUPS:
        return group
    return replace(group, score=min(group.score, UNKNOWN_GROUP))


KIND = DocumentKind(
    name="id_card_front",
    title=message("ID card, front"),
    fields=(
        FieldRule("name", message("Name"), is_personal=True),
        FieldRule("sex", message("Sex")),
        FieldRule("ethnicity", message("Ethnic group")),
        FieldRule("birth_date", message("Date of birth"), is_personal=True),
        FieldRule("address", message("Address"), is_personal=True),
        FieldRule("id_number", message("ID number"), is_personal=True),
    ),
    find=find,
    prove=prove,
)
