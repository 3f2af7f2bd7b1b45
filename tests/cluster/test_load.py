"""What a well-written cluster folder becomes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.cluster.catalogue import Catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.cluster.values import NIL
from generator.findings import Position
from tests.cluster.conftest import FORMS, Load

WHOLE = """\
说明: 纯属虚构
地区: {省: 上海市, 县: 示例区}
产业: 智能传感器
成立时间: 2018年6月
主管部门: {名称: 示例区经委, 联系方式: 021-12345678}
联系人: 张三
概况:
  能效水平: 高于          # 低于 等于 高于 不适用
  公共服务: [信息服务, 人员培训]
  占地面积: ３．５０
实绩:
  集群总产值: {2022: 41.05, 2023: 46.88, 2024: }
  外商直接投资额: {2023: 无}
  企业数量:
    2023: 120
叙述:
  强链补链情况: |
    　　第一段。

    第二段。
事件:
  - {类别: 安全事故, 日期: 2023-5, 等级: 较大, 情况说明: 已整改}
工作:
  - 绘制产业链图谱
  - {事实: 建立共享车间, 佐证: [共享协议]}
名录:
  创新平台:
    - {名称: 国家中心, 级别: 国家级, 投资: 1.20}
    - {名称: 区中心}
规划:
  - 基准年: 2024
    目标:
      - {方向: 主导产业, 指标: 总产值, 单位: 亿元, 依据: 集群总产值, 值: {2025: 60, 2027: 80.5}, 完成: {2025: 61}}
      - {方向: 开放合作, 指标: 定性描述, 文字: 达到两家, 基准文字: 一家}
      - {方向: 治理和服务, 指标: 定性描述, 文字: {2025: 覆盖过半, 2027: 全部覆盖}}
申报:
  national-2025:
    申报时间: 2025-05-20
    联系人: 李四
    叙述: {强链补链情况: 本表专用}
    规划正文: {一、集群基本情况简介: 集群位于上海。}
    其他: {质量品牌建设: 年度评比}
佐证材料:
  - {名称: 共享协议, 证明: [建立共享车间, 集群总产值, 创新平台], 文件: [佐证材料/协议.pdf]}
