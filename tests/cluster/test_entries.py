"""Entries taken out of cluster.yaml and facts added to it: the tree says so, and every other byte stays."""

from __future__ import annotations

import codecs

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.entries import append, cut
from generator.cluster.splicing import Step
from generator.errors import UnreadableError, UsageError

FILE = "cluster.yaml"
DATA = """\
# 示例
地区: {省: 江苏省, 市: 苏州市, 县: 吴江区}   # 所在地
概况:
  占地面积: 12.60        # 平方公里
  产业类型: 第二产业
实绩:
  集群总产值: {2022: 41.05, 2023: 46.88}   # 亿元
  研发经费:
    2022: 1.10
    2023: 1.20   # 初步数

  # 下面一项待核实
  集群企业数量: {2023: 85}
叙述:
  产业链强链补链情况: |
    第一行
    第二行

  其他: 无
工作:
  - 绘制产业链图谱   # 2023 年做的
  # - 建立共享车间
  - {事实: 开展质量诊断, 佐证: [诊断报告]}
规划:
  - 基准年: 2024
    目标: [{指标: 研发, 值: {2027: 3.30}}]
"""


def without(steps: tuple[Step, ...], data: str = DATA) -> str:
    return cut(data.encode(), FILE, steps).decode()


def tree(text: str) -> object:
    return yaml.load(text, Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("steps", "gone", "left"),
    [
        (("概况", "占地面积"), "  占地面积: 12.60        # 平方公里\n", ""),
        (("实绩", "集群总产值", "2023"), "{2022: 41.05, 2023: 46.88}", "{2022: 41.05}"),
        (("实绩", "集群总产值", "2022"), "{2022: 41.05, 2023: 46.88}", "{2023: 46.88}"),
        (("实绩", "研发经费", "2023"), "    2023: 1.20   # 初步数\n", ""),
        (("实绩", "集群企业数量", "2023"), "  集群企业数量: {2023: 85}\n", ""),
        (("叙述", "产业链强链补链情况"), "  产业链强链补链情况: |\n    第一行\n    第二行\n", ""),
        (("工作", 0), "  - 绘制产业链图谱   # 2023 年做的\n", ""),
        (("工作", 1), "  - {事实: 开展质量诊断, 佐证: [诊断报告]}\n", ""),
        (("规划", 0, "基准年"), "  - 基准年: 2024\n    目标", "  - 目标"),
        (("规划", 0, "目标", 0, "值", "2027"), "指标: 研发, 值: {2027: 3.30}", "指标: 研发"),
        (("地区", "县"), ", 县: 吴江区", ""),
        (("规划",), DATA[DATA.index("规划:") :], ""),
    ],
)
def test_an_entry_goes_and_every_other_byte_stays(steps: tuple[Step, ...], gone: str, left: str) -> None:
    assert DATA.count(gone) == 1
    assert without(steps) == DATA.replace(gone, left)


def test_the_last_of_its_kind_takes_along_what_held_it() -> None:
    once = without(("实绩", "研发经费", "2022"))
    assert "研发经费" not in without(("实绩", "研发经费", "2023"), once)
    alone = "产业: 光纤\n工作:\n  - 绘制产业链图谱\n"
    assert without(("工作", 0), alone) == "产业: 光纤\n"


def test_what_is_not_there_or_cannot_be_taken_out_safely_is_refused() -> None:
    for steps in (("概况", "没有"), ("实绩", "集群总产值", "2024"), ("工作", 9)):
        with pytest.raises(UsageError, match="没有这一项"):
            without(steps)
    with pytest.raises(UsageError, match=r"没有这一项|不能自动改写"):
        without(("b", "x"), "a: &same {x: 1, y: 2}\nb: *same\n")
    with pytest.raises(UsageError, match="不能自动改写"):
        without(("a", "2"), "a: {1: x # 备注\n  , # 又一句\n  2: y}\n")
    with pytest.raises(UnreadableError):
        without(("a",), "a: [\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_encoding_mark_and_line_breaks_stay(encoding: str, line_break: str) -> None:
    data = DATA.replace("\n", line_break).encode(encoding)
    changed = cut(data, FILE, ("概况", "占地面积"))
    assert changed.decode(encoding) == without(("概况", "占地面积")).replace("\n", line_break)
    assert changed.startswith(codecs.BOM_UTF8) == data.startswith(codecs.BOM_UTF8)


def added(text: str, data: str = DATA) -> str:
    return append(data.encode(), FILE, ("工作",), text).decode()


def test_a_fact_is_added_behind_the_last_one() -> None:
    last = "  - {事实: 开展质量诊断, 佐证: [诊断报告]}\n"
    assert added("建立共享车间") == DATA.replace(last, last + "  - 建立共享车间\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("工作: [甲, 乙]  # 二项\n", "工作: [甲, 乙, 丙]  # 二项\n"),
        ("工作: []\n", "工作: [丙]\n"),
        ("工作:\n- 甲\n产业: 光纤\n", "工作:\n- 甲\n- 丙\n产业: 光纤\n"),
        ("工作:   # 去掉行首的 #\n  # - 甲\n产业: 光纤\n", "工作:   # 去掉行首的 #\n  - 丙\n  # - 甲\n产业: 光纤\n"),
        ("产业: 光纤\n", "产业: 光纤\n工作: [丙]\n"),
        ("工作:\n  - 甲", "工作:\n  - 甲\n  - 丙"),
        ("工作:\n  - 事实: 甲\n    佐证: [清单]\n", "工作:\n  - 事实: 甲\n    佐证: [清单]\n  - 丙\n"),
        ("工作: [甲, 乙,]\n", "工作: [甲, 乙, 丙,]\n"),
    ],
)
def test_an_item_is_written_as_those_of_its_list_are(before: str, after: str) -> None:
    assert added("丙", before) == after


def test_what_is_no_list_gets_no_item() -> None:
    with pytest.raises(UsageError, match="不是一项一项的"):
        added("丙", "工作: 甲\n")


NAMES = st.text(st.sampled_from("甲乙丙丁，：“ -#'\"a1"), min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(NAMES, min_size=1, max_size=4), NAMES, st.booleans())
def test_what_was_added_can_be_taken_out_again_and_nothing_else_has_changed(
    items: list[str], new: str, flow: bool
) -> None:
    quoted = ["'" + item.replace("'", "''") + "'" for item in items]
    lines = f"[{', '.join(quoted)}]" if flow else "".join(f"\n  - {item}" for item in quoted)
    data = f"产业: 光纤\n工作: {lines}\n其他: 无\n"
    try:
        more = added(new, data)
    except UsageError:
        return
    assert tree(more) == {"产业": "光纤", "工作": [*items, new], "其他": "无"}
    assert without(("工作", len(items)), more) == data
