"""A Word document as the typesetter sees it: every style resolved, every length in points, nothing left to look up.

What there is by the hundred is a named tuple, which is made several times as fast as a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How characters look. `ascii`, `latin` and `east` are the office's font names for the three classes of characters.

    `size` is what is printed: reduced already where the text is raised or lowered; `full_size` is the size of the line
    around it. `raised` lifts the baseline. `underline` and `shade` are empty where there is none. `hint_east` gives the
    ambiguous characters (quotation marks, dashes, …) to the east font.
    """

    ascii: str
    latin: str
    east: str
    size: float
    full_size: float
    bold: bool = False
    hint_east: bool = False
    colour: str = "000000"
    underline: str = ""
    strike: str = ""
    shade: str = ""
    raised: float = 0.0
    spacing: float = 0.0
    capitals: bool = False


class Text(NamedTuple):
    """Characters of one style. A tab is U+0009, a line break U+000A, a page break U+000C."""

    text: str
    style: TextStyle


class NoteMark(NamedTuple):
    """The mark of a footnote within the text; `identifier` finds the note in `Document.notes`."""

    text: str
    identifier: str
    style: TextStyle


class FieldKind(Enum):
    """Fields that only the finished pages can fill."""

    PAGE = "PAGE"
    PAGES = "NUMPAGES"
    SECTION_PAGES = "SECTIONPAGES"


@dataclass(frozen=True, slots=True)
class Field:
    """A number that depends on the page. `number_format` is empty where the section's own is asked for."""

    kind: FieldKind
    style: TextStyle
    number_format: str = ""


Inline = Text | NoteMark | Field


class Alignment(Enum):
    """How the lines of a paragraph fill their width."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    BOTH = "both"
    DISTRIBUTE = "distribute"


class LineRule(Enum):
    """What the `line` of a paragraph means: a height, a least height, or a multiple of the font's own."""

    EXACT = "exact"
    AT_LEAST = "atLeast"
    MULTIPLE = "auto"


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop, measured from the left edge of the text column. `leader` is empty, or Word's name of it."""

    position: float
    alignment: str
    leader: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A border line. `style` is empty where there is none. `explicit`: the cell itself says so, not its table."""

    style: str = ""
    width: float = 0.0
    colour: str = "000000"
    space: float = 0.0
    explicit: bool = False


NO_EDGE = Edge()


class Edges(NamedTuple):
    """The four border lines of a box."""

    top: Edge = NO_EDGE
    left: Edge = NO_EDGE
    bottom: Edge = NO_EDGE
    right: Edge = NO_EDGE


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph is set. `line` is points, or a factor under `LineRule.MULTIPLE`; `first` is negative to hang.

    `outline_level` is -1 for body text; `style` is the identifier of the paragraph's style.
    """

    style: str = ""
    alignment: Alignment = Alignment.LEFT
    line: float = 1.0
    line_rule: LineRule = LineRule.MULTIPLE
    before: float = 0.0
    after: float = 0.0
    contextual: bool = False
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    tabs: tuple[TabStop, ...] = ()
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    break_before: bool = False
    kinsoku: bool = True
    overflow_punctuation: bool = True
    break_words: bool = False
    gap_letters: bool = True
    gap_digits: bool = True
    snap_to_grid: bool = True
    edges: Edges | None = None
    shade: str = ""
    outline_level: int = -1


class Paragraph(NamedTuple):
    """A paragraph. `mark` is the style of its end mark, which gives an empty paragraph its height."""

    inlines: tuple[Inline, ...]
    format: ParagraphFormat
    mark: TextStyle
    bookmarks: tuple[str, ...] = ()


class Margins(NamedTuple):
    """Distances kept free inside a box."""

    top: float = 0.0
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0


class Merge(Enum):
    """Where a cell stands in a vertical merge."""

    NONE = "none"
    START = "restart"
    GOES_ON = "continue"


class TableCell(NamedTuple):
    """A cell: the number of grid columns that it covers, its place in a vertical merge, its frame and its content."""

    span: int
    merge: Merge
    margins: Margins
    edges: Edges
    vertical: str
    shade: str
    blocks: tuple[Block, ...]


class TableRow(NamedTuple):
    """A row. `skipped` counts the grid columns left free before its first cell."""

    cells: tuple[TableCell, ...]
    height: float
    exact: bool
    cant_split: bool
    header: bool
    skipped: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `columns` are the widths of its grid; `indent` moves it from the left edge of the text column."""

    columns: tuple[float, ...]
    indent: float
    alignment: Alignment
    rows: tuple[TableRow, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Watermark:
    """Large text behind a page, as Word anchors it in a header. `angle` turns it anticlockwise, in degrees."""

    text: str
    colour: str
    angle: float


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of pages of one shape. `start` is Word's name of how it begins (nextPage, oddPage, …).

    `headers`, `footers` and `watermarks` (anchored in headers) go by kind: default, first, even. `number_start` is None
    where the numbering goes on.
    """

    width: float
    height: float
    margins: Margins
    header_distance: float
    footer_distance: float
    start: str
    headers: Mapping[str, tuple[Block, ...]]
    footers: Mapping[str, tuple[Block, ...]]
    watermarks: Mapping[str, Watermark]
    title_page: bool
    number_start: int | None
    number_format: str
    grid_pitch: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole Word document."""

    sections: tuple[Section, ...]
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    note_separator: tuple[Block, ...] = ()
    even_and_odd: bool = False
    tab_distance: float = 36.0
    metadata: tuple[tuple[str, str], ...] = ()
