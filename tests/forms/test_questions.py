from __future__ import annotations

from pathlib import Path

import pytest

from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import FILE_NAME, load_cluster
from generator.cluster.scaffold import Entry, Heading, OtherEntry, ProseEntry, ScaffoldEntry
from generator.forms.arrange import arrange
from generator.forms.asking import names_asked
from generator.forms.library import Library
from generator.forms.questions import new_cluster, questions

LIBRARY = Library.standard()
CATALOGUE = read_catalogue(LIBRARY.field_folders())


def asked(form: str) -> tuple[Entry, ...]:
    return questions(LIBRARY.form(form), CATALOGUE)


def entry(form: str, name: str) -> ScaffoldEntry:
    return next(one for one in asked(form) if isinstance(one, ScaffoldEntry) and one.name == name)


@pytest.mark.parametrize("form", LIBRARY.ids())
def test_everything_that_a_form_asks_for_is_a_question(form: str) -> None:
    names = {one.name for one in asked(form) if isinstance(one, ScaffoldEntry)}
    headings = [one.heading for one in asked(form) if isinstance(one, ProseEntry)]
    slots = list(arrange(LIBRARY.form(form)).slots())
    assert {name for slot in slots for name in names_asked(slot)} <= names
    assert headings == [slot.source for slot in slots if slot.kind.value == "prose"]
    assert len([one for one in asked(form) if isinstance(one, OtherEntry)]) == sum(
        slot.kind.value == "other" for slot in slots
    )


@pytest.mark.parametrize("form", LIBRARY.ids())
def test_questions_come_part_by_part_in_the_order_of_the_form(form: str) -> None:
    titles = [one.title for one in asked(form) if isinstance(one, Heading)]
    assert len(titles) == len(set(titles))
    printed = ["封面", *(part.title for part in LIBRARY.form(form).parts)]
    assert titles == [title for title in printed if title in titles]


def test_what_growth_is_derived_from_is_asked_for_one_year_before_the_first() -> None:
    assert entry("national-2025", "主导产业产值").years == (2021, 2022, 2023, 2024)
    assert entry("national-2025", "集群总产值").years == (2022, 2023, 2024)


def test_what_a_share_is_derived_from_is_asked_for_before_it() -> None:
    names = [one.name for one in asked("national-2025") if isinstance(one, ScaffoldEntry)]
    assert names.index("县域工业总产值") < names.index("产值占县域工业总产值比例")


def test_the_formulas_that_a_form_owes_are_asked_for_with_an_example() -> None:
    names = [one.name for one in asked("national-2025") if isinstance(one, ScaffoldEntry)]
    assert names.index("单位产值能耗") < names.index("能耗计算公式")
    assert entry("shanghai-2024", "二氧化碳排放计算公式").note.startswith("如 单位产值二氧化碳排放量＝")


def test_a_field_behind_boxes_is_labelled_with_their_row() -> None:
    assert entry("national-2025", "产业类型").label == "主导产业所属产业类型"
    assert entry("national-2025", "开展清洁生产评价").label == "开展了清洁生产评价等工作"


@pytest.mark.parametrize("form", LIBRARY.ids())
def test_a_new_cluster_loads_without_a_finding(form: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(new_cluster(LIBRARY.form(form), CATALOGUE), encoding="utf-8")
    cluster, findings = load_cluster(tmp_path, CATALOGUE, forms=LIBRARY.ids())
    assert cluster is not None
    assert findings == ()
