"""VAT invoices on the printed form of 240 × 140 mm, and electronic ones that look like it."""

from __future__ import annotations

from collections.abc import Mapping

from app.toolchain.specimens import _ground, _ornaments
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._invoice_table import print_fitted, print_items, print_upright
from app.toolchain.specimens._sheet import Pen, Sheet
from app.toolchain.specimens._trade import Sale

SIZE_MM = (240.0, 140.0)
_LEFT, _RIGHT = 13.0, 227.0
_ROWS = (33.0, 56.0, 99.0, 107.0, 130.0)
"""Edges of the buyer, the goods, the total and the seller."""
_COLUMNS = (_LEFT, 68.0, 88.0, 98.0, 117.0, 141.0, 173.0, 187.0, _RIGHT)
_HEADS = (
    "货物或应税劳务、服务名称",
    "规格型号",
    "单 位",
    "数 量",
    "单 价",
    "金 额",
    "税 率",
    "税 额",
)
_MIDDLE = 134.0
_INKS = ((140, 75, 40), (150, 60, 50), (45, 90, 60), (60, 75, 140), (120, 60, 110))
"""Brown, red, green, blue and purple copies."""


def draw(dice: Dice, variant: str, deal: Sale, truth: Mapping[str, str], scale: float) -> Sheet:
    """Print one form."""
    size = _ground.size_px(SIZE_MM, scale)
    tone = dice.whole(238, 254)
    ground = _ground.paper(dice, size, (tone, tone, tone - dice.whole(0, 10)))
    if dice.chance(0.3):
        ground = _ground.lines(dice, ground, scale, dice.real(0.06, 0.14), 1)
    sheet = Sheet.on(ground, scale)
    ink = dice.pick(_INKS)
    form = Pen(pick_face(dice, Style.KAI, Style.SONG, Style.HEI), 3.0, ink)
    dark = dice.pick((dice.shade(5, 50), (40, 45, 110), (60, 60, 70)))
    contents = Pen(pick_face(dice, Style.SONG, Style.SONG, Style.HEI, Style.KAI), 3.0, dark)
    _print_grid(sheet, form)
    _print_title(sheet, dice, variant, deal, form)
    sheet.shift_mm = (dice.real(-0.9, 0.7), dice.real(-0.7, 0.9))
    _print_head(sheet, dice, variant, truth, (form, contents))
    _print_party(sheet, dice, deal, truth, (form, contents), is_buyer=True)
    _print_party(sheet, dice, deal, truth, (form, contents), is_buyer=False)
    _print_cipher(sheet, dice, contents)
    print_items(sheet, deal.items, contents.sized(2.8), _COLUMNS, _ROWS[1] + 10.0)
    _print_totals(sheet, truth, form, contents)
    _print_foot(sheet, dice, deal, form, contents)
    return sheet


def _print_grid(sheet: Sheet, form: Pen) -> None:
    top, goods, total, seller, bottom = _ROWS
    ink = form.ink
    sheet.frame((_LEFT, top, _RIGHT, bottom), ink, 0.35)
    for y in (goods, total, seller):
        sheet.rule(((_LEFT, y), (_RIGHT, y)), ink, 0.2)
    for y_from, y_to in ((top, goods), (seller, bottom)):
        for x in (_LEFT + 6.0, _MIDDLE, _MIDDLE + 6.0):
            sheet.rule(((x, y_from), (x, y_to)), ink, 0.2)
    for x in _COLUMNS[1:-1]:
        sheet.rule(((x, goods), (x, total)), ink, 0.2)
    for place, text in enumerate(_HEADS):
        middle = (_COLUMNS[place] + _COLUMNS[place + 1]) / 2
        sheet.text((middle, goods + 4.2), text, form.sized(2.9), align="centre")
    sheet.text(((_COLUMNS[0] + _COLUMNS[1]) / 2, total - 2.0), "合　　　计", form, align="centre")
    sheet.text((_LEFT + 14.0, total + 5.4), "价税合计（大写）", form)
    sheet.rule(((_COLUMNS[1], total), (_COLUMNS[1], seller)), ink, 0.2)
    for text, x, y_from, y_to in (
        ("购买方", _LEFT + 3.0, top, goods),
        ("密码区", _MIDDLE + 3.0, top, goods),
        ("销售方", _LEFT + 3.0, seller, bottom),
        ("备注", _MIDDLE + 3.0, seller, bottom),
    ):
        print_upright(sheet, x, (y_from + 1.0, y_to - 1.0), text, form.sized(3.4))


