"""Regions of GB/T 2260, postal addresses of many shapes, and the offices that sign papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._words import words

_STREETS = words(
    "人民 解放 建设 中山 长江 黄河 文化 和平 胜利 新华 青年 友谊 光明 工农 北京 南京 环城 "
    "滨河 学府 科技 创业 迎宾 凤凰 龙泉 梧桐 望湖 玉兰 朝晖 翠竹 金沙 银河 花园 湖滨 振兴 "
    "富强 幸福 桃源 柳荫 石桥 古城 鼓楼 钟楼 虹桥 浦东大道西 沿江 将军"
)
_ROADS = words("路 街 大道 大街 中路 东路 西路 南路 北路 一路 二路 三街 东街 西大街 巷 胡同 里 弄")
_ESTATES = words(
    "阳光花园 锦绣家园 碧水豪庭 金域华府 翡翠城 万和新城 东方名苑 世纪花城 紫荆苑 丽景湾 "
    "御景国际 滨江壹号 天鹅湖小区 幸福里 梧桐公馆 龙湖时代 香榭丽舍 学府雅苑 兰亭苑 "
    "荷塘月色 枫丹白露 水木清华园 星河湾 曦城 职工宿舍 家属院 机关大院 公寓 雍和府 璞玉园 "
    "瀚海名都 珑湾"
)
_TOWNS = words(
    "城关 大桥 石门 新店 柳林 马坊 白沙 双河 青龙 黄土岭 太平 三合 龙潭 永安 兴隆 高桥 "
    "清水 沙河 平安 杨家 李家沟 赵庄 榆林 茅坪 洪山 荆紫关 牛栏山 葛店 莒河 漷县 邕宁 "
    "郫筒 盱城 鄠邑 厍东关"
)
_VILLAGES = ("东", "西", "前", "后", "上", "下", "大", "小", "新", "老")
_CLANS = words(
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 邓 冯 "
    "韩 曹 庞 邢"
)
_ENDS = words(
    "家庄 家村 庄 湾 屯 寨 坪 沟 坝 塘 岭 坡 营 堡 垸 圩 埠 埭 墩 峪 崾 塬 垭 畈 浜 泾 甸 洼 坑"
)
_COMMUNITIES = words(
    "阳光 新华 和平 光华 建国 红旗 东风 向阳 滨湖 百花 五一 文昌 南湖 北苑 河东 桥西"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A county or district with its code."""

    code: str
    province: str
    city: str
    """Empty where the county belongs to the province itself."""
    county: str

    @property
    def full(self) -> str:
        """Return the name as addresses begin; a county-level city leaves its prefecture out."""
        city = "" if self.county.endswith("市") else self.city
        return self.province + city + self.county


@cache
def regions() -> tuple[Region, ...]:
    """List the counties that exist today, from the table python-stdnum brings."""
    table = files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8")
    found: list[Region] = []
    province, code, city = "", "", ""
    for line in table.splitlines():
        if match := re.fullmatch(r'(\d\d) province="(.+)"', line):
            code, province = match.groups()
        elif match := re.fullmatch(r'  (\d{4}) county="(.+)"', line):
            name = _present_name(match[2])
            if match[1].endswith("00"):
                city = "" if name == province else name
            elif name and not re.search("市辖区|^县$|^郊区$|^市区$|直辖县|行政单位", name):
                found.append(Region(code + match[1], province, _shown(city), name))
    return tuple(region for region in found if region.code < "71")


def _present_name(dated: str) -> str:
    """Return the name in force without its years, or nothing where it was given up."""
    for name in dated.split(","):
        match = re.fullmatch(r"(?:\[(\d*)-(\d*)\])?(.+)", name)
        if match and not match[2]:
            return match[3]
    return ""


def _shown(city: str) -> str:
    return "" if re.search("市辖区|^县$|直辖县|行政单位", city) else city


def address(dice: Dice, region: Region) -> str:
    """Invent an address within a region, from ten to some fifty characters long."""
    start = region.full
    if dice.chance(0.2):
        start = region.full.removeprefix(region.province)
    return start + dice.pick((_in_town, _in_town, _in_estate, _in_village, _in_community))(dice)


def _street(dice: Dice) -> str:
    return dice.pick(_STREETS) + dice.pick(_ROADS)


def _in_town(dice: Dice) -> str:
    number = dice.pick(
        (
            f"{dice.whole(1, 999)}号",
            f"{dice.whole(1, 99)}-{dice.whole(1, 30)}号",
            f"{dice.whole(1, 200)}号院",
            f"{dice.whole(1, 99)}号附{dice.whole(1, 20)}号",
        )
    )
    return _street(dice) + number + _rooms(dice)


def _in_estate(dice: Dice) -> str:
    start = f"{_street(dice)}{dice.whole(1, 999)}号" if dice.chance(0.6) else ""
    extra = dice.pick(("", "", "", f"{dice.pick('ABCD')}区", "(北区)", "（二期）", "一期"))
    return start + dice.pick(_ESTATES) + extra + _rooms(dice)


def _rooms(dice: Dice) -> str:
    block, unit = dice.whole(1, 40), dice.whole(1, 6)
    room = dice.whole(1, 33) * 100 + dice.whole(1, 8)
    return dice.pick(
        (
            "",
            f"{block}号楼{unit}单元{room}室",
            f"{block}栋{room}",
            f"{block}幢{unit}单元{room}室",
            f"{block}-{unit}-{room}",
            f"{block}栋{dice.pick('ABC')}座{room}房",
            f"{block}号{room}室",
            f"{dice.pick('ABCDEF')}{block}-{room}",
            f"{block}楼{unit}门{room}号",
        )
    )


def _village(dice: Dice) -> str:
    if dice.chance(0.4):
        return dice.pick(_VILLAGES) + dice.pick(_CLANS) + dice.pick(_ENDS)
    return dice.pick(_CLANS) + dice.pick(_ENDS)


def _in_village(dice: Dice) -> str:
    town = dice.pick(_TOWNS) + dice.pick(("镇", "镇", "乡", "街道办事处"))
    village = _village(dice)
    return town + dice.pick(
        (
            f"{village}村{dice.whole(1, 30)}组{dice.whole(1, 300)}号",
            f"{village}村{dice.whole(1, 999)}号",
            f"{village}村委会{_village(dice)}村{dice.whole(1, 200)}号",
            f"{village}村民小组",
            f"{village}行政村{_village(dice)}自然村{dice.whole(1, 99)}号",
            f"{village}{dice.whole(1, 300)}号",
            f"{village}村第{dice.whole(1, 18)}村民组",
            f"{village}村{_street(dice)}{dice.whole(1, 99)}号（集体）",
        )
    )


def _in_community(dice: Dice) -> str:
    community = dice.pick(_COMMUNITIES) + dice.pick(("社区", "居委会", "社区居委会"))
    return f"{dice.pick(_TOWNS)}街道{community}" + dice.pick(
        (
            f"{_street(dice)}{dice.whole(1, 300)}号",
            f"{dice.pick(_ESTATES)}{_rooms(dice)}",
            f"{dice.whole(1, 20)}组{dice.whole(1, 99)}号",
            f"{dice.whole(1, 30)}委{dice.whole(1, 40)}组",
        )
    )


def police(region: Region) -> str:
    """Return the office that issues identity cards there."""
    if region.county.endswith("区") and len(region.county) > 2:
        city = region.city or region.province
        name = re.sub("(市|自治州|地区|盟|林区|新区|区)$", "", region.county)
        return f"{city}公安局{name or region.county}分局"
    return f"{region.county}公安局"
