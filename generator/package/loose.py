"""Files written on their own into a folder of the user's: nothing that stands there is ever replaced."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from generator.errors import OutputError
from generator.package import disk


def write_loose(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write `files` (content by name relative to `folder`), making the folders; return their paths.

    A file that stands there with the same content stays. Raises OutputError, with nothing written, when one stands there with
    other content, and when the disk refuses.
    """
    paths = {folder / name: content for name, content in files.items()}
    with disk.telling_failures(folder):
        standing = {path: path.read_bytes() for path in paths if path.exists()}
        for path, content in standing.items():
            if content != paths[path]:
                raise OutputError(f"已有同名文件，内容不同，没有改动它：{path}", "请把它改名或移走，或换一个文件夹。")
        for path, content in paths.items():
            if path not in standing:
                disk.replace_file(path, content, path.with_name(f".{secrets.token_hex(4)}.tmp"))
    return tuple(paths)
