"""The sheets of an Excel workbook as its library reads them: what is no workbook, locked, or absurdly large is refused.

Imports next to nothing, so that a workbook can be read before anything else is done, beside it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

TYPE_CHECKING = False  # as typing has it, which takes longer to import than all that is imported here
if TYPE_CHECKING:
    from typing import Any

    from python_calamine import CalamineWorkbook

    Place = tuple[int, int]

MOST_BYTES = 60_000_000
MOST_UNPACKED_BYTES = 400_000_000
MOST_CELLS = 8_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PIECE, _OVERLAP, _BEGINNING = 2**23, 2**9, 2**12
_EXTENT = re.compile(rb'<dimension ref="(?:[A-Z]+[0-9]+:)?([A-Z]+)([0-9]+)"')
_ROW = re.compile(rb'<row [^>]*?\br="([0-9]+)"')
_NEAR_COLUMNS, _NEAR_ROWS = 2, 4  # letters and digits: 702 columns of 9999 rows are within what is read
_FAR = re.compile(rb'r="[A-Z](?:[A-Z](?:[A-Z]|[0-9]{5})|[0-9]{5})')
_CELL = rb'r="([A-Z]{1,3})([0-9]+)"'
_ERROR = b"e", re.compile(rb'e(?<=t="e)"')
_ERROR_CELL = rb'<(?:\w+:)?c [^>]*?\bt="e"'
_FORMULA = b"f", re.compile(rb"f(?<=[<:]f)[ >]")
"""This and the mark of an error come with the letter that they begin with, which few cells hold: megabytes are passed over at a glance."""
_FORMULA_CELL = (
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"
)
_SHEETS = "xl/worksheets/"
_SAVE_AS = "请用 Excel、WPS 或 LibreOffice 打开，另存为“Excel 工作簿（*.xlsx）”"
_OTHER_KINDS = {
    "content.xml": "OpenDocument 表格（.ods）",
    "xl/workbook.bin": "二进制工作簿（.xlsb）",
    "word/document.xml": "Word 文件",
    "ppt/presentation.xml": "PowerPoint 文件",
}
"""What a packed file that is no workbook is, by a part that it holds."""
OTHER_WORKBOOKS = (".xls", ".et", ".xlsm", ".xlsb", ".ods")
"""The suffixes of tables that must be saved as .xlsx before they are read: errors in cells, and formulas without a result, go
unnoticed in them."""


class UnreachableError(Exception):
    """The workbook can't even be opened."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class RefusedError(Exception):
    """The file is no workbook, or one that is not read: `locked`, or `too_big` for the memory of an office computer."""

    def __init__(self, message: str, remedy: str = _SAVE_AS, *, locked: bool = False, too_big: bool = False) -> None:
        super().__init__(message)
        self.message, self.remedy, self.locked, self.too_big = message, remedy, locked, too_big


class Sheet:
    """A sheet as it was read: its rows from the first, its merged ranges (first and last row and column, from 0), and the cells
    that come without a value: `errors` with an error value, `uncomputed` with a formula stored without a result.
    `reserved`: a program keeps it for itself, and no menu shows it.
    """

    __slots__ = ("errors", "merged", "name", "reserved", "rows", "uncomputed")

    def __init__(
        self,
        name: str,
        rows: list[list[Any]],
        merged: tuple[tuple[Place, Place], ...],
        without: _Without,
        *,
        reserved: bool,
    ) -> None:
        self.name, self.rows, self.merged, self.reserved = name, rows, merged, reserved
        self.errors, self.uncomputed = without.errors, without.uncomputed


