"""Word files that a disk or a virus scanner spoilt: told as damaged, never a crash, whatever byte it hit."""

from __future__ import annotations

import io
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.docx.reading import read_document
from generator.errors import DefinitionError, UnreadableError
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.opening.damage import DamagedError
from generator.package.opening.office import open_office
from generator.tuning import choose_template
from generator.typeset.reading.package import Package

_ENCRYPTED, _COMPRESSION = 6, 10
"""Where the central directory tells of an entry that it is encrypted, and how it is compressed: counted from its mark."""


@cache
def whole() -> bytes:
    library = Library.standard()
    return choose_template(library.form("national-2025"), library, FontLibrary.bundled()).docx


def spoilt(at: int, byte: int) -> bytes:
    content = bytearray(whole())
    content[at % len(content)] ^= byte
    return bytes(content)


def entry(offset: int) -> int:
    return whole().index(b"PK\x01\x02") + offset + 2


@settings(max_examples=40)
@given(at=st.integers(0, 2**20), byte=st.integers(1, 255))
@example(at=600, byte=255)
@example(at=-22, byte=255)
def test_a_spoilt_byte_is_told_or_does_no_harm(at: int, byte: int) -> None:
    content = spoilt(at, byte)
    for read, told in (
        (read_document, UnreadableError),
        (lambda docx: open_office(io.BytesIO(docx), ".docx"), DamagedError),
        (Package, DefinitionError),
    ):
        try:
            read(content)
        except told as error:
            assert str(error)


def test_an_entry_said_to_be_locked_or_packed_in_an_unknown_way_is_told() -> None:
    for at, byte in ((entry(_ENCRYPTED), 1), (entry(_COMPRESSION - 2), 97)):
        try:
            read_document(spoilt(at, byte))
        except UnreadableError as error:
            assert "不是可以读的 Word 文件" in str(error)
