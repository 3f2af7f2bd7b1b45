"""The rules of a table: which border wins where cells meet, and the longest lines that draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.typeset.document import Edge
from generator.typeset.pages import Rule
from generator.typeset.placing import TablePart

_DASHES = {"dotted": (1.0, 1.0), "dashed": (3.0, 2.0), "dashSmallGap": (3.0, 1.0)}
_Place = tuple[int, int]


def table_rules(part: TablePart, x: float, y: float) -> Iterator[Rule]:
    """Yield the rules of a table part whose column begins at `x` and whose top is at `y`."""
    across: dict[_Place, Edge] = {}
    down: dict[_Place, Edge] = {}
    for placed in part.cells:
        edges, first, last = placed.box.cell.edges, placed.first, placed.last
        left, right = placed.box.column, placed.box.column + placed.box.span
        for column in range(left, right):
            _contend(across, (first, column), edges.top)
            _contend(across, (last, column), edges.bottom)
        for row in range(first, last):
            _contend(down, (left, row), edges.left)
            _contend(down, (right, row), edges.right)
    for line, begin, end, edge in _runs(across):
        at = y + part.tops[line]
        yield from _drawn(edge, x + part.offsets[begin], at, x + part.offsets[end], at)
    for line, begin, end, edge in _runs(down):
        at = x + part.offsets[line]
        yield from _drawn(edge, at, y + part.tops[begin], at, y + part.tops[end])


def _contend(edges: dict[_Place, Edge], place: _Place, edge: Edge) -> None:
    """Let an edge take a place unless the one there wins: a cell's own word over its table's, then the heavier."""
    there = edges.get(place)
    if there is None or (edge is not there and _weight(edge) > _weight(there)):
        edges[place] = edge


def _weight(edge: Edge) -> tuple[bool, float, bool]:
    width = edge.width * (3 if edge.style == "double" else 1) if edge.style else 0.0
    return edge.explicit, width, edge.style == "single"


def _runs(edges: dict[_Place, Edge]) -> Iterator[tuple[int, int, int, Edge]]:
    """Yield (grid line, begin, end, edge) of the longest stretches of like edges."""
    current: tuple[int, int, int, Edge] | None = None
    for (line, index), edge in sorted(edges.items(), key=lambda item: item[0]):
        if current is not None:
            number, begin, end, known = current
            if (line, index) == (number, end) and _alike(edge, known):
                current = (number, begin, end + 1, known)
                continue
            yield from _visible(current)
        current = (line, index, index + 1, edge)
    if current is not None:
        yield from _visible(current)


def _visible(run: tuple[int, int, int, Edge]) -> Iterable[tuple[int, int, int, Edge]]:
    return (run,) if run[3].style else ()


def _alike(first: Edge, second: Edge) -> bool:
    return (first.style, first.width, first.colour) == (second.style, second.width, second.colour)


def _drawn(edge: Edge, x1: float, y1: float, x2: float, y2: float) -> Iterator[Rule]:
    """Yield the rules of one edge; lines across reach over the corners by half their width."""
    width = edge.width
    across = y1 == y2
    if across:
        x1, x2 = x1 - width / 2, x2 + width / 2
    for offset in (-width, width) if edge.style == "double" else (0.0,):
        dx, dy = (0.0, offset) if across else (offset, 0.0)
        yield Rule(x1 + dx, y1 + dy, x2 + dx, y2 + dy, width, edge.colour, _DASHES.get(edge.style, ()))
