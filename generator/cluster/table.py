"""A register kept column by column, as a spreadsheet is: its rows are entries like any others, made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import compress
from struct import pack
from typing import Any, NamedTuple, overload

from generator.cluster.values import Given, Value
from generator.findings import Position

NumberKey = tuple[str, int]
"""A column with numbers by year, and the year."""


class Pattern(NamedTuple):
    """Of what kind each cell of a column is, and the rows (`gaps`) in which nothing stands."""

    kinds: list[type]
    gaps: Sequence[int]


class Exact(Sequence[Decimal | None]):
    """The numbers of one column as a spreadsheet keeps them: floats that are not negative, and empty texts where there is none.

    Thousands of them are added up as they are, where each stands for at most two decimals, and become the decimals that they
    were written as when asked for. `pattern` is that of the column, `floats` are its numbers, 0 where there is none.
    """

    def __init__(self, cells: Sequence[Any], pattern: Pattern) -> None:
        self._cells, self.pattern = cells, pattern
        floats = list(cells)
        for row in pattern.gaps:
            floats[row] = 0.0
        self.floats: list[float] = floats

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, at: int) -> Decimal | None: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Decimal | None]: ...
    def __getitem__(self, at: int | slice) -> Decimal | Sequence[Decimal | None] | None:
        if isinstance(at, slice):
            return [self[row] for row in range(len(self))[at]]
        cell = self._cells[at]
        return None if isinstance(cell, str) else _as_written(cell)

    def chosen(self, rows: Iterable[int]) -> Exact:
        """Return the numbers of `rows`."""
        cells = [self._cells[row] for row in rows]
        return Exact(cells, _pattern(list(map(type, cells))))

    @property
    def sound(self) -> bool:
        """Whether all are numbers that are not negative, and so few and small that their sum as floats is right to the thousandth."""
        highest_bytes = pack(f"<{len(self)}d", *self.floats)[7::8]
        return highest_bytes.isascii() and len(self) * self._all < _MOST  # the sign is the highest bit

    @cached_property
    def _all(self) -> float:
        return sum(self.floats, 0.0)

    @cached_property
    def whole(self) -> bool:
        """Whether no number has decimals."""
        return all(map(float.is_integer, self.floats))

    @cached_property
    def _short(self) -> bool:
        """Whether no number has more than two decimals."""
        nearest = _NEAREST
        return self.whole or not [cell for cell in self.floats if (cell * 100.0 + nearest - nearest) / 100.0 != cell]

    @cached_property
    def _decimals(self) -> list[Decimal | None]:
        return list(self)

    def written(self) -> list[str]:
        """Return the numbers as texts, empty where there is none."""
        if self.whole:
            return [cell if isinstance(cell, str) else f"{cell:.0f}" for cell in self._cells]
        if not self._short:
            return ["" if number is None else f"{number:f}" for number in self._decimals]
        return [cell if isinstance(cell, str) else f"{cell:.2f}".rstrip("0").rstrip(".") for cell in self._cells]

    def gives_any(self) -> bool:
        """Whether any row gives a number."""
        return len(self.pattern.gaps) < len(self._cells)

    def absent(self, beside: Sequence[int]) -> list[int]:
        """Return the rows without a number, those `beside` left out."""
        gaps = self.pattern.gaps
        return [] if gaps == beside else sorted(set(gaps).difference(beside))

    def nonzero(self, rows: Sequence[int]) -> list[int]:
        """Return those of `rows` that give a number other than 0."""
        return [] if rows == self.pattern.gaps else [row for row in rows if self.floats[row]]

    def total(self, chosen: Sequence[int]) -> tuple[int, Decimal]:
        """Return how many of the `chosen` rows (1 for those, 0 for others) give a number, and the sum of those."""
        number = chosen.count(1) - sum([chosen[row] for row in self.pattern.gaps])
        if not self._short:
            return number, sum(filter(None, compress(self._decimals, chosen)), Decimal(0))
        if number + len(self.pattern.gaps) == len(self):
            return number, _exact(self._all, self.floats)
        addends = list(compress(self.floats, chosen))
        return number, _exact(sum(addends, 0.0), addends)


def _as_written(cell: float) -> Decimal:
    return Decimal(int(cell)) if cell.is_integer() else Decimal(repr(cell))


def _exact(added: float, addends: Sequence[float]) -> Decimal:
    """What `addends`, numbers with at most two decimals, add up to, with as many as that of them has that has most."""
    if added.is_integer() and all(map(float.is_integer, addends)):
        return Decimal(round(added))
    if any(round(each * 10) / 10 != each for each in addends):
        return Decimal(round(added * 100)) * _HUNDREDTH
    return Decimal(round(added * 10)) * _TENTH


_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NumberColumn = Sequence[Decimal | None]


def exact_column(cells: Sequence[Any], like: Pattern | None = None) -> Exact | None:
    """Return the numbers of a column that holds nothing but floats that are not negative and empty texts.

    None for any other column, and for one of numbers so large or so many that their sum as floats may be wrong in the hundredths.
    `like` is the pattern of another column, which this one may share: all figures of a year lack those who were not there.
    """
    kinds = list(map(type, cells))
    if like is not None and kinds == like.kinds:
        pattern = like
    elif kinds.count(float) + kinds.count(str) == len(kinds):
        pattern = _pattern(kinds)
    else:
        return None
    if any(map(cells.__getitem__, pattern.gaps)):  # a text that is not empty
        return None
    column = Exact(cells, pattern)
    return column if column.sound else None


def _pattern(kinds: list[type]) -> Pattern:
    return Pattern(kinds, [row for row, kind in enumerate(kinds) if kind is str] if str in kinds else ())


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


def absent(numbers: NumberColumn, beside: Sequence[int] = ()) -> list[int]:
    """Return the rows of a column that give no number, those `beside` left out."""
    if isinstance(numbers, Exact):
        return numbers.absent(beside)
    others = frozenset(beside)
    return [row for row, number in enumerate(numbers) if number is None and row not in others]


def nonzero(numbers: NumberColumn, rows: Sequence[int]) -> list[int]:
    """Return those of `rows` of a column that give a number other than 0."""
    return numbers.nonzero(rows) if isinstance(numbers, Exact) else [row for row in rows if numbers[row]]


def total(numbers: NumberColumn, chosen: Sequence[int]) -> tuple[int, Decimal]:
    """Return how many of the `chosen` rows (1 for those, 0 for others) of a column give a number, and the sum of those."""
    if isinstance(numbers, Exact):
        return numbers.total(chosen)
    given = [number for number in compress(numbers, chosen) if number is not None]
    return len(given), sum(given, Decimal(0))