def read_sheets(path: Path) -> list[Sheet]:
    """Return all sheets of the workbook at `path`. Raises UnreachableError, RefusedError, and whatever the library fails with."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreachableError(error) from error
    _check_kind(data, path.name)
    return _sheets(path, data, _checked(data, path.name))


def _check_kind(data: bytes, file: str) -> None:
    if len(data) > MOST_BYTES:
        raise RefusedError(f"{file} 超过 {MOST_BYTES // 1_000_000} MB", "请检查是否选错了文件", too_big=True)
    if data.startswith(_OLD_OFFICE):
        if _LOCKED in data:
            remedy = "请用 Excel 或 WPS 打开，去掉打开密码后保存"
            raise RefusedError(f"{file} 加了打开密码，读不出来", remedy, locked=True)
        raise RefusedError(f"{file} 是旧版 Excel 文件，不是 Excel 工作簿（.xlsx）")
    if not data.startswith(b"PK"):
        raise RefusedError(f"{file} 不是 Excel 工作簿，可能是改了名的文件")


class _Without:
    """The cells of a sheet that come without a value."""

    __slots__ = ("errors", "uncomputed")

    def __init__(self, errors: frozenset[Place] = frozenset(), uncomputed: frozenset[Place] = frozenset()) -> None:
        self.errors, self.uncomputed = errors, uncomputed


def _sheets(path: Path, data: bytes, without: Mapping[str, _Without]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = []
    with _opened(path, data) as book:
        for each in book.sheets_metadata:
            if each.typ is not SheetTypeEnum.WorkSheet:
                continue
            cells = book.get_sheet_by_name(each.name)
            rows = cells.to_python(skip_empty_area=False)
            merged = tuple(cells.merged_cell_ranges or ())
            reserved = each.visible is SheetVisibleEnum.VeryHidden
            sheets.append(Sheet(each.name, rows, merged, without.get(each.name, _Without()), reserved=reserved))
    return sheets


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
    too_big = RefusedError(f"{file} 的表格范围太大", remedy, too_big=True)
    with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="latin-1") as archive:  # all names that matter are ASCII
        parts = archive.infolist()
        _check_parts({part.filename for part in parts}, file)
        if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
            raise too_big
        for part in parts:
            is_sheet = part.filename.startswith(_SHEETS) and part.filename.endswith(".xml")
            if not is_sheet or _is_plain(archive, part):
                continue
            xml = archive.read(part)
            if _FAR.search(xml) and _area(xml) > MOST_CELLS:
                raise too_big
            errors, uncomputed = _error_cells(xml), _uncomputed_cells(xml)
            if errors or uncomputed:
                without[_sheet_name(archive, part.filename)] = _Without(errors, uncomputed)
    return without


def _is_plain(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a sheet surely has no cell far out, no error value and no formula; where not, it needs a closer look.

    It is passed through piece by piece, so that a huge one takes no more memory than a large one; most are one piece, which others
    need not be interrupted for. What it says of its own extent is believed where it is right about the last row.
    """
    before, extent, last = b"", None, None
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            xml = before + piece
            if _holds(xml, *_ERROR) or _holds(xml, *_FORMULA):
                return False
            if not before:
                extent = _EXTENT.search(xml, 0, _BEGINNING)
            last = _ROW.match(xml, max(xml.rfind(b"<row "), 0)) or last
            before = xml[-_OVERLAP:]
    if extent is None or last is None or extent[2] != last[1]:
        return False
    return len(extent[1]) <= _NEAR_COLUMNS and len(extent[2]) <= _NEAR_ROWS


def _holds(xml: bytes, letter: bytes, mark: re.Pattern[bytes]) -> bool:
    place = xml.find(letter)
    while place >= 0:
        if mark.match(xml, place):
            return True
        place = xml.find(letter, place + 1)
    return False


def _check_parts(names: Collection[str], file: str) -> None:
    if what := next((what for part, what in _OTHER_KINDS.items() if part in names), ""):
        raise RefusedError(f"{file} 是{what}，不是 Excel 工作簿（.xlsx）")


def _area(xml: bytes) -> int:
    columns, rows = 1, 1
    for letters, digits in set(re.findall(_CELL, xml)):
        columns, rows = max(columns, _column(letters) + 1), max(rows, int(digits))
    return columns * rows


def _error_cells(xml: bytes) -> frozenset[Place]:
    cells = (re.search(_CELL, found) for found in re.findall(_ERROR_CELL, xml))
    return frozenset((int(cell[2]) - 1, _column(cell[1])) for cell in cells if cell)


def _uncomputed_cells(xml: bytes) -> frozenset[Place]:
    """The cells with a formula and no result; that of a formula whose result is an empty text says so by its kind."""
    cells = (re.search(_CELL, found) for found in re.findall(_FORMULA_CELL, xml) if b't="str"' not in found)
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
