"""Tables: grid, rows, cells, and which border each edge of a cell has by its own word or its table's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.frozen import replace
from generator.typeset.document import (
    NO_EDGE,
    Alignment,
    Block,
    Edge,
    Edges,
    Margins,
    Merge,
    Table,
    TableCell,
    TableRow,
)
from generator.typeset.reading.package import WORD, Element, child_of, is_on, points, unknown, value_of
from generator.typeset.reading.properties import edge_of, shade_of
from generator.typeset.reading.styles import Styles, alignment_of

_SIDES = ("top", "left", "bottom", "right")
_ALIASES = {"start": "left", "end": "right"}
_DEFAULT_SIDE_MARGIN = 5.4
_NEW_WORD = 15
_TABLE_KNOWN = frozenset({"tblInd", "jc", "tblBorders", "tblCellMar", "tblW"})
_TABLE_PASSED = frozenset(
    {"tblStyle", "tblLayout", "tblLook", "tblStyleRowBandSize", "tblStyleColBandSize", "tblCaption", "tblDescription",
     "tblOverlap", "tblPrChange", "shd"}
)  # fmt: skip
_ROW_PASSED = frozenset(
    {"cnfStyle", "divId", "wBefore", "wAfter", "gridAfter", "hidden", "ins", "del", "trPrChange", "tblHeader", "cantSplit",
     "trHeight", "gridBefore"}
)  # fmt: skip
_CELL_PASSED = frozenset(
    {"tcW", "gridSpan", "vMerge", "tcBorders", "shd", "tcMar", "vAlign", "noWrap", "hideMark", "cnfStyle", "tcPrChange",
     "cellIns", "cellDel", "cellMerge"}
)  # fmt: skip
_STYLE_CELL_KNOWN = frozenset({"vAlign", "shd", "tcMar", "noWrap", "hideMark"})
_WRAPPERS = frozenset({WORD + "sdt", WORD + "sdtContent", WORD + "customXml", WORD + "ins"})
_PASSED = frozenset(
    WORD + name
    for name in (
        "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd",
        "sdtPr", "sdtEndPr", "customXmlPr", "commentRangeStart", "commentRangeEnd",
    )
)  # fmt: skip

ReadBlocks = Callable[[Element, str], tuple[Block, ...]]
OpenBookmark = Callable[[Element], None]


class TableReader:
    """Reads tables. `read_blocks` reads the content of a cell, given the identifier of the table's style."""

    def __init__(
        self, styles: Styles, read_blocks: ReadBlocks, pass_bookmark: OpenBookmark, compatibility: int
    ) -> None:
        self._styles = styles
        self._read_blocks = read_blocks
        self._pass_bookmark = pass_bookmark
        self._compatibility = compatibility
        self._style_cells: dict[str, Mapping[str, Element]] = {}

    def read(self, element: Element, width: float) -> Table:
        """Return a table as a value. `width` is that of the text column, for widths given in per cent."""
        properties = child_of(element, WORD + "tblPr")
        style = _style_of(properties)
        layers = [child_of(chained, WORD + "tblPr") for chained in self._styles.table_chain(style)]
        layers.append(properties)
        style_cell = self._style_cell(style)
        _said(properties, _TABLE_KNOWN | _TABLE_PASSED)
        borders: dict[str, Edge] = {}
        margins: dict[str, float] = {"left": _DEFAULT_SIDE_MARGIN, "right": _DEFAULT_SIDE_MARGIN}
        for layer in layers:
            borders.update(_edges(child_of(layer, WORD + "tblBorders")))
            margins.update(_margins(child_of(layer, WORD + "tblCellMar")))
        margins.update(_margins(style_cell.get("tcMar")))
        rows = list(self._rows(element, style, borders, margins))
        columns = _columns(element, properties, rows, width)
        indent = _first_points(reversed(layers), "tblInd")
        if self._compatibility < _NEW_WORD and rows and rows[0].cells:
            indent -= rows[0].cells[0].margins.left
        alignment = next(
            (
                alignment_of(value_of(found))
                for layer in reversed(layers)
                if (found := child_of(layer, WORD + "jc")) is not None
            ),
            Alignment.LEFT,
        )
        return Table(columns, indent, alignment, tuple(rows))

    def _style_cell(self, style: str) -> Mapping[str, Element]:
        """What the styles of a table say of all its cells, the nearest style last. Raises UnknownConstructError for what is not known."""
        found = self._style_cells.get(style)
        if found is None:
            merged: dict[str, Element] = {}
            for chained in self._styles.table_chain(style):
                merged.update(_said(child_of(chained, WORD + "tcPr"), _STYLE_CELL_KNOWN))
            found = self._style_cells[style] = merged
        return found

    def _rows(
        self, element: Element, style: str, borders: Mapping[str, Edge], margins: Mapping[str, float]
    ) -> Sequence[TableRow]:
        found = list(self._wrapped(element, WORD + "tr"))
        rows = []
        for index, row in enumerate(found):
            if (exception := child_of(row, WORD + "tblPrEx")) is not None:
                _said(exception, _TABLE_KNOWN | _TABLE_PASSED)
                row_borders = {**borders, **_edges(child_of(exception, WORD + "tblBorders"))}
                row_margins = {**margins, **_margins(child_of(exception, WORD + "tblCellMar"))}
            else:
                row_borders, row_margins = dict(borders), dict(margins)
            top = row_borders.get("top" if index == 0 else "insideH", NO_EDGE)
            bottom = row_borders.get("bottom" if index == len(found) - 1 else "insideH", NO_EDGE)
            rows.append(self._row(row, style, {**row_borders, "top": top, "bottom": bottom}, row_margins))
        return rows

    def _wrapped(self, parent: Element, wanted: str) -> Sequence[Element]:
        found: list[Element] = []
        for child in parent:
            tag = child.tag
            if tag == wanted:
                found.append(child)
            elif tag in _WRAPPERS:
                found.extend(self._wrapped(child, wanted))
            elif tag in (WORD + "bookmarkStart", WORD + "bookmarkEnd"):
                self._pass_bookmark(child)
            elif tag not in _PASSED:
                raise unknown(child)
        return found

    def _row(self, element: Element, style: str, borders: Mapping[str, Edge], margins: Mapping[str, float]) -> TableRow:
        said = _said(child_of(element, WORD + "trPr"), _ROW_PASSED)
        height = said.get("trHeight")
        elements = self._wrapped(element, WORD + "tc")
        cells = []
        for index, cell in enumerate(elements):
            left = borders.get("left" if index == 0 else "insideV", NO_EDGE)
            right = borders.get("right" if index == len(elements) - 1 else "insideV", NO_EDGE)
            edges = Edges(borders["top"], left, borders["bottom"], right)
            cells.append(self._cell(cell, style, edges, margins))
        return TableRow(
            cells=tuple(cells),
            height=0.0 if height is None else points(value_of(height)),
            exact=height is not None and height.get(WORD + "hRule") == "exact",
            cant_split=_flag(said.get("cantSplit")),
            header=_flag(said.get("tblHeader")),
            skipped=_number(said.get("gridBefore"), 0),
        )

    def _cell(self, element: Element, style: str, edges: Edges, margins: Mapping[str, float]) -> TableCell:
        said = {**self._style_cell(style), **_said(child_of(element, WORD + "tcPr"), _CELL_PASSED)}
        own = {name: replace(edge, explicit=True) for name, edge in _edges(said.get("tcBorders")).items()}
        merged = {**margins, **_margins(said.get("tcMar"))}
        vertical, shade = said.get("vAlign"), said.get("shd")
        return TableCell(
            span=_number(said.get("gridSpan"), 1),
            merge=_merge(said.get("vMerge")),
            margins=Margins(**{side: merged.get(side, 0.0) for side in _SIDES}),
            edges=edges._replace(**{side: own[side] for side in _SIDES if side in own}) if own else edges,
            vertical="top" if vertical is None else value_of(vertical),
            shade="" if shade is None else shade_of(shade),
            blocks=self._read_blocks(element, style),
        )


