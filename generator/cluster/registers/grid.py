"""A sheet or a .csv file as a grid of cells, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.findings import Position
from generator.frozen import dataclass

Cell = Any
"""What a spreadsheet library gives for a cell: text, number, truth value, date, time; an empty text for nothing."""


@dataclass(frozen=True)
class Merged:
    """A merged range: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet of a workbook, or of a .csv file (then `sheet` is empty), row by row from the first.

    `lines` are the line numbers of the rows of a .csv file. `errors` are the cells, by row and column from 0, that hold an
    error value (`#REF!`) and so came empty; `uncomputed` those that came empty since their formula was stored without a result.
    `reserved`: a program keeps the sheet for itself, and no menu shows it.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Merged, ...] = ()
    lines: tuple[int, ...] = ()
    errors: frozenset[tuple[int, int]] = frozenset()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    reserved: bool = False

    def position(self, row: int, column: int | None = None) -> Position:
        """Return the place of a row, or of a cell, both counted from 0, as the user counts them."""
        line = self.lines[row] if self.lines else row + 1
        return Position(self.file, line, 0 if column is None else column + 1, self.sheet)

    @property
    def place(self) -> Position:
        """The sheet or file as a whole."""
        return Position(self.file, sheet=self.sheet)

    def filled(self, row: int) -> bool:
        """Whether anything stands in `row`."""
        return any(not blank(cell) for cell in self.rows[row])


def blank(cell: Cell) -> bool:
    """Whether `cell` holds nothing to be seen."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """Return what `cell` shows, near enough for a heading: a whole number without its decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()
