from __future__ import annotations

import pytest

from generator.typeset.pages import TextRun
from tests.typeset.looking import FONTS, across, laid_out, lines, run_with
from tests.typeset.word import TEXT_WIDTH, document, note_mark, paragraph, raw_run, run, section

LEFT = 72.0


def first_run(body: str) -> TextRun:
    return laid_out(document(body)).pages[0].runs[0]


def narrow(width: float, extra: str = "") -> str:
    """Return the indent that leaves a column of that width."""
    return f'<w:ind w:right="{round((TEXT_WIDTH - width) * 20)}"{extra}/>'


def test_exact_spacing_sets_the_baseline_at_four_fifths_of_the_line() -> None:
    page = laid_out(document(paragraph("甲", line=20) + paragraph("乙", line=30))).pages[0]
    assert [run.y for run in page.runs] == pytest.approx([72 + 16, 72 + 20 + 24])


def test_at_least_grows_only_for_type_that_needs_it() -> None:
    page = laid_out(document(paragraph("甲", line=10, size=30, rule="atLeast") + paragraph("乙", line=20))).pages[0]
    face = FONTS.face("仿宋_GB2312")
    assert page.runs[1].y == pytest.approx(72 + 30 * (face.ascent + face.descent) + 16, abs=0.01)


def test_multiple_spacing_multiplies_the_height_of_the_face() -> None:
    page = laid_out(document(paragraph("甲", line=480, rule="auto") + paragraph("乙", line=20))).pages[0]
    face = FONTS.face("仿宋_GB2312")
    assert page.runs[1].y == pytest.approx(72 + 2 * 10.5 * (face.ascent + face.descent) + 16, abs=0.01)


def test_the_greater_of_two_spaces_stands_between_paragraphs() -> None:
    page = laid_out(document(paragraph("甲", line=20, after=10) + paragraph("乙", line=20, before=14))).pages[0]
    assert page.runs[1].y - page.runs[0].y == pytest.approx(20 + 14)


@pytest.mark.parametrize(
    ("alignment", "x"), [("left", LEFT), ("center", LEFT + (TEXT_WIDTH - 21) / 2), ("right", LEFT + TEXT_WIDTH - 21)]
)
def test_a_short_line_stands_where_its_alignment_says(alignment: str, x: float) -> None:
    assert first_run(paragraph("甲乙", alignment=alignment)).x == pytest.approx(x, abs=0.1)


def test_a_justified_line_reaches_the_edge_and_the_last_one_does_not() -> None:
    page = laid_out(document(paragraph("国" * 15, alignment="both", indent=narrow(109)))).pages[0]
    first, last = page.runs
    assert first.x + first.width == pytest.approx(LEFT + 109, abs=0.1)
    assert first.spacing == pytest.approx(4 / 9, abs=0.01)
    assert last.spacing == 0


def test_justification_leaves_words_and_figures_alone() -> None:
    page = laid_out(document(paragraph("国国2023国国国国国国国国国", alignment="both", indent=narrow(100)))).pages[0]
    number = run_with(page, "2023")
    assert number.spacing == 0
    line = [run for run in page.runs if run.y == number.y]
    assert line[-1].x + line[-1].width == pytest.approx(LEFT + 100, abs=0.1)


def test_a_distributed_line_fills_its_column_even_when_it_is_the_last() -> None:
    only = first_run(paragraph("单位名称", alignment="distribute", indent=narrow(100)))
    assert only.x + only.width == pytest.approx(LEFT + 100, abs=0.1)


def test_first_line_indent_in_characters_goes_by_the_size_of_type() -> None:
    assert first_run(paragraph("甲", size=16, indent='<w:ind w:firstLineChars="200" w:firstLine="1"/>')).x == LEFT + 32


def test_a_hanging_indent_moves_all_lines_but_the_first() -> None:
    page = laid_out(document(paragraph("国" * 20, indent=narrow(105, ' w:left="420" w:hanging="420"')))).pages[0]
    assert [run.x for run in page.runs[:2]] == pytest.approx([LEFT, LEFT + 21])


def test_a_tab_moves_on_to_its_stop() -> None:
    body = paragraph(
        run("甲") + raw_run("<w:tab/>") + run("乙"), properties='<w:tabs><w:tab w:val="left" w:pos="2000"/></w:tabs>'
    )
    assert run_with(laid_out(document(body)).pages[0], "乙").x == LEFT + 100


