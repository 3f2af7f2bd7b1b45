"""The ledger is read, changed and written while nobody else writes, by however many processes."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.errors import MissingError, OutputError, UsageError
from generator.keeping import note_copies
from generator.package import disk
from generator.package.drafts import write_draft
from generator.package.locking import only_writer
from generator.package.versions import ledger
from generator.package.versions.frozen import freeze
from generator.package.versions.ledger import LEDGER, Kind, new_copies, read_ledger, with_copies
from tests.package.samples import FACTS, SNAPSHOT, sample_files

NAMES = [f"第{number}份" for number in range(1, 9)]
NOTING = """\
import sys
from pathlib import Path
from generator.keeping import note_copies
for name in sys.argv[2:]:
    note_copies(Path(sys.argv[1]), [name], {"打印": "是"})
"""


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A folder of 稿 with one version and a ledger of eight copies."""
    draft = write_draft(tmp_path, replace(FACTS, draft=False), sample_files("<w/>"), SNAPSHOT).draft
    freeze(draft.parent, draft, date(2025, 5, 20))
    (draft.parent / LEDGER).write_bytes(with_copies(None, new_copies(NAMES, Kind.PAPER, 1)))
    return draft.parent


def test_two_processes_at_once_lose_nothing_of_each_other(series: Path, child_environment: dict[str, str]) -> None:
    halves = NAMES[::2], NAMES[1::2]
    commands = [[sys.executable, "-c", NOTING, str(series), *half] for half in halves]
    running = [subprocess.Popen(command, env=child_environment) for command in commands]
    assert [process.wait(60) for process in running] == [0, 0]
    assert all(copy.printed for copy in read_ledger(series).copies)


def test_the_second_waits_until_the_first_has_written(series: Path, child_environment: dict[str, str]) -> None:
    with only_writer(series):
        second = subprocess.Popen([sys.executable, "-c", NOTING, str(series), NAMES[0]], env=child_environment)
        time.sleep(2)
        assert second.poll() is None and not read_ledger(series).copies[0].printed
        content = (series / LEDGER).read_bytes() + b"# told while the lock was held\n"
        disk.replace_file(series / LEDGER, content, series / ".own.tmp")
    assert second.wait(60) == 0
    assert read_ledger(series).copies[0].printed
    assert (series / LEDGER).read_bytes().endswith(b"# told while the lock was held\n")


def test_a_ledger_that_a_hand_saved_meanwhile_is_not_written_over(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, saved = series / LEDGER, b"# mine\n" + (series / LEDGER).read_bytes()
    line = ledger._line

    def saves_meanwhile(copy: ledger.Copy) -> str:
        path.write_bytes(saved)
        return line(copy)

    monkeypatch.setattr(ledger, "_line", saves_meanwhile)
    with pytest.raises(OutputError, match="刚刚被别的程序改过"):
        note_copies(series, NAMES[:1], {"打印": "是"})
    assert path.read_bytes() == saved


def test_either_all_the_copies_named_are_noted_or_none(series: Path) -> None:
    before = (series / LEDGER).read_bytes()
    with pytest.raises(MissingError, match="第99份"):
        note_copies(series, [NAMES[0], "第99份"], {"打印": "是"})
    with pytest.raises(UsageError, match="没有第07版"):
        note_copies(series, NAMES[:2], {}, exchange={"版": 7, "张": [1]})
    assert (series / LEDGER).read_bytes() == before
    first, second = note_copies(series, NAMES[:2], {}, exchange={"版": 1, "张": [1]})
    assert first.exchanges == second.exchanges and len(first.exchanges) == 1
