"""Rows of totals below or between the entries of a sheet: no entries themselves, but held against the sums of those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import inf, isfinite

from generator.cluster.catalogue import Kind, RegisterKind
from generator.cluster.characters import narrow
from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Cell, Grid, blank, text_of
from generator.cluster.registers.heading import Heading, Slot
from generator.cluster.table import NumberColumn, Table, absent, total
from generator.cluster.values import plain
from generator.frozen import dataclass

_MOST_OF_TOTAL = 16
# Compiled when a name in doubt, or a row of totals, comes: most sheets have none.
_TOTAL = (
    r"(全部|全体|集群|企业|本表|本页|以上|各项|年度)?(合计|总计|小计|共计|总和|总数|汇总|平均|均值)(数|值|数量)?"
    r"|(合计|总计|共计|共有|共)[0-9]+[家户个项件条](企业)?|total|sum"
    r"|其中(非?主导产业|中小微?|大型|规上|规下|规模以[上下])(企业)?(合计|总计|小计|共计)?"
    r"|(非?主导产业|中小微?|大型|规上|规下|规模以[上下])(企业)?(合计|总计|小计|共计)"
)
_BESIDE = r"[（(\[【][^（()）\]】]*[）)\]】]|[\s:：。.*]"
_SUMMED = (Kind.AMOUNT, Kind.COUNT)
_NO_SUM, _OF_PART, _OF_ALL = "平均|均值|主导|中小|大型|规[上下模]", "小计", "总|全"
"""What is no sum of the rows above (an average, a sum of some enterprises only), of a part of them, of all."""
_AMOUNT = r"([+-]?[0-9]+(?:\.[0-9]+)?)([^0-9.]*)"
_UNIT = r"[（(\[【:：]([^（()）\]】]*)"
_POWERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_MULTIPLE = "[十百千万亿]*"
_NOISE = 6
"""Decimals beyond these are what calculating with binary fractions leaves behind."""
_LISTED = 3


def says_total(text: str) -> bool:
    """Whether `text` names a sum of other rows: 合计, 合 计, 总计（万元）, 共5家."""
    bare = re.sub(_BESIDE, "", text) if len(text) <= _MOST_OF_TOTAL else ""
    return bool(bare) and re.fullmatch(_TOTAL, bare.casefold()) is not None


@dataclass(frozen=True)
class _Number:
    """A number in the unit of its column, and what its last digit is worth there."""

    value: Decimal
    last: Decimal


def check_totals(
    grid: Grid, heading: Heading, register: RegisterKind, table: Table, totals: Sequence[int], findings: Collector
) -> None:
    """Report each of the rows `totals` of `grid` whose numbers are not the sums of the entries in `table` (R211).

    A 小计 sums up the entries from one total to the next, a 总计 all or all above it, a 合计 any of these. Totals may be rounded
    to the decimals that they have, and in another unit where they say so. A column of which an entry can't be read is passed
    over, and a total without a number, and what is no sum of them: averages, sums of some enterprises only.
    """
    columns = {at: slot for at, slot in heading.slots.items() if slot.year is not None and slot.column.kind in _SUMMED}
    places = {line: row for row, line in enumerate(grid.lines)}
    entries = _Entries(
        grid, table, [places[line] for line in table.lines] if places else [line - 1 for line in table.lines]
    )
    for row in totals:
        label = _label(grid, row)
        if re.search(_NO_SUM, label):
            continue
        parts = [[start < each < end for each in entries.rows] for start, end in _bounds(row, totals, label)]
        said = {at: _total(_cell(grid, row, at), slot.column.unit, label) for at, slot in columns.items()}
        sums = {at: entries.sum_instead(each, at, columns[at], parts) for at, each in said.items() if each is not None}
        wrong = {at: told for at, told in sums.items() if told is not None}
        if wrong:
            _report(grid, row, {at: columns[at] for at in wrong}, register, label, wrong, findings)


def _label(grid: Grid, row: int) -> str:
    """What a row of totals is called."""
    texts = [text_of(cell) for cell in grid.rows[row] if isinstance(cell, str) and not blank(cell)]
    return next(filter(says_total, texts), "合计")


def _bounds(row: int, totals: Sequence[int], label: str) -> Iterator[tuple[int, float]]:
    """Yield between which rows those stand that a total may sum up, the likeliest first."""
    of_part = re.search(_OF_PART, label)
    if not of_part:
        yield -1, inf
        yield -1, row
    if of_part or (len(totals) > 1 and not re.search(_OF_ALL, label)):
        yield max((each for each in totals if each < row), default=-1), row
        yield row, min((each for each in totals if each > row), default=inf)


def _cell(grid: Grid, row: int, at: int) -> Cell:
    cells = grid.rows[row]
    return cells[at] if at < len(cells) else ""


@dataclass(frozen=True)
class _Entries:
    """The entries of a sheet: their table, and the rows of the grid that they stand in."""

    grid: Grid
    table: Table
    rows: Sequence[int]

    def sum_instead(self, said: _Number, at: int, slot: Slot, parts: Sequence[Sequence[bool]]) -> Decimal | None:
        """Return the sum that the likeliest of `parts` has in a column where none agrees with `said`.

        None where one does, or nothing can be told.
        """
        numbers = self.table.numbers.get((slot.column.name, slot.year or 0))
        if numbers is None:
            return None
        sums: list[Decimal] = []
        for part in parts:
            count, found = total(numbers, part)
            if count and abs(found - said.value) * 2 <= said.last:
                return None
            sums += [found] if count else []
        if not sums or self._lacks_any(at, numbers):
            return None
        given = [number for number in numbers if number is not None]
        finest = min(map(_last, given))
        rounded = len(given) * finest if said.last < finest else Decimal(0)
        return None if any(abs(found - said.value) * 2 <= said.last + rounded for found in sums) else sums[0]

    def _lacks_any(self, at: int, numbers: NumberColumn) -> bool:
        """Whether a cell of the column says something that could not be read."""
        grid = self.grid
        without = grid.errors | grid.uncomputed
        lacking = (self.rows[number] for number in absent(numbers))
        return any((row, at) in without or not blank(_cell(grid, row, at)) for row in lacking)


def _total(cell: Cell, unit: str, label: str) -> _Number | None:
    """The number of a total in `unit`; None where it says none, or in a unit that has nothing to do with it."""
    if blank(cell) or isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return None
    beside = re.search(_UNIT, narrow(label))
    above = _power(beside[1] if beside else "", unit) or 0
    if isinstance(cell, str):
        match = re.fullmatch(_AMOUNT, "".join(narrow(cell).replace(",", "").split()))
        power = None if match is None else _power(match[2], unit) if match[2] else above
        if match is None or power is None:
            return None
        digits = match[1].partition(".")[2]
        return _Number(Decimal(match[1]).scaleb(power), Decimal(1).scaleb(power - len(digits)))
    value = _without_noise(cell) if isfinite(cell) else None
    return None if value is None else _Number(value.scaleb(above), _last(value).scaleb(above))


def _without_noise(cell: float) -> Decimal:
    return round(Decimal(repr(cell)), _NOISE)


def _power(said: str, unit: str) -> int | None:
    """By which power of ten `said` is larger than `unit`: 4 for 亿元 and 万元; None where they measure different things."""
    if not said:
        return 0
    one, other = (re.match(_MULTIPLE, word) for word in (said, unit))
    assert one is not None and other is not None
    if said[one.end() :] != unit[other.end() :] or not {one[0], other[0]} <= _POWERS.keys():
        return None
    return _POWERS[one[0]] - _POWERS[other[0]]


def _last(value: Decimal) -> Decimal:
    """What the last decimal of a number is worth."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))


def _shown(cell: Cell) -> str:
    return text_of(cell) if isinstance(cell, str) else plain(_without_noise(cell))


def _report(
    grid: Grid,
    row: int,
    columns: Mapping[int, Slot],
    register: RegisterKind,
    label: str,
    wrong: Mapping[int, Decimal],
    findings: Collector,
) -> None:
    """Tell of a row of totals, `wrong` being the sums by column that it should say."""
    told = list(wrong)[:_LISTED]
    more = f" 等 {len(wrong)} 列" if len(wrong) > _LISTED else ""
    first = told[0]
    findings.add(
        Code.TOTAL_DIFFERS,
        "这一行的数与各行之和不符，可能少录、多录了一行",
        grid.position(row, first),
        (register.sheet, label, columns[first].label),
        found="、".join(f"{columns[at].label} {_shown(_cell(grid, row, at))}" for at in told) + more,
        expected="各行之和："
        + "、".join(f"{columns[at].label} {plain(wrong[at])}{columns[at].column.unit}" for at in told)
        + more,
        remedy="请核对有没有漏掉、重复的行，或者这一行没有更新；这一行本身不读入，表上的合计由各行推算",
    )
