"""What may not be read or written: every command says what, where and what to do, and everything stands as it stood."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import program
from generator.package.drafts import drafts
from generator.package.opening.inspection import is_whole
from tests.permissions import needs_permissions, without_access

pytestmark = needs_permissions
EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FORM = "national-2025"
BUILD = ("--form", FORM, "--form-only", "-o")


def shenbao(*words: object) -> Result:
    return CliRunner().invoke(program, list(map(str, words)))


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "集群"))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def series_of(output: Path) -> Path:
    (series,) = {path.parent for path in output.glob("*/*/当前.json")}
    return series


def change(cluster: Path) -> None:
    file = cluster / "cluster.yaml"
    text = file.read_text("utf-8")
    assert "占地面积: 12.60" in text
    file.write_text(text.replace("占地面积: 12.60", "占地面积: 13.00"), "utf-8")


# ── what can't be read ──


@pytest.mark.parametrize("command", ["check", "build", "set", "summary"])
def test_a_data_file_that_can_t_be_read_is_named(command: str, cluster: Path, tmp_path: Path) -> None:
    more = {
        "check": ("--form", FORM),
        "build": (*BUILD, tmp_path / "out"),
        "set": ("集群占地面积", "13", "--reason", "核定", "--yes"),
        "summary": ("--form", "summary-2024", "-o", tmp_path / "out"),
    }
    before = contents(cluster)
    with without_access(cluster / "cluster.yaml"):
        result = shenbao(command, cluster, *more[command])
    assert result.exit_code == 1
    told = result.output
    assert "cluster.yaml：没有权限，或正被其他程序打开" in told and "检查有没有读取的权限" in told
    assert contents(cluster) == before and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        *(
            ("check", "{}", "--form", FORM),
            ("build", "{}", "--form", FORM),
            ("set", "{}", "产值", "1", "--reason", "x"),
        ),
        *(
            ("summary", "{}"),
            ("recommend", "{}", "--notice", "湖北"),
            ("history", "{}"),
            ("freeze", "{}"),
            ("diff", "{}"),
        ),
        *(("ledger", "{}", "第1份"), ("correct", "{}"), ("verify", "{}"), ("seal", "{}", "--scans", "x")),
        *(("form", "verify", FORM, "{}"), ("build", str(EXAMPLE), "--form", FORM, "--template", "{}")),
    ],
    ids=" ".join,
)
def test_a_path_in_a_folder_that_can_t_be_looked_into_is_named(words: tuple[str, ...], tmp_path: Path) -> None:
    with without_access(tmp_path):
        result = shenbao(*(word.format(tmp_path / "集群") for word in words))
    assert result.exit_code == 3
    assert f"{tmp_path / '集群'}：没有权限" in result.stderr and "怎么办：请检查有没有读取的权限" in result.stderr


@pytest.mark.parametrize("option", ["--library", "--font-dir"])
def test_a_folder_of_ones_own_that_can_t_be_read_is_never_passed_over(option: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    with without_access(own):
        result = shenbao("build", EXAMPLE, *BUILD, tmp_path / "out", option, own)
    assert (result.exit_code, str(own) in result.stderr, "没有权限" in result.stderr) == (3, True, True)


def test_evidence_that_can_t_be_read_is_named_with_its_place_in_the_data(cluster: Path) -> None:
    file = min((cluster / "佐证材料").iterdir())
    with without_access(file):
        one = shenbao("check", cluster, "--form", FORM)
    with without_access(file.parent):
        all_of_them = shenbao("check", cluster, "--form", FORM)
    assert one.exit_code == all_of_them.exit_code == 1
    assert one.output.count("文件读不到（没有权限，或正被其他程序打开）") == 1 and file.name in one.output
    assert all_of_them.output.count("文件读不到（没有权限，或正被其他程序打开）") > 1
    assert "文件名不能用" not in all_of_them.output


# ── what can't be written ──


@pytest.mark.parametrize(
    ("words", "named", "ways_out"),
    [
        (("build", str(EXAMPLE), *BUILD, "{}"), "{}", "用 -o 换一个可以写的文件夹"),
        (("blank", FORM, "-o", "{}"), "{}/", "用 -o 换一个可以写的文件夹"),
        (("new", "{}/甲", "--form", FORM), "{}/甲", "，或换一个可以写的文件夹"),
        (("check", str(EXAMPLE), "--form", FORM, "--report", "{}/自查.html"), "{}/自查.html", "换一个能写的位置"),
    ],
    ids=["build", "blank", "new", "check"],
)
def test_a_folder_that_can_t_be_written_is_named_with_a_way_out_that_the_command_has(
    words: tuple[str, ...], named: str, ways_out: str, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    with without_access(output, 0o555):
        result = shenbao(*(word.format(output) for word in words))
    assert result.exit_code == 4
    assert named.format(output) in result.stderr and ways_out in result.stderr
    assert "/." not in result.stderr, "what is written aside is nothing that a user knows"
    assert list(output.iterdir()) == []


def test_earlier_drafts_that_are_read_only_stay_and_a_new_one_comes(cluster: Path, tmp_path: Path) -> None:
    assert shenbao("build", cluster, *BUILD, tmp_path).exit_code == 0
    series = series_of(tmp_path)
    before = contents(series / "第001稿")
    for path in (series / "第001稿").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    change(cluster)
    with without_access(series / "第001稿", 0o555):
        assert shenbao("build", cluster, *BUILD, tmp_path).exit_code == 0
    assert contents(series / "第001稿") == before
    assert [(draft.name, is_whole(draft)) for draft in drafts(series)] == [("第001稿", True), ("第002稿", True)]
    for path in (series / "第001稿").rglob("*"):
        path.chmod(0o755)


def test_a_folder_of_drafts_that_is_read_only_keeps_what_it_holds(cluster: Path, tmp_path: Path) -> None:
    assert shenbao("build", cluster, *BUILD, tmp_path).exit_code == 0
    series = series_of(tmp_path)
    before = contents(series)
    change(cluster)
    with without_access(series, 0o555):
        result = shenbao("build", cluster, *BUILD, tmp_path)
    assert (result.exit_code, contents(series)) == (4, before)
    assert f"没有写入权限，或文件正被其他程序打开：{series}\n" in result.stderr


def test_a_figure_isn_t_changed_where_the_reason_can_t_be_recorded(cluster: Path) -> None:
    before = contents(cluster)
    with without_access(cluster, 0o555):
        result = shenbao("set", cluster, "集群占地面积", "13", "--reason", "核定", "--yes")
    assert (result.exit_code, contents(cluster)) == (4, before)
    assert f"{cluster / '更正记录.yaml'}" in result.stderr and "有没有写的权限" in result.stderr
    assert "用 -o" not in result.stderr, "set has no other place to write to"


# ── versions and the ledger ──


@pytest.fixture
def frozen(cluster: Path, tmp_path: Path) -> Path:
    """The folder of 稿 of the cluster, one of them frozen, with a ledger that has one printed copy."""
    output = tmp_path / "out"
    assert shenbao("build", cluster, *BUILD, output, "--copies", "2").exit_code == 0
    assert shenbao("freeze", cluster, "-o", output).exit_code == 0
    assert shenbao("ledger", cluster, "第1份", "--printed", "是", "-o", output).exit_code == 0
    return series_of(output)


@pytest.mark.parametrize("words", [("ledger", "第1份", "--bound", "胶装"), ("freeze",)], ids=["ledger", "freeze"])
def test_a_ledger_that_can_t_be_written_is_as_it_was(words: tuple[str, ...], frozen: Path, cluster: Path) -> None:
    before = contents(frozen)
    with without_access(frozen, 0o555):
        result = shenbao(words[0], cluster, *words[1:], "-o", frozen.parents[1])
    assert (result.exit_code, contents(frozen)) == (4, before)
    assert str(frozen) in result.stderr and "有没有写的权限" in result.stderr
    assert "用 -o" not in result.stderr, "another folder would be another ledger"


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        *((command, kept) for command in ("history", "diff", "correct", "ledger") for kept in ("定稿", "定稿/第01版")),
        *((command, "份数台账.yaml") for command in ("history", "correct", "ledger")),
    ],
)
def test_versions_and_a_ledger_that_can_t_be_read_are_never_taken_for_none(
    command: str, kept: str, frozen: Path, cluster: Path
) -> None:
    more = ("第1份", "--printed", "是") if command == "ledger" else ()
    with without_access(frozen / kept):
        result = shenbao(command, cluster, *more, "-o", frozen.parents[1])
    assert result.exit_code == 1
    assert f"读不到 {frozen / kept}：没有权限" in result.stderr and "有没有读取的权限" in result.stderr


def test_a_build_stands_though_the_ledger_can_t_be_read_and_says_what_is_still_owed(
    frozen: Path, cluster: Path
) -> None:
    change(cluster)
    with without_access(frozen / "份数台账.yaml"):
        result = shenbao("build", cluster, *BUILD, frozen.parents[1], "--copies", "2")
    assert result.exit_code == 0
    assert "[G101]" in result.output and "没有权限" in result.output and "shenbao correct" in result.output
    assert [draft.name for draft in drafts(frozen)] == ["第001稿", "第002稿"]


def test_a_version_isn_t_restored_to_where_nothing_can_be_written(frozen: Path, cluster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ro"
    folder.mkdir()
    with without_access(folder, 0o555):
        result = shenbao(
            *("history", cluster, "-o", frozen.parents[1], "--restore", "第01版", "--to", folder / "恢复"),
        )
    assert (result.exit_code, list(folder.iterdir())) == (4, [])
    assert f"：{folder}\n" in result.stderr and "，或换一个可以写的文件夹" in result.stderr
