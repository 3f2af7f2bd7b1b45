"""When and by whom the form is handed in: the date of submission, and what has changed since an earlier submission."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.plausibility import Change
from generator.checks.rule import Examined, Located, path_of
from generator.cluster.model import Submission
from generator.findings import Finding, Position, Severity
from generator.forms.filled import FilledSlot

_DATE = "申报时间"
_LATEST = 2
"""A form is handed in by the end of this many years after its base year: data of a year are asked for in the next."""


def date_outside_the_edition(examined: Examined) -> Iterator[Located]:
    """C108: the date of submission lies before the base year is over, or long after it."""
    base = examined.filled.form.years.base
    filled = next((each for each in examined.filled.slots if each.slot.source == _DATE), None)
    given = examined.cluster.value(_DATE, form=examined.filled.form.id)
    if filled is None or given is None or not given.text[:4].isdigit():
        return
    year = int(given.text[:4])
    if base < year <= base + _LATEST:
        return
    wrong = f"{base}年还没有过完" if year <= base else f"离{base}年已经{year - base}年"
    yield (
        filled.slot.key,
        Finding(
            code="C108",
            severity=Severity.CHECK,
            message="申报时间与表上的年份对不上",
            path=path_of(filled),
            position=given.position,
            found=f"{given.text}；表上要填到{base}年的数，而这时{wrong}",
            expected=f"{base + 1}年或{base + _LATEST}年的日期",
            remedy="请核对申报时间；用错了哪一年的表，请换用当年的表。",
        ),
    )


def changes_without_event(examined: Examined) -> Iterator[Located]:
    """C406: something is another than in an earlier submission, and no event tells of the change."""
    form, cluster = examined.filled.form, examined.cluster
    told = {event.kind for event in cluster.events or ()}
    for change in examined.references.plausibility.changes:
        now = cluster.value(change.field, form=form.id)
        if now is None or change.event in told:
            continue
        for earlier in _earlier(examined):
            before = cluster.value(change.field, form=earlier.form)
            if before is not None and before.text != now.text:
                filled = next((each for each in examined.filled.slots if each.slot.source == change.field), None)
                if filled is not None:
                    found = f"{now.text}；{earlier.form} 申报时是{before.text}"
                    yield filled.slot.key, _unexplained(change, found, filled, now.position)
                break


def _earlier(examined: Examined) -> tuple[Submission, ...]:
    """The submissions before this one, the latest first."""
    own = examined.cluster.value(_DATE, form=examined.filled.form.id)
    dated = [
        (date.text, submission)
        for form, submission in examined.cluster.submissions.items()
        if (date := examined.cluster.value(_DATE, form=form)) is not None and own is not None and date.text < own.text
    ]
    return tuple(submission for _, submission in sorted(dated, key=lambda pair: pair[0], reverse=True))


def _unexplained(change: Change, found: str, filled: FilledSlot, position: Position) -> Finding:
    return Finding(
        code="C406",
        severity=Severity.CHECK,
        message=f"“{change.field}”与上一次申报的不同，“事件”里没有写明",
        path=path_of(filled),
        position=position,
        found=found,
        expected=f"“事件”里有一条“{change.event}”，并附情况说明",
        remedy="确有变更的，在“事件”里补上这一条；没有变更的，把两处写成一样。",
        clause=change.clause,
    )
