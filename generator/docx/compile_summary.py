"""From the definition of a summary table to a Word template: one row that docxtpl repeats for every cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.docx.cover import ANNEX_TAG
from generator.docx.elements import Element, element
from generator.docx.package import Related, build_package
from generator.docx.paragraphs import plain_paragraph, tag
from generator.docx.sections import FOOTER, HEADER, Paper, footer_element, header_element, section_properties
from generator.docx.styles import font_table_element, settings_element, styles_element
from generator.docx.tables import cell_element, column_widths, row_element, table_element
from generator.forms.definition_summary import Summary, SummaryColumn
from generator.forms.typography import MM, PAGE_HEIGHT, PAGE_WIDTH, SUMMARY_STYLES

TITLE_TAG = "标题"
"""What the template calls the title, which bears the year."""
LINES_TAG = "抬头"
"""What the template calls the lines between title and table."""
HINT_TAG = "提示"
"""What stands behind the name of a column in the name of its hint."""
ROWS_TAG = "集群们"
"""What the template calls all clusters."""
ROW_TAG = "集群"
"""What the template calls one cluster."""

_LINE = "行"
_HEAD_HEIGHT = 11 * MM
_ROW_HEIGHT = 20 * MM


def compile_summary(summary: Summary) -> bytes:
    """Return the Word template of a summary table; equal definitions give equal bytes."""
    document = element("w:document", None, element("w:body", None, *_body(summary)))
    related = (
        Related(HEADER, "header", "header1.xml", header_element()),
        Related(FOOTER, "footer", "footer1.xml", footer_element()),
        Related("rId3", "styles", "styles.xml", styles_element(SUMMARY_STYLES)),
        Related("rId4", "settings", "settings.xml", settings_element(notes=False)),
        Related("rId5", "fontTable", "fontTable.xml", font_table_element()),
    )
    return build_package(document, related, summary.title)


def _body(summary: Summary) -> Iterator[Element]:
    yield plain_paragraph("附件标记", f"{{%p if {ANNEX_TAG} %}}")
    yield plain_paragraph("附件标记", tag(ANNEX_TAG))
    yield plain_paragraph("附件标记", "{%p endif %}")
    yield plain_paragraph("汇总标题", tag(TITLE_TAG))
    yield plain_paragraph("汇总抬头", f"{{%p for {_LINE} in {LINES_TAG} %}}")
    yield plain_paragraph("汇总抬头", tag(_LINE))
    yield plain_paragraph("汇总抬头", "{%p endfor %}")
    yield _table(summary)
    yield plain_paragraph("间隔")
    landscape = summary.orientation == "landscape"
    width = PAGE_HEIGHT if landscape else PAGE_WIDTH
    side = (width - sum(column.width for column in summary.columns) * MM) / 2
    yield section_properties("nextPage", Paper.a4(side=side, landscape=landscape), first_number=1)


def _table(summary: Summary) -> Element:
    widths = column_widths([column.width for column in summary.columns])
    head = [
        cell_element(width, [plain_paragraph("表头", column.text)])
        for width, column in zip(widths, summary.columns, strict=True)
    ]
    row = [cell_element(width, list(_cell(column))) for width, column in zip(widths, summary.columns, strict=True)]
    rows = [
        row_element(head, height=_HEAD_HEIGHT, head=True),
        _tag_row(f"{{%tr for {ROW_TAG} in {ROWS_TAG} %}}", widths),
        row_element(row, height=_ROW_HEIGHT),
        _tag_row("{%tr endfor %}", widths),
    ]
    return table_element(widths, rows)


def _cell(column: SummaryColumn) -> Iterator[Element]:
    name = f"{ROW_TAG}.{column.tag}"
    style = "汇总叙述" if column.narrative else "汇总居中"
    value = plain_paragraph(style, tag(name))
    if not column.hint:
        yield value
        return
    yield plain_paragraph(style, f"{{%p if {name} %}}")
    yield value
    yield plain_paragraph(style, "{%p else %}")
    yield plain_paragraph("汇总提示", tag(f"{name}{HINT_TAG}"))
    yield plain_paragraph(style, "{%p endif %}")


def _tag_row(text: str, widths: Sequence[int]) -> Element:
    return row_element([cell_element(sum(widths), [plain_paragraph("汇总居中", text)], span=len(widths))])
