"""A script that does one thing, the first time in its process, and prints the seconds that it took, imports left out.

`python -m benchmarks.once THING FOLDER`, the folder being a furnished workplace.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.workplace import Workplace


def _fill(place: Workplace) -> Callable[[], object]:
    from generator.docx.fill import Template

    template, context = place.template, place.context
    return lambda: Template.prepare(template).fill(context, {})


def _fill_by_rival(place: Workplace) -> Callable[[], object]:
    from benchmarks.rival import fill

    template, context = place.template, place.context
    return lambda: fill(template, context)


def _typeset(place: Workplace) -> Callable[[], object]:
    from generator.measure.fonts import FontLibrary
    from generator.typeset import lay_out
    from generator.typeset.draw import draw

    document, fonts = place.document.read_bytes(), FontLibrary.bundled()
    return lambda: draw(lay_out(document, fonts), fonts)


def _read_workbook(place: Workplace) -> Callable[[], object]:
    """The register as a check reads it: looked through for what must not be read, then read; the imports are part of that."""
    workbook = place.register

    def read() -> object:
        from generator.cluster.registers.sheets import read_sheets

        return read_sheets(workbook)

    return read


def _read_cells(place: Workplace) -> Callable[[], object]:
    """Every value of every sheet, with nothing but the library that a check reads them with; its import is part of that."""
    workbook = place.register

    def read() -> object:
        from python_calamine import CalamineWorkbook

        with CalamineWorkbook.from_path(workbook) as book:
            return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]

    return read


def _read_cells_by_rival(place: Workplace) -> Callable[[], object]:
    """The same, as most programs in Python read a workbook."""
    workbook = place.register

    def read() -> object:
        from openpyxl import load_workbook  # type: ignore[import-untyped]

        book = load_workbook(workbook, read_only=True, data_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]

    return read


def _merge(place: Workplace) -> Callable[[], object]:
    from benchmarks.merging import merge

    return lambda: merge(place.evidence, place.merged)


THINGS = {
    "fill": _fill,
    "rival": _fill_by_rival,
    "typeset": _typeset,
    "workbook": _read_workbook,
    "cells": _read_cells,
    "cells by rival": _read_cells_by_rival,
    "merge": _merge,
}


def main(thing: str, folder: Path) -> None:
    work = THINGS[thing](Workplace(folder))
    begin = time.perf_counter()
    work()
    print(time.perf_counter() - begin)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
