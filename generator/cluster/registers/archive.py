"""The parts of a workbook, which is a zip archive: told by as much of the format as office programs write.

Python's own library for archives takes longer to import than the parts take to be read, and the workbook waits for both. It is
asked for all that is not written plainly.
"""

from __future__ import annotations

import zlib

TYPE_CHECKING = False  # as typing has it, which takes longer to import than all that is imported here
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile

_END, _ENTRY, _LOCAL = b"PK\5\6", b"PK\1\2", b"PK\3\4"
_END_LENGTH, _ENTRY_LENGTH, _LOCAL_LENGTH = 22, 46, 30
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_PIECE = 2**16
_BEYOND = 0xFFFFFFFF
"""Stands for a number that only the wider fields of a large archive can hold."""


class PlainArchive:
    """An archive whose directory tells all: `sizes` are those of its parts, unpacked, by name."""

    def __init__(self, data: bytes, places: Mapping[str, tuple[int, int, int, int, int]]) -> None:
        self._data, self._places = data, places
        self.sizes = {name: size for name, (_, _, size, _, _) in places.items()}

    def read(self, name: str) -> bytes:
        """Return the content of a part. Raises KeyError where there is none, ValueError or zlib.error where it is damaged."""
        start, packed, size, method, check = self._places[name]
        content = self._data[start : start + packed]
        if method == _DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, size + 1)
        if len(content) != size or zlib.crc32(content) != check:
            raise ValueError(f"{name} is damaged")
        return content

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part in pieces that a processor has at hand as a whole. Raises what `read` raises."""
        start, packed, size, method, check = self._places[name]
        unpack, length, found = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0
        for at in range(start, start + packed, _PIECE):
            piece = self._data[at : min(at + _PIECE, start + packed)]
            if method == _DEFLATED:
                piece = unpack.decompress(piece, size - length + 1)
            length, found = length + len(piece), zlib.crc32(piece, found)
            if length > size:
                break
            yield piece
        if length != size or found != check:
            raise ValueError(f"{name} is damaged")


class AnyArchive:
    """An archive as Python's library reads it, asked in the same way."""

    def __init__(self, archive: ZipFile) -> None:
        self.sizes = {part.filename: part.file_size for part in archive.infolist()}
        self._archive = archive

    def read(self, name: str) -> bytes:
        """Return the content of a part. Raises KeyError where there is none, and what the library raises."""
        return self._archive.read(name)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part in pieces. Raises what `read` raises."""
        with self._archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                yield piece


def archive_of(data: bytes) -> PlainArchive | AnyArchive:
    """Return the archive whose bytes are `data`. Raises what Python's library raises where they are none."""
    places = _places(data)
    if places is not None:
        return PlainArchive(data, places)
    import io
    from zipfile import ZipFile

    return AnyArchive(ZipFile(io.BytesIO(data)))


def _places(data: bytes) -> dict[str, tuple[int, int, int, int, int]] | None:
    """Where each part begins, its length packed and unpacked, how it is packed, and its checksum; None for what is not plain."""
    end = len(data) - _END_LENGTH  # an archive with a remark behind it is not plain
    if end < 0 or data[end : end + 4] != _END:
        return None
    number, length, at = (_number(data, end + place, width) for place, width in ((10, 2), (12, 4), (16, 4)))
    if at + length != end:
        return None
    found: dict[str, tuple[int, int, int, int, int]] = {}
    for _ in range(number):
        flags, method = _number(data, at + 8, 2), _number(data, at + 10, 2)
        check, packed, size = (_number(data, at + place, 4) for place in (16, 20, 24))
        named, extra, remark = (_number(data, at + place, 2) for place in (28, 30, 32))
        local, name = _number(data, at + 42, 4), data[at + _ENTRY_LENGTH : at + _ENTRY_LENGTH + named]
        start = local + _LOCAL_LENGTH + _number(data, local + 26, 2) + _number(data, local + 28, 2)
        plain = data[at : at + 4] == _ENTRY and data[local : local + 4] == _LOCAL and name.isascii()
        if not plain or flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or _BEYOND in (packed, size, local):
            return None
        found[name.decode("ascii")] = start, packed, size, method, check
        at += _ENTRY_LENGTH + named + extra + remark
    return found if at == end and len(found) == number else None


def _number(data: bytes, at: int, width: int) -> int:
    return int.from_bytes(data[at : at + width], "little")
