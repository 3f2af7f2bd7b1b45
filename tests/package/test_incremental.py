"""The law of building again: what comes of a 稿 before and an edit is what a build into an empty folder gives, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from generator.package.manifest import sha256
from generator.package.reuse import Memory, StageResult
from tests.package.random_edits import EDITS, LIBRARIES
from tests.package.small_cluster import Given, build

Edit = tuple[str, int]


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    """The output with the first 稿, to be copied."""
    with TemporaryDirectory() as folder:
        yield first(Path(folder))


def held(draft: Path) -> dict[str, bytes]:
    """Every file of a 稿 by path: snapshot and manifest, too."""
    return {
        path.relative_to(draft).as_posix(): path.read_bytes() for path in sorted(draft.rglob("*")) if path.is_file()
    }


def first(folder: Path) -> Path:
    """Build the first 稿 in the folder; return the output."""
    build(Given(), folder / "cluster", folder / "output")
    return folder / "output"


def differing(base: Path, edits: Sequence[Edit], folder: Path) -> set[str]:
    """Build after each of the edits on top of the 稿 before, and the last state anew: the files that differ."""
    shutil.copytree(base, folder / "output")
    state, again = Given(), None
    for name, number in edits:
        state = EDITS[name](state, number)
        again = build(state, folder / "cluster", folder / "output").written
    anew = build(state, folder / "cluster", folder / "empty").written
    assert again is not None
    assert anew is not None
    now, then = held(again.draft), held(anew.draft)
    return {path for path in now.keys() | then.keys() if now.get(path) != then.get(path)}


@pytest.mark.parametrize("name", sorted(EDITS.keys() - {"library"}))
def test_one_edit_gives_what_a_build_from_nothing_gives(name: str, base: Path, tmp_path: Path) -> None:
    assert differing(base, [(name, 1)], tmp_path) == set()


@pytest.mark.parametrize("number", LIBRARIES)
def test_files_of_an_office_of_its_own_give_it_too(number: int, base: Path, tmp_path: Path) -> None:
    assert differing(base, [("library", number)], tmp_path) == set()


@settings(max_examples=10)
@over(st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 40)), min_size=2, max_size=4))
def test_so_does_any_row_of_edits(base: Path, edits: list[Edit]) -> None:
    with TemporaryDirectory() as folder:
        assert differing(base, edits, Path(folder)) == set()


def forgetful(stage: str, lacking: int | None) -> Callable[..., StageResult]:
    """`Memory.once`, but that the key of `stage` lacks one of its inputs, or (None) the places."""
    once = Memory.once

    def forget(
        memory: Memory, name: str, inputs: Sequence[object], make: Callable[[], StageResult], *, places: Any = ()
    ) -> StageResult:
        if name == stage and lacking is None:
            places = ()
        elif name == stage:
            inputs = [one for at, one in enumerate(inputs) if at != lacking]
        return once(memory, name, inputs, make, places=places)

    return forget


@pytest.mark.parametrize(
    ("stage", "lacking", "edit"),
    [
        ("evidence", 0, "item_renamed"),
        ("evidence", 1, "file_replaced"),
        ("evidence", None, "blank_lines_between"),
        ("lists", 1, "firm_output"),
        ("declaration", 1, "operator"),
        ("printing", 1, "copies"),
        ("printing", 7, "item_added"),
    ],
)
def test_a_stage_that_forgets_an_input_is_found(stage: str, lacking: int | None, edit: str, tmp_path: Path) -> None:
    with patch.object(Memory, "once", forgetful(stage, lacking)):
        assert differing(first(tmp_path / "base"), [(edit, 1)], tmp_path)


def test_a_file_that_somebody_touched_is_not_taken_over(base: Path, tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "cluster"
    shutil.copytree(base, output)
    for pattern in ("02_*.docx", "03_*.pdf", "05_*.xlsx"):
        (touched,) = output.rglob(f"1_报送材料/{pattern}")
        touched.write_bytes(touched.read_bytes() + b"\n")
    again, anew = (build(Given(), folder, at).written for at in (output, tmp_path / "empty"))
    assert again is not None
    assert anew is not None
    assert again.changed
    assert held(again.draft) == held(anew.draft)


def test_a_file_touched_together_with_its_manifest_is_not_taken_over(base: Path, tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "cluster"
    shutil.copytree(base, output)
    (touched,) = output.rglob("1_报送材料/03_*.pdf")
    (manifest,) = output.rglob("manifest.json")
    before = sha256(touched.read_bytes())
    touched.write_bytes(touched.read_bytes() + b"\n")
    text = manifest.read_text(encoding="utf-8")
    assert before in text
    manifest.write_text(text.replace(before, sha256(touched.read_bytes())), encoding="utf-8")
    again, anew = (build(Given(), folder, at).written for at in (output, tmp_path / "empty"))
    assert again is not None
    assert anew is not None
    assert held(again.draft) == held(anew.draft)
    shutil.rmtree(again.draft)
    later = build(Given(), folder, output).written
    assert later is not None
    assert held(later.draft) == held(anew.draft)


def test_a_stage_whose_inputs_are_the_same_is_not_made_again(base: Path, tmp_path: Path) -> None:
    shutil.copytree(base, tmp_path / "output")
    with patch("generator.package.evidence.stage.bind_evidence", side_effect=AssertionError("bound again")):
        written = build(EDITS["figure"](Given(), 1), tmp_path / "cluster", tmp_path / "output").written
    assert written is not None
    assert written.changed
