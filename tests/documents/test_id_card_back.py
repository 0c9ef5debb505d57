"""Both ends of a card's validity confirm each other only where no other term could be meant."""

from __future__ import annotations

import pytest

from app.vocabulary import Proof
from documents.printed import Paper, id_back


def proofs(paper: Paper) -> list[Proof]:
    fields = paper.fields()
    return [fields[name].proof for name in ("valid_from", "valid_until")]


@pytest.mark.parametrize("years", [5, 10, 20])
def test_a_term_that_the_law_knows_confirms_both_dates(years: int) -> None:
    paper = id_back(Paper(), period=f"2016.05.06-{2016 + years}.05.06")
    fields = paper.fields()
    assert fields["authority"].value == "北京市公安局朝阳分局"
    assert fields["valid_from"].value == "2016-05-06"
    assert fields["valid_until"].value == f"{2016 + years}-05-06"
    assert proofs(paper) == [Proof.CONFIRMED] * 2


@pytest.mark.parametrize("period", ["2016.05.06-2031.05.06", "2016.05.06-2026.05.05"])
def test_a_term_that_no_card_has_is_a_conflict(period: str) -> None:
    assert proofs(id_back(Paper(), period=period)) == [Proof.CONFLICT] * 2


@pytest.mark.parametrize("wrong", [(3, "1"), (2, "2"), (13, "1"), (11, "0")])
def test_a_doubtful_digit_of_a_year_leaves_the_dates_unconfirmed(wrong: tuple[int, str]) -> None:
    place, other = wrong
    paper = Paper().put("中华人民共和国", 180, 40, height=30).put("居民身份证", 170, 90, height=40)
    paper.put("签发机关", 100, 210).put("北京市公安局", 190, 210).put("有效期限", 100, 250)
    paper.put("2016.05.06-2026.05.06", 190, 250, doubts={place: other})
    assert proofs(paper) == [Proof.READ] * 2


def test_long_term_stays_as_printed_and_confirms_nothing() -> None:
    paper = id_back(Paper(), period="2016.05.06-长期")
    assert paper.values()["valid_until"] == "长期"
    assert proofs(paper) == [Proof.READ] * 2


@pytest.mark.parametrize(
    "period",
    ["2016.05.062026.05.06", "2016.05.06 - 2026.05.06", "2016.05.06至2026.05.06",
     "2016,05.06—2026.05,06", "20160506-20260506", "2O16.05.06-2026.05.O6"],
)  # fmt: skip
def test_both_dates_are_found_however_dots_and_dash_were_read(period: str) -> None:
    values = id_back(Paper(), period=period).values()
    assert (values["valid_from"], values["valid_until"]) == ("2016-05-06", "2026-05-06")


def test_half_a_period_leaves_the_other_half_missing() -> None:
    fields = id_back(Paper(), period="2016.05.06-").fields()
    assert fields["valid_from"].value == "2016-05-06"
    assert fields["valid_until"].proof is Proof.MISSING


def test_an_authority_on_two_lines_is_joined() -> None:
    paper = id_back(Paper(), period="2016.05.06-2026.05.06")
    paper.lines = [line for line in paper.lines if "分局" not in line.line.text]
    paper.put("伊犁哈萨克自治州察布查尔", 190, 210).put("锡伯自治县公安局", 190, 234)
    assert paper.values()["authority"] == "伊犁哈萨克自治州察布查尔锡伯自治县公安局"
