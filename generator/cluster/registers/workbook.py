"""An Excel workbook from its bytes, guarded: what is no workbook, locked, or absurdly large is a finding."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid, Merged
from generator.errors import reason_of
from generator.findings import Position
from generator.frozen import dataclass

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_BYTES = 60_000_000
MOST_UNPACKED_BYTES = 400_000_000
MOST_CELLS = 8_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FAR = re.compile(rb'r="[A-Z](?:[A-Z](?:[A-Z]|[0-9]{5})|[0-9]{5})')
_CELL = re.compile(rb'r="([A-Z]{1,3})([0-9]+)"')
_ERROR = re.compile(rb'e(?<=t="e)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\bt="e"')
_FORMULA = re.compile(rb"f(?<=[<:]f)[ >]")
"""This and the mark of an error begin with the letter that few cells hold: megabytes are passed over at a glance."""
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"
)
_SHEET_PART = re.compile(r"xl/worksheets/.*\.xml")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"


def read_workbook(
    path: Path, findings: Collector, read: Callable[[], tuple[Grid, ...]] | None = None
) -> tuple[Grid, ...] | None:
    """Return the sheets of the workbook at `path` that hold anything. None, with a finding, where it can't be read.

    `read` gives them, as `sheets_at` does, where they are being read already.
    """
    try:
        return sheets_at(path) if read is None else read()
    except _UnreachableError as error:
        message = f"读不到 {path.name}：{reason_of(error.cause)}"
        findings.add(Code.WORKBOOK_UNREADABLE, message, Position(path.name), remedy="请检查这个文件能否打开")
        return None
    except _RefusedError as refused:
        problem = refused
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reading library is no Exception
        problem = _RefusedError(Code.WORKBOOK_UNREADABLE, f"{path.name} 打不开，文件可能没有传完整或已损坏")
    expected = "Excel 工作簿（.xlsx）"
    findings.add(problem.code, problem.message, Position(path.name), expected=expected, remedy=problem.remedy)
    return None


def sheets_at(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of the workbook at `path` that hold anything. Raises what `read_workbook` makes findings of."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _UnreachableError(error) from error
    _check_kind(data, path.name)
    return _sheets(path, data, _checked(data, path.name))


class _UnreachableError(Exception):
    """The workbook can't even be opened."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _RefusedError(Exception):
    """The workbook is none, is locked, or would not fit the memory of an office computer."""

    def __init__(self, code: Code, message: str, remedy: str = _SAVE_AS) -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


def _check_kind(data: bytes, file: str) -> None:
    if len(data) > MOST_BYTES:
        raise _RefusedError(Code.WORKBOOK_TOO_BIG, f"{file} 超过 {MOST_BYTES // 1_000_000} MB", "请检查是否选错了文件")
    if data.startswith(_OLD_OFFICE):
        if _LOCKED in data:
            remedy = "请用 Excel 或 WPS 打开，去掉打开密码后保存"
            raise _RefusedError(Code.WORKBOOK_LOCKED, f"{file} 加了打开密码，读不出来", remedy)
        raise _RefusedError(Code.WORKBOOK_UNREADABLE, f"{file} 是旧版 Excel 文件改了名")
    if not data.startswith(b"PK"):
        raise _RefusedError(Code.WORKBOOK_UNREADABLE, f"{file} 不是 Excel 工作簿，可能是改了名的文件")


@dataclass(frozen=True)
class _Without:
    """The cells of a sheet that come without a value: with an error, or with a formula stored without a result."""

    errors: frozenset[tuple[int, int]] = frozenset()
    uncomputed: frozenset[tuple[int, int]] = frozenset()


def _sheets(path: Path, data: bytes, without: Mapping[str, _Without]) -> tuple[Grid, ...]:
    from python_calamine import SheetTypeEnum

    grids = []
    with _opened(path, data) as book:
        for sheet in book.sheets_metadata:
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            cells = book.get_sheet_by_name(sheet.name)
            rows = cells.to_python(skip_empty_area=False)
            merged = tuple(Merged(*first, *last) for first, last in cells.merged_cell_ranges or ())
            empty = without.get(sheet.name, _Without())
            grid = Grid(path.name, sheet.name, rows, merged, errors=empty.errors, uncomputed=empty.uncomputed)
            if any(grid.filled(row) for row in range(len(rows))) or grid.errors or grid.uncomputed:
                grids.append(grid)
    return tuple(grids)


def _opened(path: Path, data: bytes) -> CalamineWorkbook:
    """The workbook at `path`, whose bytes are `data`: of the file itself the library reads without the interpreter, and lets
    others work meanwhile; but it takes the file for what its name says.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _checked(data: bytes, file: str) -> dict[str, _Without]:
    """Return the cells without a value by sheet; raise for what would not fit in memory.

    The reading library lays a sheet out in full, up to its farthest cell, and gives error values, and formulas that nobody has
    computed, as empty.
    """
    without: dict[str, _Without] = {}
    remedy = "多半是很远的地方误写了一格：请按 Ctrl+End 找到并删去，再保存"
    too_big = _RefusedError(Code.WORKBOOK_TOO_BIG, f"{file} 的表格范围太大", remedy)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
            raise too_big
        for part in parts:
            if not _SHEET_PART.fullmatch(part.filename):
                continue
            xml = archive.read(part)
            if _FAR.search(xml) and _area(xml) > MOST_CELLS:
                raise too_big
            errors = _error_cells(xml) if _ERROR.search(xml) else frozenset()
            uncomputed = _uncomputed_cells(xml) if _FORMULA.search(xml) else frozenset()
            if errors or uncomputed:
                without[_sheet_name(archive, part.filename)] = _Without(errors, uncomputed)
    return without


def _area(xml: bytes) -> int:
    columns, rows = 1, 1
    for letters, digits in set(_CELL.findall(xml)):
        columns, rows = max(columns, _column(letters) + 1), max(rows, int(digits))
    return columns * rows


def _error_cells(xml: bytes) -> frozenset[tuple[int, int]]:
    cells = (_CELL.search(found) for found in _ERROR_CELL.findall(xml))
    return frozenset((int(cell[2]) - 1, _column(cell[1])) for cell in cells if cell)


def _uncomputed_cells(xml: bytes) -> frozenset[tuple[int, int]]:
    """The cells with a formula and no result; that of a formula whose result is an empty text says so by its kind."""
    cells = (_CELL.search(found) for found in _FORMULA_CELL.findall(xml) if b't="str"' not in found)
    return frozenset((int(cell[2]) - 1, _column(cell[1])) for cell in cells if cell)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_name(archive: zipfile.ZipFile, part: str) -> str:
    """The name of the sheet whose content is `part`, by way of the workbook's relations."""
    from xml.etree import ElementTree

    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = part.removeprefix("xl/")
    wanted = next(
        (each.get("Id") for each in relations if (each.get("Target") or "").removeprefix("/xl/") == target), None
    )
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet") and wanted in element.attrib.values():
            return element.get("name") or ""
    return ""
