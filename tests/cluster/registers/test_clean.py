"""Columns taken as they stand: none that reading cell by cell would change, doubt or refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.catalogue import Kind
from generator.cluster.registers.cells import read_cell
from generator.cluster.registers.clean import is_clean
from generator.cluster.scalars import doubt
from generator.cluster.shape import Scalar

SHAPES = [Scalar(kind) for kind in Kind if kind is not Kind.CHOICES] + [
    Scalar(Kind.CHOICE, choices=("是", "否")),
    Scalar(Kind.CHOICE, choices=("国际", "国家", "行业 ", "无")),
]
TEXTS = some.one_of(
    some.text(max_size=20),
    some.sampled_from(["", "无", "是", "否", "√", "国际", "行业 ", "甲  乙", " 甲", "甲 乙", "甲\u3000乙", "１２"]),
    some.sampled_from(
        ["021-12345678", "21-12345678", "13800000000", "021-12345678、13800000000", "１３８００００００００"]
    ),
    some.sampled_from(
        ["2023", "2023-05", "2023-13", "2023-5", "2023-05-06", "1899", "2101-01", "２０２３", "2023年", "0000-01"]
    ),
    some.from_regex(r"(19|20|21)[0-9]{2}(-[01][0-9])?", fullmatch=True),
    some.sampled_from(["91310199MA9000001C", "91310199MA9000001D", "91310199ma9000001c", "91310199MA9000001", "1E5"]),
)


@given(some.lists(TEXTS, max_size=4), some.sampled_from(SHAPES))
def test_what_is_taken_as_it_stands_reads_the_same_cell_by_cell(cells: list[str], shape: Scalar) -> None:
    if is_clean(cells, shape):
        for cell in filter(None, cells):
            assert read_cell(cell, shape) == cell
            assert doubt(cell, shape) is None


@pytest.mark.parametrize(
    ("cells", "shape"),
    [
        (["上海示例（集团）公司", "", "Example Co., Ltd."], SHAPES[0]),
        (["是", "否", ""], Scalar(Kind.CHOICE, choices=("是", "否"))),
        (["021-12345678", "13800000000"], Scalar(Kind.PHONE)),
        (["91310199MA9000001C", ""], Scalar(Kind.CODE)),
        (["", ""], Scalar(Kind.YEAR)),
        (["2023", "", "2024-12", "1900-01", "2100"], Scalar(Kind.WHEN)),
        (["2023-05"], Scalar(Kind.MONTH)),
        (["1900", "2100"], Scalar(Kind.YEAR)),
    ],
)
def test_what_clerks_fill_in_neatly_is_taken_as_it_stands(cells: list[str], shape: Scalar) -> None:
    assert is_clean(cells, shape)


@pytest.mark.parametrize("cell", [2024.0, "无", "甲\n乙", "甲\u200b"])
def test_a_column_with_a_cell_that_needs_a_look_is_not(cell: object) -> None:
    assert not is_clean(["甲", cell], Scalar(Kind.TEXT))
