"""Holding files against a form or summary table: official texts, and Word files blank or filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.docx.office import OLD_FORMATS, as_docx
from generator.docx.reading import read_document
from generator.errors import UnreadableError, UsageError, reason_of
from generator.findings import Findings
from generator.forms.definition import Form
from generator.forms.definition_summary import Summary
from generator.forms.verifying import verify_document, verify_text

_TEXT = ".txt"
_WORD = frozenset({".docx", ".docm", ".dotx"})
_ENCODINGS = ("utf-8-sig", "gb18030")


def verify_files(form: Form | Summary, paths: Sequence[Path]) -> Findings:
    """Return where the file differs from `form`; several .txt files are one official text, one behind the other.

    Raises UsageError for files that can't be held against a form, UnreadableError for one that can't be read, MissingError
    where LibreOffice would be needed and is not there.
    """
    endings = {path.suffix.lower() for path in paths}
    if endings == {_TEXT}:
        return verify_text(form, "\n".join(_read_text(path) for path in paths))
    if len(paths) != 1:
        raise UsageError("一次只能核对一个 Word 文件；几个 .txt 可以一起核对。")
    (path,) = paths
    if endings <= OLD_FORMATS:
        return verify_document(form, read_document(as_docx(path)))
    if endings <= _WORD:
        return verify_document(form, read_document(_read(path)))
    raise UsageError(f"不能核对 {path.name}：只认 .docx、.doc、.wps 和 .txt。", "PDF 请先复制成文字，存为 .txt。")


def _read_text(path: Path) -> str:
    content = _read(path)
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(f"{path.name} 的编码认不出来。", "请用记事本打开它，另存为 UTF-8 编码。")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"读不到 {path.name}：{reason_of(error)}", "请检查这个文件能否打开。") from error
