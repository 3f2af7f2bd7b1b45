"""Part 八 of a template: one box of the text's width that runs over pages and holds headings, prose and target tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.docx.elements import Element, qualified
from generator.docx.paragraphs import Numbering, paragraph_element, plain_paragraph, tag
from generator.docx.styles import TARGET_TABLE
from generator.docx.tables import INNER_RULE, cell_element, column_widths, row_element, table_element
from generator.forms.arrangement import PlanPiece, Slot, identifier
from generator.forms.definition import PlanDirection, PlanTable
from generator.forms.typography import CELL_EDGE, CELL_SIDE, MM, TEXT_WIDTH

PARAGRAPH = "段"
"""What the template calls one paragraph of prose."""
ROW = "行"
"""What the template calls one row of a target table."""

IN_WORDS = "文字"
"""What the template calls the sign (not empty) of a row whose cells hold descriptions."""

_TABLE_SIDE = 1.2 * MM
_NARROW_SIDE = 0.7 * MM
_MANY_COLUMNS = 6
_BOX_SIDE = 2 * CELL_SIDE
_INDICATOR_COLUMNS = 2


def plan_element(pieces: Sequence[PlanPiece], numbering: Numbering) -> Element:
    """Return the box of part 八."""
    widths = _box_columns(pieces)
    content = [block for piece in pieces for block in _blocks(piece, numbering)]
    if not content or content[-1].tag != qualified("w:p"):
        content.append(plain_paragraph("间隔"))
    cell = cell_element(sum(widths), content, span=len(widths), align="")
    return table_element(widths, [row_element([cell], split=True)], edge=2 * CELL_EDGE, side=_BOX_SIDE)


def _box_columns(pieces: Sequence[PlanPiece]) -> list[int]:
    """As many columns as the widest table within: docxtpl counts a nested row's cells as the box's own, and would add columns."""
    count = max((len(piece.table.columns) for piece in pieces if piece.table is not None), default=1)
    return column_widths([TEXT_WIDTH / MM / count] * count)


def _blocks(piece: PlanPiece, numbering: Numbering) -> Iterator[Element]:
    if piece.paragraph is not None:
        yield paragraph_element(piece.paragraph, numbering)
    if piece.prose is not None:
        yield from _prose(piece.prose, numbering)
    if piece.table is not None:
        yield plain_paragraph("表间")
        yield _target_table(piece.table)
        yield plain_paragraph("表间")


def _prose(slot: Slot, numbering: Numbering) -> Iterator[Element]:
    start, end = numbering.bookmark(slot.key)
    yield start
    yield plain_paragraph("规划正文", f"{{%p for {PARAGRAPH} in {slot.tag} %}}")
    yield plain_paragraph("规划正文", tag(PARAGRAPH))
    yield plain_paragraph("规划正文", "{%p endfor %}")
    yield end


def _target_table(table: PlanTable) -> Element:
    widths = column_widths([column.width for column in table.columns])
    head = [
        cell_element(width, [plain_paragraph("表头", column.text)])
        for width, column in zip(widths, table.columns, strict=True)
    ]
    rows = [row_element(head, head=True)]
    for direction in table.rows:
        rows += _direction_rows(table, direction, widths)
    return table_element(widths, rows, outer=INNER_RULE, side=_side(table), style_identifier=TARGET_TABLE)


def _side(table: PlanTable) -> float:
    """The margin left and right within cells: where many columns share the box, the words need the room."""
    return _NARROW_SIDE if len(table.columns) >= _MANY_COLUMNS else _TABLE_SIDE


def _direction_rows(table: PlanTable, direction: PlanDirection, widths: Sequence[int]) -> list[Element]:
    values = len(table.columns) - _INDICATOR_COLUMNS
    texts = [f"{{% vm %}}{direction.direction}", tag(f"{ROW}.指标")]
    cells = [[plain_paragraph("栏目", text)] for text in texts]
    cells += [_value(f"{ROW}.c{number}") for number in range(1, values + 1)]
    merged, *rest = (cell_element(width, cell, align="") for width, cell in zip(widths, cells, strict=True))
    loop = f"{identifier(table.table)}.{identifier(direction.direction)}"
    return [
        _tag_row(f"{{%tr for {ROW} in {loop} %}}", widths),
        row_element([merged, *rest]),
        _tag_row("{%tr endfor %}", widths),
    ]


def _value(expression: str) -> list[Element]:
    """A figure stands in the middle of its cell, a description begins at the left."""
    return [
        plain_paragraph("填写", f"{{%p if {ROW}.{IN_WORDS} %}}"),
        plain_paragraph("填写", tag(expression)),
        plain_paragraph("填写", "{%p else %}"),
        plain_paragraph("填写居中", tag(expression)),
        plain_paragraph("填写", "{%p endif %}"),
    ]


def _tag_row(text: str, widths: Sequence[int]) -> Element:
    return row_element([cell_element(sum(widths), [plain_paragraph("栏目", text)], span=len(widths))])
