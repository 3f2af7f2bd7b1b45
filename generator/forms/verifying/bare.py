"""Texts as they are compared: without white space and blanks, every tick as an empty box."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from generator.forms.definition import FOOTNOTE_MARK
from generator.frozen import dataclass

BOX = "□"
TABLE = "\ue000"
"""Stands for a target table within the text of a plan: a character for private use."""
_MARKS = frozenset("□☐☑☒■√✓✔▣▢◻◼×✗✘⊠⊡")
_BLANK = re.compile(r"[\s_\u200b\u200c\u200d\u2060\ufeff]")
_LONGEST = 160


def bare(text: str) -> str:
    """Return `text` without white space and underlines; a run of boxes and ticks is one box."""
    return Bare.of([text]).text


def shortened(text: str) -> str:
    """Return `text` on one line, cut where it is long, for a message."""
    line = " ".join(text.replace(TABLE, "（目标表）").replace(FOOTNOTE_MARK, "〔脚注号〕").split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


@dataclass(frozen=True)
class Bare:
    """The bare text of some paragraphs; `origin` tells for each character where it stands in `source`.

    `starts` are the places at which a paragraph begins.
    """

    text: str
    source: str
    origin: tuple[int, ...]
    starts: frozenset[int]

    @classmethod
    def of(cls, paragraphs: Iterable[str]) -> Bare:
        """Return the bare text of `paragraphs`."""
        source = "\n".join(paragraphs)
        text: list[str] = []
        origin: list[int] = []
        starts = {0}
        for place, character in enumerate(source):
            if character == "\n":
                starts.add(len(text))
            if _BLANK.match(character):
                continue
            mark = character in _MARKS
            beside = mark and text[-1:] == [BOX] and not source[origin[-1] + 1 : place].strip(" ")
            if beside and (source[origin[-1]], character) != (BOX, BOX):
                continue  # the tick beside a box is the box ticked
            text.append(BOX if mark else character)
            origin.append(place)
        return cls("".join(text), source, tuple(origin), frozenset(starts))

    @cached_property
    def length(self) -> int:
        """How many characters there are."""
        return len(self.text)

    def excerpt(self, start: int, end: int) -> str:
        """Return what stands in the source from one place of the text to another."""
        if start >= end:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1]
