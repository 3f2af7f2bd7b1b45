"""Line breaking: where a line of Chinese with Latin words and figures may end, and where it does (避头尾).

Forms are fitted with `line_count` before they are filled, and the typesetter breaks with `break_lines`: the same rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.measure.fonts import FontLibrary

NOT_AT_START = frozenset(
    "!\"'),-.:;?]}¢·ˇ―‖’”•′、。々〉》」』】〕〗〞！），．：；？｜｝～￠"  # as Word and LibreOffice have it
    "%％‰℃″＂＇…"
)
"""Characters that no line begins with."""

NOT_AT_END = frozenset("\"'([{£¥‘“〈《「『【〔〖〝（［｛￡￥＄$")
"""Characters that no line ends with."""

HANGING = frozenset("，。、．,.；：！？")
"""Marks that may stand beyond the right edge where a paragraph allows it (overflowPunct)."""

_PAIRED = frozenset("—…")
_GLUE = frozenset("\u00a0\u2011\u2060\ufeff\u202f")
_FIRST_EAST = "\u2000"
_TOLERANCE = 0.02

TabWidth = Callable[[int, float, bool], float]
"""Width of the tab at an index, given where it begins on its line and whether that is the first line."""


class BreakRules(NamedTuple):
    """What a paragraph asks of its lines.

    `kinsoku` keeps the forbidden characters from the ends of lines; `hanging` lets a mark stand beyond the edge;
    `break_words` lets Latin words break anywhere.
    """

    kinsoku: bool = True
    hanging: bool = False
    break_words: bool = False


DEFAULT_RULES = BreakRules()


def may_break(before: str, after: str, rules: BreakRules = DEFAULT_RULES) -> bool:
    """Return whether a line may end between two neighbouring characters."""
    if after == " " or before in _GLUE or after in _GLUE:
        return False
    if rules.kinsoku and (after in NOT_AT_START or before in NOT_AT_END):
        return False
    if before == after and before in _PAIRED:
        return False
    if before == " " or before == "\t" or after == "\t" or rules.break_words:
        return True
    if before < _FIRST_EAST and after < _FIRST_EAST:
        return before in "-/" and after.isalpha()
    return True


def break_lines(
    text: str,
    widths: Sequence[float],
    first: float,
    rest: float,
    rules: BreakRules = DEFAULT_RULES,
    *,
    gaps: Sequence[float] | None = None,
    tab: TabWidth | None = None,
) -> list[int]:
    """Return the end of each line (index after its last character, spaces that hang at its end included).

    `widths` are the characters' advances in points, `first` and `rest` the widths of the first line and of the others.
    U+000A and U+000C end a line. `gaps` are the parts of the widths that a character at the end of its line loses. `tab` gives
    the widths of tabs, whose own entries in `widths` don't count. There is at least one line.
    """
    totals = [0.0, *accumulate(widths)]
    reaches = totals
    if gaps is not None:
        reaches = [0.0, *(total - gap for total, gap in zip(totals[1:], gaps, strict=True))]
    ends: list[int] = []
    length = len(text)
    start = 0
    for stop in _stretches(text):
        while True:
            limit = rest if ends else first
            if tab is not None:
                reached = _reach_with_tabs(text, widths, start, stop, limit, tab, first_line=not ends)
            else:
                reached = bisect_right(reaches, totals[start] + limit + _TOLERANCE, start, stop + 1) - 1
            end = _line_end(text, start, max(reached, start), stop, rules)
            start = end if end < stop else min(stop + 1, length)
            ends.append(start)
            if end == stop:
                break
    return ends


def _stretches(text: str) -> list[int]:
    """Return where each stretch up to a forced break ends; a page break at the very end opens no new line."""
    stops = [index for index, character in enumerate(text) if character in "\n\f"] if _has_forced(text) else []
    return stops if text.endswith("\f") else [*stops, len(text)]


def _has_forced(text: str) -> bool:
    return "\n" in text or "\f" in text


def _reach_with_tabs(
    text: str, widths: Sequence[float], start: int, stop: int, limit: float, tab: TabWidth, *, first_line: bool
) -> int:
    """Return the index of the first character that no longer fits on the line."""
    x = 0.0
    for index in range(start, stop):
        x += tab(index, x, first_line) if text[index] == "\t" else widths[index]
        if x > limit + _TOLERANCE:
            return index
    return stop


def _line_end(text: str, start: int, reached: int, stop: int, rules: BreakRules) -> int:
    """Return where the line that begins at `start` ends, when the characters up to `reached` fit."""
    if reached >= stop:
        return stop
    if text[reached] == " ":
        while reached < stop and text[reached] == " ":
            reached += 1
        return reached
    if rules.hanging and text[reached] in HANGING and reached > start:
        hung = reached + 1
        if hung == stop or may_break(text[reached], text[hung], rules):
            return hung
    end = reached
    while end > start and not may_break(text[end - 1], text[end], rules):
        end -= 1
    return end if end > start else max(reached, start + 1)


def line_count(
    text: str, font: str, size: float, width: float, fonts: FontLibrary, *, first_indent: float = 0.0
) -> int:
    """Return the number of lines that a text takes in a column `width` wide, its paragraphs parted by U+000A.

    All lengths are points; `first_indent` is the indent of each paragraph's first line. `font` is the office's name.
    """
    advances = fonts.advances(font)
    count = 0
    for paragraph in text.split("\n"):
        widths = [advances[character] * size for character in paragraph]
        fits = sum(widths) <= width - first_indent + _TOLERANCE and not _has_forced(paragraph)
        count += 1 if fits else len(break_lines(paragraph, widths, width - first_indent, width))
    return count
