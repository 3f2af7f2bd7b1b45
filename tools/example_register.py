"""The invented enterprises, standards and patents of the complete example: as many, and adding up to as much, as
`example_register.yaml` says, year by year and to the last digit; the same on every run.

Codes and numbers have valid check digits, but stand in ranges that nobody is given: no district has the code 310199,
no year has nine million inventions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, cycle, product
from typing import Any

from generator.cluster.credit import check_character

YEARS = (2020, 2021, 2022, 2023, 2024)
FIRST, LAST = YEARS[0], YEARS[-1]
LEAVERS = {2022: 2, 2023: 3, 2024: 2}
EXPIRED = {2021: 2, 2022: 3, 2023: 3, 2024: 4}
STAYS = 9999
_OF_UNIT, _OF_LARGE_UNIT = 100, 1_000_000
"""Amounts are shared out in hundredths of the register's units: of 万元 and tons, and of 亿元 and 万吨."""
Figures = Mapping[str, Mapping[int, Decimal]]
Row = dict[str, Any]

_KNOWN_LARGE = ("微传感科技", "敏芯半导体", "压力传感", "惯性导航技术", "封测科技")
_BRANDS = [a + b for a, b in product("澄曜砺锐岚棠禾谦泓景朔皓溪允嘉昕", "微感远科源芯川衡拓岳宁和越达启联")]
_TRADES = ("传感器", "微电子", "电子科技", "测控技术", "敏感元件", "自动化", "精密仪器", "半导体材料", "智能装备")
_OTHER_TRADES = ("检测服务", "工业软件", "物流", "模具", "包装材料")
_PRODUCTS = (
    "压力传感器",
    "惯性传感器",
    "气体传感器",
    "磁传感器",
    "敏感材料",
    "封装测试服务",
    "专用集成电路",
    "传感器模组",
)


@dataclass
class Firm:
    """One invented enterprise while it is being made up."""

    name: str
    small: bool
    leading: bool
    joined: int
    left: int = STAYS
    weight: float = 1.0
    row: Row = field(default_factory=dict)

    def belongs(self, year: int) -> bool:
        """Whether it is in the cluster at the end of `year`."""
        return self.joined <= year < self.left


def registers(figures: Figures) -> dict[str, list[Row]]:
    """Return the rows of the sheets 企业, 标准 and 专利 that give `figures`."""
    chance = random.Random(20240506)
    firms = _firms(figures, chance)
    _give_titles(figures, firms)
    _give_first_years(figures, firms)
    _give_numbers(figures, firms, chance)
    patents = _patents(figures, firms, chance)
    return {"企业": [firm.row for firm in firms], "标准": _standards(figures, firms), "专利": patents}


def _firms(figures: Figures, chance: random.Random) -> list[Firm]:
    """The large ones, which all are there from the start, then the small ones in the order in which they come."""
    counts = {year: int(figures["中小企业数量"][year]) for year in YEARS}
    large = int(figures["企业数量"][FIRST]) - counts[FIRST]
    names = _names(chance.sample(_BRANDS, len(_BRANDS)))
    firms = [Firm(name, False, True, 2018) for name in _KNOWN_LARGE]
    firms += [Firm(next(names), False, n < 7, 2018) for n in range(len(_KNOWN_LARGE), large)]
    before = 0
    for year in YEARS:
        comers = counts[year] - before + LEAVERS.get(year, 0)
        before = counts[year]
        firms += [
            Firm(next(names), True, n % 5 != 4, min(year, 2018 + n % 3) if year == FIRST else year)
            for n in range(comers)
        ]
    small = [firm for firm in firms if firm.small and firm.joined <= FIRST]
    leaving = iter(small[-sum(LEAVERS.values()) :])
    for year, number in LEAVERS.items():
        for _ in range(number):
            next(leaving).left = year
    for number, firm in enumerate(firms, start=1):
        firm.weight = chance.uniform(0.3, 1.7) * (1 if firm.small else 1.2)
        firm.row = _particulars(firm, number)
    return firms


def _names(brands: Sequence[str]) -> Iterator[str]:
    trades, others = cycle(_TRADES), cycle(_OTHER_TRADES)
    for number, brand in enumerate(brands):
        trade = next(others) if number % 5 == 3 else next(trades)
        yield f"{brand}{trade}"


