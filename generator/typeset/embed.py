"""Fonts inside a PDF: subsets of TrueType outlines, and the composite fonts that name their characters.

reportlab's own TTFont reads a font's every width through Python (25 ms a face) and splits text into fonts of 256 characters
each. Here a face becomes one composite font whose codes are the characters' own UTF-16 numbers: a line is one
string in the PDF, and the bytes of a page don't depend on the pages before it.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from generator.errors import OutputError
from generator.measure.fonts import Face
from generator.measure.sfnt import FontFile, big_endian, unsigned32

_FIRST_BEYOND = 0xD800  # no character has a number from here to 0xDFFF: room for those beyond 0xFFFF
_LAST_BEYOND = 0xDFFF
_HAS_WORDS, _HAS_SCALE, _MORE, _HAS_TWO_SCALES, _HAS_MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_CONVERSION_ERROR = 0.001  # of an em, where PostScript curves become TrueType's
_SYMBOLIC = 4


class EmbeddedFont:
    """One face in one PDF: learns which characters are used, writes them as codes, and adds its objects to the document.

    Raises OutputError when a text holds a character that the face has not got: it would print as an empty box.
    """

    def __init__(self, face: Face, name: str, characters: Iterable[str]) -> None:
        self.name = name
        self._file = face.file
        self._family = next(iter(self._file.named(6)), face.key)
        self._characters = sorted(set(characters))
        known = self._file.glyphs
        if missing := [character for character in self._characters if ord(character) not in known]:
            raise OutputError(f"字体“{face.family}”里没有字符“{missing[0]}”（U+{ord(missing[0]):04X}）。")
        beyond = [character for character in self._characters if character > "\uffff"]
        if len(beyond) > _LAST_BEYOND - _FIRST_BEYOND:
            raise OutputError(f"文件里用到的扩展区汉字太多（{len(beyond)} 个）。")
        self._beyond = {ord(character): _FIRST_BEYOND + number for number, character in enumerate(beyond)}

    def encoded(self, text: str) -> str:
        """Return a text as the hexadecimal string that the PDF's text operators take."""
        if self._beyond and max(text) > "\uffff":
            text = text.translate(self._beyond)
        return text.encode("utf-16-be", "surrogatepass").hex()

    def width(self, text: str) -> float:
        """Return the advance width of a text in em."""
        file = self._file
        return sum(file.advance(file.glyphs[ord(character)]) for character in text) / file.units_per_em

    def add_to(self, document: Any) -> None:
        """Add the font's objects to a reportlab document and make it known under its name."""
        file, codes = self._file, self._codes()
        glyphs = _with_components(file, codes.values())
        outlines = _subset(file, glyphs)
        digest = hashlib.sha256("".join(self._characters).encode("utf-8")).digest()
        title = "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self._family
        places = {glyph: number for number, glyph in enumerate(glyphs)}
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(title),
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "DW": 1000,
                "W": _widths(file, codes),
                "CIDToGIDMap": document.Reference(_stream(_glyph_numbers(codes, places)), f"{self.name}.glyphs"),
                "FontDescriptor": document.Reference(
                    self._descriptor(document, title, outlines), f"{self.name}.descriptor"
                ),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(title),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"{self.name}.descendant")]),
                "ToUnicode": document.Reference(_stream(self._character_map()), f"{self.name}.characters"),
            }
        )
        document.idToObject[pdfdoc.BasicFonts].dict[self.name] = document.Reference(font, self.name)

    def _codes(self) -> dict[int, int]:
        """Return the code of each used character in the PDF → its glyph in the face, in order of codes."""
        glyphs = self._file.glyphs
        points = map(ord, self._characters)
        return dict(sorted((self._beyond.get(point, point), glyphs[point]) for point in points))

    def _descriptor(self, document: Any, title: str, outlines: bytes) -> Any:
        file = self._file
        box = struct.unpack_from(">4h", file.table("head"), 36)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(title),
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(edge * 1000 / file.units_per_em) for edge in box]),
                "ItalicAngle": 0,
                "Ascent": round(file.ascent * 1000),
                "Descent": round(-file.descent * 1000),
                "CapHeight": 700,
                "StemV": 80,
                "FontFile2": document.Reference(_stream(outlines, Length1=len(outlines)), f"{self.name}.outlines"),
            }
        )

    def _character_map(self) -> bytes:
        """Return the CMap by which readers get the text back: codes are characters but for those beyond 0xFFFF."""
        rows = sorted({ord(character) >> 8 for character in self._characters if ord(character) <= 0xFFFF})
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        lines += _blocks("bfrange", [f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in rows])
        lines += _blocks(
            "bfchar",
            [f"<{code:04X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for point, code in self._beyond.items()],
        )
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")


def _blocks(kind: str, entries: Sequence[str]) -> list[str]:
    """Return CMap entries in blocks of the hundred that the format allows."""
    blocks = []
    for start in range(0, len(entries), 100):
        part = entries[start : start + 100]
        blocks += [f"{len(part)} begin{kind}", *part, f"end{kind}"]
    return blocks


def _stream(content: bytes, **entries: int) -> Any:
    """Return a compressed stream object.

    Outlines have runs of bytes, and bytes that are more frequent than others, but hardly repeat: to look for repetitions
    as well would take twice as long and make the file but a twelfth smaller.
    """
    dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **entries})
    compressor = zlib.compressobj(strategy=zlib.Z_RLE)
    return pdfdoc.PDFStream(dictionary, compressor.compress(content) + compressor.flush())


