"""Columns in which few things recur: each is kept once, and for every row which of them it has.

What is to be known of a thing is found out once, not for thousands of rows, and the rows of which it holds are a `Rows`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, count
from typing import TypeVar, overload

Thing = TypeVar("Thing")
Other = TypeVar("Other")

Rows = int
"""A set of rows, as a number with one byte for each: 1 for a row in the set, 0 for any other. Python joins, cuts and counts such
numbers of thousands of bytes in less time than it looks at a dozen rows."""

_BYTES = 256


class Recurring(Sequence[Thing]):
    """A column with one of `things` in each row, `codes` telling which; each stands in some row. Codes are bytes where that will do."""

    __slots__ = ("codes", "things")

    def __init__(self, codes: Sequence[int], things: Sequence[Thing]) -> None:
        self.codes, self.things = codes, things

    @classmethod
    def of(cls, cells: Iterable[Thing]) -> Recurring[Thing]:
        """Return the column of `cells`."""
        numbers: defaultdict[Thing, int] = defaultdict(count().__next__)
        codes = list(map(numbers.__getitem__, cells))
        return cls(bytes(codes) if len(numbers) <= _BYTES else codes, tuple(numbers))

    @classmethod
    def of_few(cls, cells: Iterable[Thing]) -> Recurring[Thing] | None:
        """Return the column of `cells`; None where more things are in it than a byte can tell apart."""
        numbers: defaultdict[Thing, int] = defaultdict(count().__next__)
        try:
            codes = bytes(map(numbers.__getitem__, cells))
        except ValueError:
            return None
        return cls(codes, tuple(numbers))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> Thing: ...
    @overload
    def __getitem__(self, at: slice) -> Recurring[Thing]: ...
    def __getitem__(self, at: int | slice) -> Thing | Recurring[Thing]:
        if isinstance(at, slice):
            return self.only(range(len(self))[at])
        return self.things[self.codes[at]]

    def __iter__(self) -> Iterator[Thing]:
        return map(self.things.__getitem__, self.codes)

    def only(self, rows: Iterable[int]) -> Recurring[Thing]:
        """Return the column of these rows, in their order."""
        return Recurring.of(self.at(rows))

    def at(self, rows: Iterable[int]) -> list[Thing]:
        """Return the thing in each of `rows`."""
        codes, things = self.codes, self.things
        return [things[codes[row]] for row in rows]

    def each(self, of: Callable[[Thing], Other]) -> Recurring[Other]:
        """Return the column that has in each row what `of` makes of the thing there."""
        return Recurring(self.codes, tuple(map(of, self.things)))

    def rows(self, wanted: Callable[[Thing], object]) -> Rows:
        """Return the rows with a thing that is `wanted`."""
        marks = bytes([1 if wanted(thing) else 0 for thing in self.things])
        if isinstance(self.codes, bytes):
            return int.from_bytes(self.codes.translate(marks.ljust(_BYTES, b"\0")), "little")
        return int.from_bytes(bytes(map(marks.__getitem__, self.codes)), "little")


def recurring(column: Sequence[Thing]) -> Recurring[Thing]:
    """Return `column` as one in which things recur, which it may be already."""
    return column if isinstance(column, Recurring) else Recurring.of(column)


def marks(rows: Rows, length: int) -> bytes:
    """Return for each of the first `length` rows 1 where it is one of `rows`, 0 where not: for `itertools.compress`."""
    return rows.to_bytes(length, "little")


def places(rows: Rows, length: int) -> list[int]:
    """Return which of the first `length` rows are among `rows`, in their order."""
    return list(compress(range(length), marks(rows, length)))
