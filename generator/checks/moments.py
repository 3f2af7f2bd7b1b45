"""Moments: what happened, or is said to have happened, after the time that the form speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Examined, Located
from generator.cluster.catalogue import ACTUALS, REGISTERS, Kind, RegisterKind
from generator.cluster.columns import Columns
from generator.cluster.enterprises import GREW, LEFT
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.conditions import grave_later, leaves
from generator.forms.definition import EventHappened

_DATE, _OBTAINED = "申报时间", "取得时间"
_LISTED = 3


def events_after_the_years(examined: Examined) -> Iterator[Located]:
    """C109: an event that a row of boxes asks for happened after the form's years, before it is handed in: it is not counted."""
    form, cluster = examined.filled.form, examined.cluster
    given = cluster.value(_DATE, form=form.id)
    if given is None:
        return
    told: set[int] = set()
    for filled in examined.filled.slots:
        asked = (
            [leaf for leaf in leaves(filled.slot.box.when) if isinstance(leaf, EventHappened)]
            if filled.slot.box
            else []
        )
        for leaf in asked:
            for event in grave_later(cluster.events or (), leaf, form):
                if event.date > given.text or id(event) in told:
                    continue
                told.add(id(event))
                yield (
                    filled.slot.key,
                    _uncounted(examined, filled.slot.path[:-1], f"{event.date} {event.kind}", event.position),
                )


def _uncounted(examined: Examined, path: tuple[str, ...], found: str, position: Position) -> Finding:
    base = examined.filled.form.years.base
    return Finding(
        code="C109",
        severity=Severity.CHECK,
        message=f"事件发生在{base}年以后、申报以前，这一栏没有计入",
        path=PATH_MARK.join(path),
        position=position,
        found=found,
        expected=f"这一栏填到{base}年底",
        remedy="请向受理部门问明“近三年”算到哪一天；要求算到申报时的，另附情况说明。",
        clause=f"填报说明6：未注明填报年度的，请填写截止到{base}年底的数据。",
    )


def moments_to_come(examined: Examined) -> Iterator[Located]:
    """C110: something is said to have happened after the latest submission: probably a slip in the year."""
    cluster = examined.cluster
    dates = [given.text for form in cluster.submissions if (given := cluster.value(_DATE, form=form)) is not None]
    if not dates:
        return
    latest = max(dates)
    for name, entries in cluster.registers.items():
        register = examined.catalogue.registers.get(name)
        if register is None:
            continue
        columns = Columns(entries)
        for column in _told_of(register):
            texts = columns.texts(column)
            if max(texts, default="") <= latest:
                continue
            late = [at for at, text in enumerate(texts) if text[:1].isdecimal() and text > latest]
            if late:
                entry = entries[late[0]]
                position = entry.columns[column].position
                said = [f"{entries[at].text(register.columns[0].name)}：{texts[at]}" for at in late]
                yield "", _to_come((REGISTERS, register.sheet, column), said, latest, position)
    for (field, year), given in cluster.actuals.items():
        if str(year) > latest[:4]:
            yield "", _to_come((ACTUALS, field, f"{year}年"), [given.text], latest, given.position)


def _told_of(register: RegisterKind) -> tuple[str, ...]:
    """The columns of `register` that tell of what has happened."""
    years = [column.name for column in register.columns if column.kind is Kind.YEAR and column.name not in {LEFT, GREW}]
    return tuple(years + [column.name for column in register.columns if column.name == _OBTAINED])


def _to_come(path: tuple[str, ...], found: list[str], latest: str, position: Position) -> Finding:
    rest = f"等{len(found)}处" if len(found) > _LISTED else ""
    return Finding(
        code="C110",
        severity=Severity.CHECK,
        message="时间在各次申报以后，多半写错了年份",
        path=PATH_MARK.join(path),
        position=position,
        found="、".join(found[:_LISTED]) + rest,
        expected=f"不晚于申报时间{latest}",
        remedy="请核对年份。",
    )
