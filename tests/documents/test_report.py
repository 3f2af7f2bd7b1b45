"""The self-check report as a value: what is told of which place, in which order, and what it comes to."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.checks import examine_in_place
from generator.checks.reading import References
from generator.checks.rule import Examined
from generator.checks.standard_definition import Standard
from generator.cluster.catalogue import read_catalogue
from generator.cluster.model import Cluster
from generator.documents.report import Report, Verdict, compose_report
from generator.documents.report_tree import report_as_tree
from generator.documents.report_words import ReportWords, read_report_words
from generator.findings import Finding, Position, Severity
from generator.forms.grammar import checked
from generator.forms.library import Library
from generator.forms.resolve import resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.points import by_part, years_together
from tests.samples import cluster, decimal, firm, form, given

LIBRARY = Library.standard()
CATALOGUE = read_catalogue(LIBRARY.field_folders())
WORDS = read_report_words(LIBRARY)
FONTS = FontLibrary.bundled()
FORM = form(
    [
        {"label": "年度", "years": "data"},
        {"label": "集群总产值（亿元）", "by_year": "集群总产值"},
        {"label": "企业数量", "by_year": "企业数量"},
        {"label": "年均增速（%）", "value": "集群产值年均增速", "capacity": 12},
    ]
)
OUTPUT = {("集群总产值", year): decimal(value) for year, value in ((2022, "40"), (2023, "50"), (2024, "62.5"))}
STANDARD = {
    "id": "小",
    "title": "小标准",
    "demand": "须满足",
    "criteria": [
        {
            "id": "产值",
            "aspect": "一",
            "clause": "近三年产值均在50亿元以上",
            "measures": [{"field": "集群总产值", "years": "each", "wording": "以上", "value": 50, "unit": "亿元"}],
        }
    ],
}


def finding(code: str = "C101", severity: Severity = Severity.MUST, **more: Any) -> Finding:
    return Finding(code, severity, "空缺", **more)


def examined(data: Cluster) -> Examined:
    indicators = derive(data)
    filled = resolve(FORM, data, CATALOGUE, indicators, FONTS)
    return Examined(filled, data, FONTS, CATALOGUE, indicators, References(checked(Standard, STANDARD)))


def reported(data: Cluster, *findings: Finding, words: ReportWords = WORDS, **more: Any) -> Report:
    return compose_report("示例", FORM, findings, words, examined(data), **more)


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), Verdict.READY),
        ((finding(severity=Severity.NOTE),), Verdict.READY),
        ((finding(severity=Severity.CHECK),), Verdict.LOOK),
        ((finding(severity=Severity.CHECK), finding()), Verdict.BLOCKED),
        ((finding(waived="已说明"),), Verdict.READY),
    ],
)
def test_the_verdict_is_that_of_the_heaviest_finding_not_waived(
    findings: tuple[Finding, ...], verdict: Verdict
) -> None:
    assert reported(cluster(actuals=OUTPUT), *findings).verdict is verdict


def test_a_cluster_that_cannot_be_read_has_findings_and_nothing_else() -> None:
    report = compose_report("", FORM, (finding("Y101", position=Position("cluster.yaml", 3)),), WORDS)
    assert report.verdict is Verdict.UNREADABLE
    assert [placed.part for placed in report.findings] == ["cluster.yaml"]
    assert (report.results, report.trends, report.derived) == ((), (), ())


def test_findings_stand_in_the_order_of_the_form_whoever_found_them() -> None:
    """Reading found the second row wrong, a rule the first: the report tells them as they stand on paper."""
    read = finding("Y302", path="实绩 › 企业数量 › 2023年")
    lost = finding("Y007", path="佐证材料 › 协议")
    whole = examined(cluster(actuals={("集群总产值", 2022): decimal("40")}))
    located = tuple(entry for entry in examine_in_place(whole) if entry[1].code == "C101")
    findings = (read, lost, *(found for _, found in located))
    report = compose_report("示例", FORM, findings, WORDS, whole, located)
    told = [(placed.finding.code, placed.row, placed.year) for placed in report.findings]
    assert told[:4] == [
        ("Y007", "协议", ""),
        ("C101", "集群总产值（亿元）", "2023年"),
        ("C101", "集群总产值（亿元）", "2024年"),
        ("C101", "企业数量", "2022年"),
    ]
    assert told.index(("Y302", "企业数量", "2023年")) > told.index(("C101", "集群总产值（亿元）", "2024年"))
    assert report.findings[-1].part == "一、情况"


def test_a_figure_that_the_form_does_not_print_is_told_in_the_part_that_needs_it() -> None:
    whole = examined(cluster(actuals=OUTPUT))
    key = next(filled.slot.key for filled in whole.filled.slots if filled.slot.source == "集群产值年均增速")
    found = finding("C716", path="中小企业产值 › 2022年")
    (placed,) = compose_report("示例", FORM, (found,), WORDS, whole, ((key, found),)).findings
    assert (placed.part, placed.row, placed.year) == ("一、情况", "中小企业产值", "2022年")


def test_what_later_stages_found_comes_last() -> None:
    whole = examined(cluster(actuals=OUTPUT))
    key = whole.filled.slots[0].slot.key
    ruled, late = finding(path="一、情况 › 集群总产值（亿元） › 2022年"), finding("T101", path="模板")
    report = compose_report("示例", FORM, (ruled, late), WORDS, whole, ((key, ruled),))
    assert [placed.finding.code for placed in report.findings] == ["C101", "T101"]


def test_a_finding_knows_the_page_of_its_place_where_the_form_is_laid_out() -> None:
    whole = examined(cluster(actuals=OUTPUT))
    key = next(filled.slot.key for filled in whole.filled.slots if filled.slot.source == "企业数量")
    found = finding(path="一、情况 › 企业数量 › 2022年")
    for pages, page in (({key: 4}, 4), ({}, None)):
        (placed,) = compose_report("示例", FORM, (found,), WORDS, whole, ((key, found),), pages).findings
        assert placed.page == page


def test_years_of_one_row_that_lack_the_same_are_told_at_once_and_others_are_not() -> None:
    lacking = [
        finding(path=f"一、情况 › 产值 › {year}年", remedy=f"请填写“产值 › {year}年”", position=Position("a.yaml", 9))
        for year in (2022, 2023, 2024)
    ]
    wrong = finding("C701", path="一、情况 › 产值 › 2023年", found="41")
    other = finding(path="一、情况 › 户数 › 2023年", remedy="请填写“户数 › 2023年”")
    (part,) = by_part(reported(cluster(actuals=OUTPUT), *lacking, wrong, other).findings)
    told = [(point.row, point.years, point.finding.remedy) for point in part.points]
    assert told == [
        ("产值", ("2022年", "2023年", "2024年"), "请填写“产值 › 2022年、2023年、2024年”"),
        ("产值", ("2023年",), ""),
        ("户数", ("2023年",), "请填写“户数 › 2023年”"),
    ]
    assert part.points[0].positions == (Position("a.yaml", 9),)


def test_places_are_listed_with_their_years_together_and_none_is_lost() -> None:
    assert years_together(["一 › 产值 › 2023年", "一 › 名称", "一 › 产值 › 2024年", "2024年", "一 › 名称"]) == (
        "一 › 产值 › 2023年、2024年",
        "一 › 名称",
        "2024年",
    )


def test_no_finding_is_lost_by_telling_them_by_part() -> None:
    findings = [finding(f"C{number}", path=f"{number % 3}、部分 › 栏目{number % 7}") for number in range(300)]
    report = reported(cluster(actuals=OUTPUT), *findings)
    told = [point.finding.code for part in by_part(report.findings) for point in part.points]
    assert sorted(told) == sorted(found.code for found in findings)
    assert len(by_part(report.findings)) == 3


def test_derived_figures_come_with_formula_numbers_and_what_was_written_by_hand() -> None:
    data = cluster(actuals=OUTPUT | {("集群产值年均增速", 2024): decimal("26")})
    (figure,) = (figure for figure in reported(data).derived if figure.name == "集群产值年均增速")
    assert (figure.printed, figure.given, figure.differs, figure.difference) == ("25.00", "26", True, Decimal(1))
    assert "62.5" in figure.derived.numbers and "集群总产值" in figure.derived.formula
    right = cluster(actuals=OUTPUT | {("集群产值年均增速", 2024): decimal("25.00")})
    assert not any(figure.differs for figure in reported(right).derived)


def test_a_register_differs_from_the_hand_only_beyond_the_decimals_written() -> None:
    registers = {"企业": (firm("甲", 产值={2024: "404999"}),)}
    for written, differs in (("40.4", True), ("40.5", False), ("40", False), ("无", True)):
        data = cluster(actuals={("集群总产值", 2024): given(written) if written == "无" else decimal(written)})
        data = cluster(actuals=data.actuals, registers=registers)
        (figure,) = (figure for figure in reported(data).derived if figure.name == "集群总产值")
        assert figure.differs is differs, written


def test_trends_are_of_figures_that_the_form_asks_for_with_two_years_at_least() -> None:
    report = reported(cluster(actuals=OUTPUT | {("出口贸易额", 2023): given(5), ("企业数量", 2024): given(3)}))
    (trend,) = report.trends
    assert (trend.title, trend.unit, trend.years) == ("集群总产值", "亿元", (2022, 2023, 2024))
    assert [str(value) for value in trend.values] == ["40", "50", "62.5"]


def test_a_trend_shows_the_line_that_the_standard_draws_for_it() -> None:
    report = reported(cluster(actuals=OUTPUT))
    assert [trend.line for trend in report.trends] == [50]
    (result,) = report.results
    assert (result.value, result.margin, result.met) == (Decimal(40), Decimal(-10), False)


KEYS = {
    "report", "cluster", "form", "verdict", "counts", "findings", "standard", "criteria", "trends", "derived",
}  # fmt: skip


def test_the_tree_for_programs_has_the_same_keys_for_every_cluster() -> None:
    full = report_as_tree(
        reported(cluster(actuals=OUTPUT), finding(path="一、情况 › 产值 › 2022年"), finding(waived="是"))
    )
    bare = report_as_tree(compose_report("", FORM, (), WORDS))
    assert full.keys() == bare.keys() == KEYS
    assert full["counts"] == {"must": 1, "check": 0, "note": 0, "waived": 1}
    assert (full["verdict"], bare["verdict"]) == ("blocked", "unreadable")


def test_the_tree_tells_figures_as_exactly_as_they_are_known() -> None:
    tree: Any = report_as_tree(reported(cluster(actuals=OUTPUT)))
    (criterion,) = tree["criteria"]
    assert (criterion["line"], criterion["value"], criterion["margin"], criterion["met"]) == ("50", "40", "-10", False)
    assert [reading["value"] for reading in criterion["readings"]] == ["40", "50", "62.5"]
    assert tree["trends"][0]["values"] == {"2022": "40", "2023": "50", "2024": "62.5"}


def test_the_page_about_the_report_names_every_key_of_the_tree() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "self-check.md").read_text("utf-8")
    tree: Any = report_as_tree(reported(cluster(actuals=OUTPUT), finding()))
    named = {*re.findall(r"`(\w+)`", page)}
    own = {"part", "row", "year", "page"}
    for keys in (tree.keys(), tree["criteria"][0].keys(), tree["trends"][0].keys(), tree["derived"][0].keys(), own):
        assert set(keys) <= named, set(keys) - named


def test_every_figure_that_may_be_drawn_is_in_the_catalogue() -> None:
    for chart in WORDS.trends:
        names = [chart.field] if isinstance(chart.field, str) else [chart.field.field, *chart.field.sources.values()]
        assert set(names) <= set(CATALOGUE.fields), names


def test_a_finding_of_no_place_is_put_into_no_row_of_the_form() -> None:
    (placed,) = reported(cluster(actuals=OUTPUT), finding("M401", Severity.NOTE)).findings
    assert (placed.part, placed.row, placed.page) == (WORDS.whole, "", None)
