"""Lists after 定稿, from the data to the sheets: a list that goes, comes or comes back moves no other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.test_correct import pairs, texts
from tests.cli.test_evidence_after_freezing import Office, slipped

ROWS = """\
      - {label: 集群总产值（亿元）（需提供清单）, by_year: 集群总产值, owes: [清单]}
      - {label: 企业数量（需提供清单）, by_year: 企业数量, owes: [清单]}
      - {label: 上云企业数量（需提供清单）, by_year: 上云企业数量, owes: [清单]}
      - {label: 高新技术企业数量（需提供清单）, by_year: 高新技术企业数量, owes: [清单]}
"""
NONE = "{2022: 无, 2023: 无, 2024: 无}"
FIRMS = """\
地区: {省: 江苏省, 市: 苏州市, 县: 吴江区}
产业: 仿真纤维
概况: {占地面积: 12.60, 产业类型: 第二产业}
实绩:
  $FIGURES
叙述: {产业链强链补链情况: 无}
名录:
  企业:
    - {名称: 甲公司, 是否中小企业: 是, 是否主导产业相关: 是, $SINCE产值: {2022: 1000, 2023: 2000, 2024: 300000}}
    - {名称: 乙公司, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {2022: 2000, 2023: 3000, 2024: 231000}}
  创新平台: [{名称: 国家纤维中心, 级别: 国家级, 取得时间: 2020-05}]
规划:
  - 基准年: 2024
    目标:
      - {方向: 创新, 指标: 研发经费投入, 单位: 亿元, 基准值: 2.10, 值: {2027: 3.30}}
      - {方向: 创新, 指标: 有效发明专利数量, 单位: 件, 基准值: 100, 值: {2027: 170}}
      - {方向: 开放合作, 指标: 定性描述, 基准文字: 一家, 文字: 三家}
申报:
  small: {申报时间: 2025-05-20, 规划正文: {（二）保障措施: 加强领导。}}
