"""Bad days: a build killed at any of 200 moments, disks that refuse at any step, files where folders should be."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.errors import OutputError, reason_of
from generator.package.drafts import CURRENT, current_draft, drafts, drafts_folder, write_draft
from generator.package.hand_edits import ASIDE
from generator.package.locking import LOCK
from generator.package.opening.inspection import is_whole
from generator.package.origins import ORIGIN
from tests.package.builds import EXAMPLE
from tests.package.samples import CLUSTER, FACTS, FORM, SNAPSHOT, sample_files

CHECKOUT = Path(__file__).resolve().parents[2]
KILLS = 200
WITHIN_THE_WRITING = 4
"""Of so many kills, all but one fall after the writing has begun."""


# ── killed ──


@contextmanager
def builder(output: Path) -> Iterator[Callable[[int, bool, float | None], tuple[bool, float]]]:
    """Give what builds into `output` with a number, killed after some seconds (from the writing on, if asked).

    It returns whether it was killed, and how long it lived.
    """
    command = [sys.executable, "-m", "tests.package.killed_builds", str(EXAMPLE), str(output)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None and stdout is not None
        assert stdout.readline() == "ready\n"

        def build(number: int, from_writing: bool, life: float | None) -> tuple[bool, float]:
            stdin.write(f"{number} {'yes' if from_writing else 'no'} {'-' if life is None else life}\n")
            stdin.flush()
            end, lived = stdout.readline().split()
            return end == "killed", float(lived)

        yield build
        stdin.close()


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL and fork")
def test_builds_killed_at_two_hundred_moments_leave_whole_drafts_only(tmp_path: Path) -> None:
    moments = random.Random(20251122)
    with builder(tmp_path) as build:
        (_, whole), (_, writing) = build(1, False, None), build(2, True, None)
        (folder,) = (path.parent for path in tmp_path.glob(f"*/*/{CURRENT}"))
        killed = halves = 0
        before = current_draft(folder)
        for turn in range(KILLS):
            from_writing = bool(turn % WITHIN_THE_WRITING)
            life = moments.uniform(0, writing if from_writing else whole)
            killed += build(turn + 3, from_writing, life)[0]
            halves += any(path.name.startswith(".building-") and path.is_dir() for path in folder.iterdir())
            standing = drafts(folder)
            assert all(is_whole(draft) for draft in standing[-2:])
            now = current_draft(folder)
            assert before is not None and now in standing[standing.index(before) :]
            before = now
        build(KILLS + 3, False, None)
    assert killed >= KILLS // 2
    assert halves >= KILLS // 10
    assert all(is_whole(draft) for draft in drafts(folder))
    assert current_draft(folder) == drafts(folder)[-1]
    assert {path.name for path in folder.iterdir()} == {CURRENT, ORIGIN, *(draft.name for draft in drafts(folder))}


# ── disks that refuse ──


def write(output: Path, text: str = "<w/>", **more: bytes) -> Path:
    return write_draft(
        output, FACTS, sample_files(text), SNAPSHOT, aside={f"{ASIDE}/{k}": v for k, v in more.items()}
    ).draft


STEPS: dict[str, tuple[object, str]] = {
    "open": (Path, "open"),
    "mkdir": (Path, "mkdir"),
    "rename": (Path, "rename"),
    "replace": (Path, "replace"),
    "fsync": (os, "fsync"),
}
"""The calls that a writer makes of the system, where they are looked up."""


class Refusing:
    """Stands for a call of the system, and refuses from the `at`-th time on, as a full or broken disk does."""

    def __init__(self, true: Callable[..., object], at: int, number: int) -> None:
        self._true, self._at, self._number = true, at, number
        self.calls = 0

    def __call__(self, *args: object, **more: object) -> object:
        if args and not self._writes(args):
            return self._true(*args, **more)
        self.calls += 1
        if self.calls >= self._at > 0:
            raise OSError(self._number, os.strerror(self._number), str(args[0]) if args else None)
        return self._true(*args, **more)

    @staticmethod
    def _writes(args: tuple[object, ...]) -> bool:
        """Whether a call is one that changes the disk: files are opened for reading, too."""
        return not isinstance(args[0], Path) or len(args) < 2 or args[1] != "rb"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EFBIG, errno.EIO])
def test_a_disk_that_refuses_from_any_call_on_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    holder, name = STEPS[step]
    true = getattr(holder, name)
    first = write(tmp_path)
    counting = Refusing(true, 0, number)
    with monkeypatch.context() as patched:
        patched.setattr(holder, name, lambda *args, **more: counting(*args, **more))
        write(tmp_path, "<counted/>", 改动=b"1")
    assert counting.calls
    for at in range(1, counting.calls + 1):
        refusing = Refusing(true, at, number)
        with monkeypatch.context() as patched:
            patched.setattr("generator.package.disk._PAUSE", 0.0)
            patched.setattr(holder, name, lambda *args, refusing=refusing, **more: refusing(*args, **more))
            with pytest.raises(OutputError) as caught:
                write(tmp_path, f"<n{at}/>", 改动=f"{at}".encode())
        assert caught.value.exit_code == 4
        assert not str(caught.value).isascii() and "-o" in caught.value.advice
        assert is_whole(first)
        assert current_draft(first.parent) in drafts(first.parent)
    last = write(tmp_path, "<last/>", 改动=b"last")
    assert current_draft(first.parent) == last
    assert (first.parent / ASIDE / "改动").read_bytes() == b"last"
    assert not [path for path in first.parent.iterdir() if path.name.startswith(".building-")]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EFBIG, "文件太大"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EISDIR, "同名文件夹"),
        (errno.EIO, "磁盘读写出错"),
        (errno.ESTALE, "网络盘断开了"),
        (errno.EMFILE, "打开的文件太多"),
    ],
)
def test_every_refusal_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match=words):
        write(tmp_path)


def test_a_path_that_windows_finds_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str = "r") -> object:
        raise FileNotFoundError(errno.ENOENT, "no such file", f"C:\\{'很长的文件夹' * 50}")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="路径太长"):
        write(tmp_path)


def test_a_path_that_this_system_finds_too_long_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="太长"):
        write(tmp_path / ("很长的文件夹" * 60))


def test_a_limit_on_the_size_of_files_is_told_and_what_stood_stands(tmp_path: Path) -> None:
    first = write(tmp_path)
    program = (
        "import resource, sys; from pathlib import Path; from tests.package.test_bad_days import write, OutputError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))\n"
        "try: write(Path(sys.argv[1]), '<w>' + 'x' * 5000 + '</w>')\n"
        "except OutputError as error: sys.exit(0 if '文件太大' in str(error) else str(error))\n"
        "sys.exit('written')"
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment, timeout=60)
    assert current_draft(first.parent) == first == drafts(first.parent)[-1]
    assert [path.name for path in first.parent.iterdir() if path.name.startswith(".building-")] == []


# ── things in the place of others ──


@pytest.mark.parametrize("place", [CLUSTER, f"{CLUSTER}/{FORM}"])
def test_a_file_in_the_place_of_a_folder_is_told_and_kept(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_bytes(b"theirs")
    with pytest.raises(OutputError, match="同名文件") as caught:
        write(tmp_path)
    assert place.rpartition("/")[2] in str(caught.value)
    assert (tmp_path / place).read_bytes() == b"theirs"


def test_a_file_in_the_place_of_the_folder_for_edits_is_told_and_kept(tmp_path: Path) -> None:
    folder = write(tmp_path).parent
    (folder / ASIDE).write_bytes(b"theirs")
    with pytest.raises(OutputError, match="同名文件"):
        write(tmp_path, "<more/>", 改动=b"1")
    assert (folder / ASIDE).read_bytes() == b"theirs"


def test_a_folder_in_the_place_of_the_pointer_is_told_and_the_draft_is_found(tmp_path: Path) -> None:
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    (folder / CURRENT).mkdir(parents=True)
    with pytest.raises(OutputError, match="同名文件夹"):
        write(tmp_path)
    assert current_draft(folder) == drafts(folder)[-1]
    (folder / CURRENT).rmdir()
    assert write(tmp_path).name == "第001稿"


def test_a_folder_in_the_place_of_the_lock_is_told(tmp_path: Path) -> None:
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    (folder / LOCK).mkdir(parents=True)
    with pytest.raises(OutputError, match="同名文件夹"):
        write(tmp_path)


def test_a_file_in_the_place_of_a_draft_is_passed_over(tmp_path: Path) -> None:
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    folder.mkdir(parents=True)
    (folder / "第001稿").write_bytes(b"theirs")
    assert write(tmp_path).name == "第002稿"
    assert (folder / "第001稿").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "pointer",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"current": "\xe7\xac\xac009\xe7\xa8\xbf", "manifest_sha256": "00"}',
        b'{"current": 1, "manifest_sha256": null}',
    ],
)
def test_a_broken_pointer_is_mended_by_the_next_build(tmp_path: Path, pointer: bytes) -> None:
    folder = write(tmp_path).parent
    (folder / CURRENT).write_bytes(pointer)
    last = write(tmp_path, "<more/>")
    assert current_draft(folder) == last
    assert json.loads((folder / CURRENT).read_bytes())["current"] == last.name
    assert all(is_whole(draft) for draft in drafts(folder))


@pytest.mark.parametrize(
    "number",
    [errno.EACCES, errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP],
)
def test_why_the_system_refuses_is_told_in_chinese(number: int) -> None:
    assert re.search("[a-z]", reason_of(OSError(number, os.strerror(number)))) is None
