"""Whole builds as processes of their own: the same bytes wherever they run, and nothing half done wherever they are killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.package.drafts import current_draft, drafts
from generator.package.opening.inspection import is_whole
from generator.package.origins import ORIGIN

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FORM = "national-2025"
KILLS = 15


def command(cluster: Path, output: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "generator", "build", str(cluster), "--form", FORM, "-o", str(output), *more]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its content, but for the note beside the 稿 of the folder that they were made from."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ORIGIN)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_builds_in_other_places_times_and_tongues_give_the_same_bytes(
    tmp_path: Path, child_environment: dict[str, str]
) -> None:
    settings = {
        "one": {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
        "another": {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "POSIX"},
    }
    for name, environment in settings.items():
        cluster = tmp_path / name / "data" / EXAMPLE.name
        shutil.copytree(EXAMPLE, cluster)
        subprocess.run(
            command(cluster, tmp_path / name / "output"),
            env={**child_environment, **environment},
            cwd=tmp_path / name,
            check=True,
            capture_output=True,
            timeout=120,
        )
    one, another = (tree(tmp_path / name / "output") for name in settings)
    assert len(one) >= 6
    assert one == another


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_build_killed_at_any_moment_leaves_no_half_draft(tmp_path: Path, child_environment: dict[str, str]) -> None:
    def start(output: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command(EXAMPLE, output, "--form-only"),
            env=child_environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    begun = time.monotonic()
    with start(tmp_path / "measured") as process:
        assert process.wait(120) == 0
    duration = time.monotonic() - begun
    (whole,) = (tmp_path / "measured").glob("*/*")
    folder = tmp_path / "output" / whole.relative_to(tmp_path / "measured")
    moments = random.Random(20250520)
    for turn in range(KILLS):
        earliest = 0.0 if turn % 2 else duration * 0.6
        with start(tmp_path / "output") as process:
            time.sleep(moments.uniform(earliest, duration))
            process.send_signal(signal.SIGKILL)
        standing = drafts(folder)
        assert all(is_whole(draft) for draft in standing)
        assert current_draft(folder) in (None, *standing)
        if standing:
            shutil.rmtree(folder)
    with start(tmp_path / "output") as process:
        assert process.wait(120) == 0
    assert tree(tmp_path / "output") == tree(tmp_path / "measured")
