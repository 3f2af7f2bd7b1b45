from __future__ import annotations

import pytest

from tests.typeset.looking import across, down, laid_out, lines, run_with, strays
from tests.typeset.word import cell, document, note_mark, paragraph, raw_run, row, run, table

KEPT = "<w:cantSplit/>"


def test_cells_stand_on_the_grid() -> None:
    page = laid_out(document(table([100, 50], [row([cell("甲", 100), cell("乙", 50)])]))).pages[0]
    assert [(box.x, box.width) for box in page.cells] == [(72, 100), (172, 50)]
    assert [run.x for run in page.runs] == pytest.approx([72 + 5.4, 172 + 5.4])


def test_an_older_document_has_the_text_and_not_the_border_at_the_margin() -> None:
    page = laid_out(document(table([100], [row([cell("甲")])]), mode=14)).pages[0]
    assert page.runs[0].x == pytest.approx(72)


def test_a_centred_table_stands_in_the_middle() -> None:
    page = laid_out(document(table([100], [row([cell("甲")])], properties='<w:jc w:val="center"/>'))).pages[0]
    assert page.cells[0].x + 50 == pytest.approx(72 + 451.3 / 2, abs=0.1)


def test_a_row_is_at_least_as_high_as_asked_and_grows_with_its_text() -> None:
    rows = [row([cell("甲")], height=40), row([cell(paragraph("乙") * 3)], height=40)]
    page = laid_out(document(table([100], rows))).pages[0]
    assert [box.height for box in page.cells] == pytest.approx([40, 54.5])


def test_an_exact_row_keeps_its_height() -> None:
    page = laid_out(document(table([100], [row([cell(paragraph("乙") * 3)], height=20, rule="exact")]))).pages[0]
    assert page.cells[0].height == 20
    assert list(strays(page))


@pytest.mark.parametrize(("vertical", "share"), [("top", 0.0), ("center", 0.5), ("bottom", 1.0)])
def test_text_stands_high_in_the_middle_or_low_in_its_cell(vertical: str, share: float) -> None:
    page = laid_out(document(table([100], [row([cell("甲", vertical=vertical)], height=60)]))).pages[0]
    assert page.runs[0].y == pytest.approx(72 + 0.5 + share * (60 - 18.5) + 0.8 * 18)


