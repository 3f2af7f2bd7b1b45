"""The lists as an Excel workbook, a sheet each; every cell but the row's number and amounts is text, never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.documents.lists import places_in_words
from generator.lists.rows import MadeList

_FIXED_TIME = datetime(2020, 1, 1)
_MM_A_CHARACTER = 1.9
_MARGIN = 0.6  # inches
_A4 = 9
_LONGEST_NAME = 31  # Excel's own limit for the name of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FORMULA_STARTS = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ALIGN = {"left": "left", "centre": "center", "right": "right"}

SheetFormats = Mapping[tuple[str, bool], Format]
"""The formats of cells by alignment, and whether their text begins as a formula would."""


def list_workbook(made: Sequence[MadeList], title: str, *, mark: str = "") -> bytes:
    """Return the bytes of an .xlsx of `made`, the same for the same lists; `mark` (草稿) stands in the head of every page."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": _FIXED_TIME})
        formats = _formats(book)
        for name, one in zip(sheet_names([one.title for one in made]), made, strict=True):
            sheet = book.add_worksheet(name)
            _set_page(sheet, one, mark)
            _write_list(book, sheet, one, formats)
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


def _formats(book: Workbook) -> SheetFormats:
    cell: dict[str, Any] = {"valign": "vcenter", "text_wrap": True, "border": 1, "font_size": 10.5}
    return {
        (align, quoted): book.add_format(
            {**cell, "font_name": "仿宋_GB2312", "align": excel, "num_format": "@", "quote_prefix": quoted}
        )
        for align, excel in _ALIGN.items()
        for quoted in (False, True)
    }


def _set_page(sheet: Worksheet, one: MadeList, mark: str) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&P")
    if mark:
        sheet.set_header(f'&C&"黑体"&26{mark}')
    for index, head in enumerate(one.heads):
        sheet.set_column(index, index, head.width / _MM_A_CHARACTER)


def _write_list(book: Workbook, sheet: Worksheet, one: MadeList, formats: SheetFormats) -> None:
    last = len(one.heads) - 1
    title = book.add_format({"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"})
    remark = book.add_format({"font_name": "楷体_GB2312", "font_size": 10.5, "valign": "vcenter"})
    heads = {"font_name": "黑体", "font_size": 10.5, "align": "center", "valign": "vcenter", "border": 1}
    head = book.add_format({**heads, "text_wrap": True})
    sheet.merge_range(0, 0, 0, last, "", title)
    sheet.write_string(0, 0, one.title, title)
    sheet.set_row(0, 30)
    sheet.write_string(
        1, 0, f"申报表栏目：{places_in_words(one.owed.places)}　单位：{one.owed.definition.unit}", remark
    )
    for index, column in enumerate(one.heads):
        sheet.write_string(2, index, column.text, head)
    sheet.set_row(2, 30)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    amounts = _amounts(book)
    for number, cells in enumerate((*one.rows, *one.totals), start=3):
        for index, (column, cell) in enumerate(zip(one.heads, cells, strict=True)):
            if cell and column.align == "right" and _NUMBER.fullmatch(cell):
                sheet.write_number(number, index, float(cell), amounts["." in cell])
            elif cell:
                sheet.write_string(number, index, cell, formats[column.align, cell.startswith(_FORMULA_STARTS)])
            else:
                sheet.write_blank(number, index, None, formats[column.align, False])


def _amounts(book: Workbook) -> Mapping[bool, Format]:
    """The formats of amounts, with decimals and without: those stay numbers, so that they can be added up."""
    cell = {"font_name": "仿宋_GB2312", "font_size": 10.5, "align": "right", "valign": "vcenter", "border": 1}
    return {
        decimals: book.add_format({**cell, "num_format": "0.00" if decimals else "0"}) for decimals in (False, True)
    }
