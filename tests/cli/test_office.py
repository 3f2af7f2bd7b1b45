"""An office's recommendation from printing to its corrections, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import program
from tests.recommending.clusters import built, cluster, sealed
from tests.recommending.offices import series


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


def in_json(*args: str | Path) -> Any:
    result = shenbao(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


class Office:
    def __init__(self, home: Path) -> None:
        self.home, self.output = home, home / "out"
        self.sources = [self.source(number) for number in (1, 2, 3)]
        self.series = series(self.output)

    def source(self, number: int, **changed: str) -> Path:
        draft = built(self.home / "in", number, **changed)
        sealed(draft, number)
        return draft.parent

    def recommend(self, *more: str | Path) -> Result:
        asked = ("--notice", "湖北", "--sender", "某局", "--have", "2", "-o", self.output)
        result = shenbao("recommend", *self.sources, *asked, *more)
        assert result.exit_code == 0, result.output
        return result


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.recommend()
    return made


def test_a_recommendation_is_frozen_printed_corrected_and_listed(office: Office) -> None:
    told = shenbao("freeze", office.series, "--date", "2024-06-01")
    assert told.exit_code == 0 and "第01版" in told.stdout and "推荐文件、推荐汇总表" in told.stdout
    assert "集群数据已与这一稿不同" not in told.stdout
    noted = shenbao("ledger", office.series, "第1份", "材料移交清单第1份", "光盘1", "--printed", "是")
    assert noted.exit_code == 0, noted.output
    office.source(2, 运营管理机构名称="新的公司")
    said = office.recommend().stdout
    assert "第1份：换页（印1张）" in said and "推荐汇总表：第1张" in said and "光盘1：重新刻录" in said
    tree = in_json("correct", office.series)
    assert tree["draft"] == "第002稿" and not tree["changed"]
    (table,) = tree["copies"][0]["papers"]
    assert table == {"paper": "推荐汇总表", "steps": [{"old": 1, "new": 1, "after": None}]}
    history = in_json("history", office.series)
    assert [one["version"] for one in history["versions"]] == [1] and len(history["copies"]) == 4
    assert history["copies"][0]["papers"] == ["推荐文件", "推荐汇总表"]


@pytest.mark.parametrize("place", ["", "第001稿", ".."])
def test_the_folder_may_be_named_from_above_and_from_below(office: Office, place: str) -> None:
    assert shenbao("freeze", office.series / place if place != ".." else office.series.parent).exit_code == 0


def test_what_differs_is_told_by_paper(office: Office) -> None:
    office.source(2, 运营管理机构名称="新的公司")
    office.recommend()
    said = shenbao("diff", office.series).stdout
    assert "推荐汇总表（hubei-2024）：第002稿与第001稿相比" in said
    assert f"第1页 推荐汇总表 › {cluster(2).name} › 集群运营管理机构：" in said and "→ 新的公司" in said
    assert "推荐文件（hubei-2024）：第002稿与第001稿相比\n没有变化。" in said
    trees = in_json("diff", office.series)["comparisons"]
    assert [one["nothing"] for one in trees] == [True, False, True]


def test_one_draft_alone_cannot_be_compared(office: Office) -> None:
    result = shenbao("diff", office.series)
    assert result.exit_code == 2 and "--against" in result.stderr


def test_a_recommendation_is_verified_page_by_page(office: Office) -> None:
    told = shenbao("verify", office.series)
    assert told.exit_code == 0, told.output
    assert "重新排版 01_推荐文件（拟稿）.docx" in told.stdout and "各集群的成果用 shenbao verify 核对" in told.stdout


def test_a_version_is_brought_back(office: Office, tmp_path: Path) -> None:
    shenbao("freeze", office.series)
    told = shenbao("history", office.series, "--restore", "1", "--to", tmp_path / "恢复")
    assert told.exit_code == 0, told.output
    assert list((tmp_path / "恢复").rglob("02_*汇总表.pdf"))


def test_papers_whose_number_nobody_says_are_told_and_can_be_entered_later(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1, form="shanghai-2024", 省="上海市", 市="", 县="示例区")
    sealed(draft, 1)
    shenbao("recommend", draft.parent, "--notice", "shanghai-2024", "--sender", "某委", "-o", tmp_path / "out")
    where = tmp_path / "out" / "推荐材料" / "shanghai-2024"
    told = shenbao("freeze", where)
    assert told.exit_code == 0 and "没有记入台账：推荐文件。" in told.stdout and "--copies" in told.stdout
    again = shenbao("freeze", where, "--copies", "2")
    assert "第1份（纸质）  第01版" in again.stdout and "没有记入台账" not in again.stdout
    assert in_json("freeze", where)["unknown"] == []


def test_copies_of_one_cluster_and_a_table_of_all_may_be_given(office: Office, tmp_path: Path) -> None:
    table = tmp_path / "收件登记.csv"
    table.write_text(f"集群全称,已收份数,已收光盘\n{cluster(1).name},4,1\n没有的集群,2,\n", encoding="utf-8")
    tree = json.loads(office.recommend("--have", table, "--have", "第03号=0", "--json").stdout)
    form, _, discs = tree["copies"]
    assert form["have_of_each"] == [4, 2, 0] and (form["keep"], form["wanting"]) == (4, 1)
    assert discs["material"] == "光盘" and discs["have_of_each"] == [1, 0, 0]
    assert {"T103", "T114"} == {one["code"] for one in tree["findings"]}
    assert shenbao("recommend", *office.sources, "--notice", "湖北", "--have", "很多").exit_code == 2
    assert shenbao("recommend", *office.sources, "--notice", "湖北", "--have", tmp_path / "无.xlsx").exit_code == 3
