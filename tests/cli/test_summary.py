"""`shenbao summary` from end to end: folders and packages, broken ones among them, as a user runs it."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from generator.cli.program import program
from tests.summary.clusters import WHOLE, cluster_folder

DATA = Path(__file__).resolve().parents[2] / "data"
EXAMPLE = DATA / "示例区智能传感器"
TITLE = "2024年度中小企业特色产业集群推荐汇总表"
EXAMPLE_NAME = "上海市示例区智能传感器产业集群"
WHOLE_NAME = "湖北省宜昌市夷陵区泵阀产业集群"


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


def summary(output: Path, *args: str | Path) -> tuple[int, Any]:
    result = shenbao("summary", *args, "-o", output, "--json")
    return result.exit_code, json.loads(result.stdout)


def codes(tree: Any) -> set[str]:
    return {finding["code"] for finding in tree["findings"]}


def pdf_text(output: Path, name: str = TITLE) -> str:
    pages = PdfReader(BytesIO((output / f"{name}.pdf").read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 稿 of the complete example."""
    output = tmp_path_factory.mktemp("output")
    assert shenbao("build", EXAMPLE, "--form", "national-2025", "--form-only", "-o", output).exit_code == 0
    (folder,) = output.glob("*/*")
    return folder


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return cluster_folder(tmp_path, "泵阀", WHOLE)


def test_the_example_makes_a_table_without_a_fault(tmp_path: Path) -> None:
    code, tree = summary(tmp_path, EXAMPLE, "--contact", "李明 13800000000")
    assert (code, tree["findings"], tree["rows"], tree["pages"], tree["draft"]) == (0, [], 1, 1, False)
    assert [Path(file).name for file in tree["files"]] == [f"{TITLE}{kind}" for kind in (".docx", ".pdf", ".xlsx")]
    text = pdf_text(tmp_path)
    assert EXAMPLE_NAME in text and "联系人和手机：李明13800000000" in text and "草稿" not in text


def test_a_package_says_what_its_cluster_folder_says(tmp_path: Path, packages: Path) -> None:
    drafts = sorted(path for path in packages.iterdir() if path.is_dir())
    for number, source in enumerate([packages, drafts[-1], drafts[-1] / "snapshot.json"]):
        assert summary(tmp_path / str(number), source)[0] == 0
    assert summary(tmp_path / "folder", EXAMPLE)[0] == 0
    for kind in (".docx", ".pdf", ".xlsx"):
        (content,) = {file.read_bytes() for file in tmp_path.glob(f"*/{TITLE}{kind}")}
        assert content


def test_a_package_that_was_tampered_with_is_left_out(tmp_path: Path, packages: Path, whole: Path) -> None:
    (draft,) = (path for path in packages.iterdir() if path.is_dir())
    copy = tmp_path / draft.name
    shutil.copytree(draft, copy)
    snapshot = copy / "snapshot.json"
    snapshot.write_text(snapshot.read_text(encoding="utf-8").replace("128.94", "228.94"), encoding="utf-8")
    code, tree = summary(tmp_path / "out", copy, whole)
    assert (code, tree["left_out"], tree["clusters"]) == (1, [str(copy)], [WHOLE_NAME])
    assert "H201" in codes(tree)


def test_a_package_that_is_a_draft_is_told(tmp_path: Path, whole: Path) -> None:
    words: list[str | Path] = ["build", whole, "--form", "national-2025", "--form-only", "--draft"]
    assert shenbao(*words, "-o", tmp_path / "built").exit_code == 0
    (folder,) = (tmp_path / "built").glob("*/*")
    code, tree = summary(tmp_path / "out", folder)
    assert code == 0 and "H202" in codes(tree)


def test_a_broken_cluster_does_not_stop_the_others(tmp_path: Path, whole: Path) -> None:
    broken = cluster_folder(tmp_path, "坏的", "产业: [没有\n合上")
    empty = tmp_path / "空的"
    empty.mkdir()
    code, tree = summary(tmp_path / "out", broken, EXAMPLE, empty, whole)
    assert code == 1
    assert tree["clusters"] == [EXAMPLE_NAME, WHOLE_NAME]
    assert tree["left_out"] == [str(broken), str(empty)]
    assert [finding["file"] for finding in tree["findings"] if finding["code"] == "H201"] == [str(broken), str(empty)]
    assert any(finding["file"] == str(broken / "cluster.yaml") for finding in tree["findings"])
    assert "草稿" in pdf_text(tmp_path / "out", f"{TITLE}（草稿）")


