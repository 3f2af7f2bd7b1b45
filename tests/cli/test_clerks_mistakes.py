"""What a clerk does wrong on an ordinary day: each message says where, what, and what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.program import program
from tests.package.builds import EXAMPLE, FORM

FIRST_FILE = re.compile(r"文件: \[([^\],]*)")


def told(*words: str | Path, code: int) -> str:
    result = CliRunner().invoke(program, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output and "内部错误" not in result.output
    return result.output


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("house") / "集群"))


@pytest.fixture
def cluster(tmp_path: Path, whole: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "集群"))


def changed(cluster: Path, change: Callable[[str], str]) -> Path:
    file = cluster / "cluster.yaml"
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")
    return cluster


def with_file(name: str) -> Callable[[str], str]:
    return lambda text: text.replace(str(FIRST_FILE.findall(text)[0]), name, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("  占地面积:", "  占地面枳:", 1), ["Y201", "是不是“占地面积”？"]),
        (lambda text: text.replace("  占地面积: ", "  占地面积：", 1), ["Y104", "用了全角冒号", "请写 占地面积: "]),
        (with_file('"C:\\Users\\张三\\图谱.pdf"'), ["双引号里不能写反斜杠", "文件位置请用“/”分隔"]),
        (with_file('"佐证材料\\图谱.pdf"'), ["双引号里不能写反斜杠", "文件位置请用“/”分隔"]),
        (with_file("C:\\Users\\张三\\图谱.pdf"), ["Y402", "文件要放在集群文件夹里面", "请把文件复制到集群文件夹里"]),
        (with_file("佐证材料/没有.pdf"), ["Y407", "找不到这个文件", "请检查文件名和所在文件夹"]),
    ],
)
def test_what_is_wrong_in_the_yaml(change: Callable[[str], str], said: list[str], cluster: Path) -> None:
    output = told("check", changed(cluster, change), "--form", FORM, code=1)
    assert re.search(r"^cluster\.yaml:\d+:\d+ 必须改 ", output, re.MULTILINE)
    assert all(words in output for words in said), output


def test_a_path_of_windows_in_the_folder_is_understood(cluster: Path) -> None:
    name = FIRST_FILE.findall((cluster / "cluster.yaml").read_text(encoding="utf-8"))[0]
    told("check", changed(cluster, with_file(name.replace("/", "\\"))), "--form", FORM, code=0)


@pytest.mark.parametrize(("encoding", "said"), [("utf-8-sig", "没有发现问题"), ("gb18030", "“另存为”时编码选 UTF-8")])
def test_a_file_of_notepad_is_read(encoding: str, said: str, cluster: Path) -> None:
    file = cluster / "cluster.yaml"
    file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    assert said in told("check", cluster, "--form", FORM, code=0)


def test_a_folder_without_a_cluster(cluster: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "请写放着 cluster.yaml 的集群文件夹；还没有的，用 shenbao new 新建" in told(
        "check", tmp_path / "empty", "--form", FORM, code=1
    )
    assert f"集群文件夹是不是 {cluster}？" in told("check", tmp_path, "--form", FORM, code=1)
    (cluster / "cluster.yaml").rename(cluster / "cluster.yaml.txt")
    assert "文件夹里有 cluster.yaml.txt：是集群数据的，请改名为 cluster.yaml" in told(
        "check", cluster, "--form", FORM, code=1
    )


def test_a_path_that_is_not_there_or_is_something_else(whole: Path, tmp_path: Path) -> None:
    assert "也没有" in told("check", tmp_path / "a" / "b", "--form", FORM, code=3)
    assert "末尾不要写反斜杠" in told("check", f'{whole}" --form', "--form", FORM, code=3)
    output = told("build", whole / "企业清单.xlsx", "--form", FORM, code=2)
    assert "企业清单.xlsx 不是集群数据文件" in output and f"请写它所在的集群文件夹：{whole}" in output
    scans = told("seal", whole, "--scans", "nowhere", "--form", FORM, "-o", tmp_path, code=2)
    assert "还没有" in scans and "shenbao build" in scans


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", EXAMPLE, "--form", "national2025"], "没有“national2025”这个表式。是不是“national-2025”？"),
        (["notices", "上诲市2024年通知"], "是不是“上海市2024年通知”？"),
        (["set", EXAMPLE, "占地面机", "12", "--reason", "核定", "--form", FORM], "是不是“占地面积”？"),
        (["explain", "占地面机"], "名称相近的有：占地面积"),
        (["chekc", EXAMPLE], "没有命令 chekc。是不是 check？"),
    ],
)
def test_a_name_nearly_right(words: list[str | Path], said: str) -> None:
    assert said in told(*words, code=2)
