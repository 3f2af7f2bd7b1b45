"""What the page makers move about: paragraphs broken into lines, tables with measured cells. Lengths are points."""

from __future__ import annotations

from typing import NamedTuple

from generator.frozen import dataclass
from generator.typeset.document import Edge, Paragraph, TableCell
from generator.typeset.remembering import remembered

Segment = tuple[float, float, str, str, float, float, float, bool, str]
"""x from the line's origin, rise above the baseline, text, face, size, width, spacing, embolden, colour."""

Stroke = tuple[float, float, float, float, str, tuple[float, ...]]
"""x1, x2 from the line's origin, y below the baseline, width, colour, dash."""

Wash = tuple[float, float, str]
"""x1, x2 from the line's origin, colour: shading behind characters."""


class Line(NamedTuple):
    """A line: its height, its baseline below its top, what stands on it, the footnotes that it refers to."""

    height: float
    baseline: float
    segments: tuple[Segment, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    washes: tuple[Wash, ...] = ()
    notes: tuple[str, ...] = ()
    ends_page: bool = False


class ParagraphBox(NamedTuple):
    """A paragraph's lines, or the part of them that stands on one page. `of` makes it with all its measures.

    `before` and `after` are the space around, `pad_top` and `pad_bottom` what the borders take: nothing at an end that is
    not the paragraph's own. `height` is that of lines and borders; `notes` are the footnotes that the lines refer to.
    """

    paragraph: Paragraph
    lines: tuple[Line, ...]
    width: float
    is_first_part: bool
    is_last_part: bool
    before: float
    after: float
    pad_top: float
    pad_bottom: float
    height: float
    notes: tuple[str, ...]

    @classmethod
    def of(
        cls, paragraph: Paragraph, lines: tuple[Line, ...], width: float, *, first: bool = True, last: bool = True
    ) -> ParagraphBox:
        """Return lines of a paragraph; `first` and `last` tell whether its first and its last line are among them."""
        form = paragraph.format
        pad_top = _pad(form.edges.top) if form.edges and first else 0.0
        pad_bottom = _pad(form.edges.bottom) if form.edges and last else 0.0
        return cls(
            paragraph=paragraph,
            lines=lines,
            width=width,
            is_first_part=first,
            is_last_part=last,
            before=form.before if first else 0.0,
            after=form.after if last else 0.0,
            pad_top=pad_top,
            pad_bottom=pad_bottom,
            height=pad_top + sum([line.height for line in lines]) + pad_bottom,
            notes=tuple([note for line in lines for note in line.notes]),
        )

    def parted(self, count: int) -> tuple[ParagraphBox, ParagraphBox]:
        """Return the first `count` of the lines, and the rest."""
        above, below = self.lines[:count], self.lines[count:]
        return (
            ParagraphBox.of(self.paragraph, above, self.width, first=self.is_first_part, last=False),
            ParagraphBox.of(self.paragraph, below, self.width, first=False, last=self.is_last_part),
        )


def _pad(edge: Edge) -> float:
    return edge.width + edge.space if edge.style else 0.0


class CellBox(NamedTuple):
    """A cell with its content, broken for its width. `column`, `span` and `rows` are in the table's grid. `of` measures it.

    `inset` is the distance from the cell's upper grid line to its content; `height` is what the cell needs when nothing
    parts it; `notes` are the footnotes that the content refers to.
    """

    cell: TableCell
    column: int
    span: int
    rows: int
    content: tuple[Box, ...]
    inset: float
    height: float
    notes: tuple[str, ...]

    @classmethod
    def of(cls, cell: TableCell, column: int, rows: int, content: tuple[Box, ...]) -> CellBox:
        """Return a cell that begins at a column of the grid and covers that many rows."""
        inset = cell.edges.top.width + cell.margins.top
        height = inset + stack_height(content) + cell.margins.bottom
        notes = tuple([note for box in content for note in box.notes])
        return cls(cell, column, cell.span, rows, content, inset, height, notes)


@dataclass(frozen=True)
class RowBox:
    """A row: the cells that begin in it. `least` is its least height, its only one where `exact`."""

    cells: tuple[CellBox, ...]
    least: float
    exact: bool = False
    cant_split: bool = False
    header: bool = False

    @remembered
    def notes(self) -> tuple[str, ...]:
        """The footnotes that the row's cells refer to."""
        return tuple(note for cell in self.cells for note in cell.notes)

    @remembered
    def keep_next(self) -> bool:
        """Whether the row asks to stay with the next one, as Word has it: by its first paragraph."""
        for cell in self.cells:
            for box in cell.content[:1]:
                return isinstance(box, ParagraphBox) and box.paragraph.format.keep_next
        return False


@dataclass(frozen=True)
class TableBox:
    """A table, or its rows that are still to be placed. `offsets` are the grid lines from the column's left edge.

    `header` holds the rows to be repeated on each new page; `goes_on` tells that rows are placed already.
    """

    offsets: tuple[float, ...]
    rows: tuple[RowBox, ...]
    header: tuple[RowBox, ...] = ()
    goes_on: bool = False

    before = 0.0
    after = 0.0

    @remembered
    def heights(self) -> tuple[float, ...]:
        """The height of each row when nothing parts it."""
        return row_heights(self.rows)

    @remembered
    def repeated_heights(self) -> tuple[float, ...]:
        """The heights of the header rows that stand above the rows, none at the table's beginning."""
        return row_heights(self.header) if self.goes_on else ()

    @remembered
    def height(self) -> float:
        """The height of all, the lowest border included."""
        return sum(self.repeated_heights) + sum(self.heights) + self.lowest_border

    @remembered
    def lowest_border(self) -> float:
        """The width of the border under the last row."""
        return max((cell.cell.edges.bottom.width for cell in self.rows[-1].cells), default=0.0) if self.rows else 0.0

    @remembered
    def notes(self) -> tuple[str, ...]:
        """The footnotes that the rows refer to."""
        return tuple(note for row in self.rows for note in row.notes)


Box = ParagraphBox | TableBox


def row_heights(rows: tuple[RowBox, ...]) -> tuple[float, ...]:
    """Return the height of each row; what a merged cell needs beyond its rows goes to the last that may grow."""
    heights: list[float] = []
    for row in rows:
        needed = 0.0 if row.exact else max((cell.height for cell in row.cells if cell.rows == 1), default=0.0)
        heights.append(max(row.least, needed))
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.rows == 1:
                continue
            last = min(index + cell.rows, len(rows))
            lacking = cell.height - sum(heights[index:last])
            flexible = [number for number in range(index, last) if not rows[number].exact]
            if lacking > 0 and flexible:
                heights[flexible[-1]] += lacking
    return tuple(heights)


def gap_between(above: Box | None, below: Box) -> float:
    """Return the space between two blocks: the greater of the upper's and the lower's, as LibreOffice and Word have it."""
    if above is None:
        return below.before
    after, before = above.after, below.before
    if isinstance(above, ParagraphBox) and isinstance(below, ParagraphBox):
        upper, lower = above.paragraph.format, below.paragraph.format
        if upper.style == lower.style:
            after = 0.0 if upper.contextual else after
            before = 0.0 if lower.contextual else before
    return max(after, before)


def stack_height(boxes: tuple[Box, ...]) -> float:
    """Return the height of blocks one under the other, the space around the first and the last included."""
    height = 0.0
    above: Box | None = None
    for box in boxes:
        height += gap_between(above, box) + box.height
        above = box
    return height + (above.after if above is not None else 0.0)
