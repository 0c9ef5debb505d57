"""A business licence is read in one column and in two; its code proves itself."""

from __future__ import annotations

import pytest

from app.vocabulary import Proof
from documents.printed import Paper

CODE = "91110105MA01ABCD13"
VALUES = {
    "credit_code": CODE,
    "name": "北京明鉴视觉科技（集团）有限公司",
    "type": "有限责任公司（自然人投资或控股）",
    "legal_representative": "李喆",
    "capital": "伍佰万元整",
    "established": "2015-06-01",
    "address": "北京市朝阳区建国路八十八号院1号楼201室",
}


def landscape() -> Paper:
    paper = Paper().put("营业执照", 350, 60, height=60)
    paper.put("统一社会信用代码", 60, 60).put(CODE, 60, 84)
    paper.put("名", 60, 160).put("称", 124, 160).put("北京明鉴视觉科技(集团)", 160, 160)
    paper.put("有限公司", 160, 186)
    paper.put("类", 60, 220).put("型 有限责任公司(自然人投资或控股)", 124, 220)
    paper.put("法定代表人", 60, 260).put("李喆", 160, 260)
    paper.put("经营范围", 60, 300).put("技术开发;住所清洁服务;注册资本咨询;", 160, 300)
    paper.put("类型设计。", 160, 322)
    paper.put("注册资本", 560, 160).put("伍佰万元整", 660, 160)
    paper.put("成立日期 2015年06月01日", 560, 200)
    paper.put("住", 560, 240).put("所", 624, 240).put("北京市朝阳区建国路八十八", 660, 240)
    paper.put("号院1号楼201室", 660, 266)
    return paper.put("登记机关", 600, 380).put("2019", 620, 410)


def portrait(**replaced: str) -> Paper:
    paper = Paper().put("营业执照", 200, 60, height=60)
    rows = {
        "统一社会信用代码": CODE,
        "名称": VALUES["name"],
        "类型": VALUES["type"],
        "住所": VALUES["address"],
        "法定代表人": VALUES["legal_representative"],
        "注册资本": VALUES["capital"],
        "成立日期": "2015年06月01日",
        "营业期限": "2015年06月01日至长期",
        "经营范围": "技术开发、技术咨询",
    }
    for place, (label, value) in enumerate((rows | replaced).items()):
        if value:
            paper.put(label, 60, 140 + 40 * place).put(value, 240, 140 + 40 * place)
    return paper


def test_both_columns_of_the_landscape_form_are_kept_apart() -> None:
    assert landscape().values() == VALUES


def test_the_portrait_form_is_read() -> None:
    assert portrait().values() == VALUES


def test_the_code_is_proven_and_everything_else_read() -> None:
    fields = portrait().fields()
    assert fields["credit_code"].proof is Proof.PROVEN
    assert {field.proof for field in fields.values()} == {Proof.PROVEN, Proof.READ}


def test_a_code_that_fails_its_check_is_a_conflict() -> None:
    fields = portrait(统一社会信用代码="91110105MA01ABCD12").fields()
    assert fields["credit_code"].proof is Proof.CONFLICT


def test_letters_that_no_code_has_are_read_as_the_digits_they_look_like() -> None:
    field = portrait(统一社会信用代码="9111O105MAO1ABCD13").fields()["credit_code"]
    assert field.value == CODE
    assert field.proof is not Proof.PROVEN


@pytest.mark.parametrize("date", ["二〇一五年六月一日", "2015 年 06 月 01 日", "2015-06-01"])
def test_the_date_is_read_in_every_notation(date: str) -> None:
    assert portrait(成立日期=date).values()["established"] == "2015-06-01"


def test_a_sole_trader_has_no_capital_and_other_labels() -> None:
    paper = portrait(住所="", 法定代表人="", 注册资本="")
    paper.put("经营场所", 60, 260).put("北京市朝阳区建国路1号", 240, 260)
    paper.put("经营者", 60, 300).put("王小明", 240, 300)
    values = paper.values()
    assert values["legal_representative"] == "王小明"
    assert values["address"] == "北京市朝阳区建国路1号"
    assert "capital" not in values


def test_a_licence_without_its_address_misses_it() -> None:
    assert portrait(住所="").fields()["address"].proof is Proof.MISSING
