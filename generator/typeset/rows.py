"""Parting tables at the foot of a page: between rows, within a row, within cells merged over rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from generator.frozen import dataclass, replace
from generator.typeset.boxes import Box, CellBox, RowBox, TableBox, row_heights
from generator.typeset.placing import Column, PlacedCell, Room, TablePart

Fill = Callable[[tuple[Box, ...], Room], tuple[Column, tuple[Box, ...]]]
Parted = tuple[TablePart | None, TableBox | None, tuple[str, ...]]
"""What is placed, what is left, and the notes that the placed rows refer to."""

_ENDLESS = Room(1e9)
_ATTEMPTS = 4
_HEADER_SHARE = 0.5  # of a page: what is higher is not repeated


def part_table(table: TableBox, room: Room, fill: Fill, *, at_top: bool) -> Parted:
    """Return the rows that fit, and a table of the rest.

    Rows that may be parted are parted when they don't fit whole. At the top of a page something is always placed: a row
    that asks to be kept whole, but is higher than a page, is parted as in Word.
    """
    return _Parting(table, room, fill).parted(at_top=at_top)


@dataclass(frozen=True)
class _SplitRow:
    """A row parted: the height of what stays, and for each cell what stays and what goes."""

    height: float
    cells: tuple[tuple[CellBox, Column, tuple[Box, ...]], ...]
    notes: tuple[str, ...]


class _Parting:
    """One table at the foot of one column."""

    def __init__(self, table: TableBox, room: Room, fill: Fill) -> None:
        self._table = table
        self._room = room
        self._fill = fill
        self._heading = sum(table.repeated_heights)

    def parted(self, *, at_top: bool) -> Parted:
        """Return the parts."""
        table = self._table
        fitting = count = self._fitting()
        if count == len(table.rows):
            return self._placed(count, None), None, table.notes
        split = self._split(count, forced=False)
        if split is None:
            count = self._unbound(count, at_top=at_top)
        if split is None and not self._is_enough(count):
            if not at_top:
                return None, table, ()
            leading = 0 if table.goes_on else min(len(table.header), len(table.rows) - 1)
            count = max(count, min(leading, fitting))
            split = self._split(count, forced=True) if self._room.must_place else None
            if split is None and not self._room.must_place:
                return None, table, ()
            if split is None:
                count = count or 1
        if count == len(table.rows):
            return self._placed(count, None), None, table.notes
        return self._placed(count, split), self._rest(count, split), self._notes(count, split)

    def _fitting(self) -> int:
        y = self._heading
        notes: list[str] = []
        for count, (row, height) in enumerate(zip(self._table.rows, self._table.heights, strict=True)):
            y += height
            notes.extend(row.notes)
            if not self._room.holds(y, notes):
                return count
        return len(self._table.rows)

    @property
    def _own_headers(self) -> int:
        """How many of the table's rows are its header, which has to stand whole before it can be repeated."""
        return 0 if self._table.goes_on else len(self._table.header)

    def _is_enough(self, count: int) -> bool:
        """Whether that many rows are worth a page: more than the header rows."""
        return count > self._own_headers

    def _unbound(self, count: int, *, at_top: bool) -> int:
        """Return how many of the fitting rows may be parted from the next."""
        kept = count
        while kept > 0 and self._table.rows[kept - 1].keep_next:
            kept -= 1
        return count if at_top and not self._is_enough(kept) else kept

    def _split(self, index: int, *, forced: bool) -> _SplitRow | None:
        """Return a row parted at the room's end; None when it can't be, or nothing of it fits."""
        row = self._table.rows[index]
        if row.exact or ((row.cant_split or row.header) and not forced):
            return None
        y = self._heading + sum(self._table.heights[:index])
        taken = tuple(note for above in self._table.rows[:index] for note in above.notes)
        height = self._room.height - y
        for _ in range(_ATTEMPTS):
            split = self._split_within(row, height, taken, must_place=forced and index == 0)
            if split is None or self._room.holds(y + split.height, (*taken, *split.notes)):
                return split
            height = self._room.height - y - self._room.note_room.height((*self._room.notes, *taken, *split.notes))
        return None

    def _split_within(
        self, row: RowBox, height: float, taken: tuple[str, ...], *, must_place: bool
    ) -> _SplitRow | None:
        cells: list[tuple[CellBox, Column, tuple[Box, ...]]] = []
        notes = taken
        used = 0.0
        for cell in row.cells:
            inner = height - cell.inset - cell.cell.margins.bottom
            taken_up = (*self._room.notes, *notes)
            room = Room(inner, taken_up, self._room.note_room, must_place=must_place, of=self._room.whole)
            column, rest = self._fill(cell.content, room)
            if cell.content and not column.items and cell.rows == 1:
                return None
            notes += column.notes
            used = max(used, cell.inset + column.height + cell.cell.margins.bottom)
            cells.append((cell, column, rest))
        if not any(rest for _, _, rest in cells):
            return None
        return _SplitRow(min(used, height), tuple(cells), notes[len(taken) :])

    def _placed(self, count: int, split: _SplitRow | None) -> TablePart:
        """Return the part with the header rows, `count` whole rows and what stays of a parted one."""
        table = self._table
        above = table.header if table.goes_on else ()
        heights = [*table.repeated_heights, *table.heights[:count], *([split.height] if split else [])]
        tops = tuple(accumulate(heights, initial=0.0))
        cells = list(self._whole_cells(above, 0, len(above), tops))
        cells += self._whole_cells(table.rows[:count], len(above), len(tops) - 1, tops)
        last = len(tops) - 1
        for cell, column, _ in split.cells if split else ():
            cells.append(PlacedCell(cell, last - 1, last, column))
        border = table.lowest_border if count == len(table.rows) else 0.0
        return TablePart(table.offsets, tops, tuple(cells), tops[-1] + border)

    def _whole_cells(self, rows: Sequence[RowBox], first: int, end: int, tops: Sequence[float]) -> list[PlacedCell]:
        found: list[PlacedCell] = []
        for number, row in enumerate(rows, first):
            for cell in row.cells:
                last = min(number + cell.rows, end)
                column, _ = self._merged(cell, number + cell.rows > end, tops[last] - tops[number])
                found.append(PlacedCell(cell, number, last, column))
        return found

    def _merged(self, cell: CellBox, is_cut: bool, height: float) -> tuple[Column, tuple[Box, ...]]:
        """Return what of a cell stands in that height when a page's end cuts its rows; all when it doesn't."""
        room = Room(height - cell.inset - cell.cell.margins.bottom) if is_cut else _ENDLESS
        return self._fill(cell.content, room)

    def _parts(self, number: int, cell: CellBox, count: int, split: _SplitRow | None) -> tuple[Column, tuple[Box, ...]]:
        """Return what stands above the cut of a merged cell that begins in row `number`, and what goes on below it."""
        shown = sum(self._table.heights[number:count]) + (split.height if split else 0.0)
        return self._merged(cell, True, shown)

    def _notes(self, count: int, split: _SplitRow | None) -> tuple[str, ...]:
        """Return the notes of what is placed; a merged cell may refer to some only below the cut."""
        notes: list[str] = []
        for number, row in enumerate(self._table.rows[:count]):
            for cell in row.cells:
                is_cut = cell.notes and number + cell.rows > count
                notes.extend(self._parts(number, cell, count, split)[0].notes if is_cut else cell.notes)
        return (*notes, *(split.notes if split else ()))

    def _rest(self, count: int, split: _SplitRow | None) -> TableBox:
        """Return the table that goes on with the next page."""
        table = self._table
        open_cells: list[CellBox] = []
        for number, row in enumerate(table.rows[:count]):
            for cell in row.cells:
                if number + cell.rows > count:
                    _, rest = self._parts(number, cell, count, split)
                    open_cells.append(CellBox.of(cell.cell, cell.column, number + cell.rows - count, rest))
        row = table.rows[count]
        if split is None:
            first = replace(row, cells=_ordered((*open_cells, *row.cells)))
        else:
            going = [CellBox.of(cell.cell, cell.column, cell.rows, rest) for cell, _, rest in split.cells]
            least = max(row.least - split.height, 0.0)
            first = replace(row, cells=_ordered((*open_cells, *going)), least=least)
        is_repeatable = sum(row_heights(table.header)) < _HEADER_SHARE * self._room.whole
        header = table.header if is_repeatable and count >= self._own_headers else ()
        return TableBox(table.offsets, (first, *table.rows[count + 1 :]), header, goes_on=True)


def _ordered(cells: Sequence[CellBox]) -> tuple[CellBox, ...]:
    return tuple(sorted(cells, key=lambda cell: cell.column))
