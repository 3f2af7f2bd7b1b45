"""The summary table in Word and in print: the official text, any number of clusters, the head on every page."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from generator.build import Printed
from generator.docx.compile_summary import compile_summary
from generator.forms.library import Library
from generator.recommending.summarising import print_blank_summary, print_table
from generator.summary.table import Candidate, Sender, make_table
from generator.typeset import lay_out
from tests.docx.reading import root_of, text_of
from tests.docx.word_rules import WORD, broken_rules
from tests.forms.test_official_text import differences, official, unspaced
from tests.referee import compare, office_pdf, words_of_page, words_of_pdf
from tests.summary.clusters import FONTS, LIBRARY, SUMMARY, candidate
from tests.typeset.looking import strays
from tests.typeset.looking import text_of as text_in_print

HEAD = "".join(column.text for column in SUMMARY.columns)
MAYOR = Sender(name="宜昌市经济和信息化局", contact="李明 13800000000")


def printed(*candidates: Candidate, sender: Sender = MAYOR, annex: str | None = None, mark: str = "") -> Printed:
    return print_table(make_table(SUMMARY, candidates, sender, annex=annex), LIBRARY, FONTS, mark=mark)


@cache
def fullest(number: int) -> Printed:
    """The table of `number` clusters whose texts are as long as the table allows."""
    return printed(*(candidate(index) for index in range(1, number + 1)))


@cache
def blank() -> Printed:
    return print_blank_summary(SUMMARY.id, LIBRARY, FONTS)[1]


def said(made: Printed) -> list[str]:
    """What each page says, without white space and page number."""
    return [unspaced("".join(run.text for run in page.runs)).removesuffix(page.label) for page in made.pages.pages]


def test_the_blank_table_says_the_official_text_and_nothing_else() -> None:
    expected = unspaced(official("summary-2024"))
    assert differences(expected, "".join(said(blank()))) == ""
    assert differences(expected, text_of(blank().docx)) == ""


def test_a_change_of_the_official_text_would_be_seen() -> None:
    text = unspaced(official("summary-2024"))
    assert differences(text.replace("手机", "电话"), "".join(said(blank()))) != ""


def test_the_blank_table_is_one_page_to_write_on() -> None:
    (page,) = blank().pages.pages
    rows = {round(cell.y) for cell in page.cells}
    assert len(rows) == 1 + SUMMARY.blank_rows


def test_the_paper_lies_across() -> None:
    for made in (blank(), fullest(3)):
        assert all(page.width > page.height for page in made.pages.pages)
    (size,) = root_of(blank().docx).iter(f"{WORD}pgSz")
    assert size.get(f"{WORD}orient") == "landscape"


@pytest.mark.parametrize(("clusters", "pages"), [(0, 1), (1, 1), (3, 2), (60, 21)])
def test_any_number_of_clusters_stands_in_order_under_a_head_on_every_page(clusters: int, pages: int) -> None:
    told = said(fullest(clusters))
    assert len(told) == pages
    assert all(page.count(HEAD) == 1 for page in told)
    assert all(page.startswith(HEAD) for page in told[1:])
    names = re.findall(r"第\d\d号泵阀(?=产业集群)", "".join(told))
    assert names == [f"第{number:02d}号泵阀" for number in range(1, clusters + 1)]
    assert [page.label for page in fullest(clusters).pages.pages] == [str(number + 1) for number in range(pages)]


def test_no_row_is_parted_and_no_text_leaves_its_cell() -> None:
    for page, text in zip(fullest(60).pages.pages, said(fullest(60)), strict=True):
        assert not list(strays(page))
        assert text.count(candidate().particulars.values["集群简介"]) == text.count("号泵阀产业集群") > 0


def test_a_text_beyond_the_limit_and_a_page_is_still_printed_whole() -> None:
    long = "长文" * 1500
    assert text_in_print(printed(candidate(集群简介=long)).pages).count("长文") == 1500


def test_a_line_break_in_a_text_is_kept() -> None:
    (page, *_) = printed(candidate(集群简介="甲段。\n乙段。")).pages.pages
    first, second = (next(run for run in page.runs if text in run.text) for text in ("甲段", "乙段"))
    assert second.y > first.y


def test_the_head_is_repeated_and_no_row_may_be_parted_in_word_too() -> None:
    head, *rows = root_of(fullest(3).docx).iter(f"{WORD}tr")
    assert [row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in (head, *rows)] == [True, False, False, False]
    assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in (head, *rows))


def test_the_hint_stands_only_where_nothing_is_filled_in() -> None:
    hint = unspaced(SUMMARY.columns[-1].hint)
    assert text_in_print(printed(candidate(1)).pages).count(hint) == 0
    assert text_in_print(printed(candidate(1), candidate(2, 集群简介="")).pages).count(hint) == 1
    assert text_in_print(blank().pages).count(hint) == 1


def test_the_official_word_heads_the_table_unless_a_level_is_given() -> None:
    assert "市州经信部门：宜昌市经济和信息化局（盖章）联系人和手机：李明13800000000序号" in said(fullest(1))[0]
    province = Sender("省级", "湖北省经济和信息化厅")
    assert "省级中小企业主管部门：湖北省经济和信息化厅（盖章）联系人和手机：序号" in said(printed(sender=province))[0]


def test_room_is_left_for_a_sender_that_is_not_named() -> None:
    (page,) = blank().pages.pages
    line = [run for run in page.runs if "市州经信部门" in run.text or "（盖章）" in run.text]
    assert line[-1].x + line[-1].width - line[0].x > 250


@pytest.mark.parametrize(("edition", "base"), [(2024, 2023), (2026, 2025)])
def test_the_year_of_title_and_hint_follows_the_edition(edition: int, base: int) -> None:
    table = make_table(LIBRARY.summary(SUMMARY.id, edition), [candidate(集群简介="")], Sender())
    (page,) = said(print_table(table, LIBRARY, FONTS))
    assert page.startswith(f"附件1{edition}年度中小企业特色产业集群推荐汇总表")
    assert f"荣誉称号等。{base}年，集群总产值" in page


def test_the_annex_mark_is_a_setting() -> None:
    assert said(printed(candidate(), annex="附件2"))[0].startswith("附件2")
    assert said(printed(candidate(), annex=""))[0].startswith("2024年度")


def test_a_draft_says_so_on_every_page() -> None:
    made = printed(*(candidate(number) for number in range(6)), mark="草稿")
    assert len(made.pages.pages) > 1
    assert all("草稿" in page for page in said(made))


def test_what_xml_and_jinja_have_a_use_for_is_printed_as_it_is() -> None:
    odd = "R&D <传感器> {{ 集群 }} {% if %}"
    assert unspaced(odd) in text_in_print(printed(candidate(集群简介=odd)).pages)


def test_word_opens_the_template_and_what_is_filled() -> None:
    for docx in (compile_summary(SUMMARY), fullest(0).docx, fullest(3).docx, blank().docx):
        assert broken_rules(docx) == []


def test_equal_tables_are_equal_bytes() -> None:
    again = printed(*(candidate(number) for number in (1, 2, 3)))
    assert (again.docx, again.pdf) == (fullest(3).docx, fullest(3).pdf)


def test_a_definition_without_a_compiled_template_is_compiled_when_needed(tmp_path: Path) -> None:
    (tmp_path / "summaries").mkdir()
    standard = (LIBRARY.folders[-1] / "summaries" / f"{SUMMARY.id}.yaml").read_text(encoding="utf-8")
    own = standard.replace("text: 序号", "text: 编号").replace("id: summary-2024", "id: ours")
    (tmp_path / "summaries" / "ours.yaml").write_text(own, encoding="utf-8")
    library = Library.standard([tmp_path])
    assert library.template("ours") is None
    (page,) = said(print_blank_summary("ours", library, FONTS)[1])
    assert "编号集群名称" in page


def test_libreoffice_lays_the_table_out_as_we_do(soffice: str, pdftotext: str, tmp_path: Path) -> None:
    docx = printed(*(candidate(number) for number in range(1, 8))).docx
    ours = lay_out(docx, FONTS)
    theirs = words_of_pdf(office_pdf(docx, soffice, tmp_path), pdftotext)
    comparison = compare(ours, FONTS, theirs)
    assert comparison.our_pages == comparison.office_pages > 2
    assert comparison.ratio >= 0.97, comparison.report()
    pairs = zip(ours.pages, theirs, strict=True)
    for page, words in pairs:
        assert Counter("".join(word.text for word in words_of_page(page, FONTS))) == Counter(
            "".join(word.text for word in words)
        )
