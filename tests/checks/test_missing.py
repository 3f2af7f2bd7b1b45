"""What is missing is told once, at the place in the file where it is to be written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.findings import Finding
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.by_hand import copy_by_hand

Edit = Callable[[str], str]


@pytest.fixture
def missing(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Edit the complete example, its figures given by hand, and check it against the national form of 2025."""
    file = copy_by_hand(tmp_path / "集群")
    text = file.read_text("utf-8")

    def check(*edits: tuple[str, str]) -> list[Finding]:
        changed = text
        for pattern, replacement in edits:
            changed, count = re.subn(pattern, replacement, changed, count=1, flags=re.MULTILINE | re.DOTALL)
            assert count == 1, pattern
        file.write_text(changed, "utf-8")
        return list(prepare(file, "national-2025", Library.standard(), FontLibrary.bundled()).findings)

    return check


@pytest.mark.parametrize(
    ("pattern", "replacement", "code", "place"),
    [
        (r"(?<=集群总产值: )( +\{.*?2022: )112.36", r"\1", "C101", "“实绩”中2022年的“集群总产值”"),
        (r"(?<=县域工业总产值: )( +\{.*?2023: )1738.20", r"\1", "C101", "“实绩”中2023年的“县域工业总产值”"),
        (r"(?<=主导产业产值: )( +\{.*?2023: )110.37", r"\1", "C101", "“实绩”中2023年的“主导产业产值”"),
        (r"^  名称: 上海市示例区经济委员会$", "  名称:", "C101", "主管部门 › 名称"),
        (r"^地区: \{省: 上海市, ", "地区: {", "C101", "地区 › 省"),
        (r"^  创新平台:.*?(?=^  试点示范项目:)", "", "C101", "名录 › 创新平台"),
        (r"^      三、存在的问题:", "      三、问题:", "C101", "规划正文 › 三、存在的问题"),
        (r"^工作:.*?(?=^# ── 事件)", "", "C102", "工作: []"),
        (r"^事件: \[\]", "", "C102", "事件: []"),
        (r"^  产业类型: 第二产业$", "", "C102", "概况 › 产业类型”，可写：第一产业、第二产业、第三产业"),
        (r"^规划:.*?(?=^# ── 申报|^申报:)", "", "C104", "基准年: 2024"),
    ],
)
def test_one_missing_thing_is_one_finding_with_its_place(
    missing: Callable[..., list[Finding]], pattern: str, replacement: str, code: str, place: str
) -> None:
    found = [finding for finding in missing((pattern, replacement)) if finding.code not in {"C105", "C403"}]
    assert [finding.code for finding in found] == [code]
    assert place in found[0].remedy
    assert found[0].position is not None


def test_what_reading_refused_is_not_called_missing_as_well(missing: Callable[..., list[Finding]]) -> None:
    found = missing(
        (r"(?<=集群总产值: )( +\{.*?2022: )112.36", r"\g<1>112.36亿"), ("占地面积: 12.60", "占地面积: 约十二")
    )
    assert [finding.code for finding in found] == ["Y301", "Y302"]


def test_a_figure_that_can_not_be_derived_from_what_is_given_is_asked_for_itself(
    missing: Callable[..., list[Finding]],
) -> None:
    (found,) = (one for one in missing((r"(县域工业总产值: +\{.*?2023: )1738.20", r"\1无")) if one.code == "C101")
    assert "推算不出" in found.remedy
    assert "“实绩”中2023年的“产值占县域工业总产值比例”" in found.remedy


def test_the_figures_that_follow_are_counted_not_listed(missing: Callable[..., list[Finding]]) -> None:
    (found,) = missing((r"(?<=集群总产值: )( +\{.*?2022: )112.36", r"\1"))
    assert found.path.endswith("集群总产值（亿元） › 2022年")
    assert re.search("另有[5-9]栏随之填出", found.remedy)


def test_a_row_of_the_target_table_that_is_misspelt_is_told_once_with_the_guess(
    missing: Callable[..., list[Finding]],
) -> None:
    (found,) = missing((r"(  - 基准年: 2024\n.*?指标: )研发经费投入", r"\1研发经费"))
    assert (found.code, found.path[-6:]) == ("C104", "研发经费投入")
    assert "“研发经费”是不是就是它" in found.remedy


def test_a_cell_of_the_target_table_says_what_to_write(missing: Callable[..., list[Finding]]) -> None:
    (found,) = missing((r"值: \{2025: 110, 2026: 124, 2027: 140\}", "值: {2025: 110}"))
    assert "值: {2027: …}" in found.remedy


