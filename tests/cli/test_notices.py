"""`shenbao notices`, and a build that follows a notice, as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from generator.cli.program import program

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


def reading(result: Result) -> Any:
    return json.loads(result.stdout)


def test_all_notices_are_listed_with_what_they_ask_for() -> None:
    listed = shenbao("notices").stdout
    for words in (
        "shanghai-2024  上海市2024年通知",
        "申报表一式5份",
        "光盘（申报表、佐证材料）2张",
        "申报表正本1份、副本2份",
    ):
        assert words in listed
    ids = [notice["id"] for notice in reading(shenbao("notices", "--json"))["notices"]]
    assert ids == ["hubei-2024", "miit-2022", "miit-2024", "miit-2025", "miit-2025-rereview", "shanghai-2024"]


def test_one_notice_shows_everything_by_its_chinese_name() -> None:
    told = shenbao("notices", "上海").stdout
    assert told.count("区  ") >= 16
    for words in (
        "沪经信企〔2024〕273号",
        "期限：由区确定",
        "期限：2024年5月15日前",
        "普陀商务委  52564588-7045",
        "没有要求",
    ):
        assert words in told
    hubei = shenbao("notices", "湖北").stdout
    for words in ("邮寄，武汉市武昌区洪山路10号洪山大厦", "zxc87122161@163.com", "期限：2024年6月20日前", "份数不清楚"):
        assert words in hubei
    ministry = shenbao("notices", "工信部2024年通知").stdout
    assert "省、自治区、直辖市：不超过8个" in ministry
    assert "计划单列市、新疆生产建设兵团：不超过2个" in ministry


def test_one_notice_as_json_has_offices_copies_and_null_for_what_is_not_known() -> None:
    shanghai = reading(shenbao("notices", "上海", "--json"))
    assert len(shanghai["offices"]) == 16
    assert shanghai["deliveries"][0]["demands"][0]["copies"]["plain"] == 5
    assert shanghai["deliveries"][1]["deadline"]["date"] == "2024-05-15"
    later = reading(shenbao("notices", "miit-2025", "--json"))
    assert later["deliveries"][0]["demands"][0]["copies"] is None


def test_an_unknown_notice_is_a_usage_error_that_lists_them() -> None:
    result = shenbao("notices", "火星")
    assert result.exit_code == 2
    assert "shanghai-2024" in result.stderr


def test_a_build_follows_the_notice(tmp_path: Path) -> None:
    result = shenbao("build", EXAMPLE, "--notice", "上海", "-o", tmp_path, "--json")
    assert result.exit_code == 0, result.output
    draft = Path(reading(result)["draft"])
    assert draft.parent.name == "shanghai-2024"
    manifest = json.loads((draft / "manifest.json").read_bytes())
    assert (manifest["notice"], manifest["form"]) == ("shanghai-2024", "shanghai-2024")
    (form,) = (draft / "1_报送材料").glob("01_申报表_*.pdf")
    assert PdfReader(form).pages[0].extract_text().startswith("附件1")


def test_the_mark_of_the_annex_is_the_notices_and_moves_nothing(tmp_path: Path) -> None:
    pages = {}
    for notice in ("hubei-2024", "miit-2024"):
        result = shenbao("build", EXAMPLE, "--notice", notice, "--form-only", "-o", tmp_path, "--json")
        assert result.exit_code == 0, result.output
        (form,) = (Path(reading(result)["draft"]) / "1_报送材料").glob("01_*.pdf")
        pages[notice] = [page.extract_text() for page in PdfReader(form).pages]
    hubei, ministry = pages["hubei-2024"], pages["miit-2024"]
    assert hubei[0].startswith("附件2")
    assert ministry[0].startswith("附件1")
    assert hubei[1:] == ministry[1:]


def test_unknown_copies_are_told_and_the_package_builds(tmp_path: Path) -> None:
    words: list[str | Path] = ["build", EXAMPLE, "--notice", "miit-2025", "--form-only", "-o", tmp_path, "--json"]
    result = shenbao(*words)
    assert result.exit_code == 0
    assert [finding["code"] for finding in reading(result)["findings"]][-2:] == ["N101", "N102"]
    result = shenbao(*words, "--copies", "3", "--discs", "1")
    assert {finding["code"] for finding in reading(result)["findings"]}.isdisjoint({"N101", "N102"})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--notice"),
        (["--notice", "上海", "--form", "national-2025"], "只能写一个"),
        (["--notice", "miit-2022"], "另写 --form"),
        (["--notice", "上海", "--copies", "许多"], "看不懂份数"),
        (["--notice", "上海", "--discs", "x"], "--discs"),
    ],
)
def test_what_does_not_fit_together_is_a_usage_error(tmp_path: Path, words: list[str], told: str) -> None:
    result = shenbao("build", EXAMPLE, *words, "-o", tmp_path)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_copies_in_one_and_covers_are_made_on_request(tmp_path: Path) -> None:
    words: list[str | Path] = [
        "build",
        EXAMPLE,
        "--notice",
        "上海",
        "--print-copies",
        "--cover",
        "-o",
        tmp_path,
        "--json",
    ]
    result = shenbao(*words)
    assert result.exit_code == 0, result.output
    files = {file["role"]: file for file in reading(result)["files"]}
    assert {"print-instructions.pdf", "signing-list.pdf", "binding-cover.pdf", "copies-1.pdf"} <= set(files)
    draft = Path(reading(result)["draft"])
    papers = [file for file in files.values() if re.fullmatch(r"1_报送材料/[^/]+\.pdf", file["path"])]
    assert {"form.pdf", "evidence.pdf", "lists.pdf"} <= {paper["role"] for paper in papers}
    size = sum((draft / paper["path"]).stat().st_size for paper in papers)
    assert (draft / files["copies-1.pdf"]["path"]).stat().st_size < 1.1 * size
    assert files["copies-1.pdf"]["pages"] == 5 * sum(paper["pages"] + paper["pages"] % 2 for paper in papers)
    assert reading(shenbao(*words))["changed"] is False


def test_a_form_alone_is_printed_in_copies_where_their_number_is_given(tmp_path: Path) -> None:
    asked: list[str | Path] = [
        "build",
        EXAMPLE,
        "--form",
        "national-2025",
        "--copies",
        "正本1副本2",
        "--dry-run",
        "-o",
        tmp_path,
        "--json",
    ]
    roles = {file["role"] for file in reading(shenbao(*asked))["files"]}
    assert {"copy-sheet.pdf", "signing-list.pdf", "print-instructions.pdf"} <= roles
    assert list(tmp_path.iterdir()) == []
