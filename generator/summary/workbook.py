"""A summary table as an Excel workbook, set like the printed one; every cell is text, never a formula."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.documents.text_workbook import set_page
from generator.forms.definition_summary import SummaryColumn
from generator.summary.table import SummaryTable

_FIXED_TIME = datetime(2020, 1, 1)
_SHEET = "推荐汇总表"
_FORMULA_STARTS = ("=", "+", "-", "@")
_LEADING = 15.0
_HEAD_HEIGHT = 32.0
_LEAST_HEIGHT = 57.0
_TALLEST = 409.0  # Excel's own limit


def workbook(table: SummaryTable, mark: str = "") -> bytes:
    """Return the bytes of an .xlsx of `table`, the same for the same table; `mark` (草稿) stands in the head of every page."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": table.summary.title, "created": _FIXED_TIME})
        sheet = book.add_worksheet(_SHEET)
        if table.summary.orientation == "landscape":
            sheet.set_landscape()
        set_page(sheet, [column.width for column in table.summary.columns], mark)
        head = _write_above(book, sheet, table)
        _write_columns(book, sheet, table, head)
        sheet.repeat_rows(head)
        sheet.freeze_panes(head + 1, 0)
    return buffer.getvalue()


def _write_above(book: Workbook, sheet: Worksheet, table: SummaryTable) -> int:
    """Write mark, title and lines; return the row that the head of the table goes to."""
    last = len(table.summary.columns) - 1
    title = book.add_format({"font_name": "方正小标宋简体", "font_size": 22, "align": "center", "valign": "vcenter"})
    annex = book.add_format({"font_name": "黑体", "font_size": 16})
    line = book.add_format({"font_name": "仿宋_GB2312", "font_size": 14})
    row = 0
    if table.annex:
        sheet.write_string(row, 0, table.annex, annex)
        row += 1
    sheet.merge_range(row, 0, row, last, "", title)
    sheet.write_string(row, 0, table.summary.title, title)
    sheet.set_row(row, 36)
    for number, text in enumerate(table.lines, start=1):
        sheet.write_string(row + number, 0, text, line)
        sheet.set_row(row + number, 24)
    return row + 1 + len(table.lines)


def _write_columns(book: Workbook, sheet: Worksheet, table: SummaryTable, head: int) -> None:
    centred = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "font_size": 10.5}
    heads = book.add_format({**centred, "font_name": "黑体"})
    for index, column in enumerate(table.summary.columns):
        sheet.write_string(head, index, column.text, heads)
    sheet.set_row(head, _HEAD_HEIGHT)
    value = {**centred, "font_name": "仿宋_GB2312"}
    text = {**value, "align": "left"}
    formats = {
        (narrative, quoted): book.add_format({**(text if narrative else value), "quote_prefix": quoted})
        for narrative in (False, True)
        for quoted in (False, True)
    }
    for number, row in enumerate(table.rows, start=1):
        for index, (column, cell) in enumerate(zip(table.summary.columns, row.cells, strict=True)):
            chosen = formats[bool(column.narrative), cell.startswith(_FORMULA_STARTS)]
            _write(sheet, head + number, index, column, cell, chosen)
        sheet.set_row(head + number, _height(table.summary.columns, row.cells))


def _write(sheet: Worksheet, row: int, index: int, column: SummaryColumn, cell: str, chosen: Format) -> None:
    if column.number:
        sheet.write_number(row, index, int(cell), chosen)
    elif cell:
        sheet.write_string(row, index, cell, chosen)
    else:
        sheet.write_blank(row, index, None, chosen)


def _height(columns: tuple[SummaryColumn, ...], cells: tuple[str, ...]) -> float:
    """The height in points that the longest cell needs: Excel does not find it by itself in all programs."""
    lines = max(
        sum(-(-len(part) // max(1, int(column.width / 4.2))) or 1 for part in cell.split("\n"))
        for column, cell in zip(columns, cells, strict=True)
    )
    return min(_TALLEST, max(_LEAST_HEIGHT, lines * _LEADING + 6))
