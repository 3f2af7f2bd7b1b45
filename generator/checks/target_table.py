"""The target table of the plan: every cell filled, each gap told once."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.completeness import CLAUSE
from generator.checks.missing import needs_of_value, wanted_places
from generator.checks.rule import Examined, Located
from generator.cluster.model import Plan, Target
from generator.cluster.scalars import closest
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.definition import PlanColumn, PlanTable
from generator.forms.filled import FilledTable, FilledTargetRow, Origin

_TEXTS = {"base": "基准文字", "target": "文字", "done": "完成文字"}
_FIGURES = {"base": "基准值", "target": "值", "done": "完成"}


def empty_targets(examined: Examined) -> Iterator[Located]:
    """C104, C107: the plan, a row of its target table or a cell of it is missing, or can't be known yet."""
    tables = {table.name: table for table in examined.filled.tables}
    for part in examined.filled.form.parts:
        for block in part.plan.body if part.plan is not None else ():
            if isinstance(block, PlanTable):
                for finding in _of_table(examined, block, tables[block.table]):
                    yield block.table, finding


def _of_table(examined: Examined, table: PlanTable, filled: FilledTable) -> Iterator[Finding]:
    plan = examined.cluster.plans.get(table.plan)
    if plan is None and (examined.cluster.misses("规划") or examined.cluster.refuses("规划", "基准年")):
        return
    if plan is None:
        yield _no_plan(examined, table, filled)
        return
    for row in filled.rows:
        if row.open or all(cell.origin is not Origin.ABSENT for cell in row.cells):
            continue
        target = next(
            (one for one in plan.targets if (one.direction, one.indicator) == (row.direction, row.indicator)), None
        )
        if target is None and examined.cluster.refuses("规划", "方向", "指标"):
            continue
        if target is None:
            yield _no_row(plan, filled, row)
        else:
            yield from _cells(examined, table, filled, row, target)


def _no_plan(examined: Examined, table: PlanTable, filled: FilledTable) -> Finding:
    bases = "、".join(str(year) for year in sorted(examined.cluster.plans))
    found = f"只有基准年为 {bases} 的规划" if bases else "没有写规划"
    return _finding(
        "没有这张发展目标表的规划",
        (filled.part,),
        examined.cluster.nearest(("规划",)),
        found=found,
        expected=f"以 {table.plan} 年为基准年的规划",
        remedy=f"请在 cluster.yaml 的“规划”里写“- 基准年: {table.plan}”，下面列出“目标”。",
    )


def _no_row(plan: Plan, filled: FilledTable, row: FilledTargetRow) -> Finding:
    printed = {one.indicator for one in filled.rows if one.official and one.direction == row.direction}
    own = [t.indicator for t in plan.targets if t.direction == row.direction and t.indicator not in printed]
    guess = closest(row.indicator, own)
    asked = f"“{{方向: {row.direction}, 指标: {row.indicator}, …}}”"
    return _finding(
        "发展目标表缺少这一行",
        (filled.part, row.direction, row.indicator),
        plan.position,
        found="没有写这个目标",
        expected="填写目标或“无”",
        remedy=f"“{guess}”是不是就是它？请写成“{row.indicator}”。" if guess else f"请在“规划”的“目标”里加上{asked}。",
    )


def _cells(
    examined: Examined, table: PlanTable, filled: FilledTable, row: FilledTargetRow, target: Target
) -> Iterator[Finding]:
    columns = [column for column in table.columns if column.shows]
    for column, head, cell in zip(columns, filled.columns, row.cells, strict=True):
        if cell.origin is not Origin.ABSENT or _is_refused(target, column):
            continue
        if column.shows == "done" and column.year > examined.filled.form.years.base:
            yield _not_over_yet(examined, column, (filled.part, row.direction, row.indicator, head), target)
            continue
        remedy = _cell_remedy(examined, table, column, target)
        if remedy:
            path = (filled.part, row.direction, row.indicator, head)
            yield _finding(
                "发展目标表有空格", path, target.position, found="空白", expected="填写目标或“无”", remedy=remedy
            )


def _not_over_yet(examined: Examined, column: PlanColumn, path: tuple[str, ...], target: Target) -> Finding:
    """C107: what was reached in a year that the form's own data do not cover: it may not exist yet, so nothing is refused."""
    figure = _TEXTS["done"] + ": …" if target.text or target.done_text else f"{_FIGURES['done']}: {{{column.year}: …}}"
    return Finding(
        code="C107",
        severity=Severity.CHECK,
        message=f"表上要{column.year}年的完成值，表上的数据只到{examined.filled.form.years.base}年，这个数可能还没有",
        path=PATH_MARK.join(path),
        position=target.position,
        found="空白",
        expected="申报时已经完成的数或全年预计数，并在正文里说明",
        remedy=f"请在这个目标里写“{figure}”；确实还没有的可以先空着，问清受理部门怎样填。",
        clause=CLAUSE,
    )


def _is_refused(target: Target, column: PlanColumn) -> bool:
    """Whether something was written for the cell that reading refused: it has its finding already."""
    names = [_FIGURES[column.shows or "target"], _TEXTS[column.shows or "target"]]
    names += ["依据"] if column.shows == "base" else []
    return any(step in target.refused for name in names for step in ((name,), (name, f"{column.year}年")))


def _cell_remedy(examined: Examined, table: PlanTable, column: PlanColumn, target: Target) -> str:
    """What to write for an empty cell; empty where the figure that it follows from is told at its own place."""
    kind = column.shows or "target"
    figure = "基准值: …" if kind == "base" else f"{_FIGURES[kind]}: {{{column.year}: …}}"
    if target.text or target.texts or target.base_text or target.done_text:
        return f"请在这个目标里写“{_TEXTS[kind]}: …”。"
    if kind == "target" or not target.basis:
        return f"请在这个目标里写“{figure}”；不是数字的写“{_TEXTS[kind]}: …”。"
    needs = needs_of_value(examined, target.basis, table.plan if kind == "base" else column.year)
    if needs.refused or (needs.places and wanted_places(examined).issuperset(needs.places)):
        return ""
    places = "、".join(f"“{PATH_MARK.join(place)}”" for place in needs.places or needs.own)
    return f"依据是“{target.basis}”，请在 cluster.yaml 里填写{places}；或者在这个目标里写“{figure}”。"


def _finding(
    message: str, path: tuple[str, ...], position: Position, *, found: str, expected: str, remedy: str
) -> Finding:
    return Finding(
        code="C104",
        severity=Severity.MUST,
        message=message,
        path=PATH_MARK.join(path),
        position=position,
        found=found,
        expected=expected,
        remedy=remedy,
        clause=CLAUSE,
    )
