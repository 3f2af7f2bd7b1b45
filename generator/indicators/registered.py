"""What registers add up to: totals, and counts by title and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

from generator.cluster.catalogue import Title
from generator.cluster.enterprises import ENTERPRISES, PATENTS, STANDARDS
from generator.cluster.model import Entry
from generator.frozen import dataclass
from generator.indicators.roll import Group, Roll, Wanted

_TEN_THOUSAND = 10_000
_INVENTIONS = (
    "发明专利", "国防专利", "植物新品种", "国家级农作物品种", "国家新药", "国家一级中药保护品种", "集成电路布图设计专有权",
)  # fmt: skip

_LIST = "部分指标填报说明2：提供集群每家企业的产值/营业收入清单。"
_EXCHANGE = (
    "填报说明5：财务数据应以企业该年度会计报表期末数为准；外商直接投资额、产品出口贸易额按该年度的汇率进行换算。"
)
_STAFF = "填报说明8：集群内中小企业从业人员数是指集群内所有中小企业从业人员期末数之和。"
_RESEARCH = "填报说明9：研发费用按财税〔2015〕119号有关规定进行归集。"
_SIZE = "部分指标填报说明1、5：按照《中小企业划型标准规定》执行；在集群企业清单中备注中小企业。"
_INVENTION = (
    "包括发明专利、国防专利、植物新品种、国家级农作物品种、国家新药、国家一级中药保护品种、集成电路布图设计专有权等。"
)
_HIGH_TECH = "部分指标填报说明9：提供高新技术企业及相关证书、创新型中小企业名单。"
_LISTED = "部分指标填报说明10：提供上市中小企业和上市辅导期中小企业名单。"
_CHAMPIONS = "部分指标填报说明8：提供制造业单项冠军企业名单。"
_CHAIRED = "主持：起草单位排名前三位。"


@dataclass(frozen=True)
class Total:
    """How one figure is counted or added up from a register: `compute(roll, year)` gives None where nothing is said of it.

    `rows(roll, year)` are the entries that it is made of, each with its own number: what is added up of it in `unit`, of which
    `divisor` make one of the figure; or 1 where entries are counted. `column` is where the numbers stand, empty for a count;
    `counts_by` are the columns of which a count needs any.
    """

    name: str
    words: str
    compute: Callable[[Roll, int], tuple[Decimal, str] | None]
    rows: Callable[[Roll, int], Iterable[tuple[Entry, Decimal]]]
    clause: str = ""
    whole: bool = False
    register: str = ENTERPRISES
    column: str = ""
    unit: str = ""
    divisor: int = 1
    counts_by: tuple[str, ...] = ()


def _sum(name: str, column: str, unit: str, who: Group, clause: str = "", *, divisor: int = 1) -> Total:
    """The numbers of `column`, in `unit`, added up over a group; those of a count stay whole."""
    by = "" if divisor == 1 else f"÷{divisor}"

    def compute(roll: Roll, year: int) -> tuple[Decimal, str] | None:
        number, total = roll.total(who, column, year)
        if not number:
            return None
        return total / divisor, f"{number}家{who.value}合计{_plain(total)}{unit}{by}"

    def rows(roll: Roll, year: int) -> Iterator[tuple[Entry, Decimal]]:
        key = column, year
        entries = (each.entry for each in roll.group(who, year))
        return ((entry, entry.numbers[key]) for entry in entries if key in entry.numbers)

    words, whole = f"{who.value}{column}（{unit}）合计{by}", unit in ("人", "件")
    return Total(name, words, compute, rows, clause, whole, column=column, unit=unit, divisor=divisor)


def _members(name: str, who: Group, clause: str) -> Total:
    def compute(roll: Roll, year: int) -> tuple[Decimal, str] | None:
        if not roll.enterprises:
            return None
        count = roll.size(who, year)
        return Decimal(count), f"企业名录中{year}年末有{count}家"

    def rows(roll: Roll, year: int) -> Iterator[tuple[Entry, Decimal]]:
        return _ones(each.entry for each in roll.group(who, year))

    return Total(name, f"年末{who.value}的户数", compute, rows, clause, whole=True)


def _titled(name: str, titles: tuple[str, ...], who: Group, clause: str) -> Total:
    """How many of a group hold one of `titles`, each counted once."""
    columns = tuple(Title(title) for title in titles)
    words = "、".join(f"“{title}”" for title in titles)
    once = "（不重复计）" if len(titles) > 1 else ""

    def compute(roll: Roll, year: int) -> tuple[Decimal, str] | None:
        if not any(roll.uses(title.since) for title in columns):
            return None
        count = roll.holders(who, columns, year)
        return Decimal(count), f"{roll.size(who, year)}家{who.value}中{year}年末有效的{count}家"

    def rows(roll: Roll, year: int) -> Iterator[tuple[Entry, Decimal]]:
        return _ones(each.entry for each in roll.holding(who, columns, year))

    counts_by = tuple(title.since for title in columns)
    words = f"{who.value}中年末有{words}称号且在有效期内的户数{once}"
    return Total(name, words, compute, rows, clause, whole=True, counts_by=counts_by)


def _begun(name: str, column: str, who: Group, clause: str) -> Total:
    """For how many of a group the year in `column` has come."""

    def compute(roll: Roll, year: int) -> tuple[Decimal, str] | None:
        if not roll.uses(column):
            return None
        count = roll.began(who, column, year)
        return Decimal(count), f"{roll.size(who, year)}家{who.value}中{count}家不晚于{year}年"

    def rows(roll: Roll, year: int) -> Iterator[tuple[Entry, Decimal]]:
        return _ones(each.entry for each in roll.beginning(who, column, year))

    words = f"{who.value}中“{column}”不晚于当年的户数"
    return Total(name, words, compute, rows, clause, whole=True, counts_by=(column,))


def _standards(side: str, level: str, *, of_the_year: bool) -> Total:
    """Standards that small and medium enterprises chaired or joined in: held at the end of a year, or of that year."""
    when, name = ("当年", f"当年{side}{level}标准数量") if of_the_year else ("年末累计", f"{side}{level}标准数量")
    wanted = ("类别", (level,)), ("参与方式", (side,))

    def compute(roll: Roll, year: int) -> tuple[Decimal, str] | None:
        return _counted(roll, STANDARDS, wanted, year, "项", of_the_year=of_the_year)

    def rows(roll: Roll, year: int) -> Iterator[tuple[Entry, Decimal]]:
        return _ones(_entries(roll, STANDARDS, wanted, year, of_the_year=of_the_year))

    return Total(name, f"标准名录中中小企业{when}{side}的{level}标准项数", compute, rows, _CHAIRED, True, STANDARDS)


def _inventions() -> Total:
    wanted = (("类型", _INVENTIONS),)

    def compute(roll: Roll, year: int) -> tuple[Decimal, str] | None:
        return _counted(roll, PATENTS, wanted, year, "件")

    def rows(roll: Roll, year: int) -> Iterator[tuple[Entry, Decimal]]:
        return _ones(_entries(roll, PATENTS, wanted, year))

    words = "专利名录中中小企业年末有效的发明专利件数"
    return Total("有效发明专利拥有量", words, compute, rows, _INVENTION, True, PATENTS)


def _counted(
    roll: Roll, register: str, wanted: Wanted, year: int, word: str, *, of_the_year: bool = False
) -> tuple[Decimal, str] | None:
    items = roll.items(register)
    if items is None:
        return None
    count = items.chosen(wanted, year, of_the_year=of_the_year).bit_count()
    return Decimal(count), f"{register}名录中{count}{word}"


def _entries(roll: Roll, register: str, wanted: Wanted, year: int, *, of_the_year: bool = False) -> Iterator[Entry]:
    items = roll.items(register)
    if items is not None:
        yield from items.entries(items.chosen(wanted, year, of_the_year=of_the_year))


def _ones(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Decimal]]:
    return ((entry, Decimal(1)) for entry in entries)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


TOTALS: tuple[Total, ...] = (
    _sum("集群总产值", "产值", "万元", Group.ALL, _LIST, divisor=_TEN_THOUSAND),
    _sum("集群营业收入", "营业收入", "万元", Group.ALL, _LIST, divisor=_TEN_THOUSAND),
    _sum("中小企业产值", "产值", "万元", Group.SMALL, _SIZE, divisor=_TEN_THOUSAND),
    _sum("中小企业营业收入", "营业收入", "万元", Group.SMALL, _SIZE, divisor=_TEN_THOUSAND),
    _sum("主导产业产值", "产值", "万元", Group.LEADING, divisor=_TEN_THOUSAND),
    _sum("主导产业营业收入", "营业收入", "万元", Group.LEADING, divisor=_TEN_THOUSAND),
    _members("企业数量", Group.ALL, "部分指标填报说明4：提供集群企业清单。"),
    _members("中小企业数量", Group.SMALL, _SIZE),
    _titled(
        "专精特新中小企业数量",
        ("专精特新中小企业",),
        Group.LEADING_SMALL,
        "部分指标填报说明6：提供专精特新中小企业名单。",
    ),
    _titled("小巨人企业数量", ("小巨人",), Group.LEADING, "部分指标填报说明7：提供“小巨人”企业名单。"),
    _titled("国家级单项冠军企业数量", ("国家级单项冠军",), Group.LEADING, _CHAMPIONS),
    _titled("单项冠军企业数量", ("国家级单项冠军", "省级单项冠军"), Group.LEADING, _CHAMPIONS),
    _titled("高新技术企业数量", ("高新技术企业",), Group.LEADING, _HIGH_TECH),
    _titled("创新型中小企业数量", ("创新型中小企业",), Group.LEADING_SMALL, _HIGH_TECH),
    _titled("上市中小企业数量", ("上市",), Group.LEADING_SMALL, _LISTED),
    _titled("上市辅导期中小企业数量", ("上市辅导",), Group.LEADING_SMALL, _LISTED),
    _titled("优质中小企业数量", ("创新型中小企业", "专精特新中小企业", "小巨人"), Group.LEADING_SMALL, ""),
    _sum("外商直接投资额", "外商直接投资", "万元", Group.ALL, _EXCHANGE),
    _sum("出口贸易额", "出口额", "万元", Group.LEADING, _EXCHANGE),
    _sum("研发经费总额", "研发费用", "万元", Group.SMALL, _RESEARCH, divisor=_TEN_THOUSAND),
    _sum("中小企业从业人员数量", "从业人员", "人", Group.SMALL, _STAFF),
    _sum("中小企业研发人员数量", "研发人员", "人", Group.SMALL),
    _sum("知识产权授权量", "知识产权授权", "件", Group.SMALL),
    _sum("PCT国际专利申请量", "PCT专利申请", "件", Group.SMALL),
    _inventions(),
    _sum("有效发明专利拥有量", "有效发明专利", "件", Group.SMALL, _INVENTION),
    *(
        _standards(side, level, of_the_year=of_the_year)
        for of_the_year in (False, True)
        for level in ("国际", "国家", "行业", "团体")
        for side in ("主持", "参与")
    ),
    _begun("上云中小企业数量", "首次上云年份", Group.SMALL, "部分指标填报说明13：需提供上云企业的数量及清单。"),
    _begun("上云企业数量", "首次上云年份", Group.ALL, "部分指标填报说明13：需提供上云企业的数量及清单。"),
    _begun("接入工业互联网平台中小企业数量", "首次接入平台年份", Group.SMALL, "部分指标填报说明14"),
    _begun("接入工业互联网平台企业数量", "首次接入平台年份", Group.ALL, "部分指标填报说明14"),
    _begun("应用数字化研发工具中小企业数量", "首次应用研发工具年份", Group.SMALL, "部分指标填报说明15"),
    _begun("应用数字化研发工具企业数量", "首次应用研发工具年份", Group.ALL, "部分指标填报说明15"),
    _sum("工业软件采购金额", "工业软件采购", "万元", Group.ALL, "部分指标填报说明16：需提供采购合同、订单、发票等。"),
    _sum("二氧化碳排放量", "二氧化碳排放", "吨", Group.ALL, divisor=_TEN_THOUSAND),
    _sum("能源消费量", "综合能耗", "吨标准煤", Group.ALL, divisor=_TEN_THOUSAND),
)
"""All totals; of two for one figure, the first that the registers give."""


@cache
def totals_of(name: str) -> tuple[Total, ...]:
    """Return how the field `name` is counted or added up from registers, in the order in which they are tried."""
    return tuple(total for total in TOTALS if total.name == name)


def total_behind(name: str, roll: Roll, year: int) -> tuple[Total, tuple[Entry, ...]] | None:
    """Return how the field `name` of `year` is counted or added up from the registers of `roll`, and the entries behind it.

    None where the registers don't give it. The first total that gives it is the one that `derive` takes.
    """
    for total in totals_of(name):
        if total.compute(roll, year) is not None:
            return total, tuple([entry for entry, _ in total.rows(roll, year)])
    return None