def _print_title(sheet: Sheet, dice: Dice, variant: str, deal: Sale, form: Pen) -> None:
    province = deal.seller.region.province
    place = province.removesuffix("省").removesuffix("市")
    noun = {
        "special": "增值税专用发票",
        "ordinary": "增值税普通发票",
        "electronic_ordinary": "增值税电子普通发票",
        "electronic_special": "增值税电子专用发票",
    }[variant]
    title = form.sized(6.4)
    width = sheet.width_mm(place + noun, title, 0.8)
    sheet.text((120.0, 15.0), place + noun, title, align="centre", spacing_mm=0.8)
    for y in (17.6, 18.6):
        sheet.rule(((118 - width / 2, y), (122 + width / 2, y)), form.ink, 0.3)
    if dice.chance(0.8):
        red = (dice.whole(190, 220), dice.whole(40, 80), dice.whole(40, 80))
        face = pick_face(dice, Style.SONG, Style.KAI)
        _ornaments.round_seal(
            sheet,
            (120.0, 15.5),
            9.5,
            f"全国统一发票监制章{place}税务局",
            face,
            (red, dice.real(0.3, 0.55)),
        )
    copy = dice.pick(("发　票　联", "抵　扣　联", "记　账　联"))
    if not variant.startswith("electronic"):
        sheet.text((120.0, 25.5), copy, form.sized(3.6), align="centre")
        print_upright(
            sheet,
            232.0,
            (50.0, 115.0),
            f"第{dice.pick('一二三')}联：{copy}购买方记账凭证".replace("　", ""),
            form.sized(2.4),
        )


def _print_head(
    sheet: Sheet, dice: Dice, variant: str, truth: Mapping[str, str], pens: tuple[Pen, Pen]
) -> None:
    form, contents = pens
    year, month, day = truth["issue_date"].split("-")
    written = f"{year}年{month}月{day}日"
    if variant.startswith("electronic"):
        _ornaments.matrix_code(sheet, dice, (15.0, 6.0), 20.0)
        sheet.text((40.0, 30.0), f"机器编号：{dice.digits(12)}", form.sized(3.0))
        spaced = " ".join(truth["check_code"][start : start + 5] for start in range(0, 20, 5))
        rows = (
            ("发票代码", truth["invoice_code"], "invoice_code"),
            ("发票号码", truth["invoice_number"], "invoice_number"),
            ("开票日期", written, "issue_date"),
            ("校 验 码", spaced, "check_code"),
        )
        for number, (label, text, name) in enumerate(rows):
            y = 12.0 + number * 5.4
            after = sheet.text((172.0, y), f"{label}：", form.sized(3.1))
            sheet.text((after + 0.5, y), text, contents.sized(3.1), name=name)
        return
    digits = Pen(pick_face(dice, Style.SANS, Style.MONO, Style.SERIF), 5.0, form.ink)
    sheet.text((18.0, 15.0), truth["invoice_code"], digits, name="invoice_code")
    after = sheet.text((166.0, 15.0), "№", digits.inked((190, 50, 60)))
    red_or_blue = dice.pick(((190, 50, 60), (60, 60, 150), (40, 40, 50)))
    sheet.text(
        (after + 1.5, 15.0),
        truth["invoice_number"],
        digits.inked(red_or_blue).sized(5.6),
        name="invoice_number",
    )
    sheet.text((209.0, 12.0), truth["invoice_code"], contents.sized(2.9))
    sheet.text((209.0, 16.5), truth["invoice_number"], contents.sized(2.9))
    after = sheet.text((172.0, 28.5), "开票日期：", form.sized(3.3))
    sheet.text((after + 0.5, 28.5), written, contents.sized(3.2), name="issue_date")
    if "check_code" in truth:
        spaced = " ".join(truth["check_code"][start : start + 5] for start in range(0, 20, 5))
        after = sheet.text((18.0, 28.5), "校验码 ", contents.sized(3.1))
        sheet.text((after + 0.5, 28.5), spaced, contents.sized(3.1), name="check_code")


