"""Labels for spines: narrow strips with one hanzi on a line, to be cut out and pasted on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.documents.drawing import Drawing
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.typeset.pages import Rule, TextRun

MILLIMETRE = 72 / 25.4
_TYPEFACE = "黑体"
_LARGEST = 20.0
_SMALLEST = 6.0
_LEADING = 1.18
_INNER = 0.72  # of the strip's width that type may take
_GAP = 8 * MILLIMETRE
_CUT = 0.4
_NARROW = re.compile(r"[0-9A-Za-z.%+-]+|.", re.DOTALL)
_STANDING = {"（": "︵", "）": "︶", "“": "﹃", "”": "﹄", "《": "︽", "》": "︾", "—": "︱", "…": "︙"}


@dataclass(frozen=True)
class Strip:
    """One spine: its texts from top to bottom, its width in millimetres."""

    words: tuple[str, ...]
    width: float


def spine_drawing(strips: Sequence[Strip], height: float, fonts: FontLibrary) -> Drawing:
    """Return `strips` side by side, `height` millimetres high, framed by the lines to cut along.

    A hanzi takes a line; numbers and Latin words stay together where the strip is wide enough for them, else they are set a
    character a line. Brackets take the shapes that vertical text has for them.
    """
    tall, x = height * MILLIMETRE, 0.0
    runs: list[TextRun] = []
    rules: list[Rule] = []
    for strip in strips:
        wide = strip.width * MILLIMETRE
        rules += _frame(x, wide, tall)
        runs += _runs(strip, x, wide, tall, fonts)
        x += wide + _GAP
    return Drawing(x - _GAP, tall, tuple(runs), tuple(rules))


def per_page(strips: Sequence[Strip], room: float) -> tuple[tuple[Strip, ...], ...]:
    """Return `strips` by pages of `room` millimetres' width, each page holding at least one."""
    pages: list[list[Strip]] = []
    taken = room + 1
    for strip in strips:
        taken += strip.width + _GAP / MILLIMETRE
        if not pages or taken > room:
            pages.append([])
            taken = strip.width
        pages[-1].append(strip)
    return tuple(tuple(page) for page in pages)


def _frame(x: float, wide: float, tall: float) -> tuple[Rule, ...]:
    return (
        Rule(x, 0, x + wide, 0, _CUT),
        Rule(x, tall, x + wide, tall, _CUT),
        Rule(x, 0, x, tall, _CUT),
        Rule(x + wide, 0, x + wide, tall, _CUT),
    )


def _runs(strip: Strip, x: float, wide: float, tall: float, fonts: FontLibrary) -> list[TextRun]:
    """The lines of a strip, in the largest type that fits, in the middle of its height."""
    size = min(_LARGEST, wide * _INNER)
    lines = _lines(strip.words, size, wide, fonts)
    while len(lines) * size * _LEADING > tall * 0.94 and size > _SMALLEST:
        size -= 0.5
        lines = _lines(strip.words, size, wide, fonts)
    leading = min(size * _LEADING, tall * 0.98 / max(1, len(lines)))
    y = (tall - len(lines) * leading) / 2
    runs: list[TextRun] = []
    for number, line in enumerate(lines):
        baseline = y + number * leading + leading * 0.5 + size * 0.36
        left = x + (wide - _width(line, size, fonts)) / 2
        for character in line:
            face = fonts.face_for(_TYPEFACE, character) or fonts.face(_TYPEFACE)
            advance = _width(character, size, fonts)
            runs.append(TextRun(left, baseline, character, face.key, size, advance))
            left += advance
    return runs


def _lines(words: Sequence[str], size: float, wide: float, fonts: FontLibrary) -> list[str]:
    """What stands on each line; an empty one parts two texts."""
    lines: list[str] = []
    for word in words:
        if lines:
            lines.append("")
        for piece in _NARROW.findall(_upright(word, fonts)):
            fits = _width(piece, size, fonts) <= wide * 0.9
            lines += [piece] if fits else [*piece]
    return [line for line in lines if not line.isspace()]


def _upright(word: str, fonts: FontLibrary) -> str:
    return "".join(
        standing
        if (standing := _STANDING.get(character, character)) and fonts.face_for(_TYPEFACE, standing)
        else character
        for character in word
    )


def _width(text: str, size: float, fonts: FontLibrary) -> float:
    return sum(
        size * (face.advance(character) if (face := fonts.face_for(_TYPEFACE, character)) else 1.0)
        for character in text
    )