def test_nothing_is_written_when_no_cluster_can_be_read(tmp_path: Path) -> None:
    broken = cluster_folder(tmp_path, "坏的", "产业: [没有\n合上")
    result = shenbao("summary", broken, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "没有一个集群能列入汇总表" in result.stderr
    assert not (tmp_path / "out").exists()
    assert summary(tmp_path / "out", broken)[1]["files"] == []


def test_the_public_clusters_make_a_draft_that_names_what_each_lacks(tmp_path: Path) -> None:
    sources = sorted(DATA.iterdir())
    code, tree = summary(tmp_path, *sources)
    assert (code, tree["rows"], tree["draft"], tree["left_out"]) == (1, 4, True, [])
    for name in ("仿真纤维材料", "汽车设计及零部件智造", "北斗导航"):
        lacking = [finding["path"] for finding in tree["findings"] if name in finding["path"]]
        assert [path.partition(" › ")[2] for path in lacking] == [
            "集群运营管理机构",
            "集群成立时间",
            "集群简介（300字以内）",
            "",
        ]


def test_a_fault_that_the_table_does_not_print_is_only_counted(tmp_path: Path) -> None:
    extra = "概况: {占地面积: 很大, 不认识的项: 1}\n"
    _, tree = summary(tmp_path / "out", cluster_folder(tmp_path, "泵阀", WHOLE + extra))
    assert codes(tree) == {"H103", "H203"}
    wrong = WHOLE.replace("2018-06", "前年")
    code, tree = summary(tmp_path / "other", cluster_folder(tmp_path, "日期", wrong))
    assert code == 1 and {"Y305", "H101"} <= codes(tree)


def test_a_submission_may_bring_its_own_text(tmp_path: Path) -> None:
    own = WHOLE + "申报:\n  summary-2024: {叙述: {集群简介: 专为汇总表写的。}}\n"
    folder = cluster_folder(tmp_path, "泵阀", own)
    code, tree = summary(tmp_path / "out", folder)
    assert code == 0 and not any(code.startswith("Y") for code in codes(tree))
    assert "专为汇总表写的。" in pdf_text(tmp_path / "out")
    assert "Y208" not in shenbao("check", folder, "--form", "national-2025").stdout


def test_level_sender_edition_and_annex_are_given_with_the_run(tmp_path: Path, whole: Path) -> None:
    given = ("--level", "省级", "--sender", "湖北省经济和信息化厅", "--edition", "2025", "--annex", "附件3")
    assert summary(tmp_path / "out", whole, *given)[0] == 0
    text = pdf_text(tmp_path / "out", TITLE.replace("2024", "2025"))
    assert text.startswith("附件32025年度")
    assert "省级中小企业主管部门：湖北省经济和信息化厅（盖章）" in text


@pytest.mark.parametrize(
    "wrong", [("--level", "村级"), ("--order", "拼音"), ("--form", "national-2025"), ("--edition", "1066")]
)
def test_what_the_table_does_not_know_is_a_usage_error(tmp_path: Path, whole: Path, wrong: tuple[str, str]) -> None:
    assert shenbao("summary", whole, *wrong, "-o", tmp_path / "out").exit_code == 2


def test_a_path_that_is_not_there_is_told_before_anything_is_done(tmp_path: Path, whole: Path) -> None:
    assert shenbao("summary", whole, tmp_path / "没有", "-o", tmp_path / "out").exit_code == 3
    assert not (tmp_path / "out").exists()


def test_a_table_that_stands_is_not_replaced_by_another(tmp_path: Path, whole: Path) -> None:
    assert summary(tmp_path / "out", whole)[0] == 0
    before = {file: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert summary(tmp_path / "out", whole)[0] == 0
    assert shenbao("summary", whole, EXAMPLE, "-o", tmp_path / "out").exit_code == 4
    assert {file: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


def test_the_report_says_who_stands_in_the_table_and_who_does_not(tmp_path: Path, whole: Path) -> None:
    broken = cluster_folder(tmp_path, "坏的", "产业: [没有\n合上")
    said = shenbao("summary", whole, broken, "-o", tmp_path / "out").stdout
    assert f"没有列入：{broken}" in said and "列入 1 个集群，打印 1 页。" in said and "“草稿”" in said


def test_the_table_is_listed_explained_and_printed_blank(tmp_path: Path) -> None:
    assert "summary-2024" in shenbao("forms").stdout and "汇总表" in shenbao("forms").stdout
    (listed,) = json.loads(shenbao("forms", "--json").stdout)["summaries"]
    assert (listed["id"], listed["orders"]) == ("summary-2024", ["区县", "产值"])
    assert "summary-2024：集群简介（300字以内）" in shenbao("explain", "集群简介").stdout
    assert shenbao("blank", "summary-2024", "-o", tmp_path).exit_code == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        f"{TITLE}_空白.docx",
        f"{TITLE}_空白.pdf",
        "汇总底稿.xlsx",
    ]


@pytest.mark.parametrize("command", ["check", "build", "new"])
def test_a_summary_table_is_not_filled_by_a_single_cluster(command: str, tmp_path: Path) -> None:
    result = shenbao(command, tmp_path if command == "new" else EXAMPLE, "--form", "summary-2024")
    assert result.exit_code == 2 and "shenbao summary" in result.stderr
