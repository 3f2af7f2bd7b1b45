"""The cover and the pages of 填报说明 of a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.docx.elements import Element, element, twips
from generator.docx.paragraphs import Numbering, paragraph_element, plain_paragraph, tag
from generator.docx.tables import border, cell_element, row_element, table_element
from generator.forms.arrangement import CoverLine, Paragraph
from generator.forms.definition import Instructions
from generator.forms.typography import MM, PAGE_WIDTH, style
from generator.frozen import replace

ANNEX_TAG = "附件"
"""What the template calls the notice's mark above the title (附件2)."""

COVER_SIDE = 20 * MM
"""The cover's margins left and right, narrower than those of the parts: its lines are long."""

_TITLE_ABOVE = 86.0
_TITLE_BELOW = 48.0
_LINE_HEIGHT = 56.0  # two lines of a long name, so that it moves nothing below it
_HINT_HEIGHT = 20.0
_ISSUER_ABOVE = 66.0
_ONE_LINE = 14
"""Longer labels than this, in hanzi, are set on two lines of like length."""
_RULE = 6
_LABEL = "封面栏目"
_TITLE = "封面标题"
_ISSUER = "封面制表"
_HINT = "封面提示"


def cover_elements(lines: Sequence[CoverLine], numbering: Numbering) -> Iterator[Element]:
    """Yield the blocks of the cover, the notice's mark first; lines with labels and hints make one table without frame."""
    yield plain_paragraph("附件标记", tag(ANNEX_TAG))
    rows: list[CoverLine] = []
    for line in lines:
        if line.label or line.paragraph.style == _HINT:
            rows.append(line)
            continue
        if rows:
            yield _lines_table(rows, numbering)
            rows = []
        yield _spaced(line.paragraph, numbering)
    if rows:
        yield _lines_table(rows, numbering)


def _spaced(paragraph: Paragraph, numbering: Numbering) -> Element:
    made = paragraph_element(paragraph, numbering, on_cover=True)
    spacing = {_TITLE: (_TITLE_ABOVE, _TITLE_BELOW), _ISSUER: (_ISSUER_ABOVE, 0.0)}.get(paragraph.style)
    if spacing:
        above, below = spacing
        made[0].append(element("w:spacing", {"w:before": twips(above), "w:after": twips(below)}))
    return made


def _lines_table(lines: Sequence[CoverLine], numbering: Numbering) -> Element:
    """Every label takes the room that its text needs, so the rule behind it runs from there to the right margin."""
    total = twips(PAGE_WIDTH - 2 * COVER_SIDE)
    ends = sorted({_label_width(line.label) for line in lines if line.label} | {total})
    widths = [end - start for start, end in pairwise([0, *ends])]
    rows: list[Element] = []
    label = ""
    for line in lines:
        label = line.label or label
        made = _line_row if line.label else _hint_row
        rows.append(made(replace(line, label=label), ends, total, numbering))
    return table_element(widths, rows, outer=0, inner=0, edge=0.0, side=0.0)


def _hint_row(line: CoverLine, ends: Sequence[int], total: int, numbering: Numbering) -> Element:
    """A hint stands under the rule of the line before it, whose label is given."""
    hint = paragraph_element(line.paragraph, numbering, on_cover=True)
    if not line.label:
        return row_element([cell_element(total, [hint], span=len(ends))], height=_HINT_HEIGHT)
    width = _label_width(line.label)
    span = ends.index(width) + 1
    cells = [
        cell_element(width, [plain_paragraph(_HINT)], span=span),
        cell_element(total - width, [hint], span=len(ends) - span),
    ]
    return row_element(cells, height=_HINT_HEIGHT)


def _line_row(line: CoverLine, ends: Sequence[int], total: int, numbering: Numbering) -> Element:
    width = _label_width(line.label)
    span = ends.index(width) + 1
    label = [plain_paragraph(_LABEL, text) for text in _label_lines(line.label)]
    cells = [
        cell_element(width, label, span=span, align="bottom"),
        _value_cell(line.paragraph, total - width, len(ends) - span, numbering),
    ]
    return row_element(cells, height=_LINE_HEIGHT)


def _value_cell(paragraph: Paragraph, width: int, span: int, numbering: Numbering) -> Element:
    """A single value stands above a rule over the whole width; blanks within a sentence have rules of their own."""
    if len(paragraph.pieces) > 1:
        content = paragraph_element(paragraph, numbering, on_cover=True)
        return cell_element(width, [content], span=span, align="bottom")
    (piece,) = paragraph.pieces
    ruled = replace(paragraph, pieces=(replace(piece, underlined=False),))
    content = paragraph_element(ruled, numbering, on_cover=True)
    borders = element("w:tcBorders", None, border("bottom", _RULE))
    return cell_element(width, [content], span=span, align="bottom", borders=borders)


def _label_lines(label: str) -> list[str]:
    if len(label) <= _ONE_LINE:
        return [label]
    half = (len(label) + 1) // 2
    return [label[:half], label[half:]]


def _label_width(label: str) -> int:
    """The width of a label in twips: a hanzi is as wide as its type is large, and a little stays free."""
    longest = max(len(text) for text in _label_lines(label))
    return twips(longest * style(_LABEL).size) + 20


def instructions_elements(instructions: Instructions) -> Iterator[Element]:
    """Yield the title and the paragraphs of 填报说明."""
    yield from _text_page(instructions, "说明标题", "说明正文")


def appendix_elements(appendix: Instructions) -> Iterator[Element]:
    """Yield the title and the paragraphs of a text behind the parts, in smaller type than 填报说明 so that it keeps to one page."""
    yield from _text_page(appendix, "附文标题", "附文正文")


def _text_page(page: Instructions, title: str, text: str) -> Iterator[Element]:
    yield plain_paragraph(title, page.title)
    for item in page.items:
        yield plain_paragraph(text, item)
