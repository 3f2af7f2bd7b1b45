"""Columns in which few things recur say of each row what a list of its cells would, and sets of rows are sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.recurring import Recurring, marks, places, recurring

FEW = some.lists(some.sampled_from(["", "2023", "2024-05", "是"]), max_size=40)
MANY = some.lists(some.integers(0, 400).map(str), min_size=250, max_size=500)


@given(FEW | MANY, some.data())
def test_a_column_is_the_list_of_its_cells(cells: list[str], data: some.DataObject) -> None:
    column = recurring(cells)
    assert recurring(column) is column
    assert (list(column), len(column), [column[at] for at in range(len(cells))]) == (cells, len(cells), cells)
    assert sorted(column.things) == sorted(set(cells))
    rows = data.draw(some.lists(some.integers(0, len(cells) - 1), unique=True)) if cells else []
    assert list(column.only(rows)) == [cells[row] for row in rows]
    assert column.at(rows) == [cells[row] for row in rows]
    assert list(column[1:3]) == cells[1:3]
    assert list(column.each(len)) == list(map(len, cells))


@given(FEW | MANY, some.data())
def test_rows_are_joined_cut_and_counted_as_sets(cells: list[str], data: some.DataObject) -> None:
    column = recurring(cells)
    one, other = (data.draw(some.sets(some.sampled_from(column.things))) if cells else set() for _ in range(2))
    first, second = column.rows(one.__contains__), column.rows(other.__contains__)
    begun = {at for at, cell in enumerate(cells) if cell in one}
    ended = {at for at, cell in enumerate(cells) if cell in other}
    assert places(first & second, len(cells)) == sorted(begun & ended)
    assert places(first | second, len(cells)) == sorted(begun | ended)
    assert (first & ~second).bit_count() == len(begun - ended)
    assert list(marks(first, len(cells))) == [int(at in begun) for at in range(len(cells))]


@given(FEW | MANY)
def test_few_things_are_told_apart_by_a_byte(cells: list[str]) -> None:
    column = Recurring.of_few(cells)
    assert (column is None) == (len(set(cells)) > 256)
    assert column is None or (isinstance(column.codes, bytes) and list(column) == cells)


@pytest.mark.parametrize("number", [256, 257])
def test_a_byte_tells_256_things_apart(number: int) -> None:
    cells = [str(each) for each in range(number)]
    assert (Recurring.of_few(cells) is None) == (number > 256)
    assert places(Recurring.of(cells).rows(lambda text: text.endswith("55")), number) == [55, 155, 255]
