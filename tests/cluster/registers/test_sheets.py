"""Sheets as the library reads them: what they come without, and those too far out to be read, wherever in the file it stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cluster.registers import sheets
from generator.cluster.registers.sheets import RefusedError, read_sheets
from tests.cluster.registers.sheets import workbook

ROWS: list[tuple[Any, ...]] = [("名称", "产值"), *((f"企业{number}", number) for number in range(400))]


def rewritten(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename == "xl/worksheets/sheet1.xml" else data)
    return target.getvalue()


def sheet_of(folder: Path, content: bytes) -> sheets.Sheet:
    path = folder / "企业清单.xlsx"
    path.write_bytes(content)
    (sheet,) = read_sheets(path)
    return sheet


def broken(book: Any, sheet: Any) -> None:
    sheet.write_formula(201, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(301, 1, "=1+1", None, "")


@pytest.mark.parametrize("piece", [97, 256, 1000, 2**19])
def test_what_a_sheet_comes_without_is_found_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(sheets, "_PIECE", piece)
    plain = sheet_of(tmp_path, workbook({"企业": ROWS}))
    assert (plain.errors, plain.uncomputed) == (frozenset(), frozenset())
    without = sheet_of(tmp_path, workbook({"企业": ROWS}, broken))
    assert (without.errors, without.uncomputed) == (frozenset({(201, 1)}), frozenset({(301, 1)}))


def extent(said: str) -> Callable[[bytes], bytes]:
    return lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', said.encode(), xml)


@pytest.mark.parametrize("said", ["", '<dimension ref="A1"/>', '<dimension ref="A1:B401"/>', '<dimension ref="?"/>'])
@pytest.mark.parametrize("far", [(1_048_575, 16_383), (1_048_575, 100), (20_000, 16_383)])
def test_a_cell_far_out_is_refused_whatever_the_sheet_says_of_its_extent(
    tmp_path: Path, said: str, far: tuple[int, int]
) -> None:
    content = workbook({"企业": ROWS}, lambda book, sheet: sheet.write(*far, 1))
    with pytest.raises(RefusedError) as refused:
        sheet_of(tmp_path, rewritten(content, extent(said)))
    assert refused.value.too_big


@pytest.mark.parametrize("said", ["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_a_sheet_that_is_wrong_about_its_extent_is_read(tmp_path: Path, said: str) -> None:
    content = workbook({"企业": ROWS})
    assert sheet_of(tmp_path, rewritten(content, extent(said))).rows == sheet_of(tmp_path, content).rows
