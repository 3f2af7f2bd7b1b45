"""Files written on their own into a folder of the user's: nothing that stands there is replaced but what the user names."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from generator.errors import OutputError
from generator.package import disk


def write_loose(folder: Path, files: Mapping[str, bytes], remedies: disk.Remedies = disk.BY_OPTION) -> tuple[Path, ...]:
    """Write `files` (content by name relative to `folder`), making the folders; return their paths.

    A file that stands there with the same content stays. Raises OutputError, with nothing written, when one stands there with
    other content, and when the disk refuses; `remedies` are what its advice may name.
    """
    paths = {folder / name: content for name, content in files.items()}
    with disk.telling_failures(folder, remedies):
        standing = {path: path.read_bytes() for path in paths if path.exists()}
        for path, content in standing.items():
            if content != paths[path]:
                raise OutputError(
                    f"已有同名文件，内容不同，没有改动它：{path}", f"请把它改名或移走{remedies.besides('文件夹')}。"
                )
        for path, content in paths.items():
            if path not in standing:
                disk.replace_file(path, content, path.with_name(f".{secrets.token_hex(4)}.tmp"))
    return tuple(paths)


def replace_loose(path: Path, content: bytes) -> None:
    """Make `content` the content of the file `path`, which the user named, in one step; what stood there is replaced.

    Raises OutputError, with what stood there unchanged, when it can't be written.
    """
    if os.path.isdir(path):  # noqa: PTH112 - that never raises
        raise OutputError(f"这个位置是一个文件夹，不能写成文件：{path}", "请换一个文件名。")
    try:
        with disk.telling_failures(path.parent):
            disk.replace_file(path, content, path.with_name(f".{secrets.token_hex(4)}.tmp"))
    except OutputError as error:
        advice = "请关闭正打开着这个文件的程序，或者换一个能写的位置；原来的文件没有改动。"
        raise OutputError(str(error), advice) from error
