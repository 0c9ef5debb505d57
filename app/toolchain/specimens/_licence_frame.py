"""The printed parts of a business licence around its contents: border, emblem, title, seal."""

from __future__ import annotations

from app.toolchain.specimens import _ornaments
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._firms import Firm
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._sheet import Pen, Sheet


def print_frame(sheet: Sheet, dice: Dice) -> None:
    """Print the ornamental border."""
    width, height = sheet.size_mm
    gold = (dice.whole(150, 200), dice.whole(120, 160), dice.whole(60, 110))
    for inset, thickness in ((9.0, 1.4), (12.5, 0.4), (19.0, 0.6)):
        sheet.frame((inset, inset, width - inset, height - inset), gold, thickness)
    step = 6.5
    for x in range(int((width - 38) / step)):
        for y in (15.8, height - 15.8):
            _ornaments.emblem(sheet, (19 + (x + 0.5) * step, y), 2.2, gold)
    for row in range(int((height - 38) / step)):
        for x_mm in (15.8, width - 15.8):
            _ornaments.emblem(sheet, (x_mm, 19 + (row + 0.5) * step), 2.2, gold)


def print_title(sheet: Sheet, dice: Dice, code: str, pens: tuple[Pen, Pen]) -> None:
    """Print emblem, title, copy mark and the credit code in the upper left."""
    label, value = pens
    middle = sheet.size_mm[0] / 2
    red = (dice.whole(180, 215), dice.whole(40, 80), dice.whole(30, 60))
    _ornaments.emblem(sheet, (middle, 34.0), 11.0, red)
    face = pick_face(dice, Style.SONG, Style.KAI, Style.HEI, is_bold=dice.chance(0.6))
    sheet.text(
        (middle, 63.0),
        "营业执照",
        Pen(face, 15.0, label.ink),
        align="centre",
        spacing_mm=dice.real(2.0, 7.0),
    )
    if dice.chance(0.6):
        sheet.text((middle, 73.0), "（副　本）", label.sized(5.6), align="centre")
    is_portrait = sheet.size_mm[0] < sheet.size_mm[1]
    code_pen = Pen(pick_face(dice, Style.SANS, Style.HEI, Style.SONG, Style.MONO), 4.4, value.ink)
    if is_portrait:
        after = sheet.text((50.0, 80.0), "统一社会信用代码", label.sized(4.4))
        sheet.text((after + 3.0, 80.0), code, code_pen, name="credit_code")
    else:
        sheet.text((30.0, 34.0), "统一社会信用代码", label.sized(4.4))
        sheet.text((30.0, 40.5), code, code_pen, name="credit_code")
        if dice.chance(0.5):
            number = f"证照编号：{dice.digits(14)}"
            sheet.text((30.0, 47.5), number, label.sized(3.6))
    if dice.chance(0.75):
        corner = (sheet.size_mm[0] - 50.0, 27.0)
        _ornaments.matrix_code(sheet, dice, corner, 20.0)
        if not is_portrait:
            hint = "扫描二维码登录国家企业信用信息公示系统了解更多登记信息"
            for line in range(3):
                text = hint[line * 9 : line * 9 + 9]
                sheet.text((corner[0] - 24.0, 31.0 + line * 4.0), text, label.sized(2.4))


def print_foot(sheet: Sheet, dice: Dice, firm: Firm, contents_end_mm: float, label: Pen) -> None:
    """Print the registering office with its seal and the date."""
    width, height = sheet.size_mm
    y = max(contents_end_mm + 4.0, height - 46.0)
    y = min(y, height - 32.0)
    x = width - 100.0
    sheet.text((x, y), "登 记 机 关", label)
    red = (dice.whole(195, 225), dice.whole(30, 70), dice.whole(30, 60))
    office = f"{firm.region.county}市场监督管理局"
    face = pick_face(dice, Style.SONG, Style.HEI)
    _ornaments.round_seal(
        sheet, (x + 50.0, y - 2.0), 17.0, office, face, (red, dice.real(0.6, 0.9))
    )
    day = firm.established
    later = f"{day.year}　年　{day.month}　月　{day.day}　日"
    sheet.text((x + 20.0, y + 12.0), later, label.sized(4.4))
    small = "国家市场监督管理总局监制"
    sheet.text((width / 2, height - 21.0), small, label.sized(2.8), align="centre")
