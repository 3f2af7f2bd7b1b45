"""Where a finding stands and what it says is there: the line to be mended, in the words of what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.findings import Finding
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from generator.self_check import self_check

ACCIDENT = "事件: [{类别: 安全事故, 日期: 2023-05, 等级: 较大, 情况说明: 已经整改}]"


def found(file: Path, text: str, old: str, new: str, form: str = "national-2025") -> list[Finding]:
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return list(prepare(file, form, Library.standard(), FontLibrary.bundled()).findings)


@pytest.mark.parametrize(
    ("old", "new", "form", "said"),
    [
        ("占地面积: 12.60", "占地面积: 126", "national-2025", "占地面积126平方公里；差26平方公里"),
        ("能效水平: 不适用 ", "能效水平: 低于 ", "national-2025", "“能效水平”是“低于”"),
        ("水效水平: 不适用 ", "水效水平: 等于 ", "shanghai-2024", "“水效水平”是“等于”"),
        ("事件: []", ACCIDENT, "national-2025", "有2023-05 较大安全事故"),
    ],
)
def test_a_standard_that_is_not_met_names_what_was_written_and_its_line(
    file: Path, text: str, old: str, new: str, form: str, said: str
) -> None:
    (unmet,) = (finding for finding in found(file, text, old, new, form) if finding.code == "C801")
    line = text.partition(old)[0].count("\n") + 1
    assert (unmet.found, unmet.position and unmet.position.line) == (said, line)


def test_a_standard_of_facts_names_the_fact_that_is_not_written(file: Path, text: str) -> None:
    findings = found(file, text, "  - 建立产供销协同机制\n", "")
    assert [finding.found for finding in findings if finding.code == "C801"] == ["“工作”里没有“建立产供销协同机制”"]


def test_a_figure_without_years_is_not_said_to_be_of_a_year(file: Path, text: str) -> None:
    findings = found(file, text, "占地面积: 12.60", "占地面积: 13.60")
    assert [finding.expected for finding in findings if finding.code == "C911"] == ["占地面积13.60平方公里"]


def test_a_tick_without_evidence_stands_where_the_fact_is_written(file: Path, text: str) -> None:
    (owed,) = found(file, text, "  - 与链主企业合作\n", "  - 与链主企业合作\n  - 集中采销\n")
    line = text.partition("  - 与链主企业合作\n")[0].count("\n") + 2
    assert (owed.code, owed.position and owed.position.line) == ("C401", line)


def test_the_report_places_what_reading_refused_at_its_row_of_the_form(file: Path, text: str) -> None:
    for old, new in (
        ("产业类型: 第二产业", "产业类型: 二产"),
        ("    申报时间: 2025-05-20\n", ""),
        ("事件: []", "事件: 没有"),
    ):
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    library = Library.standard()
    report = self_check(prepare(file, "national-2025", library, FontLibrary.bundled()), library)
    placed = [(each.finding.code, each.part) for each in report.findings if each.finding.blocks]
    assert placed == [("C101", "封面"), ("Y307", "一、基本情况"), ("Y203", "一、基本情况")]


@pytest.mark.parametrize(
    ("level", "code", "remedy"),
    [("区级", "", ""), ("市级", "Y307", "其他城市的市级写“其他”"), ("无", "Y204", "可写：国家级")],
)
def test_levels_are_understood_as_offices_write_them(file: Path, text: str, level: str, code: str, remedy: str) -> None:
    findings = found(file, text, "级别: 其他, 取得时间: 2024-05}", f"级别: {level}, 取得时间: 2024-05}}")
    assert [finding.code for finding in findings] == ([code] if code else [])
    assert not code or remedy in findings[0].remedy


@pytest.mark.parametrize(("factor", "code"), [(100, "C718"), (10_000, "C715")])
def test_a_leap_names_the_enterprise_that_makes_it_and_its_cell(factor: int, code: str, tmp_path: Path) -> None:
    yaml = "地区: {省: 上海市, 县: 示例区}\n产业: 智能传感器\n"
    head = "名称,是否中小企业,是否主导产业相关,产值2022,产值2023,产值2024\n"
    rows = ["甲公司,是,是,1000,1100,1200\n", f"乙公司,是,是,2000,2100,{2200 * factor}\n"]
    (tmp_path / "cluster.yaml").write_text(yaml, "utf-8")
    (tmp_path / "企业.csv").write_text(head + "".join(rows), "utf-8")
    findings = prepare(tmp_path, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    leap = next(finding for finding in findings if finding.code == code and "集群总产值" in finding.path)
    assert f"其中变化最大的是乙公司：2023年2100万元，2024年{2200 * factor}万元" in leap.found
    assert str(leap.position) == "企业.csv:3:6"
