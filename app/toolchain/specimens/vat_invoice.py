"""VAT invoices: special and ordinary ones on paper or electronic, and the fully digital ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.toolchain.specimens import _invoice_digital, _invoice_form
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._layout import Layout
from app.toolchain.specimens._trade import Sale, sale

_VARIANTS = (
    "special",
    "special",
    "ordinary",
    "ordinary",
    "electronic_ordinary",
    "electronic_special",
    "digital_special",
    "digital_special",
    "digital_ordinary",
    "digital_ordinary",
)
_SMALLEST_MM = 2.7


def make(dice: Dice) -> Layout:
    """Invent an invoice."""
    variant = dice.pick(_VARIANTS)
    is_digital = variant.startswith("digital")
    first, last = (2021, 2025) if is_digital else (2017, 2024)
    deal = sale(dice, date(first, 12, 1), date(last, 12, 20), 7 if is_digital else 5)
    is_private = variant.endswith("ordinary") and dice.chance(0.06)
    head = _digital_head(dice, deal) if is_digital else _head(dice, deal, variant)
    truth = dict(head) | _contents(deal)
    if is_private:
        truth["buyer_name"] = "个人"
        del truth["buyer_tax_id"]
    seed = dice.seed()
    form = _invoice_digital if is_digital else _invoice_form
    return Layout(
        variant,
        form.SIZE_MM,
        _SMALLEST_MM,
        truth,
        lambda scale: form.draw(Dice(seed), variant, deal, truth, scale),
    )


def _head(dice: Dice, deal: Sale, variant: str) -> Mapping[str, str]:
    region = deal.seller.region.code[:4]
    year = f"{deal.day:%y}"
    is_electronic = variant.startswith("electronic")
    if is_electronic:
        tail = "13" if variant.endswith("special") else "11"
        code = f"0{region}{year}{dice.digits(3)}{tail}"
    else:
        kind = dice.pick("13") if variant == "special" else dice.pick("06")
        code = f"{region}{year}{dice.digits(1)}{kind}{dice.pick('24')}0"
    head = {"invoice_code": code, "invoice_number": dice.digits(8)}
    if variant != "special":
        head["check_code"] = dice.digits(20)
    return head


def _digital_head(dice: Dice, deal: Sale) -> Mapping[str, str]:
    region = deal.seller.region.code[:2]
    return {"invoice_number": f"{deal.day:%y}{region}{dice.pick('127')}{dice.digits(15)}"}


def _contents(deal: Sale) -> dict[str, str]:
    return {
        "issue_date": deal.day.isoformat(),
        "buyer_name": deal.buyer.name,
        "buyer_tax_id": deal.buyer.code,
        "seller_name": deal.seller.name,
        "seller_tax_id": deal.seller.code,
        "items": "\n".join(item.name for item in deal.items),
        "amount": f"{deal.amount:.2f}",
        "tax": f"{deal.tax:.2f}",
        "total": f"{deal.total:.2f}",
        "total_in_words": deal.words,
    }
