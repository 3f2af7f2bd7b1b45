"""What the document `self-check` is filled with: the report in printed words, and its drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.checks.numbers import shown
from generator.checks.standard_definition import Wording
from generator.checks.standards import Reading, StandardResult
from generator.documents.charts import Bar, draw_bar, draw_trend, side_by_side
from generator.documents.drawing import Drawing
from generator.documents.report import DerivedFigure, Report
from generator.documents.report_words import ReportWords, Results
from generator.findings import Finding, Position, Severity
from generator.forms.printing import print_indicator
from generator.forms.typography import MM
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.points import PlacedFinding, Point, beyond, by_part

_YES = "是"
_NONE = ""
_DASH = "—"
_SAME = "同上"
_COLUMNS = 3
_TREND_GAP = 4 * MM
_MOST_POSITIONS = 4
_MOST_NAMES = 3
_MISSING = "空缺"
_SEVERITIES = {"必须改": Severity.MUST, "请核对": Severity.CHECK, "提示": Severity.NOTE}
"""The lists of the document, each by the name that its definition has for it."""


@dataclass(frozen=True)
class Room:
    """How much room the document has for its drawings, in points: width, height of a bar, of a row of trends; 0 is none."""

    width: float
    bar: float
    trend: float


def report_context(
    report: Report, words: ReportWords, fonts: FontLibrary, room: Room
) -> tuple[dict[str, Any], dict[str, Drawing]]:
    """Return the context of the document `self-check` for `report`, and its drawings by their names."""
    bars = {
        f"线{number}": bar
        for number, bar in enumerate(_bars(report.results, words.results) if room.bar else (), start=1)
    }
    starts = range(0, len(report.trends) if room.trend else 0, _COLUMNS)
    rows = {f"趋势{start // _COLUMNS + 1}": report.trends[start : start + _COLUMNS] for start in starts}
    drawings = {name: draw_bar(bar, fonts, width=room.width, height=room.bar) for name, bar in bars.items()}
    panel = room.width / _COLUMNS - _TREND_GAP
    for name, trends in rows.items():
        height = room.trend - _TREND_GAP
        panels = [draw_trend(trend, fonts, width=panel, height=height) for trend in trends]
        drawings[name] = side_by_side(panels, width=room.width, columns=_COLUMNS)
    context = {
        "集群": report.cluster,
        "申报表": report.form.title,
        "代号": report.form.id,
        "结论": _verdict(report, words),
        "可查": _YES if report.readable else _NONE,
        **_lists(report),
        **_standard(report, words.results),
        "线图": [{"图": name} for name in bars],
        "趋势图": [{"图": name} for name in rows],
        "趋势没有": _NONE if rows else _YES,
        "推算没有": _NONE if report.derived else _YES,
        **_derived(report.derived),
    }
    return context, drawings


def _verdict(report: Report, words: ReportWords) -> str:
    number = {"blocked": Severity.MUST, "unreadable": Severity.MUST, "look": Severity.CHECK}.get(report.verdict.value)
    text: str = getattr(words.verdicts, report.verdict.value)
    return text.replace("{数}", str(len(report.of(number)))) if number is not None else text


def _lists(report: Report) -> dict[str, Any]:
    """The lists of findings, by weight, and those that are waived; each with its count."""
    lists: dict[str, Sequence[PlacedFinding]] = {
        **{name: report.of(severity) for name, severity in _SEVERITIES.items()},
        "不适用": report.waived,
    }
    context: dict[str, Any] = {}
    for name, findings in lists.items():
        context[name] = [{"部分": part.part, "行们": list(_rows(part.points))} for part in by_part(findings)]
        context[f"{name}数"] = str(len(findings))
        context[f"{name}没有"] = _NONE if findings else _YES
    parts = dict.fromkeys(placed.part for placed in report.findings)
    context["各部分"] = [
        {"部分": part, **{name: _count(findings, part) for name, findings in lists.items()}} for part in parts
    ]
    return context


def _count(findings: Iterable[PlacedFinding], part: str) -> str:
    """How many of `findings` are of `part`; nothing for none."""
    number = sum(placed.part == part for placed in findings)
    return str(number) if number else _NONE


def _rows(points: Iterable[Point]) -> Iterator[dict[str, str]]:
    """The rows of one part; what a finding has in common with the one above it is not told again."""
    before: Finding | None = None
    for point in points:
        finding, new = point.finding, beyond(point.finding, before)
        told = [f"{finding.message}〔{finding.code}〕"]
        told += [f"现为：{new.found}"] if new.found else []
        told += [f"应为：{new.expected}"] if new.expected else []
        told += [f"依据：{new.clause}"] if new.clause else []
        before = finding
        yield {
            "栏目": "\n".join(filter(None, (point.row, "、".join(point.years)))) or _DASH,
            "问题": "\n".join(told),
            "办法": new.remedy or (_SAME if finding.remedy else _DASH),
            "位置": _where(point) or _DASH,
            "理由": finding.waived,
        }


def _where(point: Point) -> str:
    """The pages, and the places in files: those of one file together."""
    lines = [f"第{'、'.join(map(str, point.pages))}页"] if point.pages else []
    files: dict[str, list[str]] = {}
    for position in point.positions:
        files.setdefault(position.file, []).append(_place_in(position))
    for file, places in files.items():
        named = list(dict.fromkeys(place for place in places if place))
        more = f"等{len(named)}处" if len(named) > _MOST_POSITIONS else ""
        lines += filter(None, (file, "、".join(named[:_MOST_POSITIONS]) + more))
    return "\n".join(lines)


def _place_in(position: Position) -> str:
    return position.cell or (f"第{position.line}行" if position.line else "")


def _standard(report: Report, words: Results) -> dict[str, Any]:
    standard = report.standard
    rows = [_criterion(result, words) for result in report.results]
    return {
        "标准": standard.title if standard is not None and report.readable else _NONE,
        "标准要求": standard.demand if standard is not None else _NONE,
        "标准放宽": report.relaxed,
        "标准行": rows,
        "标准数": str(len(rows)),
        "达到数": str(sum(result.met is True and not result.boundary for result in report.results)),
        "未达到数": str(sum(result.met is False and not result.boundary for result in report.results)),
        "在线数": str(sum(result.boundary for result in report.results)),
        "看不出数": str(sum(result.met is None and not result.boundary for result in report.results)),
    }


def _criterion(result: StandardResult, words: Results) -> dict[str, str]:
    criterion = result.criterion
    told = [criterion.clause]
    told += [f"{other.text}：{other.wording.value}" for other in criterion.elsewhere]
    told += [_otherwise(other, words) for other in result.alternatives]
    return {
        "方面": criterion.aspect,
        "指标": criterion.id,
        "原句": "\n".join(told),
        "线": _line(result),
        "现值": _found(result),
        "余量": _margin(result),
        "结论": _result(result, words),
    }


def _otherwise(result: StandardResult, words: Results) -> str:
    """Another way of meeting a criterion, on one line."""
    found = _found(result).replace("\n", "，")
    return f"或者：{found}（{_line(result)}，{_result(result, words)}）"


def _found(result: StandardResult) -> str:
    """The figures that a criterion is judged by: those of one field by year, those of several with their sum."""
    names = list(dict.fromkeys(reading.name for reading in result.readings))
    if result.measure is None or not names:
        return _DASH
    unit = result.measure.unit
    if len(names) == 1 and len(result.readings) == 1:
        return _value(result.readings[0], unit)
    if len(names) == 1:
        return "\n".join([*(f"{reading.year}年 {_value(reading, '')}" for reading in result.readings), f"（{unit}）"])
    parts = (
        [f"{reading.name} {_value(reading, '')}" for reading in result.readings] if len(names) <= _MOST_NAMES else []
    )
    total = shown(result.value, unit) if result.value is not None else _MISSING
    return "\n".join([*parts, f"{'' if parts else f'{names[0]}等{len(names)}项'}合计 {total}"])


def _value(reading: Reading, unit: str) -> str:
    return _MISSING if reading.value is None else shown(reading.value, unit)


def _line(result: StandardResult) -> str:
    """The line as its text words it, short."""
    measure = result.measure
    if measure is None:
        return _DASH
    line = shown(measure.value, measure.unit) if measure.wording is not Wording.FALLING else ""
    return f"{line}{measure.wording.value}" if measure.wording is Wording.OR_MORE else f"{measure.wording.value}{line}"


def _margin(result: StandardResult) -> str:
    if result.margin is None or result.measure is None:
        return _DASH
    return _signed(result.margin)


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else ''}{shown(value)}"


def _result(result: StandardResult, words: Results) -> str:
    if result.boundary:
        return words.edge
    if result.measure is None:
        return words.unsaid if result.met is None else words.holds if result.met else words.fails
    return words.unknown if result.met is None else words.met if result.met else words.missed


def _bars(results: Iterable[StandardResult], words: Results) -> Iterator[Bar]:
    """The criteria that are figures against a line of their own, alternatives left to the table."""
    for result in results:
        if result.measure is None or result.value is None or not result.line:
            continue
        value = shown(result.value, result.measure.unit)
        told = f"{value}（{_line(result)}）{_result(result, words)}"
        yield Bar(result.criterion.id, result.value, result.line, told, None if result.boundary else bool(result.met))


def _derived(figures: Iterable[DerivedFigure]) -> Mapping[str, Any]:
    """The derived figures, the years of one under another; and those that differ from what was written by hand."""
    names: dict[str, list[DerivedFigure]] = {}
    for figure in figures:
        names.setdefault(figure.name, []).append(figure)
    differing = [figure for members in names.values() for figure in members if figure.differs]
    clauses = ["", *(members[0].clause for members in names.values())]
    rows = [_derived_row(members, before) for members, before in zip(names.values(), clauses, strict=False)]
    return {
        "推算行": rows,
        "不符行": [_differing_row(figure) for figure in differing],
        "不符数": str(len(differing)),
        "不符没有": _NONE if differing else _YES,
    }


def _derived_row(members: Sequence[DerivedFigure], clause_before: str) -> dict[str, str]:
    """One figure of all years; a clause that the row before has told is not told again."""
    first = members[0]
    formula = [first.derived.formula]
    if first.clause not in ("", clause_before):
        formula.append(f"依据：{first.clause}")
    years = [
        f"{figure.year}年 {figure.printed}＝{figure.derived.numbers}{_remarks(figure)}"
        for figure in sorted(members, key=lambda one: one.year)
    ]
    return {
        "指标": f"{first.name}（{first.unit}）" if first.unit else first.name,
        "公式": "\n".join(formula),
        "算式": "\n".join(years),
    }


def _remarks(figure: DerivedFigure) -> str:
    """What else there is for a figure: written by hand, or given by another register."""
    rival = figure.derived.rival
    remarks = [f"（表上用直接填写的{figure.given}）"] if figure.given and figure.differs else []
    remarks += [f"（{rival.formula}：{print_indicator(rival)}，{rival.numbers}）"] if rival is not None else []
    return "".join(remarks)


def _differing_row(figure: DerivedFigure) -> dict[str, str]:
    return {
        "指标": figure.name,
        "年度": f"{figure.year}年",
        "填写": figure.given,
        "推算": figure.printed,
        "相差": _DASH if figure.difference is None else _signed(figure.difference),
        "算式": figure.derived.numbers,
    }
