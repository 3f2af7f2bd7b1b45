"""Characters to faces and widths, looked up once for each style and character."""

from __future__ import annotations

from generator.measure.fonts import FontLibrary
from generator.typeset.document import TextStyle

_REPLACEMENT = "〓"
_CONTROLS = frozenset("\t\n\f")
_LAST_ASCII = "\x7f"
_FIRST_AMBIGUOUS_EAST = "\u2010"
_FIRST_EAST = "\u2e80"
_ALWAYS_EAST = frozenset("□☐☑☒■○●△▲◇◆★☆√×①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ“”‘’…—·")
_EAST_LATIN = frozenset("°±×÷·§¨àáèéìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜ")


class GlyphTable(dict[str, float]):
    """Advances in points of the characters of one style, letter spacing included.

    `faces` names the face of each character met so far, `printed` what is printed for those that have no glyph of their own;
    `is_plain` tells that all have the same face.
    """

    __slots__ = ("_fonts", "embolden", "faces", "is_plain", "printed", "style")

    def __init__(self, style: TextStyle, fonts: FontLibrary) -> None:
        super().__init__()
        self._fonts = fonts
        self.style = style
        self.faces: dict[str, str] = {}
        self.printed: dict[str, str] = {}
        self.is_plain = True
        self.embolden = style.bold and fonts.embolden(style.east, True)

    def __missing__(self, character: str) -> float:
        style = self.style
        if character in _CONTROLS:
            self[character] = 0.0
            self.faces[character] = next(iter(self.faces.values()), self._fonts.face(style.ascii, bold=style.bold).key)
            return 0.0
        printed = "-" if character == "\u2011" else " " if character in "\u00a0\u202f" else character
        name = font_name(style, character)
        face = self._fonts.face_for(name, printed, bold=style.bold)
        if face is None:
            printed = _REPLACEMENT
            face = self._fonts.face_for(name, printed, bold=style.bold) or self._fonts.face(name, bold=style.bold)
        if printed != character:
            self.printed[character] = printed
        self.is_plain = self.is_plain and (not self.faces or face.key in self.faces.values())
        self.faces[character] = face.key
        try:
            advance = face.advance(printed)
        except KeyError:
            advance = 1.0
        width = self[character] = advance * style.size + style.spacing
        return width


class Shaper:
    """Holds the tables of all styles of one document, and the line metrics of its faces."""

    def __init__(self, fonts: FontLibrary) -> None:
        self.fonts = fonts
        self._tables: dict[int, GlyphTable] = {}
        self._metrics: dict[str, tuple[float, float]] = {}

    def table(self, style: TextStyle) -> GlyphTable:
        """Return the table of a style. Styles are told apart by identity: the reader makes each but once."""
        found = self._tables.get(id(style))
        if found is None:
            found = self._tables[id(style)] = GlyphTable(style, self.fonts)
        return found

    def metrics(self, face: str) -> tuple[float, float]:
        """Return ascent and descent of a face in em."""
        found = self._metrics.get(face)
        if found is None:
            known = self.fonts.by_key(face)
            found = self._metrics[face] = (known.ascent, known.descent)
        return found


def font_name(style: TextStyle, character: str) -> str:
    """Return which of a style's three fonts prints a character (ECMA-376 part 1, 17.3.2.26).

    Ambiguous marks go to the east font where the run hints so; quotation marks, dashes and boxes always, as they do in
    Chinese text set by Word.
    """
    if character <= _LAST_ASCII:
        return style.ascii
    if character >= _FIRST_EAST or character in _ALWAYS_EAST:
        return style.east
    if style.hint_east and (character >= _FIRST_AMBIGUOUS_EAST or character in _EAST_LATIN):
        return style.east
    return style.latin
