"""Paths that Windows refuses: told before anything is written, counted as Windows counts, with what is to be shortened."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.package.drafts import LONGEST_ASIDE, name_aside
from generator.package.lengths import LONGEST_PATH, length_findings
from generator.package.versions.frozen import FROZEN, RESULT
from tests.package.builds import EXAMPLE, build_example

OUTPUT = Path("/成果")
SERIES = OUTPUT / "集群" / "national-2025"
BEFORE = len(f"{SERIES.absolute()}/{FROZEN}/{'x' * LONGEST_ASIDE}/{RESULT}/")


@pytest.mark.parametrize(("over", "told"), [(0, 0), (1, 1)])
def test_the_longest_path_that_windows_takes_is_no_offence(over: int, told: int) -> None:
    name = "佐" * (LONGEST_PATH - BEFORE - len("1_报送材料/") + over)
    assert len(length_findings(OUTPUT, SERIES, [f"1_报送材料/{name}", "snapshot.json"])) == told


def test_what_to_shorten_and_by_how_much_is_told() -> None:
    name = "佐" * 230 + ".pdf"
    (finding,) = length_findings(OUTPUT, SERIES, ["1_报送材料/短.pdf", f"1_报送材料/{name}"])
    most = BEFORE + len(f"1_报送材料/{name}")
    assert (finding.code, "有 1 个文件" in finding.message, str(most) in finding.found) == ("K206", True, True)
    assert f"“{name}”（234 个字符）" in finding.remedy and f"至少短 {most - LONGEST_PATH} 个字符" in finding.remedy
    assert f"“{OUTPUT.absolute()}”有 {len(str(OUTPUT.absolute()))} 个字符" in finding.remedy


def test_a_character_of_two_units_counts_twice() -> None:
    room = LONGEST_PATH - BEFORE
    assert length_findings(OUTPUT, SERIES, ["佐" * room]) == ()
    assert length_findings(OUTPUT, SERIES, ["𬭎" * (room // 2 + 1)]) != ()


def test_a_name_aside_is_never_longer_than_it_is_counted(tmp_path: Path) -> None:
    assert len(name_aside(tmp_path).name) <= LONGEST_ASIDE


def test_a_build_into_a_deep_folder_asks_and_is_written_all_the_same(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < LONGEST_PATH - 60:
        deep /= "很深的文件夹"
    built = build_example(EXAMPLE, deep)
    assert built.written is not None and built.written.draft.is_dir()
    assert [finding.code for finding in built.findings] == ["K206"]
    assert [finding.code for finding in build_example(EXAMPLE, tmp_path, dry_run=True).findings] == []
