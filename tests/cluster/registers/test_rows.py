"""A row of a sheet says the same alone and among others, whatever the columns as wholes are taken for."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.codes import Collector
from generator.cluster.registers.grid import Grid
from generator.cluster.registers.heading import read_heading
from generator.cluster.registers.rows import read_entries
from tests.cluster.registers.sheets import CODES, whole_catalogue

REGISTER = whole_catalogue().registers["企业"]
HEADINGS = ["名称", "统一社会信用代码", "是否中小企业", "是否主导产业相关", "主要产品", "联系电话", "加入年份", "上市截止时间",
            "产值2023", "产值2024", "从业人员2023", "从业人员2024"]  # fmt: skip
CELLS = some.one_of(
    some.sampled_from(
        ["", " ", "无", "是", "√", "甲  乙", "１２", "1,234.5", "12万元", "-3", "2024年5月", "2023", *CODES]
    ),
    some.sampled_from(["021-12345678", True, False, 0.0, 1.0, -1.0, 0.125, 2023.0, 1e15, 45000.0, date(2023, 5, 6)]),
    some.integers(0, 10**6).map(lambda number: number / 100),
)
NEAT = ["甲公司", CODES[0], "是", "否", "传感器", "021-12345678", 2019.0, "2026-05", 12.5, 13.0, 7.0, 8.0]


def row_of(changes: dict[int, Any]) -> list[Any]:
    return [changes.get(at, cell) for at, cell in enumerate(NEAT)]


ROWS = some.dictionaries(some.integers(1, len(NEAT) - 1), CELLS, max_size=4).map(row_of)


def read(rows: list[list[Any]]) -> tuple[list[Any], list[tuple[str, str]]]:
    """What the entries say, and what is found in which column."""
    grid, findings = Grid("企业清单.xlsx", "企业", [HEADINGS, *rows]), Collector()
    heading = read_heading(grid, REGISTER, findings)
    assert heading is not None
    entries = read_entries(grid, heading, REGISTER, findings) or ()
    told = [
        ({name: (given.value, given.text) for name, given in each.columns.items()}, dict(each.numbers))
        for each in entries
    ]
    places = [finding.position.cell[0] if finding.position else "" for finding in findings.findings()]
    return told, sorted(zip(places, (finding.message for finding in findings.findings()), strict=True))


@given(some.lists(ROWS, min_size=1, max_size=6), some.booleans())
def test_a_row_says_the_same_alone_and_among_others(rows: list[list[Any]], many: bool) -> None:
    more = [
        [f"第{number}公司", "", "是", "是", f"产品{number}", "", 2000.0, "", number + 0.5, "", 1.0, ""]
        for number in range(300)
    ]
    told, found = read([*rows, *(more if many else [])])
    alone = [read([row]) for row in rows]
    assert told[: len(rows)] == [one for entries, _ in alone for one in entries]
    assert found == sorted(one for _, findings in alone for one in findings)
