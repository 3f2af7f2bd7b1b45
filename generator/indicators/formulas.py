"""The formulas of the 填报说明: figures that follow from other figures."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from generator.indicators.derived import Formula, Lookup

_MEAN_INTERVALS = 2  # three data years lie two intervals apart

_GEOMETRIC = "部分指标填报说明3：年均增速需要取几何平均数，非算数平均数。"
_INTENSITY = "部分指标填报说明11：研发投入强度：研究开发费用/营业总收入*100%。"
_CLOUD = "部分指标填报说明13：需提供上云企业的数量及清单。"
_PLATFORM = "部分指标填报说明14：应用工业互联网平台的企业总数占集群企业总数的比例。"
_TOOLS = "部分指标填报说明15：应用数字化研发工具的企业总数占集群企业总数的比例。"

ENTERPRISES, SMALL_ENTERPRISES = "企业数量", "中小企业数量"
"""What the rates of cloud, platform and research tools may be shares of."""


def _ratio(name: str, part: str, whole: str, clause: str = "", *, factor: int = 100) -> Formula:
    """`part` of `whole`, times `factor` (100 for percent, 10000 for 每万人, 1 for a plain quotient)."""

    def compute(lookup: Lookup, year: int) -> tuple[Decimal, str] | None:
        above, below = lookup(part, year), lookup(whole, year)
        if above is None or not below:
            return None
        times = {100: "×100%", 1: ""}.get(factor, f"×{factor}")
        return above / below * factor, f"{above}÷{below}{times}"

    times = {100: "×100%", 1: ""}.get(factor, f"×{factor}")
    return Formula(name, f"{part}÷{whole}{times}", compute, clause)


def _growth(name: str, of: str) -> Formula:
    """The growth of `of` over the year before, in percent."""

    def compute(lookup: Lookup, year: int) -> tuple[Decimal, str] | None:
        now, before = lookup(of, year), lookup(of, year - 1)
        if now is None or not before:
            return None
        return (now / before - 1) * 100, f"（{now}÷{before}−1）×100%"

    return Formula(name, f"（当年{of}÷上年{of}−1）×100%", compute, growth=True)


def _mean_growth(name: str, of: str) -> Formula:
    """The geometric mean growth of `of` over the three data years that end in a year, in percent."""

    def compute(lookup: Lookup, year: int) -> tuple[Decimal, str] | None:
        last, first = lookup(of, year), lookup(of, year - _MEAN_INTERVALS)
        if last is None or not first or last < 0 or first < 0:
            return None
        mean = ((last / first).sqrt() - 1) * 100
        return mean, f"（（{last}÷{first}）^（1/{_MEAN_INTERVALS}）−1）×100%"

    words = f"（（末年{of}÷首年{of}）^（1/{_MEAN_INTERVALS}）−1）×100%"
    return Formula(name, words, compute, _GEOMETRIC, growth=True)


def _reduction(name: str, of: str) -> Formula:
    """By how many percent `of` fell from the first to the last of the three data years that end in a year."""

    def compute(lookup: Lookup, year: int) -> tuple[Decimal, str] | None:
        last, first = lookup(of, year), lookup(of, year - _MEAN_INTERVALS)
        if last is None or not first:
            return None
        return (1 - last / first) * 100, f"（1−{last:.6f}÷{first:.6f}）×100%"

    return Formula(name, f"（1−末年{of}÷首年{of}）×100%", compute)


def _pooled_ratio(name: str, part: str, whole: str, clause: str) -> Formula:
    """The sum of `part` over three years as percent of the sum of `whole`."""

    def compute(lookup: Lookup, year: int) -> tuple[Decimal, str] | None:
        years = range(year - _MEAN_INTERVALS, year + 1)
        parts = [lookup(part, one) for one in years]
        wholes = [lookup(whole, one) for one in years]
        known = [value for value in (*parts, *wholes) if value is not None]
        if len(known) < len(parts) + len(wholes) or not sum(known[len(parts) :]):
            return None
        above, below = sum(known[: len(parts)], Decimal(0)), sum(known[len(parts) :], Decimal(0))
        return above / below * 100, f"{above}÷{below}×100%"

    return Formula(name, f"近三年{part}合计÷近三年{whole}合计×100%", compute, clause)


_BEFORE_RATES: tuple[Formula, ...] = (
    _ratio("产值占县域工业总产值比例", "集群总产值", "县域工业总产值"),
    _ratio("产值占县域产值比例", "集群总产值", "县域产值"),
    _ratio("营业收入占县域产值比例", "集群营业收入", "县域产值"),
    _ratio("中小企业产值占比", "中小企业产值", "集群总产值"),
    _ratio("中小企业营业收入占比", "中小企业营业收入", "集群营业收入"),
    _ratio("主导产业产值占比", "主导产业产值", "集群总产值"),
    _ratio("主导产业营业收入占比", "主导产业营业收入", "集群营业收入"),
    _growth("主导产业产值增速", "主导产业产值"),
    _mean_growth("主导产业产值年均增速", "主导产业产值"),
    _mean_growth("主导产业营业收入年均增速", "主导产业营业收入"),
    _mean_growth("集群产值年均增速", "集群总产值"),
    _growth("外商直接投资额增长率", "外商直接投资额"),
    _growth("出口贸易额增长率", "出口贸易额"),
    _ratio("研发投入强度", "研发经费总额", "中小企业营业收入", _INTENSITY),
    _pooled_ratio("近三年研发投入强度", "研发经费总额", "中小企业营业收入", _INTENSITY),
    _growth("研发经费增速", "研发经费总额"),
    _mean_growth("研发经费年均增速", "研发经费总额"),
    _mean_growth("有效发明专利年均增速", "有效发明专利拥有量"),
    _ratio("每万人有效发明专利拥有量", "有效发明专利拥有量", "中小企业从业人员数量", factor=10000),
)
_AFTER_RATES: tuple[Formula, ...] = (
    _ratio("单位产值二氧化碳排放量", "二氧化碳排放量", "集群总产值", factor=1),
    _ratio("单位产值能耗", "能源消费量", "集群总产值", factor=1),
    _reduction("单位产值二氧化碳排放量降低率", "单位产值二氧化碳排放量"),
    _reduction("单位产值能耗降低率", "单位产值能耗"),
)
"""万吨 over 亿元 is 吨 over 万元, so intensities need no factor."""


@cache
def formulas_over(rate_base: str) -> tuple[Formula, ...]:
    """Return all formulas, those that others build on first, the rates as shares of `rate_base`.

    The rows of the forms ask for shares of the small and medium enterprises, which they are unless `rate_base` is
    企业数量: the notes speak of all enterprises (部分指标填报说明14、15), and then all that use them count.
    """
    kind, base = ("企业", ENTERPRISES) if rate_base == ENTERPRISES else ("中小企业", SMALL_ENTERPRISES)
    rates = (
        _ratio("上云比例", f"上云{kind}数量", base, _CLOUD),
        _ratio("工业互联网平台普及率", f"接入工业互联网平台{kind}数量", base, _PLATFORM),
        _ratio("数字化研发工具普及率", f"应用数字化研发工具{kind}数量", base, _TOOLS),
    )
    return (*_BEFORE_RATES, *rates, *_AFTER_RATES)


FORMULAS: tuple[Formula, ...] = formulas_over(SMALL_ENTERPRISES)
"""All formulas, those that others build on first, the rates as shares of the small and medium enterprises."""


_BY_NAME = {formula.name: formula for formula in reversed(FORMULAS)}


def formula_of(name: str) -> Formula | None:
    """Return the formula by which the field `name` is derived; None for one that is only given."""
    return _BY_NAME.get(name)
