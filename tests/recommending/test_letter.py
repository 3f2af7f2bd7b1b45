"""推荐文件 as GB/T 9704-2012 has official letters, and what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.documents.printing import Printed, print_document
from generator.recommending.asking import office_step
from generator.recommending.counting import count_copies
from generator.recommending.papers import Origin, Paper
from generator.recommending.receipts import Receipt
from generator.recommending.wording import Carried, Recommendation, copies_count, handover, letter
from generator.recommending.words import recommending_words
from generator.summary.table import Sender
from generator.typeset.pages import Page, TextRun
from tests.docx.word_rules import broken_rules
from tests.recommending.clusters import FONTS, LIBRARY, SENDER, cluster
from tests.referee import compare, office_pdf, words_of_pdf

MM = 72 / 25.4
TITLE = "2024年度中小企业特色产业集群推荐汇总表"


def told(
    number: int = 30, *, notice: str = "hubei-2024", sender: Sender = SENDER, table: str = TITLE
) -> Recommendation:
    asked = LIBRARY.notice(notice)
    step = office_step(asked)
    clusters = tuple(Carried(str(one), cluster(one).name, ()) for one in range(1, number + 1))
    counts = count_copies(step, [Receipt()] * number)
    return Recommendation(asked, step, sender, clusters, counts, table, 3, recommending_words(LIBRARY))


def printed(what: Recommendation) -> Printed:
    return print_document(LIBRARY.document("recommendation-letter"), letter(what), FONTS)


def runs(page: Page) -> list[TextRun]:
    """The runs of a page's text, without the number at its foot."""
    return [run for run in page.runs if run.size >= 16]


def lines(page: Page) -> list[float]:
    return sorted({round(run.y, 1) for run in runs(page)})


@pytest.fixture(scope="module")
def thirty() -> Printed:
    return printed(told())


def text_of(made: Printed) -> str:
    return "".join(run.text for page in made.pages.pages for run in page.runs)


def test_a_full_page_has_twenty_two_lines_in_the_height_of_the_type_area(thirty: Printed) -> None:
    page = thirty.pages.pages[1]
    found = lines(page)
    assert len(found) == 22
    assert found[0] > 37 * MM and found[-1] < (297 - 35) * MM


def test_a_line_holds_twenty_eight_characters_in_the_width_of_the_type_area() -> None:
    words: dict[str, Any] = {**letter(told(1)), "开头": "字" * 26 + "文" * 28 + "末"}
    made = print_document(LIBRARY.document("recommendation-letter"), words, FONTS)
    by_line: dict[float, str] = {}
    for run in runs(made.pages.pages[0]):
        by_line[round(run.y, 1)] = by_line.get(round(run.y, 1), "") + run.text
    found = [text.strip() for text in by_line.values() if text.strip("\u3000 ") and text.strip()[0] in "字文末"]
    assert found == ["字" * 26, "文" * 28, "末"]
    (full,) = [run for run in runs(made.pages.pages[0]) if run.text.startswith("文")]
    assert full.x == pytest.approx(28 * MM, abs=0.2) and full.x + full.width <= (28 + 156) * MM + 0.5


def test_title_text_and_headings_have_the_typefaces_and_sizes_of_the_standard(thirty: Printed) -> None:
    page = thirty.pages.pages[0]
    title = next(run for run in page.runs if "关于推荐" in run.text)
    heading = next(run for run in page.runs if "一、推荐名单" in run.text)
    body = next(run for run in page.runs if "经信厅办公室" in run.text)
    faces = {run.face for run in (title, heading, body)}
    assert (title.size, heading.size, body.size) == (22, 16, 16) and len(faces) == 3


def test_page_numbers_stand_at_the_outer_side_between_dashes(thirty: Printed) -> None:
    feet = [[run for run in page.runs if run.size == 14] for page in thirty.pages.pages]
    for number, foot in enumerate(feet, start=1):
        assert "".join(run.text for run in sorted(foot, key=lambda run: run.x)).replace(" ", "") == f"—{number}—"
        at_the_left = min(run.x for run in foot) < 105 * MM
        assert at_the_left == (number % 2 == 0)
        assert (297 - 35 + 7) * MM < foot[0].y < (297 - 35 + 7 + 7) * MM


def test_it_says_who_recommends_what_to_whom_by_which_notice(thirty: Printed) -> None:
    text = text_of(thirty)
    for said in (
        "宜昌市经济和信息化局关于推荐",
        "2024年度国家级中小企业特色产业集群的函",
        "湖北省经济和信息化厅：",
        "鄂经信办函〔2024〕29号",
        "30个集群",
        f"30.{cluster(30).name}",
        f"附件：1.{TITLE}",
        "（联系人：李明",
    ):
        assert said.replace(" ", "") in text.replace(" ", ""), said


def test_number_and_date_are_blank_and_there_is_no_red_head(thirty: Printed) -> None:
    text = text_of(thirty)
    assert "〔\u3000\u3000\u3000\u3000〕" in text and "\u3000\u3000年\u3000\u3000月\u3000\u3000日" in text
    assert all(run.colour in ("", "000000") for page in thirty.pages.pages for run in page.runs)


def test_the_letter_opens_in_word(thirty: Printed) -> None:
    assert broken_rules(thirty.docx) == []


@pytest.mark.parametrize("notice", ["hubei-2024", "miit-2024", "miit-2025", "shanghai-2024", "miit-2022"])
def test_every_notice_has_a_letter_and_a_list_without_a_blank_left_open(notice: str) -> None:
    what = told(2, notice=notice, table="" if notice == "shanghai-2024" else TITLE)
    made = printed(what)
    listed = print_document(LIBRARY.document("handover-list"), handover(what, what.counts.table), FONTS)
    for text in (text_of(made), text_of(listed)):
        assert "{" not in text and "None" not in text
    assert ("附件：1." in text_of(made)) == (notice != "shanghai-2024")


def test_without_a_sender_a_place_is_kept_for_its_name() -> None:
    text = text_of(printed(told(1, sender=Sender())))
    assert "（报送单位）" in text and "联系人" not in text


def test_rows_of_signatures_stay_on_one_page() -> None:
    for number in range(14, 34):
        what = told(number)
        pages = print_document(LIBRARY.document("handover-list"), handover(what, what.counts.table), FONTS).pages.pages
        texts = ["".join(run.text for run in page.runs) for page in pages]
        assert [("移交单位（盖章）" in text, "移交人（签字）" in text) for text in texts].count((True, True)) == 1


def test_libreoffice_breaks_lines_and_pages_alike(
    thirty: Printed, soffice: str, pdftotext: str, tmp_path: Path
) -> None:
    theirs = words_of_pdf(office_pdf(thirty.docx, soffice, tmp_path), pdftotext)
    comparison = compare(thirty.pages, FONTS, theirs)
    assert comparison.our_pages == comparison.office_pages
    assert comparison.ratio == 1, comparison.report()


def test_the_count_lists_files_once_whatever_kinds_they_come_in() -> None:
    name = cluster(1).name
    papers = tuple(
        Paper("", f"01_申报表_{name}{kind}", "form", b"", None, Origin.UNSIGNED) for kind in (".docx", ".pdf")
    )
    what = replace(told(1), clusters=(Carried("1", name, papers),))
    (row,) = copies_count(what)["集群们"]
    assert row["文件"] == "01_申报表（docx、pdf）"
