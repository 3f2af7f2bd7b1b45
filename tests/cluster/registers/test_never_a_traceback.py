"""Whatever the bytes: findings come back, and never an exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cluster.registers.sheets import firm, read, table, workbook

BOOK = workbook({"企业": table(firm("甲", 产值2023=5), firm("乙", 产值2023="x")), "专利": [("名称",)]})
PIECES = ["名称", "产值2023", "是否中小企业", ",", "\t", ";", '"', "\n", "\r", "甲", "是", "1e9999", "９", "nan", "2024.1", "合计", "无",
          "[产值2023]", "9.1E+17", "\x00", "\ufeff", "（亿元）", "99999999999999999999", "-", "2024-13-45"]  # fmt: skip
QUICK = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(
    data=st.binary(max_size=200)
    | st.lists(st.sampled_from(PIECES), max_size=40).map(lambda each: "".join(each).encode())
)
def test_any_bytes_as_csv(data: bytes, tmp_path: Path) -> None:
    read(tmp_path, {"企业.csv": b"\xe5\x90\x8d\xe7\xa7\xb0,a\n" + data, "专利.csv": data})


@QUICK
@given(edits=st.lists(st.tuples(st.integers(0, len(BOOK)), st.integers(0, 40), st.binary(max_size=8)), max_size=4))
def test_a_good_workbook_spoilt_anywhere(edits: list[tuple[int, int, bytes]], tmp_path: Path) -> None:
    data = BOOK
    for place, length, piece in edits:
        data = data[:place] + piece + data[place + length :]
    read(tmp_path, {"企业清单.xlsx": data})


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6)
CELL = TEXT | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()


@QUICK
@given(cells=st.lists(st.lists(CELL, max_size=6), max_size=4))
def test_any_cells(cells: list[list[object]], tmp_path: Path) -> None:
    head = ["名称", "统一社会信用代码", "是否中小企业", "产值2023", "从业人员2023", "高新技术企业截止时间"]
    read(tmp_path, {"企业清单.xlsx": workbook({"企业": [head, *cells], "标准": cells})})
