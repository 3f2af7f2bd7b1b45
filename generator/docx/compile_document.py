"""From the definition of a designed document (a list, a report, a label) to a Word template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.docx.elements import Element, element, twips
from generator.docx.package import Related, build_package
from generator.docx.paragraphs import plain_paragraph, tag
from generator.docx.sections import (
    EVEN_FOOTER,
    FOOTER,
    HEADER,
    Paper,
    footer_element,
    header_element,
    section_properties,
)
from generator.docx.styles import font_table_element, settings_element, styles_element
from generator.docx.tables import cell_element, column_widths, row_element, table_element
from generator.forms.definition_document import (
    DRAWING,
    NUMBER,
    DocumentBlock,
    DocumentColumn,
    DocumentDefinition,
    DocumentDrawing,
    DocumentGroup,
    DocumentLoop,
    DocumentRows,
    DocumentSheets,
    DocumentTable,
    DocumentText,
    placeholders,
)
from generator.forms.typography import DOCUMENT_STYLES, MM

_CELL_STYLES = {"left": "格左", "centre": "格中", "right": "格右"}
_HEAD_STYLE = "表头"
_GAP = "间隔"
_HEAD_HEIGHT = 8.5 * MM
_NUMBER_BELOW = 7 * MM
_NUMBER_HEIGHT = 16.0
_SHEETS = "sheets"
"""What the relations of the feet of blocks on sheets of their own begin with."""


def compile_document(definition: DocumentDefinition) -> bytes:
    """Return the Word template of a designed document; equal definitions give equal bytes."""
    body = element("w:body", None, *_Body(definition).elements())
    related = (
        Related(HEADER, "header", "header1.xml", header_element()),
        *_feet(definition),
        *_feet_of_sheets(definition),
        Related("rId3", "styles", "styles.xml", styles_element(DOCUMENT_STYLES)),
        Related("rId4", "settings", "settings.xml", settings_element(notes=False, sides=definition.sides)),
        Related("rId5", "fontTable", "fontTable.xml", font_table_element()),
    )
    return build_package(element("w:document", None, body), related, definition.title)


def _feet(definition: DocumentDefinition) -> tuple[Related, ...]:
    if not definition.sides:
        return (Related(FOOTER, "footer", "footer1.xml", footer_element()),)
    return (
        Related(FOOTER, "footer", "footer1.xml", footer_element("公文单页码", dashes=True)),
        Related(EVEN_FOOTER, "footer", "footer2.xml", footer_element("公文双页码", dashes=True)),
    )


def _feet_of_sheets(definition: DocumentDefinition) -> Iterator[Related]:
    """The feet of the blocks on sheets of their own, which differ in what stands before the number."""
    for number, block in enumerate(_on_sheets(definition), start=1):
        yield Related(f"{_SHEETS}{number}", "footer", f"footer{number + 1}.xml", footer_element(before=block.sheets))


def _on_sheets(definition: DocumentDefinition) -> tuple[DocumentSheets, ...]:
    return tuple(block for block in definition.blocks if isinstance(block, DocumentSheets))


class _Body:
    """Writes the blocks of a definition; counts the bookmarks."""

    def __init__(self, definition: DocumentDefinition) -> None:
        self._definition = definition
        self._marks = 0

    def elements(self) -> Iterator[Element]:
        apart = _on_sheets(self._definition)
        front = self._definition.blocks[: len(self._definition.blocks) - len(apart)]
        yield from self._blocks(front, "")
        section = self._section("nextPage", FOOTER)
        for number, block in enumerate(apart, start=1):
            if front or number > 1:
                yield plain_paragraph(_GAP, properties=[section])
            yield from self._blocks(block.blocks, "")
            section = self._section("oddPage", f"{_SHEETS}{number}")
        last = self._definition.blocks[-1]
        if not isinstance(last, DocumentText) or last.when:
            yield plain_paragraph(_GAP)  # behind a full page it would be a page of its own
        yield section

    def _section(self, start: str, footer: str) -> Element:
        definition = self._definition
        width, height = sorted(definition.paper, reverse=definition.orientation == "landscape")
        if definition.orientation == "portrait":
            width, height = definition.paper
        top, right, bottom, left = (length * MM for length in definition.margins)
        paper = Paper(width * MM, height * MM, top, right, bottom, left)
        if definition.sides:
            paper = replace(paper, footer=bottom - _NUMBER_BELOW - _NUMBER_HEIGHT)
        footer = footer if definition.page_numbers else ""
        return section_properties(start, paper, footer=footer, first_number=1, sides=definition.sides)

    def _blocks(self, blocks: Sequence[DocumentBlock], item: str) -> Iterator[Element]:
        """Yield blocks; `item` is what the innermost loop calls its item, empty outside loops."""
        for block in blocks:
            match block:
                case DocumentText():
                    yield from _where(block.when, [self._text(block, item)])
                case DocumentTable():
                    yield _table(block.table)
                    yield plain_paragraph(_GAP)  # parts it from a table right behind
                case DocumentDrawing():
                    yield from _where(block.when, [self._drawing(block, item)])
                case DocumentLoop():
                    inner = self._blocks(block.blocks, block.item)
                    yield from _around(f"{{%p for {block.item} in {block.each} %}}", inner, "{%p endfor %}")
                case DocumentGroup():
                    yield from _where(block.when, self._blocks(block.blocks, item))

    def _text(self, block: DocumentText, item: str) -> Element:
        properties = [element("w:keepNext")] if block.keep else []
        properties += [element("w:pageBreakBefore")] if block.new_page else []
        made = plain_paragraph(block.style, _tagged(block.text), properties=properties)
        return self._marked(made, block.mark, item)

    def _drawing(self, block: DocumentDrawing, item: str) -> Element:
        spacing: dict[str, str | int] = {
            "w:before": 0,
            "w:after": 0,
            "w:line": twips(block.height * MM),
            "w:lineRule": "exact",
        }
        made = plain_paragraph(_GAP, properties=[element("w:spacing", spacing)])
        return self._marked(made, f"{DRAWING}{block.drawing}", item)

    def _marked(self, paragraph: Element, name: str, item: str) -> Element:
        """Enclose the content of `paragraph` in a bookmark called `name`, if that is not empty; its number is unique in loops too."""
        if not name:
            return paragraph
        self._marks += 1
        number = f"{tag(f'{item}.{NUMBER}')}{self._marks:02}" if item else str(self._marks)
        paragraph.insert(1, element("w:bookmarkStart", {"w:id": number, "w:name": _tagged(name)}))
        paragraph.append(element("w:bookmarkEnd", {"w:id": number}))
        return paragraph


def _tagged(text: str) -> str:
    """Return `text` with the template's tags in place of names in braces."""
    return "".join(plain + (tag(name) if name else "") for plain, name in placeholders(text))


