"""Each rule finds its fault, and is silent without it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.checks import examine
from generator.checks.reading import References
from generator.cluster.model import Cluster, Event, Evidence
from generator.findings import Finding, Severity
from generator.forms.resolve import resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from tests.checks.cases import CASES, KINDS, MANY, NARRATIVE, ONE, OUTPUT, ROWS, TEXT, firms
from tests.checks.mutations import MUTATIONS
from tests.samples import (
    HERE,
    cluster,
    decimal,
    firm,
    form,
    given,
    submission,
)


def codes(row: dict[str, Any] | None, data: Cluster, references: References | None = None, **more: Any) -> list[str]:
    fonts, indicators = FontLibrary.bundled(), derive(data)
    definition = form([row] if row else [], **more)
    filled = resolve(definition, data, KINDS, indicators, fonts)
    found = examine(filled, data, fonts, catalogue=KINDS, indicators=indicators, references=references)
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("code", "row", "bad", "good", "more"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)]
)
def test_a_rule_finds_its_fault_and_only_that(
    code: str, row: dict[str, Any] | None, bad: dict[str, Any], good: dict[str, Any], more: dict[str, Any]
) -> None:
    assert set(codes(row, cluster(**bad), **more)) == {code}
    assert codes(row, cluster(**good), **more) == []


def test_every_code_of_the_rules_has_a_case_or_a_mutation_of_the_example_and_a_page() -> None:
    sources = Path(__file__).parents[2] / "generator" / "checks"
    used = {code for path in sources.glob("*.py") for code in re.findall(r'"(C\d{3})"', path.read_text("utf-8"))}
    page = (Path(__file__).parents[2] / "docs" / "checks.md").read_text("utf-8")
    assert used == {case[0] for case in CASES} | {mutation.code for mutation in MUTATIONS}
    assert used == set(re.findall(r"^## (C\d{3})", page, re.MULTILINE))


EITHER = {"label": "总量", "name": "总量", "by_year": {"口径": {"产值": "产值", "营业收入": "能耗"}}}


def found(row: dict[str, Any], data: Cluster) -> list[str]:
    filled = resolve(form([row]), data, KINDS, derive(data), FontLibrary.bundled())
    return [finding.path for finding in examine(filled, data, FontLibrary.bundled())]


def test_a_declaration_that_is_missing_is_told_once_and_not_at_every_cell() -> None:
    figures = {("产值", year): given(1) for year in (2022, 2023, 2024)}
    assert found(EITHER, cluster(actuals=figures)) == ["一、情况 › 总量 › 2022年"]
    declared = submission(values={"口径": given("产值")})
    assert found(EITHER, cluster(actuals=figures, submissions=declared)) == []
    assert len(found(EITHER, cluster(submissions=declared))) == 3


def test_what_the_loader_refused_is_not_told_again_as_empty() -> None:
    row = {"label": "产值", "by_year": "产值"}
    refused = frozenset({("产值", 2023)})
    assert found(row, cluster(refused=refused)) == ["一、情况 › 产值 › 2022年", "一、情况 › 产值 › 2024年"]
    assert found(TEXT, cluster(refused=frozenset({("名称", None)}))) == []
    assert found(EITHER, cluster(refused=frozenset({("口径", None)}))) == []


def test_findings_come_in_the_order_of_the_form() -> None:
    rows = [{"label": "甲", "value": "甲"}, ONE, {"label": "乙", "value": "乙"}]
    fonts = FontLibrary.bundled()
    data = cluster(facts={})
    filled = resolve(form(rows), data, KINDS, derive(data), fonts)
    assert [finding.code for finding in examine(filled, data, fonts)] == ["C101", "C102", "C101"]


def test_rows_of_several_boxes_without_a_tick_are_a_question_not_an_obstacle() -> None:
    fonts = FontLibrary.bundled()
    data = cluster(facts={})
    filled = resolve(form([MANY]), data, KINDS, derive(data), fonts)
    assert [finding.severity for finding in examine(filled, data, fonts)] == [Severity.CHECK]


def test_a_text_that_stands_twice_is_told_once_where_a_font_lacks_its_character() -> None:
    rows = [{"label": "名称", "value": "名称"}, {"label": "又名", "value": "又名"}]
    data = cluster(values={"名称": given("甲\U0002b740"), "又名": given("乙\U0002b740")})
    filled = resolve(form(rows), data, KINDS, derive(data), FontLibrary.bundled())
    assert [finding.code for finding in examine(filled, data, FontLibrary.bundled())] == ["C601"]


def test_what_papers_beside_the_form_can_not_print_is_told_once_for_each_item_event_and_register() -> None:
    rare = "\U0002b740"
    data = cluster(
        values={"名称": given("甲")},
        registers={"企业": (firm("甲"), firm(f"乙{rare}"), firm(f"丙{rare}"))},
        evidence=(Evidence(f"{rare}协议", (), ("协议.pdf",), HERE), Evidence("照片", (), (f"{rare}.jpg",), HERE)),
        events=(Event("安全事故", "2023", HERE, statement=f"{rare}厂"),),
    )
    filled = resolve(form([TEXT]), data, KINDS, derive(data), FontLibrary.bundled())
    told = [each for each in examine(filled, data, FontLibrary.bundled()) if each.code == "C602"]
    assert [each.path for each in told] == [
        f"佐证材料 › {rare}协议",
        "佐证材料 › 照片",
        "事件 › 安全事故",
        "企业 › 名称",
    ]
    assert told[-1].found == f"“{rare}”（U+2B740），共 2 处"


def test_what_does_not_fit_is_shown_as_far_as_it_is_short() -> None:
    long = cluster(values={"名称": given("国" * 200)})
    (finding,) = _of(TEXT, long)
    assert finding.found == "200字"
    (finding,) = _of({"label": "产值", "by_year": "产值"}, cluster(actuals=_huge(22)))
    assert finding.found == "9" * 22


def _huge(digits: int) -> dict[tuple[str, int], Any]:
    return {("产值", year): decimal("9" * (digits if year == 2022 else 1)) for year in (2022, 2023, 2024)}


def _of(row: dict[str, Any], data: Cluster) -> tuple[Finding, ...]:
    filled = resolve(form([row]), data, KINDS, derive(data), FontLibrary.bundled())
    return examine(filled, data, FontLibrary.bundled())


def test_a_doubtful_number_of_an_enterprise_stands_at_its_cell_and_is_told_once() -> None:
    wrong = firms(
        产值2022=("900", "20000000", "800"), 营业收入2022=("800", "1900", "700"),
        产值=("950", "21000000", "810"), 营业收入=("810", "1950", "710"),
    )  # fmt: skip
    data = cluster(values={"名称": given("甲")}, registers=wrong)
    filled = resolve(form([TEXT]), data, KINDS, derive(data), FontLibrary.bundled())
    (finding,) = (each for each in examine(filled, data, FontLibrary.bundled(), references=ROWS) if each.code == "C722")
    assert finding.path == "企业 › 乙 › 产值2022"
    assert finding.found == "乙：产值2022 20000000，营业收入2022 1900"


def test_a_doubtful_number_is_told_where_the_form_adds_it_up() -> None:
    wrong = firms(产值=("950", "21000000", "810"), 营业收入=("810", "1950", "710"))
    rows = [TEXT, OUTPUT, NARRATIVE]
    data, fonts = cluster(registers=wrong), FontLibrary.bundled()
    filled = resolve(form(rows), data, KINDS, derive(data), fonts)
    found = examine(filled, data, fonts, catalogue=KINDS, indicators=derive(data), references=ROWS)
    assert [each.code for each in found if each.path != "一、情况 › 产值 › 2022年"] == ["C101", "C101", "C722", "C101"]
