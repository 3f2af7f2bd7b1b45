"""Tables of the document to boxes: the grid, merged cells, and the content of each cell broken for its width."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from generator.errors import UnknownConstructError
from generator.typeset.boxes import Box, CellBox, RowBox, TableBox
from generator.typeset.document import Alignment, Block, Merge, Table, TableCell

MakeBoxes = Callable[[tuple[Block, ...], float], tuple[Box, ...]]


def table_box(table: Table, width: float, make_boxes: MakeBoxes) -> TableBox:
    """Return a table with everything measured. `width` is that of the column in which it stands.

    Raises UnknownConstructError when cells of one vertical merge differ in their columns.
    """
    total = sum(table.columns)
    left = table.indent
    if table.alignment is Alignment.CENTRE:
        left = (width - total) / 2
    elif table.alignment is Alignment.RIGHT:
        left = width - total
    offsets = (left, *(left + offset for offset in accumulate(table.columns)))
    merges = _merged_rows(table)
    rows = tuple(_row_box(table, number, offsets, merges, make_boxes) for number in range(len(table.rows)))
    leading = 0
    while leading < len(rows) and rows[leading].header:
        leading += 1
    return TableBox(offsets, rows, header=rows[:leading] if leading < len(rows) else ())


def _row_box(
    table: Table, number: int, offsets: tuple[float, ...], merges: dict[tuple[int, int], int], make_boxes: MakeBoxes
) -> RowBox:
    row = table.rows[number]
    cells: list[CellBox] = []
    column = row.skipped
    for cell in row.cells:
        if cell.merge is not Merge.GOES_ON or (number, column) in merges:
            room = offsets[column + cell.span] - offsets[column] - cell.margins.left - cell.margins.right
            rows = merges.get((number, column), 1)
            framed = cell
            if rows > 1:
                lowest = _cell_at(table, number + rows - 1, column)
                framed = cell._replace(edges=cell.edges._replace(bottom=lowest.edges.bottom))
            cells.append(CellBox.of(framed, column, rows, make_boxes(cell.blocks, max(room, 1.0))))
        column += cell.span
    return RowBox(tuple(cells), row.height, row.exact, row.cant_split, row.header)


def _merged_rows(table: Table) -> dict[tuple[int, int], int]:
    """Return (row, column) of the first cell of each vertical merge → the number of rows that it covers.

    A cell that continues what nothing above begins counts as the first, as in Word.
    """
    covered: dict[tuple[int, int], int] = {}
    open_at: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(table.rows):
        column = row.skipped
        still_open: dict[int, tuple[int, int]] = {}
        for cell in row.cells:
            above = open_at.get(column)
            if cell.merge is Merge.GOES_ON and above is not None:
                if cell.span != _cell_at(table, above[0], column).span:
                    raise UnknownConstructError("Word 文件里有上下合并而列数不同的单元格（w:vMerge）。")
                covered[above] += 1
                still_open[column] = above
            elif cell.merge is not Merge.NONE:
                covered[(number, column)] = 1
                still_open[column] = (number, column)
            column += cell.span
        open_at = still_open
    return covered


def _cell_at(table: Table, number: int, wanted: int) -> TableCell:
    """Return the cell of a row that begins at a column of the grid."""
    column = table.rows[number].skipped
    for cell in table.rows[number].cells:
        if column == wanted:
            return cell
        column += cell.span
    raise KeyError((number, wanted))
