"""What ticks a box: conditions evaluated over a cluster's facts, with three answers: yes, no, and not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.cluster.model import Cluster, Entry, Event
from generator.forms.definition import (
    AllOf,
    AnyOf,
    Condition,
    EventHappened,
    FieldIs,
    Form,
    Negation,
    OtherGiven,
    RegisterHolds,
)

_SINCE = "取得时间"


def holds(condition: Condition, cluster: Cluster, form: Form) -> bool | None:
    """Return whether `condition` holds for `cluster` within the years of `form`; None where the data say nothing of it."""
    match condition:
        case str():
            return None if cluster.facts is None else condition in cluster.facts
        case AnyOf():
            return _any(holds(part, cluster, form) for part in condition.any)
        case AllOf():
            return _negated(_any(_negated(holds(part, cluster, form)) for part in condition.all))
        case Negation():
            return _negated(holds(condition.negated, cluster, form))
        case FieldIs():
            given = cluster.value(condition.field, form=form.id)
            return None if given is None else given.value in condition.values
        case EventHappened():
            if cluster.events is None:
                return None
            return _any(grave for _, grave in counted(cluster.events, condition, form))
        case RegisterHolds():
            entries = matching_entries(cluster, condition.register_name, condition.where, form)
            return None if entries is None else bool(entries)
        case OtherGiven():
            submission = cluster.submissions.get(form.id)
            return submission is not None and condition.other in submission.others


def matching_entries(cluster: Cluster, register: str, where: Mapping[str, str], form: Form) -> tuple[Entry, ...] | None:
    """Return the entries of `register` that match `where` and existed by the end of the form's base year; None: not given."""
    entries = cluster.registers.get(register)
    if entries is None:
        return None
    return tuple(
        entry
        for entry in entries
        if all(entry.text(column) == value for column, value in where.items())
        and (not entry.text(_SINCE) or int(entry.text(_SINCE)[:4]) <= form.years.base)
    )


Leaf = str | FieldIs | EventHappened | RegisterHolds | OtherGiven
"""A condition that asks one thing: of a fact (its name), a field, the events, a register or the text of 其他."""


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """Yield what `condition` asks, one thing at a time, in order."""
    match condition:
        case None:
            return
        case AnyOf():
            for part in condition.any:
                yield from leaves(part)
        case AllOf():
            for part in condition.all:
                yield from leaves(part)
        case Negation():
            yield from leaves(condition.negated)
        case _:
            yield condition


def names_in(condition: Condition | None) -> tuple[str, ...]:
    """Return the facts, fields and registers that `condition` speaks of, in order: what evidence may be owed for."""
    return tuple(name for leaf in leaves(condition) for name in _names(leaf))


def _names(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case str():
            return (leaf,)
        case FieldIs():
            return (leaf.field,)
        case EventHappened():
            return leaf.event
        case RegisterHolds():
            return (leaf.register_name,)
        case OtherGiven():
            return (leaf.other,)


def counted(events: Iterable[Event], asked: EventHappened, form: Form) -> Iterator[tuple[Event, bool | None]]:
    """Yield the events of the kinds `asked` within the years of `form`, and whether each is grave enough; None: not known."""
    for event in events:
        if event.kind in asked.event and event.year in form.years.data:
            yield event, _counts(event, asked)


def grave_later(events: Iterable[Event], asked: EventHappened, form: Form) -> Iterator[Event]:
    """Yield the events of the kinds `asked` after the years of `form`, all but those that are known not to be grave enough."""
    for event in events:
        if event.kind in asked.event and event.year > max(form.years.data) and _counts(event, asked) is not False:
            yield event


def _counts(event: Event, condition: EventHappened) -> bool | None:
    """Whether an event of a kind asked for is grave enough; not known while its grade is not given."""
    if not condition.grade:
        return True
    return event.grade in condition.grade if event.grade else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    if True in known:
        return True
    return None if None in known else False


def _negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
