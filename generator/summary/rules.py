"""What is wrong with the rows of a summary table, or worth a look, cluster by cluster. docs/summary.md lists the codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from generator.cluster.catalogue import Catalogue
from generator.findings import PATH_MARK, Finding, Findings, Position, Severity
from generator.forms.counting import count_characters
from generator.forms.definition_summary import Summary, SummaryFigure
from generator.forms.particulars import Particulars
from generator.forms.typography import VALUE_FONT
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.summary.introduction import print_total, total_of
from generator.summary.table import Candidate, SummaryTable

_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Looked:
    """Everything that the rules look at."""

    table: SummaryTable
    catalogue: Catalogue
    fonts: FontLibrary


def examine(table: SummaryTable, catalogue: Catalogue, fonts: FontLibrary) -> Findings:
    """Return what all rules find in `table`, cluster by cluster in the order of the rows."""
    looked = Looked(table, catalogue, fonts)
    return tuple(finding for number in range(len(table.rows)) for rule in _RULES for finding in rule(looked, number))


def _empty_cells(looked: Looked, number: int) -> Iterator[Finding]:
    """H101: a cell is empty."""
    row = looked.table.rows[number]
    particulars, summary = row.candidate.particulars, looked.table.summary
    for column, cell in zip(summary.columns, row.cells, strict=True):
        if cell or not column.required:
            continue
        pattern = summary.pattern(column.source)
        lacking = particulars.lacking(pattern, summary.id) if pattern else (column.source,)
        places = "、".join(f"“{PATH_MARK.join(looked.catalogue.fields[name].at)}”" for name in lacking)
        yield Finding(
            code="H101",
            severity=Severity.MUST,
            message="汇总表这一栏空缺",
            path=_path(particulars, column.text),
            position=Position(row.candidate.source),
            found="空白",
            expected=looked.catalogue.fields[lacking[0]].description,
            remedy=f"请在集群数据里补写{places}。",
        )


def _limits(looked: Looked, number: int) -> Iterator[Finding]:
    """H102: a text is longer than the table allows."""
    row = looked.table.rows[number]
    for column, cell in zip(looked.table.summary.columns, row.cells, strict=True):
        count = count_characters(cell)
        if column.limit and count > column.limit:
            particulars = row.candidate.particulars
            yield Finding(
                code="H102",
                severity=Severity.MUST,
                message="超过字数限制",
                path=_path(particulars, column.text),
                position=_written(row.candidate, column.source),
                found=f"{count}字",
                expected=f"{column.limit}字以内",
                remedy=f"请删去至少{count - column.limit}字。",
                clause=column.text,
            )


def _missing_figures(looked: Looked, number: int) -> Iterator[Finding]:
    """H103: a figure that the text is asked to tell is not in the data."""
    particulars, summary = looked.table.rows[number].candidate.particulars, looked.table.summary
    missing = [figure for figure in summary.figures if total_of(summary, figure, particulars) is None]
    if missing:
        yield Finding(
            code="H103",
            severity=Severity.CHECK,
            message="集群数据里缺少汇总表要求写明的数",
            path=particulars.name,
            position=Position(looked.table.rows[number].candidate.source),
            found="、".join(f"{figure.text}（{_years_in_words(summary, figure)}）" for figure in missing),
            remedy="请在集群数据的“实绩”里补全，再核对简介里写的数。",
            clause=_asked(summary),
        )


def _untold_figures(looked: Looked, number: int) -> Iterator[Finding]:
    """H104: the text does not tell a figure that it is asked to tell, or tells another than the data."""
    row = looked.table.rows[number]
    particulars, summary = row.candidate.particulars, looked.table.summary
    text = "".join(cell for column, cell in zip(summary.columns, row.cells, strict=True) if column.narrative)
    untold = []
    for figure in summary.figures if text else ():
        total = total_of(summary, figure, particulars)
        if total and not _tells(text, total, figure.unit):
            untold.append(f"{figure.text}{print_total(total)}{figure.unit}")
    if untold:
        yield Finding(
            code="H104",
            severity=Severity.CHECK,
            message="简介里没有写这些数，或写的与集群数据不一致",
            path=particulars.name,
            position=_written(row.candidate, *(column.source for column in summary.columns if column.narrative)),
            expected="、".join(untold),
            remedy="请核对简介；数据为准时改简介，简介为准时改数据。",
            clause=_asked(summary),
        )


def _missing_glyphs(looked: Looked, number: int) -> Iterator[Finding]:
    """H106: a cell holds characters that no available font can print."""
    row = looked.table.rows[number]
    for column, cell in zip(looked.table.summary.columns, row.cells, strict=True):
        characters = looked.fonts.missing(cell.replace("\n", ""), VALUE_FONT)
        if characters:
            yield Finding(
                code="H106",
                severity=Severity.MUST,
                message="有字库里没有的字",
                path=_path(row.candidate.particulars, column.text),
                position=_written(row.candidate, column.source),
                found="、".join(f"“{character}”（U+{ord(character):04X}）" for character in characters),
                expected="能够打印的字",
                remedy="请核对是否误输；确为生僻字时，用 --fonts system 或 --font-dir 指定有这个字的字体。",
            )


def _composed_texts(looked: Looked, number: int) -> Iterator[Finding]:
    """H107: the text was composed of figures, since none was given."""
    row, summary = looked.table.rows[number], looked.table.summary
    particulars = row.candidate.particulars
    for column, cell in zip(summary.columns, row.cells, strict=True):
        if column.narrative and cell and not particulars.value(column.narrative, summary.id):
            yield Finding(
                code="H107",
                severity=Severity.CHECK,
                message="没有给简介，由数据拼成了一段",
                path=_path(particulars, column.text),
                position=Position(row.candidate.source),
                found=cell,
                remedy=f"请补写数据里没有的内容，写进“{PATH_MARK.join(looked.catalogue.fields[column.narrative].at)}”。",
                clause=column.hint,
            )


_RULES: tuple[Callable[[Looked, int], Iterator[Finding]], ...] = (
    _empty_cells,
    _limits,
    _missing_figures,
    _untold_figures,
    _missing_glyphs,
    _composed_texts,
)


def _years_in_words(summary: Summary, figure: SummaryFigure) -> str:
    years = summary.years
    return f"{years.data[0]}—{years.data[-1]}年" if figure.over == "data" else f"{years.base}年"


def _tells(text: str, value: Decimal, unit: str) -> bool:
    """Whether `text` has the number `value`, rounded to two decimals, before `unit`."""
    rounded = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    return any(
        Decimal(re.sub("[,，]", "", found[0])) == rounded and text[found.end() :].lstrip().startswith(unit)
        for found in _NUMBER.finditer(text)
    )


def _asked(summary: Summary) -> str:
    """Where the table asks for the figures, in words."""
    column = next((column.text for column in summary.columns if column.narrative), "")
    return f"汇总表“{column}”一栏的提示"


def _written(candidate: Candidate, *names: str) -> Position:
    """Where the first of the fields `names` was written, or the source where that is not known."""
    known = candidate.particulars.positions
    return next((known[name] for name in names if name in known), Position(candidate.source))


def _path(particulars: Particulars, place: str) -> str:
    return f"{particulars.name}{PATH_MARK}{place}"
