"""The workbook that a clerk fills in: a sheet for each register, with headings, drop-downs, units, and a page of notes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from generator.cluster.catalogue import Catalogue, Kind, RegisterKind
from generator.cluster.registers.heading import Slot
from generator.cluster.schema import constraint_words
from generator.cluster.shape import scalar_of
from generator.frozen import dataclass

_ROOM = 5000
"""The rows for which choices drop down."""
_AS_TEXT = (Kind.TEXT, Kind.CODE, Kind.PHONE, Kind.WHEN, Kind.MONTH, Kind.DATE)
_MADE = datetime(2024, 1, 1)  # any fixed day: the same register gives the same bytes
_MOST_TOLD = 250  # Excel takes no longer input messages
_NOTES = (
    "一张工作表是一个名录，一行一条。没有填的工作表等于没有写；确实一条也没有的，在第一行的名称里写“无”。",
    "第一行隐藏的是代号，请不要删；列可以隐藏、调换，用不着的列可以删去；自己加的列不会读。",
    "表头带年份的每年一列；要加一年，就复制一列，改表头里的年份，并清空第一行（隐藏行）里的代号。",
    "金额用万元，只写数字；没有的填 0 或无，空着表示还没有填，会提示。",
    "信用代码、电话、编号已设成文本格式：从别处粘贴时请用“选择性粘贴—数值（文本）”，号码变成 9.13E+17 就丢了后几位，须重新录入。",
    "日期可写 2024-05-01、2024.5.1、2024年5月、2024。称号填起始年份；有效期已经或将要截止的填截止时间。",
    "加入年份、退出年份决定哪年计入集群；“是否中小企业”“是否主导产业相关”决定计入哪一类合计。",
    "申报表里的合计、户数由这些名录推算（docs/indicators.md）；cluster.yaml 的“实绩”里另写了的，以“实绩”为准，两者不符会提示。",
)

Row = Mapping[str, str | int | float | Decimal]
"""What one row of a sheet holds, by the labels of its columns (`产值2024`)."""


@dataclass(frozen=True)
class Words:
    """What a workbook to fill is called, the title of its page of notes, and the notes."""

    title: str = "企业清单"
    heading: str = "企业清单填写说明"
    notes: tuple[str, ...] = _NOTES


def workbook_to_fill(
    catalogue: Catalogue,
    years: Sequence[int],
    rows: Mapping[str, Sequence[Row]] | None = None,
    *,
    words: Words | None = None,
) -> bytes:
    """Return the workbook 企业清单.xlsx for the registers of `catalogue`, with a column for each of `years` where asked.

    `rows` are entries to write, by the name of the register; without them the sheets are empty. `words` are those of another
    workbook made the same way. The same arguments give the same bytes.
    """
    told = words or Words()
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_numbers": False})
    book.set_properties({"title": told.title, "created": _MADE})
    formats = _Formats(book)
    _write_notes(book.add_worksheet("说明"), catalogue, formats, told)
    for register in catalogue.registers.values():
        sheet = book.add_worksheet(register.sheet)
        slots = tuple(slots_of(register, years))
        _write_head(sheet, slots, formats)
        for number, row in enumerate((rows or {}).get(register.name, ()), start=2):
            for at, slot in enumerate(slots):
                if slot.label in row:
                    _write_cell(sheet, number, at, row[slot.label], formats.of(slot))
    book.close()
    return stream.getvalue()


def slots_of(register: RegisterKind, years: Sequence[int]) -> Iterator[Slot]:
    """Yield what the columns of the sheet of `register` hold, from left to right."""
    for column in register.columns:
        if column.by_year:
            yield from (Slot(column, year) for year in years)
        else:
            yield Slot(column)


class _Formats:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#DDEBF7",
                "border": 1,
            }
        )
        self.needed = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#FCE4D6",
                "border": 1,
            }
        )
        self.key = book.add_format({"font_color": "#808080", "font_size": 8, "num_format": "@"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})
        self._text = book.add_format({"num_format": "@"})
        self._amount = book.add_format({"num_format": "0.00"})
        self._count = book.add_format({"num_format": "0"})

    def of(self, slot: Slot) -> Any:
        """The format of the cells of a column."""
        if slot.column.kind in _AS_TEXT:
            return self._text
        return {Kind.AMOUNT: self._amount, Kind.COUNT: self._count, Kind.YEAR: self._count}.get(slot.column.kind)


def _write_head(sheet: Any, slots: Sequence[Slot], formats: _Formats) -> None:
    """The hidden keys, the headings, and what each column takes."""
    for at, slot in enumerate(slots):
        column = slot.column
        width = 30 if column.name in ("名称", "企业名称") else 22 if column.kind is Kind.CODE else 13
        sheet.set_column(at, at, width, formats.of(slot))
        sheet.write_string(0, at, f"[{slot.label}]", formats.key)
        heading = slot.heading.replace("（", "\n（")
        sheet.write_string(1, at, heading, formats.needed if column.required else formats.head)
        sheet.data_validation(2, at, 1 + _ROOM, at, _validation(slot))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, 36)
    sheet.freeze_panes(2, 1)


def _validation(slot: Slot) -> dict[str, Any]:
    column = slot.column
    words = (column.description, constraint_words(scalar_of(column)), "必填" if column.required else "")
    told = {
        "input_title": slot.label[:32],
        "input_message": "。".join(word for word in words if word)[:_MOST_TOLD],
        "error_title": "请核对",
    }
    if column.kind is Kind.CHOICE:
        return {**told, "validate": "list", "source": list(column.choices)}
    if column.kind is Kind.YEAR:
        return {**told, "validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100}
    if column.kind is Kind.COUNT:
        return {**told, "validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
    if column.kind is Kind.AMOUNT:
        return {**told, "validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning"}
    if column.kind is Kind.CODE:
        return {**told, "validate": "length", "criteria": "==", "value": 18, "error_type": "warning"}
    return {**told, "validate": "any"}


def _write_cell(sheet: Any, row: int, at: int, value: str | int | float | Decimal, style: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, at, value, style)
    else:
        sheet.write_number(row, at, value, style)


def _write_notes(sheet: Any, catalogue: Catalogue, formats: _Formats, words: Words) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 90, formats.note)
    sheet.write_string(0, 0, words.heading, formats.title)
    row = 2
    for number, note in enumerate(words.notes, start=1):
        sheet.merge_range(row, 0, row, 2, f"{number}．{note}", formats.note)
        sheet.set_row(row, 32)
        row += 1
    row += 1
    for at, head in enumerate(("工作表", "列", "怎样填")):
        sheet.write_string(row, at, head, formats.head)
    for register in catalogue.registers.values():
        row += 1
        sheet.write_string(row, 0, register.sheet)
        sheet.write_string(row, 2, register.description)
        for column in register.columns:
            row += 1
            sheet.write_string(row, 1, column.name + ("＊" if column.required else ""))
            yearly = "每年一列" if column.by_year else ""
            told = (column.description, constraint_words(scalar_of(column)), yearly, "必填" if column.required else "")
            sheet.write_string(row, 2, "；".join(word for word in told if word))
