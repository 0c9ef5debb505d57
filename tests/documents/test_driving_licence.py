"""A driving licence is read in all its editions; its number is the holder's identity number."""

from __future__ import annotations

import pytest

from app.vocabulary import Proof
from documents.printed import Paper

VALUES = {
    "licence_number": "110105199606156135",
    "name": "李喆",
    "sex": "男",
    "nationality": "中国",
    "address": "北京市朝阳区建国路八十八号院1号楼201室",
    "birth_date": "1996-06-15",
    "first_issue_date": "2015-03-20",
    "vehicle_class": "C1",
    "valid_from": "2021-03-20",
    "valid_until": "2031-03-20",
}


def licence(
    period: str = "2021-03-20 至 2031-03-20", first: str = "2015-03-20", vehicles: str = "C1"
) -> Paper:
    paper = Paper().put("中华人民共和国机动车驾驶证", 200, 10, height=30)
    paper.put("Driving License of the People's Republic of China", 210, 42, height=16)
    paper.put("证号 No.", 150, 70).put("110105199606156135", 240, 70)
    paper.put("姓名", 20, 110).put("Name", 20, 128, height=12).put("李喆", 90, 112)
    paper.put("性别 男", 300, 110).put("Sex", 300, 128, height=12)
    paper.put("国籍", 420, 110).put("Nationality", 420, 128, height=12).put("中国", 500, 112)
    paper.put("住址", 20, 155).put("Address", 20, 175, height=12)
    paper.put("北京市朝阳区建国路八十八号院1号楼", 90, 155).put("201室", 90, 182)
    paper.put("北京市公", 20, 230).put("安局公安", 20, 265).put("交通管理局", 20, 300)
    paper.put("出生日期", 150, 220).put("Date of Birth", 150, 240, height=12)
    paper.put("1996-06-15", 300, 222)
    paper.put("初次领证日期", 150, 260).put("Date of First Issue", 150, 280, height=12)
    paper.put(first, 300, 262)
    paper.put("准驾车型", 150, 300).put("Class", 150, 320, height=12).put(vehicles, 300, 302)
    paper.put("有效期限 Valid Period", 20, 345)
    return paper.put(period, 240, 345)


def test_every_field_is_read_past_the_stamp_and_the_english_labels() -> None:
    assert licence().values() == VALUES


def test_number_birth_date_sex_and_term_are_believed_where_they_agree() -> None:
    fields = licence().fields()
    assert fields["licence_number"].proof is Proof.PROVEN
    for name in ("birth_date", "sex", "valid_from", "valid_until"):
        assert fields[name].proof is Proof.CONFIRMED
    for name in ("name", "nationality", "address", "first_issue_date", "vehicle_class"):
        assert fields[name].proof is Proof.READ


def test_the_older_edition_gives_a_term_whose_end_is_computed_and_never_confirmed() -> None:
    paper = licence(period="6年")
    paper.lines = [line for line in paper.lines if "Valid Period" not in line.line.text]
    paper.lines = [line for line in paper.lines if line.line.text != "6年"]
    paper.put("有效起始日期 Valid From 2021-03-20", 20, 345).put("有效期限 Valid For 6年", 340, 345)
    fields = paper.fields()
    assert (fields["valid_from"].value, fields["valid_until"].value) == ("2021-03-20", "2027-03-20")
    assert fields["valid_until"].proof is Proof.READ


def test_a_licence_that_never_ends_says_so() -> None:
    fields = licence(period="2021-03-20 至 长期").fields()
    assert fields["valid_until"].value == "长期"


@pytest.mark.parametrize("first", ["2022-03-20", "1995-03-20"])
def test_dates_in_an_impossible_order_are_a_conflict(first: str) -> None:
    assert licence(first=first).fields()["first_issue_date"].proof is Proof.CONFLICT


def test_a_term_of_no_licence_is_a_conflict() -> None:
    fields = licence(period="2021-03-20 至 2026-03-20").fields()
    assert fields["valid_from"].proof is Proof.CONFLICT


@pytest.mark.parametrize("vehicles", ["A1A2D", "B2E", "C1"])
def test_combined_vehicle_classes_are_read(vehicles: str) -> None:
    assert licence(vehicles=vehicles).values()["vehicle_class"] == vehicles


def test_a_vehicle_class_that_does_not_exist_is_a_conflict() -> None:
    assert licence(vehicles="G7").fields()["vehicle_class"].proof is Proof.CONFLICT
