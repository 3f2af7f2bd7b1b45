from __future__ import annotations

from functools import cache

import pytest

from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.errors import UsageError
from generator.forms.arrange import arrange
from generator.forms.asking import inputs, names_asked
from generator.forms.definition import Form
from generator.forms.explaining import Explanation, explain
from generator.forms.library import Library
from generator.indicators import FORMULAS


@cache
def catalogue() -> Catalogue:
    return read_catalogue(Library.standard().field_folders())


@cache
def forms() -> tuple[Form, ...]:
    library = Library.standard()
    return tuple(library.form(name) for name in library.ids())


def one(word: str) -> Explanation:
    (explanation,) = explain(word, catalogue(), forms())
    return explanation


def test_a_field_is_explained_by_place_unit_and_use() -> None:
    explanation = one("集群总产值")
    assert explanation.unit == "亿元"
    assert explanation.key == ("实绩", "集群总产值", "（年份）")
    assert "中小企业产值占比" in explanation.used
    place = next(place for place in explanation.places if place.form == "national-2025")
    assert place.path == ("二、主导产业情况", "集群总产值（亿元）")
    assert place.years == (2022, 2023, 2024)


def test_a_derived_field_is_explained_with_formula_and_clause() -> None:
    explanation = one("主导产业产值年均增速")
    assert "首年主导产业产值" in explanation.formula
    assert "几何平均" in explanation.clause


def test_a_label_as_printed_finds_the_field_behind_it() -> None:
    assert one("集群占地面积").name == one("集群占地面积（平方公里）").name == "占地面积"


@pytest.mark.parametrize(
    ("word", "sort"), [("安全事故", "事件"), ("创新平台", "名录"), ("开展清洁生产评价", "工作"), ("省", "字段")]
)
def test_facts_registers_and_events_are_explained_too(word: str, sort: str) -> None:
    explanation = one(word)
    assert explanation.sort == sort
    assert explanation.places


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(UsageError) as caught:
        explain("集群产值", catalogue(), forms())
    assert "集群总产值" in caught.value.advice


def test_every_name_of_the_catalogue_is_explained() -> None:
    known = catalogue()
    for name in (*known.fields, *known.facts, *known.registers, *known.events):
        assert one(name).name == name


def test_every_name_that_a_form_asks_for_is_in_the_catalogue() -> None:
    known = catalogue()
    names = {*known.fields, *known.facts, *known.registers, *known.events}
    for form in forms():
        for slot in arrange(form).slots():
            asked = set(names_asked(slot)) - ({slot.tag} if "{" in slot.source else set())
            assert asked <= names, slot.key


def test_the_inputs_of_a_formula_are_those_it_looks_up() -> None:
    formulas = {formula.name: formula for formula in FORMULAS}
    assert inputs(formulas["产值占县域工业总产值比例"], 2024) == (("集群总产值", 2024), ("县域工业总产值", 2024))
    assert inputs(formulas["主导产业产值增速"], 2024) == (("主导产业产值", 2024), ("主导产业产值", 2023))
