"""One value changed in the file that a clerk wrote: every other byte stays."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.codes import Collector
from generator.cluster.nodes import MappingNode, Node, ScalarNode, compose
from generator.cluster.source import source_of
from generator.cluster.splicing import Step, by_year, places_of, splice, words_of
from generator.errors import UnreadableError, UsageError
from generator.findings import Position

FILE = "cluster.yaml"
TEXT = """\
# 头上的备注
地区: {省: 上海市, 县: 示例区}   # 直辖市
代码: 010010
电话: "021-12345678"
名称: '甲''乙'
实绩:
  # 亿元
  集群总产值:   {2021: 35.20,2022: 41.05}   # 亿元
  企业数量:
    2021: 3   # 家
    2023: 0012
  空着的:   # 待填
叙述:
  简介: |
    第一段。
    第二段。

  别的: >-
    一二
    三四
工作:
  - 绘制图谱
  - {事实: 共享车间, 佐证: [协议]}
规划:
  - 基准年: 2024
    目标:
      - {指标: 总产值, 值: {2025: 1, 2026: 2}}
申报: {甲表: {}}
空:
"""


def spliced(text: str, steps: tuple[Step, ...], value: str) -> str:
    return splice(text.encode(), FILE, steps, value).decode()


@pytest.mark.parametrize(
    ("steps", "value", "old", "new"),
    [
        (("实绩", "集群总产值", "2022"), "46.88", "2022: 41.05}", "2022: 46.88}"),
        (("实绩", "集群总产值", "2023"), "46.88", "41.05}", "41.05, 2023: 46.88}"),
        (("实绩", "集群总产值", "2020"), "46.88", "{2021: 35", "{2020: 46.88, 2021: 35"),
        (("实绩", "企业数量", "2023"), "0015", "0012", "0015"),
        (("实绩", "企业数量", "2022"), "5", "# 家\n", "# 家\n    2022: 5\n"),
        (("实绩", "企业数量", "2020"), "5", "    2021: 3", "    2020: 5\n    2021: 3"),
        (("实绩", "企业数量", "2024"), "5", "2023: 0012\n", "2023: 0012\n    2024: 5\n"),
        (("实绩", "空着的"), "5", "空着的:   # 待填", "空着的: 5   # 待填"),
        (("实绩", "空着的", "2024"), "5", "# 待填\n", "# 待填\n    2024: 5\n"),
        (("实绩", "新的一项", "2024"), "5", "# 待填\n", "# 待填\n  新的一项: {2024: 5}\n"),
        (("代码",), "020020", "010010", "020020"),
        (("电话",), "021-87654321", '"021-12345678"', '"021-87654321"'),
        (("名称",), "丙'丁", "'甲''乙'", "'丙''丁'"),
        (("名称",), "丙: 丁 #1", "'甲''乙'", "'丙: 丁 #1'"),
        (("代码",), "- 甲", "010010", "'- 甲'"),
        (("代码",), "*甲", "010010", "'*甲'"),
        (("地区", "市"), "苏州市", "示例区}", "示例区, 市: 苏州市}"),
        (("地区", "县"), "甲, 乙", "示例区}", "'甲, 乙'}"),
        (("叙述", "简介"), "新的一段。", "    第一段。\n    第二段。\n", "    新的一段。\n"),
        (("叙述", "简介"), "一。\n二。\n三。", "第一段。\n    第二段。", "一。\n    二。\n    三。"),
        (("叙述", "别的"), "一。\n二。", "    一二\n    三四\n", "    一。\n\n    二。\n"),
        (("叙述", "还有"), "一。\n二。", "    三四\n", "    三四\n  还有: |\n    一。\n    二。\n"),
        (("代码",), "一\n二", "010010", "|\n  一\n  二"),
        (("地区", "县"), "一\n二", "示例区}", '"一\\n二"}'),
        (("工作", 0), "共享", "- 绘制图谱", "- 共享"),
        (("工作", 1, "佐证"), "合同", "[协议]", "合同"),
        (("规划", 0, "目标", 0, "值", "2026"), "3", "2026: 2", "2026: 3"),
        (("规划", 0, "目标", 0, "值", "2027"), "3", "2026: 2", "2026: 2, 2027: 3"),
        (("申报", "甲表", "申报时间"), "2025-05-20", "{甲表: {}}", "{甲表: {申报时间: 2025-05-20}}"),
        (("申报", "乙表", "申报时间"), "2025-05-20", "{甲表: {}}", "{甲表: {}, 乙表: {申报时间: 2025-05-20}}"),
        (("空",), "12:30", "\n空:\n", "\n空: 12:30\n"),
        (("空", "里面", "2024"), "1", "\n空:\n", "\n空:\n  里面: {2024: 1}\n"),
    ],
)  # fmt: skip
def test_only_the_value_changes(steps: tuple[Step, ...], value: str, old: str, new: str) -> None:
    assert TEXT.count(old) == 1, "the case names its place"
    assert spliced(TEXT, steps, value) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("text", "steps", "made"),
    [
        ("", ("产业",), "产业: 甲\n"),
        ("# 备注", ("产业",), "# 备注\n产业: 甲\n"),
        ("---\n", ("产业",), "---\n产业: 甲\n"),
        ("a: 1", ("b",), "a: 1\nb: 甲"),
        ("a: 1\r\nb:\r\n  c: 2\r\n", ("b", "d"), "a: 1\r\nb:\r\n  c: 2\r\n  d: 甲\r\n"),
        ("a: {b, c: 3}", ("a", "b"), "a: {b: 甲, c: 3}"),
        ("a: {b: , c: 3}", ("a", "b"), "a: {b:  甲, c: 3}"),
        ("a: {b: 1,}", ("a", "c"), "a: {b: 1, c: 甲,}"),
        ("a: {\n  b: 1   # 备注\n}\n", ("a", "c"), "a: {\n  b: 1, c: 甲   # 备注\n}\n"),
        ("a:\tb\n", ("a",), "a:\t甲\n"),
        ("a: 一\n  二\n", ("a",), "a: 甲\n"),
        ("a: |\n  一\n\n\nb: 2\n", ("a",), "a: |\n  甲\n\n\nb: 2\n"),
        ("a: |-   # 备注\n    一\nb: 2\n", ("a",), "a: |-   # 备注\n    甲\nb: 2\n"),
        ("a: |\nb: 2\n", ("a",), "a: 甲\nb: 2\n"),
        ("'2023': 1\n", ("2023",), "'2023': 甲\n"),
        ("２０２３: 1\n", ("2023",), "２０２３: 甲\n"),
        ("a: 1\na: 2\n", ("a",), "a: 甲\na: 2\n"),
    ],
)
def test_odd_files_are_changed_as_they_are_written(text: str, steps: tuple[Step, ...], made: str) -> None:
    assert spliced(text, steps, "甲") == made


def test_a_name_goes_behind_those_of_a_lower_rank() -> None:
    order = ["甲", "乙", "丙"]

    def rank(place: tuple[Step, ...], name: str) -> float:
        return order.index(name) if name in order else float("inf")

    assert splice(b"\xe4\xb8\x99: 3\n", FILE, ("乙",), "2", rank).decode() == "乙: 2\n丙: 3\n"
    assert splice("甲: 1\n丙: 3\n".encode(), FILE, ("乙",), "2", rank).decode() == "甲: 1\n乙: 2\n丙: 3\n"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_encoding_and_its_mark_stay(encoding: str) -> None:
    data = TEXT.encode(encoding)
    changed = splice(data, FILE, ("地区", "县"), "青浦区")
    assert changed == TEXT.replace("示例区}", "青浦区}").encode(encoding)


def test_a_character_that_the_encoding_lacks_is_written_all_the_same_in_gb18030() -> None:
    changed = splice("地区: {县: 示例区}\n名称: 智能传感器产业\n".encode("gbk"), FILE, ("地区", "县"), "𬭎区")
    assert changed.decode("gb18030") == "地区: {县: 𬭎区}\n名称: 智能传感器产业\n"


@pytest.mark.parametrize(
    ("text", "steps", "words"),
    [
        ("a: {b: 1}\n", ("a",), "分项"),
        ("a: 1\n", ("a", "b"), "不是分项"),
        ("a: [1]\n", ("a", 3), "不能自动添加"),
        ("a: 1\n", ("b", 0), "不能自动添加"),
        ("a: &x 1\nb: *x\n", ("a",), "不能自动改写"),
    ],
)
def test_what_can_not_be_put_there_is_refused_with_advice(text: str, steps: tuple[Step, ...], words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        spliced(text, steps, "甲")
    assert refused.value.advice


@pytest.mark.parametrize("data", [b"a: [1\n", b"PK\x03\x04", "甲：乙\n丙: 丁: 戊\n".encode()])
def test_a_file_that_is_no_yaml_is_left_alone(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        splice(data, FILE, ("a",), "甲")


def test_values_are_found_by_where_they_begin() -> None:
    places = places_of(TEXT.encode(), FILE)
    assert places[Position(FILE, 8, 31)] == ("实绩", "集群总产值", "2022")
    assert places[Position(FILE, 22, 5)] == ("工作", 0)
    assert words_of(("规划", 0, "值", "2026")) == ("规划", "第1项", "值", "2026年")


# ── the law: only the value's bytes change ──

NAMES = st.text("甲乙丙丁abc（）“”、·", min_size=1, max_size=6)
VALUES = st.text("甲乙丙丁abc019 .:#'\"{}[],-&*!|>%@?", min_size=1, max_size=12).map(str.strip).filter(bool)
LINES = st.lists(VALUES, min_size=1, max_size=3).map("\n".join)
NUMBERS = st.decimals(0, 9999, places=2).map(str)
REMARKS = st.sampled_from(["", "   # 备注", "  # 12.30: {甲}"])
BREAKS = st.sampled_from(["\n", "\r\n"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])


def quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str, str, tuple[Step, ...]]:
    """A file in three parts, the middle one a value, and the steps to it."""
    nl = draw(BREAKS)
    others = [f"别{number}: {quoted(draw(VALUES))}{draw(REMARKS)}{nl}" for number in range(draw(st.integers(0, 3)))]
    name, old, remark = draw(NAMES), draw(VALUES), draw(REMARKS)
    key = quoted(name)
    kind = draw(st.sampled_from(["single", "double", "flow", "years", "block", "item"]))
    before, after = "".join(others[:1]), "".join(others[1:])
    head = "# 集群数据示例，多写几个汉字，好认出编码" + nl
    match kind:
        case "single":
            return head + before + f"{key}:  ", quoted(old), remark + nl + after, (name,)
        case "double":
            middle = '"' + old.replace("\\", "").replace('"', '\\"') + '"'
            return head + before + f"{key}: ", middle, remark + nl + after, (name,)
        case "flow":
            year = str(draw(st.integers(1990, 2030)))
            return head + before + f"{key}: {{{year}: ", draw(NUMBERS), f", 余: 1 }}{remark}{nl}" + after, (name, year)
        case "years":
            lead = f"{key}:{nl}  2021: 1{nl}  2022:   "
            return head + before + lead, draw(NUMBERS), f"{remark}{nl}  2023: 3{nl}" + after, (name, "2022")
        case "block":
            lead = f"{key}: |{remark}{nl}    "
            return head + before + lead, "旧的", nl + nl + after, (name,)
        case _:
            return head + before + f"{key}:{nl}  - 一{nl}  - ", quoted(old), f"{remark}{nl}" + after, (name, 1)


@given(files(), VALUES, ENCODINGS)
def test_every_byte_outside_the_value_stays(
    file: tuple[str, str, str, tuple[Step, ...]], value: str, encoding: str
) -> None:
    before, old, after, steps = file
    text = before + old + after
    data = text.encode(encoding)
    changed = splice(data, FILE, steps, value)
    mark = next((one for one in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE) if data.startswith(one)), b"")
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    head, tail = mark + before.encode(codec), after.encode(codec)
    assert changed.startswith(head)
    assert changed.endswith(tail)
    assert read(changed, steps) == value


@given(LINES, st.sampled_from([("叙述", "简介"), ("叙述", "别的"), ("名称",), ("电话",), ("地区", "县"), ("空",)]))
def test_texts_of_several_lines_are_read_back_as_given(text: str, steps: tuple[Step, ...]) -> None:
    assert read(splice(TEXT.encode(), FILE, steps, text), steps) == text.strip()


@given(NUMBERS, NUMBERS, st.integers(1990, 2030))
def test_a_change_taken_back_leaves_the_file_as_it_was(one: str, other: str, year: int) -> None:
    data = f"实绩:\n  产值: {{{year}: {one}}}   # 亿元\n".encode()
    steps = ("实绩", "产值", str(year))
    assert splice(splice(data, FILE, steps, other), FILE, steps, one) == data


@given(st.sets(st.integers(1990, 2030), min_size=1, max_size=5), st.integers(1990, 2030), st.booleans())
def test_years_stay_in_order(years: set[int], new: int, flow: bool) -> None:
    entries = [f"{year}: 1" for year in sorted(years)]
    text = f"产值: {{{', '.join(entries)}}}\n" if flow else "产值:\n  " + "\n  ".join(entries) + "\n"
    changed = splice(text.encode(), FILE, ("产值", str(new)), "2")
    assert names(changed, "产值") == [str(year) for year in sorted(years | {new})]


def root(data: bytes) -> MappingNode:
    source = source_of(data, FILE, Collector())
    assert source is not None
    found = compose(source, Collector())
    assert isinstance(found, MappingNode)
    return found


def names(data: bytes, name: str) -> list[str]:
    inner = next(value for key, value in root(data).pairs if isinstance(key, ScalarNode) and key.text == name)
    assert isinstance(inner, MappingNode)
    return [key.text for key, _ in inner.pairs if isinstance(key, ScalarNode)]


def read(data: bytes, steps: tuple[Step, ...]) -> str:
    """What YAML reads at `steps`, by the plainest walk there is."""
    node: Node = root(data)
    for step in steps:
        if isinstance(node, MappingNode):
            node = next(value for key, value in node.pairs if isinstance(key, ScalarNode) and key.text.strip() == step)
        else:
            assert isinstance(step, int)
            node = node.items[step]  # type: ignore[union-attr]
    assert isinstance(node, ScalarNode)
    return node.text.strip()


def test_names_that_are_no_years_come_last() -> None:
    assert by_year((), "2023") < by_year((), "备注")
