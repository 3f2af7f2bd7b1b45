from __future__ import annotations

import pickle

import pytest

from generator.typeset.numbering import printed_number
from tests.typeset.looking import across, laid_out, lines, page_of, run_with, text_of
from tests.typeset.word import (
    cell,
    document,
    field,
    note_mark,
    paragraph,
    raw_run,
    row,
    run,
    section,
    section_break,
    table,
)

KEEP_NEXT = "<w:keepNext/>"
FOOTER = paragraph(field("PAGE"), line=14, alignment="center")
WITH_FOOTER = '<w:footerReference w:type="default" r:id="footer1"/>'
FORTY = "".join(paragraph(f"第{number}段") for number in range(1, 41))


def test_a_page_holds_as_many_lines_as_fit_between_its_margins() -> None:
    pages = laid_out(document(FORTY)).pages
    assert [len(lines(page)) for page in pages] == [38, 2]


def test_a_paragraph_leaves_no_single_line_on_either_page() -> None:
    body = paragraph("前") * 37 + paragraph("国" * 43 * 3)
    first, second = laid_out(document(body)).pages
    assert len(lines(first)) == 37
    assert len(lines(second)) == 4


def test_without_widow_control_a_paragraph_is_parted_anywhere() -> None:
    body = paragraph("前") * 37 + paragraph("国" * 43 * 3, properties='<w:widowControl w:val="0"/>')
    assert [len(lines(page)) for page in laid_out(document(body)).pages] == [38, 3]


def test_a_paragraph_that_keeps_its_lines_goes_over_whole() -> None:
    body = paragraph("前") * 35 + paragraph("国" * 42 * 5, properties="<w:keepLines/>")
    assert [len(lines(page)) for page in laid_out(document(body)).pages] == [35, 5]


def test_space_above_is_dropped_at_the_top_of_a_page_but_not_after_a_break() -> None:
    after_full = laid_out(document(paragraph("前") * 38 + paragraph("后", before=20))).pages[1]
    assert after_full.runs[0].y == pytest.approx(72 + 0.8 * 18)
    broken = paragraph("后", before=20, properties="<w:pageBreakBefore/>")
    after_break = laid_out(document(paragraph("前") + broken)).pages[1]
    assert after_break.runs[0].y == pytest.approx(72 + 20 + 0.8 * 18)


def test_a_heading_goes_over_with_what_follows_it() -> None:
    body = paragraph("前") * 37 + paragraph("标题", properties=KEEP_NEXT) + paragraph("后")
    assert page_of(laid_out(document(body)), "标题") == 1


def test_a_heading_goes_over_with_the_first_row_of_a_table() -> None:
    rows = [row([cell(paragraph("行") * 4)], properties="<w:cantSplit/>")]
    body = paragraph("前") * 35 + paragraph("标题", properties=KEEP_NEXT) + table([100], rows)
    assert page_of(laid_out(document(body)), "标题") == 1


def test_a_heading_stays_when_the_cell_below_may_begin_on_its_page() -> None:
    body = paragraph("前") * 30 + paragraph("标题", properties=KEEP_NEXT) + table([100], [row([cell(FORTY)])])
    pages = laid_out(document(body))
    assert page_of(pages, "标题") == 0
    assert page_of(pages, "第1段") == 0


def test_a_chain_longer_than_a_page_is_parted_where_it_must_be() -> None:
    body = paragraph("段", properties=KEEP_NEXT) * 50
    assert [len(lines(page)) for page in laid_out(document(body)).pages] == [38, 12]


def test_page_break_before_begins_a_page() -> None:
    pages = laid_out(document(paragraph("一") + paragraph("二", properties="<w:pageBreakBefore/>"))).pages
    assert [lines(page) for page in pages] == [["一"], ["二"]]


def test_a_paragraph_that_is_only_a_page_break_leaves_nothing_on_the_next_page() -> None:
    pages = laid_out(document(paragraph("一") + paragraph(raw_run('<w:br w:type="page"/>')) + paragraph("二"))).pages
    assert pages[1].runs[0].y == pytest.approx(72 + 0.8 * 18)


def test_a_note_stands_above_the_bottom_margin_under_a_line() -> None:
    page = laid_out(document(paragraph(run("产值") + note_mark(1)), notes=["须高于10%；"])).pages[0]
    note = run_with(page, "须高于")
    assert note.y == pytest.approx(841.9 - 72 - 12 + 0.8 * 12)
    (separator,) = across(page)
    assert separator.y1 < note.y - 12


