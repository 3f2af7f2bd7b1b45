"""Word files spoilt on purpose, as a hand in a hurry would: to see whether the comparer tells."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from generator.docx.package import repacked, unpacked
from tests.docx.reading import DOCUMENT, printed, root_of
from tests.docx.word_rules import WORD

Spoil = Callable[[etree._Element], None]


def spoilt(docx: bytes, spoil: Spoil, name: str = DOCUMENT) -> bytes:
    """The file with one of its parts spoilt."""
    root = root_of(docx, name)
    before = etree.tostring(root)
    spoil(root)
    assert etree.tostring(root) != before, "nothing was spoilt"
    return repacked({**unpacked(docx), name: etree.tostring(root)})


def paragraphs(root: etree._Element, text: str) -> Iterator[etree._Element]:
    for paragraph in root.iter(f"{WORD}p"):
        if printed(paragraph).strip() == text:
            yield paragraph


def paragraph(root: etree._Element, text: str) -> etree._Element:
    """The first paragraph that says just this."""
    return next(paragraphs(root, text))


def row_of(root: etree._Element, text: str) -> etree._Element:
    """The first row with a cell that says just this, on however many lines."""
    return next(
        row
        for row in root.iter(f"{WORD}tr")
        if text in ("".join(printed(cell).split()) for cell in row.iterchildren(f"{WORD}tc"))
    )


def table_of(root: etree._Element, text: str) -> etree._Element:
    return _above(paragraph(root, text), "tbl")


def _above(node: etree._Element, name: str) -> etree._Element:
    return next(above for above in node.iterancestors(f"{WORD}{name}"))


def removed(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def without_row(text: str) -> Spoil:
    return lambda root: removed(row_of(root, text))


def without_paragraph(text: str) -> Spoil:
    return lambda root: removed(paragraph(root, text))


def edited(old: str, new: str) -> Spoil:
    """The paragraph that says `old` says `new`."""

    def spoil(root: etree._Element) -> None:
        first, *others = paragraph(root, old).iter(f"{WORD}t")
        first.text = new
        for other in others:
            other.text = ""

    return spoil


def swapped_rows(one: str, other: str) -> Spoil:
    def spoil(root: etree._Element) -> None:
        swap(row_of(root, one), row_of(root, other))

    return spoil


def swapped_paragraphs(one: str, other: str) -> Spoil:
    def spoil(root: etree._Element) -> None:
        swap(paragraph(root, one), paragraph(root, other))

    return spoil


def swap(one: etree._Element, other: etree._Element) -> None:
    place, other_place = copy.deepcopy(one), copy.deepcopy(other)
    for node, new in ((one, other_place), (other, place)):
        parent = node.getparent()
        assert parent is not None
        parent.replace(node, new)


def added_behind(text: str, added: str) -> Spoil:
    """A paragraph more, behind the one that says `text`."""

    def spoil(root: etree._Element) -> None:
        before = paragraph(root, text)
        new = copy.deepcopy(before)
        for node in new.iter(f"{WORD}t"):
            node.text = ""
        next(new.iter(f"{WORD}t")).text = added
        before.addnext(new)

    return spoil


def row_again(text: str, label: str) -> Spoil:
    """A row more, behind the one in which a paragraph says `text`; it says `label` there."""

    def spoil(root: etree._Element) -> None:
        row = row_of(root, text)
        new = copy.deepcopy(row)
        next(node for node in new.iter(f"{WORD}t") if node.text == text).text = label
        row.addnext(new)

    return spoil


def without_column(header: str, cell_from_right: int = 1) -> Spoil:
    """One cell of every row of the table that has this header is merged away, its text with it."""

    def spoil(root: etree._Element) -> None:
        for row in table_of(root, header).iterchildren(f"{WORD}tr"):
            cells = row.findall(f"{WORD}tc")
            if len(cells) > 2:
                merge(cells[-1 - cell_from_right], cells[-cell_from_right])

    return spoil


def merge(left: etree._Element, right: etree._Element) -> None:
    """Merge two neighbours as Word does: one cell over both columns, with the paragraphs of both."""
    properties = left.find(f"{WORD}tcPr")
    assert properties is not None
    span = properties.find(f"{WORD}gridSpan")
    if span is None:
        span = etree.Element(f"{WORD}gridSpan")
        properties.insert(1, span)
    span.set(f"{WORD}val", str(_span(left) + _span(right)))
    left.extend(right.findall(f"{WORD}p"))
    removed(right)


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
    return 1 if span is None else int(span.get(f"{WORD}val", "1"))
