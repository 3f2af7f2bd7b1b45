"""LibreOffice and our pages agree, and the comparer would notice if they did not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from generator.typeset.pages import Page, Pages
from tests.referee import OTHER, QUOTATION, TORN, Word, compare, lines_of, office_pdf, words_of_page, words_of_pdf
from tests.typeset.forms import two_parts
from tests.typeset.looking import FONTS, laid_out, page_of, strays
from tests.typeset.word import document, paragraph

PARTS = ("二、主导产业情况", "八、未来三年", "九、真实性声明")


@cache
def _ours() -> Pages:
    return laid_out(two_parts())


@pytest.fixture(scope="module")
def office_words(soffice: str, pdftotext: str, tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    folder: Path = tmp_path_factory.mktemp("referee")
    return words_of_pdf(office_pdf(two_parts(), soffice, folder), pdftotext)


def test_each_part_begins_on_the_page_where_libreoffice_begins_it(office_words: list[list[Word]]) -> None:
    theirs = ["".join(lines_of(words)) for words in office_words]
    for part in PARTS:
        assert next(number for number, text in enumerate(theirs) if part in text) == page_of(_ours(), part)


def test_each_page_has_the_text_that_libreoffice_puts_there(office_words: list[list[Word]]) -> None:
    comparison = compare(_ours(), FONTS, office_words)
    assert comparison.our_pages == comparison.office_pages
    assert not comparison.text_differs, comparison.report()


def test_lines_break_where_libreoffice_breaks_them(office_words: list[list[Word]]) -> None:
    comparison = compare(_ours(), FONTS, office_words)
    assert comparison.lines > 150
    assert comparison.ratio >= 0.97, comparison.report()


def test_nothing_leaves_its_cell_in_the_riskiest_parts() -> None:
    assert not [stray for page in _ours().pages for stray in strays(page)]


def _pages(*texts: str) -> Pages:
    return laid_out(document("".join(paragraph(text) for text in texts)))


def _words(pages: Pages) -> list[list[Word]]:
    return [words_of_page(page, FONTS) for page in pages.pages]


def test_the_comparer_finds_no_difference_between_like_pages() -> None:
    pages = _pages("集群总产值", "研发经费 投入")
    comparison = compare(pages, FONTS, _words(pages))
    assert (comparison.ratio, comparison.differences, comparison.text_differs) == (1.0, (), ())


def test_the_comparer_notices_a_line_broken_elsewhere() -> None:
    comparison = compare(_pages("集群总产", "值"), FONTS, _words(_pages("集群总", "产值")))
    assert comparison.ratio == 0.0
    assert not comparison.text_differs
    assert {difference.cause for difference in comparison.differences} == {OTHER}


def test_the_comparer_notices_text_that_is_missing_or_stands_on_another_page() -> None:
    pages = _pages("集群总产值")
    assert compare(pages, FONTS, _words(_pages("集群产值"))).text_differs == ((1, "总", ""),)
    moved = replace(pages, pages=(Page(595.3, 841.9), *pages.pages))
    assert [page for page, _, _ in compare(moved, FONTS, _words(pages)).text_differs] == [1, 2]


def test_the_comparer_blames_quotation_marks_and_torn_numbers_only_where_they_are() -> None:
    quoted = compare(_pages("专精特新“", "小巨人”企业"), FONTS, _words(_pages("专精特", "新“小巨人”企业")))
    assert [difference.cause for difference in quoted.differences] == [QUOTATION, QUOTATION]
    torn = compare(_pages("获得荣誉", "12项"), FONTS, _words(_pages("获得荣誉1", "2项")))
    assert [difference.cause for difference in torn.differences] == [TORN, TORN]
    assert torn.ratio == 0.0


def test_words_of_one_line_are_joined_and_those_of_neighbouring_cells_are_not() -> None:
    near = [Word(10, 0, 20, 13, "集"), Word(23, 0, 33, 13, "群"), Word(45, 0, 55, 13, "值"), Word(10, 15, 20, 28, "二")]
    assert lines_of(near) == ["集群", "值", "二"]