def test_a_target_that_reading_refused_is_not_called_empty_as_well(missing: Callable[..., list[Finding]]) -> None:
    found = missing((r"值: \{2025: 110, 2026: 124, 2027: 140\}", "值: {2025: 110, 2026: 124, 2027: 约140}"))
    assert [finding.code for finding in found] == ["Y301"]


def test_an_event_without_a_grade_is_asked_for_its_grade(missing: Callable[..., list[Finding]]) -> None:
    (found,) = missing((r"^事件: \[\]", "事件: [{类别: 安全事故, 日期: 2023-06}]"))
    assert found.code == "C102"
    assert "2023-06 安全事故没有写等级" in found.remedy


def test_what_a_register_could_give_is_told_where_there_is_one(tmp_path: Path) -> None:
    yaml = "地区: {省: 上海市, 县: 示例区}\n产业: 智能传感器\n"
    (tmp_path / "cluster.yaml").write_text(yaml, "utf-8")
    (tmp_path / "企业.csv").write_text("名称,是否中小企业,是否主导产业相关\n甲公司,是,是\n", "utf-8")
    found = prepare(tmp_path, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    remedies = {finding.path.partition(" › ")[2].partition(" › ")[0]: finding.remedy for finding in found}
    assert "“企业”名录里没有“创新型中小企业起始年份”" in remedies["主导产业相关的创新型中小企业数量（年度当前值）"]
    assert "也可以填全“企业”名录，由它推算：" in remedies["集群总产值（亿元）"]
    assert "名录" not in remedies["集群占地面积（平方公里）"]


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"(?<=申报时间: )2025-05-20", ""),
        (r"(?<=联系人: )林知远", ""),
        (r"(?<=联系方式: )021-55550101", ""),
        (r"^  名称: 上海市示例区经济委员会$", "  名称:"),
        (r"(?<=占地面积: )12.60", ""),
        (r"(?<=集群总产值: )( +\{.*?2022: )112.36", r"\1"),
    ],
)
def test_nobody_is_told_to_write_nothing_for_what_every_cluster_has(
    missing: Callable[..., list[Finding]], pattern: str, replacement: str
) -> None:
    found = [finding for finding in missing((pattern, replacement)) if finding.code == "C101"]
    assert found
    assert not [finding for finding in found if "无" in finding.expected + finding.remedy]


def test_what_a_cluster_may_lack_may_be_nothing(missing: Callable[..., list[Finding]]) -> None:
    (found,) = (one for one in missing((r"(出口贸易额: +\{.*?2024: )[0-9.]+", r"\1")) if one.code == "C101")
    assert found.expected == "填写内容，或“无”"
    assert found.remedy.startswith("请在 cluster.yaml 里填写“实绩”中2024年的“出口贸易额”，确无此项写“无”。")


def test_the_years_of_one_row_are_told_alike_whatever_follows_from_each(
    missing: Callable[..., list[Finding]],
) -> None:
    found = [one for one in missing((r"^  出口贸易额: [^\n]*", "  出口贸易额: {2021: 1.00}")) if one.code == "C101"]
    assert [finding.path[-5:] for finding in found] == ["2022年", "2023年", "2024年"]
    told = {finding.remedy.replace(finding.path[-5:], "") for finding in found}
    assert len(told) == 1
    assert "各年补上后，另有3栏随之填出" in told.pop()


@pytest.mark.parametrize(
    ("pattern", "replacement", "place"),
    [
        (r"(?<=申报时间: )2025-05-20", "无", "封面 › 申报时间"),
        (r"^  名称: 上海市示例区经济委员会$", "  名称: 无", "封面 › 县级行政区划中小企业主管部门（盖章）"),
        (r"(?<=联系方式: )021-55550101", "无", "封面 › 联系人及联系电话"),
        (r"(?<=企业数量: )( +\{.*?2023: )[0-9]+", r"\1无", "集群企业数量（年度当前值） › 2023年"),
        (r"(?<=县域工业总产值: )( +\{.*?2023: )1738.20", r"\1无", "县域工业总产值 › 2023年"),
    ],
)
def test_nothing_is_doubted_where_every_cluster_has_something(
    missing: Callable[..., list[Finding]], pattern: str, replacement: str, place: str
) -> None:
    (found,) = (one for one in missing((pattern, replacement)) if one.code == "C111")
    assert found.path.endswith(place)
    assert found.position is not None and found.position.line
    assert "不写“无”" in found.remedy


@pytest.mark.parametrize("place", ["地区: {省: 上海市, 市: 无, ", "地区: {省: 上海市, "])
def test_a_municipality_may_say_that_it_has_no_cities(missing: Callable[..., list[Finding]], place: str) -> None:
    assert missing((r"^地区: \{省: 上海市, ", place)) == []
