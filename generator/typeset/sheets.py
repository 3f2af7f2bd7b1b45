"""Writing placed columns onto a page: runs, rules, shading, cells, bookmarks and headings at their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.typeset.borders import table_rules
from generator.typeset.boxes import Line, ParagraphBox
from generator.typeset.document import Edge, Text
from generator.typeset.pages import Anchor, Area, Cell, Mark, OutlineEntry, Page, Rule, TextRun
from generator.typeset.placing import Column, PlacedCell, TablePart

_DIGITS = 3
_EDGE_DASHES = {"dotted": (1.0, 1.0), "dashed": (3.0, 2.0), "dashSmallGap": (3.0, 1.0)}
_SHARES = {"top": 0.0, "center": 0.5, "bottom": 1.0, "both": 0.0}


@dataclass
class Register:
    """What a document gathers over its pages: where bookmarks stand, and its headings."""

    anchors: dict[tuple[str, int], Anchor] = field(default_factory=dict)
    outline: list[OutlineEntry] = field(default_factory=list)

    def enter(self, anchor: Anchor) -> None:
        """Note where a bookmark stands; several paragraphs of one on a page make one box."""
        key = (anchor.name, anchor.page)
        known = self.anchors.get(key)
        if known is not None:
            x, y = min(known.x, anchor.x), min(known.y, anchor.y)
            right = max(known.x + known.width, anchor.x + anchor.width)
            bottom = max(known.y + known.height, anchor.y + anchor.height)
            anchor = Anchor(anchor.name, anchor.page, x, y, right - x, bottom - y)
        self.anchors[key] = anchor


class Sheet:
    """One page being written. `index` counts pages from 0."""

    def __init__(self, index: int, width: float, height: float, register: Register | None = None) -> None:
        self.index = index
        self._width = width
        self._height = height
        self._register = register
        self._runs: list[TextRun] = []
        self._rules: list[Rule] = []
        self._areas: list[Area] = []
        self._cells: list[Cell] = []

    def page(self, label: str, mark: Mark | None) -> Page:
        """Return the finished page."""
        return Page(
            self._width,
            self._height,
            tuple(self._runs),
            tuple(self._rules),
            tuple(self._areas),
            tuple(self._cells),
            label,
            mark,
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float) -> None:
        """Draw a solid black line."""
        self._rules.append(Rule(x1, y1, x2, y2, width))

    def write(self, column: Column, x: float, y: float, cell: int = -1) -> None:
        """Write a column whose upper left corner is at `x`, `y`; `cell` is the index of the cell that it fills."""
        for distance, part in column.items:
            if isinstance(part, ParagraphBox):
                self._paragraph(part, x, y + distance, cell)
            else:
                self._table(part, x, y + distance)

    def _table(self, part: TablePart, x: float, y: float) -> None:
        for placed in part.cells:
            self._cell(placed, part, x, y)
        self._rules.extend(table_rules(part, x, y))

    def _cell(self, placed: PlacedCell, part: TablePart, x: float, y: float) -> None:
        box = placed.box
        left, top = x + part.offsets[box.column], y + part.tops[placed.first]
        width = part.offsets[box.column + box.span] - part.offsets[box.column]
        height = part.tops[placed.last] - part.tops[placed.first]
        form = box.cell
        self._cells.append(
            Cell(round(left, _DIGITS), round(top, _DIGITS), round(width, _DIGITS), round(height, _DIGITS))
        )
        if form.shade:
            self._areas.append(Area(left, top, width, height, form.shade))
        slack = max(height - box.inset - placed.column.height - form.margins.bottom, 0.0)
        index = len(self._cells) - 1
        self.write(placed.column, left + form.margins.left, top + box.inset + slack * _SHARES[form.vertical], index)

    def _paragraph(self, box: ParagraphBox, x: float, y: float, cell: int) -> None:
        form = box.paragraph.format
        if self._register is not None:
            self._enter(box, x, y, self._register)
        if form.shade:
            self._areas.append(Area(x + form.left, y, box.width - form.left - form.right, box.height, form.shade))
        if form.edges is not None:
            self._edges(box, x, y)
        y += box.pad_top
        for line in box.lines:
            self._line(line, x, y, cell)
            y += line.height

    def _line(self, line: Line, x: float, y: float, cell: int) -> None:
        baseline = y + line.baseline
        for x1, x2, colour in line.washes:
            self._areas.append(Area(x + x1, y, x2 - x1, line.height, colour))
        for start, rise, text, face, size, width, spacing, embolden, colour in line.segments:
            self._runs.append(
                TextRun(
                    round(x + start, _DIGITS), round(baseline - rise, _DIGITS), text, face, size, round(width, _DIGITS),
                    round(spacing, 5), embolden, colour, cell,
                )
            )  # fmt: skip
        for x1, x2, depth, thickness, colour, dash in line.strokes:
            at = round(baseline + depth, _DIGITS)
            self._rules.append(
                Rule(round(x + x1, _DIGITS), at, round(x + x2, _DIGITS), at, round(thickness, _DIGITS), colour, dash)
            )

    def _edges(self, box: ParagraphBox, x: float, y: float) -> None:
        form = box.paragraph.format
        edges = form.edges
        if edges is None:
            return
        left = x + form.left - edges.left.space
        right = x + box.width - form.right + edges.right.space
        bottom = y + box.height
        if box.is_first_part:
            self._edge(edges.top, left, y + edges.top.width / 2, right, y + edges.top.width / 2)
        if box.is_last_part:
            self._edge(edges.bottom, left, bottom - edges.bottom.width / 2, right, bottom - edges.bottom.width / 2)
        self._edge(edges.left, left, y, left, bottom)
        self._edge(edges.right, right, y, right, bottom)

    def _edge(self, edge: Edge, x1: float, y1: float, x2: float, y2: float) -> None:
        if edge.style:
            dash = _EDGE_DASHES.get(edge.style, ())
            self._rules.append(Rule(x1, y1, x2, y2, edge.width, edge.colour, dash))

    def _enter(self, box: ParagraphBox, x: float, y: float, register: Register) -> None:
        paragraph = box.paragraph
        for name in paragraph.bookmarks:
            register.enter(
                Anchor(name, self.index, round(x, _DIGITS), round(y, _DIGITS), round(box.width, _DIGITS),
                       round(box.height, _DIGITS))
            )  # fmt: skip
        if paragraph.format.outline_level >= 0 and box.is_first_part:
            title = "".join(inline.text for inline in paragraph.inlines if isinstance(inline, Text))
            title = " ".join(title.split())
            if title:
                register.outline.append(
                    OutlineEntry(title, paragraph.format.outline_level, self.index, round(y, _DIGITS))
                )
