"""Standards: what each wording means on the line, and that the package's standards are the official texts."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.checks.reading import References, read_references
from generator.checks.rule import Examined
from generator.checks.standard_definition import Standard
from generator.checks.standards import StandardResult, judge
from generator.cluster.catalogue import read_catalogue
from generator.cluster.model import Cluster
from generator.errors import DefinitionError
from generator.forms.grammar import checked
from generator.forms.library import Library
from generator.forms.model_files import read_model
from generator.forms.resolve import resolve
from generator.frozen import replace
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder
from tests.samples import cluster, decimal, entries, facts, form, given

CATALOGUE = read_catalogue(Library.standard().field_folders())
STANDARDS = sorted((templates_folder() / "standards").glob("*.yaml"))


def judged(data: Cluster, **criterion: Any) -> StandardResult:
    standard = {
        "id": "小",
        "title": "小",
        "demand": "须",
        "criteria": [{"id": "一", "aspect": "一", "clause": "一", **criterion}],
    }
    filled = resolve(form([]), data, CATALOGUE, derive(data), FontLibrary.bundled())
    references = References(checked(Standard, standard))
    (result,) = judge(Examined(filled, data, FontLibrary.bundled(), CATALOGUE, derive(data), references))
    return result


def output(*values: str, first: int = 2022) -> Cluster:
    return cluster(actuals={("集群总产值", first + n): decimal(value) for n, value in enumerate(values)})


def measure(**more: Any) -> dict[str, Any]:
    return {"measures": [{"field": "集群总产值", "value": 40, **more}]}


@pytest.mark.parametrize(
    ("wording", "below", "on", "above"),
    [
        ("以上", False, True, True),
        ("不低于", False, True, True),
        ("不少于", False, True, True),
        ("高于", False, False, True),
        ("不超过", True, True, False),
    ],
)
def test_each_wording_has_its_own_idea_of_the_line(wording: str, below: bool, on: bool, above: bool) -> None:
    met = [judged(output(value, first=2024), **measure(wording=wording)).met for value in ("39.99", "40", "40.01")]
    assert met == [below, on, above]


def test_the_margin_is_how_far_the_value_is_on_the_good_side() -> None:
    assert judged(output("39", first=2024), **measure(wording="以上")).margin == -1
    assert judged(output("39", first=2024), **measure(wording="不超过")).margin == 1


def test_a_line_that_another_text_words_otherwise_is_a_boundary_only_on_the_line() -> None:
    elsewhere = [{"text": "脚注", "wording": "高于"}]
    found = [
        judged(output(value, first=2024), **measure(wording="以上"), elsewhere=elsewhere) for value in ("40", "40.01")
    ]
    assert [result.boundary for result in found] == [True, False]


def test_a_value_that_only_rounding_lifts_onto_the_line_is_a_boundary() -> None:
    result = judged(output("39.999", first=2024), **measure(wording="以上"))
    assert (result.met, result.boundary) == (False, True)


@pytest.mark.parametrize(("value", "met"), [("39.996", False), ("40.004", True)])
def test_a_value_that_is_on_the_line_on_paper_is_a_boundary_where_texts_differ(value: str, met: bool) -> None:
    elsewhere = [{"text": "备注", "wording": "不低于"}]
    result = judged(output(value, first=2024), **measure(wording="高于"), elsewhere=elsewhere)
    assert (result.met, result.boundary) == (met, True)


def test_of_several_years_the_worst_decides_and_a_missing_one_only_hides_success() -> None:
    each = measure(wording="以上", years="each")
    assert judged(output("50", "39", "60"), **each).value == 39
    assert judged(output("50", "60"), **each).met is None
    assert judged(output("50", "39"), **each).met is False


@pytest.mark.parametrize(
    ("values", "met"), [(("50", "45", "40"), True), (("50", "45", "45"), False), (("50", "40"), None), ((), None)]
)
def test_what_has_to_fall_falls_every_year(values: tuple[str, ...], met: bool | None) -> None:
    result = judged(output(*values), **measure(wording="持续下降", years="each"))
    assert result.met is met


def test_one_of_several_alternatives_is_enough() -> None:
    ways = [
        {"sum": ["小巨人企业数量", "国家级单项冠军企业数量"], "wording": "不少于", "value": 1},
        {"sum": ["专精特新中小企业数量", "高新技术企业数量"], "overlapping": True, "wording": "不少于", "value": 10},
    ]
    figures: dict[str, str | int] = {
        "小巨人企业数量": 0,
        "国家级单项冠军企业数量": "无",
        "专精特新中小企业数量": 6,
        "高新技术企业数量": 4,
    }
    data = {(name, 2024): given(value) for name, value in figures.items()}
    by_sum = judged(cluster(actuals=data), measures=ways)
    assert (by_sum.met, by_sum.boundary, by_sum.value) == (True, True, Decimal(10))
    by_one = judged(cluster(actuals=data | {("小巨人企业数量", 2024): given(1)}), measures=ways)
    assert (by_one.met, by_one.boundary) == (True, False)


def test_registers_and_facts_are_judged_too() -> None:
    data = cluster(registers={"创新平台": entries({"名称": "甲"}, {"名称": "乙"})}, facts=facts("建立产供销协同机制"))
    assert judged(data, measures=[{"count": "创新平台", "wording": "以上", "value": 2}]).met
    assert judged(data, holds="建立产供销协同机制").met
    assert judged(cluster(), holds="建立产供销协同机制").met is None


def test_a_text_that_says_above_where_the_form_asks_for_reached_is_a_boundary() -> None:
    data = cluster(values={"能效水平": given("等于")})
    above = {"field": "能效水平", "is": ["高于"]}
    assert judged(data, holds=above, at_line={"field": "能效水平", "is": ["等于"]}).boundary


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("standard", "official"), [("national-2022", "standard-2022"), ("shanghai-2024", "shanghai-2024-notice")]
)
def test_every_clause_stands_in_the_official_text(standard: str, official: str) -> None:
    page = plain((Path(__file__).parents[1] / "fixtures" / "official" / f"{official}.txt").read_text("utf-8"))
    definition = read_model(templates_folder() / "standards" / f"{standard}.yaml", Standard)
    for criterion in definition.criteria:
        assert plain(criterion.clause) in page
        assert criterion.aspect == "总则" or plain(criterion.aspect) in page
        for one in criterion.measures:
            assert one.wording.value == "持续下降" or str(one.value) in criterion.clause or one.value == Decimal(1)


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def test_a_standard_speaks_of_known_fields_only(path: Path) -> None:
    for criterion in read_model(path, Standard).criteria:
        for one in criterion.measures:
            names = (one.field,) if isinstance(one.field, str) else tuple(one.field.sources.values())
            assert {*filter(None, names), *one.sum} <= CATALOGUE.fields.keys()
            assert not one.count or one.count in CATALOGUE.registers


@pytest.mark.parametrize("identifier", Library.standard().ids())
def test_every_form_names_a_standard_that_is_there(identifier: str) -> None:
    library = Library.standard()
    assert read_references(library, library.form(identifier)).standard is not None


def test_a_standard_that_is_nowhere_or_wrong_is_told_in_words(tmp_path: Path) -> None:
    library = Library.standard()
    with pytest.raises(DefinitionError, match="national-1999"):
        read_references(library, replace(library.form("national-2025"), standard="national-1999"))
    (tmp_path / "bad.yaml").write_text(
        "id: 小\ntitle: 小\ndemand: 须\ncriteria: [{id: 一, aspect: 一, clause: 一}]\n", "utf-8"
    )
    with pytest.raises(DefinitionError, match="measures 和 holds"):
        read_model(tmp_path / "bad.yaml", Standard)
