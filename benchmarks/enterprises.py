"""A cluster with as many enterprises as asked for, made of an example: the same bytes on every run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from generator.cluster.catalogue import read_catalogue
from generator.cluster.credit import check_character
from generator.cluster.enterprises import ENTERPRISES
from generator.cluster.registers.ahead import WORKBOOK
from generator.cluster.registers.workbook_to_fill import workbook_to_fill
from generator.forms.library import Library

_YEARS = range(2020, 2025)
_NAME, _CODE, _TELEPHONE = "名称", "统一社会信用代码", "联系电话"
_PRIME = 9973  # a stretch for every enterprise, so that no two amounts are alike

Row = dict[str, Any]


def write_cluster(example: Path, folder: Path, number: int) -> Path:
    """Copy the cluster `example` to `folder`, with `number` enterprises in its register; return the path of its workbook.

    They are those of the example, over and over, each cell filled that theirs have; the repeated ones have a name, a valid
    code, a telephone number and amounts of their own. All else, and every other register, stays as it is.
    """
    shutil.copytree(example, folder)
    catalogue = read_catalogue(Library.standard().field_folders())
    with CalamineWorkbook.from_path(example / WORKBOOK) as book:
        rows = {each.name: list(_rows(book, each.sheet)) for each in catalogue.registers.values()}
    known = rows[ENTERPRISES]
    rows[ENTERPRISES] = [_varied(row, at, len(known)) for at, row in enumerate(islice(cycle(known), number))]
    workbook = folder / WORKBOOK
    workbook.write_bytes(workbook_to_fill(catalogue, _YEARS, rows))
    return workbook


def _rows(book: CalamineWorkbook, sheet: str) -> Iterator[Row]:
    """The entries of a sheet by the keys in its hidden first row, which stands above the heading."""
    keys, _, *entries = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    labels = [str(key)[1:-1] for key in keys]
    for cells in entries:
        yield {label: cell for label, cell in zip(labels, cells, strict=True) if cell != ""}


def _varied(row: Row, at: int, known: int) -> Row:
    if at < known:
        return row
    stem = f"91310199MA8{at:06d}"
    named = {
        _NAME: f"{row[_NAME]}（{at}）",
        _CODE: stem + check_character(stem),
        _TELEPHONE: f"021-{50_000_000 + at}",
    }
    stretch = 1 + at / _PRIME
    stretched = {label: _stretched(cell, stretch) for label, cell in row.items() if label[-4:].isdecimal()}
    return {**row, **stretched, **named}


def _stretched(cell: Any, stretch: float) -> Any:
    """An amount made another one, to the hundredth; counts, and what is no number, stay."""
    return cell if not isinstance(cell, float) or cell.is_integer() else round(cell * stretch, 2)