def _where(condition: str, content: Sequence[Element] | Iterator[Element]) -> Iterator[Element]:
    if condition:
        yield from _around(f"{{%p if {condition} %}}", content, "{%p endif %}")
    else:
        yield from content


def _around(start: str, content: Sequence[Element] | Iterator[Element], end: str) -> Iterator[Element]:
    yield plain_paragraph(_GAP, start)
    yield from content
    yield plain_paragraph(_GAP, end)


def _table(table: DocumentRows) -> Element:
    widths = column_widths([column.width for column in table.columns])
    height = table.row_height * MM
    rows: list[Element] = []
    if any(column.head for column in table.columns):
        heads = [
            cell_element(width, [_in_table(table, _HEAD_STYLE, column.head)])
            for width, column in zip(widths, table.columns, strict=True)
        ]
        rows.append(row_element(heads, height=max(_HEAD_HEIGHT, height), head=True))
    rows += [_row(table, line, widths, height) for line in table.lines]
    if table.rows:
        rows.append(_tag_row(f"{{%tr for {table.item} in {table.rows} %}}", widths))
        rows.append(_row(table, [column.text for column in table.columns], widths, height))
        rows.append(_tag_row("{%tr endfor %}", widths))
    if table.foot:
        foot = _row(table, table.foot, widths, height)
        condition = [_tag_row(text, widths) for text in (f"{{%tr if {table.foot_when} %}}", "{%tr endif %}")]
        rows += [condition[0], foot, condition[1]] if table.foot_when else [foot]
    return table_element(widths, rows) if table.frame else table_element(widths, rows, outer=0, inner=0)


def _row(table: DocumentRows, texts: Sequence[str], widths: Sequence[int], height: float) -> Element:
    cells = [
        cell_element(width, [_in_table(table, _cell_style(column), text)])
        for width, column, text in zip(widths, table.columns, texts, strict=True)
    ]
    return row_element(cells, height=height)


def _in_table(table: DocumentRows, style: str, text: str) -> Element:
    return plain_paragraph(style, _tagged(text), properties=[element("w:keepNext")] if table.together else [])


def _cell_style(column: DocumentColumn) -> str:
    return column.style or _CELL_STYLES[column.align]


def _tag_row(text: str, widths: Sequence[int]) -> Element:
    return row_element([cell_element(sum(widths), [plain_paragraph("格左", text)], span=len(widths))])