def _style_of(properties: Element | None) -> str:
    style = child_of(properties, WORD + "tblStyle")
    return "" if style is None else value_of(style)


def _said(properties: Element | None, known: frozenset[str]) -> dict[str, Element]:
    """Return properties by name. Raises UnknownConstructError for one that nobody knows."""
    found: dict[str, Element] = {}
    for child in () if properties is None else properties:
        tag = str(child.tag)
        name = tag[len(WORD) :]
        if not tag.startswith(WORD) or name not in known:
            raise unknown(child)
        found[name] = child
    return found


def _edges(borders: Element | None) -> dict[str, Edge]:
    found: dict[str, Edge] = {}
    for child in () if borders is None else borders:
        name = str(child.tag)[len(WORD) :]
        edge = edge_of(child)
        if name in ("tl2br", "tr2bl"):
            if edge.style:
                raise unknown(child)
            continue
        found[_ALIASES.get(name, name)] = edge
    return found


def _margins(margins: Element | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for child in () if margins is None else margins:
        name = str(child.tag)[len(WORD) :]
        found[_ALIASES.get(name, name)] = points(child.get(WORD + "w"))
    return found


def _merge(element: Element | None) -> Merge:
    if element is None:
        return Merge.NONE
    return Merge.START if value_of(element) == "restart" else Merge.GOES_ON


def _number(element: Element | None, default: int) -> int:
    return default if element is None else int(value_of(element))


def _flag(element: Element | None) -> bool:
    return element is not None and is_on(element)


def _first_points(layers: reversed[Element | None], name: str) -> float:
    for layer in layers:
        found = child_of(layer, WORD + name)
        if found is not None:
            return points(found.get(WORD + "w"))
    return 0.0


def _columns(element: Element, properties: Element | None, rows: Sequence[TableRow], width: float) -> tuple[float, ...]:
    """Return the widths of the grid. Raises UnknownConstructError where the rows need more columns than it has."""
    grid = tuple(points(column.get(WORD + "w")) for column in element.iterfind(f"{WORD}tblGrid/{WORD}gridCol"))
    needed = max((row.skipped + sum(cell.span for cell in row.cells) for row in rows), default=0)
    if needed > len(grid):
        raise unknown(element, value=f"tblGrid 只有 {len(grid)} 列，有一行占 {needed} 列")
    wanted = child_of(properties, WORD + "tblW")
    total = sum(grid)
    if wanted is not None and wanted.get(WORD + "type") == "pct" and total:
        share = wanted.get(WORD + "w", "5000")
        part = float(share.rstrip("%")) / (100 if share.endswith("%") else 5000)
        return tuple([column * width * part / total for column in grid])
    return grid
