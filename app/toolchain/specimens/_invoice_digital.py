"""Fully digital invoices (全面数字化的电子发票) as their one-page print of 210 × 140 mm."""

from __future__ import annotations

from collections.abc import Mapping

from app.toolchain.specimens import _ground, _ornaments
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._invoice_table import print_fitted, print_items, print_upright
from app.toolchain.specimens._sheet import Pen, Sheet
from app.toolchain.specimens._trade import Sale

SIZE_MM = (210.0, 140.0)
_LEFT, _RIGHT = 6.0, 204.0
_ROWS = (33.0, 53.0, 103.0, 111.0, 129.0)
"""Edges of the two parties, the goods, the total and the remarks."""
_COLUMNS = (_LEFT, 50.0, 72.0, 84.0, 102.0, 126.0, 152.0, 170.0, _RIGHT)
_HEADS = ("项目名称", "规格型号", "单 位", "数 量", "单 价", "金 额", "税率/征收率", "税 额")
_MIDDLE = 105.0


def draw(dice: Dice, variant: str, deal: Sale, truth: Mapping[str, str], scale: float) -> Sheet:
    """Print one page."""
    tone = dice.whole(246, 255)
    ground = _ground.paper(dice, _ground.size_px(SIZE_MM, scale), (tone, tone, tone), 1.0)
    sheet = Sheet.on(ground, scale)
    ink = dice.pick(((128, 20, 20), (140, 70, 40), (150, 40, 40), (120, 60, 30)))
    form = Pen(pick_face(dice, Style.KAI, Style.SONG, Style.HEI), 3.1, ink)
    contents = Pen(pick_face(dice, Style.SONG, Style.SONG, Style.HEI), 3.0, dice.shade(0, 40))
    _print_grid(sheet, form)
    _print_head(sheet, dice, variant, deal, truth, (form, contents))
    _print_parties(sheet, truth, form, contents)
    print_items(sheet, deal.items, contents.sized(2.8), _COLUMNS, _ROWS[1] + 10.0)
    pen = contents.sized(3.1)
    y = _ROWS[2] - 2.0
    for edge, name in ((_COLUMNS[6], "amount"), (_COLUMNS[8], "tax")):
        sheet.text((edge - 1.0, y), f"¥{truth[name]}", pen, name=name, align="right")
    y = _ROWS[2] + 5.4
    after = sheet.text((_COLUMNS[1] + 5.0, y), "⊗", pen.sized(3.4))
    print_fitted(
        sheet,
        (after + 0.8, y),
        truth["total_in_words"],
        pen.sized(3.3),
        78.0,
        name="total_in_words",
    )
    after = sheet.text((148.0, y), "（小写）", form)
    sheet.text((after + 1.0, y), f"¥{truth['total']}", pen.sized(3.3), name="total")
    after = sheet.text((14.0, 134.5), "开票人：", form)
    sheet.text((after + 0.5, 134.5), deal.people[2], contents)
    return sheet


def _print_grid(sheet: Sheet, form: Pen) -> None:
    top, goods, total, remarks, bottom = _ROWS
    sheet.frame((_LEFT, top, _RIGHT, bottom), form.ink, 0.3)
    for y in (goods, total, remarks):
        sheet.rule(((_LEFT, y), (_RIGHT, y)), form.ink, 0.2)
    for x in (_LEFT + 6.0, _MIDDLE, _MIDDLE + 6.0):
        sheet.rule(((x, top), (x, goods)), form.ink, 0.2)
    sheet.rule(((_LEFT + 6.0, remarks), (_LEFT + 6.0, bottom)), form.ink, 0.2)
    sheet.rule(((_COLUMNS[1], total), (_COLUMNS[1], remarks)), form.ink, 0.2)
    for place, text in enumerate(_HEADS):
        middle = (_COLUMNS[place] + _COLUMNS[place + 1]) / 2
        sheet.text((middle, goods + 4.4), text, form.sized(3.0), align="centre")
    sheet.text(((_COLUMNS[0] + _COLUMNS[1]) / 2, total - 2.0), "合　　　计", form, align="centre")
    sheet.text(
        ((_COLUMNS[0] + _COLUMNS[1]) / 2, total + 5.4), "价税合计（大写）", form, align="centre"
    )
    print_upright(sheet, _LEFT + 3.0, (top + 0.5, goods - 0.5), "购买方信息", form)
    print_upright(sheet, _MIDDLE + 3.0, (top + 0.5, goods - 0.5), "销售方信息", form)
    print_upright(sheet, _LEFT + 3.0, (remarks + 1, bottom - 1), "备注", form)


def _print_head(
    sheet: Sheet,
    dice: Dice,
    variant: str,
    deal: Sale,
    truth: Mapping[str, str],
    pens: tuple[Pen, Pen],
) -> None:
    form, contents = pens
    kind = "增值税专用发票" if variant.endswith("special") else "普通发票"
    title = form.sized(6.0)
    text = f"电子发票（{kind}）"
    width = sheet.width_mm(text, title)
    sheet.text((_MIDDLE, 17.0), text, title, align="centre")
    for y in (19.8, 20.8):
        sheet.rule(((_MIDDLE - width / 2, y), (_MIDDLE + width / 2, y)), form.ink, 0.25)
    _ornaments.matrix_code(sheet, dice, (9.0, 7.0), 19.0)
    red = (dice.whole(190, 225), dice.whole(30, 70), dice.whole(30, 70))
    province = deal.seller.region.province
    _ornaments.round_seal(
        sheet,
        (_MIDDLE, 17.0),
        10.0,
        f"全国统一发票监制章{province}税务局",
        pick_face(dice, Style.SONG, Style.KAI),
        (red, dice.real(0.3, 0.6)),
    )
    year, month, day = truth["issue_date"].split("-")
    rows = (
        ("发票号码：", truth["invoice_number"], "invoice_number"),
        ("开票日期：", f"{year}年{month}月{day}日", "issue_date"),
    )
    for number, (label, value, name) in enumerate(rows):
        y = 15.0 + number * 6.0
        after = sheet.text((151.0, y), label, form)
        sheet.text((after, y), value, contents, name=name)


def _print_parties(sheet: Sheet, truth: Mapping[str, str], form: Pen, contents: Pen) -> None:
    for side, left in (("buyer", _LEFT + 7.5), ("seller", _MIDDLE + 7.5)):
        after = sheet.text((left, _ROWS[0] + 6.2), "名称：", form)
        room = left + 90.0 - after
        print_fitted(
            sheet,
            (after, _ROWS[0] + 6.2),
            truth[f"{side}_name"],
            contents,
            room,
            name=f"{side}_name",
        )
        after = sheet.text((left, _ROWS[0] + 15.5), "统一社会信用代码/纳税人识别号：", form)
        if tax_id := truth.get(f"{side}_tax_id"):
            print_fitted(
                sheet,
                (after, _ROWS[0] + 15.5),
                tax_id,
                contents,
                left + 90.0 - after,
                name=f"{side}_tax_id",
            )
