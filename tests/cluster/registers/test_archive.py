"""Archives are read as Python's own library reads them, and what is damaged is never taken for sound."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.registers.archive import AnyArchive, PlainArchive, archive_of
from tests.by_hand import EXAMPLE

WORKBOOK = (EXAMPLE / "企业清单.xlsx").read_bytes()
PARTS = some.dictionaries(some.text("abc/.xml", min_size=1, max_size=12), some.binary(max_size=400), max_size=5)


def archive(parts: dict[str, bytes], *, packed: bool = True, remark: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
        written.comment = remark
    return stream.getvalue()


@given(PARTS, some.booleans(), some.sampled_from([b"", b"x"]))
def test_parts_are_those_that_were_put_in(parts: dict[str, bytes], packed: bool, remark: bytes) -> None:
    found = archive_of(archive(parts, packed=packed, remark=remark))
    assert {name: found.read(name) for name in found.sizes} == parts
    assert {name: b"".join(found.pieces(name)) for name in found.sizes} == parts
    assert found.sizes == {name: len(content) for name, content in parts.items()}
    assert isinstance(found, AnyArchive if remark else PlainArchive)


def test_the_workbook_of_an_office_program_is_plain_and_another_archive_is_read_all_the_same() -> None:
    found = archive_of(WORKBOOK)
    assert isinstance(found, PlainArchive)
    assert found.read("xl/workbook.xml").startswith(b"<?xml")
    assert isinstance(archive_of(archive({"xl/工作表.xml": b"x"})), AnyArchive)
    assert archive_of(archive({"xl/工作表.xml": b"x"})).read("xl/工作表.xml") == b"x"


@given(some.integers(0, len(WORKBOOK) - 1), some.integers(1, 255))
def test_a_damaged_byte_is_seen_or_changes_nothing(at: int, change: int) -> None:
    damaged = bytes([*WORKBOOK[:at], WORKBOOK[at] ^ change, *WORKBOOK[at + 1 :]])
    try:
        found = archive_of(damaged)
        contents = {name: found.read(name) for name in found.sizes}
        assert contents == {name: b"".join(found.pieces(name)) for name in found.sizes}
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return
    sound = archive_of(WORKBOOK)
    assert sorted(contents.values()) == sorted(sound.read(name) for name in sound.sizes)


def test_a_large_part_comes_in_pieces() -> None:
    content = bytes(range(256)) * 20_000
    found = archive_of(archive({"large": content}, packed=False))
    pieces = list(found.pieces("large"))
    assert len(pieces) > 1 and b"".join(pieces) == content


@pytest.mark.parametrize("data", [b"", b"PK\5\6", b"PK\3\4" + b"x" * 50, WORKBOOK[:900]])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(zipfile.BadZipFile):
        archive_of(data)
