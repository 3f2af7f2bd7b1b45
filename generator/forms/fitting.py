"""How high the rows of a form must be, and in which size of type a value fits its cell.

Every row is as high as the fullest content that the form allows needs, so filling never moves a page break: 填表时不得改变表格样式，
其中一至七部分不得串页. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.forms.arrangement import Arrangement, Grid, GridCell, Paragraph, Slot, SlotKind
from generator.forms.typography import CELL_EDGE, CELL_SIDE, MM, ROW_HEIGHT, SIZES, style
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary, Identity
from generator.measure.lines import line_count

_FILLER = "国"
_SHRUNK = frozenset({SlotKind.NAMES})
_FITTED = frozenset({SlotKind.VALUE, SlotKind.COMPOSED, SlotKind.NARRATIVE, SlotKind.NAMES})


@dataclass(frozen=True)
class SlotBox:
    """The room of one slot: the width of its lines, the height left to its paragraph, and what is printed around it."""

    width: float
    height: float
    font: str
    first_indent: float
    before: str
    after: str


@dataclass(frozen=True)
class Fit:
    """The type a text is set in, and whether it stays within its box at that size."""

    size: float
    leading: float
    fits: bool


def row_heights(grid: Grid, fonts: FontLibrary) -> tuple[float, ...]:
    """Return the height of every row of `grid`, so that its labels and the fullest values fit."""
    least = grid.row_height or ROW_HEIGHT
    heights = [max(least, row.height) for row in grid.rows]
    spans: list[tuple[int, int, float]] = []
    for index, row in enumerate(grid.rows):
        column = 0
        for cell in row.cells:
            needed = _cell_height(cell, _width(grid, column, cell), fonts)
            if cell.merge == "restart":
                spans.append((index, _merge_end(grid, index, column), needed))
            else:
                heights[index] = max(heights[index], needed)
            column += cell.span
    for first, end, needed in spans:
        heights[end - 1] += max(0.0, needed - sum(heights[first:end]))
    return tuple(heights)


@dataclass(frozen=True)
class Rooms:
    """The room of every fitted slot of a form's tables, by the key of the slot, as it was measured with `fonts`."""

    fonts: Identity
    boxes: Mapping[str, SlotBox]


@dataclass(frozen=True)
class Arranged:
    """A form arranged, and the rooms of its slots: all that follows from its definition before anything is filled in."""

    arrangement: Arrangement
    rooms: Rooms


def rooms(arrangement: Arrangement, fonts: FontLibrary) -> Rooms:
    """Measure the room of every fitted slot of the parts' tables."""
    boxes: dict[str, SlotBox] = {}
    for part in arrangement.parts:
        if part.grid is None:
            continue
        for row, height in zip(part.grid.rows, row_heights(part.grid, fonts), strict=True):
            column = 0
            for cell in row.cells:
                boxes |= _boxes_of(cell, _width(part.grid, column, cell), height, fonts)
                column += cell.span
    return Rooms(fonts.identity, boxes)


def slot_boxes(arrangement: Arrangement, fonts: FontLibrary, known: Rooms | None = None) -> Mapping[str, SlotBox]:
    """Return the room of every fitted slot of the parts' tables, by the key of the slot.

    `known` is what was measured before; it serves where that was done with the same fonts.
    """
    return (known if known is not None and known.fonts == fonts.identity else rooms(arrangement, fonts)).boxes


def fit(text: str, box: SlotBox, fonts: FontLibrary) -> Fit:
    """Choose the largest size of type in which `text` stays within `box`; the smallest, and `fits` false, when none serves."""
    for size, leading in SIZES:
        lines = line_count(
            f"{box.before}{text}{box.after}", box.font, size, box.width, fonts, first_indent=box.first_indent * size
        )
        if lines * leading <= box.height + 0.01:
            return Fit(size, leading, True)
    return Fit(*SIZES[-1], False)


def _boxes_of(cell: GridCell, width: float, height: float, fonts: FontLibrary) -> dict[str, SlotBox]:
    boxes: dict[str, SlotBox] = {}
    for paragraph in cell.paragraphs:
        fitted = [slot for slot in paragraph.slots if slot.kind in _FITTED]
        if not fitted:
            continue
        (slot,) = fitted
        others = sum(_paragraph_height(other, width, fonts) for other in cell.paragraphs if other is not paragraph)
        place = next(index for index, piece in enumerate(paragraph.pieces) if piece.slot is slot)
        used = style(paragraph.style)
        boxes[slot.key] = SlotBox(
            width=width,
            height=height - 2 * CELL_EDGE - others,
            font=used.font,
            first_indent=used.first_indent,
            before="".join(piece.text for piece in paragraph.pieces[:place]),
            after="".join(piece.text for piece in paragraph.pieces[place + 1 :]),
        )
    return boxes


def _width(grid: Grid, column: int, cell: GridCell) -> float:
    return sum(grid.columns[column : column + cell.span]) * MM - 2 * CELL_SIDE


def _merge_end(grid: Grid, first: int, column: int) -> int:
    end = first + 1
    while end < len(grid.rows) and _continues(grid, end, column):
        end += 1
    return end


def _continues(grid: Grid, index: int, column: int) -> bool:
    position = 0
    for cell in grid.rows[index].cells:
        if position == column:
            return cell.merge == "continue"
        position += cell.span
    return False


def _cell_height(cell: GridCell, width: float, fonts: FontLibrary) -> float:
    return sum(_paragraph_height(paragraph, width, fonts) for paragraph in cell.paragraphs) + 2 * CELL_EDGE


def _paragraph_height(paragraph: Paragraph, width: float, fonts: FontLibrary) -> float:
    used = style(paragraph.style)
    size, leading = used.size, used.leading
    if any(slot.kind in _SHRUNK for slot in paragraph.slots):
        size, leading = SIZES[-1]
    text = "".join(piece.text if piece.slot is None else _fullest(piece.slot) for piece in paragraph.pieces)
    lines = line_count(text, used.font, size, width, fonts, first_indent=used.first_indent * size)
    return lines * leading + used.before + used.after


def _fullest(slot: Slot) -> str:
    if slot.kind is SlotKind.BOX:
        return "□"
    if slot.kind is SlotKind.HINT:
        return slot.text
    return _FILLER * slot.capacity
