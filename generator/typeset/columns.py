"""Filling a column: blocks one under the other until it is full, paragraphs and table rows parted where they may be.

A column is the body of a page, or a cell. The page's body is told the footnotes of what it takes: they take room below.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.typeset.boxes import Box, ParagraphBox, TableBox, gap_between
from generator.typeset.placing import Column, Room, TablePart
from generator.typeset.rows import part_table

_ENDLESS = Room(1e9)
_WIDOWS = 2

Rest = tuple[Box, ...] | None
"""What is left of a block when its column is full (nothing, after a page break at its end); None when it goes on."""


def whole_column(boxes: tuple[Box, ...]) -> Column:
    """Return a column that holds everything."""
    column, _ = fill(boxes, _ENDLESS)
    return column


def fill(boxes: tuple[Box, ...], room: Room) -> tuple[Column, tuple[Box, ...]]:
    """Return a column filled with as many of the blocks as it holds, and the rest."""
    filling = _Filling(room)
    for index, box in enumerate(boxes):
        following = boxes[index + 1 :]
        rest = filling.place(box, following)
        if rest is not None:
            return filling.column(), (*rest, *following)
    return filling.column(), ()


class _Filling:
    """One column being filled."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._items: list[tuple[float, ParagraphBox | TablePart]] = []
        self._notes: tuple[str, ...] = ()
        self._height = 0.0
        self._above: Box | None = None
        self._in_chain = False

    def column(self) -> Column:
        """Return what was placed so far; the last block's space below counts."""
        height = self._height + (self._above.after if self._above is not None else 0.0)
        return Column(tuple(self._items), height, self._notes)

    def place(self, box: Box, following: tuple[Box, ...]) -> Rest:
        """Place a block, as far as it goes."""
        y = self._height + self._gap_above(box)
        part: ParagraphBox | TablePart | None
        if isinstance(box, ParagraphBox):
            if self._items and self._must_wait(box, following, y):
                return (box,)
            part, rest = self._lines_of(box, y)
            self._in_chain = box.paragraph.format.keep_next
        else:
            part, rest = self._rows_of(box, y)
            self._in_chain = False
        if part is not None:
            self._items.append((y, part))
            self._height = y + part.height
            self._above = part if isinstance(part, ParagraphBox) else box
        return rest

    def _gap_above(self, box: Box) -> float:
        starts_page = isinstance(box, ParagraphBox) and box.paragraph.format.break_before
        if not self._items and self._room.goes_on and not starts_page:
            return 0.0
        return gap_between(self._above, box)

    def _must_wait(self, box: ParagraphBox, following: tuple[Box, ...], y: float) -> bool:
        """Whether a paragraph belongs on the next page, by its own word or because the next one isn't to leave it."""
        form = box.paragraph.format
        if self._room.is_page and form.break_before and box.is_first_part:
            return True
        if not form.keep_next or self._in_chain:
            return False
        height, notes = _chain(box, following)
        empty_room = Room(self._room.height, note_room=self._room.note_room)
        return not self._holds(y + height, notes) and empty_room.holds(height, notes)

    def _holds(self, height: float, notes: Sequence[str]) -> bool:
        return self._room.holds(height, (*self._notes, *notes) if self._notes or notes else ())

    def _lines_of(self, box: ParagraphBox, y: float) -> tuple[ParagraphBox | None, Rest]:
        """Return the lines that fit, and what is left of the paragraph."""
        lines = box.lines
        breaks = [index + 1 for index, line in enumerate(lines) if line.ends_page] if self._room.is_page else []
        if not breaks and self._holds(y + box.height, box.notes):
            self._notes += box.notes
            return box, None
        count = self._fitting(box, y)
        if breaks and breaks[0] <= count:
            count = breaks[0]
        elif count < len(lines):
            allowed = _without_widows(box, count, is_page=self._room.is_page)
            count = allowed or (0 if self._items else self._forced(count))
        if count == len(lines):
            self._notes += box.notes
            return box, () if breaks and breaks[0] == count else None
        if count == 0:
            return None, (box,)
        part, rest = box.parted(count)
        self._notes += part.notes
        return part, (rest,)

    def _forced(self, count: int) -> int:
        """Return how many lines begin a column that can't hold as many as the rules ask for."""
        return max(count, 1 if self._room.must_place else 0)

    def _fitting(self, box: ParagraphBox, y: float) -> int:
        y += box.pad_top
        notes: list[str] = []
        lines = box.lines
        for count, line in enumerate(lines):
            y += line.height + (box.pad_bottom if count == len(lines) - 1 else 0.0)
            notes.extend(line.notes)
            if not self._holds(y, notes):
                return count
        return len(lines)

    def _rows_of(self, box: TableBox, y: float) -> tuple[TablePart | None, Rest]:
        notes = (*self._room.notes, *self._notes)
        room = Room(
            self._room.height - y, notes, self._room.note_room, must_place=self._room.must_place, of=self._room.whole
        )
        part, rest, taken = part_table(box, room, fill, at_top=not self._items)
        self._notes += taken
        return part, None if rest is None else (rest,)


def _without_widows(box: ParagraphBox, count: int, *, is_page: bool) -> int:
    """Return how many of the fitting lines may stay when the paragraph is parted; 0 when it must not be."""
    form = box.paragraph.format
    if form.keep_lines:
        return 0
    if not (form.widow_control and is_page):
        return count
    if len(box.lines) - count < _WIDOWS:
        count = len(box.lines) - _WIDOWS
    return max(count, 0) if count >= _WIDOWS or not box.is_first_part else 0


def _chain(box: ParagraphBox, following: tuple[Box, ...]) -> tuple[float, tuple[str, ...]]:
    """Return height and notes of a paragraph with all that must not leave it, up to the first lines of what follows."""
    height, notes = box.height, box.notes
    above: Box = box
    for below in following:
        height += gap_between(above, below)
        if isinstance(below, ParagraphBox) and below.paragraph.format.keep_next:
            height, notes, above = height + below.height, notes + below.notes, below
            continue
        if isinstance(below, TableBox) and all(row.keep_next for row in below.rows):
            height, notes, above = height + sum(below.heights), notes + below.notes, below
            continue
        opening, opening_notes = _opening(below)
        return height + opening, notes + opening_notes
    return height, notes


def _opening(box: Box) -> tuple[float, tuple[str, ...]]:
    """Return height and notes of the least that may begin a block on a page."""
    if isinstance(box, ParagraphBox):
        form = box.paragraph.format
        lines = box.lines
        if form.keep_lines or (form.widow_control and len(lines) <= _WIDOWS + 1):
            return box.height, box.notes
        first = lines[: _WIDOWS if form.widow_control else 1]
        return box.pad_top + sum(line.height for line in first), tuple(note for line in first for note in line.notes)
    last = len(box.rows) - 1
    leading = min(len(box.header), last)
    while leading < last and box.rows[leading].keep_next:
        leading += 1
    row = box.rows[leading]
    height = sum(box.heights[:leading])
    if row.cant_split or row.exact:
        return height + box.heights[leading], row.notes
    openings = [cell.inset + _opening(cell.content[0])[0] for cell in row.cells if cell.content]
    return height + min(box.heights[leading], max(openings, default=0.0)), ()