def _particulars(firm: Firm, number: int) -> Row:
    stem = f"91310199MA9{number:06d}"
    suffix = "股份有限公司" if firm.name == "压力传感" else "有限公司"
    row: Row = {
        "名称": f"上海示例{firm.name}{suffix}",
        "统一社会信用代码": stem + check_character(stem),
        "是否中小企业": "是" if firm.small else "否",
        "是否主导产业相关": "是" if firm.leading else "否",
        "主要产品": _PRODUCTS[number % len(_PRODUCTS)] if firm.leading else "配套服务",
        "联系电话": f"021-5555{1000 + number:04d}",
        "加入年份": firm.joined,
    }
    return row if firm.left == STAYS else {**row, "退出年份": firm.left}


def _give_titles(figures: Figures, firms: Sequence[Firm]) -> None:
    """Each title to as many as hold it at the end of each year, the same ones holding on."""
    stars = [firm for firm in firms if firm.small and firm.leading and firm.left == STAYS]
    ended = stars[0]
    _title(ended, "高新技术企业", 2019, "2021-12")
    high_tech = {year: int(figures["高新技术企业数量"][year]) - (year <= 2021) for year in YEARS}
    special = {year: int(figures["专精特新中小企业数量"][year]) for year in YEARS}
    giants = {year: int(figures["小巨人企业数量"][year]) for year in YEARS}
    for name, counts in (("高新技术企业", high_tech), ("专精特新中小企业", special), ("小巨人", giants)):
        for firm, year in _in_turn(stars[1:], counts):
            _title(firm, name, year, f"{_renewed(year)}-12")
    _give_innovative(figures, stars[1:], special)
    _give_champions(stars[1:])
    _give_listings(stars[60:])


def _renewed(year: int) -> int:
    """The end of a title held since `year`, which is renewed every three years."""
    return next(end for end in count(year + 3, 3) if end > LAST)


def _in_turn(firms: Sequence[Firm], counts: Mapping[int, int]) -> Iterator[tuple[Firm, int]]:
    """Firms with the year in which each begins, so that `counts` have begun by the end of each year."""
    waiting = list(firms)
    begun = 0
    for year in YEARS:
        while begun < counts[year]:
            firm = next(firm for firm in waiting if firm.joined <= year)
            waiting.remove(firm)
            begun += 1
            yield firm, year


def _give_innovative(figures: Figures, stars: Sequence[Firm], special: Mapping[int, int]) -> None:
    """创新型 began in 2022: to so many of the 专精特新, and so many beside them, that the union is 优质中小企业."""
    years = [year for year in YEARS if figures["创新型中小企业数量"][year]]
    both, alone = 0, 0
    holders = [firm for firm in stars if "专精特新中小企业起始年份" in firm.row]
    others = [firm for firm in stars if "专精特新中小企业起始年份" not in firm.row]
    for year in years:
        union, innovative = (int(figures[name][year]) for name in ("优质中小企业数量", "创新型中小企业数量"))
        now_alone = union - special[year]
        for firm in [each for each in holders if each.row["专精特新中小企业起始年份"] <= year][
            both : innovative - now_alone
        ]:
            _title(firm, "创新型中小企业", year, f"{year + 3}-12")
        for firm in [each for each in others if each.joined <= year][alone:now_alone]:
            _title(firm, "创新型中小企业", year, f"{year + 3}-12")
        both, alone = innovative - now_alone, now_alone


def _give_champions(stars: Sequence[Firm]) -> None:
    first, second, third, fourth = stars[:4]
    _title(first, "国家级单项冠军", 2019, "2025-12")
    _title(second, "省级单项冠军", 2021, "2024-12")
    _title(second, "国家级单项冠军", 2024, "2027-12")
    _title(third, "省级单项冠军", 2023, "2026-12")
    _title(fourth, "省级单项冠军", 2024, "2027-12")


