"""Sheets that have no heading, or another name than their register: what they probably are."""

from __future__ import annotations

from collections.abc import Iterable

from generator.cluster.catalogue import RegisterKind
from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid
from generator.cluster.registers.heading import MOST_ROWS_ABOVE, Names, headings_in

_FEWEST_COLUMNS = 3


def report_no_heading(grid: Grid, register: RegisterKind, findings: Collector) -> None:
    """Tell of a sheet that has no heading: where the likeliest row stands, and what it lacks."""
    main, names = register.columns[0], Names(register)
    message, position = "找不到表头，这张表没有读", grid.place
    remedy = "请照 shenbao new 生成的企业清单.xlsx 写表头"
    rows = range(min(MOST_ROWS_ABOVE, len(grid.rows)))
    counted = {row: sum(names.known(text) is not None for _, text in headings_in(grid, row)) for row in rows}
    likely = max(counted, key=lambda row: counted[row], default=0)
    if counted.get(likely, 0) >= min(_FEWEST_COLUMNS, len(register.columns) - 1):
        message, position = f"这一行像是表头，但没有“{main.name}”这一列，这张表没有读", grid.position(likely)
        remedy = f"请把写着各行名称的那一列，表头改为“{main.also[0] if main.also else main.name}”"
    findings.add(
        Code.HEADING_ROW_MISSING, message, position, (register.sheet,),
        expected=f"有一行表头，其中有“{main.name}”", remedy=remedy,
    )  # fmt: skip


def likely_register(grid: Grid, registers: Iterable[RegisterKind]) -> RegisterKind | None:
    """Return the one of `registers` whose columns stand at the head of `grid`; None where it is not clear."""
    counted: dict[str, tuple[int, RegisterKind]] = {}
    for register in registers:
        names = Names(register)
        rows = range(min(MOST_ROWS_ABOVE, len(grid.rows)))
        most = max(
            (sum(names.known(text) is not None for _, text in headings_in(grid, row)) for row in rows), default=0
        )
        counted[register.name] = most, register
    ranked = sorted(counted.values(), key=lambda each: -each[0])
    clear = len(ranked) > 1 and ranked[0][0] >= _FEWEST_COLUMNS and ranked[0][0] > ranked[1][0]
    return ranked[0][1] if clear else None
