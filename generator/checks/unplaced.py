"""What a cluster gives for a form and the form has no place for: it would be lost without a word."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Examined, Located
from generator.cluster.model import Target
from generator.cluster.scalars import closest
from generator.findings import PATH_MARK, Finding, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.definition import PlanTable
from generator.forms.targets import OPEN_ROW


def unplaced_texts(examined: Examined) -> Iterator[Located]:
    """C105: a text of 规划正文 or 其他 stands under a heading or row that the form doesn't have."""
    submission = examined.cluster.submissions.get(examined.filled.form.id)
    if submission is None:
        return
    for group, kind, texts in (
        ("规划正文", SlotKind.PROSE, submission.prose),
        ("其他", SlotKind.OTHER, submission.others),
    ):
        places = [filled for filled in examined.filled.slots if filled.slot.kind is kind]
        names = list(dict.fromkeys(filled.slot.source for filled in places))
        free = [name for name in names if name not in texts]
        for name, given in texts.items():
            if name not in names:
                guess = closest(name, free)
                yield (
                    places[0].slot.key if places else "",
                    Finding(
                        code="C105",
                        severity=Severity.CHECK,
                        message="这段文字在表上没有位置，没有印出来",
                        path=PATH_MARK.join(("申报", submission.form, group, name)),
                        position=given.position,
                        found=name,
                        expected=f"表上有的：{'、'.join(names)}" if names else f"这张表没有“{group}”",
                        remedy=f"是不是“{guess}”？请照表上的写法改。" if guess else "请照表上的写法改，或移到别处。",
                    ),
                )


def unplaced_targets(examined: Examined) -> Iterator[Located]:
    """C106: a target of the plan has a direction that the form's table doesn't have, or no row there for indicators of one's own."""
    for part in examined.filled.form.parts:
        for block in part.plan.body if part.plan is not None else ():
            if isinstance(block, PlanTable):
                plan = examined.cluster.plans.get(block.plan)
                for target in plan.targets if plan is not None else ():
                    remedy = _out_of_place(target, block)
                    if remedy:
                        yield block.table, _lost(target, part.title, block, remedy)


def _out_of_place(target: Target, table: PlanTable) -> str:
    """What to do about a target that has no place in `table`; empty for one that has."""
    rows = {row.direction: row.indicators for row in table.rows}
    indicators = rows.get(target.direction)
    if indicators is None:
        guess = closest(target.direction, rows)
        return f"方向是不是“{guess}”？" if guess else "请把方向改成表上有的。"
    if target.indicator in indicators or OPEN_ROW in indicators:
        return ""
    open_ = "、".join(f"“{direction}”" for direction, printed in rows.items() if OPEN_ROW in printed)
    return f"这个方向只有“{'、'.join(indicators)}”；自己的指标可以写在{open_ or '别的方向'}。"


def _lost(target: Target, part: str, table: PlanTable, remedy: str) -> Finding:
    return Finding(
        code="C106",
        severity=Severity.CHECK,
        message="这个目标在发展目标表上没有位置，没有印出来",
        path=PATH_MARK.join((part, target.direction, target.indicator)),
        position=target.position,
        found=f"{target.direction}{PATH_MARK}{target.indicator}",
        expected=f"表上的方向：{'、'.join(row.direction for row in table.rows)}",
        remedy=remedy,
    )