def test_a_line_goes_over_when_its_note_would_not_fit() -> None:
    body = paragraph("前") * 37 + paragraph(run("产值") + note_mark(1))
    pages = laid_out(document(body, notes=["注"]))
    assert page_of(pages, "产值") == page_of(pages, "注") == 1


def test_notes_are_numbered_in_the_order_of_their_marks() -> None:
    pages = laid_out(document(paragraph(run("甲") + note_mark(2) + run("乙") + note_mark(1)), notes=["后", "先"]))
    assert text_of(pages) == "甲1乙21先2后"


def test_footers_number_the_pages_and_labels_say_the_same() -> None:
    pages = laid_out(document(FORTY, parts={"footer1": FOOTER}, sections=section(WITH_FOOTER))).pages
    assert [page.label for page in pages] == ["1", "2"]
    assert [lines(page)[-1] for page in pages] == ["1", "2"]


def test_a_footer_stands_at_its_distance_from_the_edge() -> None:
    page = laid_out(
        document(paragraph("甲"), parts={"footer1": FOOTER}, sections=section(WITH_FOOTER, footer=30))
    ).pages[0]
    assert run_with(page, "1").y == pytest.approx(841.9 - 30 - 14 + 0.8 * 14)


def test_numbers_of_all_pages_are_known_and_simple_fields_work() -> None:
    simple = paragraph(
        '<w:r><w:t>共</w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    )
    pages = laid_out(document(FORTY, parts={"footer1": simple}, sections=section(WITH_FOOTER))).pages
    assert [lines(page)[-1] for page in pages] == ["共2", "共2"]
    assert [page.label for page in pages] == ["", ""]


def test_a_cover_without_number_and_a_body_that_begins_with_one() -> None:
    body = paragraph("封面") + section_break(section()) + paragraph("正文")
    last = section(f'{WITH_FOOTER}<w:pgNumType w:start="1"/>')
    pages = laid_out(document(body, parts={"footer1": FOOTER}, sections=last)).pages
    assert [page.label for page in pages] == ["", "1"]


def test_a_title_page_has_its_own_footer() -> None:
    parts = {"footer1": FOOTER, "footer2": paragraph("首页")}
    both = f'{WITH_FOOTER}<w:footerReference w:type="first" r:id="footer2"/>'
    sections = section(both).replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    pages = laid_out(document(FORTY, parts=parts, sections=sections)).pages
    assert [lines(page)[-1] for page in pages] == ["首页", "2"]


def test_left_hand_pages_may_have_their_own_header() -> None:
    parts = {"header1": paragraph("右"), "header2": paragraph("左")}
    both = '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="even" r:id="header2"/>'
    pages = laid_out(document(FORTY, parts=parts, sections=section(both), settings="<w:evenAndOddHeaders/>")).pages
    assert [lines(page)[0] for page in pages] == ["右", "左"]


def test_a_high_header_pushes_the_text_down() -> None:
    parts = {"header1": paragraph("头", line=60)}
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    page = laid_out(document(paragraph("甲"), parts=parts, sections=section(reference))).pages[0]
    assert run_with(page, "甲").y == pytest.approx(36 + 60 + 0.8 * 18)


def test_a_section_on_a_right_hand_page_leaves_a_blank_one_before_it_where_needed() -> None:
    odd = section('<w:type w:val="oddPage"/>')
    after_one = laid_out(document(paragraph("一") + section_break(section()) + paragraph("二"), sections=odd)).pages
    assert [lines(page) for page in after_one] == [["一"], [], ["二"]]
    two = paragraph("一") + paragraph("又", properties="<w:pageBreakBefore/>")
    after_two = laid_out(document(two + section_break(section()) + paragraph("二"), sections=odd)).pages
    assert len(after_two) == 3


def test_a_blank_page_counts_and_prints_no_number() -> None:
    numbered = section(WITH_FOOTER)
    odd = section(f'{WITH_FOOTER}<w:type w:val="oddPage"/>')
    body = paragraph("一") + section_break(numbered) + paragraph("二")
    pages = laid_out(document(body, parts={"footer1": FOOTER}, sections=odd)).pages
    assert [page.label for page in pages] == ["1", "", "3"]


def test_sections_may_lie_on_their_side_with_margins_of_their_own() -> None:
    body = paragraph("一") + section_break(section()) + paragraph("二")
    first, second = laid_out(document(body, sections=section(width=841.9, height=595.3, margin=50))).pages
    assert (first.width, second.width) == (595.3, 841.9)
    assert second.runs[0].x == 50


def test_a_section_may_go_on_upon_the_same_page() -> None:
    body = paragraph("一") + section_break(section()) + paragraph("二")
    pages = laid_out(document(body, sections=section('<w:type w:val="continuous"/>'))).pages
    assert [lines(page) for page in pages] == [["一", "二"]]


def test_a_draft_is_marked_on_every_page() -> None:
    pages = laid_out(document(FORTY), mark="草稿").pages
    assert [page.mark.text for page in pages if page.mark] == ["草稿", "草稿"]
    assert not any(page.mark for page in laid_out(document(FORTY)).pages)


def test_a_watermark_of_a_header_marks_its_pages() -> None:
    shape = (
        '<w:pict><v:shape style="position:absolute;rotation:315" fillcolor="silver">'
        '<v:textpath string="草稿"/></v:shape></w:pict>'
    )
    parts = {"header1": paragraph(raw_run(shape))}
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    mark = laid_out(document(paragraph("甲"), parts=parts, sections=section(reference))).pages[0].mark
    assert mark is not None
    assert (mark.text, mark.angle, mark.colour) == ("草稿", 45.0, "C0C0C0")


def test_an_anchor_stands_on_each_page_that_its_paragraphs_reach() -> None:
    body = '<w:bookmarkStart w:id="1" w:name="规划"/>' + FORTY + '<w:bookmarkEnd w:id="1"/>' + paragraph("后")
    anchors = laid_out(document(body)).anchors
    assert [(anchor.name, anchor.page) for anchor in anchors] == [("规划", 0), ("规划", 1)]
    assert anchors[0].height == pytest.approx(38 * 18)
    assert anchors[1].height == pytest.approx(2 * 18)


def test_a_bookmark_within_a_paragraph_has_the_box_of_the_paragraph() -> None:
    body = paragraph('<w:bookmarkStart w:id="1" w:name="产值"/>' + run("12.30") + '<w:bookmarkEnd w:id="1"/>')
    (anchor,) = laid_out(document(paragraph("前") + table([100], [row([cell(body)])]))).anchors
    assert (anchor.x, anchor.y, anchor.width, anchor.height) == pytest.approx((77.4, 90.5, 89.2, 18))


def test_headings_become_the_outline() -> None:
    body = paragraph("一、基本情况", properties='<w:outlineLvl w:val="0"/>') + paragraph("正文")
    body += paragraph("（一）重点", properties='<w:pageBreakBefore/><w:outlineLvl w:val="1"/>')
    outline = laid_out(document(body)).outline
    assert [(entry.title, entry.level, entry.page) for entry in outline] == [
        ("一、基本情况", 0, 0),
        ("（一）重点", 1, 1),
    ]


def test_metadata_come_from_the_core_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>申报表</dc:title><dc:creator> </dc:creator></cp:coreProperties>'
    )
    assert laid_out(document(paragraph("甲"), core=core)).metadata == (("title", "申报表"),)


def test_pages_are_the_same_each_time_and_survive_pickling() -> None:
    docx = document(FORTY, parts={"footer1": FOOTER}, sections=section(WITH_FOOTER))
    pages = laid_out(docx)
    assert pages == laid_out(docx)
    copied = pickle.loads(pickle.dumps(pages))
    assert [page.fingerprint for page in copied.pages] == [page.fingerprint for page in pages.pages]


def test_a_change_on_the_last_page_leaves_the_first_as_it_was() -> None:
    one, other = (laid_out(document(FORTY + paragraph(text))).pages for text in ("甲", "乙"))
    assert one[0].fingerprint == other[0].fingerprint
    assert one[1].fingerprint != other[1].fingerprint


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (4, "decimal", "4"), (4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (28, "upperLetter", "BB"),
        (3, "numberInDash", "- 3 -"), (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一"),
        (108, "chineseCounting", "一〇八"),
    ],
)  # fmt: skip
def test_numbers_are_printed_in_the_format_asked_for(number: int, number_format: str, text: str) -> None:
    assert printed_number(number, number_format) == text
