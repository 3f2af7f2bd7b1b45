"""发展目标: the plan held against what the form's own notes ask, against the standard, and against the actuals it begins from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from generator.checks.numbers import CASES, PER_OUTPUT, fall, fall_words, mean_growth, mean_growth_words, rounded, shown
from generator.checks.rule import Examined, Located
from generator.checks.standard_definition import Criterion, Measure, Wording
from generator.checks.standards import on_the_edge
from generator.cluster.model import Plan, Target
from generator.cluster.values import Given
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.definition import Plan as PlanPart
from generator.forms.definition import PlanTable, TargetRule
from generator.frozen import dataclass
from generator.indicators import formula_of

_MISSED, _FAR_FROM = "目标没有达到表上的要求", "目标离表上的要求较远"
_EXPLAIN = "请核对目标值；确定这样定的，请准备说明。"


@dataclass(frozen=True)
class _Row:
    """One row of the plan that the form's target table shows, with its figures by year, the base year's included."""

    table: PlanTable
    part: str
    plan: Plan
    target: Target
    base: Decimal | None

    @property
    def path(self) -> str:
        return PATH_MARK.join((self.part, self.target.direction, self.target.indicator))

    def value(self, year: int) -> Decimal | None:
        return self.base if year == self.plan.base_year else _decimal(self.target.values.get(year))

    def position(self, year: int) -> Position:
        given = self.target.values.get(year)
        return given.position if given is not None else self.target.position

    def finding(self, code: str, severity: Severity, message: str, **words: str) -> Located:
        position = self.position(max(self.target.values, default=0))
        return self.table.table, Finding(code, severity, message, self.path, position, **words)


def _decimal(given: Given | None) -> Decimal | None:
    return given.value if given is not None and isinstance(given.value, Decimal) else None


def target_rules(examined: Examined) -> Iterator[Located]:
    """C501: a target breaks a rule of the form. C502: a target is far from 左右. C503: a target stays behind its own base value."""
    for part in _plan_parts(examined):
        for rule in part.rules:
            for row in _rows(examined, examined.filled.form.years.base):
                if (row.target.direction, row.target.indicator) == (rule.direction, rule.indicator):
                    yield from _broken(rule, row, examined)


def _broken(rule: TargetRule, row: _Row, examined: Examined) -> Iterator[Located]:
    years = examined.filled.form.years
    year = years.target[-1] if years.target else years.base
    aim, base, line = row.value(year), row.base, Decimal(str(rule.value))
    severity, about = Severity(rule.severity), examined.references.plausibility.about
    if rule.must == "rise":
        yield from _not_rising(rule, row, (years.base, *range(years.base + 1, year + 1)))
    elif aim is None:
        return
    elif rule.must == "at_least" and aim < line:
        found, wanted = f"{year}年目标值{shown(aim)}%", f"不低于{shown(line)}%"
        remedy = f"请核对{year}年的目标值；算它所用的各年目标有误的，一并改正。"
        yield row.finding("C501", severity, _MISSED, found=found, expected=wanted, remedy=remedy, clause=rule.clause)
    elif rule.must == "about" and abs(aim - line) > line * about / 100 and aim < line:
        found, wanted = f"{year}年目标值{shown(aim)}%", f"{shown(line)}%左右（差{shown(about)}%以内）"
        yield row.finding(
            "C502", severity, _FAR_FROM, found=found, expected=wanted, remedy=_EXPLAIN, clause=rule.clause
        )
    elif base is not None and rule.must == "grow_at_least":
        intervals = rule.intervals or year - row.plan.base_year
        growth = mean_growth(aim, base, intervals)
        if growth is not None and growth < line:
            found = f"年均增长{shown(growth)}%：{mean_growth_words(aim, base, intervals)}"
            remedy = f"{years.base}年基准值{shown(base)}，{intervals}个间隔，{year}年目标值至少{_needed(base, line, intervals)}。"
            wanted = f"年均增长不低于{shown(line)}%"
            yield row.finding(
                "C501",
                severity,
                _MISSED,
                found=found,
                expected=wanted,
                remedy=remedy,
                clause=rule.clause,
            )
    elif base is not None and rule.must == "fall_about":
        drop = fall(aim, base)
        if drop is not None and drop < line * (100 - about) / 100:
            found = f"降低{shown(drop)}%：{fall_words(aim, base)}"
            wanted = f"降低{shown(line)}%左右（差{shown(about)}%以内）"
            yield row.finding(
                "C502", severity, _FAR_FROM, found=found, expected=wanted, remedy=_EXPLAIN, clause=rule.clause
            )
    elif base is not None and _behind(rule, aim, base):
        unit = row.target.unit
        found = f"{year}年目标值{shown(aim, unit)}，{row.plan.base_year}年基准值{shown(base, unit)}"
        wanted = "好于基准值；行业平均水平本工具不知道，请自行核对"
        message = "目标没有好于基准值"
        yield row.finding("C503", severity, message, found=found, expected=wanted, remedy=_EXPLAIN, clause=rule.clause)


def _behind(rule: TargetRule, aim: Decimal, base: Decimal) -> bool:
    return (rule.must == "at_least_average" and aim < base) or (rule.must == "fall_at_least_average" and aim >= base)


def _needed(base: Decimal, line: Decimal, intervals: int) -> str:
    return shown(base * (1 + line / 100) ** intervals)


def _not_rising(rule: TargetRule, row: _Row, years: tuple[int, ...]) -> Iterator[Located]:
    known = [(year, value) for year in years if (value := row.value(year)) is not None]
    for (before, less), (year, more) in pairwise(known):
        if more <= less:
            found = "，".join(f"{one}年{shown(value)}" for one, value in known)
            severity = Severity(rule.severity)
            remedy = f"{year}年的{shown(more)}没有大于{before}年的{shown(less)}。"
            wanted = "逐年增加"
            yield row.finding(
                "C501",
                severity,
                _MISSED,
                found=found,
                expected=wanted,
                remedy=remedy,
                clause=rule.clause,
            )
            return


def missing_milestones(examined: Examined) -> Iterator[Located]:
    """C504: a target that has to rise year by year, or that the plan breaks down by year, lacks a year between base and target."""
    years = examined.filled.form.years
    between = years.milestones or years.target
    rules = {
        (rule.direction, rule.indicator) for part in _plan_parts(examined) for rule in part.rules if rule.must == "rise"
    }
    for row in _rows(examined, years.base):
        asked = (row.target.direction, row.target.indicator) in rules or len(row.target.values) > 1
        missing = [year for year in between if year not in row.target.values]
        printed = all(year in row.target.values for year in years.target)
        if asked and printed and missing:
            lacking = "、".join(f"{year}年" for year in missing)
            yield row.finding(
                "C504",
                Severity.CHECK,
                "缺少阶段年的目标值",
                found=f"没有{lacking}",
                expected="、".join(f"{year}年" for year in between),
                remedy="分年目标用来核对“逐年增加”和阶段性目标，请在“规划”的这一行补上。",
            )


def base_values(examined: Examined) -> Iterator[Located]:
    """C505: a base value falls short of the standard, which the form forbids. C507: a base value differs from the actual figure.

    One that stands so exactly on the line that texts or rounding decide is a question (C803), not a fault.
    """
    demand = next((rule for part in _plan_parts(examined) for rule in part.rules if rule.must == "base_meets"), None)
    standard = examined.references.standard
    base = examined.filled.form.years.base
    for row in _rows(examined, base):
        for criterion in standard.criteria if standard is not None and demand is not None else ():
            measure = _measure_of(criterion, row.target.basis)
            if measure is None or demand is None or row.base is None or measure.reached(row.base):
                continue
            if on_the_edge(criterion, measure, row.base, reached=False):
                continue
            yield row.finding(
                "C505",
                Severity(demand.severity),
                "基准值不符合认定标准",
                found=f"{base}年基准值{shown(row.base, row.target.unit)}",
                expected=f"{measure.line}（{criterion.clause}）",
                remedy="请核对数据；当地放宽要求的，在“不适用检查”里写明理由。",
                clause=demand.clause,
            )
    for table in _tables(examined):
        for row in _rows(examined, table.plan):
            yield from _other_than_actual(row, examined)


def _measure_of(criterion: Criterion, basis: str) -> Measure | None:
    """The line that `criterion` alone draws for the figure `basis`."""
    if len(criterion.measures) != 1 or not basis or criterion.general:
        return None
    (measure,) = criterion.measures
    return measure if measure.field == basis and measure.wording is not Wording.FALLING else None


def _other_than_actual(row: _Row, examined: Examined) -> Iterator[Located]:
    given, year = _decimal(row.target.base), row.plan.base_year
    actual = examined.number(row.target.basis, year) if row.target.basis else None
    if given is None or actual is None or rounded(given) == rounded(actual):
        return
    yield row.finding(
        "C507",
        Severity.CHECK,
        "基准值与实绩不一致",
        found=f"基准值{shown(given, row.target.unit)}",
        expected=f"{year}年{row.target.basis}{shown(actual, row.target.unit)}",
        remedy="基准值写了“依据”的不必另写“基准值”，会取自实绩。",
    )


def foreign_units(examined: Examined) -> Iterator[Located]:
    """C510: a target is in another unit than the figure that its base value is taken from."""
    for table in _tables(examined):
        for row in _rows(examined, table.plan):
            target, basis = row.target, row.target.basis
            unit = examined.unit(basis) if basis else ""
            if not unit or not target.unit or target.unit == unit or target.base is not None:
                continue
            if any({unit, target.unit} <= kinds for kinds in (CASES, PER_OUTPUT)):
                continue
            yield row.finding(
                "C510",
                Severity.CHECK,
                "目标的单位与它所依据的数不同",
                found=f"单位是{target.unit}",
                expected=f"{unit}：基准值取自“{basis}”，单位是{unit}",
                remedy=f"请把单位改成{unit}，目标值一并换算。",
            )


def stale_years(examined: Examined) -> Iterator[Located]:
    """C506: a plan has targets of years that are no target years, or there is only a plan of another base year."""
    years = examined.filled.form.years
    allowed = {*years.target, *years.milestones, *range(years.base + 1, max(years.target, default=years.base) + 1)}
    for row in _rows(examined, years.base):
        stale = [year for year in row.target.values if year not in allowed]
        if stale:
            yield row.finding(
                "C506",
                Severity.CHECK,
                "目标的年份不对",
                found="、".join(f"{year}年" for year in stale),
                expected="、".join(f"{year}年" for year in sorted(allowed)),
                remedy=f"基准年是{years.base}年，目标应当是以后各年的；已经过去的年份写进“实绩”。",
            )
    cluster = examined.cluster
    if cluster.plans and years.base not in cluster.plans and not cluster.refuses("规划", "基准年"):
        others = "、".join(f"{year}年" for year in examined.cluster.plans)
        for table in (table for table in _tables(examined) if table.plan == years.base):
            yield (
                table.table,
                Finding(
                    "C506",
                    Severity.CHECK,
                    "规划的基准年不对",
                    _part_of(table, examined),
                    next(iter(examined.cluster.plans.values())).position,
                    found=f"只有基准年{others}的规划",
                    expected=f"基准年{years.base}年",
                    remedy=f"请在“规划”里写“基准年: {years.base}”的一份。",
                ),
            )


def targets_that_contradict(examined: Examined) -> Iterator[Located]:
    """C508: a target (or what was reached) does not follow from the other targets and the actuals by its own formula."""
    for table in _tables(examined):
        rows = list(_rows(examined, table.plan))
        for row in rows:
            aims, reached = _targets_of(rows, done=False), _targets_of(rows, done=True)
            for year, stated in row.target.values.items():
                yield from _contradicts(row, year, stated, _Lookup(examined, aims, table.plan))
            for year, stated in row.target.done.items():
                yield from _contradicts(row, year, stated, _Lookup(examined, reached, year - 1))


def _targets_of(rows: list[_Row], *, done: bool) -> Mapping[tuple[str, int], Decimal]:
    found: dict[tuple[str, int], Decimal] = {}
    for row in rows:
        values = row.target.done if done else row.target.values
        known = {year: _decimal(given) for year, given in values.items()}
        found |= {(row.target.basis, year): value for year, value in known.items() if value is not None}
    return found


@dataclass(frozen=True)
class _Lookup:
    """Figures as a plan sees them: actuals up to the year `until`, what is `planned` after it."""

    examined: Examined
    planned: Mapping[tuple[str, int], Decimal]
    until: int

    def __call__(self, name: str, year: int) -> Decimal | None:
        return self.examined.number(name, year) if year <= self.until else self.planned.get((name, year))


def _contradicts(row: _Row, year: int, stated: Given, lookup: _Lookup) -> Iterator[Located]:
    formula, value = formula_of(row.target.basis), _decimal(stated)
    if formula is None or value is None:
        return
    result = formula.compute(lookup, year)
    if result is None or rounded(result[0]) == rounded(value):
        return
    yield (
        row.table.table,
        Finding(
            "C508",
            Severity.CHECK,
            "目标之间对不上",
            PATH_MARK.join((row.path, f"{year}年")),
            stated.position,
            found=shown(value, row.target.unit),
            expected=f"{shown(rounded(result[0]), row.target.unit)}：{result[1]}",
            remedy="请核对这一行，以及算它所用的各年目标和实绩。",
            clause=formula.clause,
        ),
    )


def targets_missed(examined: Examined) -> Iterator[Located]:
    """C509: what was reached stays behind the target of the plan before."""
    falling = {
        (rule.direction, rule.indicator)
        for part in _plan_parts(examined)
        for rule in part.rules
        if rule.must in {"fall_about", "fall_at_least_average"}
    }
    previous = examined.filled.form.years.previous
    for row in _rows(examined, previous.base) if previous is not None else ():
        year = previous.target if previous is not None else 0
        aim, done = _decimal(row.target.values.get(year)), _decimal(row.target.done.get(year))
        if aim is None or done is None:
            continue
        down = (row.target.direction, row.target.indicator) in falling
        if (done > aim) if down else (done < aim):
            yield row.finding(
                "C509",
                Severity.CHECK,
                "没有完成目标",
                found=f"{year}年完成值{shown(done, row.target.unit)}",
                expected=f"{year}年目标值{shown(aim, row.target.unit)}",
                remedy="请核对完成值；确实没有完成的，在正文里说明原因。",
            )


def _plan_parts(examined: Examined) -> tuple[PlanPart, ...]:
    return tuple(part.plan for part in examined.filled.form.parts if part.plan is not None)


def _tables(examined: Examined) -> tuple[PlanTable, ...]:
    return tuple(block for part in _plan_parts(examined) for block in part.body if isinstance(block, PlanTable))


def _part_of(table: PlanTable, examined: Examined) -> str:
    return next((filled.part for filled in examined.filled.tables if filled.name == table.table), table.table)


def _rows(examined: Examined, base: int) -> Iterator[_Row]:
    """The rows of the plan of `base` that a table of the form shows."""
    plan = examined.cluster.plans.get(base)
    if plan is None:
        return
    for table in (table for table in _tables(examined) if table.plan == base):
        part = _part_of(table, examined)
        for target in plan.targets:
            given = _decimal(target.base)
            figure = given if given is not None or not target.basis else examined.number(target.basis, base)
            yield _Row(table, part, plan, target, figure)
