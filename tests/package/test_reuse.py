"""Stages that would give the same are taken over from the 稿 before; anything else is made anew."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import pytest

from generator.findings import Finding, Position, Severity
from generator.measure.fonts import FontLibrary
from generator.package.drafts import write_draft
from generator.package.manifest import KEPT, PackageFile, Skipped
from generator.package.reuse import STAGES, Memory, StageResult, digest_of
from generator.resources import MAKERS, fonts_folder, own_digest
from tests.conftest import CHECKOUT
from tests.package.builds import EXAMPLE
from tests.package.samples import FACTS, SNAPSHOT

RESULT = StageResult(
    (PackageFile("note", f"{KEPT}/说明.txt", "说明".encode()),),
    (Finding("E201", Severity.NOTE, "有损坏，已修复", position=Position("cluster.yaml", 3, 1), found="甲"),),
    frozenset({"song"}),
    (Skipped("脚本", "不装入"),),
    {"pages": [1, 3]},
)


def built(output: Path, memory: Memory, result: StageResult = RESULT) -> Path:
    return write_draft(output, FACTS, result.files, {**SNAPSHOT, STAGES: memory.notes}).draft


def _size(path: Path) -> int:
    return path.stat().st_size


def never() -> StageResult:
    raise AssertionError("made again")


def test_a_stage_of_the_same_inputs_is_taken_over_whole(tmp_path: Path) -> None:
    first = Memory()
    assert first.once("证", ["甲", Decimal("1.0")], lambda: RESULT, places=[3]) is RESULT
    again = Memory(built(tmp_path, first))
    assert again.once("证", ["甲", Decimal("1.0")], never, places=[3]) == RESULT
    assert again.notes == first.notes


@pytest.mark.parametrize(
    ("inputs", "places"), [(["乙", Decimal("1.0")], [3]), (["甲", Decimal("1.00")], [3]), (["甲", Decimal("1.0")], [4])]
)
def test_other_inputs_or_places_that_findings_tell_of_make_it_anew(
    tmp_path: Path, inputs: list[object], places: list[object]
) -> None:
    first = Memory()
    first.once("证", ["甲", Decimal("1.0")], lambda: RESULT, places=[3])
    other = replace(RESULT, told="anew")
    assert Memory(built(tmp_path, first)).once("证", inputs, lambda: other, places=places) is other


def test_places_do_not_matter_where_nothing_was_found(tmp_path: Path) -> None:
    quiet = replace(RESULT, findings=())
    first = Memory()
    first.once("证", ["甲"], lambda: quiet, places=[3])
    assert Memory(built(tmp_path, first, quiet)).once("证", ["甲"], never, places=[99]) == quiet


def test_a_file_that_was_touched_is_made_anew(tmp_path: Path) -> None:
    first = Memory()
    first.once("证", ["甲"], lambda: RESULT)
    draft = built(tmp_path, first)
    next(draft.rglob("说明.txt")).write_text("改过", encoding="utf-8")
    assert Memory(draft).once("证", ["甲"], lambda: RESULT) is RESULT


def test_notes_that_were_touched_are_not_believed(tmp_path: Path) -> None:
    first = Memory()
    first.once("证", ["甲"], lambda: RESULT)
    draft = built(tmp_path, first)
    notes = draft / "snapshot.json"
    notes.write_text(notes.read_text(encoding="utf-8").replace("有损坏，已修复", "完好"), encoding="utf-8")
    assert Memory(draft).once("证", ["甲"], lambda: RESULT) is RESULT


def test_a_font_of_the_same_name_and_size_with_another_content_makes_it_anew(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    font = folder / "own.ttf"
    content = bytearray(
        min((path for path in fonts_folder().iterdir() if path.suffix == ".ttf"), key=_size).read_bytes()
    )
    font.write_bytes(content)
    library = FontLibrary.with_folders([folder])
    (face,) = (key for key, file, _ in library.identity if file == font.name)
    result = replace(RESULT, faces=frozenset({face}))
    first = Memory(None, library)
    first.once("证", [library.identity], lambda: result)
    draft = built(tmp_path / "output", first, result)
    assert Memory(draft, FontLibrary.with_folders([folder])).once("证", [library.identity], never) == result
    content[-1] ^= 1
    font.write_bytes(content)
    changed = FontLibrary.with_folders([folder])
    assert changed.identity == library.identity
    assert Memory(draft, changed).once("证", [changed.identity], lambda: result) is result


def test_without_a_draft_or_with_an_older_one_everything_is_made(tmp_path: Path) -> None:
    older = write_draft(tmp_path, FACTS, RESULT.files, SNAPSHOT).draft
    for memory in (Memory(), Memory(older), Memory(tmp_path / "没有")):
        assert memory.once("证", ["甲"], lambda: RESULT) is RESULT


def test_digests_follow_the_value_and_not_the_order_of_sets_and_mappings() -> None:
    assert digest_of({"a": 1, "b": {2, 3}}) == digest_of({"b": {3, 2}, "a": 1})
    assert digest_of(["1"]) != digest_of([1])
    assert digest_of(b"a") != digest_of("a")
    with pytest.raises(TypeError):
        digest_of(object())


# ── the tool itself ──


def test_what_other_code_made_is_made_anew(tmp_path: Path) -> None:
    first = Memory(made_by=lambda: "before")
    first.once("证", ["甲"], lambda: RESULT)
    draft = built(tmp_path, first)
    assert Memory(draft, made_by=lambda: "before").once("证", ["甲"], never) == RESULT
    assert Memory(draft, made_by=lambda: "after").once("证", ["甲"], lambda: RESULT) is RESULT


def tool(folder: Path, files: dict[str, bytes]) -> str:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return own_digest(folder / "generator", folder / "templates")


FILES = {
    "generator/__init__.py": b"",
    "generator/documents/lists.py": b"A = 1\n",
    "templates/lists/lists.yaml": "表: 1\n".encode(),
}


@pytest.mark.parametrize(
    "changed",
    [
        {"generator/documents/lists.py": b"A = 2\n"},
        {"generator/documents/more.py": b""},
        {"templates/lists/lists.yaml": "表: 2\n".encode()},
    ],
)
def test_every_module_and_every_definition_counts(changed: dict[str, bytes], tmp_path: Path) -> None:
    assert tool(tmp_path / "a", FILES) != tool(tmp_path / "b", FILES | changed)


def test_the_libraries_that_write_count_by_their_versions() -> None:
    def newer(name: str) -> str:
        return version(name) + (".1" if name == "reportlab" else "")

    assert own_digest(libraries=version) == own_digest() != own_digest(libraries=newer)
    with (CHECKOUT / "pyproject.toml").open("rb") as file:
        needed = {re.split("[<>=]", one)[0].lower() for one in tomllib.load(file)["project"]["dependencies"]}
    assert {name.lower() for name in MAKERS} <= needed


def test_where_the_tool_lies_and_how_its_lines_end_do_not_count(tmp_path: Path) -> None:
    windows = {name: content.replace(b"\n", b"\r\n") for name, content in FILES.items()}
    cached = {"generator/__pycache__/lists.cpython-311.pyc": b"x", "templates/compiled/lists.json": b"{}"}
    assert tool(tmp_path / "a", FILES) == tool(tmp_path / "b", windows | cached)
    assert own_digest() == own_digest() != tool(tmp_path / "a", FILES)


def test_changed_code_of_the_same_version_makes_its_paper_anew(
    tmp_path: Path, child_environment: dict[str, str]
) -> None:
    """The whole way: the tool is copied, its code changed in one figure, and the build after that shows it."""
    package = tmp_path / "generator"
    shutil.copytree(CHECKOUT / "generator", package, ignore=shutil.ignore_patterns("fonts", "__pycache__"))
    (package / "fonts").symlink_to(fonts_folder(), target_is_directory=True)
    (tmp_path / "templates").symlink_to(CHECKOUT / "templates", target_is_directory=True)
    words = ["-m", "generator", "build", str(EXAMPLE), "--form", "national-2025", "-q", "-o", str(tmp_path / "out")]
    environment = {**child_environment, "PYTHONPATH": str(tmp_path)}

    def calculations(draft: str) -> bytes:
        subprocess.run([sys.executable, *words], env=environment, cwd=tmp_path, check=True, timeout=300)
        (path,) = (tmp_path / "out").glob(f"*/*/{draft}/1_报送材料/04_计算说明_*.docx")
        return path.read_bytes()

    before = calculations("第001稿")
    module = package / "docx" / "compile_document.py"
    text = module.read_text(encoding="utf-8")
    height = "_HEAD_HEIGHT = 8.5 * MM"
    assert text.count(height) == 1
    module.write_text(text.replace(height, f"{height} * 2"), encoding="utf-8")
    assert calculations("第002稿") != before
