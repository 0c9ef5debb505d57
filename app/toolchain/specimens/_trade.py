"""Invented sales: what was sold, at what price, and the tax on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.toolchain.specimens import _firms, _names
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._firms import Firm
from app.toolchain.specimens._money import in_words

_CENT = Decimal("0.01")
_GOODS = (
    (
        "信息技术服务",
        ("软件开发服务费", "技术服务费", "系统维护费", "云服务器租用费", "数据处理服务"),
        "项",
        6,
    ),
    ("餐饮服务", ("餐饮费", "餐费", "团体用餐服务"), "次", 6),
    ("住宿服务", ("住宿费", "客房费"), "天", 6),
    ("计算机网络设备", ("交换机", "路由器AX3000", "光模块SFP-10G", "无线网卡"), "台", 13),
    ("电子计算机", ("笔记本电脑", "台式电脑主机", "一体机24英寸", "服务器R740"), "台", 13),
    ("纸制品", ("A4复印纸", "牛皮纸信封", "彩色卡纸230g"), "箱", 13),
    ("文具", ("中性笔0.5mm", "文件夹", "订书机", "白板笔"), "盒", 13),
    ("运输服务", ("国内货物运输服务", "快递费", "客运服务费"), "次", 9),
    ("成品油", ("92号车用汽油(VIB)", "95号车用汽油（ⅥB）", "0号车用柴油"), "升", 13),
    ("建筑服务", ("装修工程款", "工程服务", "安装费"), "项", 9),
    ("医疗仪器器械", ("血压计", "一次性使用口罩", "雾化器"), "个", 13),
    ("鲜活肉蛋产品", ("冷鲜猪肉", "鸡蛋"), "千克", 9),
    ("生活服务", ("物业管理费", "会议费", "培训费", "停车费"), "次", 6),
    ("金属制品", ("不锈钢管Φ32×3", "角钢50*50*5", "镀锌螺栓M12×60"), "千克", 13),
    ("塑料制品", ("PVC管材", "塑料托盘1200*1000", "密封袋"), "个", 13),
    ("家用厨房电器具", ("电磁炉", "电饭煲5L", "净水器滤芯"), "台", 13),
    ("服装", ("工作服(夏装)", "冲锋衣", "劳保手套"), "套", 13),
    ("印刷品", ("宣传册", "名片", "画册印刷"), "本", 13),
    ("供电", ("电费",), "千瓦时", 13),
    ("劳务", ("加工费", "修理修配劳务"), "次", 13),
    ("化学试剂助剂", ("无水乙醇AR 500ml", "盐酸"), "瓶", 13),
    ("咖啡饮料", ("美式咖啡", "拿铁咖啡豆1kg"), "袋", 13),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an invoice."""

    name: str
    model: str
    unit: str
    count: Decimal | None
    amount: Decimal
    rate: int
    tax: Decimal

    @property
    def price(self) -> str:
        """Return the price of one, as long as printers print it."""
        if self.count is None:
            return ""
        exact = self.amount / self.count
        return f"{exact:.8f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Sale:
    """Everything that an invoice says besides its own number."""

    buyer: Firm
    seller: Firm
    items: tuple[Item, ...]
    day: date
    unit_word: str
    people: tuple[str, str, str]
    """Who cashed, checked and wrote."""

    @property
    def amount(self) -> Decimal:
        """Sum before tax."""
        return sum((item.amount for item in self.items), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Sum of the taxes."""
        return sum((item.tax for item in self.items), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Sum to pay."""
        return self.amount + self.tax

    @property
    def words(self) -> str:
        """The total in words."""
        return in_words(self.total, self.unit_word)


def sale(dice: Dice, first: date, last: date, most_items: int) -> Sale:
    """Invent a sale within a time."""
    goods = dice.pick(_GOODS)
    count = dice.pick((1, 1, 1, 2, 2, 3, 4, 5, 6, 8))
    items = tuple(
        _item(dice, goods if dice.chance(0.6) else dice.pick(_GOODS))
        for _ in range(min(count, most_items))
    )
    people = (_names.person_name(dice), _names.person_name(dice), _names.person_name(dice))
    unit = "元" if dice.chance(0.06) else "圆"
    return Sale(_firms.firm(dice), _firms.firm(dice), items, dice.day(first, last), unit, people)


def _item(dice: Dice, goods: tuple[str, tuple[str, ...], str, int]) -> Item:
    group, names, unit, rate = goods
    if dice.chance(0.12):
        rate = dice.pick((1, 3))
    size = dice.pick((50, 500, 500, 5000, 50000, 800000))
    has_count = dice.chance(0.75)
    number = Decimal(dice.pick((1, 1, 2, 3, 5, 10, 24, 100)))
    amount = Decimal(str(dice.real(size / 20, size))).quantize(_CENT, ROUND_HALF_UP)
    if dice.chance(0.25):
        amount = amount.quantize(Decimal(1), ROUND_HALF_UP).quantize(_CENT)
    amount = max(amount, Decimal("1.00"))
    tax = (amount * rate / 100).quantize(_CENT, ROUND_HALF_UP)
    models = (
        "",
        "",
        "",
        "A4/70g",
        "DN50",
        "S-2000X",
        "无",
        "16G+512G",
        "5kg/袋",
        "GB/T 3091",
        "XL",
    )
    return Item(
        f"*{group}*{dice.pick(names)}",
        dice.pick(models),
        unit if has_count else "",
        number if has_count else None,
        amount,
        rate,
        tax,
    )
