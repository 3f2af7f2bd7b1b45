from __future__ import annotations

import pytest

from generator.errors import DefinitionError, UnknownConstructError
from generator.typeset.document import Paragraph, Table
from generator.typeset.reading import read
from tests.typeset.looking import laid_out, lines
from tests.typeset.word import cell, document, field, paragraph, raw_run, row, run, section, table

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme><a:majorFont>'
    '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="黑体"/></a:majorFont><a:minorFont>'
    '<a:latin typeface="Cambria"/><a:ea typeface="楷体"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)


def first(docx: bytes) -> Paragraph:
    block = read(docx).sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    return block


def first_table(docx: bytes) -> Table:
    block = read(docx).sections[0].blocks[0]
    assert isinstance(block, Table)
    return block


def plain(text: str, style: str = "", properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>'


def style(identifier: str, content: str, kind: str = "paragraph", based_on: str = "") -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{identifier}"/>{parent}{content}</w:style>'
    )


def test_a_style_takes_over_from_the_one_it_is_based_on() -> None:
    styles = style("base", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="32"/><w:b/></w:rPr>')
    styles += style("own", '<w:rPr><w:sz w:val="44"/></w:rPr>', based_on="base")
    found = first(document(plain("题", "own"), styles=styles))
    assert found.format.alignment.value == "center"
    (text,) = found.inlines
    assert (text.style.size, text.style.bold) == (22, True)


def test_direct_formatting_wins_over_a_character_style() -> None:
    styles = style("red", '<w:rPr><w:color w:val="FF0000"/><w:sz w:val="40"/></w:rPr>', "character")
    properties = '<w:rPr><w:rStyle w:val="red"/><w:sz w:val="24"/></w:rPr>'
    (text,) = first(document(plain("题", properties=properties), styles=styles)).inlines
    assert (text.style.colour, text.style.size) == ("FF0000", 12)


def test_styles_based_on_one_another_in_a_circle_are_read_nevertheless() -> None:
    styles = style("one", "", based_on="two") + style("two", "", based_on="one")
    assert first(document(plain("题", "one"), styles=styles)).format.style == "one"


def test_theme_fonts_are_resolved() -> None:
    fonts = '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="{}"/></w:rPr>'
    (major,) = first(document(plain("题", properties=fonts.format("majorEastAsia")), theme=THEME)).inlines
    (minor,) = first(document(plain("题", properties=fonts.format("minorEastAsia")), theme=THEME)).inlines
    assert (major.style.ascii, major.style.east) == ("Calibri", "黑体")
    assert minor.style.east == "楷体"


def test_tab_stops_of_style_and_paragraph_add_up_and_can_be_cleared() -> None:
    styles = style(
        "tabbed", '<w:pPr><w:tabs><w:tab w:val="left" w:pos="200"/><w:tab w:val="left" w:pos="400"/></w:tabs></w:pPr>'
    )
    own = '<w:pStyle w:val="tabbed"/><w:tabs><w:tab w:val="clear" w:pos="200"/><w:tab w:val="right" w:pos="600"/></w:tabs>'
    found = first(document(paragraph("甲", properties=own), styles=styles))
    assert [(stop.position, stop.alignment) for stop in found.format.tabs] == [(20, "left"), (30, "right")]


def test_borders_and_margins_come_from_the_table_style() -> None:
    content = (
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="grid"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>'
        f"{row([cell('甲')])}</w:tbl>"
    )
    only = first_table(document(body, styles=style("grid", content, "table"))).rows[0].cells[0]
    assert only.edges.top.width == 1.5
    assert only.margins.left == 10


def test_text_of_deletions_and_hidden_text_is_not_printed_and_that_of_insertions_is() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('新')}</w:ins>"
    hidden = run("隐", extra="<w:vanish/>")
    assert lines(laid_out(document(paragraph(deleted + inserted + hidden))).pages[0]) == ["新"]


def test_content_controls_hyperlinks_and_choices_are_read_through() -> None:
    control = f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{run("甲")}</w:sdtContent></w:sdt>'
    link = f"<w:hyperlink>{run('乙')}</w:hyperlink>"
    choice = (
        '<mc:AlternateContent><mc:Choice Requires="w14">' + run("丙") + "</mc:Choice><mc:Fallback>"
        + run("丁") + "</mc:Fallback></mc:AlternateContent>"
    )  # fmt: skip
    assert lines(laid_out(document(paragraph(control + link + choice))).pages[0]) == ["甲乙丙"]


