"""A summary table as it stands on paper: title, the lines above the table, its head, and one row for every cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.forms.definition import Form
from generator.forms.definition_summary import Summary, SummaryColumn
from generator.forms.verifying.bare import TABLE
from generator.forms.verifying.paper import (
    GAP,
    Paper,
    PaperRow,
    PaperTable,
    Printed,
    Section,
    SectionKind,
    Token,
    paper_of,
)

_TITLE = "标题"
_LINES = "抬头"
_TABLE = "表格"
_HEAD = (_TABLE, "表头")
_CLUSTERS = (_TABLE, "集群各行")
_HEAD_ROW = 1
_BLANK = re.compile(r"(\{\w*\})")


def papers_of(definition: Form | Summary) -> tuple[Paper, ...]:
    """Return `definition` on paper in every way it may be printed, as the official text has it first.

    Raises DefinitionError as arranging a form does.
    """
    if isinstance(definition, Form):
        return (paper_of(definition),)
    official = definition.heading.official
    levels = (official, *(level for level in definition.heading.words if level != official))
    return tuple(paper_of_summary(definition, level) for level in levels)


def paper_of_summary(summary: Summary, level: str) -> Paper:
    """Return `summary` on paper under the heading of `level`, one of its own. The annex mark is no part of it, as in a form."""
    text: list[Token] = [Printed(summary.title, (_TITLE,))]
    for line in (summary.heading.words[level], *summary.lines):
        text += _line(line)
    text.append(Printed(TABLE, (_TABLE,)))
    return Paper(
        summary.title, "", (Section(SectionKind.PLAN, _TITLE, text=tuple(text), tables=(_table(summary),)),), ()
    )


def _line(line: str) -> Iterator[Token]:
    pieces = [piece for piece in _BLANK.split(line) if piece.strip()]
    printed = [piece.strip() for piece in pieces if not _BLANK.fullmatch(piece)]
    place = (_LINES, printed[0].rstrip("：")) if printed else (_LINES,)
    for piece in pieces:
        yield GAP if _BLANK.fullmatch(piece) else Printed(piece.strip(), place)


def _table(summary: Summary) -> PaperTable:
    columns = summary.columns
    head = tuple((Printed(column.text, (*_HEAD, column.text), _HEAD_ROW),) for column in columns)
    continues = (False,) * len(columns)
    cluster = PaperRow(_CLUSTERS, tuple(tuple(_cell(column)) for column in columns), continues)
    return PaperTable((PaperRow(_HEAD, head, continues),), cluster)


def _cell(column: SummaryColumn) -> Iterator[Token]:
    yield GAP
    if column.hint:
        yield Printed(column.hint, (*_CLUSTERS, column.text), optional=True)
