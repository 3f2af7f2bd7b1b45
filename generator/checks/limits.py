"""Limits: 字 where the form sets a number, and room where a cell is as large as it is."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Examined, Located, path_of
from generator.findings import Finding, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.counting import count_characters
from generator.forms.filled import FilledForm
from generator.forms.printing import loses_digits

_SHORT = 30
"""Texts of up to as many characters are shown whole."""


def narrative_limits(examined: Examined) -> Iterator[Located]:
    """C201: a narrative is longer than the form allows."""
    for filled in examined.filled.slots:
        limit = filled.slot.limit
        count = count_characters(filled.printed)
        if limit and count > limit:
            yield (
                filled.slot.key,
                Finding(
                    code="C201",
                    severity=Severity.MUST,
                    message="超过字数限制",
                    path=path_of(filled),
                    position=filled.position,
                    found=f"{count}字",
                    expected=f"{limit}字以内",
                    remedy=f"请删去至少{count - limit}字。",
                    clause=f"（{limit}字以内）",
                ),
            )


def plan_characters(filled: FilledForm) -> int:
    """Return the 字 of the applicant's prose and table cells in the plan (docs/counting.md)."""
    prose = sum(count_characters(slot.printed) for slot in filled.slots if slot.slot.kind is SlotKind.PROSE)
    cells = sum(count_characters(cell.printed) for table in filled.tables for row in table.rows for cell in row.cells)
    own = sum(count_characters(row.indicator) for table in filled.tables for row in table.rows if not row.official)
    return prose + cells + own


def plan_limit(examined: Examined) -> Iterator[Located]:
    """C202: the plan is longer than the form allows."""
    for part in examined.filled.form.parts:
        if part.plan is None:
            continue
        count = plan_characters(examined.filled)
        if count > part.plan.limit:
            first = next(slot for slot in examined.filled.slots if slot.slot.kind is SlotKind.PROSE)
            yield (
                first.slot.key,
                Finding(
                    code="C202",
                    severity=Severity.MUST,
                    message="规划正文和目标表超过字数限制",
                    path=part.title,
                    found=f"{count}字",
                    expected=f"{part.plan.limit}字以内",
                    remedy=f"请删去至少{count - part.plan.limit}字（正文各节与目标表所填内容合计）。",
                    clause=f"（{part.plan.limit}字以内）",
                ),
            )


def room(examined: Examined) -> Iterator[Located]:
    """C203: a text does not fit its cell even at the smallest size of type."""
    for filled in examined.filled.slots:
        if not filled.fits:
            yield (
                filled.slot.key,
                Finding(
                    code="C203",
                    severity=Severity.MUST,
                    message="内容排不进这一栏，用最小字号（六号）也会撑高表格",
                    path=path_of(filled),
                    position=filled.position,
                    found=_shown(filled.printed),
                    expected="表格样式不变",
                    remedy="请精简文字，少分段；数字请核对有没有多写了位数、写错了单位。",
                    clause="填报说明：填表时不得改变表格样式，其中一至七部分不得串页。",
                ),
            )


def _shown(text: str) -> str:
    """A short text as it is, a long one by its length and lines."""
    lines = len(text.split("\n"))
    counted = f"{count_characters(text)}字" + (f"，分{lines}段" if lines > 1 else "")
    return text.strip() if len(text) <= _SHORT and lines == 1 else counted


def lost_digits(examined: Examined) -> Iterator[Located]:
    """C301: a figure has more than two decimals; the form prints two."""
    for filled in examined.filled.slots:
        if filled.position is not None and filled.value is not None and loses_digits(filled.value):
            yield (
                filled.slot.key,
                Finding(
                    code="C301",
                    severity=Severity.CHECK,
                    message="小数超过两位，表上只保留两位",
                    path=path_of(filled),
                    position=filled.position,
                    found=str(filled.value),
                    expected=filled.printed.strip(),
                    remedy="请确认四舍五入后的数，或在 cluster.yaml 里改为两位小数。",
                    clause="填报说明2：数据有小数时，保留小数点后2位。",
                ),
            )
