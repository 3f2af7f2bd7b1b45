"""A register kept column by column, as a spreadsheet is: its rows are entries like any others, made when they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import compress
from typing import Any, overload

from generator.cluster.values import Given, Value
from generator.findings import Position

NumberKey = tuple[str, int]
"""A column with numbers by year, and the year."""


class Exact(Sequence[Decimal | None]):
    """The numbers of one column as a spreadsheet keeps them, floats that stand for at most two decimals (for none, where `whole`).

    Thousands of them are added up as they are, and become the decimals that they were written as when asked for. A `cell` that
    is an empty text gives no number.
    """

    def __init__(self, cells: Sequence[Any], *, whole: bool) -> None:
        self._cells, self.whole = cells, whole

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, at: int) -> Decimal | None: ...
    @overload
    def __getitem__(self, at: slice) -> Exact: ...
    def __getitem__(self, at: int | slice) -> Decimal | Exact | None:
        if isinstance(at, slice):
            return Exact(self._cells[at], whole=self.whole)
        cell = self._cells[at]
        return None if isinstance(cell, str) else self._decimal(cell, (cell,))

    def chosen(self, rows: Iterable[int]) -> Exact:
        """Return the numbers of `rows`."""
        return Exact([self._cells[row] for row in rows], whole=self.whole)

    def written(self) -> list[str]:
        """Return the numbers as texts, empty where there is none."""
        if self.whole:
            return [cell if isinstance(cell, str) else f"{cell:.0f}" for cell in self._cells]
        return [cell if isinstance(cell, str) else f"{cell:.2f}".rstrip("0").rstrip(".") for cell in self._cells]

    def gives_any(self) -> bool:
        """Whether any row gives a number."""
        return any(self._cells) or self._cells.count("") < len(self._cells)

    def absent(self, beside: Collection[int]) -> list[int]:
        """Return the rows without a number, those `beside` left out."""
        cells = self._cells
        if cells.count("") == sum([cells[row] == "" for row in beside]):
            return []
        return [row for row, cell in enumerate(cells) if cell == "" and row not in beside]

    def nonzero(self, rows: Iterable[int]) -> list[int]:
        """Return those of `rows` that give a number other than 0."""
        return [row for row in rows if self._cells[row]]

    def total(self, chosen: Iterable[bool]) -> tuple[int, Decimal]:
        """Return how many of the `chosen` rows give a number, and the sum of those."""
        given = list(compress(self._cells, chosen))
        if given.count(""):
            given = [cell for cell in given if cell != ""]
        return len(given), self._decimal(sum(given), given)

    def _decimal(self, number: float, addends: Iterable[float]) -> Decimal:
        """What `number` stands for, with as many decimals as that of `addends` has that has most."""
        if self.whole or all(map(float.is_integer, addends)):
            return Decimal(round(number))
        if any(round(each * 10) / 10 != each for each in addends):
            return Decimal(round(number * 100)) * _HUNDREDTH
        return Decimal(round(number * 10)) * _TENTH


_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NumberColumn = Sequence[Decimal | None]


def exact_column(cells: Sequence[Any]) -> Exact | None:
    """Return the numbers of a column that holds nothing but floats that are not negative, to two decimals at most, and empty texts.

    None for any other column, and for one of numbers so large or so many that their sum as floats may be wrong in the hundredths.
    """
    if not set(map(type, cells)) <= {float, str}:
        return None
    given = [cell or 0.0 for cell in cells]
    try:
        if not (min(given, default=0) >= 0 and len(given) * sum(given) < _MOST):
            return None
    except TypeError:  # a text that is not empty
        return None
    if all(map(float.is_integer, given)):
        return Exact(cells, whole=True)
    nearest = _NEAREST
    if [cell for cell in given if (cell * 100.0 + nearest - nearest) / 100.0 != cell]:
        return None
    return Exact(cells, whole=False)


_MOST = 2**43
"""Below it, as many additions of floats as there are cells are wrong by less than a thousandth: by 2**-53 of the sum, each."""
_NEAREST = 1.5 * 2**52
"""Added to a float and taken away again, it leaves the nearest whole number: floats of its size have no decimals."""


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


def written(numbers: NumberColumn) -> list[str]:
    """Return the numbers of a column as texts, empty where there is none."""
    if isinstance(numbers, Exact):
        return numbers.written()
    return ["" if number is None else f"{number:f}" for number in numbers]


def gives_any(numbers: NumberColumn) -> bool:
    """Return whether any row of a column gives a number."""
    return numbers.gives_any() if isinstance(numbers, Exact) else any(number is not None for number in numbers)


def absent(numbers: NumberColumn, beside: Collection[int] = ()) -> list[int]:
    """Return the rows of a column that give no number, those `beside` left out."""
    if isinstance(numbers, Exact):
        return numbers.absent(beside)
    return [row for row, number in enumerate(numbers) if number is None and row not in beside]


def nonzero(numbers: NumberColumn, rows: Iterable[int]) -> list[int]:
    """Return those of `rows` of a column that give a number other than 0."""
    return numbers.nonzero(rows) if isinstance(numbers, Exact) else [row for row in rows if numbers[row]]


def total(numbers: NumberColumn, chosen: Iterable[bool]) -> tuple[int, Decimal]:
    """Return how many of the `chosen` rows of a column give a number, and the sum of those."""
    if isinstance(numbers, Exact):
        return numbers.total(chosen)
    given = [number for number in compress(numbers, chosen) if number is not None]
    return len(given), sum(given, Decimal(0))
