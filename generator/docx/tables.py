"""Grids of an arrangement as Word tables: fixed widths, least heights, merges, borders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from generator.docx.elements import Element, element, twips, valued
from generator.docx.paragraphs import Numbering, blocks, plain_paragraph
from generator.docx.styles import cell_margins
from generator.forms.arrangement import Grid, GridCell, GridRow, SlotKind, identifier
from generator.forms.typography import (
    CELL_EDGE,
    CELL_SIDE,
    MARGIN_BOTTOM,
    MARGIN_TOP,
    MM,
    PAGE_HEIGHT,
    style,
)

INNER_RULE = 4
"""Thickness of the rules between cells, in eighths of a point."""
OUTER_RULE = 8
"""Thickness of a table's frame, in eighths of a point."""
_SIDES = ("top", "left", "bottom", "right")
_GROWING = frozenset({SlotKind.NARRATIVE, SlotKind.NAMES})
_HEAD_STYLE = "表头"
_SIGNED_STYLES = frozenset({"签章", "签章日期"})
_PART_TITLE = style("部分标题")
_FIRST_PAGE = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM - _PART_TITLE.leading - _PART_TITLE.after
_MARK_LENGTH = 40  # Word's limit for the name of a bookmark


def column_widths(millimetres: Sequence[float]) -> list[int]:
    """Return the widths of columns in twips; their sum is that of the millimetres, rounded once."""
    edges = [0]
    total = 0.0
    for width in millimetres:
        total += width
        edges.append(twips(total * MM))
    return [right - left for left, right in pairwise(edges)]


def table_element(
    widths: Sequence[int],
    rows: Sequence[Element],
    *,
    outer: int = OUTER_RULE,
    inner: int = INNER_RULE,
    edge: float = CELL_EDGE,
    side: float = CELL_SIDE,
    style_identifier: str = "",
) -> Element:
    """Return a centred table of fixed layout.

    `widths` are twips; `outer` and `inner` rules eighths of a point, 0 for none; `edge` and `side` the cells' margins in points.
    """
    properties = element(
        "w:tblPr",
        None,
        valued("w:tblStyle", style_identifier) if style_identifier else None,
        element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        valued("w:jc", "center"),
        _table_borders(outer, inner),
        element("w:tblLayout", {"w:type": "fixed"}),
        cell_margins("w:tblCellMar", edge, side),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": width}) for width in widths))
    return element("w:tbl", None, properties, grid, *rows)


def _table_borders(outer: int, inner: int) -> Element:
    rules = [*((side, outer) for side in _SIDES), ("insideH", inner), ("insideV", inner)]
    return element("w:tblBorders", None, *(border(name, thickness) for name, thickness in rules))


def border(side: str, thickness: int) -> Element:
    """Return one border of a table or cell; `thickness` in eighths of a point, 0 for none."""
    if not thickness:
        return element(f"w:{side}", {"w:val": "nil"})
    return element(f"w:{side}", {"w:val": "single", "w:sz": thickness, "w:space": 0, "w:color": "000000"})


def row_element(cells: Sequence[Element], *, height: float = 0.0, head: bool = False, split: bool = False) -> Element:
    """Return a row at least `height` points high; `head` repeats it on every page, `split` lets it run over pages."""
    properties = element("w:trPr")
    if not split:
        properties.append(element("w:cantSplit"))
    if height:
        properties.append(element("w:trHeight", {"w:val": twips(height), "w:hRule": "atLeast"}))
    if head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", None, properties if len(properties) else None, *cells)


def cell_element(
    width: int,
    content: Sequence[Element],
    *,
    span: int = 1,
    merge: str = "",
    align: str = "center",
    borders: Element | None = None,
) -> Element:
    """Return a cell `width` twips wide; `align` places its content vertically, `merge` is `restart`, `continue` or empty."""
    properties = element(
        "w:tcPr",
        None,
        element("w:tcW", {"w:w": width, "w:type": "dxa"}),
        valued("w:gridSpan", span) if span > 1 else None,
        valued("w:vMerge", merge) if merge else None,
        borders,
        valued("w:vAlign", align) if align else None,
    )
    return element("w:tc", None, properties, *content)


def grid_element(grid: Grid, heights: Sequence[float], numbering: Numbering) -> Element:
    """Return the table of a part; `heights` are the least heights of its rows in points."""
    widths = column_widths(grid.columns)
    rows = [
        _grid_row(row, height, widths, numbering, head=index == 0 and _is_repeated(grid, heights))
        for index, (row, height) in enumerate(zip(grid.rows, heights, strict=True))
    ]
    return table_element(widths, rows)


def _is_repeated(grid: Grid, heights: Sequence[float]) -> bool:
    """Whether the first row heads rows of a later page: the years are repeated where figures by year go on there, not above text."""
    head = grid.rows[0]
    if any(paragraph.style != _HEAD_STYLE for cell in head.cells for paragraph in cell.paragraphs):
        return False
    last = max(index for index, row in enumerate(grid.rows) if _edges(row) >= _edges(head))
    return sum(heights[: last + 1]) > _FIRST_PAGE


def _edges(row: GridRow) -> set[int]:
    """The columns at which a row's cells begin."""
    return set(accumulate((cell.span for cell in row.cells[:-1]), initial=0))


def _grid_row(row: GridRow, height: float, widths: Sequence[int], numbering: Numbering, *, head: bool) -> Element:
    cells: list[Element] = []
    column = 0
    for cell in row.cells:
        width = sum(widths[column : column + cell.span])
        cells.append(
            cell_element(
                width,
                _cell_content(cell, numbering, _signature_mark(row, cell)),
                span=cell.span,
                merge=cell.merge,
                align=_alignment(cell),
            )
        )
        column += cell.span
    return row_element(cells, height=height, head=head)


def _cell_content(cell: GridCell, numbering: Numbering, mark: str) -> list[Element]:
    content = [block for paragraph in cell.paragraphs for block in blocks(paragraph, numbering)]
    if not content:
        return [plain_paragraph("栏目")]
    if mark:
        start, end = numbering.bookmark(mark)
        content[0].insert(1, start)
        content[-1].append(end)
    return content


def _signature_mark(row: GridRow, cell: GridCell) -> str:
    """The bookmark of a cell that is signed and sealed: it names the row's label; empty for other cells."""
    if all(paragraph.style not in _SIGNED_STYLES for paragraph in cell.paragraphs):
        return ""
    return signature_bookmark(
        "".join(piece.text for paragraph in row.cells[0].paragraphs for piece in paragraph.pieces)
    )


def signature_bookmark(label: str) -> str:
    """Return the bookmark of the cell that is signed and sealed in the row with this label."""
    return f"签章_{identifier(label)}"[:_MARK_LENGTH]


def _alignment(cell: GridCell) -> str:
    """Texts that grow begin at the top; what is signed stands at the foot, with room for the opinion above; all else is centred."""
    if cell.top or any(slot.kind in _GROWING for paragraph in cell.paragraphs for slot in paragraph.slots):
        return "top"
    return "bottom" if any(paragraph.style in _SIGNED_STYLES for paragraph in cell.paragraphs) else "center"
