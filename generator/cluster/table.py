"""A register kept column by column, as a spreadsheet is: its rows are entries like any others, made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from generator.cluster.values import Given, Value
from generator.findings import Position

if TYPE_CHECKING:
    from generator.cluster.model import Entry

NumberKey = tuple[str, int]
"""A column with numbers by year, and the year."""


class Table:
    """The contents of a sheet: texts, values and numbers by column, one for each row that holds an entry.

    `sheet` and `file` name it, `lines` are the numbers of its rows in the file and `columns` those of its text columns, all
    from 1. What a row lacks is None among `values` and `numbers`, and empty among `texts`.
    """

    def __init__(self, file: str, sheet: str, lines: Sequence[int], columns: Mapping[str, int]) -> None:
        self.file, self.sheet, self.lines, self.columns = file, sheet, lines, columns
        self.values: dict[str, Sequence[Value | None]] = {}
        self.texts: dict[str, Sequence[str]] = {}
        self.numbers: dict[NumberKey, Sequence[Decimal | None]] = {}

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
    def numbers(self) -> Mapping[NumberKey, Sequence[Decimal | None]]:
        """The numbers by column and year, where any entry gives one; None where an entry gives none."""
        if self._table is None:
            keys = dict.fromkeys(key for entry in self._entries for key in entry.numbers)
            return {key: [entry.numbers.get(key) for entry in self._entries] for key in keys}
        if self._whole:
            return self._table.numbers
        chosen = {key: [numbers[row] for row in self._rows] for key, numbers in self._table.numbers.items()}
        return {key: column for key, column in chosen.items() if any(number is not None for number in column)}

    def texts(self, column: str) -> Sequence[str]:
        """Return the texts in `column`; empty where an entry gives none."""
        if self._table is None:
            return [entry.text(column) for entry in self._entries]
        texts = self._table.texts.get(column)
        if texts is None:
            return [""] * len(self._rows)
        return texts if self._whole else [texts[row] for row in self._rows]


def _table_of(entries: Sequence[Entry]) -> Table | None:
    """The table whose rows all `entries` are; None where they are not of one table."""
    first = entries[0].numbers if entries else None
    if not isinstance(first, Numbers):
        return None
    table = first.table
    same = all(isinstance(entry.numbers, Numbers) and entry.numbers.table is table for entry in entries)
    return table if same else None
