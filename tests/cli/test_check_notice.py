"""`check --notice`: what a build for that notice would refuse is told before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import program
from tests.cli.small_folder import NOTICE, Folder

BY_STANDARD = NOTICE.replace("form: small\n", "form: small\nstandard: national-2022\n").replace(
    "deadline: {note: 不清楚。}", "deadline: {date: 2025-04-30}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    (folder.library / "notices").mkdir()
    (folder.library / "notices" / "small.yaml").write_text(BY_STANDARD, "utf-8")
    return folder


def check(folder: Folder, *words: str) -> Result:
    args = ["check", str(folder.cluster), *words, "--library", str(folder.library)]
    return CliRunner().invoke(program, args)


def found(result: Result) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return findings


def codes(result: Result) -> set[str]:
    return {str(finding["code"]) for finding in found(result)}


def test_by_the_notice_the_standard_the_date_and_the_evidence_are_looked_at_too(folder: Folder) -> None:
    by_notice, by_form = check(folder, "--notice", "small", "--json"), check(folder, "--form", "small", "--json")
    standard, blank_page, late = "C802", "E211", "N106"
    assert codes(by_notice) - codes(by_form) == {standard, blank_page, late}


def test_a_damaged_file_of_evidence_blocks_as_it_does_in_a_build(folder: Folder) -> None:
    (folder.cluster / "佐证材料" / "清单.pdf").write_bytes(b"%PDF-1.7\nnothing that follows is one\n")
    assert check(folder, "--form", "small").exit_code == 0
    checked = check(folder, "--notice", "small", "--json")
    assert checked.exit_code == 1
    built = folder.run("build", "--notice", "small", "--json")
    assert built.exit_code == 1
    must = [finding for finding in found(checked) if finding["severity"] == "must"]
    assert must and must == [finding for finding in found(built) if finding["severity"] == "must"]


def test_a_check_by_notice_says_all_that_a_build_says_before_it_makes_any_paper(folder: Folder) -> None:
    folder.write(folder.text.replace("  占地面积: 12.60        # 平方公里\n", ""))
    checked = found(check(folder, "--notice", "small", "--json"))
    assert checked == found(folder.run("build", "--notice", "small", "--json"))


def test_the_report_tells_what_the_notice_asks_too(folder: Folder, tmp_path: Path) -> None:
    path = tmp_path / "自查报告.json"
    check(folder, "--notice", "small", "--report", str(path))
    report = json.loads(path.read_bytes())
    assert report["standard"] == "national-2022"
    assert "N106" in {finding["code"] for finding in report["findings"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "要写 --notice（照哪份通知报送）或 --form"),
        (("--notice", "small", "--form", "small"), "只能写一个"),
        (("--notice", "没有的"), "没有的"),
        (("--notice", "miit-2022"), "请另写 --form"),
    ],
)
def test_a_form_that_can_not_be_told_is_a_mistake_in_the_command(
    folder: Folder, words: tuple[str, ...], told: str
) -> None:
    result = check(folder, *words)
    assert result.exit_code == 2
    assert told in result.stderr
