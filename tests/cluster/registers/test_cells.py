"""What a clerk writes into a cell is understood, or refused with the cell's address."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from generator.cluster.catalogue import Kind
from generator.cluster.codes import Code
from generator.cluster.registers.cells import read_cell
from generator.cluster.scalars import Problem
from generator.cluster.shape import Scalar
from generator.cluster.values import NIL

YES_NO = Scalar(Kind.CHOICE, choices=("是", "否"))


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (2024.0, Kind.YEAR, "2024"),
        ("2024年", Kind.YEAR, "2024"),
        ("２０２４", Kind.YEAR, "2024"),
        ("2024.5.1", Kind.YEAR, "2024"),
        (date(2024, 5, 1), Kind.YEAR, "2024"),
        (45413.0, Kind.YEAR, "2024"),
        (45413.0, Kind.WHEN, "2024-05-01"),
        ("2024.5.1", Kind.WHEN, "2024-05-01"),
        ("2024年5月1日", Kind.WHEN, "2024-05-01"),
        ("2024/5/1 0:00:00", Kind.WHEN, "2024-05-01"),
        (datetime(2024, 5, 1, 8, 30), Kind.MONTH, "2024-05"),
        ("2024年5月1日", Kind.MONTH, "2024-05"),
        (2024.5, Kind.MONTH, "2024-05"),
        (2024.0, Kind.WHEN, "2024"),
        ("１２３．４", Kind.AMOUNT, Decimal("123.4")),
        (" 1 234.50 ", Kind.AMOUNT, Decimal("1234.50")),
        ("1,234.50", Kind.AMOUNT, Decimal("1234.50")),
        (1234.5, Kind.AMOUNT, Decimal("1234.5")),
        (0.1 + 0.2 - 0.3, Kind.AMOUNT, Decimal(0)),
        (17.0, Kind.COUNT, Decimal(17)),
        ("无", Kind.COUNT, NIL),
        ("9131 0115-00000000 1u", Kind.CODE, "91310115000000001U"),
        (13812345678.0, Kind.PHONE, "13812345678"),
        (360.0, Kind.TEXT, "360"),
        ("  上海\u3000某某\n公司 ", Kind.TEXT, "上海 某某 公司"),
    ],
)
def test_a_cell_is_understood_however_it_is_written(cell: Any, kind: Kind, value: Any) -> None:
    assert read_cell(cell, Scalar(kind)) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("√", "是"), (True, "是"), ("×", "否"), ("Ｙ", "是"), (0.0, "否"), ("否", "否")]
)
def test_a_tick_or_a_cross_is_yes_or_no(cell: Any, value: str) -> None:
    assert read_cell(cell, YES_NO) == value


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        (9.13101150000001e17, Kind.CODE, Code.RUINED_NUMBER),
        (123.0, Kind.CODE, Code.RUINED_NUMBER),
        ("9.13101E+17", Kind.CODE, Code.RUINED_NUMBER),
        (2.02110123456789e15, Kind.TEXT, Code.RUINED_NUMBER),
        (2024.1, Kind.MONTH, Code.AMBIGUOUS_MONTH),
        (-5.0, Kind.AMOUNT, Code.OUT_OF_RANGE),
        (1.5, Kind.COUNT, Code.FRACTION_IN_COUNT),
        ("约三", Kind.AMOUNT, Code.NOT_A_NUMBER),
        ("12万元", Kind.AMOUNT, Code.UNIT_IN_VALUE),
        (date(2024, 5, 1), Kind.AMOUNT, Code.NOT_A_NUMBER),
        ("去年", Kind.YEAR, Code.BAD_DATE),
        (12.0, Kind.YEAR, Code.BAD_DATE),
        ("2024年", Kind.MONTH, Code.BAD_DATE),
    ],
)
def test_a_cell_that_may_mean_something_else_is_refused(cell: Any, kind: Kind, code: Code) -> None:
    found = read_cell(cell, Scalar(kind, minimum=Decimal(0) if kind is Kind.AMOUNT else None))
    assert isinstance(found, Problem)
    assert found.code is code
