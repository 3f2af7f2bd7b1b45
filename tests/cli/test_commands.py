"""The commands from end to end, as a user runs them, over the example clusters."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from generator.cli.program import program
from generator.package.drafts import current_draft
from generator.package.manifest import SUBMITTED
from generator.package.opening.inspection import is_whole

CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLE = CHECKOUT / "data" / "示例区智能传感器"
FORM = "national-2025"
ODD_NAME = "示例区𬭎 R&D <传感器>›产业"


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


def reading(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the first 稿 of the complete example."""
    output = tmp_path_factory.mktemp("output")
    result = shenbao("build", EXAMPLE, "--form", FORM, "-o", output, "--json")
    assert result.exit_code == 0, result.output
    return Path(reading(result)["draft"])


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A copy of the example whose data are wrong in one place that blocks, and odd in its names."""
    folder = tmp_path / ODD_NAME.replace("<", "").replace(">", "")
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "cluster.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.strip().startswith("占地面积:")]
    assert len(lines) < len(text.splitlines())
    lines = [f"产业: '{ODD_NAME}'" if line.startswith("产业:") else line for line in lines]
    (folder / "cluster.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_forms_are_listed() -> None:
    assert FORM in shenbao("forms").stdout
    form = next(form for form in reading(shenbao("forms", "--json"))["forms"] if form["id"] == FORM)
    assert form["years"] == {
        "data": [2022, 2023, 2024],
        "base": 2024,
        "target": [2027],
        "milestones": [2025, 2026, 2027],
    }
    assert form["title"] and form["issuer"]


def test_a_new_folder_is_made_and_checks_without_an_error_in_its_text(tmp_path: Path) -> None:
    folder = tmp_path / "我的集群"
    assert shenbao("new", folder, "--form", FORM).exit_code == 0
    result = shenbao("check", folder, "--form", FORM, "--json")
    assert result.exit_code == 1
    assert {finding["file"] for finding in reading(result)["findings"]} <= {None, "cluster.yaml"}


def test_a_new_folder_is_never_made_over_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("产业: 手填的\n", encoding="utf-8")
    result = shenbao("new", tmp_path, "--form", FORM)
    assert result.exit_code == 4
    assert "已有同名文件" in result.stderr
    assert (tmp_path / "cluster.yaml").read_text(encoding="utf-8") == "产业: 手填的\n"


@pytest.mark.parametrize("below", ["", "cluster.yaml", "cluster.yaml/甲"])
def test_new_where_something_stands_names_no_option_that_it_lacks(below: str, tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("theirs", "utf-8")
    result = shenbao("new", tmp_path / below, "--form", FORM)
    assert result.exit_code == 4
    assert "换一个文件夹" in result.stderr and " -o" not in result.stderr
    assert (tmp_path / "cluster.yaml").read_text("utf-8") == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["cluster.yaml"]


def test_the_schema_takes_the_example() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    schema = reading(shenbao("schema"))
    jsonschema.Draft7Validator.check_schema(schema)
    data = yaml.load((EXAMPLE / "cluster.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    jsonschema.validate(data, schema)


def test_the_complete_example_has_nothing_that_must_be_mended() -> None:
    result = shenbao("check", EXAMPLE, "--form", FORM, "--json")
    assert result.exit_code == 0
    assert reading(result)["counts"]["must"] == 0


def test_check_tells_place_and_remedy_of_what_is_missing(spoilt: Path) -> None:
    result = shenbao("check", spoilt, "--form", FORM)
    assert result.exit_code == 1
    assert "占地面积" in result.stdout
    assert "必须改" in result.stdout


def test_a_cluster_may_be_named_by_its_folder_or_its_file() -> None:
    by_folder = shenbao("check", EXAMPLE, "--form", FORM, "--json")
    assert shenbao("check", EXAMPLE / "cluster.yaml", "--form", FORM, "--json").stdout == by_folder.stdout


def test_a_build_writes_word_and_print_manifest_and_snapshot(built: Path) -> None:
    assert built.name == "第001稿"
    assert is_whole(built)
    assert current_draft(built.parent) == built
    manifest = json.loads((built / "manifest.json").read_bytes())
    files = {file["role"]: file for file in manifest["files"]}
    assert {"form.docx", "form.pdf", "report.pdf"} <= set(files)
    assert files["form.docx"]["path"].startswith(f"{SUBMITTED}/01_申报表_")
    with zipfile.ZipFile(built / files["form.docx"]["path"]) as word:
        assert "草稿" not in word.read("word/document.xml").decode()
    assert len(PdfReader(built / files["form.pdf"]["path"]).pages) == files["form.pdf"]["pages"]
    assert manifest["fonts"]
    assert (built / "snapshot.json").is_file()


def test_building_again_changes_nothing(built: Path) -> None:
    output = built.parents[2]
    result = shenbao("build", EXAMPLE, "--form", FORM, "-o", output)
    assert result.exit_code == 0
    assert "没有变化" in result.stdout
    assert [path.name for path in built.parent.glob("第*稿")] == ["第001稿"]


def test_blocking_findings_stop_a_build(spoilt: Path, tmp_path: Path) -> None:
    result = shenbao("build", spoilt, "--form", FORM, "-o", tmp_path / "output")
    assert result.exit_code == 1
    assert "必须改" in result.stderr
    assert not (tmp_path / "output").exists()


def test_a_build_that_is_stopped_says_so_in_json_too(spoilt: Path, tmp_path: Path) -> None:
    result = shenbao("build", spoilt, "--form", FORM, "-o", tmp_path / "output", "--json")
    assert result.exit_code == 1
    assert reading(result)["draft"] is None
    assert reading(result)["counts"]["must"] > 0


def test_a_draft_is_built_all_the_same_and_marked_on_every_page(spoilt: Path, tmp_path: Path) -> None:
    result = shenbao("build", spoilt, "--form", FORM, "--form-only", "-o", tmp_path / "output", "--draft", "--json")
    assert result.exit_code == 0
    draft = Path(reading(result)["draft"])
    assert is_whole(draft)
    printed = [page.extract_text() for page in PdfReader(next(draft.rglob("01_*.pdf"))).pages]
    assert len(printed) > 5
    assert all("草稿" in text for text in printed if text)
    with zipfile.ZipFile(next(draft.rglob("01_*.docx"))) as word:
        headers = [name for name in word.namelist() if re.fullmatch(r"word/header\d+\.xml", name)]
        assert headers
        assert all("草稿" in word.read(name).decode() for name in headers)


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    result = shenbao("build", EXAMPLE, "--form", FORM, "--form-only", "-o", tmp_path / "output", "--dry-run")
    assert result.exit_code == 0
    assert "没有写任何文件" in result.stdout
    assert not (tmp_path / "output").exists()


def test_a_blank_form_is_made_and_not_made_over_a_filled_one(tmp_path: Path) -> None:
    assert shenbao("blank", FORM, "-o", tmp_path).exit_code == 0
    (word,) = tmp_path.glob("*.docx")
    (pdf,) = tmp_path.glob("*.pdf")
    assert len(PdfReader(pdf).pages) > 5
    word.write_bytes(b"filled by hand")
    assert shenbao("blank", FORM, "-o", tmp_path).exit_code == 4
    assert word.read_bytes() == b"filled by hand"


def test_a_field_is_explained() -> None:
    result = shenbao("explain", "集群总产值")
    assert result.exit_code == 0
    assert "亿元" in result.stdout
    assert FORM in result.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["check", EXAMPLE, "--form", "national-1999"], 2, "national-2025"),
        (["blank", "national-1999"], 2, "national-2025"),
        (["explain", "没有这个"], 2, "没有叫"),
        (["check", "没有这个", "--form", FORM], 3, "找不到"),
        (["build", "没有这个", "--form", FORM], 3, "找不到"),
        (["build", EXAMPLE, "--form", FORM, "--font-dir", "没有这个"], 3, "找不到"),
        (["forms", "--library", "没有这个"], 3, "找不到"),
    ],
)
def test_what_is_not_there_is_told_with_its_exit_code(args: list[str | Path], code: int, said: str) -> None:
    result = shenbao(*args)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_no_yaml_is_told_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_bytes(b"\x00\xff\xfe")
    assert shenbao("check", tmp_path, "--form", FORM).exit_code == 1
    assert shenbao("build", tmp_path, "--form", FORM, "-o", tmp_path / "output").exit_code == 1
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("encoding", ["gbk:strict", "ascii:strict"])
def test_every_command_passes_a_strict_console_with_odd_names(
    encoding: str, spoilt: Path, tmp_path: Path, child_environment: dict[str, str]
) -> None:
    lines: list[list[str | Path]] = [
        ["forms"],
        ["schema"],
        ["explain", "集群总产值"],
        ["explain", ODD_NAME],
        ["new", tmp_path / "新𬭎集群☑", "--form", FORM],
        ["check", spoilt, "--form", FORM],
        ["check", spoilt, "--form", FORM, "--json"],
        ["build", spoilt, "--form", FORM, "-o", tmp_path / "out›put"],
        ["build", spoilt, "--form", FORM, "--form-only", "-o", tmp_path / "out›put", "--draft"],
        ["blank", FORM, "-o", tmp_path / "空白☐"],
    ]
    for line in lines:
        run = subprocess.run(
            [sys.executable, "-m", "generator", *map(str, line)],
            env={**child_environment, "PYTHONIOENCODING": encoding},
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
        )
        name = encoding.partition(":")[0]
        said = run.stdout.decode(name) + run.stderr.decode(name)
        assert run.returncode in {0, 1, 2}, said
        assert "Traceback" not in said
        assert said
