"""Figures beside each other: parts and wholes, stocks, and the same figure from year to year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.checks.numbers import shown
from generator.checks.plausibility import PartOf
from generator.checks.rule import Examined, Located
from generator.cluster.catalogue import Kind
from generator.cluster.values import NIL
from generator.findings import Finding, Position, Severity
from generator.frozen import dataclass
from generator.indicators import formula_of, totals_of

_CASES = frozenset({Kind.AMOUNT, Kind.COUNT})


def parts_beyond_wholes(examined: Examined) -> Iterator[Located]:
    """C716: a part is larger than the whole."""
    for relation in examined.references.plausibility.parts:
        for year in years_compared(examined):
            if not {(relation.part, year), (relation.whole, year)} & examined.figures.keys():
                continue
            part, whole = examined.number(relation.part, year), examined.number(relation.whole, year)
            if part is not None and whole is not None and part > whole:
                yield _beyond(relation, year, part, whole, examined)


def compared_without_figure(examined: Examined) -> Iterator[Located]:
    """C721: a row compares a figure with others, and there is no such figure; or there is one, and the row says that there is none."""
    form = examined.filled.form
    for relation in examined.references.plausibility.compared:
        figure = examined.cluster.value(relation.figure, form.years.base)
        choice = examined.cluster.value(relation.choice, form=form.id)
        if figure is None or choice is None or (relation.figure, form.years.base) not in examined.figures:
            continue
        if (figure.value is NIL) != (choice.text == relation.none):
            yield (
                examined.figure_key(relation.figure, form.years.base),
                Finding(
                    code="C721",
                    severity=Severity.CHECK if figure.value is NIL else Severity.NOTE,
                    message="这个数与“是否高于行业平均水平”对不上",
                    path=examined.figure_path(relation.figure, form.years.base),
                    position=choice.position,
                    found=f"{relation.figure}是“{figure.text}”，“{relation.choice}”是“{choice.text}”",
                    expected=f"没有这个数的选“{relation.none}”，有的选其余各项",
                    remedy="请核对这两处。",
                ),
            )


def _beyond(relation: PartOf, year: int, part: Decimal, whole: Decimal, examined: Examined) -> Located:
    key = examined.figure_key(relation.part, year) or examined.figure_key(relation.whole, year)
    return key, Finding(
        code="C716",
        severity=Severity.NOTE if relation.usual else Severity.CHECK,
        message="部分大于整体",
        path=examined.figure_path(relation.part, year),
        position=examined.position(relation.part, year),
        found=f"{relation.part}{shown(part, examined.unit(relation.part))}",
        expected=f"不超过{relation.whole}{shown(whole, examined.unit(relation.whole))}",
        remedy=f"请核对这两个数。{relation.why}{'。' if relation.why else ''}",
    )


def shrinking_stocks(examined: Examined) -> Iterator[Located]:
    """C717: a stock is smaller than the year before. C720: two years of a stock don't differ by what was added."""
    for relation in examined.references.plausibility.stocks:
        for before, year in years_paired(examined):
            if (relation.stock, year) not in examined.figures or (relation.stock, before) not in examined.figures:
                continue
            less, more = examined.number(relation.stock, before), examined.number(relation.stock, year)
            if less is None or more is None:
                continue
            unit = examined.unit(relation.stock)
            added = examined.number(relation.added, year) if relation.added else None
            if more < less:
                remedy = "年末累计数一般不会减少；确有失效、废止的，请准备说明。"
                wanted = f"不少于{before}年的{shown(less, unit)}"
                yield _of(
                    relation.stock, year, "C717", "年末累计数比上年少", shown(more, unit), wanted, remedy, examined
                )
            elif added is not None and more - less != added:
                wanted = f"{shown(less + added, unit)}：{before}年末{shown(less)}＋{relation.added}{shown(added)}"
                remedy = "请核对累计数和当年数；有失效、废止的除外。"
                yield _of(
                    relation.stock, year, "C720", "累计数与当年数对不上", shown(more, unit), wanted, remedy, examined
                )


def leaps(examined: Examined) -> Iterator[Located]:
    """C715: from one year to the next a figure changes as only a wrong unit does. C718: it changes by more than is plausible."""
    limits = examined.references.plausibility.leaps
    for name in _given_series(examined, _CASES):
        for before, year in years_paired(examined):
            earlier, later = examined.number(name, before), examined.number(name, year)
            if {(name, before), (name, year)} - examined.figures.keys() or not earlier or not later:
                continue
            factor = max(later / earlier, earlier / later)
            if factor < min(limits.slip, limits.ratio):
                continue
            unit = examined.unit(name)
            found = f"{before}年{shown(earlier, unit)}，{year}年{shown(later, unit)}"
            worst = _most_changed(examined, name, before, year)
            position = worst.position if worst is not None else None
            found += f"；其中变化最大的是{worst.words}" if worst is not None else ""
            counted = examined.catalogue.fields[name].kind is Kind.COUNT
            if factor >= limits.slip:
                remedy = f"单位是“{unit}”，请核对是不是有一年用了别的单位（万元与亿元相差一万倍）。"
                wanted, message = f"各年都以{unit}计", "像是单位写错了"
                yield _of(name, year, "C715", message, found, wanted, remedy, examined, position)
            elif factor >= limits.ratio and (not counted or abs(later - earlier) >= limits.least):
                wanted = f"一年之内增减不到{shown(limits.ratio)}倍"
                remedy = "请核对；属实的，请准备说明。"
                yield _of(name, year, "C718", "一年之间变化很大", found, wanted, remedy, examined, position)


