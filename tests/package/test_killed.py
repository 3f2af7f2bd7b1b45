"""A writer killed at any moment leaves nothing that a reader would take for a whole 稿, and the next one finds its feet."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.package.drafts import current_draft, drafts, drafts_folder, write_draft
from generator.package.manifest import KEPT, PackageFile
from generator.package.opening.inspection import is_whole
from tests.package.samples import CLUSTER, FACTS, FORM, SNAPSHOT, sample_files

CHECKOUT = Path(__file__).resolve().parents[2]
KILLS = 20
LONGEST_LIFE = 0.12


def write_without_end(output: Path, start: int) -> None:
    """Write one 稿 after another, telling the reader that the first is about to begin."""
    print("ready", flush=True)
    for number in itertools.count(start):
        extra = [
            PackageFile("extra", f"{KEPT}/{index}.bin", bytes([index]) * 60_000 + str(number).encode())
            for index in range(12)
        ]
        write_draft(output, FACTS, [*sample_files(f"<n{number}/>"), *extra], SNAPSHOT)


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_readers_see_only_whole_drafts_wherever_a_writer_is_killed(tmp_path: Path) -> None:
    moments = random.Random(20250520)
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    program = "import sys; from pathlib import Path; from tests.package import test_killed as t; t.write_without_end(Path(sys.argv[1]), int(sys.argv[2]))"  # noqa: E501
    halves = 0
    for turn in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), str(turn * 1000)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )
        assert writer.stdout is not None
        with writer, writer.stdout:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, LONGEST_LIFE))
            writer.send_signal(signal.SIGKILL)
        halves += any(path.name.startswith(".building-") and path.is_dir() for path in folder.glob("*"))
        standing = drafts(folder)
        assert all(is_whole(draft) for draft in standing)
        assert current_draft(folder) in (
            *standing,
            None,
        )  # it lags behind by each that was killed before it could say so
        assert (current_draft(folder) is None) == (not standing)
    assert halves >= KILLS // 5
    written = write_draft(tmp_path, FACTS, sample_files("<after/>"), SNAPSHOT)
    assert current_draft(folder) == written.draft == drafts(folder)[-1]
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".building-")]
