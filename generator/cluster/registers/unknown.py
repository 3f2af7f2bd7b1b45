"""Columns of a sheet that nobody knows: what was probably meant, or that they are the clerk's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from generator.cluster.catalogue import RegisterKind
from generator.cluster.characters import alike
from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid
from generator.cluster.registers.heading import Names, Slot, parted

_SHORT_YEAR = r"(?<![0-9])'?([0-9]{2})(?:年度?|$)"
_YEAR_COLUMNS = ("年份", "年度", "年", "统计年度", "统计年份", "数据年度", "数据年份", "所属年度")
_PASSED_OVER = ("序号", "编号", "备注", "说明", "地址", "注")


def report_unknown(
    grid: Grid, row: int, texts: Mapping[int, str], slots: Mapping[int, Slot], aside: Collection[int], names: Names,
    register: RegisterKind, findings: Collector,
) -> None:  # fmt: skip
    """Columns that nobody knows: misspelt ones are doubtful, the clerk's own, and those put `aside`, are only named."""
    own = {at: texts[at] for at in aside}
    texts = _without_yearly(grid, row, texts, names, register, findings)
    headed = {slot.column.name for slot in slots.values()}
    for at, text in texts.items():
        if at in aside or alike(text) in _PASSED_OVER:
            continue
        bare, year = parted(text)
        column = names.by_key.get(alike(bare))
        short = None if year else re.search(_SHORT_YEAR, bare)
        if short and (named := names.by_key.get(alike(re.sub(_SHORT_YEAR, "", bare)))) is not None and named.by_year:
            right = f"{named.name}20{short[1]}"
            _report_misspelt(grid, row, at, register, text, right, "里的年份要写四位", findings)
            continue
        since = names.since_when(bare) if column is None and year is None else ()
        if since:
            if headed.isdisjoint(since):
                _report_without_year(grid, row, at, register, text, since, findings)
            else:
                own[at] = text
            continue
        guess = column.name if column is not None else names.near(bare, yearly=year is not None)
        if column is not None and column.by_year:
            _report_misspelt(grid, row, at, register, text, f"{guess}2024", "没有写年份", findings)
        elif guess:
            right = f"{guess}{year or ''}" if column is None else guess
            _report_misspelt(grid, row, at, register, text, right, "名称不认识", findings)
        else:
            own[at] = text
    if own:
        listed = "、".join(list(own.values())[:8])
        remedy = "是自己加的列就不用管；要报的数请照说明里的名称写表头"
        findings.add(
            Code.UNREAD_COLUMN, f"有 {len(own)} 列不在名录的栏目里，没有读", grid.position(row, min(own)),
            (register.sheet,), found=listed, remedy=remedy,
        )  # fmt: skip


def _without_yearly(
    grid: Grid, row: int, texts: Mapping[int, str], names: Names, register: RegisterKind, findings: Collector
) -> Mapping[int, str]:
    """Without the columns of a sheet that has a row for each year (年份, 产值): what is told of it is told once."""
    years = [at for at, text in texts.items() if alike(text) in _YEAR_COLUMNS]
    columns = {at: names.by_key.get(alike(parted(text)[0])) for at, text in texts.items()}
    yearly = {at: column.name for at, column in columns.items() if column is not None and column.by_year}
    if not years or not yearly:
        return texts
    first = next(iter(yearly.values()))
    findings.add(
        Code.MISSPELT_COLUMN, "这张表像是一家企业一年一行，各年的数没有读", grid.position(row, years[0]),
        (register.sheet, texts[years[0]]), found="、".join((texts[years[0]], *yearly.values())),
        expected="一家企业一行，各年的数各占一列",
        remedy=f"请把同一家的几行并成一行，各年的数各占一列，表头写“{first}2023”“{first}2024”",
    )  # fmt: skip
    return {at: text for at, text in texts.items() if at not in yearly and at != years[0]}


def _report_without_year(
    grid: Grid, row: int, at: int, register: RegisterKind, text: str, since: tuple[str, ...], findings: Collector
) -> None:
    right = "或".join(f"“{name}”" for name in since)
    findings.add(
        Code.MISSPELT_COLUMN, "表头没有问从哪一年起，这一列没有读", grid.position(row, at), (register.sheet, text),
        found=text, expected=right, remedy=f"请把表头改为{right}，各行改填从哪一年起（如 2021），没有的留空",
    )  # fmt: skip


def _report_misspelt(
    grid: Grid, row: int, at: int, register: RegisterKind, text: str, guess: str, why: str, findings: Collector
) -> None:
    message = f"表头{why}，这一列没有读"
    findings.add(
        Code.MISSPELT_COLUMN, message, grid.position(row, at), (register.sheet, text), found=text,
        remedy=f"是不是“{guess}”？",
    )  # fmt: skip
