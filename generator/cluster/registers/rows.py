"""The rows below a heading, as the entries of a register: read column by column, told of row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import repeat
from operator import itemgetter

from generator.cluster.catalogue import NUMERIC, Kind, RegisterKind
from generator.cluster.codes import Code, Collector
from generator.cluster.columns import Entries
from generator.cluster.recurring import Recurring
from generator.cluster.registers.cells import EXACT, MOMENTS, read_cell
from generator.cluster.registers.clean import is_clean
from generator.cluster.registers.grid import Cell, Grid, blank, text_of
from generator.cluster.registers.heading import Heading, Slot, main_column
from generator.cluster.registers.totals import check_totals, says_total
from generator.cluster.scalars import NOTHING, STAND_INS, Problem, doubt
from generator.cluster.shape import Scalar, scalar_of
from generator.cluster.table import Exact, NumberColumn, Pattern, Table, exact_column, gives_any
from generator.cluster.values import NIL, Value, written
from generator.frozen import dataclass

_Read = tuple[Value | None, str, Problem | None]
_ABSENT: _Read = (None, "", None)
# Compiled when a name in doubt comes: most sheets have none.
_NOTE = (
    r"[（(※*]*((注|备注|附注|说明|填[表报]说明|填[表报]人|填[表报]单位|填[表报]日期|制表|审核|复核|单位负责人|负责人|联系人"
    r"|数据来源|资料来源)[^:：]{0,6}[:：]|注[0-9一二三四五]|以上数据|上述数据|本表|数据截至|统计口径)"
)
_CAPTION = "[一二三四五六七八九十]{1,3}、"
_MAYBE_OTHER = re.compile("[计总共均汇A-Za-z:：注据表径、]")
"""What every total, note and caption (一、制造类) holds and few names do; a cheap question for thousands of rows."""


def read_entries(grid: Grid, heading: Heading, register: RegisterKind, findings: Collector) -> Entries | None:
    """Return the entries of `register` that stand in `grid` below `heading`; None where the sheet was left empty.

    A sheet whose only row says 无 states that there are none. Rows of totals are no entries, but held against them; the notes below
    the table are passed over.
    """
    sheet = _Sheet(grid, heading, register, findings)
    rows: Sequence[int] = range(heading.row + 1, len(grid.rows))
    nothing: list[int] = []
    unnamed = {row: sheet.holds(row) for row in sheet.doubtful(rows) if not sheet.names(row)}
    totals = [row for row, held in unnamed.items() if not held and grid.filled(row)]
    if unnamed:
        rows = [row for row in rows if unnamed.get(row, True)]
    if any(unnamed.values()):
        kept = sheet.without_notes(rows)
        nothing = [row for row in kept if sheet.says_nothing(row)]
        rows = [row for row in kept if row not in nothing]
    entries, end = sheet.entries(sheet.of_right_length(rows))
    if entries:
        sheet.tell_missing_columns(heading)
    if totals:
        check_totals(grid, heading, register, entries.table, totals, findings)
    return entries if entries or any(row < end for row in nothing) else None


def _told_apart(cells: Recurring[Cell], column: Sequence[Cell]) -> Recurring[Cell]:
    """Return `cells`, those of `column`, with a truth value never taken for a number: Python finds True and 1.0 equal."""
    if (0 in cells.things or 1 in cells.things) and not set(map(type, column)) <= {str, float}:
        return Recurring.of(zip(map(type, column), column, strict=True)).each(itemgetter(1))
    return cells


@dataclass(frozen=True)
class _Reader:
    """How the cells of a column are read: its place, what it holds, and what that must be."""

    at: int
    slot: Slot
    shape: Scalar

    @property
    def asking(self) -> str:
        """What to do where the column is empty and may not be."""
        choices = "、".join(self.shape.choices)
        return f"请填写；可填：{choices}；不是名录的一行就删去" if choices else "请填写，或删去这一行"

    @property
    def plain(self) -> Kind | None:
        """The kind of number, where every one that is not negative will do."""
        minimum = self.shape.minimum
        low = minimum is None or minimum <= 0
        kind = self.shape.kind
        return kind if kind in (Kind.AMOUNT, Kind.COUNT) and low and self.shape.maximum is None else None

    def read(self, cell: Cell) -> _Read:
        """Return the value of `cell`, if it has one, that as a text, and what is wrong with or odd in it."""
        value = read_cell(cell, self.shape)
        if self.slot.column.required and (value is NIL or value in STAND_INS):
            remedy = self.asking + ("" if self.shape.choices else "；一条也没有的，只在名称里写 无")
            value = Problem(Code.MISSING_CELL, f"“{written(value)}”不能当作“{self.slot.label}”", remedy=remedy)
        if isinstance(value, Problem):
            return None, "", value
        return value, written(value), doubt(value, self.shape)

    def plain_numbers(self, cells: Sequence[Cell], like: Pattern | None) -> Exact | None:
        """Return the numbers of a column that holds nothing but plain ones and empty cells; None for any other column.

        `like` is the pattern of another, which it may share.
        """
        kind = self.plain
        numbers = None if kind is None else exact_column(cells, like)
        return None if numbers is None or (kind is Kind.COUNT and not numbers.whole) else numbers


class _Sheet:
    """One sheet under reading: its columns in the order of reading, and what merged cells hold."""

    def __init__(self, grid: Grid, heading: Heading, register: RegisterKind, findings: Collector) -> None:
        self._grid = grid
        self._register = register
        self._findings = findings
        self._main = main_column(heading.slots, register)
        columns = [_Reader(at, slot, scalar_of(slot.column)) for at, slot in heading.slots.items()]
        self._texts = [each for each in columns if each.slot.year is None]
        self._numbers = [each for each in columns if each.slot.year is not None]
        self._places = {(each.slot.column.name, each.slot.year or 0): each.at + 1 for each in self._numbers}
        self._width = 1 + max(heading.slots)
        self._length = max(self._width, len(grid.rows[heading.row]))
        without = grid.errors | grid.uncomputed
        self._errors = {(row, at) for row, at in without if row > heading.row and at in heading.slots}
        self._patterns: dict[int, Pattern] = {}
        self._dates: dict[tuple[Kind, type, Cell], _Read] = {}
        self._told: dict[int, list[tuple[bool, Callable[[], object]]]] = {}
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

    def doubtful(self, rows: Sequence[int]) -> Sequence[int]:
        """Return those of `rows` that, seen at one glance, may begin with something else than the name of an entry."""
        firsts = [cells[0] if cells else "" for cells in self._grid.rows[rows[0] :]] if rows and not self._main else []
        if set(map(type, firsts)) != {str}:
            return rows
        joined = "".join(firsts)
        if not joined.isprintable():
            return rows
        if " " in joined:
            firsts = [first.replace(" ", "") for first in firsts]
        if "" not in firsts and NOTHING not in firsts and _MAYBE_OTHER.search(joined) is None:
            return ()
        cells = zip(rows, firsts, strict=True)
        return [row for row, first in cells if first in ("", NOTHING) or _MAYBE_OTHER.search(first)]

    def names(self, row: int) -> bool:
        """Whether `row` begins with the name of an entry; where it doesn't, it is worth a closer look."""
        cells = self._grid.rows[row]
        first = cells[self._main] if cells and not self._main else None
        if type(first) is not str or first.replace(" ", "") in ("", NOTHING) or not first.isprintable():
            return False
        said = first.strip()
        return not says_total(first) and re.match(_NOTE, said) is None and re.match(_CAPTION, said) is None

    def holds(self, row: int) -> bool:
        """Whether anything stands in `row` that is no sum of others."""
        cells = self._grid.rows[row]
        first = next((cell for cell in cells if cell != "" and not blank(cell)), None)
        return first is not None and not says_total(text_of(first)) and not says_total(self._main_text(row))

    def without_notes(self, rows: Sequence[int]) -> Sequence[int]:
        """Return `rows` without captions between them and the notes below the table: from the first that begins like one, those
        that lack what every entry must have. They are named."""
        grid = self._grid
        begin = next((at for at, row in enumerate(rows) if self._is_note(row)), len(rows))
        notes = [row for row in rows[:begin] if self._is_caption(row)]
        notes += [row for row in rows[begin:] if self._is_note(row) or not self._has_more_than_name(row)]
        if not notes:
            return rows
        first = [next(at for at, cell in enumerate(grid.rows[row]) if not blank(cell)) for row in notes]
        texts = (text_of(grid.rows[row][at]) for row, at in zip(notes, first, strict=True))
        message, remedy = f"有 {len(notes)} 行像是说明或分类的标题，没有读", "是说明就不用管；不是的，请写成名录的一行"
        self._findings.add(
            Code.NOTES_LEFT_OUT, message, grid.position(notes[0], first[0]), (self._register.sheet,),
            found="、".join(texts), remedy=remedy,
        )  # fmt: skip
        return [row for row in rows if row not in notes]

    def _is_note(self, row: int) -> bool:
        first = next((cell for cell in self._grid.rows[row] if cell != "" and not blank(cell)), "")
        return isinstance(first, str) and re.match(_NOTE, first.strip()) is not None

    def _is_caption(self, row: int) -> bool:
        """Whether `row` holds nothing but the caption of the rows below it, in a register that asks for more than a name."""
        asked = any(each.slot.column.required and each.at != self._main for each in self._texts)
        alone = sum(cell != "" and not blank(cell) for cell in self._grid.rows[row]) == 1
        return asked and alone and re.match(_CAPTION, self._main_text(row)) is not None

    def _has_more_than_name(self, row: int) -> bool:
        """Whether `row` gives what every entry must have besides its name; nothing where no more is asked."""
        cells = self._grid.rows[row]
        needed = [each.at for each in self._texts if each.slot.column.required and each.at != self._main]
        return any(at < len(cells) and not blank(cells[at]) for at in needed)

    def of_right_length(self, rows: Sequence[int]) -> Sequence[int]:
        """Return `rows` without those of a .csv file that go on beyond its heading: a comma too many has moved their cells."""
        grid = self._grid
        if not grid.lines:
            return rows
        kept = []
        for row in rows:
            if all(map(blank, grid.rows[row][self._length :])):
                kept.append(row)
                continue
            message = f"这一行比表头多出 {len(grid.rows[row]) - self._length} 格，没有读"
            remedy = "多半是数字里有千分位逗号，或文字里有逗号：请去掉逗号，或给这一格加双引号"
            path = (self._register.sheet, self._main_text(row))
            self._findings.add(Code.ROW_TOO_LONG, message, grid.position(row, self._length), path, remedy=remedy)
        return kept

    def tell_missing_columns(self, heading: Heading) -> None:
        """Report the columns that every entry must have and the sheet has not."""
        for column in heading.lacking:
            choices = f"，每行填：{'、'.join(column.choices)}" if column.choices else ""
            self._findings.add(
                Code.MISSING_CELL, f"表头里没有“{column.name}”这一列", self._grid.position(heading.row),
                (self._register.sheet, column.name), remedy=f"请加上这一列{choices}",
            )  # fmt: skip

    def says_nothing(self, row: int) -> bool:
        """Whether `row` states that there is no entry."""
        return self._main_text(row) == NOTHING

    def _main_text(self, row: int) -> str:
        cells = self._grid.rows[row]
        return text_of(cells[self._main]).replace(" ", "") if self._main < len(cells) else ""

    def entries(self, rows: Sequence[int]) -> tuple[Entries, int]:
        """Return the entries of `rows`, and the row before which reading ended: beyond the last, or where too much was found."""
        grid = self._grid
        table = Table(
            grid.file,
            grid.sheet,
            [grid.lines[row] if grid.lines else row + 1 for row in rows],
            {each.slot.column.name: each.at + 1 for each in self._texts},
        )
        readers = {each.at: each for each in (*self._texts, *self._numbers)}
        # A column is done with before the next is laid out: its cells, strewn over memory, are still at hand then.
        columns = zip(*self._cells(rows), strict=False) if rows else repeat((), self._width)
        for at, column in enumerate(columns):
            if (each := readers.get(at)) is not None:
                (self._read_texts if each.slot.year is None else self._read_numbers)(each, rows, column, table)
        end = self._tell(rows)
        main = table.values[self._register.columns[0].name]
        kept: Sequence[int] = range(len(rows))
        if None in main or (rows and rows[-1] >= end):
            kept = [at for at in kept if rows[at] < end and main[at] is not None]
        return Entries(table, kept, self._main + 1, self._places), end

    def _cells(self, rows: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """The cells of `rows`, for every column of the heading, with what merged cells hold."""
        found = [self._grid.rows[row] for row in rows]
        if not self._merged and min(map(len, found), default=0) >= self._width:
            return found
        return [self._widened(row) for row in rows]

    def _widened(self, row: int) -> Sequence[Cell]:
        cells = self._grid.rows[row]
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        merged = self._merged.get(row)
        return cells if merged is None else [merged.get(at, cell) for at, cell in enumerate(cells)]

    def _read_texts(self, each: _Reader, rows: Sequence[int], column: Sequence[Cell], table: Table) -> None:
        name, required = each.slot.column.name, each.slot.column.required
        if not required:
            self._tell_errors(each, rows, column)
        cells = Recurring.of_few(column)
        distinct = column if cells is None else cells.things
        lacking = required and ("" in distinct or not STAND_INS.isdisjoint(distinct))
        if not lacking and is_clean(distinct, each.shape):
            values = [cell or None for cell in distinct]
            table.values[name] = values if cells is None else Recurring(cells.codes, values)
            table.texts[name] = column if cells is None else cells
            return
        cells = _told_apart(cells or Recurring.of(column), column)
        read = [_ABSENT if blank(cell) else self._read(each, cell) for cell in cells.things]
        table.values[name] = Recurring(cells.codes, [found[0] for found in read])
        table.texts[name] = Recurring(cells.codes, [found[1] for found in read])
        odd = {code for code, found in enumerate(read) if found[2] or (required and found is _ABSENT)}
        for number, code in enumerate(cells.codes if odd else ()):
            if code in odd:
                problem = read[code][2]
                if problem is None:
                    self._later(rows[number], each, self._report_missing)
                else:
                    self._later(rows[number], each, self._report, column[number], problem)

    def _read(self, each: _Reader, cell: Cell) -> _Read:
        """What `each` reads; of dates, which come up again in one column after the other, once, where none must be given."""
        if each.shape.kind not in MOMENTS or each.shape.choices or each.slot.column.required:
            return each.read(cell)
        key = each.shape.kind, type(cell), cell
        if key not in self._dates:
            self._dates[key] = each.read(cell)
        return self._dates[key]

    def _tell_errors(self, each: _Reader, rows: Sequence[int], column: Sequence[Cell]) -> None:
        """Note the cells of a column that are empty since they hold an error, or a formula that nobody has computed."""
        for number, row in enumerate(rows if self._errors else ()):
            if column[number] == "" and (row, each.at) in self._errors:
                self._later(row, each, self._refused)

    def _read_numbers(self, each: _Reader, rows: Sequence[int], column: Sequence[Cell], table: Table) -> None:
        self._tell_errors(each, rows, column)
        if not any(column) and set(column) <= {""}:
            return
        year = each.slot.year or 0
        plain = each.plain_numbers(column, self._patterns.get(year))
        numbers: NumberColumn
        if plain is not None:
            numbers, self._patterns[year] = plain, plain.pattern
        else:
            numbers = [self._number(each, row, cell) for row, cell in zip(rows, column, strict=True)]
        if gives_any(numbers):
            table.numbers[each.slot.column.name, year] = numbers

    def _number(self, each: _Reader, row: int, cell: Cell) -> Decimal | None:
        if cell == "" or blank(cell):
            return None
        if type(cell) is float and each.plain is not None and 0 <= cell < EXACT:
            if cell.is_integer():
                return Decimal(int(cell))
            if each.plain is Kind.AMOUNT:
                return Decimal(repr(cell))
        value, _, problem = each.read(cell)
        if problem is not None:
            self._later(row, each, self._report, cell, problem)
        if value is None:
            return None
        return value if isinstance(value, Decimal) else Decimal(0)

    def _tell(self, rows: Sequence[int]) -> int:
        """Report what was found, row by row, until it is more than anyone reads; return the row before which that was."""
        if self._findings.full:
            return 0
        for row in sorted(self._told):
            for _, report in sorted(self._told[row], key=itemgetter(0)):  # of a row, the texts before the numbers
                report()
            if self._findings.full:
                return row + 1
        return len(self._grid.rows)

    def _later(self, row: int, each: _Reader, report: Callable[..., object], *what: object) -> None:
        self._told.setdefault(row, []).append((each.slot.year is not None, partial(report, row, each, *what)))

    def _path(self, row: int, each: _Reader) -> tuple[str, ...]:
        return self._register.sheet, text_of(self._widened(row)[self._main]) or f"第{row + 1}行", each.slot.label

    def _report(self, row: int, each: _Reader, cell: Cell, problem: Problem) -> None:
        self._findings.add(
            problem.code, problem.message, self._grid.position(row, each.at), self._path(row, each),
            found=text_of(cell), expected=problem.expected, remedy=problem.remedy,
        )  # fmt: skip

    def _refused(self, row: int, each: _Reader) -> bool:
        """Report a cell that is empty because it holds an error value, or a formula that nobody has computed."""
        if (row, each.at) not in self._errors:
            return False
        code, message, remedy = Code.ERROR_CELL, "这一格是错误值（#REF! 之类），没有读入", "请改正公式，或直接写出内容"
        if (row, each.at) in self._grid.uncomputed:
            message = "这一格是公式，文件里没有存算出来的结果，没有读入"
            code, remedy = Code.UNCOMPUTED_CELL, "请用 Excel 或 WPS 打开，保存一次；或直接写出内容"
        self._findings.add(code, message, self._grid.position(row, each.at), self._path(row, each), remedy=remedy)
        return True

    def _report_missing(self, row: int, each: _Reader) -> None:
        if self._refused(row, each):
            return
        message = f"缺少“{each.slot.label}”" + ("，这一行没有读" if each.at == self._main else "")
        self._findings.add(
            Code.MISSING_CELL, message, self._grid.position(row, each.at), self._path(row, each), remedy=each.asking
        )
