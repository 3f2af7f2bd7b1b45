"""What is shown while a command works, and what a quiet one shows: nothing but errors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.commands import build, check, verify
from generator.cli.program import program
from tests.package.builds import EXAMPLE, FORM, own_copy, word_file_of

QUICK = EXAMPLE.parent / "青浦区北斗导航"


def shenbao(*words: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in words])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the example was built, quietly."""
    folder = tmp_path_factory.mktemp("output")
    result = shenbao("build", EXAMPLE, "--form", FORM, "--form-only", "-o", folder, "-q")
    assert (result.exit_code, result.output) == (0, "")
    return folder


def test_commands_that_find_nothing_wrong_say_nothing(output: Path, tmp_path: Path) -> None:
    (draft,) = output.glob("*/*/第001稿")
    commands: list[list[str | Path]] = [
        ["check", EXAMPLE, "--form", FORM],
        ["build", EXAMPLE, "--form", FORM, "--form-only", "-o", output],
        ["verify", output, "--cluster", EXAMPLE],
        ["form", "verify", FORM, word_file_of(draft)],
        ["summary", draft, "-o", tmp_path / "summary", "--contact", "李明 13800000000"],
        ["blank", FORM, "-o", tmp_path / "blank"],
        ["new", tmp_path / "new", "--form", FORM],
    ]
    for words in commands:
        result = shenbao(*words, "--quiet")
        assert result.output == "", words
        assert result.exit_code in (0, 1), words
    assert (tmp_path / "summary").is_dir() and (tmp_path / "blank").is_dir() and (tmp_path / "new").is_dir()


def test_what_is_wrong_still_has_its_exit_code_and_errors_are_told(output: Path, tmp_path: Path) -> None:
    checked = shenbao("check", QUICK, "--form", FORM, "-q")
    assert (checked.exit_code, checked.output) == (1, "")
    blocked = shenbao("build", QUICK, "--form", FORM, "-o", tmp_path, "-q")
    assert blocked.exit_code == 1 and blocked.stdout == "" and "必须改" in blocked.stderr
    missing = shenbao("verify", tmp_path / "nowhere", "-q")
    assert missing.exit_code == 3 and "找不到" in missing.stderr


def test_a_quiet_command_still_answers_a_program(output: Path) -> None:
    result = shenbao("verify", output, "--cluster", EXAMPLE, "-q", "--json")
    tree = json.loads(result.stdout)
    assert tree["today"] is True and tree["part"] == "" and tree["form"] == FORM
    assert {one["aspect"] for one in tree["examinations"]} == {"authentic", "complete", "usable", "safe", "current"}
    assert tree["counts"] == {"must": 0, "check": 0, "note": 0}


def test_the_four_examinations_are_told_with_what_was_not_examined(output: Path) -> None:
    text = shenbao("verify", output, "--cluster", EXAMPLE).stdout
    for words in (
        "真实性：",
        "完整性：",
        "可用性：",
        "安全性：",
        "未检查　电子签名、电子印章",
        "未检查　病毒",
        "是今天的数据",
    ):
        assert words in text


def test_a_package_that_lost_a_file_has_exit_code_1(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "out")
    (draft,) = (tmp_path / "out").glob("*/*/第001稿")
    word_file_of(draft).unlink()
    result = shenbao("verify", draft, "--cluster", EXAMPLE)
    assert result.exit_code == 1
    assert "[K101]" in result.stdout


def test_data_changed_since_are_no_damage(output: Path, tmp_path: Path) -> None:
    cluster = own_copy(tmp_path / EXAMPLE.name)
    with (cluster / "cluster.yaml").open("a", encoding="utf-8") as file:
        file.write("# 改过\n")
    result = shenbao("verify", output, "--cluster", cluster)
    assert result.exit_code == 0
    assert "cluster.yaml 请核对 [K120]" in result.stdout and "不是今天的数据" in result.stdout


# ── progress ──


def errors_of(words: list[str], environment: dict[str, str], *, terminal: bool) -> str:
    """Return what a command prints on standard error, to a terminal or to a file."""
    command = [sys.executable, "-m", "generator", *words]
    if not terminal:
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True).stderr
    ours, theirs = os.openpty()
    surroundings = {**environment, "TERM": "xterm"}
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the terminal is gone with the last who held it
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert process.returncode == 0
    return shown.decode("utf-8", "replace")


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
def test_a_terminal_sees_the_stages_and_nothing_else_does(tmp_path: Path, child_environment: dict[str, str]) -> None:
    words = ["build", str(EXAMPLE), "--form", FORM, "--form-only", "-o", str(tmp_path)]
    shown = errors_of(words, child_environment, terminal=True)
    assert any(stage in shown for stage in ("读取数据", "推算指标", "检查", "排版", "制作 PDF"))
    assert errors_of([*words, "-q"], child_environment, terminal=True) == ""
    assert errors_of(words, child_environment, terminal=False) == ""


def test_stages_are_told_in_their_order(tmp_path: Path) -> None:
    from generator.build import build as build_package
    from generator.prepared import prepare
    from tests.package.builds import FONTS, LIBRARY

    told: list[str] = []

    def progress(stage: str, done: int = 0, total: int = 0, /) -> None:
        told.append(stage)

    prepared = prepare(EXAMPLE, FORM, LIBRARY, FONTS, progress=progress)
    build_package(prepared, tmp_path, LIBRARY, FONTS, progress=progress)
    assert told[:3] == ["读取数据", "推算指标", "检查"]
    assert told[3:5] == ["填写 Word 文件并排版", "制作 PDF"]
    assert told[-4:] == ["制作自查报告", "查看各稿有无手工改动", "写入并核对", "对照已打印的各份"]


@pytest.mark.parametrize("command", [build.command, check.command, verify.command])
def test_quiet_has_a_short_name_everywhere(command: object) -> None:
    names = [name for parameter in command.params for name in parameter.opts]  # type: ignore[attr-defined]
    assert {"-q", "--quiet"} <= set(names)


def test_the_form_only_is_the_form_only(output: Path) -> None:
    (draft,) = output.glob("*/*/第001稿")
    papers = [path for path in draft.rglob("*") if path.suffix in {".docx", ".pdf", ".xlsx"}]
    assert {path.name.partition("_")[0] for path in papers} == {"01"} and len(papers) == 2
