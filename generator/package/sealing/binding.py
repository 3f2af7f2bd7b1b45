"""Scans in the place of pages: the signed form, its bookmarks and page labels as they were."""

from __future__ import annotations

import io
from collections.abc import Mapping

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from generator.errors import OutputError
from generator.package.sealing.scans import ScanPage, entry_of

_KEPT = frozenset({"/Type", "/Parent"})
_TAKEN = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")


def bind(form: bytes, scans: Mapping[int, ScanPage]) -> bytes:
    """Return the PDF `form` with `scans` in the place of its pages (from 0).

    Pictures stay as they are in the scans; of a page nothing but its content is taken: no notes, no actions, no scripts.
    The same arguments give the same bytes. Raises OutputError when the result can't be opened or has another number of pages.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form)))
    for page, scan in scans.items():
        _put(writer, writer.pages[page], scan.page)
    bound = _without_remains(_as_bytes(writer))
    _examine(bound, len(writer.pages), scans)
    return bound


def _put(writer: PdfWriter, page: PageObject, scan: PageObject) -> None:
    """Make `page` look as `scan` does; bookmarks go on pointing at it."""
    for name in [name for name in page if name not in _KEPT]:
        del page[name]
    for name in _TAKEN:
        if name in scan:
            page[NameObject(name)] = scan.raw_get(name).clone(writer)


def _without_remains(content: bytes) -> bytes:
    """Return the PDF without what nothing in it refers to any more: the pages that were replaced."""
    return _as_bytes(PdfWriter(clone_from=PdfReader(io.BytesIO(content))))


def _as_bytes(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _examine(bound: bytes, pages: int, scans: Mapping[int, ScanPage]) -> None:
    """Open the result: it has all pages, and on those that were replaced the content of the scans."""
    try:
        reader = PdfReader(io.BytesIO(bound), strict=True)
        found = len(reader.pages)
        strange = [page for page, scan in scans.items() if _content(reader.pages[page]) != _content(scan.page)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(
            f"签章版打不开（{error}）。", "请把扫描件用“打印为 PDF”另存后再试，并报告给开发者。"
        ) from error
    if found != pages or strange:
        raise OutputError(f"签章版没有通过自查：应有 {pages} 页，实有 {found} 页。", "请报告给开发者。")


def _content(page: PageObject) -> tuple[bytes, list[bytes]]:
    """Return what is drawn on a page, and the bytes of the pictures and forms that it draws."""
    content = page.get_contents()
    objects = entry_of(entry_of(page, "/Resources"), "/XObject")
    drawn = [entry.get_object() for entry in objects.values()] if isinstance(objects, DictionaryObject) else []
    return content.get_data() if content is not None else b"", sorted(
        entry._data for entry in drawn if isinstance(entry, StreamObject)
    )
