"""`check --report`: a file of the kind that its name says, written whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import program

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FORM = "national-2025"


def check(cluster: Path, *more: str | Path) -> Result:
    return CliRunner().invoke(program, ["check", str(cluster), "--form", FORM, *map(str, more)])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "坏的"
    folder.mkdir()
    (folder / "cluster.yaml").write_text("地区: {省: 上海市\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "start"), [("报告.pdf", b"%PDF-"), ("报告.HTML", b"<!DOCTYPE html>"), ("报告.json", b"{")]
)
def test_the_name_decides_what_the_report_is(tmp_path: Path, name: str, start: bytes) -> None:
    path = tmp_path / "新文件夹" / name
    result = check(EXAMPLE, "--report", path)
    assert result.exit_code == 0, result.output
    assert f"自查报告已写到：{path}" in result.stdout
    assert path.read_bytes().startswith(start)
    assert [entry.name for entry in path.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", ["报告.docx", "报告", "pdf"])
def test_another_kind_is_refused_before_anything_is_read(tmp_path: Path, name: str) -> None:
    result = check(tmp_path / "没有的集群", "--report", tmp_path / name)
    assert result.exit_code == 2
    assert ".pdf、.html、.json" in result.stderr
    assert not (tmp_path / name).exists()


def test_an_old_report_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "报告.json"
    path.write_text("旧的", "utf-8")
    assert check(EXAMPLE, "--report", path).exit_code == 0
    assert json.loads(path.read_bytes())["verdict"] == "ready"


def test_the_report_of_what_cannot_be_read_is_written_and_the_exit_code_stays(broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "报告.json"
    result = check(broken, "--report", path, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["counts"]["must"] == len(json.loads(path.read_bytes())["findings"])


def test_a_report_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "报告.html").mkdir()
    result = check(EXAMPLE, "--report", tmp_path / "报告.html")
    assert result.exit_code == 4
    assert "报告.html" in result.stderr and "文件夹" in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["报告.html"]


@pytest.mark.parametrize(
    ("more", "heavy"), [((), False), (("--report", "报告.html"), False), (("--report", "报告.pdf"), True)]
)
def test_only_a_printed_report_loads_what_prints(
    tmp_path: Path, child_environment: dict[str, str], more: tuple[str, ...], heavy: bool
) -> None:
    script = (
        "import sys; from generator.cli.program import program\n"
        "try:\n    program.main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('docx', 'docxtpl', 'lxml', 'reportlab') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script, "check", str(EXAMPLE), "--form", FORM, *more]
    done = subprocess.run(
        command, cwd=tmp_path, env={**child_environment, "PYTHONUTF8": "1"}, capture_output=True, text=True, check=True
    )
    assert bool(eval(done.stdout.splitlines()[-1])) is heavy, done.stdout
    assert (tmp_path / more[-1]).is_file() if more else not [*tmp_path.iterdir()]
