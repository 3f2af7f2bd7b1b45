"""Rows of totals are no entries, and are held against the sums of the entries."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.catalogue import Catalogue
from generator.cluster.codes import Collector
from generator.cluster.registers.grid import Grid, Merged
from generator.cluster.registers.heading import read_heading
from generator.cluster.registers.rows import read_entries
from generator.findings import Finding, Severity
from tests.cluster.registers.sheets import codes, read, read_sheet, whole_catalogue, workbook

HEAD = ("名称", "是否中小企业", "是否主导产业相关", "产值2023（万元）", "产值2024（万元）", "从业人员2024")
FIRMS = (
    ("甲公司", "是", "是", 1200.5, 1300, 12),
    ("乙公司", "是", "是", 800.25, 900, 8),
    ("丙公司", "是", "否", 99.25, 100, 1),
)
CATALOGUE: Catalogue = whole_catalogue()


def told(folder: Path, *rows: Any, firms: Any = FIRMS) -> tuple[Finding, ...]:
    entries, findings = read_sheet(folder, [HEAD, *firms, *rows])
    assert [entry.text("名称") for entry in entries] == [firm[0] for firm in firms]
    return findings


def test_a_total_that_is_not_the_sum_is_told_with_its_cell_and_both_numbers(tmp_path: Path) -> None:
    (finding,) = told(tmp_path, ("合计", None, None, 2100, 2400, 21))
    assert (finding.code, finding.severity) == ("R211", Severity.CHECK)
    assert finding.position is not None and str(finding.position) == "企业清单.xlsx › 企业!E5"
    assert finding.path == "企业 › 合计 › 产值2024"
    assert finding.found == "产值2024 2400" and finding.expected == "各行之和：产值2024 2300万元"


def test_a_row_of_totals_is_told_once_with_its_first_columns(tmp_path: Path) -> None:
    head = (*HEAD, "营业收入2023", "营业收入2024")
    rows = [head, *((*firm, 5, 5) for firm in FIRMS), ("总计", None, None, 1, 2, 3, 4, 5)]
    _, (finding,) = read_sheet(tmp_path, rows)
    assert finding.found == "产值2023 1、产值2024 2、从业人员2024 3 等 5 列"
    assert finding.expected == "各行之和：产值2023 2100万元、产值2024 2300万元、从业人员2024 21人 等 5 列"


@pytest.mark.parametrize(
    "row",
    [
        ("合计", None, None, 2100, 2300, 21),
        ("合计", None, None, None, None, None),
        ("合计", None, None, "2,100.00 万元", "２３００", "21人"),
        ("合计", None, None, "0.21亿元", "0.23亿元", 21),
        ("合计（亿元）", None, None, 0.21, 0.23, 21),
        ("总计（万元）", None, None, 2100.0000000004, 2300, 21),
        ("平均值", None, None, 700, 767, 7),
        ("合计", None, None, "约2100万元", "见附表", "若干"),
    ],
)
def test_totals_that_agree_are_rounded_in_another_unit_or_say_nothing_are_no_findings(row: Any, tmp_path: Path) -> None:
    assert told(tmp_path, row) == ()


def test_a_total_is_rounded_to_its_own_decimals_and_no_further(tmp_path: Path) -> None:
    firms = [(f"第{number}公司", "是", "是", 10.24, 10, 1) for number in range(1, 4)]
    assert told(tmp_path, ("合计", None, None, 30.7, 30, 3), firms=firms) == ()
    assert told(tmp_path, ("合计", None, None, 31, 30, 3), firms=firms) == ()
    assert codes(told(tmp_path, ("合计", None, None, 30.8, 30, 3), firms=firms)) == ["R211"]
    assert codes(told(tmp_path, ("合计", None, None, 30.7, 31, 3), firms=firms)) == ["R211"]


def test_a_total_of_finer_numbers_than_the_rows_show_may_differ_by_their_rounding(tmp_path: Path) -> None:
    firms = [(f"第{number}公司", "是", "是", 10, 10, 1) for number in range(1, 4)]
    assert told(tmp_path, ("合计", None, None, 31.2, 30, 3), firms=firms) == ()
    assert codes(told(tmp_path, ("合计", None, None, 31.7, 30, 3), firms=firms)) == ["R211"]


def test_parts_have_their_own_totals(tmp_path: Path) -> None:
    first, second, third = FIRMS
    rows = [HEAD, first, second, ("小计", None, None, 2000.75, 2200, 20), third]
    total = ("合计", None, None, 2100, 2300, 21)
    for last in (("小计", None, None, 99.25, 100, 1), ("合计", None, None, 99.25, 100, 1)):
        assert read_sheet(tmp_path, [*rows, last, total])[1] == ()
    (finding,) = read_sheet(tmp_path, [*rows, ("小计", None, None, 2100, 2300, 21), total])[1]
    assert finding.position is not None and finding.position.cell == "企业!D6"
    assert finding.expected == "各行之和：产值2023 99.25万元、产值2024 100万元、从业人员2024 1人"


def test_a_total_above_the_entries_counts_those_below_it(tmp_path: Path) -> None:
    good, bad = ("合计", None, None, 2100, 2300, 21), ("合计", None, None, 2100, 2300, 20)
    assert read_sheet(tmp_path, [HEAD, good, *FIRMS])[1] == ()
    assert codes(read_sheet(tmp_path, [HEAD, bad, *FIRMS])[1]) == ["R211"]


def test_an_entry_that_cannot_be_read_leaves_its_column_out(tmp_path: Path) -> None:
    firms = (*FIRMS[:2], ("丙公司", "是", "否", "九十九", 100, 1))
    assert codes(told(tmp_path, ("合计", None, None, 2100, 2300, 21), firms=firms)) == ["Y301"]


def test_a_formula_without_its_result_is_no_total(tmp_path: Path) -> None:
    def sums(_: Any, sheet: Any) -> None:
        sheet.write_formula("D5", "=SUM(D2:D4)", None, "")
        sheet.write_formula("E5", "=SUM(E2:E4)", None, 2400)

    made = workbook({"企业": [HEAD, *FIRMS, ("合计", None, None, None, None, 21)]}, sums)
    _, (finding,) = read(tmp_path, {"企业清单.xlsx": made})
    assert finding.found == "产值2024 2400"


def test_totals_of_a_csv_file_are_told_by_line(tmp_path: Path) -> None:
    lines = ["名称,是否中小企业,是否主导产业相关,产值2023", "甲公司,是,是,12", '"乙\n公司",是,是,3', "合计,,,16"]
    _, (finding,) = read(tmp_path, {"企业.csv": "\n".join(lines).encode("utf-8")})
    assert finding.code == "R211" and finding.position is not None
    assert (finding.position.file, finding.position.line, finding.position.column) == ("企业.csv", 5, 4)


def test_merged_amounts_count_once_in_a_total_too(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        list(HEAD[:4]),
        ["甲公司", "是", "是", 5.0],
        ["乙公司", "是", "是", ""],
        ["合计", "", "", 5.0],
    ]
    grid = Grid("企业清单.xlsx", "企业", rows, (Merged(1, 3, 2, 3),))
    findings = Collector()
    heading = read_heading(grid, CATALOGUE.registers["企业"], findings)
    assert heading is not None
    assert read_entries(grid, heading, CATALOGUE.registers["企业"], findings) is not None
    assert codes(findings.findings()) == ["R105"]


AMOUNTS = st.decimals(0, 99999, places=2)


@given(st.lists(AMOUNTS, min_size=1, max_size=12), st.integers(0, 2), st.data())
def test_the_sum_of_all_agrees_however_rounded_and_one_without_a_row_does_not(
    amounts: list[Decimal], places: int, data: st.DataObject
) -> None:
    whole = sum(amounts, Decimal(0))
    assert not reports(amounts, round(whole, places))
    missing = data.draw(st.sampled_from(amounts))
    without = round(whole - missing, 2)
    decimals = len(f"{float(without)}".partition(".")[2].rstrip("0"))
    last = Decimal(1).scaleb(-decimals)
    assert reports(amounts, without) == (missing * 2 > last)


def reports(amounts: list[Decimal], total: Decimal) -> bool:
    rows = [[f"第{number}公司", "是", "是", float(amount)] for number, amount in enumerate(amounts, start=1)]
    grid = Grid("企业清单.xlsx", "企业", [list(HEAD[:4]), *rows, ["合计", "", "", float(total)]])
    findings = Collector()
    heading = read_heading(grid, CATALOGUE.registers["企业"], findings)
    assert heading is not None
    read_entries(grid, heading, CATALOGUE.registers["企业"], findings)
    return "R211" in codes(findings.findings())
