"""Laid-out pages as plain values: what stands where, before anything is drawn.

Lengths are points (1/72 inch); x runs to the right and y downwards from the upper left corner of the page.

What stands on a page by the hundred is a named tuple, which is made several times as fast as a frozen dataclass.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


class TextRun(NamedTuple):
    """Characters of one face on one line. `y` is the baseline; `spacing` is added after every character.

    `face` is the key of a face of the font library. `width` is the run's advance, spacing included, but for what
    justification adds after the last character of a line. `embolden` asks for a synthetic bold where the office's typeface
    has no bold cut. `cell` numbers the table cell that the run belongs to within its page (index into `Page.cells`), -1
    outside tables.
    """

    x: float
    y: float
    text: str
    face: str
    size: float
    width: float
    spacing: float = 0.0
    embolden: bool = False
    colour: str = "000000"
    cell: int = -1


class Rule(NamedTuple):
    """A straight line: a table's border or an underline. `dash` holds on and off lengths, empty for a solid line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str = "000000"
    dash: tuple[float, ...] = ()


class Area(NamedTuple):
    """A filled rectangle (shading)."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Cell(NamedTuple):
    """The box of a table cell on this page: what its runs may not leave."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Words across the middle of a page, beneath its text (草稿): `angle` in degrees, counted against the clock."""

    text: str
    face: str
    size: float
    angle: float = 45.0
    colour: str = "DDDDDD"


class Anchor(NamedTuple):
    """Where a bookmark of the Word file stands: page counted from 0, and the box of the paragraph that holds it."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading that becomes a PDF bookmark: level from 0, page counted from 0, y of its top."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size, its runs in reading order, and what is drawn beneath them.

    `label` is the printed page number, empty where none is printed. `mark` is what stands beneath everything, if anything.
    """

    width: float
    height: float
    runs: tuple[TextRun, ...] = ()
    rules: tuple[Rule, ...] = ()
    areas: tuple[Area, ...] = ()
    cells: tuple[Cell, ...] = ()
    label: str = ""
    mark: Mark | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not (self.runs or self.rules or self.areas or self.mark)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the page's layout: equal when, and only when, the printed page is the same."""
        return hashlib.sha256(repr(self).encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Pages:
    """A whole document, laid out."""

    pages: tuple[Page, ...]
    anchors: tuple[Anchor, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())
