"""Business licences of the present form, landscape and portrait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.toolchain.specimens import _firms, _ground, _licence_frame
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._firms import Firm
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._layout import Layout
from app.toolchain.specimens._sheet import Pen, Sheet

_LANDSCAPE_MM, _PORTRAIT_MM = (297.0, 210.0), (210.0, 297.0)
_SMALLEST_MM = 4.2
_SCOPES = (
    "一般项目",
    "技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广",
    "软件开发",
    "信息系统集成服务",
    "货物进出口",
    "技术进出口",
    "计算机软硬件及辅助设备零售",
    "办公用品销售",
    "日用百货销售",
    "广告设计、代理",
    "会议及展览服务",
    "企业管理咨询",
    "国内贸易代理",
    "机械设备租赁",
    "建筑材料销售",
    "食品经营（销售预包装食品）",
    "餐饮服务",
    "道路货物运输（不含危险货物）",
    "住房租赁",
    "物业管理",
    "电子产品销售",
    "服装服饰批发",
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the same field is called on licences of different holders."""

    representative: str = "法定代表人"
    address: str = "住所"
    capital: str = "注册资本"


def make(dice: Dice) -> Layout:
    """Invent a licence; about one in ten is that of a sole trader."""
    firm = _firms.firm(dice)
    words = _Words()
    truth = {
        "credit_code": firm.code,
        "name": firm.name,
        "type": firm.type,
        "legal_representative": firm.representative,
        "capital": firm.capital,
        "established": firm.established.isoformat(),
        "address": firm.address,
    }
    if dice.chance(0.1):
        words = _Words("经营者", "经营场所", "")
        name = f"{firm.region.full}{firm.representative}{dice.pick(('餐馆', '百货店', '修理部'))}"
        firm = replace(firm, type="个体工商户", name=name)
        truth |= {"type": firm.type, "name": firm.name}
        del truth["capital"]
    is_portrait = dice.chance(0.4)
    size = _PORTRAIT_MM if is_portrait else _LANDSCAPE_MM
    seed = dice.seed()
    return Layout(
        "portrait" if is_portrait else "landscape",
        size,
        _SMALLEST_MM,
        truth,
        lambda scale: _draw(Dice(seed), firm, words, size, scale),
    )


def _draw(
    dice: Dice, firm: Firm, words: _Words, size_mm: tuple[float, float], scale: float
) -> Sheet:
    sheet = Sheet.on(_paper(dice, size_mm, scale), scale)
    _licence_frame.print_frame(sheet, dice)
    ink = dice.shade(10, 70)
    label = Pen(
        pick_face(dice, Style.SONG, Style.HEI, Style.KAI, is_bold=dice.chance(0.4)),
        dice.real(4.6, 5.2),
        ink,
    )
    value = Pen(
        pick_face(dice, Style.SONG, Style.HEI, Style.KAI, Style.SONG),
        dice.real(4.4, 5.0),
        dice.shade(5, 60),
    )
    is_portrait = size_mm[0] < size_mm[1]
    _licence_frame.print_title(sheet, dice, firm.code, (label, value))
    sheet.shift_mm = (dice.real(-0.8, 0.8), dice.real(-0.6, 0.6))
    if is_portrait:
        bottom = _print_column(sheet, _all_rows(dice, firm, words), (38.0, 172.0), (label, value))
    else:
        left, right = _two_columns(dice, firm, words)
        bottom = max(
            _print_column(sheet, left, (34.0, 146.0), (label, value)),
            _print_column(sheet, right, (160.0, 266.0), (label, value)),
        )
    _licence_frame.print_foot(sheet, dice, firm, bottom, label)
    return sheet


def _paper(dice: Dice, size_mm: tuple[float, float], scale: float) -> _ground.Rgb:
    size = _ground.size_px(size_mm, scale)
    light = (dice.whole(240, 255), dice.whole(238, 252), dice.whole(225, 250))
    ground = _ground.paper(dice, size, light)
    if dice.chance(0.6):
        ground = _ground.lines(dice, ground, scale, dice.real(0.06, 0.16), 2)
    if dice.chance(0.5):
        middle = (size[0] / 2, size[1] * 0.55)
        ground = _ground.rosette(dice, ground, middle, min(size) * 0.3)
    return ground


_Row = tuple[str, str, str]
"""Label, value, name of the field."""


def _scope(dice: Dice) -> str:
    return "；".join(dice.some(_SCOPES, dice.whole(3, 9))) + "。"


def _founded(firm: Firm) -> str:
    day = firm.established
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def _all_rows(dice: Dice, firm: Firm, words: _Words) -> Sequence[_Row]:
    term = f"{_founded(firm)}至{dice.pick(('长期', '2046年05月31日', '无固定期限'))}"
    rows = (
        ("名称", firm.name, "name"),
        ("类型", firm.type, "type"),
        (words.address, firm.address, "address"),
        (words.representative, firm.representative, "legal_representative"),
        (words.capital, firm.capital, "capital"),
        ("成立日期", _founded(firm), "established"),
        ("营业期限", term, ""),
        ("经营范围", _scope(dice), ""),
    )
    return [row for row in rows if row[0]]


def _two_columns(dice: Dice, firm: Firm, words: _Words) -> tuple[Sequence[_Row], Sequence[_Row]]:
    rows = {row[0]: row for row in _all_rows(dice, firm, words)}
    has_term = dice.chance(0.5)
    left = ["名称", "类型", words.representative, "经营范围"]
    right = [words.capital, "成立日期", *(["营业期限"] if has_term else []), words.address]
    return [rows[key] for key in left], [rows[key] for key in right if key]


def _print_column(
    sheet: Sheet, rows: Sequence[_Row], sides: tuple[float, float], pens: tuple[Pen, Pen]
) -> float:
    label, value = pens
    left, right = sides
    width = sheet.width_mm("法定代表人", label, 0.6)
    y = 92.0 if sheet.size_mm[0] < sheet.size_mm[1] else 88.0
    step = 15.0 if sheet.size_mm[0] < sheet.size_mm[1] else 14.0
    start = left + width + 5.0
    for text, content, name in rows:
        spacing = (width - sheet.width_mm(text, label)) / max(1, len(text) - 1)
        sheet.text((left, y), text, label, spacing_mm=spacing)
        pen = value if name else value.sized(3.6)
        leading = pen.em_mm * 1.35
        last = sheet.wrapped((start, y), content, pen, (right - start, leading), name=name)
        y = max(y + step, last + step * 0.8)
    return y
