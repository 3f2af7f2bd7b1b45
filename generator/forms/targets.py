"""Target tables of part 八: the plan's own figures in the form's rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from generator.cluster.model import Cluster, Target
from generator.cluster.values import NIL, Given
from generator.forms.definition import PlanColumn, PlanDirection, PlanTable
from generator.forms.filled import FilledCell, FilledTable, FilledTargetRow, Origin
from generator.forms.printing import print_given, print_indicator
from generator.frozen import replace
from generator.indicators import Indicators

OPEN_ROW = "......"
"""The row that a form prints for the applicant's own indicators."""


def blank_table(part: str, table: PlanTable) -> FilledTable:
    """Return `table` as the blank form prints it."""
    rows = tuple(
        FilledTargetRow(
            entry.direction,
            indicator,
            tuple(FilledCell("", Origin.ABSENT) for _ in _value_columns(table)),
            open=indicator == OPEN_ROW,
        )
        for entry in table.rows
        for indicator in entry.indicators
    )
    return FilledTable(table.table, part, _heads(table), rows)


def fill_table(part: str, table: PlanTable, cluster: Cluster, indicators: Indicators) -> FilledTable:
    """Fill `table` with the plan of its base year: printed indicators in their rows, the applicant's own in place of the dots.

    A direction of which the plan says nothing beyond the printed rows loses its row of dots; 其它 without any says 无.
    Without a plan of that year the table stays blank.
    """
    plan = cluster.plans.get(table.plan)
    if plan is None:
        return blank_table(part, table)
    rows: list[FilledTargetRow] = []
    for entry in table.rows:
        targets = [target for target in plan.targets if target.direction == entry.direction]
        rows.extend(_direction_rows(table, entry, targets, cluster, indicators))
    return FilledTable(table.table, part, _heads(table), tuple(rows))


def _direction_rows(
    table: PlanTable, entry: PlanDirection, targets: Sequence[Target], cluster: Cluster, indicators: Indicators
) -> list[FilledTargetRow]:
    columns = _value_columns(table)
    rows: list[FilledTargetRow] = []
    for indicator in entry.indicators:
        if indicator == OPEN_ROW:
            continue
        target = next((one for one in targets if one.indicator == indicator), None)
        cells = tuple(
            FilledCell("", Origin.ABSENT) if target is None else _cell(table, column, target, cluster, indicators)
            for column in columns
        )
        rows.append(FilledTargetRow(entry.direction, indicator, cells, unit=target.unit if target else ""))
    if OPEN_ROW in entry.indicators:
        for target in targets:
            if target.indicator not in entry.indicators:
                cells = tuple(_cell(table, column, target, cluster, indicators) for column in columns)
                rows.append(FilledTargetRow(entry.direction, target.indicator, cells, official=False, unit=target.unit))
    if not rows:
        nothing = tuple(FilledCell(NIL.value, Origin.PRINTED, NIL) for _ in columns)
        rows.append(FilledTargetRow(entry.direction, NIL.value, nothing, official=False))
    return rows


def _cell(table: PlanTable, column: PlanColumn, target: Target, cluster: Cluster, indicators: Indicators) -> FilledCell:
    text = _text(column, target)
    if text is not None:
        return FilledCell(print_given(text), Origin.GIVEN, text.value, text.position)
    if column.shows == "base":
        return _figure(target.base, target, table.plan, cluster, indicators)
    if column.shows == "done":
        return _figure(target.done.get(column.year), target, column.year, cluster, indicators)
    given = target.values.get(column.year)
    return _given(given, target) if given is not None else FilledCell("", Origin.ABSENT)


def _text(column: PlanColumn, target: Target) -> Given | None:
    match column.shows:
        case "base":
            return target.base_text
        case "done":
            return target.done_text
        case _:
            return target.texts.get(column.year, target.text)


def _figure(given: Given | None, target: Target, year: int, cluster: Cluster, indicators: Indicators) -> FilledCell:
    """A figure of `year`: as given in the plan, else the actual that the target rests on, else its derivation."""
    if given is not None:
        return _given(given, target)
    actual = cluster.value(target.basis, year) if target.basis else None
    if actual is not None:
        return replace(_given(actual, target), follows=(target.basis, year))
    derived = indicators.get((target.basis, year))
    if derived is None:
        return FilledCell("", Origin.ABSENT)
    printed = f"{print_indicator(derived)}{target.unit}"
    basis = f"{derived.formula}：{derived.numbers}"
    return FilledCell(printed, Origin.DERIVED, derived.value, follows=(target.basis, year), basis=basis)


def _given(given: Given, target: Target) -> FilledCell:
    printed = print_given(given)
    unit = "" if given.value is NIL else target.unit
    return FilledCell(f"{printed}{unit}", Origin.GIVEN, given.value, given.position)


def _value_columns(table: PlanTable) -> tuple[PlanColumn, ...]:
    return tuple(column for column in table.columns if column.shows)


def _heads(table: PlanTable) -> tuple[str, ...]:
    return tuple(column.text for column in _value_columns(table))
