"""Bad days as a user meets them at the command line: two builds at once, folders that refuse, a disk that is full."""

from __future__ import annotations

import errno
import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import program
from generator.package import drafts as drafts_module
from generator.package.drafts import current_draft, drafts
from generator.package.locking import only_writer
from generator.package.opening.inspection import is_whole

CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLE = CHECKOUT / "data" / "示例区智能传感器"
FORM = "national-2025"


def command(output: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "generator",
        "build",
        str(EXAMPLE),
        "--form",
        FORM,
        "-o",
        str(output),
        "--form-only",
        "--json",
        *more,
    ]


def shenbao(output: Path) -> Result:
    return CliRunner().invoke(program, ["build", str(EXAMPLE), "--form", FORM, "--form-only", "-o", str(output)])


def folder_of(output: Path) -> Path:
    (folder,) = output.glob("*/*")
    return folder


def test_two_builds_at_once_write_one_draft(tmp_path: Path, child_environment: dict[str, str]) -> None:
    processes = [
        subprocess.Popen(command(tmp_path), env=child_environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    told = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(one["changed"] for one in told) == [False, True]
    assert {one["draft"] for one in told} == {str(folder_of(tmp_path) / "第001稿")}
    assert [path.name for path in drafts(folder_of(tmp_path))] == ["第001稿"]


def test_a_build_waits_for_another_to_finish(tmp_path: Path, child_environment: dict[str, str]) -> None:
    subprocess.run(command(tmp_path), env=child_environment, check=True, capture_output=True, timeout=120)
    folder = folder_of(tmp_path)
    with only_writer(folder):
        process = subprocess.Popen(command(tmp_path), env=child_environment, stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(4)
    told = json.loads(process.communicate(timeout=120)[0])
    assert process.returncode == 0
    assert told["changed"] is False


def test_a_build_that_waited_in_vain_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shenbao(tmp_path).exit_code == 0
    folder = folder_of(tmp_path)
    monkeypatch.setattr(drafts_module, "only_writer", functools.partial(only_writer, patience=0.2))
    with only_writer(folder):
        result = shenbao(tmp_path)
    assert result.exit_code == 4
    assert "另一个 shenbao 正在往这里写" in result.stderr and "怎么办：" in result.stderr
    assert current_draft(folder) == drafts(folder)[0]


@pytest.mark.parametrize(
    ("call", "number", "words"),
    [
        ("rename", errno.ENOSPC, "磁盘空间不足"),
        ("rename", errno.EACCES, "没有写入权限"),
        ("replace", errno.ENOSPC, "磁盘空间不足"),
        ("replace", errno.EROFS, "只读"),
        ("mkdir", errno.EACCES, "没有写入权限"),
    ],
)
def test_a_disk_that_refuses_is_told_with_exit_code_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    with monkeypatch.context() as patched:
        patched.setattr("generator.package.disk._PAUSE", 0.0)
        patched.setattr(Path, call, refuse)
        result = shenbao(tmp_path / "out")
    assert result.exit_code == 4
    assert words in result.stderr and "怎么办：" in result.stderr
    assert result.stdout == ""
    assert shenbao(tmp_path / "out").exit_code == 0
    assert is_whole(folder_of(tmp_path / "out") / "第001稿")


def test_a_limit_on_the_size_of_files_is_told_with_exit_code_4(
    tmp_path: Path, child_environment: dict[str, str]
) -> None:
    resource = pytest.importorskip("resource")
    environment = {**child_environment, "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        command(tmp_path),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )
    assert ended.returncode == 4, ended.stderr
    assert "文件太大" in ended.stderr
    assert list(folder_of(tmp_path).iterdir()) == []


AS_SOMEBODY_ELSE = """
import os, sys
from click.testing import CliRunner
from generator.cli.program import program
build = ["build", sys.argv[1], "--form", sys.argv[2], "--form-only", "-o"]
assert CliRunner().invoke(program, [*build, sys.argv[3]]).exit_code == 0
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    if not os.access(sys.argv[1] + "/cluster.yaml", os.R_OK):
        print("unreadable")
        sys.exit()
result = CliRunner().invoke(program, [*build, sys.argv[4]])
print(result.exit_code, result.stderr)
"""
"""Builds once, so that all is imported; becomes a user whom permissions bind, if it is none; and builds again."""


@pytest.mark.skipif(os.name == "nt", reason="needs users and permissions as Unix has them")
def test_an_output_folder_that_is_read_only_is_told_with_exit_code_4(
    tmp_path: Path, child_environment: dict[str, str]
) -> None:
    output = tmp_path / "out"
    output.mkdir(mode=0o555)
    for folder in (tmp_path, *tmp_path.parents):
        if os.geteuid() == 0 and Path(tempfile.gettempdir()) in folder.parents:
            folder.chmod(folder.stat().st_mode | 0o011)
    words = [sys.executable, "-c", AS_SOMEBODY_ELSE, str(EXAMPLE), FORM, str(tmp_path / "first"), str(output)]
    ended = subprocess.run(words, env=child_environment, capture_output=True, text=True, timeout=120, check=True)
    if ended.stdout.startswith("unreadable"):
        pytest.skip("no other user can read the checkout")
    assert ended.stdout.startswith("4 "), ended.stdout
    assert "没有写入权限" in ended.stdout and str(output) in ended.stdout
    assert list(output.iterdir()) == []


def test_a_file_in_the_place_of_the_output_folder_is_told_with_exit_code_4(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"theirs")
    result = shenbao(tmp_path / "out")
    assert result.exit_code == 4
    assert "同名文件" in result.stderr
    assert (tmp_path / "out").read_bytes() == b"theirs"


def test_a_path_that_is_too_long_is_told_with_exit_code_4(tmp_path: Path) -> None:
    result = shenbao(tmp_path / ("很长的名称" * 60))
    assert result.exit_code == 4
    assert "太长" in result.stderr
