"""Folders beside the 稿 of a series that may be made anew: each comes into being whole, in place of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.errors import OutputError
from generator.package import disk
from generator.package.drafts import name_aside
from generator.package.locking import only_writer


def write_folder(series: Path, place: str, files: Mapping[str, bytes]) -> tuple[Path, bool]:
    """Write `files` (content by name) as the folder `place` (更正/第003稿) of the folder `series`; return it, and whether it is new.

    Where it stands with the same content, nothing is written. Another content is replaced as a whole: written aside, then put
    in place; killed between, the next writer of `series` removes what was left.
    Raises OutputError when the disk refuses, or a program holds what stands there open.
    """
    target = series / place
    with disk.telling_failures(target, disk.IN_PLACE):
        target.parent.mkdir(parents=True, exist_ok=True)
        with only_writer(series):
            if _holds(target, files):
                return target, False
            aside, before = name_aside(series), name_aside(series)
            try:
                for name, content in files.items():
                    disk.write_file(aside / name, content)
                disk.sync_tree(aside)
                if target.exists() and not disk.rename_folder(target, before):
                    raise OutputError(f"不能替换文件夹：{target}", "请再运行一次。")
                if not disk.rename_folder(aside, target):
                    raise OutputError(f"不能替换文件夹：{target}", "请把它移走，再运行一次。")
            finally:
                disk.remove(aside)
                disk.remove(before)
    return target, True


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether `folder` holds `files` and nothing else."""
    try:
        standing = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return standing.keys() == files.keys() and all(
            standing[name].read_bytes() == content for name, content in files.items()
        )
    except OSError:
        return False