佐证材料: []
"""
LIST = "清单"
CLOUD, TECHNOLOGY = "上云企业数量", "高新技术企业数量"
SINCE = {CLOUD: "首次上云年份", TECHNOLOGY: "高新技术企业起始年份"}


def data(*listed: str, output: str = "") -> str:
    """The data where firms are `listed` for these figures, the others being 无; `output` is given by hand against the register."""
    figures = [f"{name}: {NONE}" for name in SINCE if name not in listed]
    figures += [f"集群总产值: {{2024: {output}}}"] if output else []
    since = "".join(f"{SINCE[name]}: 2021, " for name in listed)
    return FIRMS.replace("$FIGURES", "\n  ".join(figures) or "{}").replace("$SINCE", since)


DATA, CONTRADICTED, OTHER, BOTH = data(CLOUD), data(CLOUD, output="50.00"), data(TECHNOLOGY), data(CLOUD, TECHNOLOGY)


class Lists(Office):
    """A cluster whose form owes up to four lists, and one printed copy of its first version."""

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        self.widen_form(output=ROWS)
        self.made_of(DATA)
        self.freeze()
        self.printed()

    def made_of(self, data: str) -> Path:
        self.write(data)
        self.build()
        return self.draft

    def lists(self, draft: Path) -> Path:
        (found,) = (draft / "1_报送材料").glob("02_*.pdf")
        return found

    def numbers(self, draft: Path) -> dict[str, str]:
        """The lists by title, with the number printed on their first page."""
        reader = PdfReader(io.BytesIO(self.lists(draft).read_bytes()))
        begun = zip(reader.page_labels, (page.extract_text().split("\n") for page in reader.pages), strict=True)
        return {lines[0].split()[1]: label for label, lines in begun if label.endswith("-1")}


@pytest.fixture
def office(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def test_lists_are_numbered_in_order_and_freezing_makes_no_new_draft(office: Lists) -> None:
    assert office.numbers(office.draft) == {"集群企业清单": "1-1", "集群企业产值清单": "2-1", "上云企业清单": "3-1"}
    office.build()
    assert office.draft.name == "第001稿"


def test_a_list_that_contradicts_the_form_by_now_is_taken_out_and_no_other_sheet_changes(office: Lists) -> None:
    draft = office.made_of(CONTRADICTED)
    assert office.numbers(draft) == {"集群企业清单": "1-1", "上云企业清单": "3-1"}
    assert office.papers()[LIST] == [(1, 1, None), (3, None, None)]
    contents = texts(office.lists(draft))[0]
    assert "集群企业产值清单 — 已撤回 —" in " ".join(contents.split())
    (table,) = (draft / "1_报送材料").glob("05_*.pdf")
    assert "清单2集群企业产值清单清单已撤回" in "".join("".join(texts(table)).split())
    assert "抽去第3张" in office.run("correct", "--form", "small").stdout


def test_a_list_that_came_in_stands_behind_the_others(office: Lists) -> None:
    draft = office.made_of(BOTH)
    assert office.numbers(draft)["国家级高新技术企业名单"] == "4-1"
    assert office.papers()[LIST] == [(1, 1, None), (None, 5, 4)]


def test_one_goes_and_another_comes_and_the_slip_makes_the_old_print_the_new_one(office: Lists) -> None:
    before = texts(office.lists(office.draft))
    draft = office.made_of(OTHER)
    assert office.numbers(draft) == {"集群企业清单": "1-1", "集群企业产值清单": "2-1", "国家级高新技术企业名单": "4-1"}
    steps = office.papers()[LIST]
    assert {(old, new) for old, new, _ in steps} == {(1, 1), (4, 4)}
    (made,) = (office.series / "更正").glob("*/换页打印稿.pdf")
    reader = PdfReader(io.BytesIO(made.read_bytes()))
    sheets = [reader.pages[at] for at, label in enumerate(reader.page_labels) if label.startswith(LIST)]
    slip = pairs([page.extract_text() for page in sheets])
    assert slipped(before, slip, steps) == pairs(texts(office.lists(draft)))


def test_a_list_comes_back_under_its_number_whether_its_withdrawal_was_frozen_or_not(office: Lists) -> None:
    first = office.lists(office.draft).read_bytes()
    office.made_of(CONTRADICTED)
    assert office.lists(office.made_of(DATA)).read_bytes() == first
    assert LIST not in office.papers()
    frozen = office.made_of(CONTRADICTED)
    office.freeze()
    assert office.made_of(CONTRADICTED) == frozen, "freezing changes nothing in the next"
    assert office.lists(office.made_of(DATA)).read_bytes() == first


def test_one_that_took_the_place_of_another_keeps_its_number_when_that_comes_back(office: Lists) -> None:
    office.made_of(BOTH)
    assert office.numbers(office.made_of(OTHER))["国家级高新技术企业名单"] == "4-1"
    office.freeze()
    assert office.numbers(office.made_of(BOTH)) == {
        "集群企业清单": "1-1",
        "集群企业产值清单": "2-1",
        "上云企业清单": "3-1",
        "国家级高新技术企业名单": "4-1",
    }


def test_without_any_version_lists_are_numbered_afresh(office: Lists) -> None:
    office.output = office.output.with_name("another")
    assert office.numbers(office.made_of(BOTH))["国家级高新技术企业名单"] == "3-1"
    assert "上云企业清单" in office.numbers(office.draft)
    assert list(office.numbers(office.made_of(CONTRADICTED)).values()) == ["1-1", "2-1"]


def test_a_damaged_version_is_told_of(office: Lists) -> None:
    damaged = office.series / "定稿" / "第01版" / "成果" / "snapshot.json"
    damaged.write_bytes(damaged.read_bytes() + b" ")
    office.write(CONTRADICTED)
    told = office.run("build", "--form", "small", "--json").stdout
    assert "E302" in told and "清单的号没有照它编" in told
    assert list(office.numbers(office.draft).values()) == ["1-1", "2-1"]