def _styled(cell_properties: str, *, based_on: str = "") -> str:
    """A table style `f` that says something of its cells, or leaves it to the style that it is based on."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="table" w:styleId="{"f" if not based_on else "g"}">{base}'
        f"<w:tcPr>{cell_properties}</w:tcPr></w:style>"
    )


CENTRED = '<w:vAlign w:val="center"/>'
SILENT = cell("甲").replace('<w:vAlign w:val="top"/>', "")


@pytest.mark.parametrize("style", ["f", "g"])
def test_a_cell_that_says_nothing_stands_as_the_style_of_its_table_says(style: str) -> None:
    styles = _styled(CENTRED) + _styled("", based_on="f")
    tall = table([100], [row([SILENT], height=60)], properties=f'<w:tblStyle w:val="{style}"/>')
    page = laid_out(document(tall, styles=styles)).pages[0]
    assert page.runs[0].y == pytest.approx(72 + 0.5 + (60 - 18.5) / 2 + 0.8 * 18)


def test_a_cell_over_rows_is_centred_over_them_all_by_the_style_of_its_table() -> None:
    merged = cell("甲", 50, merge="restart").replace('<w:vAlign w:val="top"/>', "")
    rows = [row([merged, cell("乙")], height=60), row([cell("", merge="continue"), cell("丙")], height=60)]
    tall = table([50, 50], rows, properties='<w:tblStyle w:val="f"/>')
    page = laid_out(document(tall, styles=_styled(CENTRED))).pages[0]
    assert run_with(page, "甲").y == pytest.approx(72 + 0.5 + (120 - 18.5) / 2 + 0.8 * 18, abs=0.3)


def test_a_cell_s_own_word_goes_before_the_style_s() -> None:
    own = table([100], [row([cell("甲", vertical="bottom")], height=60)], properties='<w:tblStyle w:val="f"/>')
    page = laid_out(document(own, styles=_styled(CENTRED))).pages[0]
    assert page.runs[0].y == pytest.approx(72 + 0.5 + (60 - 18.5) + 0.8 * 18)


def test_margins_of_cells_come_from_the_style_of_their_table_too() -> None:
    wide = _styled('<w:tcMar><w:left w:w="400" w:type="dxa"/></w:tcMar>')
    bare = '<w:tbl><w:tblPr><w:tblStyle w:val="f"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>'
    page = laid_out(document(f"{bare}{row([SILENT])}</w:tbl>", styles=wide)).pages[0]
    assert page.runs[0].x == pytest.approx(72 + 20)


def test_a_cell_over_columns_is_as_wide_as_they_are() -> None:
    page = laid_out(document(table([50, 50], [row([cell("甲", 100, span=2)]), row([cell("乙"), cell("丙")])]))).pages[0]
    assert page.cells[0].width == 100
    inner = [rule for rule in down(page) if rule.x1 == 122]
    assert len(inner) == 1
    assert inner[0].y1 == page.cells[1].y


def test_a_cell_over_rows_has_no_rule_through_it() -> None:
    rows = [row([cell("甲", merge="restart"), cell("乙")]), row([cell("", merge="continue"), cell("丙")])]
    page = laid_out(document(table([50, 50], rows))).pages[0]
    assert page.cells[0].height == pytest.approx(37)
    middle = [rule for rule in across(page) if rule.y1 == pytest.approx(72 + 18.5)]
    assert [(rule.x1, rule.x2) for rule in middle] == [(122 - 0.25, 172 + 0.25)]


def test_a_cell_over_rows_ends_with_the_border_of_its_last_row() -> None:
    thick = '<w:tcBorders><w:bottom w:val="single" w:sz="12" w:color="000000"/></w:tcBorders>'
    rows = [row([cell("甲", merge="restart")]), row([cell("", merge="continue", properties=thick)])]
    page = laid_out(document(table([50], rows))).pages[0]
    assert [rule.width for rule in across(page)] == [0.5, 1.5]


def test_the_last_row_grows_for_a_merged_cell_that_needs_more() -> None:
    rows = [
        row([cell(paragraph("甲") * 4, merge="restart"), cell("乙")]),
        row([cell("", merge="continue"), cell("丙")]),
    ]
    page = laid_out(document(table([50, 50], rows))).pages[0]
    assert [box.height for box in page.cells] == pytest.approx([72.5, 18.5, 54.0])


def test_one_rule_is_drawn_where_cells_meet_and_the_heavier_one_wins() -> None:
    thick = '<w:tcBorders><w:right w:val="single" w:sz="24" w:color="000000"/></w:tcBorders>'
    page = laid_out(document(table([50, 50], [row([cell("甲", properties=thick), cell("乙")])]))).pages[0]
    assert [rule.width for rule in down(page)] == [0.5, 3.0, 0.5]


def test_a_cell_may_have_no_border_where_its_table_has_one() -> None:
    bare = '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
    page = laid_out(document(table([50], [row([cell("甲", properties=bare)])]))).pages[0]
    assert not page.rules


def test_every_run_of_a_cell_says_so_and_stays_inside() -> None:
    inner = table([40, 40], [row([cell("丙丁"), cell("戊")])])
    page = laid_out(
        document(table([100], [row([cell(paragraph("甲乙") + inner + paragraph())])]) + paragraph("外"))
    ).pages[0]
    assert [(run.text, run.cell) for run in page.runs] == [("甲乙", 0), ("丙丁", 1), ("戊", 2), ("外", -1)]
    assert not list(strays(page))


def test_rows_that_may_not_be_parted_go_to_the_next_page_whole() -> None:
    rows = [row([cell(paragraph(f"第{number}行") * 3)], properties=KEPT) for number in range(20)]
    pages = laid_out(document(table([100], rows))).pages
    for page in pages:
        assert len(lines(page)) % 3 == 0


def test_a_row_that_may_be_parted_fills_the_page_and_keeps_its_rules() -> None:
    body = "".join(paragraph(f"第{number}行") for number in range(60))
    first, second = laid_out(document(table([100], [row([cell(body)])]))).pages
    assert len(lines(first)) == 38
    for page in (first, second):
        (box,) = page.cells
        edges = {round(rule.y1, 2) for rule in across(page)}
        assert {round(box.y, 2), round(box.y + box.height, 2)} == edges
        assert not list(strays(page))


def test_widow_control_does_not_count_in_cells() -> None:
    body = paragraph("前") * 37 + paragraph("国" * 36)
    first, second = laid_out(document(table([100], [row([cell(body)])]))).pages
    assert (len(lines(first)), len(lines(second))) == (38, 4)


def test_a_row_higher_than_a_page_is_parted_even_if_it_asks_not_to_be() -> None:
    body = "".join(paragraph(f"第{number}行") for number in range(60))
    pages = laid_out(document(paragraph("题") + table([100], [row([cell(body)], properties=KEPT)]))).pages
    assert [len(lines(page)) for page in pages] == [1, 38, 22]


def test_header_rows_are_repeated_on_each_page() -> None:
    rows = [row([cell("年度")], properties="<w:tblHeader/>")] + [row([cell(f"第{number}行")]) for number in range(60)]
    pages = laid_out(document(table([100], rows))).pages
    assert len(pages) == 2
    assert all(lines(page)[0] == "年度" for page in pages)


def test_header_rows_are_repeated_where_only_little_of_the_table_stood_on_the_page_before() -> None:
    rows = [row([cell("年度")], properties="<w:tblHeader/>"), row([cell("第一行")]), row([cell("第二行")])]
    first, second = laid_out(document(paragraph("前") * 36 + table([100], rows))).pages
    assert lines(first)[-2:] == ["年度", "第一行"] and lines(second) == ["年度", "第二行"]


def test_a_heading_stays_with_all_rows_of_the_table_below_that_keep_together() -> None:
    keeping = "<w:keepNext/>"
    rows = [row([cell(paragraph(text, properties=keeping))]) for text in ("一行", "二行", "三行")]
    first, second = laid_out(
        document(paragraph("前") * 36 + paragraph("题", properties=keeping) + table([100], rows))
    ).pages
    assert len(lines(first)) == 36 and lines(second) == ["题", "一行", "二行", "三行"]


def test_a_table_whose_last_row_too_keeps_to_what_follows_stands_on_one_page_with_it() -> None:
    keeping = "<w:keepNext/>"
    rows = [row([cell(paragraph(text, properties=keeping))]) for text in ("一行", "二行")]
    above = paragraph("题", properties=keeping) + table([100], rows)
    room = next(
        count for count in range(40, 0, -1) if len(laid_out(document(paragraph("前") * count + above)).pages) == 1
    )
    fitting = laid_out(document(paragraph("前") * (room - 1) + above + paragraph("后"))).pages
    first, second = laid_out(document(paragraph("前") * room + above + paragraph("后"))).pages
    assert len(fitting) == 1
    assert len(lines(first)) == room and lines(second) == ["题", "一行", "二行", "后"]


def test_a_header_row_is_not_left_alone_at_the_foot_of_a_page() -> None:
    rows = [row([cell("年度")], properties=f"<w:tblHeader/>{KEPT}"), row([cell(paragraph("行") * 3)], properties=KEPT)]
    pages = laid_out(document(paragraph("前") * 36 + table([100], rows))).pages
    assert "年度" not in lines(pages[0])


def test_a_label_over_rows_that_a_page_parts_stands_once_and_its_box_on_both_pages() -> None:
    rows = [row([cell("标签", merge="restart"), cell("第0行")], properties=KEPT)]
    rows += [row([cell("", merge="continue"), cell(f"第{number}行")], properties=KEPT) for number in range(1, 50)]
    first, second = laid_out(document(table([50, 50], rows))).pages
    assert sum("标签" in line for page in (first, second) for line in lines(page)) == 1
    assert second.cells[0].x == 72
    assert second.cells[0].height == pytest.approx(sum(box.height for box in second.cells[1:]), abs=0.01)


def test_one_cell_of_several_pages_may_hold_prose_and_a_table() -> None:
    inner = table(
        [60, 60],
        [row([cell("方向", 60), cell("指标", 60)], properties=f"<w:tblHeader/>{KEPT}")]
        + [row([cell("主导产业", 60, merge="restart" if number == 0 else "continue"), cell(f"指标{number}", 60)],
               properties=KEPT) for number in range(30)],
    )  # fmt: skip
    prose = "".join(paragraph("规划" * 40) for _ in range(25))
    pages = laid_out(document(table([300], [row([cell(prose + inner + prose)])]))).pages
    assert len(pages) >= 4
    assert sum(line == "指标" for page in pages for line in lines(page)) >= 1
    for page in pages:
        assert not list(strays(page))
        assert page.cells[0].width == 300


def test_the_note_of_a_mark_in_a_cell_stands_at_the_foot_of_the_same_page() -> None:
    rows = [row([cell(f"第{number}行")], properties=KEPT) for number in range(60)]
    rows[36] = row([cell(paragraph(run("产值") + note_mark(1)))], properties=KEPT)
    pages = laid_out(document(table([100], rows), notes=["集群产值在30亿元以上；"])).pages
    holder = next(page for page in pages if "产值1" in "".join(run.text for run in page.runs))
    note = run_with(holder, "30亿元")
    assert note.cell == -1
    assert note.y > max(run.y for run in holder.runs if run.cell >= 0)
    assert max(box.y + box.height for box in holder.cells) <= note.y - 0.8 * 12 - 12 + 0.01


def test_the_note_of_a_merged_cell_goes_over_with_its_mark() -> None:
    over = paragraph("前") * 7 + paragraph(run("后") + note_mark(1))
    rows = [row([cell(over, 60, merge="restart"), cell("上", 200)], height=100, properties=KEPT)]
    rows += [row([cell(paragraph(), 60, merge="continue"), cell("下", 200)], height=100, properties=KEPT)]
    body = paragraph("段") * 30 + table([60, 200], rows)
    first, second = laid_out(document(body, notes=["注"])).pages
    assert not [run for run in first.runs if run.text in ("后", "注")]
    assert [run.text for run in second.runs if run.text in ("后", "注")] == ["后", "注"]


def test_notes_take_their_room_from_the_rows() -> None:
    def count(notes: int) -> int:
        marks = "".join(note_mark(number) for number in range(1, notes + 1))
        rows = [row([cell(paragraph(run("行") + (marks if number == 0 else "")))]) for number in range(60)]
        pages = laid_out(document(table([100], rows), notes=["注"] * notes)).pages
        return len(pages[0].cells)

    assert count(0) == 37
    assert count(3) == 35


def test_a_picture_in_a_cell_is_refused_by_name() -> None:
    from generator.errors import UnknownConstructError

    body = table([100], [row([cell(paragraph(raw_run("<w:drawing/>")))])])
    with pytest.raises(UnknownConstructError, match="w:drawing"):
        laid_out(document(body))


def test_a_header_higher_than_half_a_page_is_not_repeated() -> None:
    tall = row([cell(paragraph("表头") * 30)], properties="<w:tblHeader/>")
    pages = laid_out(document(table([100], [tall, *(row([cell(f"第{number}行")]) for number in range(60))]))).pages
    assert sum(line == "表头" for page in pages for line in lines(page)) == 30


def test_a_header_higher_than_a_page_is_parted() -> None:
    tall = row([cell(paragraph("表头") * 60)], properties="<w:tblHeader/>")
    pages = laid_out(document(table([100], [tall, row([cell("后")])]))).pages
    assert [len(lines(page)) for page in pages] == [38, 23]


def test_a_row_of_an_inner_table_higher_than_a_page_is_parted_even_if_it_asks_not_to_be() -> None:
    inner = table([80], [row([cell(paragraph("行") * 60)], properties=KEPT)])
    pages = laid_out(document(table([100], [row([cell(paragraph("前") + inner + paragraph("后"))])]))).pages
    assert sum(line == "行" for page in pages for line in lines(page)) == 60
    for page in pages:
        assert not list(strays(page))
        assert max(run.y for run in page.runs) < 841.9 - 72
