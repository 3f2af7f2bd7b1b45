"""Many copies in one PDF: each paper of each copy begins on a right-hand page, and all copies share the bytes of one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from generator.frozen import dataclass
from generator.package.stored import Body, Stored, reading
from generator.typeset.labels import label_ranges

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

_MAKER = "shenbao"
_PREFERENCES = {"/Duplex": "/DuplexFlipLongEdge", "/PrintScaling": "/None"}


@dataclass(frozen=True)
class CopyFront:
    """What is printed before a copy: what the copy is called (第1份, 正本), and its cover sheet as a PDF, if it has one."""

    name: str
    pdf: bytes | None = None


def copies_in_one(papers: Sequence[Body], fronts: Sequence[CopyFront], title: str) -> tuple[Stored, int]:
    """Return one PDF with a copy of all `papers` (PDFs) for each of `fronts`, and its number of pages.

    A blank page stands wherever a paper would else begin on a left-hand page. Page labels tell the copy and the paper's own
    number (`第2份-7`), bookmarks lead to each copy; readers are asked to print on both sides, long edge, at actual size.
    Equal arguments give equal bytes.
    """
    from pypdf import PdfReader

    with ExitStack() as stack:
        readers = [PdfReader(stack.enter_context(reading(paper))) for paper in papers]
        return _written(readers, fronts, title)


def _written(papers: Sequence[PdfReader], fronts: Sequence[CopyFront], title: str) -> tuple[Stored, int]:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    labels: list[str] = []
    for front in fronts:
        start = len(writer.pages)
        sheets = [PdfReader(io.BytesIO(front.pdf))] if front.pdf is not None else []
        for reader in (*sheets, *papers):
            writer.append(reader, import_outline=False)
            labels += [f"{front.name}-{label}" if label else front.name for label in reader.page_labels]
            if len(reader.pages) % 2:
                last = reader.pages[-1].mediabox
                writer.add_blank_page(last.width, last.height)
                labels.append(front.name)
        writer.add_outline_item(title=front.name, page_number=start)
    return Stored.written(_finished(writer, labels, title).write), len(labels)


def sheets_in_one(papers: Sequence[tuple[str, bytes, Sequence[int]]], title: str) -> tuple[bytes, int]:
    """Return one PDF with chosen sheets of `papers`, and its number of pages.

    Each paper is a name, a PDF, and the sheets (two pages each, counted from 1) in the order wanted; a sheet without a back gets
    a blank page. Page labels are the paper's own numbers, behind its name (`清单-3`) where there are several papers; bookmarks
    lead to each sheet. Equal arguments give equal bytes. Raises IndexError for a sheet that a paper does not have.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    labels: list[str] = []
    for name, paper, sheets in papers:
        reader = PdfReader(io.BytesIO(paper))
        before = f"{name}-" if len(papers) > 1 else ""
        for sheet in sheets:
            front = 2 * sheet - 2
            if not 0 <= front < len(reader.pages):
                raise IndexError(sheet)
            start = len(writer.pages)
            pages = range(front, min(front + 2, len(reader.pages)))
            writer.append(reader, pages=list(pages), import_outline=False)
            labels += [f"{before}{label}" if (label := reader.page_labels[page]) else name for page in pages]
            if len(pages) == 1:
                last = reader.pages[front].mediabox
                writer.add_blank_page(last.width, last.height)
                labels.append(name)
            writer.add_outline_item(title=f"{name}第{sheet}张", page_number=start)
    stream = io.BytesIO()
    _finished(writer, labels, title).write(stream)
    return stream.getvalue(), len(labels)


def _finished(writer: PdfWriter, labels: Sequence[str], title: str) -> PdfWriter:
    """Return `writer` with its page labels, its title, and what it asks of readers that print."""
    from pypdf.constants import PageLabelStyle
    from pypdf.generic import NameObject

    for first, last_page, prefix, number in label_ranges(labels):
        if number:
            writer.set_page_label(first, last_page, PageLabelStyle.DECIMAL, prefix, number)
        else:
            writer.set_page_label(first, last_page, prefix=prefix)
    writer.add_metadata({"/Title": title, "/Creator": _MAKER, "/Producer": _MAKER})
    preferences = writer.create_viewer_preferences()
    for name, value in _PREFERENCES.items():
        preferences[NameObject(name)] = NameObject(value)
    return writer


def single_pages(pdf: bytes) -> tuple[bytes, ...]:
    """Return each page of `pdf` as a PDF of its own."""
    from pypdf import PdfReader, PdfWriter

    made = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        writer = PdfWriter()
        writer.add_page(page)
        stream = io.BytesIO()
        writer.write(stream)
        made.append(stream.getvalue())
    return tuple(made)