def _give_listings(stars: Sequence[Firm]) -> None:
    """Two are listed from the start; of those in preparation one goes public in 2022, one in 2024."""
    for firm, year in zip(stars[:2], (2016, 2019), strict=True):
        firm.row["上市起始年份"] = year
    for firm, begun, listed in zip(stars[2:7], (2019, 2021, 2022, 2023, 2024), (2022, 2024, 0, 0, 0), strict=True):
        firm.row["上市辅导起始年份"] = begun
        if listed:
            firm.row |= {"上市辅导截止时间": f"{listed}-06", "上市起始年份": listed}


def _title(firm: Firm, name: str, year: int, until: str) -> None:
    firm.row |= {f"{name}起始年份": year, f"{name}截止时间": until}


def _give_first_years(figures: Figures, firms: Sequence[Firm]) -> None:
    """The years of first use; who is on a platform is in the cloud."""
    small = [firm for firm in firms if firm.small and firm.left == STAYS]
    turned = small[40:] + small[:40]
    for name, column, order in (
        ("上云中小企业数量", "首次上云年份", small),
        ("接入工业互联网平台中小企业数量", "首次接入平台年份", small),
        ("应用数字化研发工具中小企业数量", "首次应用研发工具年份", turned),
    ):
        for firm, year in _in_turn(order, {year: int(figures[name][year]) for year in YEARS}):
            firm.row[column] = year
        for firm in firms:
            if not firm.small:
                firm.row[column] = 2019


def _give_numbers(figures: Figures, firms: Sequence[Firm], chance: random.Random) -> None:
    for year in YEARS:
        members = [firm for firm in firms if firm.belongs(year)]
        _give_amounts(figures, members, year)
        _give_counts(figures, [firm for firm in members if firm.small], year)
        for firm in members:
            if not firm.small:
                _of_large(firm, year)
            for column in ("知识产权授权", "PCT专利申请", "出口额", "外商直接投资"):
                firm.row.setdefault(f"{column}{year}", 0)
            firm.weight *= chance.uniform(0.95, 1.08)


def _give_amounts(figures: Figures, members: Sequence[Firm], year: int) -> None:
    for column, *names in (
        ("产值", "集群总产值", "中小企业产值", "主导产业产值"),
        ("营业收入", "集群营业收入", "中小企业营业收入", "主导产业营业收入"),
    ):
        total, of_small, of_leading = (int(figures[name][year] * _OF_LARGE_UNIT) for name in names)
        _by_class(members, f"{column}{year}", total, of_small, of_leading)
    small = [firm for firm in members if firm.small]
    exporters = [firm for firm in members if firm.leading and firm.row["加入年份"] % 2 == 0][:60]
    investors = members[: 12 + year - FIRST]
    for column, name, unit, sharing in (
        ("研发费用", "研发经费总额", _OF_LARGE_UNIT, small),
        ("出口额", "出口贸易额", _OF_UNIT, exporters),
        ("外商直接投资", "外商直接投资额", _OF_UNIT, investors),
        ("工业软件采购", "工业软件采购金额", _OF_UNIT, members),
        ("二氧化碳排放", "二氧化碳排放量", _OF_LARGE_UNIT, members),
        ("综合能耗", "能源消费量", _OF_LARGE_UNIT, members),
    ):
        parts = _shares([firm.row[f"产值{year}"] for firm in sharing], int(figures[name][year] * unit))
        for firm, part in zip(sharing, parts, strict=True):
            firm.row[f"{column}{year}"] = part / _OF_UNIT


def _give_counts(figures: Figures, small: Sequence[Firm], year: int) -> None:
    for column, name, sharing in (
        ("从业人员", "中小企业从业人员数量", small),
        ("研发人员", "中小企业研发人员数量", small),
        ("知识产权授权", "知识产权授权量", small),
        ("PCT专利申请", "PCT国际专利申请量", small[:25]),
    ):
        parts = _shares([firm.weight for firm in sharing], int(figures[name][year]))
        for firm, part in zip(sharing, parts, strict=True):
            firm.row[f"{column}{year}"] = part


def _of_large(firm: Firm, year: int) -> None:
    """What no form adds up: the staff and research of the large enterprises."""
    output = firm.row[f"产值{year}"]
    firm.row |= {f"研发费用{year}": round(output / 20, 2), f"从业人员{year}": 1000 + int(output / 50)}
    firm.row |= {f"研发人员{year}": 150 + int(output / 300)}


