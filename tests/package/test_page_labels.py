"""Page numbers between page numbers, and the labels that readers show."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

from generator.package.page_labels import between, label_of, number_of, span, spans
from generator.typeset.labels import label_ranges

NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(lambda parts: (9, *parts, 1))


@pytest.mark.parametrize(
    ("before", "behind", "new"),
    [
        ("37", "38", "37-1"),
        ("37", "", "37-1"),
        ("37-1", "38", "37-2"),
        ("37-1", "37-2", "37-1-1"),
        ("37", "37-1", "37-0-1"),
        ("37-0-1", "37-1", "37-0-2"),
        ("37", "37-0-1", "37-0-0-1"),
    ],
)
def test_a_page_that_came_in_is_numbered_behind_the_one_before_it(before: str, behind: str, new: str) -> None:
    taken = {number_of(label) for label in (before, behind) if label}
    assert label_of(between(number_of(before), number_of(behind) if behind else None, taken)) == new


def test_a_number_that_was_used_once_is_passed_over() -> None:
    assert between((37,), (38,), {(37, 1), (37, 2)}) == (37, 3)


@given(st.sets(NUMBERS, min_size=2, max_size=8), st.sets(NUMBERS, max_size=8), st.data())
def test_there_is_always_a_number_between_two_that_was_never_used(
    used: set[tuple[int, ...]], gone: set[tuple[int, ...]], data: st.DataObject
) -> None:
    standing = sorted(used)
    at = data.draw(st.integers(0, len(standing) - 2))
    new = between(standing[at], standing[at + 1], used | gone)
    assert standing[at] < new < standing[at + 1]
    assert new not in used | gone
    assert number_of(label_of(new)) == new


def test_pages_are_told_as_people_write_them() -> None:
    assert span("31", "31") == "31" and span("31", "38-2") == "31—38-2"
    assert spans(["7", "8", "8-1", "8-2", "12"]) == "7—8、8-1—8-2、12"


@given(
    st.lists(st.sampled_from(["1", "2", "3", "2-1", "2-2", "2-1-1", "第1份-7", "第1份", ""]), min_size=1, max_size=12)
)
def test_readers_show_the_labels_that_were_given(labels: list[str]) -> None:
    writer = PdfWriter()
    for _ in labels:
        writer.add_blank_page(72, 72)
    for first, last, prefix, number in label_ranges(labels):
        style = PageLabelStyle.DECIMAL if number else None
        writer.set_page_label(first, last, style, prefix if style is None else prefix or None, number or 0)
    stream = io.BytesIO()
    writer.write(stream)
    assert list(PdfReader(stream).page_labels) == labels
