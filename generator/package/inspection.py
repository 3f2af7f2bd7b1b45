"""A 稿 looked at as a stranger would: do the files say what the manifest says, and do they open?"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from generator.errors import OutputError, UnreadableError
from generator.package.manifest import RECEIVED, ListedFile, Manifest, read_manifest

_REQUIRED_PARTS = frozenset({"[Content_Types].xml", "_rels/.rels", "word/document.xml"})


def is_whole(draft: Path) -> bool:
    """Whether the folder `draft` holds a manifest, and every file that it lists with the listed content.

    Further files do not matter: file managers and office programs leave some of their own.
    """
    try:
        manifest = read_manifest(draft)
    except UnreadableError:
        return False
    return all(_is_as_listed(draft, file) for file in manifest.everything)


def inspect(draft: Path, manifest: Manifest) -> None:
    """Read back everything that was written to `draft` and open it; of files with the same content (copies on discs) one is opened.

    What was received from others is carried as it came, and not opened: it was looked at when it was read.
    Raises OutputError naming the first file that fails.
    """
    opened: set[tuple[str, int | None]] = set()
    for file in manifest.everything:
        if not _is_as_listed(draft, file):
            raise _failed(file, "写入的内容与应有的不一致")
        if (file.sha256, file.pages) in opened:
            continue
        opened.add((file.sha256, file.pages))
        if file.role.startswith(RECEIVED):
            continue
        path = draft / file.path
        if path.suffix == ".docx":
            _open_word_file(path, file)
        elif path.suffix == ".pdf":
            _open_pdf(path, file)


def _is_as_listed(draft: Path, file: ListedFile) -> bool:
    path = draft / file.path
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _open_word_file(path: Path, file: ListedFile) -> None:
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as archive:
            missing = _REQUIRED_PARTS.difference(archive.namelist())
            if missing:
                raise _failed(file, f"缺少 {'、'.join(sorted(missing))}")
            for name in archive.namelist():
                content = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(content)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, ValueError) as error:
        raise _failed(file, f"打不开（{error}）") from error


def _open_pdf(path: Path, file: ListedFile) -> None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        with path.open("rb") as stream:
            pages = len(PdfReader(stream, strict=True).pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _failed(file, f"打不开（{error}）") from error
    if file.pages is not None and pages != file.pages:
        raise _failed(file, f"应有 {file.pages} 页，实有 {pages} 页")


def _failed(file: ListedFile, why: str) -> OutputError:
    return OutputError(
        f"写出的文件没有通过自查：{file.path}：{why}。",
        "这一稿没有生效，原有各稿没有改动。请再运行一次；仍然如此，请报告给开发者。",
    )