@dataclass(frozen=True)
class _Changed:
    """The row of a register that has most to do with the change of a figure: its two numbers in words, where the later stands."""

    words: str
    position: Position


def _most_changed(examined: Examined, name: str, before: int, year: int) -> _Changed | None:
    """The row that makes up half of the change of `name`, or more; None where no register adds up to it, or no row does so."""
    if not any(
        total.column for total in totals_of(name)
    ):  # rows are counted: none of them has more to do with it than another
        return None
    if not all((derived := examined.indicators.get((name, at))) and derived.register for at in (before, year)):
        return None
    from generator.indicators.behind import behind

    then, now = (behind(examined.cluster, examined.indicators, name, at) for at in (before, year))
    if then is None or now is None or now.counted or not now.rows:
        return None
    earlier = {row.name: row.number for row in then.rows}
    row = max(now.rows, key=lambda row: abs(row.number - earlier.get(row.name, Decimal(0))))
    first = earlier.get(row.name, Decimal(0))
    change = sum((each.number for each in now.rows), Decimal(0)) - sum(earlier.values(), Decimal(0))
    if abs(row.number - first) * 2 < abs(change):
        return None
    words = f"{row.name}：{before}年{shown(first, now.unit)}，{year}年{shown(row.number, now.unit)}"
    return _Changed(words, row.position)


def standing_still(examined: Examined) -> Iterator[Located]:
    """C719: an amount or a share is the same in all data years, to the last digit."""
    years = examined.filled.form.years.data
    for name in _given_series(examined, frozenset({Kind.AMOUNT, Kind.PERCENT})):
        values = {examined.number(name, year) for year in years}
        if len(years) > 1 and len(values) == 1 and None not in values and values != {Decimal(0)}:
            if any((name, year) not in examined.figures for year in years):
                continue
            (value,) = values
            assert value is not None
            found = f"{years[0]}—{years[-1]}年都是{shown(value, examined.unit(name))}"
            remedy = "请核对是不是复制了上一年的数。"
            yield _of(name, years[-1], "C719", "各年的数完全相同", found, "各年各自的数", remedy, examined)


def fractions(examined: Examined) -> Iterator[Located]:
    """C714: a share that follows from no other figure is a fraction in place of percent, in all years that are given."""
    for name in _given_series(examined, frozenset({Kind.PERCENT})):
        if examined.catalogue.fields[name].minimum != 0:
            continue
        years = [year for one, year in examined.figures if one == name]
        known = {year: value for year in years if (value := examined.number(name, year))}
        if known and all(value < 1 for value in known.values()):
            year, value = max(known.items())
            wanted, remedy = (
                f"{shown(value * 100)}%？",
                "单位是%：百分之八十五写 85，不写 0.85。确实不到1%的，请准备说明。",
            )
            yield _of(name, year, "C714", "百分数像是写成了小数", shown(value), wanted, remedy, examined)


def _of(
    name: str, year: int, code: str, message: str, found: str, wanted: str, remedy: str, examined: Examined,
    position: Position | None = None,
) -> Located:  # fmt: skip
    return examined.figure_key(name, year), Finding(
        code=code,
        severity=Severity.CHECK,
        message=message,
        path=examined.figure_path(name, year),
        position=examined.position(name, year) or position,
        found=found,
        expected=wanted,
        remedy=remedy,
    )


def _given_series(examined: Examined, kinds: frozenset[Kind]) -> Iterator[str]:
    """The figures by year of these kinds that the form needs and that follow from no others."""
    for name in dict.fromkeys(name for name, _ in examined.figures):
        field = examined.catalogue.fields.get(name)
        if field is not None and field.by_year and field.kind in kinds and formula_of(name) is None:
            yield name


def years_compared(examined: Examined) -> tuple[int, ...]:
    """The data years and the year before them, which growth begins from."""
    data = examined.filled.form.years.data
    return (data[0] - 1, *data)


def years_paired(examined: Examined) -> Iterator[tuple[int, int]]:
    """Yield each of the data years with the year before it, that first."""
    yield from pairwise(years_compared(examined))
