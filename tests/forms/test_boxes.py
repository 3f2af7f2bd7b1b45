"""Which facts tick each box of each form: held on clusters that say just that, and on those that say nearly that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import pytest

from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.model import Cluster, Event
from generator.forms.conditions import holds
from generator.forms.definition import AnyRow, Box, BoxesRow, Form, GroupRow
from generator.forms.library import Library
from tests.forms.ticks import TABLES, Happened, Listed, Other, Ticks, Value, Without, Work
from tests.samples import HERE, cluster, entries, facts, given, submission

Case = tuple[Cluster, bool | None]
"""A cluster, and whether it ticks the box; None where it says nothing of it."""


@cache
def catalogue() -> Catalogue:
    return read_catalogue(Library.standard().field_folders())


@cache
def form(identifier: str) -> Form:
    return Library.standard().form(identifier)


def rows(entries_: Iterable[AnyRow]) -> Iterator[BoxesRow]:
    for row in entries_:
        if isinstance(row, GroupRow):
            yield from rows(row.rows)
        elif isinstance(row, BoxesRow):
            yield row


def boxes(identifier: str) -> dict[tuple[str, str], Box]:
    return {
        (row.name, box.text): box for part in form(identifier).parts for row in rows(part.rows) for box in row.boxes
    }


def test_every_form_of_the_package_is_in_the_table() -> None:
    assert set(TABLES) == set(Library.standard().ids())


@pytest.mark.parametrize("identifier", TABLES)
def test_the_table_tells_of_every_box_of_a_form(identifier: str) -> None:
    told = [(row, text) for row, texts in TABLES[identifier].items() for text in texts]
    assert sorted(told) == sorted(boxes(identifier))


@pytest.mark.parametrize(
    ("identifier", "row", "text"),
    [
        pytest.param(name, row, text, id=f"{name}-{row}-{text[:8]}")
        for name, table in TABLES.items()
        for row, texts in table.items()
        for text in texts
    ],
)
def test_a_box_is_ticked_by_these_facts_and_no_others(identifier: str, row: str, text: str) -> None:
    condition = boxes(identifier)[row, text].when
    assert condition is not None
    for data, expected in cases(TABLES[identifier][row][text], form(identifier)):
        assert holds(condition, data, form(identifier)) is expected


def cases(ticks: Ticks, definition: Form) -> Iterator[Case]:
    match ticks:
        case Work():
            yield from work_cases(ticks)
        case Value():
            yield from value_cases(ticks)
        case Listed():
            yield from listed_cases(ticks, definition)
        case Happened():
            yield from event_cases(ticks, definition.years.data)
        case Other():
            texts = {ticks.row: given("另有一项")}
            yield cluster(submissions=submission(definition.id, others=texts)), True
            yield cluster(submissions=submission("another", others=texts)), False
            yield cluster(submissions=submission(definition.id, others={"另一行": given("文字")})), False
        case Without():
            for data, expected in cases(ticks.other, definition):
                yield data, None if expected is None else not expected


def work_cases(ticks: Work) -> Iterator[Case]:
    named = {name for one in ticks.sets for name in one}
    assert named <= set(catalogue().facts)
    for one in ticks.sets:
        yield cluster(facts=facts(*one)), True
        for left_out in one:
            yield cluster(facts=facts(*(name for name in one if name != left_out))), False
    yield cluster(facts=facts(*(name for name in catalogue().facts if name not in named))), False
    yield cluster(), None


def value_cases(ticks: Value) -> Iterator[Case]:
    choices = catalogue().fields[ticks.field].choices
    assert set(ticks.values) <= set(choices)
    for choice in choices:
        yield cluster(values={ticks.field: given(choice)}), choice in ticks.values
    yield cluster(), None


def listed_cases(ticks: Listed, definition: Form) -> Iterator[Case]:
    base = definition.years.base
    for level in ("国家级", "省级", "其他"):
        data = entries({"名称": "某项", "级别": level, "取得时间": f"{base}-12"})
        yield cluster(registers={ticks.register: data}), level == ticks.level
    late = entries({"名称": "某项", "级别": ticks.level, "取得时间": f"{base + 1}-01"})
    yield cluster(registers={ticks.register: late}), False
    yield cluster(registers={ticks.register: ()}), False
    yield cluster(), None


def event_cases(ticks: Happened, years: Sequence[int]) -> Iterator[Case]:
    for kind in catalogue().events.values():
        for grade in kind.grades or ("",):
            counts = kind.name in ticks.kinds and grade in (ticks.kinds[kind.name] or ("",))
            for year in years:
                yield cluster(events=(Event(kind.name, f"{year}-06-01", HERE, grade),)), counts
            for year in (years[0] - 1, years[-1] + 1):
                yield cluster(events=(Event(kind.name, f"{year}-06-01", HERE, grade),)), False
    ungraded = next((kind for kind, grades in ticks.kinds.items() if grades), None)
    if ungraded is not None:
        yield cluster(events=(Event(ungraded, f"{years[-1]}-06-01", HERE),)), None
    yield cluster(events=()), False
    yield cluster(), None
