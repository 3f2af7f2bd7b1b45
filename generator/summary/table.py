"""A summary table as a value: its rows in order, each cell as printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from generator.docx.compile_summary import HINT_TAG, LINES_TAG, ROWS_TAG, TITLE_TAG
from generator.docx.cover import ANNEX_TAG
from generator.docx.sections import MARK_TAG
from generator.errors import UsageError
from generator.forms.definition_summary import CONTACT, SENDER, Summary, SummaryColumn
from generator.forms.particulars import Particulars
from generator.frozen import dataclass
from generator.summary.introduction import compose_introduction

_ROOM_TO_WRITE = "\u3000" * 12


@dataclass(frozen=True)
class Sender:
    """Who sends the table: its level (empty: the one that the official text prints), its name, whom to call."""

    level: str = ""
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Candidate:
    """A cluster that is to stand in the table, and where it was read from, as the user wrote it."""

    source: str
    particulars: Particulars


@dataclass(frozen=True)
class SummaryRow:
    """One row: its cluster, and the text of every cell, empty where nothing is known."""

    candidate: Candidate
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SummaryTable:
    """A summary table, ready to print: the lines between title and table, and the rows; `annex` is the mark above the title."""

    summary: Summary
    annex: str
    lines: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    blank: bool = False

    def context(self, mark: str = "") -> dict[str, Any]:
        """Return what the Word template is filled with; `mark` is printed at the head of every page (草稿)."""
        return {
            MARK_TAG: mark,
            ANNEX_TAG: self.annex,
            TITLE_TAG: self.summary.title,
            LINES_TAG: list(self.lines),
            ROWS_TAG: self._blank_rows() if self.blank else [self._row(row.cells) for row in self.rows],
        }

    def _blank_rows(self) -> list[dict[str, str]]:
        """Rows to be filled in by hand; the hints stand in the first."""
        columns = self.summary.columns
        rows = [self._row(("",) * len(columns)) for _ in range(self.summary.blank_rows)]
        for row in rows[1:]:
            row.update(dict.fromkeys((f"{column.tag}{HINT_TAG}" for column in columns), ""))
        return rows

    def _row(self, cells: Sequence[str]) -> dict[str, str]:
        columns = self.summary.columns
        row = {column.tag: cell for column, cell in zip(columns, cells, strict=True)}
        return row | {f"{column.tag}{HINT_TAG}": column.hint for column in columns}


def make_table(
    summary: Summary, candidates: Sequence[Candidate], sender: Sender, *, order: str = "", annex: str | None = None
) -> SummaryTable:
    """Return the table of `candidates`, in the order given or in that named `order`.

    `annex` replaces the definition's own mark. Raises UsageError for a level or an order that the definition does not know.
    """
    ordered = _ordered(summary, candidates, order)
    rows = tuple(SummaryRow(one, _cells(summary, one, number)) for number, one in enumerate(ordered, start=1))
    return SummaryTable(summary, summary.annex if annex is None else annex, _lines(summary, sender), rows)


def blank_table(summary: Summary) -> SummaryTable:
    """Return the table as it is printed for filling by hand."""
    return SummaryTable(summary, summary.annex, _lines(summary, Sender()), (), blank=True)


def cell_text(summary: Summary, column: SummaryColumn, particulars: Particulars) -> str:
    """Return what stands in `column` for a cluster: what is given for it, or composed; empty if neither."""
    given = particulars.value(column.source, summary.id)
    if column.narrative:
        return given or compose_introduction(summary, particulars)
    pattern = summary.pattern(column.source)
    return particulars.composed(pattern, summary.id) if pattern and not given else given


def _cells(summary: Summary, candidate: Candidate, number: int) -> tuple[str, ...]:
    return tuple(
        str(number) if column.number else cell_text(summary, column, candidate.particulars)
        for column in summary.columns
    )


def _lines(summary: Summary, sender: Sender) -> tuple[str, ...]:
    level = sender.level or summary.heading.official
    if level not in summary.heading.words:
        known = "、".join(summary.heading.words)
        raise UsageError(f"汇总表 {summary.id} 没有“{level}”这个级别。", f"可用的级别：{known}。")
    blanks = {SENDER: sender.name or _ROOM_TO_WRITE, CONTACT: sender.contact}
    return tuple(_filled(line, blanks) for line in (summary.heading.words[level], *summary.lines))


def _filled(line: str, blanks: dict[str, str]) -> str:
    for name, text in blanks.items():
        line = line.replace(f"{{{name}}}", text)
    return line


def _ordered(summary: Summary, candidates: Sequence[Candidate], name: str) -> list[Candidate]:
    if not name:
        return list(candidates)
    if name not in summary.orders:
        known = "、".join(summary.orders) or "没有"
        raise UsageError(f"汇总表 {summary.id} 没有“{name}”这种排序。", f"可用的排序：{known}。")
    order = summary.orders[name]
    if order.figure:
        return sorted(candidates, key=lambda one: _largest_first(one.particulars, order.figure, summary.years.base))
    return _together(candidates, order.together)


def _largest_first(particulars: Particulars, figure: str, year: int) -> tuple[bool, Decimal]:
    total = particulars.total((figure,), (year,))
    return total is None, -(total or Decimal(0))


def _together(candidates: Sequence[Candidate], names: Sequence[str]) -> list[Candidate]:
    """Put candidates of one place together, places in the order in which they first come up."""
    places = [tuple(one.particulars.value(name) for name in names) for one in candidates]
    first: dict[tuple[str, ...], int] = {}
    for place in places:
        for length in range(1, len(place) + 1):
            first.setdefault(place[:length], len(first))
    ranks = [tuple(first[place[:length]] for length in range(1, len(place) + 1)) for place in places]
    return [one for _, one in sorted(zip(ranks, candidates, strict=True), key=lambda pair: pair[0])]
