"""Findings put together for reading: by part, and those that say the same of several years of one row as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.documents.report import PlacedFinding
from generator.findings import Finding, Position
from generator.frozen import dataclass, replace

_ANY_YEAR = "\0"


@dataclass(frozen=True)
class Point:
    """What is told at once: one finding, or several of one row that differ in their year only.

    The texts of `finding` name all years. `positions` and `pages` are where, each once.
    """

    finding: Finding
    row: str
    years: tuple[str, ...]
    positions: tuple[Position, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True)
class PartPoints:
    """The points of one part of the form."""

    part: str
    points: tuple[Point, ...]


def by_part(findings: Iterable[PlacedFinding]) -> tuple[PartPoints, ...]:
    """Return `findings` by part and row, parts and rows in the order in which they first come."""
    parts: dict[str, dict[tuple[str, Finding], list[PlacedFinding]]] = {}
    for placed in findings:
        points = parts.setdefault(placed.part, {})
        points.setdefault((placed.row, _of_any_year(placed)), []).append(placed)
    return tuple(
        PartPoints(part, tuple(_point(row, common, members) for (row, common), members in points.items()))
        for part, points in parts.items()
    )


def _of_any_year(placed: PlacedFinding) -> Finding:
    """The finding without its place, its year left open: equal for all that can be told at once."""
    finding = replace(placed.finding, position=None, path="")
    return _with_years(finding, placed.year, _ANY_YEAR) if placed.year else finding


def _with_years(finding: Finding, year: str, years: str) -> Finding:
    return replace(
        finding,
        found=finding.found.replace(year, years),
        expected=finding.expected.replace(year, years),
        remedy=finding.remedy.replace(year, years),
    )


def _point(row: str, common: Finding, members: Sequence[PlacedFinding]) -> Point:
    years = tuple(dict.fromkeys(placed.year for placed in members if placed.year))
    positions = dict.fromkeys(placed.finding.position for placed in members)
    pages = dict.fromkeys(placed.page for placed in members)
    return Point(
        finding=_with_years(common, _ANY_YEAR, "、".join(years)),
        row=row,
        years=years,
        positions=tuple(position for position in positions if position is not None),
        pages=tuple(page for page in pages if page is not None),
    )
