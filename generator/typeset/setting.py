"""Setting one line: from characters and widths to segments at their places, with underlines, strikes and shading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.typeset.boxes import Segment, Stroke, Wash
from generator.typeset.document import TextStyle
from generator.typeset.shaping import GlyphTable

PIECES = re.compile(r"[!-\u1fff]+|[^!-\u1fff]+")
"""Latin words and figures, which justification leaves alone, and everything else, which it spreads."""

_FIRST_LATIN, _LAST_LATIN = "!", "\u1fff"
_UNDERLINE_DEPTH = 0.14
_STRIKE_RISE = 0.33
_STROKE_WIDTH = 0.05
_DASHES = {"dotted": (1.0, 2.0), "dottedHeavy": (1.0, 2.0), "dash": (4.0, 3.0), "dashedHeavy": (4.0, 3.0)}
_LONG_DASHES = {"dashLong": (8.0, 4.0), "dotDash": (6.0, 2.0, 1.0, 2.0)}
_LEADERS = {"dot": (0.0, (0.1, 0.3)), "middleDot": (-0.3, (0.1, 0.3)), "hyphen": (-0.3, (0.3, 0.2))}


class Span(NamedTuple):
    """A stretch of a paragraph's text in one style."""

    begin: int
    end: int
    table: GlyphTable


class Galley(NamedTuple):
    """A paragraph's text with the width of each character, before it is cut into lines.

    `gaps` are the parts of the widths that stand between an ideograph and a letter, None where there are none.
    """

    text: str
    widths: Sequence[float]
    gaps: Sequence[float] | None
    spans: Sequence[Span]

    def spans_between(self, start: int, end: int) -> list[Span]:
        """Return the stretches of one style between two indices."""
        if len(self.spans) == 1 and start < end:
            return [Span(start, end, self.spans[0].table)]
        return [
            Span(max(span.begin, start), min(span.end, end), span.table)
            for span in self.spans
            if span.begin < end and span.end > start
        ]


def is_latin_piece(piece: str) -> bool:
    """Whether a match of `PIECES` is a word or figure, which keeps its letters together."""
    return _FIRST_LATIN <= piece[0] <= _LAST_LATIN


class LineSetter:
    """Sets a line from left to right. `x` is where the next character stands."""

    def __init__(self, galley: Galley, x: float) -> None:
        self._galley = galley
        self.x = x
        self.segments: list[Segment] = []
        self.strokes: list[Stroke] = []
        self.washes: list[Wash] = []

    def set(self, start: int, end: int, extra: float = 0.0, *, everywhere: bool = False) -> None:
        """Set characters, widening by `extra` after each that may give (after each at all when `everywhere`)."""
        for span in self._galley.spans_between(start, end):
            begin = self.x
            if extra and not everywhere:
                self._set_spread(span, end, extra)
            else:
                self._set_stretch(span.begin, span.end, span.table, extra, end)
            self._decorate(span.table.style, begin, self.x)

    def skip(self, width: float, index: int, leader: str) -> None:
        """Pass over a tab, with its leader and its underline."""
        begin = self.x
        self.x += width
        style = self._galley.spans_between(index, index + 1)[0].table.style
        if leader:
            self.strokes.append(_leader(leader, style, begin, self.x))
        self._decorate(style, begin, self.x)

    def _set_spread(self, span: Span, end: int, extra: float) -> None:
        """Set a stretch of a justified line: words keep their letters together, all else is spread."""
        text = self._galley.text
        for match in PIECES.finditer(text, span.begin, span.end):
            if not is_latin_piece(match[0]):
                self._set_stretch(match.start(), match.end(), span.table, extra, end)
                continue
            self._set_stretch(match.start(), match.end(), span.table, 0.0, end)
            following = text[match.end() : match.end() + 1]
            if match.end() < end and following != " " and not (following and is_latin_piece(following)):
                self.x += extra

    def _set_stretch(self, start: int, stop: int, table: GlyphTable, extra: float, line_end: int) -> None:
        """Set characters of one style, in as many segments as they have faces and gaps."""
        galley = self._galley
        begin = start
        faces = table.faces
        style = table.style
        text = galley.text
        for index in self._cuts(start, stop, table):
            width = sum(galley.widths[begin:index]) + extra * (index - begin)
            gap = galley.gaps[index - 1] if galley.gaps is not None else 0.0
            printed = text[begin:index]
            if table.printed:
                printed = "".join(table.printed.get(character, character) for character in printed)
            self.segments.append(
                (self.x, style.raised, printed, faces[text[begin]], style.size, width - gap, style.spacing + extra,
                 table.embolden, style.colour)
            )  # fmt: skip
            self.x += width
            begin = index
        if stop == line_end and extra:
            self._drop_last(extra)

    def _drop_last(self, extra: float) -> None:
        """Take back what the last character of a line was widened by."""
        self.x -= extra
        x, rise, printed, face, size, width, spacing, embolden, colour = self.segments[-1]
        self.segments[-1] = (x, rise, printed, face, size, width - extra, spacing, embolden, colour)

    def _cuts(self, start: int, stop: int, table: GlyphTable) -> list[int]:
        """Return where segments end: at a change of face, at a gap, and at the stretch's end."""
        faces, text, gaps = table.faces, self._galley.text, self._galley.gaps
        if table.is_plain and gaps is None:
            return [stop]
        return [
            index
            for index in range(start + 1, stop)
            if faces[text[index]] != faces[text[index - 1]] or (gaps is not None and gaps[index - 1])
        ] + [stop]

    def _decorate(self, style: TextStyle, begin: float, end: float) -> None:
        if not (style.underline or style.strike or style.shade) or end <= begin:
            return
        width = style.full_size * _STROKE_WIDTH
        if style.underline:
            self._stroke_under(style, begin, end, width)
        if style.strike:
            y = -style.full_size * _STRIKE_RISE
            for offset in (-width, width) if style.strike == "double" else (0.0,):
                self.strokes.append((begin, end, y + offset, width, style.colour, ()))
        if style.shade:
            self.washes.append((begin, end, style.shade))

    def _stroke_under(self, style: TextStyle, begin: float, end: float, width: float) -> None:
        kind = style.underline
        depth = style.full_size * _UNDERLINE_DEPTH
        dash = _DASHES.get(kind) or _LONG_DASHES.get(kind) or ()
        if kind in ("thick", "dottedHeavy", "dashedHeavy"):
            width *= 2
        offsets = (0.0, 2 * width) if kind == "double" else (0.0,)
        for offset in offsets:
            stroke = (begin, end, depth + offset, width, style.colour, dash)
            if len(offsets) == 1 and self.strokes and _continues(self.strokes[-1], stroke):
                stroke = (self.strokes.pop()[0], *stroke[1:])
            self.strokes.append(stroke)


def _continues(left: Stroke, right: Stroke) -> bool:
    return abs(left[1] - right[0]) < 0.01 and left[2:] == right[2:]


def _leader(leader: str, style: TextStyle, begin: float, end: float) -> Stroke:
    """Return the line of dots (or hyphens, or a rule) that a tab draws."""
    size = style.full_size
    rise, dash = _LEADERS.get(leader, (0.1, ()))
    width = size * (0.1 if leader in ("dot", "middleDot", "heavy") else _STROKE_WIDTH)
    return (begin, end, rise * size, width, style.colour, tuple(length * size for length in dash))
