"""A 稿 looked at as a stranger would: do the files say what the manifest says, and do they open?"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from pathlib import Path

from generator.errors import OutputError, UnreadableError
from generator.package.manifest import RECEIVED, ListedFile, Manifest, read_manifest
from generator.package.opening.damage import DamagedError

_OPENED = frozenset({".docx", ".xlsx", ".pdf"})


def is_whole(draft: Path) -> bool:
    """Whether the folder `draft` holds a manifest, and every file that it lists with the listed content.

    Further files do not matter: file managers and office programs leave some of their own.
    """
    try:
        manifest = read_manifest(draft)
    except UnreadableError:
        return False
    return all(_is_as_listed(draft, file) for file in manifest.everything)


def inspect(
    draft: Path, manifest: Manifest, known: Iterable[ListedFile] = (), sound: Container[str] = frozenset()
) -> None:
    """Read back everything that was written to `draft` and open it; of files with the same content (copies on discs) one is opened.

    `known` are files that were opened when they were written: the same content, taken over, need not be opened again. `sound` are
    the paths of files that share bytes which were read and found to be the listed ones just now.
    What was received from others is carried as it came, and not opened: it was looked at when it was read.
    Raises OutputError naming the first file that fails.
    """
    opened = {(file.sha256, file.pages) for file in known}
    for file in manifest.everything:
        if file.path not in sound and not _is_as_listed(draft, file):
            raise _failed(file, "写入的内容与应有的不一致")
        if (file.sha256, file.pages) in opened:
            continue
        opened.add((file.sha256, file.pages))
        if file.role.startswith(RECEIVED):
            continue
        path = draft / file.path
        if path.suffix in _OPENED:
            _open(path, file)


def _is_as_listed(draft: Path, file: ListedFile) -> bool:
    path = draft / file.path
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _open(path: Path, file: ListedFile) -> None:
    from generator.package.opening.office import open_office
    from generator.package.opening.pdf import open_pdf

    try:
        with path.open("rb") as stream:
            if path.suffix != ".pdf":
                open_office(stream, path.suffix)
                return
            pages = len(open_pdf(stream).pages)
    except DamagedError as error:
        raise _failed(file, str(error)) from error
    if file.pages is not None and pages != file.pages:
        raise _failed(file, f"应有 {file.pages} 页，实有 {pages} 页")


def _failed(file: ListedFile, why: str) -> OutputError:
    return OutputError(
        f"写出的文件没有通过自查：{file.path}：{why}。",
        "这一稿没有生效，原有各稿没有改动。请再运行一次；仍然如此，请报告给开发者。",
    )