def _by_class(members: Sequence[Firm], label: str, total: int, small: int, leading: int) -> None:
    """Share out amounts (hundredths of 万元) so that all, the small and the leading each add up to what they should."""
    large_leading = (total - small) * 85 // 100
    amounts = {
        (True, True): leading - large_leading,
        (True, False): small - leading + large_leading,
        (False, True): large_leading,
        (False, False): total - small - large_leading,
    }
    for kind, amount in amounts.items():
        sharing = [firm for firm in members if (firm.small, firm.leading) == kind]
        for firm, part in zip(sharing, _shares([firm.weight for firm in sharing], amount), strict=True):
            firm.row[label] = part / _OF_UNIT


def _shares(weights: Sequence[float], total: int) -> list[int]:
    """Share `total` out by weight, to the last unit."""
    whole = sum(weights)
    parts = [int(total * weight / whole) for weight in weights]
    for n in range(total - sum(parts)):
        parts[n % len(parts)] += 1
    return parts


def _standards(figures: Figures, firms: Sequence[Firm]) -> list[Row]:
    """Those held at the end of the first year, and those of each year after."""
    owners = cycle(
        [firm for firm in firms if firm.small and firm.leading and firm.joined <= FIRST and firm.left == STAYS]
    )
    marks = {"国际": "IEC {n}:{y}", "国家": "GB/T {n}—{y}", "行业": "SJ/T {n}—{y}", "团体": "T/SLCG {n}—{y}"}
    numbers = count(99001)
    rows = []
    for level, side in product(marks, ("主持", "参与")):
        new = {year: int(figures[f"当年{side}{level}标准数量"][year]) for year in YEARS}
        old = int(figures[f"{side}{level}标准数量"][FIRST]) - new[FIRST]
        for year, number in {**{2014 + n: 1 for n in range(min(old, 5))}, 2019: max(old - 5, 0), **new}.items():
            for _ in range(number):
                serial = next(numbers)
                product_name = _PRODUCTS[serial % len(_PRODUCTS)].removesuffix("服务")
                rows.append(
                    {
                        "名称": f"{product_name}示例规范 第{serial - 99000}部分",
                        "标准编号": marks[level].format(n=serial, y=year),
                        "类别": level,
                        "参与方式": side,
                        "取得时间": str(year),
                        "企业名称": next(owners).row["名称"],
                    }
                )
    return rows


def _patents(figures: Figures, firms: Sequence[Firm], chance: random.Random) -> list[Row]:
    """Inventions of the small enterprises as many as are held at each year's end, some of the oldest expired on the way."""
    held = {year: int(figures["有效发明专利拥有量"][year]) for year in YEARS}
    rows: list[Row] = []
    before = 0
    small = [firm for firm in firms if firm.small and firm.left == STAYS]
    for year in YEARS:
        owners = [firm for firm in small if firm.joined <= year]
        for n in range(held[year] - before + EXPIRED.get(year, 0)):
            granted = 2014 + n % 7 if year == FIRST else year
            rows.append(_patent(len(rows), granted, chance.choice(owners)))
        before = held[year]
    ends = iter(year for year, number in EXPIRED.items() for _ in range(number))
    for row, end in zip([row for row in rows if row["取得时间"] < "2016"], ends, strict=False):
        row["失效时间"] = f"{end}-06"
    large = [firm for firm in firms if not firm.small]
    begin = len(rows)
    rows += [_patent(begin + n, 2015 + n % 10, large[n % len(large)]) for n in range(len(large) * 6)]
    return rows


def _patent(number: int, year: int, owner: Firm) -> Row:
    subject, part = _PRODUCTS[number % 4], ("结构", "封装方法", "校准方法", "信号处理电路", "制备工艺")[number % 5]
    digits = f"{year - 2}1{9_000_000 + number:07d}"
    weighed = sum(
        int(digit) * weight for digit, weight in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)
    )
    return {
        "名称": f"一种示例{subject}{part}（{number + 1}）",
        "专利号": f"ZL{digits}.{'0123456789X'[weighed % 11]}",
        "类型": "发明专利",
        "取得时间": f"{year}-{1 + number % 12:02d}",
        "企业名称": owner.row["名称"],
    }
