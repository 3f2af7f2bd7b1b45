from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.package.loose import write_loose


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