"""


@pytest.fixture
def whole(load: Load, tmp_path: Path) -> Cluster:
    (tmp_path / "佐证材料").mkdir()
    (tmp_path / "佐证材料" / "协议.pdf").write_bytes(b"%PDF-1.7")
    cluster, findings = load(WHOLE)
    assert findings == ()
    assert cluster is not None
    return cluster


def test_values_stand_under_their_catalogue_names(whole: Cluster) -> None:
    assert {name: given.text for name, given in whole.values.items()} == {
        "省": "上海市",
        "县": "示例区",
        "产业": "智能传感器",
        "成立时间": "2018年6月",
        "主管部门名称": "示例区经委",
        "主管部门联系方式": "021-12345678",
        "联系人": "张三",
        "能效水平": "高于",
        "公共服务": "信息服务、人员培训",
        "占地面积": "３．５０",
        "强链补链情况": "第一段。\n\n    第二段。".replace("    ", ""),
    }


def test_numbers_are_decimals_and_dates_are_in_one_form(whole: Cluster) -> None:
    assert whole.values["占地面积"].value == Decimal("3.50")
    assert str(whole.values["占地面积"].value) == "3.50"
    assert whole.values["成立时间"].value == "2018-06"
    assert whole.values["公共服务"].value == ("信息服务", "人员培训")
    assert whole.values["强链补链情况"].value == "第一段。\n第二段。"


def test_actuals_stand_by_year_and_empty_ones_are_absent(whole: Cluster) -> None:
    assert {key: given.value for key, given in whole.actuals.items()} == {
        ("集群总产值", 2022): Decimal("41.05"),
        ("集群总产值", 2023): Decimal("46.88"),
        ("外商直接投资额", 2023): NIL,
        ("企业数量", 2023): Decimal(120),
    }


def test_every_value_knows_its_place(whole: Cluster) -> None:
    assert whole.values["县"].position == Position("cluster.yaml", 2, 17)
    assert whole.actuals["企业数量", 2023].position == Position("cluster.yaml", 15, 11)
    assert whole.registers["创新平台"][1].position == Position("cluster.yaml", 29, 7)


def test_facts_events_and_registers_are_read(whole: Cluster) -> None:
    assert whole.facts is not None
    assert whole.events is not None
    assert list(whole.facts) == ["绘制产业链图谱", "建立共享车间"]
    assert whole.facts["建立共享车间"].evidence == ("共享协议",)
    (event,) = whole.events
    assert (event.kind, event.date, event.year, event.grade, event.statement) == (
        "安全事故",
        "2023-05",
        2023,
        "较大",
        "已整改",
    )
    assert [row.text("名称") for row in whole.registers["创新平台"]] == ["国家中心", "区中心"]
    assert whole.registers["创新平台"][0].columns["投资"].value == Decimal("1.20")


def test_a_plan_holds_numbers_and_words(whole: Cluster) -> None:
    total, words, words_by_year = whole.plans[2024].targets
    assert {year: given.value for year, given in total.values.items()} == {2025: Decimal(60), 2027: Decimal("80.5")}
    assert total.done[2025].value == Decimal(61)
    assert total.basis == "集群总产值"
    assert words.text is not None
    assert words.base_text is not None
    assert (words.text.value, words.base_text.value) == ("达到两家", "一家")
    assert words_by_year.text is None
    assert {year: given.value for year, given in words_by_year.texts.items()} == {2025: "覆盖过半", 2027: "全部覆盖"}


def test_words_of_a_target_may_be_a_reference_to_a_file_or_wrong_years(load: Load, tmp_path: Path) -> None:
    (tmp_path / "文字.txt").write_text("达到两家", encoding="utf-8")
    written = "规划: [{基准年: 2024, 目标: [{方向: 甲, 指标: 定性描述, 文字: %s}]}]\n"
    cluster, findings = load(written % "{文件: 文字.txt}")
    assert cluster is not None and findings == ()
    (target,) = cluster.plans[2024].targets
    assert target.text is not None and target.text.value == "达到两家"
    _, (finding,) = load(written % "{25年: 达到两家}")
    assert finding.code == "Y205"


def test_a_submission_goes_before_the_common_values(whole: Cluster) -> None:
    for name, own, common in (("联系人", "李四", "张三"), ("强链补链情况", "本表专用", "第一段。\n第二段。")):
        given, usual = whole.value(name, form="national-2025"), whole.value(name, form="shanghai-2024")
        assert given is not None
        assert usual is not None
        assert (given.value, usual.value) == (own, common)
    submission = whole.submissions["national-2025"]
    assert submission.values["申报时间"].value == "2025-05-20"
    assert submission.prose["一、集群基本情况简介"].value == "集群位于上海。"
    assert submission.others["质量品牌建设"].value == "年度评比"


def test_evidence_names_what_it_proves_and_its_files(whole: Cluster) -> None:
    (item,) = whole.evidence
    assert item.proves == ("建立共享车间", "集群总产值", "创新平台")
    assert item.files == ("佐证材料/协议.pdf",)


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@pytest.mark.parametrize(
    "text", ["021", "010010", "0012", "12:30", "yes", "null", "1e3", "0x1F", "2024-05-06", "1_000"]
)
def test_a_text_stays_as_written(load: Load, text: str, native: bool) -> None:
    cluster, findings = load(f"产业: {text}\n", native=native)
    assert findings == ()
    assert cluster is not None
    assert cluster.values["产业"].value == text


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
def test_both_parsers_read_the_same(load: Load, native: bool, whole: Cluster) -> None:
    cluster, findings = load(WHOLE, native=native)
    assert findings == ()
    assert cluster == whole


def test_the_folder_and_its_file_are_the_same(catalogue: Catalogue, whole: Cluster, tmp_path: Path) -> None:
    cluster, _ = load_cluster(tmp_path / "cluster.yaml", catalogue, forms=FORMS)
    assert cluster == whole


@pytest.mark.parametrize("nothing", ["[]", "无"])
def test_saying_that_there_is_nothing_differs_from_silence(load: Load, nothing: str) -> None:
    said, findings = load(f"事件: {nothing}\n工作: {nothing}\n名录: {{创新平台: {nothing}}}\n")
    assert findings == ()
    assert said is not None
    assert (said.events, said.facts, said.registers) == ((), {}, {"创新平台": ()})
    silent, _ = load("事件:\n工作:\n名录:\n  创新平台:\n")
    assert silent is not None
    assert (silent.events, silent.facts, silent.registers) == (None, None, {})


def test_an_event_that_cannot_be_read_is_no_statement_that_there_was_none(load: Load) -> None:
    for item, code in (("{类别: 安全事故}", "Y204"), ("安全事故", "Y203"), ("{类别: 火灾, 日期: 2023}", "Y307")):
        cluster, findings = load(f"事件:\n  - {item}\n工作: [不认识的工作]\n")
        assert [finding.code for finding in findings] == [code, "Y307"]
        assert cluster is not None
        assert (cluster.events, cluster.facts) == (None, None)


def test_what_is_refused_is_told_apart_from_what_is_empty(load: Load) -> None:
    cluster, findings = load("概况: {占地面积: 约三}\n实绩: {企业数量: {2022: , 2023: 1.5}}\n")
    assert len(findings) == 2
    assert cluster is not None
    assert cluster.refused == {("占地面积", None), ("企业数量", 2023)}


def test_an_empty_submission_exists(load: Load) -> None:
    cluster, findings = load("申报:\n  national-2025: {}\n")
    assert findings == ()
    assert cluster is not None
    assert list(cluster.submissions) == ["national-2025"]


def test_no_break_spaces_tabs_and_wide_spaces_around_a_value_are_dropped(load: Load) -> None:
    cluster, findings = load("产业:\t\u3000智能\xa0传感器\u3000\t\n")
    assert findings == ()
    assert cluster is not None
    assert cluster.values["产业"].value == "智能 传感器"


def test_full_width_digits_are_understood_in_years_and_numbers(load: Load) -> None:
    cluster, findings = load("实绩: {企业数量: {２０２３: １２０}}\n")
    assert findings == ()
    assert cluster is not None
    assert cluster.actuals["企业数量", 2023].value == Decimal(120)


def test_where_a_missing_value_belongs_is_the_nearest_place_that_the_file_has(load: Load) -> None:
    cluster, _ = load("概况:\n  占地面积:\n实绩:\n  企业数量: {2022: , 2023: 12}\n")
    assert cluster is not None
    area, count = cluster.place("占地面积"), cluster.place("企业数量", 2022)
    assert (area, count) == (("概况", "占地面积"), ("实绩", "企业数量", "2022年"))
    assert str(cluster.nearest(area)) == "cluster.yaml:2:3"
    assert str(cluster.nearest(count)) == "cluster.yaml:4:10"
    assert str(cluster.nearest(cluster.place("企业数量", 2024))) == "cluster.yaml:4:3"
    assert str(cluster.nearest(("工作",))) == "cluster.yaml"
    assert cluster.place("申报时间", form="national-2025") == ("申报", "national-2025", "申报时间")
