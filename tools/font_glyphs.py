"""Glyphs of the bundled fonts: which characters they hold, and the outlines that are moved, widened or composed.

All measures are thousandths of an em. Every composed glyph is made of outlines of the same source font, or of plain
rectangles: no outline crosses from one licence to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

EM = 1000
_TICK_MARGINS = (90, 100, -85, -90)
_CROSS_MARGINS = (130, 130, -130, -130)
_ROOT_AREA = (200, -20, 800, 780)
_PLAIN_TICK = ((0, 290), (52, 334), (232, 108), (618, 622), (650, 600), (230, 0))
_DASH = (-5, 1005)
_CONVERSION_ERROR = 1.0

# Symbol blocks of which each font keeps whatever its source has.
_BLOCKS = (
    (0x0020, 0x007E), (0x00A0, 0x00FF), (0x02C6, 0x02DC), (0x0391, 0x03C9), (0x0401, 0x0451), (0x2002, 0x2003),
    (0x2009, 0x200A), (0x2010, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x218B), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2300, 0x2312), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x266F), (0x2700, 0x27BF),
    (0x2B05, 0x2B1C), (0x3000, 0x303F), (0x3220, 0x3243), (0x3280, 0x32B0), (0x3380, 0x33DF), (0xFE30, 0xFE4F),
    (0xFE50, 0xFE6B), (0xFF01, 0xFFE5),
)  # fmt: skip

Drawing = list[tuple[str, tuple[Any, ...]]]
Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Tuning:
    """How one font's marks are set: where its box □ stands (left, bottom, right, top), and what its source has amiss.

    `tick` is the character whose outline ticks a box; empty where the source has none that is clear when small, and a
    plain one is drawn. `shrink_shapes`: circles, triangles and stars fill the em and come down to the size of the box.
    `root_is_tick`: √ is drawn as a radical with a bar, and gives way to the tick.
    """

    box: Area = (100, -20, 900, 780)
    tick: str = "✓"
    shrink_shapes: bool = False
    root_is_tick: bool = False


def gb2312() -> frozenset[str]:
    """Return all characters of GB 2312, its dash and middle dot under both code points that they go by."""
    found = {"·", "—"}
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            found.update(bytes((lead, trail)).decode("gb2312", "ignore"))
    return frozenset(found)


def wide_symbols() -> frozenset[str]:
    """Return the marks of GB 2312's first row: Chinese fonts give each of them a full em."""
    row = (bytes((0xA1, trail)).decode("gb2312", "ignore") for trail in range(0xA1, 0xFF))
    return frozenset(row) | {"·", "—", "☐", "☑", "☒"}


def wanted_characters(common: Sequence[str]) -> frozenset[str]:
    """Return what a bundled font should hold: `common` (通用规范汉字表), GB 2312 and the symbols."""
    symbols = {chr(code) for first, last in _BLOCKS for code in range(first, last + 1)}
    return frozenset(common) | gb2312() | symbols


class GlyphSource:
    """The outlines of one source font by character, in units of a thousandth of an em."""

    def __init__(self, font: TTFont) -> None:
        self._glyphs = font.getGlyphSet()
        self._names: dict[int, str] = font.getBestCmap()
        self._scale: float = EM / font["head"].unitsPerEm

    def has(self, character: str) -> bool:
        """Whether the source has a glyph for a character."""
        return ord(character) in self._names

    def advance(self, character: str) -> int:
        """Return a character's advance width."""
        width: float = self._glyphs[self._names[ord(character)]].width
        return round(width * self._scale)

    def drawing(self, character: str) -> Drawing:
        """Return a character's outline with its components resolved."""
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[self._names[ord(character)]].draw(pen)
        return (
            transformed(pen.value, Transform(self._scale, 0, 0, self._scale, 0, 0)) if self._scale != 1 else pen.value
        )

    def notdef(self) -> Drawing:
        """Return an empty box half an em wide, for the glyph that stands for none."""
        return rectangle(60, 0, 440, 700) + rectangle(400, 40, 100, 660)


def bounds(drawing: Drawing) -> Area:
    """Return left, bottom, right, top of an outline (all 0 for a blank one)."""
    pen = BoundsPen(None)
    _replay(drawing, pen)
    return pen.bounds or (0, 0, 0, 0)


def transformed(drawing: Drawing, transform: Transform) -> Drawing:
    """Return an outline moved and scaled."""
    pen = RecordingPen()
    _replay(drawing, TransformPen(pen, transform))
    moved: Drawing = pen.value
    return moved


def fitted(drawing: Drawing, area: Area) -> Drawing:
    """Return an outline stretched so that its bounds are `area` (left, bottom, right, top)."""
    left, bottom, right, top = bounds(drawing)
    across, up = (area[2] - area[0]) / (right - left), (area[3] - area[1]) / (top - bottom)
    return transformed(drawing, Transform(across, 0, 0, up, area[0] - left * across, area[1] - bottom * up))


