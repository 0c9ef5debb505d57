"""VAT invoices: special and ordinary ones, on paper, electronic and fully digital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents import (
    DocumentKind,
    FieldRule,
    Interpretation,
    PlacedLine,
    _figures,
    _invoice_sums,
    _values,
)
from app.documents._form import Form, Place
from app.documents._invoice_items import items
from app.documents._invoice_number import unlabelled
from app.documents._invoice_parties import HEADS, NAME, NAME_GAP, TAX_ID, sided
from app.documents._invoice_parties import unlabelled as unlabelled_parties
from app.documents._invoice_proof import prove
from app.documents._labels import Label
from app.documents._layout import sheets, values
from app.documents._sheet import Sheet
from app.language import message
from app.vocabulary import Field, Proof

FULL_NUMBER = 20
"""Digits of the number of a fully digital invoice, which has no code."""
ORGANISATION = 5
"""A buyer's name of fewer characters is a person's, who has no tax number."""


def _party(key: str) -> Label:
    return Label(key, (), weight=0)


FORM = Form(
    "vat_invoice",
    places=(
        Place("invoice_code", Label("invoice_code", ("发票代码",), weight=0),
              _figures.digits(10, 12), is_required=False),
        Place("invoice_number", Label("invoice_number", ("发票号码",), weight=0),
              _figures.digits(8, FULL_NUMBER), is_required=False),
        Place("issue_date", Label("issue_date", ("开票日期",), weight=2), _figures.date),
        Place("check_code", Label("check_code", ("校验码",), weight=0),
              _figures.digits(20), is_required=False),
        Place("buyer_name", _party("buyer_name"), _values.party, gap=NAME_GAP),
        Place("buyer_tax_id", _party("buyer_tax_id"), _figures.credit_code, is_required=False),
        Place("seller_name", _party("seller_name"), _values.party, gap=NAME_GAP),
        Place("seller_tax_id", _party("seller_tax_id"), _figures.credit_code),
        Place("total", Label("total", ("(小写)", "小写")), _figures.money),
        Place("total_in_words", Label("total_in_words", ("价税合计(大写)", "价税合计"), weight=2),
              _figures.amount_in_words),
    ),
    marks=(
        Label("title_special", ("增值税专用发票", "增值税电子专用发票"), weight=0, is_title=True),
        Label("title_ordinary", ("增值税普通发票", "增值税电子普通发票"), weight=0, is_title=True),
        Label("title_digital", ("电子发票",), weight=0, is_title=True),
        Label("title", ("发票",), repeats=9),
        NAME,
        TAX_ID,
        Label("party_address", ("地址、电话",), weight=0, repeats=2),
        Label("party_bank", ("开户行及账号",), weight=0, repeats=2),
        Label("machine", ("机器编号",), weight=0),
        Label("name_head", ("货物或应税劳务、服务名称", "项目名称", "服务名称")),
        Label("model_head", ("规格型号",)),
        Label("amount_head", ("金额",)),
        Label("rate_head", ("税率/征收率", "税率"), weight=0),
        Label("tax_head", ("税额",)),
        Label("sums", ("合计",), weight=0),
        Label("issuer", ("开票人",), weight=0),
    ),
    ignored=tuple(
        Place(key, _party(key), _values.text)
        for key in ("buyer_address", "buyer_bank", "seller_address", "seller_bank")
    ),
    assign=sided,
)  # fmt: skip


def find(lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every invoice on the page."""
    found = []
    for certainty, sheet in sheets(FORM, lines):
        fields = _complete(sheet, values(FORM, sheet))
        found.append(Interpretation(FORM.kind, certainty, fields, sheet.lines()))
    return tuple(found)


def _complete(sheet: Sheet, labelled: tuple[Field, ...]) -> tuple[Field, ...]:
    """Add what has no label of its own, and leave out what this variant does not have."""
    fields = {field.name: field for field in labelled}
    keys = {anchor.label.key for anchor in sheet.anchors}
    for name, field in unlabelled_parties(sheet).items():
        if name not in fields or fields[name].proof is Proof.MISSING:
            fields[name] = field
    if "invoice_number" not in fields and "invoice_number" not in keys:
        parties = [a.y for a in sheet.anchors if a.label.key in ("buyer_name", *HEADS)]
        code, fields["invoice_number"] = unlabelled(sheet, min(parties, default=0.0))
        fields.setdefault("invoice_code", code)
    number = fields.setdefault("invoice_number", Field("invoice_number", "", Proof.MISSING))
    is_digital = len(number.value) == FULL_NUMBER or "title_digital" in keys
    if number.value and "title_digital" in keys and len(number.value) != FULL_NUMBER:
        fields["invoice_number"] = replace(number, proof=Proof.CONFLICT)
    if not is_digital:
        fields.setdefault("invoice_code", Field("invoice_code", "", Proof.MISSING))
    elif "invoice_code" in fields:
        del fields["invoice_code"]
    if "title_ordinary" in keys and not is_digital:
        fields.setdefault("check_code", Field("check_code", "", Proof.MISSING))
    if "title_special" in keys or len(fields["buyer_name"].value) >= ORGANISATION:
        fields.setdefault("buyer_tax_id", Field("buyer_tax_id", "", Proof.MISSING))
    if fields["total"].proof is Proof.MISSING:
        fields["total"] = _invoice_sums.total_beside_words(sheet)
    fields["items"] = items(sheet, _invoice_sums.height(sheet))
    fields["amount"], fields["tax"] = _invoice_sums.sums(sheet)
    return tuple(fields[rule.name] for rule in RULES if rule.name in fields)


RULES = (
    FieldRule("invoice_code", message("Invoice code"), is_required=False),
    FieldRule("invoice_number", message("Invoice number")),
    FieldRule("issue_date", message("Date of issue")),
    FieldRule("check_code", message("Check code"), is_required=False),
    FieldRule("buyer_name", message("Buyer")),
    FieldRule("buyer_tax_id", message("Buyer's tax number"), is_required=False),
    FieldRule("seller_name", message("Seller")),
    FieldRule("seller_tax_id", message("Seller's tax number")),
    FieldRule("items", message("Goods and services")),
    FieldRule("amount", message("Amount")),
    FieldRule("tax", message("Tax")),
    FieldRule("total", message("Total")),
    FieldRule("total_in_words", message("Total in words")),
)

KIND = DocumentKind("vat_invoice", message("VAT invoice"), RULES, find, prove)