def test_a_symbol_that_only_newer_word_knows_is_read_from_its_stand_in() -> None:
    symbol = '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" w16se:char="25A1"/>'
    offered = f'<mc:AlternateContent><mc:Choice Requires="w16se">{symbol}</mc:Choice>'
    stand_in = "<mc:Fallback><w:t>□</w:t></mc:Fallback></mc:AlternateContent>"
    assert lines(laid_out(document(paragraph(raw_run(offered + stand_in) + run("是")))).pages[0]) == ["□是"]


def test_a_page_break_before_all_text_leaves_no_line_on_the_page_before() -> None:
    """LibreOffice writes so what begins a page; the page before may be full to its last line."""
    broken = '<w:br w:type="page"/>'
    pages = laid_out(document(paragraph(run("甲")) + paragraph(raw_run(broken + "<w:t>乙</w:t>")))).pages
    (block,) = read(document(paragraph(raw_run(broken + "<w:t>乙</w:t>")))).sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.format.break_before
    assert ["".join(each.text for each in page.runs) for page in pages] == ["甲", "乙"]


def test_white_space_counts_only_where_it_is_asked_to() -> None:
    bare = "<w:r><w:t> 甲 </w:t></w:r>"
    assert lines(laid_out(document(paragraph(bare + run(" 乙 ")))).pages[0]) == ["甲 乙 "]


def test_a_field_whose_result_is_stored_prints_it() -> None:
    assert lines(laid_out(document(paragraph(field('HYPERLINK "x"', "链接")))).pages[0]) == ["链接"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (paragraph(raw_run("<w:drawing/>")), "w:drawing"),
        (paragraph(raw_run("<w:object/>")), "w:object"),
        (paragraph(raw_run("<w:pict/>")), "w:pict"),
        (paragraph(raw_run("<w:endnoteReference w:id='1'/>")), "w:endnoteReference"),
        (paragraph(run("甲", extra="<w:i/>")), "w:i"),
        (paragraph(run("甲", extra='<w:w w:val="80"/>')), "w:w"),
        (paragraph("甲", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'), "w:numPr"),
        (paragraph("甲", properties='<w:framePr w:w="100"/>'), "w:framePr"),
        (paragraph("甲", properties="<w:unheardOf/>"), "w:unheardOf"),
        (paragraph(field("PAGE")), "PAGE"),
        (paragraph(field("MERGEFIELD x")), "MERGEFIELD"),
        (paragraph("甲") + "<w:altChunk/>", "w:altChunk"),
        (table([50], [row([cell("甲", properties='<w:textDirection w:val="tbRlV"/>')])]), "w:textDirection"),
        (table([50], [row([cell("甲")])], properties='<w:tblpPr w:tblpX="1"/>'), "w:tblpPr"),
        (table([50], [row([cell("甲"), cell("乙")])]), "w:tbl"),
        (table([50], [row([cell("甲")])], border="wave"), "wave"),
        (paragraph(raw_run('<w:sym w:font="Wingdings" w:char="F021"/>')), "w:sym"),
    ],
)
def test_what_the_typesetter_does_not_know_is_refused_by_name(body: str, named: str) -> None:
    with pytest.raises(UnknownConstructError, match=named):
        laid_out(document(body))


@pytest.mark.parametrize(
    "properties", ['<w:cols w:num="2"/>', "<w:pgBorders><w:top/></w:pgBorders>", '<w:vAlign w:val="center"/>']
)
def test_pages_of_an_unknown_kind_are_refused(properties: str) -> None:
    with pytest.raises(UnknownConstructError):
        laid_out(document(paragraph("甲"), sections=section(properties)))


def test_settings_that_change_the_layout_are_refused_and_others_pass() -> None:
    harmless = '<w:zoom w:percent="100"/><w:rsids><w:rsid w:val="1"/></w:rsids>'
    assert laid_out(document(paragraph("甲"), settings=harmless)).pages
    with pytest.raises(UnknownConstructError, match="w:mirrorMargins"):
        laid_out(document(paragraph("甲"), settings="<w:mirrorMargins/>"))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_what_is_no_word_file_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(DefinitionError, match="Word"):
        read(content)


def test_a_document_of_python_docx_is_laid_out() -> None:
    import io

    import docx

    made = docx.Document()
    made.add_heading("标题", 1)
    made.add_paragraph("正文")
    made.add_table(1, 1).style = "Table Grid"
    buffer = io.BytesIO()
    made.save(buffer)
    pages = laid_out(buffer.getvalue())
    assert lines(pages.pages[0]) == ["标题", "正文"]
    assert pages.outline[0].title == "标题"
