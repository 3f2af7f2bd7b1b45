from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.package import disk
from generator.package.loose import replace_loose, write_loose


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    paths = write_loose(tmp_path / "新" / "夹", {"甲.txt": b"1", "佐证材料/说明.txt": b"2"})
    assert [path.read_bytes() for path in paths] == [b"1", b"2"]
    assert sorted(path.name for path in (tmp_path / "新" / "夹").iterdir()) == ["佐证材料", "甲.txt"]


def test_a_file_of_the_users_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "乙.txt").write_bytes(b"filled by hand")
    with pytest.raises(OutputError, match="已有同名文件"):
        write_loose(tmp_path, {"甲.txt": b"1", "乙.txt": b"2"})
    assert (tmp_path / "乙.txt").read_bytes() == b"filled by hand"
    assert not (tmp_path / "甲.txt").exists()


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    (path,) = write_loose(tmp_path, {"甲.txt": b"1"})
    before = path.stat()
    write_loose(tmp_path, {"甲.txt": b"1"})
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_a_full_disk_is_told_in_words_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="磁盘空间不足"):
        write_loose(tmp_path, {"甲.txt": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_the_user_names_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "新" / "报告.json"
    for content in (b"1", b"2"):
        replace_loose(path, content)
        assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == ["报告.json"]


def test_what_stood_there_stays_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.json"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(disk, "write_file", full)
    with pytest.raises(OutputError, match="磁盘空间不足"):
        replace_loose(path, b"new")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("报告.json", b"old")]


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹"):
        replace_loose(tmp_path, b"1")