def _print_party(
    sheet: Sheet,
    dice: Dice,
    deal: Sale,
    truth: Mapping[str, str],
    pens: tuple[Pen, Pen],
    *,
    is_buyer: bool,
) -> None:
    form, contents = pens
    firm, side = (deal.buyer, "buyer") if is_buyer else (deal.seller, "seller")
    top = _ROWS[0] if is_buyer else _ROWS[3]
    phone = f"{firm.address} 0{dice.whole(10, 99)}-{dice.digits(8)}"
    bank = (
        f"中国{dice.pick(('工商', '建设', '农业'))}银行{firm.region.county}支行 {dice.digits(19)}"
    )
    is_sparse = f"{side}_tax_id" not in truth or (is_buyer and dice.chance(0.3))
    rows = (
        ("名　　　　称：", truth[f"{side}_name"], f"{side}_name"),
        ("纳税人识别号：", truth.get(f"{side}_tax_id", ""), f"{side}_tax_id"),
        ("地 址、电 话：", "" if is_sparse else phone, ""),
        ("开户行及账号：", "" if is_sparse else bank, ""),
    )
    spacing = dice.pick((0.0, 0.0, 0.6))
    for number, (label, text, name) in enumerate(rows):
        y = top + 5.0 + number * 5.3
        after = sheet.text((_LEFT + 7.5, y), label, form.sized(3.0))
        if not text:
            continue
        if name.endswith("tax_id"):
            sheet.text((after, y), text, contents.sized(3.3), name=name, spacing_mm=spacing)
        else:
            pen = contents.sized(3.2 if name else 2.6)
            print_fitted(sheet, (after, y), text, pen, _MIDDLE - after - 1.0, name=name)


def _print_cipher(sheet: Sheet, dice: Dice, contents: Pen) -> None:
    signs = "0123456789+-*/<>"
    pen = Pen(pick_face(dice, Style.MONO), 3.2, contents.ink)
    for row in range(4):
        text = "".join(dice.pick(signs) for _ in range(28))
        sheet.pitched((_MIDDLE + 8.0, _ROWS[0] + 5.0 + row * 5.2), text, pen, 2.9)


def _print_totals(sheet: Sheet, truth: Mapping[str, str], form: Pen, contents: Pen) -> None:
    pen = contents.sized(3.1)
    y = _ROWS[2] - 2.0
    for edge, name in ((_COLUMNS[6], "amount"), (_COLUMNS[8], "tax")):
        sheet.text((edge - 1.2, y), f"¥{truth[name]}", pen, name=name, align="right")
    y = _ROWS[2] + 5.6
    after = sheet.text((_COLUMNS[1] + 4.0, y), "⊗", contents.sized(3.4))
    print_fitted(
        sheet,
        (after + 0.6, y),
        truth["total_in_words"],
        contents.sized(3.4),
        84.0,
        name="total_in_words",
    )
    after = sheet.text((166.0, y), "（小写）", form)
    sheet.text((after + 2.0, y), f"¥{truth['total']}", contents.sized(3.4), name="total")


def _print_foot(sheet: Sheet, dice: Dice, deal: Sale, form: Pen, contents: Pen) -> None:
    titles = (("收款人：", 20.0), ("复核：", 70.0), ("开票人：", 118.0))
    for (title, x), who in zip(titles, deal.people, strict=True):
        after = sheet.text((x, 135.5), title, form)
        sheet.text((after + 0.5, 135.5), who, contents.sized(3.0))
    sheet.text((170.0, 135.5), "销售方：（章）", form)
    if dice.chance(0.7):
        red = (dice.whole(190, 225), dice.whole(40, 80), dice.whole(40, 80))
        face = pick_face(dice, Style.SONG, Style.HEI)
        middle = (dice.real(165, 205), dice.real(112, 122))
        _ornaments.round_seal(
            sheet, middle, 13.0, deal.seller.name, face, (red, dice.real(0.35, 0.6))
        )
