"""Tables as an Excel workbook, a sheet each; every cell but amounts is text, never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_FIXED_TIME = datetime(2020, 1, 1)
_MM_A_CHARACTER = 1.9
_MARGIN = 0.6  # inches
_A4 = 9
_LONGEST_NAME = 31  # Excel's own limit for the name of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FORMULA_STARTS = ("=", "+", "-", "@")
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


@dataclass(frozen=True)
class TextColumn:
    """A column: its head, its width in millimetres, how it is set. Those set to the right hold amounts, which stay numbers."""

    text: str
    width: float
    align: str = "centre"


@dataclass(frozen=True)
class TextSheet:
    """A sheet: its title, its columns, its rows of texts, and a remark between title and table."""

    title: str
    columns: tuple[TextColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    remark: str = ""


def text_workbook(sheets: Sequence[TextSheet], title: str, *, mark: str = "") -> bytes:
    """Return the bytes of an .xlsx of `sheets`, the same for the same sheets; `mark` (草稿) stands in the head of every page."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": _FIXED_TIME})
        formats = _Formats(book)
        for name, table in zip(sheet_names([sheet.title for sheet in sheets]), sheets, strict=True):
            sheet = book.add_worksheet(name)
            set_page(sheet, [column.width for column in table.columns], mark)
            _write_rows(sheet, table, _write_above(sheet, table, formats), formats)
    return buffer.getvalue()


def sheet_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Return names for sheets called `titles`: without what Excel forbids, 31 characters at most, and no two alike."""
    names: list[str] = []
    for title in titles:
        plain = _FORBIDDEN.sub("", title).strip() or "清单"
        name, number = plain[:_LONGEST_NAME], 1
        while name.casefold() in {taken.casefold() for taken in names}:
            number += 1
            tail = f"（{number}）"
            name = plain[: _LONGEST_NAME - len(tail)] + tail
        names.append(name)
    return tuple(names)


class _Formats:
    """The formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        middle: dict[str, Any] = {"valign": "vcenter"}
        cell: dict[str, Any] = {**middle, "border": 1, "font_size": 10.5}
        body: dict[str, Any] = {**cell, "font_name": "仿宋_GB2312"}
        self.title = book.add_format({**middle, "font_name": "方正小标宋简体", "font_size": 18, "align": "center"})
        self.remark = book.add_format({**middle, "font_name": "楷体_GB2312", "font_size": 10.5})
        self.head = book.add_format({**cell, "font_name": "黑体", "align": "center", "text_wrap": True})
        self.texts: Mapping[tuple[str, bool], Format] = {
            (align, quoted): book.add_format(
                {**body, "align": excel, "text_wrap": True, "num_format": "@", "quote_prefix": quoted}
            )
            for align, excel in _ALIGN.items()
            for quoted in (False, True)
        }
        self.amounts: Mapping[bool, Format] = {
            decimals: book.add_format({**body, "align": "right", "num_format": "0.00" if decimals else "0"})
            for decimals in (False, True)
        }


def set_page(sheet: Worksheet, widths: Sequence[float], mark: str = "") -> None:
    """Set `sheet` to be printed on A4, as wide as its columns (`widths` in millimetres), numbered, with `mark` (草稿) at the head."""
    sheet.set_paper(_A4)
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&P")
    if mark:
        sheet.set_header(f'&C&"黑体"&26{mark}')
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width / _MM_A_CHARACTER)


def _write_above(sheet: Worksheet, table: TextSheet, formats: _Formats) -> int:
    """Write title, remark and heads; return the row that the table's own rows begin at."""
    sheet.merge_range(0, 0, 0, len(table.columns) - 1, "", formats.title)
    sheet.write_string(0, 0, table.title, formats.title)
    sheet.set_row(0, 30)
    if table.remark:
        sheet.write_string(1, 0, table.remark, formats.remark)
    head = 2 if table.remark else 1
    for index, column in enumerate(table.columns):
        sheet.write_string(head, index, column.text, formats.head)
    sheet.set_row(head, 30)
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 0)
    return head + 1


def _write_rows(sheet: Worksheet, table: TextSheet, first: int, formats: _Formats) -> None:
    for number, cells in enumerate(table.rows, start=first):
        for index, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if not cell:
                sheet.write_blank(number, index, None, formats.texts[column.align, False])
            elif column.align == "right" and _AMOUNT.fullmatch(cell):
                sheet.write_number(number, index, float(cell), formats.amounts["." in cell])
            else:
                sheet.write_string(number, index, cell, formats.texts[column.align, cell.startswith(_FORMULA_STARTS)])
