"""Findings as a user reads them, and as a program does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.cli import console
from generator.findings import PATH_MARK, SEVERITY_KEYS, Finding, Findings, Position, Severity, finding_as_tree
from generator.frozen import replace

if TYPE_CHECKING:
    from generator.points import Point

_MOST_PLACES = 4
_MANY = 20
"""From more points on than these, the parts of the form are told with their counts."""


def say_findings(findings: Findings) -> None:
    """Print `findings` on standard output as `findings_as_text` has them, on a terminal broken to its width."""
    console.say(console.fitted(findings_as_text(findings)))


def complain_findings(findings: Findings) -> None:
    """Print `findings` on standard error as `say_findings` does on standard output."""
    console.complain(console.fitted(findings_as_text(findings), error=True))


def findings_as_text(findings: Findings) -> str:
    """Return `findings`, the heaviest first and else in the order given, each with its place, what was found, what is expected
    and what to do; then counts.

    Those of one row that differ in their year only are told at once, as in the self-check report, and what the one above has
    said is not said again. Those that are waived follow by themselves, each with its reason. Counts are of findings.
    """
    standing = tuple(finding for finding in findings if not finding.waived)
    waived = tuple(finding for finding in findings if finding.waived)
    lines, number = _told(standing)
    lines.append(_summary(standing))
    if number < len(standing):
        lines.append(f"同一栏的几个年度、同一件事合成一项说，上面是 {number} 项。")
    if number > _MANY:
        lines += _parts(standing)
    if waived:
        lines += [f"另有 {len(waived)} 条已说明不适用：", *_told(waived)[0]]
    return "\n".join(lines)


def findings_as_tree(findings: Findings) -> dict[str, object]:
    """Return `findings` for JSON. The keys are permanent; a finding without a place has null for file, line and column,
    and one outside a workbook for cell. Counts are of the findings that are not waived.
    """
    return {"findings": [finding_as_tree(finding) for finding in findings], "counts": _counts(findings)}


def _told(findings: Findings) -> tuple[list[str], int]:
    """The lines that tell `findings`, and in how many points."""
    if not findings:
        return [], 0
    from generator.points import beyond, by_part, placed_at

    lines: list[str] = []
    number, before = 0, None
    for severity in Severity:
        weighing = (finding for finding in findings if finding.severity is severity)
        for part in by_part(placed_at(finding, finding.path.split(PATH_MARK)) for finding in weighing):
            for point in part.points:
                lines += _as_lines(part.part, point, beyond(point.finding, before))
                number, before = number + 1, point.finding
    return lines, number


def _as_lines(part: str, point: Point, new: Finding) -> Iterator[str]:
    finding = point.finding
    place = PATH_MARK.join(filter(None, (part, point.row, "、".join(point.years))))
    head = f"{finding.severity.value} [{finding.code}] "
    where, everywhere = _where(point.positions)
    yield (f"{where} " if where else "") + head + (f"{place}：" if place else "") + finding.message
    compared = "；".join(f"{name}：{text}" for name, text in (("现为", new.found), ("应为", new.expected)) if text)
    for name, text in (
        ("各处：", everywhere),
        ("", compared),
        ("怎么办：", new.remedy or ("同上" if finding.remedy else "")),
        ("依据：", new.clause),
        ("不适用的理由：", finding.waived),
    ):
        if text:
            yield f"    {name}{text}"


def _where(positions: tuple[Position, ...]) -> tuple[str, str]:
    """Where a point stands, and all its places where these are too many to begin a line with.

    One place is told to the column, several of one line by the line.
    """
    if not positions:
        return "", ""
    first = positions[0]
    same_line = all((each.file, each.line) == (first.file, first.line) for each in positions)
    if len(positions) > 1 and same_line and not first.sheet:
        return str(Position(first.file, first.line)), ""
    files: dict[str, list[str]] = {}
    for position in positions:
        inside = str(replace(position, file="")).removeprefix(PATH_MARK).removeprefix(":")
        files.setdefault(position.file, []).append(inside)
    mark = PATH_MARK if first.sheet else ":"
    named = "、".join(mark.join(filter(None, (file, "、".join(inside)))) for file, inside in files.items())
    return (named, "") if len(positions) <= _MOST_PLACES else (f"{first}等{len(positions)}处", named)


def _parts(findings: Findings) -> Iterator[str]:
    """Yield how many findings there are of each part of the form, where they are of several."""
    parts: dict[str, int] = {}
    for finding in findings:
        part = finding.path.partition(PATH_MARK)[0] or (finding.position.file if finding.position else "") or "整份"
        parts[part] = parts.get(part, 0) + 1
    if len(parts) > 1:
        yield "其中：" + "，".join(f"{part} {number} 条" for part, number in parts.items()) + "。"


def _summary(findings: Findings) -> str:
    if not findings:
        return "没有发现问题。"
    counted = [(severity.value, _count(findings, severity)) for severity in Severity]
    return f"共 {len(findings)} 条：" + "，".join(f"{name} {number}" for name, number in counted if number) + "。"


def _counts(findings: Findings) -> dict[str, int]:
    return {key: _count(findings, severity) for severity, key in SEVERITY_KEYS.items()}


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(finding.severity is severity and not finding.waived for finding in findings)
