"""Font files read directly: character map, widths, names, embedding permission and outlines' places.

TrueType and OpenType files share one container ("sfnt"). fontTools reads all of it, but takes its time before the first
width is known; a run measures with five faces and must start faster. What is read here is the little that measuring and
embedding need.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import le, lt
from pathlib import Path
from typing import NamedTuple

from generator.errors import MissingError, reason_of

_LAST_CHARACTER = 0x10FFFF
_NO_CHARACTER = 0xFFFF
_RESTRICTED, _PREVIEW_OR_MORE, _NO_SUBSETTING, _BITMAP_ONLY = 0x0002, 0x000C, 0x0100, 0x0200


class NameRecord(NamedTuple):
    """One entry of a font's name table."""

    identifier: int
    text: str


def unsigned16(data: bytes) -> array[int]:
    """Return big-endian 16-bit numbers as an array."""
    numbers = array("H", data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def unsigned32(data: bytes) -> array[int]:
    """Return big-endian 32-bit numbers as an array."""
    numbers = array("I", data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def big_endian(numbers: array[int]) -> bytes:
    """Return an array's numbers as a font file has them."""
    ordered = numbers[:]
    if sys.byteorder == "little":
        ordered.byteswap()
    return ordered.tobytes()


def faces_in(path: Path) -> int:
    """Return how many faces a font file holds: 1, or more in a collection (.ttc).

    Raises MissingError when it is no font file.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(12)
    except OSError as error:
        raise MissingError(f"打不开字体文件：{path}（{reason_of(error)}）") from error
    if head[:4] == b"ttcf" and len(head) == 12:
        return int(struct.unpack(">L", head[8:12])[0])
    if head[:4] in (b"\0\1\0\0", b"true", b"OTTO"):
        return 1
    raise MissingError(f"不是字体文件：{path}", "支持 .ttf、.ttc、.otf。")


class FontFile:
    """One face of a font file, mapped into memory and read as asked.

    Raises MissingError when the file can't be opened or isn't a font.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        if index >= faces_in(path):
            raise MissingError(f"字体文件 {path} 里没有第 {index + 1} 个字体。")
        with path.open("rb") as stream:
            self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        start = 0
        try:
            if self._data[:4] == b"ttcf":
                (start,) = struct.unpack_from(">L", self._data, 12 + 4 * index)
            (count,) = struct.unpack_from(">H", self._data, start + 4)
            self._tables: dict[str, tuple[int, int]] = {}
            for number in range(count):
                tag, _, offset, length = struct.unpack_from(">4sLLL", self._data, start + 12 + 16 * number)
                self._tables[tag.decode("latin-1")] = (offset, length)
            self.units_per_em: int = struct.unpack_from(">H", self.table("head"), 18)[0]
            ascent, descent = struct.unpack_from(">hh", self.table("hhea"), 4)
        except (struct.error, KeyError) as error:
            raise MissingError(f"字体文件已损坏：{path}") from error
        self.ascent: float = ascent / self.units_per_em
        self.descent: float = -descent / self.units_per_em

    def table(self, tag: str) -> bytes:
        """Return a table's bytes. Raises KeyError when the font has no such table."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def has_table(self, tag: str) -> bool:
        """Whether the font has a table of this tag."""
        return tag in self._tables

    @property
    def has_quadratic_outlines(self) -> bool:
        """Whether the outlines are TrueType's (`glyf`), not PostScript's (`CFF `)."""
        return self.has_table("glyf")

    @cached_property
    def glyph_count(self) -> int:
        """How many glyphs the face has."""
        return int(struct.unpack_from(">H", self.table("maxp"), 4)[0])

    @cached_property
    def advances(self) -> array[int]:
        """Advance width of each glyph in font units; glyphs past the end have the last one's."""
        (count,) = struct.unpack_from(">H", self.table("hhea"), 34)
        return unsigned16(self.table("hmtx")[: 4 * count])[::2]

    def advance(self, glyph: int) -> int:
        """Return a glyph's advance width in font units."""
        advances = self.advances
        return advances[glyph] if glyph < len(advances) else advances[-1]

    def horizontal_metrics(self, glyphs: Iterable[int]) -> bytes:
        """Return advance width and left side bearing of each glyph, four bytes each, as `hmtx` has them."""
        table, count = self.table("hmtx"), len(self.advances)
        last = table[4 * count - 4 : 4 * count - 2]
        return b"".join(
            [
                table[4 * glyph : 4 * glyph + 4]
                if glyph < count
                else last + table[2 * (count + glyph) : 2 * (count + glyph) + 2]
                for glyph in glyphs
            ]
        )

    @cached_property
    def glyphs(self) -> dict[int, int]:
        """Code point → glyph number, the empty glyph (.notdef) left out. Raises MissingError when it can't be read."""
        try:
            table = self.table("cmap")
            start = self._chosen_map(table)
            return {} if start is None else _character_map(table, start)
        except (struct.error, KeyError, IndexError, ValueError) as error:
            raise MissingError(f"字体文件已损坏：{self.path}") from error

    def glyph(self, code: int) -> int | None:
        """Return the glyph of a code point, None where the face has none. Raises MissingError as `glyphs` does.

        Looks up one character where `glyphs` reads them all.
        """
        if "glyphs" in self.__dict__:
            return self.glyphs.get(code)
        return self._look_up(code)

    @cached_property
    def _look_up(self) -> Callable[[int], int | None]:
        try:
            table = self.table("cmap")
            start = self._chosen_map(table)
            known = None if start is None else _groups_of(table, start) or _segments_of(table, start)
        except (struct.error, KeyError, IndexError, ValueError) as error:
            raise MissingError(f"字体文件已损坏：{self.path}") from error
        return self.glyphs.get if known is None else known.glyph

    @staticmethod
    def _chosen_map(table: bytes) -> int | None:
        found: dict[tuple[int, int], int] = {}
        for number in range(struct.unpack_from(">H", table, 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * number)
            found.setdefault((platform, encoding), offset)
        for choice in ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0), (3, 0)):
            if choice in found:
                (kind,) = struct.unpack_from(">H", table, found[choice])
                if kind in (4, 12):
                    return found[choice]
        return None

    @cached_property
    def names(self) -> tuple[NameRecord, ...]:
        """The entries of the name table that can be decoded, in the file's order."""
        if not self.has_table("name"):
            return ()
        table = self.table("name")
        _, count, storage = struct.unpack_from(">HHH", table, 0)
        records = []
        for number in range(count):
            platform, encoding, _, identifier, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
            raw = table[storage + offset : storage + offset + length]
            text = raw.decode(_name_encoding(platform, encoding), "replace")
            if text and "\ufffd" not in text:
                records.append(NameRecord(identifier, text.strip("\0 ")))
        return tuple(records)

    def named(self, *identifiers: int) -> tuple[str, ...]:
        """Return the names of these kinds, each once (1 family, 2 style, 4 full, 6 PostScript, 16 typographic)."""
        return tuple(dict.fromkeys(record.text for record in self.names if record.identifier in identifiers))

    @cached_property
    def is_bold(self) -> bool:
        """Whether the face says of itself that it is a bold cut."""
        return bool(struct.unpack_from(">H", self.table("head"), 44)[0] & 1)

    @cached_property
    def is_italic(self) -> bool:
        """Whether the face says of itself that it is slanted."""
        return bool(struct.unpack_from(">H", self.table("head"), 44)[0] & 2)

    @cached_property
    def weight(self) -> int:
        """Weight from 100 (thin) to 900 (black); 400 is regular, and is what a font that doesn't say is taken for."""
        return int(struct.unpack_from(">H", self.table("OS/2"), 4)[0]) if self.has_table("OS/2") else 400

    @cached_property
    def embedding_refusal(self) -> str:
        """Why the font's own permission bits (OS/2 fsType) forbid what printing needs; empty when they allow it."""
        if not self.has_table("OS/2"):
            return ""
        (bits,) = struct.unpack_from(">H", self.table("OS/2"), 8)
        if bits & _RESTRICTED and not bits & _PREVIEW_OR_MORE:
            return "字体的许可位不允许嵌入 PDF"
        if bits & _NO_SUBSETTING:
            return "字体的许可位不允许只嵌入用到的字"
        if bits & _BITMAP_ONLY:
            return "字体的许可位只允许嵌入点阵"
        return ""

    @cached_property
    def outline_places(self) -> Sequence[int]:
        """Where each TrueType glyph begins within `glyf`; one more entry than there are glyphs."""
        (long_format,) = struct.unpack_from(">h", self.table("head"), 50)
        if long_format:
            return unsigned32(self.table("loca")[: 4 * (self.glyph_count + 1)])
        return [2 * half for half in unsigned16(self.table("loca")[: 2 * (self.glyph_count + 1)])]

    def outlines(self, glyphs: Iterable[int]) -> list[bytes]:
        """Return the bytes of TrueType glyphs' outlines, empty for blank ones."""
        start, places, data = self._tables["glyf"][0], self.outline_places, self._data
        return [data[start + places[glyph] : start + places[glyph + 1]] for glyph in glyphs]


def _name_encoding(platform: int, encoding: int) -> str:
    if platform == 3 and encoding == 3:
        return "gbk"
    if platform in (0, 3):
        return "utf-16-be"
    return "gbk" if encoding == 25 else "mac-roman"


def _character_map(table: bytes, start: int) -> dict[int, int]:
    (kind,) = struct.unpack_from(">H", table, start)
    return _segmented_coverage(table, start) if kind == 12 else _segment_mapping(table, start)


class _Groups:
    """A character map of format 12, looked up group by group."""

    def __init__(self, numbers: array[int]) -> None:
        self._firsts, self._lasts, self._glyphs = numbers[::3], numbers[1::3], numbers[2::3]

    def glyph(self, code: int) -> int | None:
        at = bisect_right(self._firsts, code) - 1
        if at < 0 or code > self._lasts[at]:
            return None
        return self._glyphs[at] + code - self._firsts[at]


def _groups_of(table: bytes, start: int) -> _Groups | None:
    """The groups of a character map of format 12 in good order; None for any other, which is read as a whole."""
    (kind,) = struct.unpack_from(">H", table, start)
    if kind != 12:
        return None
    (count,) = struct.unpack_from(">L", table, start + 12)
    numbers = unsigned32(table[start + 16 : start + 16 + 12 * count])
    firsts, lasts = numbers[::3], numbers[1::3]
    in_order = len(numbers) == 3 * count and all(map(le, firsts, lasts)) and all(map(lt, lasts, firsts[1:]))
    return _Groups(numbers) if in_order and count and lasts[-1] <= _LAST_CHARACTER else None


def _segmented_coverage(table: bytes, start: int) -> dict[int, int]:
    """Read a character map of format 12: groups of first code, last code, first glyph."""
    (count,) = struct.unpack_from(">L", table, start + 12)
    numbers = unsigned32(table[start + 16 : start + 16 + 12 * count])
    mapping: dict[int, int] = {}
    for first, last, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        if first == last:
            mapping[first] = glyph
        elif last <= _LAST_CHARACTER:
            mapping.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        else:
            raise ValueError("not a range of characters")
    return mapping


class _Segments:
    """A character map of format 4: segments with a shift, or with their own list of glyphs; looked up segment by segment."""

    def __init__(self, numbers: array[int], count: int) -> None:
        self.count, self._numbers = count, numbers
        self.lasts, self.firsts = numbers[:count], numbers[count + 1 : 2 * count + 1]
        self._shifts, self._ranges = numbers[2 * count + 1 : 3 * count + 1], numbers[3 * count + 1 : 4 * count + 1]

    @property
    def is_in_order(self) -> bool:
        """Whether every segment is there and lies behind the one before, so that looking up finds what reading all would."""
        whole = len(self._ranges) == self.count and all(map(le, self.firsts, self.lasts))
        return whole and all(map(lt, self.lasts, self.firsts[1:]))

    def glyph(self, code: int) -> int | None:
        at = bisect_left(self.lasts, code)
        return None if at == self.count or code < self.firsts[at] else self.glyph_in(at, code)

    def glyph_in(self, segment: int, code: int) -> int | None:
        """Return the glyph of a code that lies in this segment."""
        if code == _NO_CHARACTER:
            return None
        glyph = code
        if self._ranges[segment]:
            place = 3 * self.count + 1 + segment + self._ranges[segment] // 2 + code - self.firsts[segment]
            glyph = self._numbers[place] if place < len(self._numbers) else 0
            if not glyph:
                return None
        return (glyph + self._shifts[segment]) & 0xFFFF or None


def _segments(table: bytes, start: int) -> _Segments:
    length, _, doubled = struct.unpack_from(">HHH", table, start + 2)
    return _Segments(unsigned16(table[start + 14 : start + length - length % 2]), doubled // 2)


def _segments_of(table: bytes, start: int) -> _Segments | None:
    """The segments of a character map of format 4 in good order; None for any other, which is read as a whole."""
    (kind,) = struct.unpack_from(">H", table, start)
    if kind != 4:
        return None
    segments = _segments(table, start)
    return segments if segments.is_in_order else None


def _segment_mapping(table: bytes, start: int) -> dict[int, int]:
    """Read a character map of format 4 as a whole."""
    segments = _segments(table, start)
    mapping: dict[int, int] = {}
    for segment, (first, last) in enumerate(zip(segments.firsts, segments.lasts, strict=True)):
        for code in range(first, last + 1):
            if glyph := segments.glyph_in(segment, code):
                mapping[code] = glyph
    return mapping
