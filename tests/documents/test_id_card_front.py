"""The number, the birth date and the sex of an identity card speak for each other, or against."""

from __future__ import annotations

import pytest

from app.documents import load
from app.vocabulary import Proof
from documents.printed import Paper, id_front

NUMBER = "110105199606156135"


def test_number_birth_date_and_sex_that_agree_are_believed() -> None:
    fields = id_front(Paper()).fields()
    assert fields["id_number"].proof is Proof.PROVEN
    assert fields["birth_date"].proof is Proof.CONFIRMED
    assert fields["sex"].proof is Proof.CONFIRMED
    assert {fields[name].proof for name in ("name", "ethnicity", "address")} == {Proof.READ}


def test_a_number_that_fails_its_check_believes_nobody() -> None:
    fields = id_front(Paper(), number="110105199606156134").fields()
    assert fields["id_number"].proof is Proof.CONFLICT
    assert fields["birth_date"].proof is Proof.READ
    assert fields["sex"].proof is Proof.READ


@pytest.mark.parametrize(
    ("birth", "sex"), [("1996年6月16日", "男"), ("1986年6月15日", "男"), ("1996年6月15日", "女")]
)
def test_a_print_that_disagrees_with_a_number_that_holds_is_a_conflict(
    birth: str, sex: str
) -> None:
    fields = id_front(Paper(), birth=birth, sex=sex).fields()
    assert fields["id_number"].proof is Proof.CONFLICT
    wrong = "sex" if sex == "女" else "birth_date"
    assert fields[wrong].proof is Proof.CONFLICT


def test_a_day_that_no_calendar_has_is_a_conflict() -> None:
    fields = id_front(Paper(), birth="1996年6月31日").fields()
    assert fields["birth_date"].value == "1996-06-31"
    assert fields["birth_date"].proof is Proof.CONFLICT


def test_without_the_printed_date_the_number_is_only_read() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if "年" not in line.line.text]
    fields = paper.fields()
    assert fields["birth_date"].proof is Proof.MISSING
    assert fields["id_number"].proof is Proof.READ


def test_a_digit_of_the_birth_date_is_taken_back_by_the_printed_one() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if line.line.text != NUMBER]
    paper.put("110105199606756135", 150, 258, height=24, doubts={12: "1"})
    fields = paper.fields()
    number = fields["id_number"]
    assert (number.value, number.corrected_from) == (NUMBER, "110105199606756135")
    assert number.proof is Proof.PROVEN
    assert fields["birth_date"].proof is Proof.CONFIRMED


def test_a_printed_date_is_put_right_by_a_proven_number_and_says_so() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if "年" not in line.line.text]
    paper.put("1996年8月15日", 90, 110, doubts={5: "6"})
    birth = paper.fields()["birth_date"]
    assert (birth.value, birth.corrected_from) == ("1996-06-15", "1996-08-15")
    assert birth.proof is Proof.CONFIRMED


def test_proving_twice_changes_nothing() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if "年" not in line.line.text]
    paper.put("1996年8月15日", 90, 110, doubts={5: "6"})
    (found,) = paper.read()
    assert load("id_card_front").prove(found.fields) == found.fields


@pytest.mark.parametrize("printed", ["汉", "汉族", "维吾尔", "土家"])
def test_an_ethnic_group_of_the_state_list_is_read_without_its_suffix(printed: str) -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if line.line.text != "汉"]
    paper.put(printed, 200, 70)
    group = paper.fields()["ethnicity"]
    assert group.value == printed.removesuffix("族")
    assert group.score > 0.9


def test_a_group_that_is_on_no_list_is_kept_as_read_and_doubted() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if line.line.text != "汉"]
    paper.put("穿青人", 200, 70)
    group = paper.fields()["ethnicity"]
    assert (group.value, group.proof) == ("穿青人", Proof.READ)
    assert group.score <= 0.5


def test_the_state_list_picks_among_what_was_nearly_read() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if line.line.text != "汉"]
    paper.put("议", 200, 70, doubts={0: "汉"})
    group = paper.fields()["ethnicity"]
    assert (group.value, group.corrected_from, group.proof) == ("汉", "议", Proof.READ)


@pytest.mark.parametrize(
    ("printed", "name"),
    [("迪丽热巴·迪力木拉提", "迪丽热巴·迪力木拉提"), ("阿依•古丽", "阿依·古丽"), ("李 喆", "李喆")],
)
def test_names_keep_their_dot_and_lose_their_spaces(printed: str, name: str) -> None:
    assert id_front(Paper(), name=printed).values()["name"] == name


@pytest.mark.parametrize("printed", ["李_", "李", "李?明"])
def test_a_name_with_an_unread_character_is_doubtful(printed: str) -> None:
    assert id_front(Paper(), name=printed).fields()["name"].score <= 0.5


def test_digits_that_were_read_as_letters_are_digits_and_doubtful() -> None:
    fields = id_front(Paper(), number="11O1O5199606156135").fields()
    assert fields["id_number"].value == NUMBER
    assert fields["id_number"].score <= 0.5
    assert fields["id_number"].proof is not Proof.PROVEN


def test_the_simplified_form_is_chosen_where_both_were_seen() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if "建国路" not in line.line.text]
    paper.put("北京市朝陽区建国路八十八", 90, 150, doubts={4: "阳"})
    address = paper.fields()["address"]
    assert address.value.startswith("北京市朝阳区")
    assert address.score > 0.9
