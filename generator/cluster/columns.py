"""The entries of a register that is kept column by column: each made when it is asked for, and their columns at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import overload

from generator.cluster.model import Entry
from generator.cluster.recurring import Recurring, recurring
from generator.cluster.table import Cells, Exact, NumberColumn, NumberKey, Numbers, Table, gives_any
from generator.findings import Position


class Entries(Sequence[Entry]):
    """The entries in `rows` of a table, in that order; each is made when it is first asked for, and stays the same one.

    `place` is the column, from 1, that is shown as where an entry stands, `places` those of its numbers by year.
    """

    def __init__(self, table: Table, rows: Sequence[int], place: int, places: Mapping[NumberKey, int]) -> None:
        self.table, self.rows = table, rows
        self._place, self._places = place, places
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            return tuple(map(self._entry, self.rows[at]))
        return self._entry(self.rows[at])

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.table.file, self.table.sheet, len(self)))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def only(self, chosen: Sequence[int]) -> Entries:
        """Return those of the entries that stand at the places `chosen` among them."""
        return Entries(self.table, [self.rows[at] for at in chosen], self._place, self._places)

    def _entry(self, row: int) -> Entry:
        made = self._made.get(row)
        if made is None:
            table = self.table
            position = Position(table.file, table.lines[row], self._place, table.sheet)
            made = self._made[row] = Entry(Cells(table, row), position, Numbers(table, row), self._places)
        return made


class Columns:
    """The columns of entries, each with one item for each entry, in their order: at once where all are rows of one table."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._table = table = entries.table if isinstance(entries, Entries) else None
        self._rows = entries.rows if isinstance(entries, Entries) else ()
        self._whole = table is not None and len(self._rows) == len(table.lines)

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
            if gives_any(own):
                chosen[key] = own
        return chosen

    def beyond_ascii(self) -> str:
        """Return the texts of all columns with more than ASCII in them, one behind the other, each at least once."""
        if self._table is None:
            texts = ["".join([given.text for entry in self._entries for given in entry.columns.values()])]
        else:
            columns = self._table.texts.values() if self._entries else ()
            texts = ["".join(each.things if isinstance(each, Recurring) else each) for each in columns]
        return "".join([text for text in texts if not text.isascii()])

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
            return Recurring(bytes(len(self._rows)), ("",))
        if self._whole:
            return texts
        return texts.only(self._rows) if isinstance(texts, Recurring) else [texts[row] for row in self._rows]

    def recurring(self, column: str) -> Recurring[str]:
        """Return the texts in `column`, as `texts` does, each kept once."""
        return recurring(self.texts(column))


def floats(numbers: NumberColumn) -> Sequence[float]:
    """Return the numbers of a column as floats, 0 where there is none: thousands are compared with each other at a glance."""
    if isinstance(numbers, Exact):
        return numbers.floats
    return [float(number or 0) for number in numbers]