def test_a_right_tab_ends_its_text_at_the_stop_and_draws_its_leader() -> None:
    body = paragraph(
        run("目录") + raw_run("<w:tab/>") + run("12"),
        properties='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>',
    )
    page = laid_out(document(body)).pages[0]
    number = run_with(page, "12")
    assert number.x + number.width == pytest.approx(LEFT + 400, abs=0.01)
    (leader,) = page.rules
    assert leader.dash
    assert (leader.x1, leader.x2) == pytest.approx((LEFT + 21, number.x), abs=0.01)


def test_an_underlined_blank_keeps_its_spaces() -> None:
    blank = " " * 20
    page = laid_out(document(paragraph(run("名称：") + run(blank, extra='<w:u w:val="single"/>')))).pages[0]
    (line,) = across(page)
    space = FONTS.face("仿宋_GB2312").advance(" ") * 10.5
    assert line.x2 - line.x1 == pytest.approx(20 * space, abs=0.01)
    assert blank in run_with(page, " ").text


def test_spaces_that_hang_at_the_end_of_a_justified_line_are_not_printed_beyond_it() -> None:
    page = laid_out(document(paragraph("国" * 10 + "  " + "家" * 5, alignment="both", indent=narrow(109)))).pages[0]
    assert max(run.x + run.width for run in page.runs) <= LEFT + 109 + 0.01


def test_neighbouring_underlined_runs_share_one_line() -> None:
    mark = '<w:u w:val="single"/>'
    page = laid_out(document(paragraph(run("  ", extra=mark) + run("甲", extra=mark) + run("  ", extra=mark)))).pages[0]
    assert len(across(page)) == 1


def test_a_gap_stands_between_ideographs_and_figures_only_where_it_is_on() -> None:
    def positions(switch: str) -> list[float]:
        body = paragraph("到2023年").replace('DE w:val="0"', f'DE w:val="{switch}"')
        body = body.replace('DN w:val="0"', f'DN w:val="{switch}"')
        return [run.x for run in laid_out(document(body)).pages[0].runs]

    assert positions("0") == [LEFT]
    digit = FONTS.face("仿宋_GB2312").advance("2") * 10.5
    assert positions("1") == pytest.approx([LEFT, LEFT + 10.5 * 1.25, LEFT + 10.5 * 1.5 + 4 * digit], abs=0.01)


def test_a_raised_mark_is_smaller_and_higher() -> None:
    page = laid_out(document(paragraph(run("产值") + note_mark(1)), notes=["注"])).pages[0]
    word, mark = page.runs[:2]
    assert mark.size < word.size
    assert mark.y < word.y


def test_a_character_that_the_face_lacks_comes_from_another() -> None:
    page = laid_out(document(paragraph("集群☑"))).pages[0]
    for each in page.runs:
        assert all(FONTS.by_key(each.face).has(character) for character in each.text)


def test_a_character_that_no_font_has_is_marked() -> None:
    assert lines(laid_out(document(paragraph("甲\U0001f600乙"))).pages[0]) == ["甲〓乙"]


def test_a_line_break_ends_a_line_and_a_page_break_ends_the_page() -> None:
    body = paragraph(run("甲") + raw_run("<w:br/>") + run("乙") + raw_run('<w:br w:type="page"/>') + run("丙"))
    pages = laid_out(document(body)).pages
    assert [lines(page) for page in pages] == [["甲", "乙"], ["丙"]]


def test_colour_strike_and_shading_are_drawn() -> None:
    extra = '<w:strike/><w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FFFF00"/>'
    page = laid_out(document(paragraph(run("甲", extra=extra)))).pages[0]
    assert page.runs[0].colour == "FF0000"
    assert page.areas[0].colour == "FFFF00"
    assert page.rules[0].y1 < page.runs[0].y


def test_bold_without_a_bold_cut_is_asked_to_be_thickened() -> None:
    assert first_run(paragraph(run("甲", extra="<w:b/>"))).embolden


def test_a_symbol_of_a_symbol_font_becomes_the_character_that_it_looks_like() -> None:
    body = paragraph(raw_run('<w:sym w:font="Wingdings 2" w:char="F052"/>') + run("是"))
    assert lines(laid_out(document(body)).pages[0]) == ["☑是"]


def test_landscape_pages_are_as_wide_as_they_say() -> None:
    page = laid_out(document(paragraph("甲"), sections=section(width=841.9, height=595.3))).pages[0]
    assert (page.width, page.height) == (841.9, 595.3)


def test_a_paragraph_border_is_drawn_over_the_column() -> None:
    border = '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="FF0000"/></w:pBdr>'
    (rule,) = laid_out(document(paragraph("甲", properties=border))).pages[0].rules
    assert (rule.colour, rule.width) == ("FF0000", 1.0)
    assert rule.x2 - rule.x1 == pytest.approx(TEXT_WIDTH, abs=0.1)
