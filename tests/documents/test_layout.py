"""Values are found beside and below their labels, however page and labels were read."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from app.documents import PlacedLine, interpret, load, names
from app.documents._span import cut, joined
from app.errors import KindError
from app.vocabulary import Proof, Quad, TextLine
from documents.printed import Paper, id_back, id_front
from documents.test_driving_licence import licence


def _lowered(quad: Quad) -> Quad:
    p0, p1, p2, p3 = ((x, y + 450) for x, y in quad)
    return p0, p1, p2, p3


CARD = {
    "name": "李喆",
    "sex": "男",
    "ethnicity": "汉",
    "birth_date": "1996-06-15",
    "address": "北京市朝阳区建国路八十八号院1号楼201室",
    "id_number": "110105199606156135",
}


def test_labels_and_values_in_lines_of_their_own_are_read() -> None:
    assert id_front(Paper()).values() == CARD


def test_labels_and_values_that_ran_together_are_told_apart() -> None:
    paper = Paper().put("姓名李喆", 30, 30).put("性别男民族汉", 30, 70)
    paper.put("出生1996年6月15日", 30, 110).put("住址北京市朝阳区建国路八十八", 30, 150)
    paper.put("号院1号楼201室", 80, 178).put("公民身份号码110105199606156135", 30, 260)
    assert paper.values() == CARD


def test_words_torn_into_several_lines_are_put_together() -> None:
    paper = Paper().put("姓", 30, 30).put("名", 55, 30).put("李", 90, 30).put("喆", 112, 30)
    paper.put("性", 30, 70).put("别 男", 55, 70).put("民 族 汉", 150, 70)
    paper.put("出生", 30, 110).put("1996年", 90, 110).put("6月", 150, 110).put("15日", 190, 110)
    paper.put("住址 北京市朝阳区", 30, 150).put("建国路八十八", 190, 150)
    paper.put("号院1号楼201室", 90, 178)
    paper.put("公民身份", 30, 260).put("号码 110105", 100, 260).put("199606156135", 195, 260)
    assert paper.values() == CARD


@pytest.mark.parametrize("angle", [-178.0, -90.0, -5.0, -2.0, 2.0, 5.0, 30.0, 90.0])
def test_the_page_may_lie_at_any_angle_under_the_camera(angle: float) -> None:
    assert id_front(Paper(angle=angle)).values() == CARD


def test_a_misread_label_is_known_by_its_place_between_the_others() -> None:
    paper = Paper().put("娃名李喆", 30, 30).put("性别男民旅汉", 30, 70)
    paper.put("出牛1996年6月15日", 30, 110).put("佳址北京市朝阳区建国路八十八", 30, 150)
    paper.put("号院1号楼201室", 80, 178).put("公民身份号码110105199606156135", 30, 260)
    assert paper.values() == CARD


def test_an_unreadable_label_in_its_column_is_no_part_of_the_value() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if line.line.text != "住址"]
    paper.put("做", 30, 150)
    assert paper.values() == CARD


def test_two_cards_on_one_page_are_two_documents() -> None:
    other = "310101198503078928"
    paper = id_front(Paper())
    id_front(paper, 0, 330, number=other, name="欧阳明", birth="1985年3月7日", sex="女")
    found = paper.read()
    assert {each.fields[0].value for each in found} == {"李喆", "欧阳明"}
    assert {each.fields[-1].value for each in found} == {CARD["id_number"], other}
    assert all(each.fields[-1].proof is Proof.PROVEN for each in found)


@pytest.mark.parametrize("at", [(0, 330), (0, 700), (560, 0), (560, 40)])
def test_front_and_back_on_one_page_are_two_documents(at: tuple[float, float]) -> None:
    paper = id_back(id_front(Paper()), *at, period="2016.05.06-2036.05.06")
    found = {each.kind: each for each in paper.read()}
    assert set(found) == {"id_card_front", "id_card_back"}
    assert {f.name: f.value for f in found["id_card_front"].fields} == CARD
    assert [f.value for f in found["id_card_back"].fields] == [
        "北京市公安局朝阳分局",
        "2016-05-06",
        "2036-05-06",
    ]
    mine, theirs = ({id(line) for line in each.lines} for each in found.values())
    assert not mine & theirs


def test_a_card_and_a_licence_with_labels_in_common_keep_to_their_own() -> None:
    paper = licence()
    paper.lines += [
        PlacedLine(replace(each.line, quad=_lowered(each.line.quad)), each.box)
        for each in id_front(Paper(), number="310101198503078928", name="欧阳明").lines
    ]
    found = {each.kind: each for each in paper.read()}
    names = {kind: each.fields[:2] for kind, each in found.items()}
    assert [field.value for field in names["driving_licence"]] == ["110105199606156135", "李喆"]
    assert [field.value for field in names["id_card_front"]] == ["欧阳明", "男"]


def test_a_fixed_kind_is_found_however_little_of_it_can_be_read() -> None:
    paper = Paper().put("公民身份号码110105199606156135", 30, 260)
    assert paper.read() == ()
    fields = paper.fields("id_card_front")
    assert fields["id_number"].value == CARD["id_number"]
    assert fields["name"].proof is Proof.MISSING


def test_a_page_without_a_document_gives_nothing() -> None:
    paper = Paper().put("关于进一步加强管理的通知", 30, 30).put("各有关单位：", 30, 60)
    assert paper.read() == ()
    assert interpret([]) == ()
    assert interpret([], "vat_invoice") == ()


def test_an_unknown_kind_is_named_with_its_nearest() -> None:
    with pytest.raises(KindError, match="id_card_front"):
        interpret([], "id_card_frnt")


def test_every_field_says_where_it_stands_and_what_else_it_might_be() -> None:
    paper = id_front(Paper(angle=3))
    for field in paper.fields().values():
        assert len(field.alternatives) == len(field.value)
        assert [each[0].text for each in field.alternatives] == list(field.value)
        assert field.quad is not None
        assert 0 < field.score <= 1


def test_a_cut_keeps_text_candidates_and_place() -> None:
    (line,) = Paper().put("姓名李喆", 100, 50, doubts={3: "吉"}).lines
    span = cut(line, 2)
    assert (span.text, span.score) == ("李喆", 0.6)
    assert [each.text for each in span.alternatives[1]] == ["喆", "吉"]
    assert span.quad is not None
    (left, top), (right, _), (_, bottom), _ = span.quad
    assert (left, right, top, bottom) == pytest.approx((132, 164, 50, 70), abs=1)


def test_the_place_of_a_value_on_two_lines_is_around_both() -> None:
    paper = Paper(angle=90).put("北京市", 0, 0).put("朝阳区", 10, 30)
    quad = joined(cut(line) for line in paper.lines).quad
    assert quad is not None
    xs, ys = zip(*quad, strict=True)
    assert (min(xs), max(xs)) == pytest.approx((-50, 0))
    assert (min(ys), max(ys)) == pytest.approx((0, 58))


def test_a_character_seen_in_two_overlapping_boxes_is_read_once() -> None:
    paper = id_front(Paper())
    paper.lines = [line for line in paper.lines if "建国路" not in line.line.text]
    paper.put("北京市朝阳区建国", 90, 150).put("国路八十八", 90 + 7 * 16, 150)
    assert paper.values()["address"] == CARD["address"]


def test_every_kind_names_its_fields_once_and_proves_missing_ones_as_missing() -> None:
    for name in names():
        kind = load(name)
        rules = [rule.name for rule in kind.fields]
        assert kind.name == name
        assert len(rules) == len(set(rules))
        assert kind.find([]) == ()
        assert kind.prove(()) == ()


@pytest.mark.parametrize("kind", [None, *names()])
def test_no_page_whatever_stands_on_it_is_too_odd(kind: str | None) -> None:
    dice = random.Random(str(kind))  # noqa: S311 - the same pages every time
    words = (
        "姓名 性别 住址 公民身份号码 ¥1.00 2010.05.06- 名称: 合计 P<UTO<<< *a*b 1234567890 · ( 𠮷 é"
    )
    for _ in range(60):
        paper = Paper(angle=dice.choice((0, 3, 90, 171)))
        for _ in range(dice.randint(0, 12)):
            text = "".join(dice.choices([*words, *words.split()], k=dice.randint(1, 9)))
            paper.put(
                text, dice.uniform(0, 300), dice.uniform(0, 300), height=dice.uniform(0.1, 40)
            )
        for document in interpret(paper.lines, kind):
            assert document.kind in names()
            for field in document.fields:
                assert (field.proof is Proof.MISSING) == (field.value == "")


def test_lines_without_size_or_candidates_are_read_as_they_are() -> None:
    lines = [
        PlacedLine(TextLine(((5, 5),) * 4, text, 0.9), (5, 5, 5, 5))
        for text in ("姓名", "李喆", " ", "公民身份号码110105199606156135")
    ]
    (found,) = interpret(lines, "id_card_front")
    assert found.fields[-1].value == "110105199606156135"
