"""What was read becomes a value: each notation, each doubt, each thing that is no value at all."""

from __future__ import annotations

import pytest

from app.documents import _figures, _values
from app.documents._page import Page
from app.documents._span import Read, Span, cut
from documents.printed import Paper


def span(text: str, **doubts: str) -> Span:
    """Read a line; ``p3="吉"`` lets the character at place 3 nearly be another."""
    places = {int(place[1:]): other for place, other in doubts.items()}
    (line,) = Paper().put(text, 0, 0, doubts=places).lines
    return cut(line)


def read(how: Read, text: str, **doubts: str) -> str | None:
    value = how(span(text, **doubts))
    return value.text if value else None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1996年6月5日", "1996-06-05"),
        ("2010.05.06", "2010-05-06"),
        ("2010-5-6", "2010-05-06"),
        ("20100506", "2010-05-06"),
        ("2O1O年O5月l6日", "2010-05-16"),
        ("12008-10-28", "2008-10-28"),
        ("二〇一五年六月一日", "2015-06-01"),
        ("1996年13月5日", "1996-13-05"),
        ("1996年", None),
        ("长期", None),
    ],
)
def test_a_date_is_read_in_every_notation(printed: str, value: str | None) -> None:
    assert read(_figures.date, printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("110105199606156135", "110105199606156135"),
        ("No 11010519960615613x", "11010519960615613X"),
        ("NO.110105199606156135", "110105199606156135"),
        ("l1010519960615613X", "11010519960615613X"),
        ("110105 19960615 6135", "110105199606156135"),
        ("1101051996", None),
        ("北京市朝阳区", None),
    ],
)
def test_an_identity_number_is_read_past_what_surrounds_it(printed: str, value: str | None) -> None:
    assert read(_figures.identity_number, printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        (":91110105MA01ABCD13", "91110105MA01ABCD13"),
        ("9111 0105 MA01 ABCD 13", "91110105MA01ABCD13"),
        ("91110105maO1abcd13", "91110105MA01ABCD13"),
        ("310000607322021", "310000607322021"),
        ("6*970<106*277/2+4*<//37/>>94", None),
        ("MA01ABCD", None),
    ],
)
def test_a_credit_code_is_told_from_the_cipher_beside_it(printed: str, value: str | None) -> None:
    assert read(_figures.credit_code, printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("¥1,234.50", "1234.50"),
        ("(小写)¥1234.5", "1234.50"),
        ("¥-88.00", "-88.00"),
        ("¥1234,50", "1234.50"),
        ("***", "0.00"),
        ("免税", "0.00"),
        ("合计", None),
    ],
)
def test_an_amount_becomes_a_plain_decimal(printed: str, value: str | None) -> None:
    assert read(_figures.money, printed) == value


def test_an_amount_without_its_cents_is_doubtful() -> None:
    value = _figures.money(span("¥1234"))
    assert value is not None
    assert (value.text, value.score) == ("1234.00", 0.5)


def test_a_sign_that_was_read_as_a_digit_is_no_digit() -> None:
    assert read(_figures.money, "74391.27", p0="¥") == "4391.27"


def test_words_of_an_amount_are_taken_out_of_their_surroundings() -> None:
    assert read(_figures.amount_in_words, ")⊗肆佰陆拾壹圆零肆分(") == "肆佰陆拾壹圆零肆分"
    assert read(_figures.amount_in_words, "备注") is None


def test_an_amount_in_words_comes_in_the_forms_of_the_rule() -> None:
    assert read(_figures.amount_in_words, "壹拾万零貳仟陸佰捌拾園整") == "壹拾万零贰仟陆佰捌拾圆整"


@pytest.mark.parametrize(
    ("printed", "name"),
    [("李喆", "李喆"), (":李喆.", "李喆"), ("阿依•古丽", "阿依·古丽"), ("2024-05-06", None)],
)
def test_a_name_is_read_without_specks(printed: str, name: str | None) -> None:
    assert read(_values.person, printed) == name


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (":明鉴(北京)有限公司", "明鉴（北京）有限公司"),
        ("明鉴(北京))有限公司", "明鉴（北京）有限公司"),
        ("☑有限责任公司", "有限责任公司"),
        ("-—:", None),
    ],
)
def test_a_text_has_brackets_of_its_own_and_no_specks(printed: str, text: str | None) -> None:
    assert read(_values.text, printed) == text


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("称:明鉴有限公司", "明鉴有限公司"),
        ("明鉴有限公司密*59641-9*<>6", "明鉴有限公司"),
        ("个人", "个人"),
    ],
)
def test_a_party_is_read_without_its_label_and_the_cipher(printed: str, name: str) -> None:
    assert read(_values.party, printed) == name


def test_an_address_whose_full_line_ends_in_a_digit_may_go_on() -> None:
    long, short = "广东省惠州市惠城区将军弄18号附13号2705", "北京市朝阳区8号院A1-1207"
    scores = []
    for text in (long, long + "室", short):
        value = _values.address(span(text))
        assert value is not None
        scores.append(value.score)
    assert scores[0] == 0.5
    assert min(scores[1:]) > 0.9


def test_an_address_is_no_short_word_and_begins_behind_a_latin_label() -> None:
    assert read(_values.address, "Adress北京市朝阳区8号") == "北京市朝阳区8号"
    assert read(_values.address, "租赁") is None


@pytest.mark.parametrize("text", ["湖南省湘西州龙山县新店镇", "北京市朝阳区建国路8号"])
def test_an_address_is_evident_without_its_label(text: str) -> None:
    assert read(_values.evident_address, text) == text
    assert read(_values.evident_address, "永新县公安局") is None


def test_a_business_is_evident_without_its_label_but_doubtful() -> None:
    value = _values.evident_company(span("平顶山易联会计师事务所(特殊普通合伙)"))
    assert value is not None
    assert value.score == 0.5
    assert _values.evident_company(span("有限责任公司(国有独资)")) is None


def test_lines_of_a_row_are_joined_whatever_their_order_and_slope() -> None:
    paper = Paper(angle=4).put("三四五", 300, 4).put("一二", 100, 0).put("下一行的文字", 100, 26)
    assert [row.text for row in Page(paper.lines).rows] == ["一二三四五", "下一行的文字"]


def test_a_line_found_twice_counts_once() -> None:
    paper = Paper().put("初次领证日期", 100, 100, height=24).put("初次领正日期e", 101, 104)
    paper.put("初次领证日期", 100, 140)
    assert len(Page(paper.lines).strips) == 2
