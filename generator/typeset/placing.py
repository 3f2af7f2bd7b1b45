"""What stands where within a column, and what room a column has. Lengths are points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.typeset.boxes import CellBox, ParagraphBox

_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class NoteRoom:
    """How much height footnotes take: each note's own, and the separator's once a page has any."""

    heights: Mapping[str, float]
    separator: float

    def height(self, notes: Sequence[str]) -> float:
        """Return the height of these notes at the foot of one page."""
        if not notes:
            return 0.0
        return self.separator + sum([self.heights.get(note, 0.0) for note in notes])


NO_NOTES = NoteRoom({}, 0.0)


class Room(NamedTuple):
    """What a column has to offer: its height, the notes that its page has already, the height that notes take.

    `is_page`: page breaks and widow control count here (not in cells, as LibreOffice has it). `goes_on`: the page before was
    full, so that the space above the first block is dropped. `must_place`: something has to be placed here even against its
    wish, since no other page has more room. `of` is the height of the whole column that this room is what is left of; 0 where it
    is whole.
    """

    height: float
    notes: tuple[str, ...] = ()
    note_room: NoteRoom = NO_NOTES
    is_page: bool = False
    goes_on: bool = False
    must_place: bool = False
    of: float = 0.0

    @property
    def whole(self) -> float:
        """The height of the whole column."""
        return self.of or self.height

    def holds(self, height: float, notes: Sequence[str] = ()) -> bool:
        """Whether this much height fits, with these notes besides those of the page."""
        taken = self.note_room.height((*self.notes, *notes)) if notes or self.notes else 0.0
        return height + taken <= self.height + _TOLERANCE


class Column(NamedTuple):
    """What was placed: each part with its distance from the column's top, the height taken, the notes referred to."""

    items: tuple[tuple[float, ParagraphBox | TablePart], ...]
    height: float
    notes: tuple[str, ...] = ()

    @property
    def ends_with_break(self) -> bool:
        """Whether a page break ended the column."""
        last = self.items[-1][1] if self.items else None
        return isinstance(last, ParagraphBox) and any(line.ends_page for line in last.lines[-1:])


class PlacedCell(NamedTuple):
    """A cell on a page: from row `first` to before row `last` of its part of the table, with what stands in it."""

    box: CellBox
    first: int
    last: int
    column: Column


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of a table that stand on one page. `tops` are the grid lines between them, from the part's top."""

    offsets: tuple[float, ...]
    tops: tuple[float, ...]
    cells: tuple[PlacedCell, ...]
    height: float
