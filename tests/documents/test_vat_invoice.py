"""Invoices are read in their three forms; sums, words and codes speak for each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents import load
from app.vocabulary import Proof
from documents.printed import Paper

BUYER, SELLER = "91110105MA01ABCD13", "913100006073220216"
VALUES = {
    "invoice_code": "1100204130",
    "invoice_number": "61530029",
    "issue_date": "2024-09-24",
    "buyer_name": "北京明鉴视觉（集团）有限公司",
    "buyer_tax_id": BUYER,
    "seller_name": "上海纸业有限公司",
    "seller_tax_id": SELLER,
    "items": "*印刷品*名片\n*纸制品*彩色卡纸230g超白特厚双面",
    "amount": "4396.92",
    "tax": "571.60",
    "total": "4968.52",
    "total_in_words": "肆仟玖佰陆拾捌圆伍角贰分",
}


def _goods(paper: Paper, y: float, name_head: str) -> Paper:
    heads = ((name_head, 60), ("规格型号", 330), ("单位", 430), ("数量", 500), ("单价", 600),
             ("金 额", 740), ("税率", 850), ("税 额", 960))  # fmt: skip
    for text, x in heads:
        paper.put(text, x, y)
    paper.put("*印刷品*名片", 20, y + 30).put("本", 440, y + 30).put("41.00", 770, y + 30)
    paper.put("13%", 850, y + 30).put("5.33", 990, y + 30)
    paper.put("*纸制品*彩色卡纸230g", 20, y + 60).put("A4/70g", 320, y + 60)
    paper.put("4355.92", 755, y + 60).put("13%", 850, y + 60).put("566.27", 980, y + 60)
    paper.put("超白特厚双面", 20, y + 85)
    paper.put("合", 90, y + 200).put("计", 160, y + 200)
    paper.put("¥4396.92", 740, y + 200).put("¥571.60", 970, y + 200)
    paper.put("价税合计(大写)", 60, y + 240).put("⊗肆仟玖佰陆拾捌圆伍角贰分", 320, y + 240)
    return paper.put("(小写)", 740, y + 240).put("¥4968.52", 820, y + 240)


def paper_form(title: str = "北京增值税专用发票") -> Paper:
    paper = Paper().put("1100204130", 40, 20, height=30).put(title, 350, 18, height=36)
    paper.put("№61530029", 760, 20, height=32).put("1100204130", 960, 8).put("61530029", 960, 32)
    paper.put("开票日期:2024年09月24日", 760, 70)
    paper.put("购", 5, 110).put("名", 40, 110).put("称:北京明鉴视觉(集团)有限公司", 110, 110)
    paper.put("密", 600, 110).put("215/870*+44>12*5+/-", 640, 110)
    paper.put(f"纳税人识别号:{BUYER}", 40, 140).put("<>*/495+>678145", 640, 140)
    paper.put("地址、电话:北京市朝阳区建国路1号010-12345678", 40, 170)
    paper.put("开户行及账号:中国银行3660152486513243570", 40, 200)
    _goods(paper, 240, "货物或应税劳务、服务名称")
    paper.put("销", 5, 520).put("名", 40, 520).put("称:上海纸业有限公司", 110, 520)
    return paper.put(f"纳税人识别号:{SELLER}", 40, 550).put("开票人:王芳", 700, 640)


def digital_form() -> Paper:
    paper = Paper().put("电子发票(增值税专用发票)", 350, 20, height=32)
    paper.put("发票号码:24427893032353030754", 760, 20).put("开票日期:2024年09月24日", 760, 50)
    paper.put("名称:北京明鉴视觉(集团)有限公司", 40, 110).put("名称:上海纸业有限公司", 560, 110)
    label = "统一社会信用代码/纳税人识别号:"
    paper.put(label + BUYER, 40, 150).put(label + SELLER, 560, 150)
    return _goods(paper, 200, "项目名称")


def replaced(paper: Paper, old: str, new: str) -> Paper:
    """Let one line read otherwise, at the same place."""
    (line,) = (each for each in paper.lines if each.line.text == old)
    paper.lines.remove(line)
    x, y, _, bottom = line.box
    return paper.put(new, x, y, height=bottom - y) if new else paper


def test_the_paper_form_is_read() -> None:
    assert paper_form().values() == VALUES


def test_the_fully_digital_form_has_a_long_number_and_no_code() -> None:
    values = digital_form().values()
    expected = VALUES | {"invoice_number": "24427893032353030754"}
    del expected["invoice_code"]
    assert values == expected


def test_the_electronic_form_names_its_code_number_and_check_code() -> None:
    paper = paper_form("北京增值税电子普通发票")
    codes = ("1100204130", "№61530029", "61530029")
    paper.lines = [line for line in paper.lines if line.line.text not in codes]
    paper.put("机器编号:499098765432", 40, 70).put("发票代码:011002000411", 760, 0)
    paper.put("发票号码:61530029", 760, 22).put("校 验 码:36720 74463 67740 77284", 700, 92)
    values = paper.values()
    assert values["invoice_code"] == "011002000411"
    assert values["invoice_number"] == "61530029"
    assert values["check_code"] == "36720744636774077284"


def test_an_ordinary_invoice_without_its_check_code_misses_it() -> None:
    fields = paper_form("北京增值税普通发票").fields()
    assert fields["check_code"].proof is Proof.MISSING


def test_everything_that_is_said_twice_is_believed() -> None:
    fields = paper_form().fields()
    for name in ("buyer_tax_id", "seller_tax_id"):
        assert fields[name].proof is Proof.PROVEN
    for name in ("invoice_code", "invoice_number", "amount", "tax", "total", "total_in_words"):
        assert fields[name].proof is Proof.CONFIRMED
    for name in ("issue_date", "buyer_name", "seller_name", "items"):
        assert fields[name].proof is Proof.READ


def test_a_number_printed_once_is_only_read() -> None:
    assert digital_form().fields()["invoice_number"].proof is Proof.READ


def test_two_copies_of_the_number_that_differ_are_a_conflict() -> None:
    paper = replaced(paper_form(), "№61530029", "№61580029")
    assert paper.fields()["invoice_number"].proof is Proof.CONFLICT


def test_a_total_that_disagrees_with_its_words_is_a_conflict() -> None:
    fields = replaced(paper_form(), "¥4968.52", "¥4988.52").fields()
    for name in ("amount", "tax", "total", "total_in_words"):
        assert fields[name].proof is Proof.CONFLICT


def test_a_sum_that_does_not_hold_accuses_its_parts_only() -> None:
    fields = replaced(paper_form(), "¥571.60", "¥571.80").fields()
    assert fields["amount"].proof is fields["tax"].proof is Proof.CONFLICT
    assert fields["total"].proof is Proof.CONFIRMED


def test_columns_that_were_mixed_up_confirm_nothing() -> None:
    paper = replaced(replaced(paper_form(), "¥571.60", ""), "¥4396.92", "¥571.60")
    paper.put("¥4396.92", 970, 440)
    fields = paper.fields()
    assert fields["amount"].proof is fields["tax"].proof is Proof.CONFLICT


def test_words_are_put_right_by_the_figures_among_what_was_nearly_read() -> None:
    words = "⊗" + VALUES["total_in_words"]
    paper = replaced(paper_form(), words, "")
    paper.put(words.replace("陆", "捌"), 320, 480, doubts={5: "陆"})
    field = paper.fields()["total_in_words"]
    assert field.value == VALUES["total_in_words"]
    assert field.corrected_from == VALUES["total_in_words"].replace("陆", "捌")


@pytest.mark.parametrize("printed", ["***", "免税"])
def test_goods_free_of_tax_have_none(printed: str) -> None:
    paper = replaced(replaced(paper_form(), "¥571.60", printed), "¥4396.92", "¥4968.52")
    fields = paper.fields()
    assert (fields["tax"].value, fields["tax"].proof) == ("0.00", Proof.CONFIRMED)


def test_a_private_buyer_has_no_tax_number() -> None:
    paper = paper_form("北京增值税普通发票")
    paper = replaced(paper, f"纳税人识别号:{BUYER}", "纳税人识别号:")
    paper = replaced(paper, "称:北京明鉴视觉(集团)有限公司", "称:个人")
    values = paper.values()
    assert values["buyer_name"] == "个人"
    assert "buyer_tax_id" not in values


def test_a_company_without_its_tax_number_misses_it() -> None:
    paper = replaced(digital_form(), f"统一社会信用代码/纳税人识别号:{BUYER}", "")
    paper.put("统一社会信用代码/纳税人识别号:", 40, 150)
    assert paper.fields()["buyer_tax_id"].proof is Proof.MISSING


def test_a_former_tax_number_of_fifteen_characters_is_only_read() -> None:
    paper = replaced(paper_form(), f"纳税人识别号:{SELLER}", "纳税人识别号:310000607322021")
    assert paper.fields()["seller_tax_id"].proof is Proof.READ


@pytest.mark.parametrize("lost", ["称:上海纸业有限公司", f"纳税人识别号:{SELLER}"])
def test_a_party_whose_label_is_lost_is_known_by_its_place(lost: str) -> None:
    values = replaced(paper_form(), lost, ":" + lost.partition(":")[2]).values()
    assert values["seller_name"] == VALUES["seller_name"]
    assert values["seller_tax_id"] == SELLER


def test_a_proof_that_a_hand_changed_is_taken_back() -> None:
    (found,) = paper_form().read()
    changed = tuple(
        replace(field, value="61530028", corrected_from=field.value, alternatives=())
        if field.name == "invoice_number"
        else field
        for field in found.fields
    )
    proven = {field.name: field for field in load("vat_invoice").prove(changed)}
    assert proven["invoice_number"].proof is Proof.READ


def test_goods_without_the_head_of_their_column_are_read() -> None:
    assert replaced(digital_form(), "项目名称", "").values()["items"] == VALUES["items"]


@pytest.mark.parametrize(
    "printed",
    ["印刷品*名片", "“印刷品*名片", "“印刷品“名片", "印刷品·名片", "*印刷品·名片", "·印刷品*名片"],
)
def test_a_category_is_told_by_what_its_asterisks_were_read_as(printed: str) -> None:
    paper = replaced(paper_form(), "*印刷品*名片", printed)
    assert paper.values()["items"] == VALUES["items"]


def test_a_price_without_a_name_makes_the_goods_doubtful() -> None:
    field = replaced(paper_form(), "*印刷品*名片", "").fields()["items"]
    assert field.value == VALUES["items"].partition("\n")[2]
    assert field.score <= 0.5


def test_an_item_that_ran_into_the_next_column_is_cut_there_and_doubtful() -> None:
    paper = replaced(paper_form(), "A4/70g", "")
    paper = replaced(paper, "*纸制品*彩色卡纸230g", "*纸制品*彩色卡纸230g       A4/70g")
    field = paper.fields()["items"]
    assert field.value == VALUES["items"]
    assert field.score <= 0.5


def test_a_total_without_its_label_is_found_beside_the_words() -> None:
    field = replaced(paper_form(), "(小写)", "").fields()["total"]
    assert (field.value, field.proof) == (VALUES["total"], Proof.CONFIRMED)