def rectangle(left: float, bottom: float, right: float, top: float) -> Drawing:
    """Return a rectangle; exchange left and right to have it cut out of another."""
    return polygon(((left, top), (right, top), (right, bottom), (left, bottom)))


def frame(area: Area, stroke: float) -> Drawing:
    """Return an empty square: the outer edge is `area`, the line is `stroke` thick."""
    left, bottom, right, top = area
    return rectangle(*area) + rectangle(right - stroke, bottom + stroke, left + stroke, top - stroke)


def polygon(corners: Sequence[tuple[float, float]]) -> Drawing:
    """Return a closed shape with straight sides."""
    return [("moveTo", (corners[0],)), *(("lineTo", (corner,)) for corner in corners[1:]), ("closePath", ())]


def outline(drawing: Drawing, *, cubic: bool) -> Any:
    """Return a TrueType glyph. Cubic (PostScript) curves become quadratic ones within one thousandth of an em."""
    pen = TTGlyphPen(None)
    _replay(drawing, Cu2QuPen(pen, _CONVERSION_ERROR, reverse_direction=True) if cubic else pen)
    return pen.glyph(dropImpliedOnCurves=True)


def _replay(drawing: Drawing, pen: Any) -> None:
    for operator, points in drawing:
        getattr(pen, operator)(*points)


def glyphs(source: GlyphSource, wanted: frozenset[str], tuning: Tuning) -> Iterator[tuple[str, Drawing, int]]:
    """Give character, outline and advance for each wanted character that the source has or that can be composed."""
    composed = _composed(source, tuning)
    wide = wide_symbols()
    for character in sorted(wanted):
        if character in composed:
            yield character, *composed[character]
        elif source.has(character):
            drawing, advance = source.drawing(character), source.advance(character)
            if tuning.shrink_shapes and (0x25A0 <= ord(character) <= 0x25FF or character in "★☆"):
                drawing = _shrunk(drawing, tuning.box)
            if character in wide and advance != EM:
                drawing, advance = _widened(character, drawing, advance), EM
            yield character, drawing, advance


def _composed(source: GlyphSource, tuning: Tuning) -> dict[str, tuple[Drawing, int]]:
    """Return the glyphs that are not taken as they are: boxes, dashes, spaces."""
    box = frame(tuning.box, _stroke(source.drawing("□")))
    tick = source.drawing(tuning.tick) if tuning.tick else polygon(_PLAIN_TICK)
    _, low, _, high = bounds(source.drawing("―" if source.has("―") else "—"))
    dash = rectangle(_DASH[0], low, _DASH[1], high)
    composed: dict[str, tuple[Drawing, int]] = {
        "□": (box, EM),
        "■": (rectangle(*tuning.box), EM),
        "☐": (box, EM),
        "☑": (box + fitted(tick, _inside(tuning.box, _TICK_MARGINS)), EM),
        "☒": (box + fitted(source.drawing("×"), _inside(tuning.box, _CROSS_MARGINS)), EM),
        "—": (dash, EM),
        "―": (dash, EM),
        "\u00a0": ([], source.advance(" ")),
        "\u2002": ([], EM // 2),
        "\u2003": ([], EM),
        "\u3000": ([], EM),
    }
    if tuning.root_is_tick:
        composed["√"] = (fitted(tick, _ROOT_AREA), EM)
    return composed


def _inside(box: Area, margins: Area) -> Area:
    left, bottom, right, top = (edge + margin for edge, margin in zip(box, margins, strict=True))
    return left, bottom, right, top


def _stroke(box: Drawing) -> float:
    """Return how thick the line of an empty square is: how far its second contour lies inside the first."""
    contours: list[Drawing] = []
    for operation in box:
        if operation[0] == "moveTo":
            contours.append([])
        contours[-1].append(operation)
    outer, inner = sorted(bounds(contour)[0] for contour in contours)
    return inner - outer


def _shrunk(drawing: Drawing, box: Area) -> Drawing:
    """Return an outline made as much smaller as the box is than the em, and centred at the height of the box."""
    left, bottom, right, top = bounds(drawing)
    scale = (box[2] - box[0]) / EM
    across, up = (left + right) / 2 * (1 - scale), (box[1] + box[3]) / 2 - (bottom + top) / 2 * scale
    return transformed(drawing, Transform(scale, 0, 0, scale, across, up))


def _widened(character: str, drawing: Drawing, advance: int) -> Drawing:
    """Return the outline placed in a full em: opening quotes to the right, closing ones to the left, others centred."""
    left, bottom, right, top = bounds(drawing)
    if right - left > EM:
        return fitted(drawing, (20, bottom, EM - 20, top))
    if character in "“‘":
        shift = EM - 70 - right
    elif character in "”’°′″":
        shift = 70 - left
    else:
        shift = (EM - advance) / 2
    return transformed(drawing, Transform(1, 0, 0, 1, round(shift), 0))
