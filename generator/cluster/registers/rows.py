"""The rows below a heading, as the entries of a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from generator.cluster.catalogue import NUMERIC, Kind, RegisterKind
from generator.cluster.codes import Code, Collector
from generator.cluster.model import Entry
from generator.cluster.registers.cells import EXACT, read_cell
from generator.cluster.registers.grid import Cell, Grid, blank, text_of
from generator.cluster.registers.heading import Heading, Slot
from generator.cluster.scalars import NOTHING, Problem, doubt, plain
from generator.cluster.shape import Scalar, scalar_of
from generator.cluster.values import NIL, Given, Value

_TOTALS = ("合计", "总计", "小计", "共计", "总和")


def read_entries(grid: Grid, heading: Heading, register: RegisterKind, findings: Collector) -> tuple[Entry, ...] | None:
    """Return the entries of `register` that stand in `grid` below `heading`; None where the sheet was left empty.

    A sheet whose only row says 无 states that there are none. Rows of totals are passed over.
    """
    sheet = _Sheet(grid, heading, register, findings)
    entries: list[Entry] = []
    nothing = False
    for row in range(heading.row + 1, len(grid.rows)):
        if findings.full:
            break
        cells = grid.rows[row]
        if not any(cell != "" and not blank(cell) for cell in cells) or sheet.is_apart(row):
            continue
        if sheet.says_nothing(row):
            nothing = True
            continue
        entry = sheet.entry(row)
        if entry is not None:
            entries.append(entry)
    return tuple(entries) if entries or nothing else None


@dataclass(frozen=True)
class _Reader:
    """How the cells of a column are read: its place, what it holds, and what that must be."""

    at: int
    slot: Slot
    shape: Scalar

    seen: dict[tuple[type, Cell], tuple[Value | None, Problem | None]] = field(default_factory=dict)

    @property
    def plain(self) -> Kind | None:
        """The kind of number, where every one that is not negative will do."""
        minimum = self.shape.minimum
        low = minimum is None or minimum <= 0
        kind = self.shape.kind
        return kind if kind in (Kind.AMOUNT, Kind.COUNT) and low and self.shape.maximum is None else None

    def read(self, cell: Cell) -> tuple[Value | None, Problem | None]:
        """Return the value of `cell`, if it has one, and what is wrong with or odd in it. Columns say the same over and over."""
        found = self.seen.get((type(cell), cell))
        if found is None:
            value = read_cell(cell, self.shape)
            found = (None, value) if isinstance(value, Problem) else (value, doubt(value, self.shape))
            self.seen[type(cell), cell] = found
        return found


class _Sheet:
    """One sheet under reading: its columns in the order of reading, and what merged cells hold."""

    def __init__(self, grid: Grid, heading: Heading, register: RegisterKind, findings: Collector) -> None:
        self._grid = grid
        self._register = register
        self._findings = findings
        self._main = next(at for at, slot in heading.slots.items() if slot.column is register.columns[0])
        columns = [_Reader(at, slot, scalar_of(slot.column)) for at, slot in heading.slots.items()]
        self._texts = [each for each in columns if each.slot.year is None]
        self._numbers = [
            (each.at, (each.slot.column.name, each.slot.year), each, each.plain)
            for each in columns
            if each.slot.year is not None
        ]
        self._places = {key: at + 1 for at, key, _, _ in self._numbers}
        self._width = 1 + max(heading.slots)
        self._errors = {(row, at) for row, at in grid.errors if row > heading.row and at in heading.slots}
        self._merged: dict[int, dict[int, Cell]] = {}
        for row, at, cell in self._spread(heading):
            self._merged.setdefault(row, {})[at] = cell

    def _spread(self, heading: Heading) -> Iterator[tuple[int, int, Cell]]:
        """What the lower cells of a merged range mean: the same text; a number counts once."""
        for merged in self._grid.merged:
            bottom = min(merged.bottom, len(self._grid.rows) - 1)
            slot = heading.slots.get(merged.left)
            if slot is None or merged.top <= heading.row or bottom <= merged.top:
                continue
            cell = self._grid.rows[merged.top][merged.left]
            if blank(cell):
                continue
            if slot.column.kind in NUMERIC or slot.column.unique:
                message = "几行合并成一格，只算在第一行上"
                position = self._grid.position(merged.top, merged.left)
                remedy = "请取消合并，逐行填写"
                path = (self._register.sheet, slot.label)
                self._findings.add(Code.MERGED_NUMBER, message, position, path, found=text_of(cell), remedy=remedy)
            else:
                for row in range(merged.top + 1, bottom + 1):
                    yield row, merged.left, cell

    def is_apart(self, row: int) -> bool:
        """Whether `row` is no entry but a sum of others."""
        first = next((text_of(cell) for cell in self._grid.rows[row] if not blank(cell)), "")
        return first in _TOTALS or self._main_text(row) in _TOTALS

    def says_nothing(self, row: int) -> bool:
        """Whether `row` states that there is no entry."""
        return self._main_text(row) == NOTHING

    def _main_text(self, row: int) -> str:
        cells = self._grid.rows[row]
        return text_of(cells[self._main]).replace(" ", "") if self._main < len(cells) else ""

    def entry(self, row: int) -> Entry | None:
        cells = list(self._grid.rows[row])
        cells += [""] * (self._width - len(cells))
        for at, cell in self._merged.get(row, {}).items():
            cells[at] = cell
        name = text_of(cells[self._main])
        columns: dict[str, Given] = {}
        for each in self._texts:
            cell = cells[each.at]
            if cell == "" or blank(cell):
                if each.slot.column.required and not self._refused(row, each, name):
                    self._report_missing(row, each, name)
                continue
            given = self._given(row, each, cell, name)
            if given is not None:
                columns[each.slot.column.name] = given
        numbers = self._numbers_of(row, cells, name)
        if self._register.columns[0].name not in columns:
            return None
        return Entry(columns, self._grid.position(row, self._main), numbers, self._places)

    def _numbers_of(self, row: int, cells: list[Cell], name: str) -> Mapping[tuple[str, int], Decimal]:
        numbers: dict[tuple[str, int], Decimal] = {}
        for at, key, each, plain_number in self._numbers:
            cell = cells[at]
            if cell == "":
                if self._errors:
                    self._refused(row, each, name)
            elif plain_number and type(cell) is float and 0 <= cell < EXACT and cell.is_integer():
                numbers[key] = Decimal(int(cell))
            elif plain_number is Kind.AMOUNT and type(cell) is float and 0 <= cell < EXACT:
                numbers[key] = Decimal(repr(cell))
            elif not blank(cell):
                given = self._given(row, each, cell, name)
                if given is not None:
                    numbers[key] = given.value if isinstance(given.value, Decimal) else Decimal(0)
        return numbers

    def _given(self, row: int, each: _Reader, cell: Cell, name: str) -> Given | None:
        value, problem = each.read(cell)
        position = self._grid.position(row, each.at)
        if problem is not None:
            path = (self._register.sheet, name, each.slot.label)
            self._findings.add(
                problem.code, problem.message, position, path,
                found=text_of(cell), expected=problem.expected, remedy=problem.remedy,
            )  # fmt: skip
        if value is None:
            return None
        return Given(value, _written(value), position)

    def _refused(self, row: int, each: _Reader, name: str) -> bool:
        """Report a cell that is empty because it holds an error value."""
        if (row, each.at) not in self._errors:
            return False
        path, remedy = (self._register.sheet, name, each.slot.label), "请改正公式，或直接写出内容"
        position = self._grid.position(row, each.at)
        self._findings.add(Code.ERROR_CELL, "这一格是错误值（#REF! 之类），没有读入", position, path, remedy=remedy)
        return True

    def _report_missing(self, row: int, each: _Reader, name: str) -> None:
        message = f"缺少“{each.slot.label}”" + ("，这一行没有读" if each.at == self._main else "")
        path = (self._register.sheet, name or f"第{row + 1}行", each.slot.label)
        remedy = f"请填写；可填：{'、'.join(each.shape.choices)}" if each.shape.choices else "请填写，或删去这一行"
        self._findings.add(Code.MISSING_CELL, message, self._grid.position(row, each.at), path, remedy=remedy)


def _written(value: Value) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if value is NIL:
        return NOTHING
    return "、".join(value) if isinstance(value, tuple) else str(value)
