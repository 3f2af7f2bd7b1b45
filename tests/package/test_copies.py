"""Many copies in one PDF: every paper from a right-hand page, the bytes of one, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from generator.package.printing.copies import CopyFront, copies_in_one, sheets_in_one

FRONTS = tuple(CopyFront(f"第{number}份") for number in range(1, 6))


def paper(name: str, pages: int, labels: tuple[str, ...] = ()) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(50, 50, f"{name}{number}")
        for line in range(60):
            canvas.drawString(50, 100 + 10 * line, f"{name} {number} {line} " * 8)
        canvas.showPage()
    for number, label in enumerate(labels):
        canvas.addPageLabel(number, prefix=label)
    canvas.save()
    return stream.getvalue()


def in_one(papers: Sequence[bytes], fronts: Sequence[CopyFront], title: str) -> tuple[bytes, int]:
    made, pages = copies_in_one(papers, fronts, title)
    return made.read(), pages


def first_words(pdf: bytes) -> list[str]:
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [text.split("\n")[0] if text else "" for text in texts]


def test_five_copies_cost_about_the_bytes_of_one() -> None:
    one = paper("form", 19)
    pdf, pages = in_one([one], FRONTS, "表")
    assert pages == 100 == len(PdfReader(io.BytesIO(pdf)).pages)
    assert len(pdf) < 1.1 * len(one) + 100 * 400
    assert len(pdf) < 2 * len(one)


def test_every_copy_says_what_the_single_one_says_from_a_right_hand_page_on() -> None:
    pdf, pages = in_one([paper("a", 3), paper("b", 2)], FRONTS[:2], "表")
    assert pages == 12
    assert first_words(pdf) == ["a1", "a2", "a3", "", "b1", "b2"] * 2


def test_the_cover_sheet_stands_before_its_copy_with_an_empty_back() -> None:
    fronts = (CopyFront("正本", paper("original", 1)), CopyFront("副本", paper("duplicate", 1)))
    pdf, _ = in_one([paper("a", 1)], fronts, "表")
    assert first_words(pdf) == ["original1", "", "a1", "", "duplicate1", "", "a1", ""]


def test_labels_and_bookmarks_tell_the_copies_apart() -> None:
    labelled = paper("a", 4, ("", "", "", ""))
    reader = PdfReader(io.BytesIO(in_one([paper("a", 3)], FRONTS[:2], "表")[0]))
    assert reader.page_labels == [f"第{copy}份{end}" for copy in (1, 2) for end in ("-1", "-2", "-3", "")]
    bookmarks = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in bookmarks] == ["第1份", "第2份"]
    assert [reader.get_destination_page_number(item) for item in bookmarks] == [0, 4]
    unnumbered = PdfReader(io.BytesIO(in_one([labelled], FRONTS[:1], "表")[0]))
    assert set(unnumbered.page_labels) == {"第1份"}


def test_readers_are_asked_for_both_sides_and_actual_size() -> None:
    reader = PdfReader(io.BytesIO(in_one([paper("a", 1)], FRONTS[:1], "某表（一式1份）")[0]))
    preferences = reader.root_object["/ViewerPreferences"].get_object()
    assert isinstance(preferences, dict)
    assert dict(preferences) == {"/Duplex": "/DuplexFlipLongEdge", "/PrintScaling": "/None"}
    assert reader.metadata is not None and reader.metadata.title == "某表（一式1份）"


def test_the_same_papers_give_the_same_bytes() -> None:
    papers = [paper("a", 3), paper("b", 2)]
    assert in_one(papers, FRONTS, "表") == in_one([bytes(one) for one in papers], FRONTS, "表")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(1, 4))
def test_no_paper_of_any_copy_begins_on_a_left_hand_page(counts: list[int], copies: int) -> None:
    papers = [paper(f"p{number}x", count) for number, count in enumerate(counts)]
    pdf, pages = in_one(papers, FRONTS[:copies], "表")
    words = first_words(pdf)
    starts = [index for index, word in enumerate(words) if word.endswith("x1")]
    assert len(starts) == copies * len(counts)
    assert all(index % 2 == 0 for index in starts)
    assert pages == len(words) == copies * sum(count + count % 2 for count in counts)


def test_chosen_sheets_are_whole_and_keep_their_numbers() -> None:
    form, lists = paper("form", 7, tuple("abcdefg")), paper("list", 3)
    pdf, pages = sheets_in_one([("申报表", form, [2, 4]), ("清单", lists, [1])], "换页打印稿")
    assert pages == 6
    assert [text[:5] for text in first_words(pdf)] == ["form3", "form4", "form7", "", "list1", "list2"]
    labels = PdfReader(io.BytesIO(pdf)).page_labels
    assert (labels[0][:5], labels[3], labels[4]) == ("申报表-c", "申报表", "清单-1")
    assert [str(entry["/Title"]) for entry in PdfReader(io.BytesIO(pdf)).outline if isinstance(entry, dict)] == [
        "申报表第2张",
        "申报表第4张",
        "清单第1张",
    ]


def test_a_sheet_that_a_paper_does_not_have_is_an_error() -> None:
    with pytest.raises(IndexError):
        sheets_in_one([("申报表", paper("form", 3), [3])], "换页打印稿")
