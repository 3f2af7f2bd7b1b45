"""Columns of numbers kept whole: they give the decimals that were written, and add up to the last digit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.catalogue import read_catalogue
from generator.cluster.codes import Collector
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.cluster.registers.ahead import WORKBOOK, ReadingAhead
from generator.cluster.registers.sheets import UnreachableError
from generator.cluster.registers.workbook import read_workbook
from generator.cluster.table import absent, exact_column, gives_any, nonzero, total, written
from generator.forms.library import Library
from tests.by_hand import EXAMPLE

HUNDREDTHS = some.integers(0, 10**10).map(lambda n: n / 100)
AMOUNTS = some.lists(some.one_of(HUNDREDTHS, some.just("")), min_size=1)
ANY_AMOUNTS = some.lists(some.one_of(HUNDREDTHS, some.floats(0, 10**8), some.just("")), min_size=1)


def as_written(cell: float) -> Decimal:
    return Decimal(int(cell)) if cell.is_integer() else Decimal(repr(cell))


@given(AMOUNTS | ANY_AMOUNTS, some.data())
def test_a_column_of_amounts_gives_and_adds_up_what_was_written(
    cells: list[float | str], data: some.DataObject
) -> None:
    chosen = data.draw(some.lists(some.integers(0, 1), min_size=len(cells), max_size=len(cells)))
    column = exact_column(cells)
    assert column is not None
    expected = [as_written(cell) if isinstance(cell, float) else None for cell in cells]
    assert list(map(str, column)) == list(map(str, expected))
    assert absent(column) == [at for at, cell in enumerate(cells) if cell == ""]
    assert nonzero(column, range(len(cells))) == [at for at, cell in enumerate(cells) if cell]
    assert written(column) == ["" if number is None else f"{number:f}" for number in expected]
    assert gives_any(column) == any(number is not None for number in expected)
    (number, found), (counted, added) = total(column, chosen), total(expected, chosen)
    assert (number, str(found)) == (counted, str(added))


@given(AMOUNTS, AMOUNTS)
def test_columns_that_lack_the_same_rows_share_how_they_are_filled_and_others_do_not(
    first: list[float | str], second: list[float | str]
) -> None:
    known = exact_column(first)
    assert known is not None
    alike, other = exact_column([cell and 2.5 for cell in first], known.pattern), exact_column(second, known.pattern)
    assert alike is not None and alike.pattern is known.pattern
    assert other is not None and list(other) == list(exact_column(second) or ())


@pytest.mark.parametrize("cell", [-1.0, -0.5, 1e15, float("nan"), float("inf"), "无", "12", True, 3, None])
def test_a_column_with_anything_else_is_read_cell_by_cell(cell: object) -> None:
    assert exact_column([1.5, cell]) is None


def test_a_column_whose_sum_could_lose_digits_is_read_cell_by_cell() -> None:
    assert exact_column([0.01] * 1000) is not None
    assert exact_column([0.01] * 1000 + [1e10]) is None


def test_what_is_missing_beside_known_gaps_is_told() -> None:
    column = exact_column(["", 2.5, "", 0.0, ""])
    assert column is not None
    assert [absent(column, beside) for beside in ((), (0, 2), (0, 2, 4), (1, 3))] == [[0, 2, 4], [4], [], [0, 2, 4]]
    assert nonzero(column, range(5)) == [1]


def test_a_workbook_read_ahead_is_the_workbook(tmp_path: Path) -> None:
    findings = Collector()
    grids = read_workbook(EXAMPLE / WORKBOOK, findings)
    for place in (EXAMPLE / "cluster.yaml", EXAMPLE):
        assert read_workbook(EXAMPLE / WORKBOOK, findings, ReadingAhead(place).sheets) == grids
    assert grids and not findings.findings()
    ahead = ReadingAhead(tmp_path)
    with pytest.raises(UnreachableError, match="No such file"):
        ahead.sheets()


def test_what_can_be_done_meanwhile_is_done_with_the_cluster_before_its_registers_are_asked_for() -> None:
    catalogue = read_catalogue(Library.standard().field_folders())
    seen: list[Cluster] = []
    cluster, _ = load_cluster(EXAMPLE, catalogue, forms=["national-2025"], meanwhile=seen.append)
    (before,) = seen
    assert cluster is not None and "企业" in cluster.registers
    assert (before.values, before.submissions) == (cluster.values, cluster.submissions)
    assert "企业" not in before.registers
