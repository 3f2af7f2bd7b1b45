"""`shenbao recommend`, and `shenbao summary` by notice, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from generator.cli.program import program
from tests.recommending.clusters import built, cluster, sealed
from tests.summary.clusters import WHOLE, cluster_folder


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


def in_json(*args: str | Path) -> tuple[int, Any]:
    result = shenbao(*args, "--json")
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The folder of 稿 of a cluster that is built and sealed."""
    draft = built(tmp_path / "in", 1)
    sealed(draft, 1)
    return draft.parent


@pytest.fixture
def nine(tmp_path: Path) -> list[Path]:
    return [built(tmp_path / "nine", number).parent for number in range(1, 10)]


def test_a_recommendation_tells_what_it_holds(tmp_path: Path, source: Path) -> None:
    result = shenbao("recommend", source, "--notice", "湖北", "--have", "2", "--sender", "某局", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "推荐 1 个集群，报省经信厅中小企业发展处。" in result.stdout
    assert "申报表：每个集群收到2份，每个应报1份，共留存1份" in result.stdout
    assert "第001稿" in result.stdout and "1_报送材料/集群材料/（3 个文件）" in result.stdout


def test_programs_read_clusters_copies_and_changes(tmp_path: Path, source: Path) -> None:
    asked = ("recommend", source, "--notice", "湖北", "--have", "0", "--sender", "某局", "-o", tmp_path / "out")
    code, tree = in_json(*asked)
    assert (code, tree["changed"], tree["marked"], tree["changes"]) == (0, True, False, None)
    (told,) = tree["clusters"]
    assert told["name"] == cluster(1).name and told["signed"]
    assert {paper["origin"] for paper in told["papers"]} == {"sealed", "unsigned"}
    counted = {"clusters": 1, "have": 0, "have_of_each": [0], "owe": 1, "keep": 0, "wanting": 1}
    assert {"material": "申报表", **counted} in tree["copies"]
    assert [finding["code"] for finding in tree["findings"]] == ["T103"]
    code, tree = in_json(*asked)
    assert (code, tree["changed"]) == (0, False)
    assert [one["state"] for one in tree["changes"]["clusters"]] == ["不变"]


def test_a_cluster_that_is_left_out_is_named_and_the_exit_code_says_so(tmp_path: Path, source: Path) -> None:
    broken = cluster_folder(tmp_path, "坏的", "产业: [没有\n合上")
    result = shenbao("recommend", broken, source, "--notice", "湖北", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"没有列入：{broken}" in result.stdout and "推荐 1 个集群" in result.stdout
    assert list((tmp_path / "out").rglob("02_*汇总表.pdf"))


def test_what_changed_since_is_told_by_cluster_and_page(tmp_path: Path, source: Path) -> None:
    asked = ("--notice", "湖北", "--have", "2", "--sender", "某局", "-o", tmp_path / "out")
    assert shenbao("recommend", source, *asked).exit_code == 0
    later = built(tmp_path / "in", 1, text="改过", 运营管理机构名称="新的公司")
    result = shenbao("recommend", later.parent, *asked)
    assert "与上一稿相比，集群：新增 0，有变 1，撤下 0，不变 0。" in result.stdout
    assert (
        f"有变 {cluster(1).name}（集群运营管理机构；" in result.stdout and "要换的页 汇总表：第 1 页" in result.stdout
    )


def test_quiet_says_nothing_and_a_dry_run_writes_nothing(tmp_path: Path, source: Path) -> None:
    assert shenbao("recommend", source, "--notice", "湖北", "-o", tmp_path / "out", "-q").stdout == ""
    said = shenbao("recommend", source, "--notice", "湖北", "-o", tmp_path / "dry", "--dry-run")
    assert "试运行" in said.stdout and not (tmp_path / "dry").exists()


def test_a_folder_of_originals_that_is_not_there_is_told(tmp_path: Path, source: Path) -> None:
    assert shenbao("recommend", source, "--notice", "湖北", "--received", tmp_path / "没有").exit_code == 3


def test_a_summary_by_notice_has_its_table_annex_and_level(tmp_path: Path, source: Path) -> None:
    code, tree = in_json("summary", source, "--notice", "工信部2024", "-o", tmp_path)
    assert (code, tree["rows"]) == (0, 1)
    (docx,) = tmp_path.glob("2024年度*.docx")
    texts = [paragraph.text for paragraph in Document(str(docx)).paragraphs]
    assert texts[0] == "附件2" and any(text.startswith("省级中小企业主管部门：") for text in texts)


def test_a_summary_of_more_than_the_quota_is_marked(tmp_path: Path, nine: list[Path]) -> None:
    code, tree = in_json("summary", *nine, "--notice", "miit-2024", "-o", tmp_path / "省")
    assert code == 1 and "H108" in {finding["code"] for finding in tree["findings"]}
    code, tree = in_json("summary", *nine[:8], "--notice", "miit-2024", "-o", tmp_path / "八个")
    assert code == 0
    kind = ("--sender-kind", "计划单列市")
    code, tree = in_json("summary", *nine[:3], "--notice", "miit-2024", *kind, "-o", tmp_path / "三个")
    assert code == 1 and [one["expected"] for one in tree["findings"]] == ["不超过2个（计划单列市）"]


@pytest.mark.parametrize("notice", ["shanghai-2024", "miit-2025"])
def test_a_notice_without_a_table_gets_none_and_says_why(tmp_path: Path, source: Path, notice: str) -> None:
    result = shenbao("summary", source, "--notice", notice, "-o", tmp_path / "out")
    assert result.exit_code == 0 and "没有生成任何文件" in result.stdout and "--form" in result.stdout
    code, tree = in_json("summary", source, "--notice", notice, "-o", tmp_path / "out")
    assert (code, tree["files"], tree["notice"]) == (0, [], notice) and tree["note"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--notice", "湖北", "--form", "summary-2024"),
        ("--sender-kind", "省"),
        ("--notice", "没有"),
        ("--notice", "miit-2024", "--sender-kind", "村"),
    ],
)
def test_what_does_not_fit_together_is_a_usage_error(tmp_path: Path, source: Path, wrong: tuple[str, ...]) -> None:
    assert shenbao("summary", source, *wrong, "-o", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_recommendation_is_of_a_notice(source: Path) -> None:
    result = shenbao("recommend", source)
    assert result.exit_code == 2 and "--notice" in result.stderr


def test_data_alone_can_be_recommended_with_forms_set_again(tmp_path: Path) -> None:
    data = cluster_folder(tmp_path, "数据", WHOLE)
    _, tree = in_json("recommend", data, "--notice", "湖北", "--set-again", "--dry-run")
    assert {paper["origin"] for paper in tree["clusters"][0]["papers"]} == {"again"}
