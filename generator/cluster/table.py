"""A register kept column by column, as a spreadsheet is: its rows are entries like any others, made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import compress
from math import isfinite
from typing import TYPE_CHECKING, Any, overload

from generator.cluster.values import Given, Value
from generator.findings import Position

if TYPE_CHECKING:
    from generator.cluster.model import Entry

NumberKey = tuple[str, int]
"""A column with numbers by year, and the year."""


class Exact(Sequence[Decimal | None]):
    """The numbers of one column, with at most two decimals, kept as whole hundredths (or units, where `places` is 0).

    Thousands of them are added up as whole numbers, and become the decimals that they were written as when asked for.
    """

    def __init__(self, units: Sequence[int | None], places: int) -> None:
        self._units, self._places = units, places

    def __len__(self) -> int:
        return len(self._units)

    @overload
    def __getitem__(self, at: int) -> Decimal | None: ...
    @overload
    def __getitem__(self, at: slice) -> Exact: ...
    def __getitem__(self, at: int | slice) -> Decimal | Exact | None:
        if isinstance(at, slice):
            return Exact(self._units[at], self._places)
        units = self._units[at]
        return None if units is None else self._decimal(units, (units,))

    @property
    def whole(self) -> bool:
        """Whether none of them has decimals."""
        return not self._places

    def chosen(self, rows: Sequence[int]) -> Exact:
        """Return the numbers of `rows`."""
        return Exact([self._units[row] for row in rows], self._places)

    def written(self) -> list[str]:
        """Return the numbers as texts, empty where there is none."""
        if not self._places:
            return ["" if units is None else str(units) for units in self._units]
        return ["" if units is None else f"{units / 100:.2f}".rstrip("0").rstrip(".") for units in self._units]

    def absent(self) -> list[int]:
        """Return the rows without a number."""
        return [at for at, units in enumerate(self._units) if units is None]

    def total(self, chosen: Iterable[bool]) -> tuple[int, Decimal]:
        """Return how many of the `chosen` rows give a number, and the sum of those."""
        units = [each for each in compress(self._units, chosen) if each is not None]
        return len(units), self._decimal(sum(units), units)

    def _decimal(self, units: int, addends: Iterable[int]) -> Decimal:
        """What so many units are, with as many decimals as that of `addends` has that has most."""
        if not self._places or not any(each % 100 for each in addends):
            return Decimal(units // 100 if self._places else units)
        if any(each % 10 for each in addends):
            return Decimal(units) * _HUNDREDTH
        return Decimal(units // 10) * _TENTH


_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NumberColumn = Sequence[Decimal | None]


def exact_column(cells: Sequence[Any]) -> Exact | None:
    """Return the numbers of a column that holds nothing but floats that are not negative, to two decimals at most, and empty texts.

    None for any other column. Floats up to 13 digits before the point are told apart by the decimals that they are written with.
    """
    given = [cell for cell in cells if cell != ""] if "" in cells else list(cells)
    if not given:
        return Exact([None] * len(cells), 0)
    if set(map(type, given)) != {float} or not 0 <= min(given) <= max(given) < _MOST or not isfinite(sum(given)):
        return None
    places = 0 if all(map(float.is_integer, given)) else 2
    units = [round(cell * 100) for cell in given] if places else list(map(int, given))
    if places and [each / 100 for each in units] != given:
        return None
    if len(given) == len(cells):
        return Exact(units, places)
    left = iter(units)
    return Exact([None if cell == "" else next(left) for cell in cells], places)


_MOST = 10**13


class Table:
    """The contents of a sheet: texts, values and numbers by column, one for each row that holds an entry.

    `sheet` and `file` name it, `lines` are the numbers of its rows in the file and `columns` those of its text columns, all
    from 1. What a row lacks is None among `values` and `numbers`, and empty among `texts`.
    """

    def __init__(self, file: str, sheet: str, lines: Sequence[int], columns: Mapping[str, int]) -> None:
        self.file, self.sheet, self.lines, self.columns = file, sheet, lines, columns
        self.values: dict[str, Sequence[Value | None]] = {}
        self.texts: dict[str, Sequence[str]] = {}
        self.numbers: dict[NumberKey, NumberColumn] = {}

    def position(self, row: int, column: str) -> Position:
        """Return where the cell of `column` in `row` (from 0) stands."""
        return Position(self.file, self.lines[row], self.columns[column], self.sheet)


class Cells(Mapping[str, Given]):
    """The texts, choices and dates of one row of a table, by column."""

    __slots__ = ("row", "table")

    def __init__(self, table: Table, row: int) -> None:
        self.table, self.row = table, row

    def __getitem__(self, column: str) -> Given:
        value = self.table.values[column][self.row]
        if value is None:
            raise KeyError(column)
        return Given(value, self.table.texts[column][self.row], self.table.position(self.row, column))

    def __contains__(self, column: object) -> bool:
        values = self.table.values.get(column) if isinstance(column, str) else None
        return values is not None and values[self.row] is not None

    def __iter__(self) -> Iterator[str]:
        return (column for column, values in self.table.values.items() if values[self.row] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))

    def text(self, column: str) -> str:
        """Return the text of `column`, empty where it is not given."""
        texts = self.table.texts.get(column)
        return "" if texts is None else texts[self.row]


class Numbers(Mapping[NumberKey, Decimal]):
    """The numbers by year of one row of a table."""

    __slots__ = ("row", "table")

    def __init__(self, table: Table, row: int) -> None:
        self.table, self.row = table, row

    def __getitem__(self, key: NumberKey) -> Decimal:
        number = self.table.numbers[key][self.row]
        if number is None:
            raise KeyError(key)
        return number

    def __iter__(self) -> Iterator[NumberKey]:
        return (key for key, numbers in self.table.numbers.items() if numbers[self.row] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


class Columns:
    """The columns of entries, each with one item for each entry, in their order: at once where all are rows of one table."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._table = table = _table_of(entries)
        self._rows = [entry.numbers.row for entry in entries if isinstance(entry.numbers, Numbers)] if table else []
        self._whole = table is not None and self._rows == list(range(len(table.lines)))

    @cached_property
    def numbers(self) -> Mapping[NumberKey, NumberColumn]:
        """The numbers by column and year, where any entry gives one; None where an entry gives none."""
        if self._table is None:
            keys = dict.fromkeys(key for entry in self._entries for key in entry.numbers)
            return {key: [entry.numbers.get(key) for entry in self._entries] for key in keys}
        if self._whole:
            return self._table.numbers
        chosen: dict[NumberKey, NumberColumn] = {}
        for key, numbers in self._table.numbers.items():
            own = numbers.chosen(self._rows) if isinstance(numbers, Exact) else [numbers[row] for row in self._rows]
            if len(absent(own)) < len(own):
                chosen[key] = own
        return chosen

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of texts, choices and dates that any entry gives, in their order."""
        if self._table is None:
            return tuple(dict.fromkeys(name for entry in self._entries for name in entry.columns))
        return tuple(name for name in self._table.texts if any(self.texts(name)))

    def texts(self, column: str) -> Sequence[str]:
        """Return the texts in `column`; empty where an entry gives none."""
        if self._table is None:
            return [entry.text(column) for entry in self._entries]
        texts = self._table.texts.get(column)
        if texts is None:
            return [""] * len(self._rows)
        return texts if self._whole else [texts[row] for row in self._rows]


def written(numbers: NumberColumn) -> list[str]:
    """Return the numbers of a column as texts, empty where there is none."""
    if isinstance(numbers, Exact):
        return numbers.written()
    return ["" if number is None else f"{number:f}" for number in numbers]


def absent(numbers: NumberColumn) -> list[int]:
    """Return the rows of a column that give no number."""
    if isinstance(numbers, Exact):
        return numbers.absent()
    return [at for at, number in enumerate(numbers) if number is None]


def total(numbers: NumberColumn, chosen: Iterable[bool]) -> tuple[int, Decimal]:
    """Return how many of the `chosen` rows of a column give a number, and the sum of those."""
    if isinstance(numbers, Exact):
        return numbers.total(chosen)
    given = [number for number in compress(numbers, chosen) if number is not None]
    return len(given), sum(given, Decimal(0))


def _table_of(entries: Sequence[Entry]) -> Table | None:
    """The table whose rows all `entries` are; None where they are not of one table."""
    first = entries[0].numbers if entries else None
    if not isinstance(first, Numbers):
        return None
    table = first.table
    same = all(isinstance(entry.numbers, Numbers) and entry.numbers.table is table for entry in entries)
    return table if same else None
