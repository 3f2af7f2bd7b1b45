"""Small font files for tests: a handful of square glyphs, with the names, permissions and outlines that a test asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen


def write_font(
    path: Path,
    family: str,
    advances: Mapping[str, int],
    *,
    chinese_family: str = "",
    style: str = "Regular",
    permission: int = 0,
    cubic: bool = False,
) -> Path:
    """Write a font of 1000 units an em in which each character is a square of 300 units, and return its path."""
    names = {f"u{ord(character):04X}": character for character in advances}
    builder = FontBuilder(1000, isTTF=not cubic)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({ord(character): name for name, character in names.items()})
    postscript = f"{family}-{style}".replace(" ", "")
    if cubic:
        strings = {}
        for name in [".notdef", *names]:
            pen = T2CharStringPen(500, None)
            _draw_square(pen)
            strings[name] = pen.getCharString()
        builder.setupCFF(postscript, {"FullName": family}, strings, {})
    else:
        outlines = {}
        for name in [".notdef", *names]:
            glyph_pen = TTGlyphPen(None)
            _draw_square(glyph_pen)
            outlines[name] = glyph_pen.glyph()
        builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics({".notdef": (500, 0)} | {name: (advances[names[name]], 0) for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    bold = style == "Bold"
    entries: dict[str, object] = {"familyName": {"en": family}, "styleName": style, "psName": postscript}
    entries["fullName"] = f"{family} {style}"
    if chinese_family:
        entries["familyName"] = {"en": family, "zh-Hans": chinese_family}
    builder.setupNameTable(entries, mac=False)
    builder.setupOS2(fsType=permission, usWeightClass=700 if bold else 400)
    builder.setupPost()
    builder.updateHead(macStyle=int(bold))
    builder.save(path)
    return path


def _draw_square(pen: T2CharStringPen | TTGlyphPen) -> None:
    pen.moveTo((0, 0))
    for corner in ((0, 300), (300, 300), (300, 0)):
        pen.lineTo(corner)
    pen.closePath()
