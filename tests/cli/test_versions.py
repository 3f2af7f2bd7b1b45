"""`shenbao freeze`, `ledger`, `history`, as a user runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import program

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    words: list[str | Path] = ["build", EXAMPLE, "--notice", "miit-2022", "--form", "national-2024", "--form-only"]
    assert shenbao(*words, "-o", folder).exit_code == 0
    return folder


def test_a_version_is_frozen_its_copies_noted_and_listed(output: Path) -> None:
    frozen = shenbao("freeze", EXAMPLE, "-o", output, "--date", "2025-05-20", "--note", "首次打印")
    assert frozen.exit_code == 0, frozen.output
    assert "第001稿 是第01版" in frozen.stdout and "副本2（纸质）  第01版；未打印；未装订；本单位" in frozen.stdout
    assert "没有再留一份" in shenbao("freeze", EXAMPLE, "-o", output).stdout
    noted = shenbao("ledger", EXAMPLE, "正本", "--printed", "是", "--sealed", "是", "--bound", "胶装", "-o", output)
    assert noted.exit_code == 0
    told = shenbao("history", EXAMPLE, "-o", output).stdout
    assert "第01版  2025-05-20 由第001稿定稿，首次打印；完好" in told
    assert "正本（纸质）  第01版；已打印、已盖章；胶装" in told
    (version,) = json.loads(shenbao("history", EXAMPLE, "-o", output, "--json").stdout)["versions"]
    assert (version["version"], version["intact"]) == (1, True)


def test_what_was_never_frozen_or_entered_cannot_be_noted(output: Path) -> None:
    shenbao("freeze", EXAMPLE, "-o", output)
    wrong = shenbao("ledger", EXAMPLE, "正本", "--exchanged", "7:3", "-o", output)
    assert wrong.exit_code == 2 and "没有第07版" in wrong.stderr
    unknown = shenbao("ledger", EXAMPLE, "副本9", "--printed", "是", "-o", output)
    assert unknown.exit_code == 3 and "台账里没有" in unknown.stderr


def test_a_version_is_restored_elsewhere(output: Path, tmp_path: Path) -> None:
    shenbao("freeze", EXAMPLE, "-o", output)
    assert shenbao("history", EXAMPLE, "-o", output, "--restore", "1", "--to", tmp_path / "恢复").exit_code == 0
    assert (tmp_path / "恢复" / "数据" / "cluster.yaml").read_bytes() == (EXAMPLE / "cluster.yaml").read_bytes()


def test_two_who_freeze_at_once_make_one_version_and_enter_every_copy_once(
    output: Path, tmp_path: Path, child_environment: dict[str, str]
) -> None:
    shutil.copytree(output, tmp_path / "out")
    (series,) = (path.parent for path in (tmp_path / "out").glob("*/*/第001稿"))
    shutil.rmtree(series / "定稿", ignore_errors=True)
    (series / "份数台账.yaml").unlink(missing_ok=True)
    words = [sys.executable, "-m", "generator", "freeze", str(EXAMPLE), "-o", str(tmp_path / "out")]
    running = [subprocess.Popen(words, env=child_environment, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(120) for process in running] == [0, 0]
    told = json.loads(shenbao("history", EXAMPLE, "-o", tmp_path / "out", "--json").stdout)
    assert [version["version"] for version in told["versions"]] == [1]
    assert [copy["name"] for copy in told["copies"]] == ["正本", "副本1", "副本2"]
