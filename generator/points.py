"""Findings put together for telling: by part, and those that say the same of several years of one row as one point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.findings import PATH_MARK, Finding, Position
from generator.frozen import dataclass, replace

_ANY_YEAR = "\0"
_YEAR = "年"
_DIGITS = 4


@dataclass(frozen=True)
class PlacedFinding:
    """A finding and its place: the part and the row of the form in words, the year if it is of one, the printed page if known."""

    finding: Finding
    part: str
    row: str
    year: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Point:
    """What is told at once: one finding, or several of one row that differ in their year only.

    The texts of `finding` name all years; its place is the first one. `count` is how many findings there are, `positions` and
    `pages` are where, each once.
    """

    finding: Finding
    row: str
    years: tuple[str, ...]
    positions: tuple[Position, ...]
    pages: tuple[int, ...]
    count: int = 1


@dataclass(frozen=True)
class PartPoints:
    """The points of one part of the form."""

    part: str
    points: tuple[Point, ...]


def is_year(step: str) -> bool:
    """Whether a step of a path is a year: 2024年."""
    return len(step) == _DIGITS + len(_YEAR) and step.endswith(_YEAR) and step[:_DIGITS].isdecimal()


def placed_at(finding: Finding, path: Sequence[str], page: int | None = None) -> PlacedFinding:
    """Return `finding` at the place that `path` says in words, the part first; a year that ends it is the finding's year."""
    part, *steps = path
    year = steps.pop() if steps and is_year(steps[-1]) else ""
    return PlacedFinding(finding, part, PATH_MARK.join(steps), year, page)


def years_together(paths: Iterable[str]) -> tuple[str, ...]:
    """Return places in words, those of one row that differ in their year only as one, at the first: 产值 › 2023年、2024年."""
    rows: dict[str, list[str]] = {}
    for path in paths:
        row, mark, year = path.rpartition(PATH_MARK)
        rows.setdefault(row + mark if is_year(year) else path, []).extend([year] if is_year(year) else [])
    return tuple(row + "、".join(dict.fromkeys(years)) for row, years in rows.items())


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


def beyond(finding: Finding, before: Finding | None) -> Finding:
    """Return `finding` without what `before`, which is told just above it, has said already: the same clause, and of the
    same code what was found, what is expected and what is to be done.
    """
    if before is None:
        return finding
    same = before.code == finding.code
    return replace(
        finding,
        found="" if same and finding.found == before.found else finding.found,
        expected="" if same and finding.expected == before.expected else finding.expected,
        remedy="" if same and finding.remedy == before.remedy else finding.remedy,
        clause="" if finding.clause == before.clause else finding.clause,
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
        count=len(members),
    )
