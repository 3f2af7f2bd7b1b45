"""情况说明 after 定稿, from the data to the sheets: one that goes, comes, grows or comes back moves no other."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.test_correct import DATA, pairs, texts
from tests.cli.test_evidence_after_freezing import Office, slipped

ROWS = """\
      - {label: 集群总产值（亿元）, by_year: 集群总产值}
      - label: 近三年是否发生事故
        name: 事故
        choose: one
        boxes:
          - {text: 是（需附情况说明）, owes: [情况说明], when: &accident {event: [安全事故, 质量事故]}}
          - {text: 否, when: {not: *accident}}
"""
SIGNED = """\
  - title: 四、真实性声明
    columns: [40, 120]
    rows:
      - label: 集群运营管理机构
        filler: 集群运营管理机构
        statement: 以上属实。
        signed: [集群运营管理机构负责人（签字）：, 集群运营管理机构（公章）：]
        date: 年 月 日
"""
STATEMENT = "情况说明"
FIRE = "{类别: 安全事故, 日期: 2023-05-12, 等级: 较大, 情况说明: 仓库起火，已整改。}"
FIRE_AGAIN = FIRE.replace("已整改", "已停产整改")
FLAW = "{类别: 质量事故, 日期: 2022-03, 等级: 一般, 情况说明: 一批产品召回。}"
LEAK = "{类别: 安全事故, 日期: 2024-09, 等级: 一般, 情况说明: 管道泄漏。}"
LONG = FIRE.replace("仓库起火", "仓库起火，逐项落实责任单位和完成时限" * 80)
OF_FIRE, OF_FLAW = "2023年5月12日安全事故", "2022年3月质量事故"


class Accidents(Office):
    """A cluster whose form asks for a 情况说明 on every accident, and one printed copy of its first version, with two."""

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        self.widen_form(output=ROWS, parts=SIGNED)
        self.made_of(FIRE, FLAW)
        self.freeze()
        self.printed()

    def made_of(self, *events: str) -> Path:
        listed = "".join(f"  - {event}\n" for event in events)
        self.write(f"{DATA}运营管理机构: {{名称: 某园区公司}}\n" + (f"事件:\n{listed}" if events else "事件: []\n"))
        result = self.run("build", "--form", "small", "--copies", "1")
        assert result.exit_code == 0, result.output
        return self.draft

    def statements(self, draft: Path) -> Path:
        (found,) = (draft / "1_报送材料").glob("*情况说明*.pdf")
        return found

    def labels(self, draft: Path) -> dict[str, str]:
        """The statements by what they are on, with the number printed on their first page."""
        reader = PdfReader(io.BytesIO(self.statements(draft).read_bytes()))
        begun = zip(reader.page_labels, (page.extract_text() for page in reader.pages), strict=True)
        return {found[1]: label for label, text in begun if (found := re.search("（(.*事故)）", text))}

    def table(self, draft: Path) -> str:
        (found,) = (draft / "1_报送材料").glob("*佐证对应表*.pdf")
        return "".join("".join(texts(found)).split())

    def signing_list(self, draft: Path) -> str:
        (found,) = (draft / "2_内部留存_不报送").glob("签章清单*.pdf")
        return "".join("".join(texts(found)).split())


@pytest.fixture
def office(tmp_path: Path) -> Accidents:
    return Accidents(tmp_path)


def test_every_statement_stands_on_sheets_of_its_own_and_the_table_and_the_signatures_tell_its_page(
    office: Accidents,
) -> None:
    draft = office.draft
    assert office.labels(draft) == {OF_FIRE: "1-1", OF_FLAW: "2-1"}
    assert [not text for text in texts(office.statements(draft))] == [False, True, False]
    table = office.table(draft)
    assert f"情况说明1{OF_FIRE}情况说明1-1" in table and f"情况说明2{OF_FLAW}情况说明2-1" in table
    assert "已撤回" not in table
    told = office.signing_list(draft)
    assert "落款1-1第1张正面" in told and "落款2-1第2张正面" in told


def test_one_that_is_withdrawn_takes_its_own_sheet_and_its_number_stays_free(office: Accidents) -> None:
    draft = office.made_of(FLAW)
    assert office.labels(draft) == {OF_FLAW: "2-1"}
    assert office.papers()[STATEMENT] == [(1, None, None)]
    assert f"注：情况说明1{OF_FIRE}已撤回。" in office.table(draft)


def test_one_that_came_in_stands_behind_the_others(office: Accidents) -> None:
    draft = office.made_of(LEAK, FIRE, FLAW)
    assert office.labels(draft)["2024年9月安全事故"] == "3-1"
    assert office.papers()[STATEMENT] == [(None, 3, 2)]


def test_one_that_is_corrected_or_grows_changes_its_own_sheets_alone(office: Accidents) -> None:
    office.made_of(FIRE_AGAIN, FLAW)
    assert office.papers()[STATEMENT] == [(1, 1, None)]
    before = texts(office.statements(sorted(office.series.glob("第*稿"))[0]))
    draft = office.made_of(LONG, FLAW)
    assert office.labels(draft)[OF_FLAW] == "2-1"
    steps = office.papers()[STATEMENT]
    assert list(office.papers()) == [STATEMENT] and {old for old, _, _ in steps} <= {1, None}
    (made,) = (office.series / "更正").glob(f"{draft.name}/换页打印稿.pdf")
    assert slipped(before, pairs(texts(made)), steps) == pairs(texts(office.statements(draft)))


def test_a_day_put_right_leaves_the_number(office: Accidents) -> None:
    draft = office.made_of(FIRE.replace("05-12", "05-21"), FLAW)
    assert office.labels(draft) == {"2023年5月21日安全事故": "1-1", OF_FLAW: "2-1"}
    assert "已撤回" not in office.table(draft)


def test_one_comes_back_under_its_number_whether_its_withdrawal_was_frozen_or_not(office: Accidents) -> None:
    first = office.statements(office.draft).read_bytes()
    office.made_of(FLAW)
    assert office.statements(office.made_of(FIRE, FLAW)).read_bytes() == first
    assert STATEMENT not in office.papers()
    withdrawn = office.made_of(FLAW)
    office.freeze()
    assert office.made_of(FLAW) == withdrawn, "freezing changes nothing in the next"
    assert office.statements(office.made_of(FIRE, FLAW)).read_bytes() == first


def test_all_of_them_may_be_withdrawn_and_one_comes_back(office: Accidents) -> None:
    none = office.made_of()
    assert not [*none.glob("1_报送材料/*情况说明*")]
    assert office.papers()[STATEMENT] == [(1, None, None), (2, None, None)]
    office.freeze()
    office.made_of()
    assert office.labels(office.made_of(FLAW)) == {OF_FLAW: "2-1"}


def test_one_still_to_be_written_has_no_number_yet(office: Accidents) -> None:
    unwritten = "{类别: 安全事故, 日期: 2024-09, 等级: 一般}"
    office.made_of(FIRE, FLAW)
    office.write(office.text.replace("事件:\n", f"事件:\n  - {unwritten}\n"))
    result = office.run("build", "--form", "small", "--draft")
    assert result.exit_code == 0, result.output
    assert office.labels(office.draft) == {OF_FIRE: "1-1", OF_FLAW: "2-1"}
    assert "情况说明2024年9月安全事故情况说明待填写" in office.table(office.draft)
    assert [*office.draft.glob("2_内部留存_不报送/*待填写*.docx")]
