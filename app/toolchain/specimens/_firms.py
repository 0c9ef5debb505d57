"""Invented firms: names, valid credit codes of GB 32100, types and capitals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from app.toolchain.specimens import _names, _places
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._money import whole_in_words
from app.toolchain.specimens._places import Region
from app.toolchain.specimens._words import words

_BRANDS = words(
    "华信 中科 鼎盛 瑞丰 天宇 恒通 金源 博雅 万通 宏达 嘉禾 睿智 聚贤 汇美 信诚 远大 明德 "
    "蓝海 星辰 云帆 智慧树 千禧龙 德馨 弘毅 启明 御风 麒麟 鲲鹏 赛博 泰和 盛世 璟泰 喆诚 "
    "鑫淼 垚鑫 昊宇 奕达 晟昱 珺瑶 翊航 三只羊 七彩 九州 百川 六合 安捷 易联 美加 东方红 "
    "老茶馆"
)
_TRADES = words(
    "科技 信息技术 网络科技 电子商务 贸易 商贸 进出口 建筑工程 装饰工程 餐饮管理 酒店管理 "
    "物流 货物运输 文化传媒 广告 教育咨询 企业管理咨询 机械设备 自动化设备 电力设备 "
    "新能源 环保科技 生物科技 医疗器械 医药 食品 农业发展 服装 家具 建材 石油化工 "
    "汽车销售服务 汽车租赁 物业服务 房地产开发 投资管理 人力资源 会计师事务所 软件 "
    "检测技术 印刷包装 仓储 钢铁 五金制品 塑胶 光电 半导体"
)
_TYPES = (
    ("有限责任公司(自然人独资)", "有限公司"),
    ("有限责任公司（自然人独资）", "有限公司"),
    ("有限责任公司(自然人投资或控股)", "有限公司"),
    ("有限责任公司（自然人投资或控股）", "有限责任公司"),
    ("有限责任公司(法人独资)", "有限公司"),
    ("有限责任公司（非自然人投资或控股的法人独资）", "有限公司"),
    ("其他有限责任公司", "有限公司"),
    ("有限责任公司(外商投资企业法人独资)", "有限公司"),
    ("有限责任公司(港澳台投资、非独资)", "有限公司"),
    ("有限责任公司(国有独资)", "有限公司"),
    ("有限责任公司", "有限责任公司"),
    ("股份有限公司(非上市、自然人投资或控股)", "股份有限公司"),
    ("股份有限公司（上市、国有控股）", "股份有限公司"),
    ("其他股份有限公司(非上市)", "股份有限公司"),
)
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100, table 1: no I, O, S, V, Z."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A company that does not exist."""

    name: str
    code: str
    type: str
    representative: str
    capital: str
    established: date
    address: str
    region: Region


def firm(dice: Dice) -> Firm:
    """Invent a company."""
    region = dice.pick(_places.regions())
    kind, ending = dice.pick(_TYPES)
    return Firm(
        name=firm_name(dice, region, ending),
        code=credit_code(dice, region),
        type=kind,
        representative=_names.person_name(dice, _names.ethnicity(dice)),
        capital=capital(dice),
        established=dice.day(date(1995, 1, 1), date(2025, 10, 1)),
        address=_places.address(dice, region),
        region=region,
    )


def firm_name(dice: Dice, region: Region, ending: str) -> str:
    """Invent a name as the registry orders its parts."""
    city = region.city or region.province
    place = dice.pick((city, city, region.province, city.removesuffix("市"), region.county))
    brand = dice.pick(_BRANDS)
    trade = dice.pick(_TRADES)
    if trade.endswith("事务所"):
        ending = dice.pick(("", "（普通合伙）", "（特殊普通合伙）"))
    short = region.province.removesuffix("省").removesuffix("市")
    in_brackets = dice.pick((f"（{short}）", f"（{short}）", "（中国）", f"({short})"))
    return dice.pick(
        (
            place + brand + trade + ending,
            place + brand + trade + ending,
            brand + in_brackets + trade + ending,
            f"{brand}{trade}{in_brackets}{ending}",
            f"{place}{brand}{dice.pick(_BRANDS)}{trade}{ending}",
        )
    )


def credit_code(dice: Dice, region: Region) -> str:
    """Return a code with both of its check digits right."""
    start = dice.pick(("91", "91", "91", "92", "93")) + region.code
    organisation = "MA" + "".join(dice.pick(_CODE) for _ in range(6))
    if dice.chance(0.4):
        organisation = dice.digits(8)
    code = start + organisation + organisation_check(organisation)
    return code + uscc.calc_check_digit(code)


def organisation_check(body: str) -> str:
    """Return the check character of an organisation code (GB 11714)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, weights, strict=True))
    return "0123456789X0"[(11 - total % 11) % 11 if total % 11 != 1 else 10]


def capital(dice: Dice) -> str:
    """Write a registered capital in one of the usual ways."""
    amount = dice.pick(
        (
            3,
            10,
            30,
            50,
            100,
            100,
            200,
            300,
            500,
            500,
            1000,
            1000,
            2000,
            3000,
            5000,
            10000,
            12800,
            50000,
            dice.whole(11, 9999),
        )
    )
    spelt = whole_in_words(amount * 10000)
    return dice.pick(
        (
            f"{spelt}元整",
            f"{spelt}圆整",
            f"人民币{spelt}元整",
            f"{amount}万元人民币",
            f"{amount}万元整",
            f"人民币{amount}万元",
            f"{amount}万人民币元",
            f"{amount}.000000万人民币",
            f"{amount}.00万元",
        )
    )
