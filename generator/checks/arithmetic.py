"""Figures given by hand that other figures contradict, and the slip that most likely made them wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.checks.numbers import mean_growth, mean_growth_words, rounded, shown
from generator.checks.rule import Examined, Located
from generator.cluster.catalogue import Kind
from generator.findings import Finding, Severity
from generator.forms.asking import inputs
from generator.indicators import Derived, formula_of

_MEAN_INTERVALS = 2  # three data years lie two intervals apart
_WRONG_INTERVALS = (1, 3)


def wrong_arithmetic(examined: Examined) -> Iterator[Located]:
    """C711 to C714: a figure given by hand is not what its formula gives.

    C712: it is the arithmetic mean in place of the geometric one. C713: its growth is over a wrong number of intervals. C714: it
    is a fraction in place of percent. C711: anything else.
    """
    for name, year in examined.figures:
        given, derived = examined.given(name, year), examined.indicators.get((name, year))
        if given is None or derived is None or formula_of(name) is None or rounded(given) == rounded(derived.value):
            continue
        yield _located(name, year, given, derived, examined)


def _located(name: str, year: int, given: Decimal, derived: Derived, examined: Examined) -> Located:
    code, message, remedy = _slip(name, year, given, derived, examined)
    unit = examined.unit(name)
    return examined.figure_key(name, year), Finding(
        code=code,
        severity=Severity.CHECK,
        message=message,
        path=examined.figure_path(name, year),
        position=examined.position(name, year),
        found=shown(given, unit),
        expected=f"{shown(rounded(derived.value), unit)}：{derived.numbers}",
        remedy=remedy,
        clause=derived.clause or f"{name}＝{derived.formula}",
    )


_ANEW = "请核对算它所用的各数；这一项可以不填，由本工具推算。"


def _slip(name: str, year: int, given: Decimal, derived: Derived, examined: Examined) -> tuple[str, str, str]:
    field = examined.catalogue.fields.get(name)
    if field is not None and field.kind is Kind.PERCENT and abs(given * 100 - derived.value) < Decimal("0.6"):
        return "C714", "百分数写成了小数", f"单位是%，请写{shown(rounded(derived.value))}。"
    source = _grown(name, year, derived, examined)
    if source is not None:
        mean = _arithmetic_mean(source, year, examined)
        if mean is not None and rounded(mean) == rounded(given):
            return "C712", "年均增速用了算术平均数", "年均增速要取几何平均数：末年除以首年，开平方，再减1。"
        for intervals in _WRONG_INTERVALS:
            last, first = examined.number(source, year), examined.number(source, year - _MEAN_INTERVALS)
            growth = None if last is None or first is None else mean_growth(last, first, intervals)
            if growth is not None and rounded(growth) == rounded(given) and last is not None and first is not None:
                wrong = mean_growth_words(last, first, intervals)
                remedy = f"三个数据年度相隔{_MEAN_INTERVALS}年，不是{intervals}年；现在的数是{wrong}。"
                return "C713", "年均增速的年数不对", remedy
    return "C711", "与推算的数不一致", _ANEW


def _grown(name: str, year: int, derived: Derived, examined: Examined) -> str | None:
    """The figure whose mean growth over the data years `name` is, or None where it is no mean growth."""
    formula = formula_of(name)
    asked = inputs(formula, year) if formula is not None else ()
    names = {source for source, _ in asked}
    if len(names) != 1 or {of for _, of in asked} != {year, year - _MEAN_INTERVALS}:
        return None
    (source,) = names
    last, first = examined.number(source, year), examined.number(source, year - _MEAN_INTERVALS)
    growth = None if last is None or first is None else mean_growth(last, first, _MEAN_INTERVALS)
    return source if growth is not None and rounded(growth) == rounded(derived.value) else None


def _arithmetic_mean(source: str, year: int, examined: Examined) -> Decimal | None:
    values = [examined.number(source, one) for one in range(year - _MEAN_INTERVALS, year + 1)]
    growths = [(after / before - 1) * 100 for before, after in pairwise(values) if before and after is not None]
    return sum(growths, Decimal(0)) / _MEAN_INTERVALS if len(growths) == _MEAN_INTERVALS else None
