"""What stands behind a derived figure: rows of a register, or the figures of a formula; and the difference to be found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.findings import Position
from generator.indicators import TOTALS, derive
from generator.indicators.behind import Behind, behind, difference
from generator.indicators.roll import Roll
from tests.samples import cluster, decimal, firm

FIRMS = (
    firm("甲公司", 产值={2023: "1000", 2024: "1200"}, 小巨人起始年份="2022"),
    firm("乙公司", small=False, 产值={2023: "500.5"}),
    firm("丙公司", 加入年份="2024", 产值={2023: "70", 2024: "80"}),
)
TOLD = cluster(
    registers={"企业": FIRMS},
    actuals={("县域产值", 2023): decimal("10"), ("县域产值", 2024): decimal("20")},
)


def of(name: str, year: int) -> Behind:
    found = behind(TOLD, derive(TOLD), name, year)
    assert found is not None
    return found


def test_a_sum_rests_on_the_rows_that_it_adds_up() -> None:
    found = of("集群总产值", 2023)
    assert [(row.name, row.number) for row in found.rows] == [("甲公司", Decimal("1000")), ("乙公司", Decimal("500.5"))]
    assert (found.unit, found.divisor, found.counted) == ("万元", 10000, False)


def test_a_count_rests_on_the_rows_that_it_counts() -> None:
    found = of("小巨人企业数量", 2024)
    assert [(row.name, row.number) for row in found.rows] == [("甲公司", Decimal(1))]
    assert found.counted


def test_a_formula_rests_on_the_figures_that_it_takes() -> None:
    found = of("产值占县域产值比例", 2023)
    assert [(one.name, one.year, one.value) for one in found.inputs] == [
        ("集群总产值", 2023, Decimal("0.15005")),
        ("县域产值", 2023, Decimal("10")),
    ]
    assert [one.position is not None for one in found.inputs] == [False, True]


def test_nothing_stands_behind_what_is_not_derived() -> None:
    assert behind(TOLD, derive(TOLD), "县域产值", 2023) is None


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: f"{total.name}·{total.words[:12]}")
def test_the_rows_of_every_total_add_up_to_it(total: object) -> None:
    from generator.indicators.registered import Total

    assert isinstance(total, Total)
    roll = Roll(TOLD.registers)
    for year in (2023, 2024):
        counted = total.compute(roll, year)
        if counted is not None:
            numbers = [number for _, number in total.rows(roll, year)]
            assert sum(numbers, Decimal(0)) / total.divisor == counted[0]


@pytest.mark.parametrize(
    ("name", "value", "number", "unit"),
    [
        ("集群总产值", "0.16005", "100", "万元"),
        ("集群总产值", "0.14005", "-100", "万元"),
        ("企业数量", "3", "1", ""),
        ("产值占县域产值比例", "2", "0.4995", ""),
    ],
)
def test_the_difference_is_told_in_the_unit_of_the_rows(name: str, value: str, number: str, unit: str) -> None:
    lacking = difference(of(name, 2023), value)
    assert lacking is not None
    assert (lacking.number, lacking.unit) == (Decimal(number), unit)


def test_what_is_no_number_has_no_difference() -> None:
    assert difference(of("集群总产值", 2023), "无") is None


def test_a_row_of_a_sheet_says_its_cell() -> None:
    from dataclasses import replace

    entry = replace(FIRMS[0], position=Position("企业清单.xlsx", 7, 2, "企业"), places={("产值", 2023): 14})
    told = cluster(registers={"企业": (entry,)})
    found = behind(told, derive(told), "集群总产值", 2023)
    assert found is not None
    assert [str(row.position) for row in found.rows] == ["企业清单.xlsx › 企业!N7"]
