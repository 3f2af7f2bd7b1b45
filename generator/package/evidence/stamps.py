"""Page numbers on the pages of a volume: small, at the outer corner of the foot, with their fonts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.measure.fonts import FontLibrary
from generator.package.evidence.paper import MILLIMETRE, Paper
from generator.typeset.draw import draw
from generator.typeset.pages import Page, Pages, TextRun

_TYPEFACE, _MARK_TYPEFACE = "宋体", "黑体"
_SIZE, _MARK_SIZE = 9.0, 13.0
_FOOT = 6.5 * MILLIMETRE
_SIDE = 14 * MILLIMETRE
_HEAD = 5.5 * MILLIMETRE


@dataclass(frozen=True)
class Stamp:
    """What is printed on one page: the words with its number, on which paper, in which corner, and a mark at the head (草稿)."""

    text: str
    paper: Paper
    right: bool = True
    mark: str = ""


def stamped(stamps: Sequence[Stamp], fonts: FontLibrary) -> Pages:
    """Return pages that hold nothing but `stamps`, to be laid over those of a volume."""
    return Pages(tuple(_page(stamp, fonts) for stamp in stamps))


def draw_stamps(stamps: Sequence[Stamp], fonts: FontLibrary) -> bytes:
    """Return the PDF of `stamps`, a page each."""
    return draw(stamped(stamps, fonts), fonts)


def _page(stamp: Stamp, fonts: FontLibrary) -> Page:
    paper = stamp.paper
    width = _width(stamp.text, _TYPEFACE, _SIZE, fonts)
    left = paper.width - _SIDE - width if stamp.right else _SIDE
    runs = _line(stamp.text, left, paper.height - _FOOT, _TYPEFACE, _SIZE, fonts)
    if stamp.mark:
        width = _width(stamp.mark, _MARK_TYPEFACE, _MARK_SIZE, fonts)
        runs += _line(stamp.mark, (paper.width - width) / 2, _HEAD, _MARK_TYPEFACE, _MARK_SIZE, fonts)
    return Page(paper.width, paper.height, tuple(runs))


def _width(text: str, typeface: str, size: float, fonts: FontLibrary) -> float:
    return sum(run.width for run in _line(text, 0, 0, typeface, size, fonts))


def _line(text: str, x: float, y: float, typeface: str, size: float, fonts: FontLibrary) -> list[TextRun]:
    """Return `text` on one line from `x` on, character by character joined where the face stays the same."""
    runs: list[TextRun] = []
    for character in text:
        face = fonts.face_for(typeface, character)
        if face is None:
            continue
        advance = face.advance(character) * size
        if runs and runs[-1].face == face.key:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + character, width=runs[-1].width + advance)
        else:
            start = runs[-1].x + runs[-1].width if runs else x
            runs.append(TextRun(start, y, character, face.key, size, advance))
    return runs
