"""The commented cluster.yaml of a new cluster."""

from __future__ import annotations

import re

import pytest

from generator.cluster.catalogue import Catalogue
from generator.cluster.scaffold import (
    Entry,
    Heading,
    OtherEntry,
    ProseEntry,
    ScaffoldEntry,
    ScaffoldYears,
    scaffold,
)
from tests.cluster.conftest import Load

YEARS = ScaffoldYears((2022, 2023, 2024), 2024, (2025, 2027))
ORDER: list[Entry] = [
    Heading("一、基本情况"),
    *(ScaffoldEntry(name) for name in ("省", "县", "产业", "主管部门名称", "占地面积", "能效水平", "申报时间")),
    ScaffoldEntry("安全事故"),
    Heading("二、主导产业情况"),
    ScaffoldEntry("企业数量", "集群企业数量（年度当前值）", (2023, 2024)),
    ScaffoldEntry("集群总产值", "集群总产值（亿元）"),
    ScaffoldEntry("强链补链情况", "集群产业链强链补链情况（200字以内）", note="200字以内"),
    ScaffoldEntry("公共服务"),
    *(ScaffoldEntry(name) for name in ("绘制产业链图谱", "建立共享车间", "创新平台", "目录里没有的")),
    ProseEntry("一、集群基本情况简介", "3000字以内"),
    ProseEntry("- 怪的: 标题 #1"),
    OtherEntry("质量品牌建设"),
    OtherEntry("目录里没有的行"),
]


@pytest.fixture(scope="module")
def text(catalogue: Catalogue) -> str:
    return scaffold(ORDER, catalogue, "national-2025", YEARS)


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
def test_it_loads_without_a_finding_and_says_nothing(text: str, load: Load, native: bool) -> None:
    cluster, findings = load(text, native=native)
    assert findings == ()
    assert cluster is not None
    assert (cluster.values, cluster.actuals, cluster.facts, cluster.events) == ({}, {}, None, None)


def test_its_first_line_links_the_schema(text: str) -> None:
    assert text.startswith("# yaml-language-server: $schema=cluster.schema.json\n")


def test_keys_come_in_the_order_of_the_form(text: str) -> None:
    keys = re.findall(r"^ +(企业数量|集群总产值|占地面积|能效水平|公共服务):", text, re.MULTILINE)
    assert keys == ["占地面积", "能效水平", "公共服务", "企业数量", "集群总产值"]
    groups = re.findall(r"^(\w+):", text, re.MULTILINE)
    assert [group for group in groups if group in ("地区", "概况", "实绩", "叙述")] == ["地区", "概况", "实绩", "叙述"]


def test_years_units_limits_and_choices_are_told(text: str) -> None:
    assert "  企业数量: {2023: , 2024: }\n" in text
    assert "  集群总产值: {2022: , 2023: , 2024: }\n" in text
    assert "# 集群总产值（亿元）；0 至 100000；全部企业的产值\n" in text
    assert "# 低于／等于／高于／不适用；与行业基准值相比\n" in text
    assert "# 集群产业链强链补链情况（200字以内）；二百字以内\n" in text


def test_a_group_with_fields_of_two_parts_names_the_parts(text: str) -> None:
    overview = text[text.index("概况:") : text.index("实绩:")]
    assert (
        overview.index("# ── 一、基本情况 ──") < overview.index("占地面积") < overview.index("# ── 二、主导产业情况 ──")
    )
    assert "──" not in text[text.index("实绩:") : text.index("叙述:")]


def test_removing_the_marks_of_remark_gives_facts_and_rows(text: str, load: Load) -> None:
    opened = re.sub(r"(?m)^( +)#(?=- | +目标:| +- )", r"\1", text)
    cluster, findings = load(opened.replace(": …", ": 甲"))
    assert cluster is not None
    assert cluster.facts is not None
    assert list(cluster.facts) == ["绘制产业链图谱", "建立共享车间"]
    assert list(cluster.plans) == [2024]
    assert len(cluster.plans[2024].targets) == 2
    assert not {finding.code for finding in findings} & {"Y101", "Y201", "Y202", "Y203"}
    _, findings = load(opened)
    assert {finding.found for finding in findings if finding.code == "Y309"} == {"…"}


def test_filled_in_values_are_read(text: str, load: Load) -> None:
    filled = text.replace("产业:\n", "产业: 智能\n", 1).replace("{2023: , 2024: }", "{2023: 5, 2024: 6}")
    cluster, findings = load(filled.replace("'- 怪的: 标题 #1':", "'- 怪的: 标题 #1': 一段"))
    assert findings == ()
    assert cluster is not None
    assert cluster.values["产业"].value == "智能"
    assert [year for name, year in cluster.actuals] == [2023, 2024]
    assert cluster.submissions["national-2025"].prose["- 怪的: 标题 #1"].value == "一段"