def _widths(file: FontFile, codes: Mapping[int, int]) -> str:
    """Return the widths that differ from a full em, neighbours in one array."""
    parts: list[str] = []
    expected = -1
    for code, glyph in codes.items():
        width = round(file.advance(glyph) * 1000 / file.units_per_em)
        if width == 1000:
            continue
        if code == expected:
            parts[-1] += f" {width}"
        else:
            parts.append(f"{code} [{width}")
        expected = code + 1
    return "[" + " ".join(part + "]" for part in parts) + "]"


def _glyph_numbers(codes: Mapping[int, int], places: Mapping[int, int]) -> bytes:
    """Return the table from code to glyph number within the subset."""
    table = array("H", bytes(2 * (max(codes, default=0) + 1)))
    for code, glyph in codes.items():
        table[code] = places[glyph]
    return big_endian(table)


def _with_components(file: FontFile, glyphs: Iterable[int]) -> list[int]:
    """Return the glyphs in order, with the empty one at the head and all that composite glyphs are made of."""
    found = {0, *glyphs}
    if file.has_quadratic_outlines:
        fresh = found
        while fresh:
            composite = filter(_is_composite, file.outlines(fresh))
            fresh = {number for outline in composite for _, number in _components(outline)} - found
            found |= fresh
    return sorted(found)


def _is_composite(outline: bytes) -> bool:
    """Whether a glyph is made of others: its number of contours is negative."""
    return len(outline) >= 10 and outline[0] >= 0x80


def _components(outline: bytes) -> list[tuple[int, int]]:
    """Return the components of a composite outline: where in the bytes the glyph number stands, and the number."""
    components = []
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, place)
        components.append((place + 2, glyph))
        place += 8 if flags & _HAS_WORDS else 6
        place += 2 if flags & _HAS_SCALE else 4 if flags & _HAS_TWO_SCALES else 8 if flags & _HAS_MATRIX else 0
    return components


def _subset(file: FontFile, glyphs: Sequence[int]) -> bytes:
    """Return a TrueType file with these glyphs only, numbered in this order."""
    outlines = _renumbered(file, glyphs) if file.has_quadratic_outlines else _converted(file, glyphs)
    places = array("I", [0])
    parts = []
    for outline in outlines:
        parts.append(outline + bytes(len(outline) % 2))
        places.append(places[-1] + len(parts[-1]))
    tables = {
        "head": file.table("head")[:8] + bytes(4) + file.table("head")[12:50] + b"\0\1\0\0",
        "hhea": file.table("hhea")[:34] + struct.pack(">H", len(glyphs)),
        "maxp": _maximums(file, len(glyphs)),
        "hmtx": file.horizontal_metrics(glyphs),
        "loca": big_endian(places),
        "glyf": b"".join(parts),
    }
    hinting = ("cvt ", "fpgm", "prep") if file.has_quadratic_outlines else ()
    tables |= {tag: file.table(tag) for tag in hinting if file.has_table(tag)}
    return _font_file(tables)


def _renumbered(file: FontFile, glyphs: Sequence[int]) -> list[bytes]:
    """Return the outlines of TrueType glyphs, components pointing to their new numbers."""
    numbers = {glyph: number for number, glyph in enumerate(glyphs)}
    outlines = []
    for outline in file.outlines(glyphs):
        if _is_composite(outline):
            changed = bytearray(outline)
            for place, component in _components(outline):
                struct.pack_into(">H", changed, place, numbers[component])
            outline = bytes(changed)
        outlines.append(outline)
    return outlines


def _converted(file: FontFile, glyphs: Sequence[int]) -> list[bytes]:
    """Return the outlines of PostScript glyphs as TrueType ones; fontTools knows both."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    collection = file.path.suffix.lower() in (".ttc", ".otc")
    outlines = []
    with TTFont(file.path, fontNumber=file.index if collection else -1, lazy=True) as font:
        drawings, order = font.getGlyphSet(), font.getGlyphOrder()
        for glyph in glyphs:
            pen = TTGlyphPen(None)
            drawings[order[glyph]].draw(Cu2QuPen(pen, _CONVERSION_ERROR * file.units_per_em, reverse_direction=True))
            outlines.append(pen.glyph().compile(None) if pen.points else b"")
    return outlines


def _maximums(file: FontFile, count: int) -> bytes:
    """Return the table of maximums for `count` glyphs; PostScript fonts have a short one, so theirs is generous."""
    if file.has_quadratic_outlines:
        return file.table("maxp")[:4] + struct.pack(">H", count) + file.table("maxp")[6:]
    return struct.pack(">LH13H", 0x00010000, count, 4096, 512, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)


def _font_file(tables: Mapping[str, bytes]) -> bytes:
    """Return a font file of these tables."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">4s4H", b"\0\1\0\0", count, 16 << power, power, 16 * count - (16 << power))
    offset = 12 + 16 * count
    directory, body = [], []
    for tag in sorted(tables):
        data = tables[tag] + bytes(-len(tables[tag]) % 4)
        checksum = sum(unsigned32(data)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sLLL", tag.encode("ascii"), checksum, offset, len(tables[tag])))
        body.append(data)
        offset += len(data)
    return b"".join((header, *directory, *body))
