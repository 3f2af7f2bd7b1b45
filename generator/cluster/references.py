"""Files that a cluster's data refer to: kept inside the cluster folder, and read where they hold prose."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from generator.cluster.characters import CONTROL, alike
from generator.cluster.codes import Code, Collector
from generator.cluster.codes import Path as Words
from generator.cluster.filekinds import foreign, kind_of
from generator.cluster.scalars import Problem
from generator.cluster.source import read_source
from generator.errors import reason_of
from generator.findings import Position
from generator.frozen import dataclass

MOST_PROSE_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 60_000_000
_TEXT_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True)
class Prose:
    """Text read from a file beside the data, paragraphs parted by line breaks, and where it stands."""

    text: str
    position: Position


def confined(
    folder: Path, written: str, missing: Code = Code.REFERENCE_MISSING, real: Path | None = None
) -> Path | Problem:
    """Return the existing file that `written` names inside `folder`, or why it may not be used.

    Either slash is taken; drive letters, absolute paths, `..` and links that lead out of the folder are refused. `real` is where
    `folder` really lies, links followed, for who asks often.
    """
    name = written.strip().replace("\\", "/")
    expected = "集群文件夹内的文件，从集群文件夹写起，如 佐证材料/协议.pdf"
    parts = PurePosixPath(name).parts
    if not name or name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in parts:
        remedy = "请把文件复制到集群文件夹里，再写相对位置"
        return Problem(Code.OUTSIDE_FOLDER, "文件要放在集群文件夹里面", expected, remedy)
    try:
        path = folder / name
        if not path.resolve().is_relative_to(real or folder.resolve()):
            return Problem(Code.OUTSIDE_FOLDER, "这个链接指向集群文件夹之外", expected, "请把文件本身复制进来")
        if path.is_file():
            return path
        if path.is_dir():
            return Problem(missing, "这是文件夹，不是文件", expected, "请逐个写出文件名")
        if path.is_symlink() or path.exists():
            return Problem(missing, "这不是文件，或是一个失效的链接", expected, "请把文件本身复制到这里")
    except PermissionError as error:
        return Problem(missing, f"文件读不到（{reason_of(error)}）", "", "请检查它和所在文件夹有没有读的权限")
    except (OSError, RuntimeError, ValueError):
        return Problem(missing, "文件名不能用", expected, "请检查文件名")
    guess = _near(folder, PurePosixPath(name))
    remedy = f"是不是“{guess}”？" if guess else "请检查文件名和所在文件夹"
    return Problem(missing, "找不到这个文件", expected, remedy)


def doubtful(file: Path) -> Problem | None:
    """Return what is to be said of an evidence file by its first bytes alone: that it is empty, can't be bound, or is misnamed.

    What stands further inside is looked at when the evidence is bound.
    """
    try:
        if file.stat().st_size == 0:
            return Problem(Code.EVIDENCE_FILE_EMPTY, "文件是空的（0 字节）", "有内容的文件", "请重新拷贝或重新扫描")
        kind = kind_of(file)
        what, remedy = foreign(file) if kind is None else ("", "")
    except OSError as error:
        return Problem(Code.EVIDENCE_MISSING, f"文件读不到（{reason_of(error)}）", "", "请检查有没有读的权限")
    if kind is None:
        return Problem(Code.EVIDENCE_FOREIGN, f"这是{what}，不能装订", "PDF、JPG 或 PNG 文件", remedy)
    if not kind.named_so(file.name):
        message = f"扩展名不对，文件其实是 {kind.called}，已照 {kind.called} 装入"
        return Problem(Code.EVIDENCE_MISLABELLED, message, kind.suffixes[0], "可以改成正确的扩展名，也可以不改")
    return None


def read_prose(folder: Path, reference: str, findings: Collector, position: Position, path: Words) -> Prose | None:
    """Read the text that `reference` (`规划.docx`, `规划.docx#发展成效`, `简介.txt`) names. None, with a finding at
    `position`, where it can't be had."""
    name, _, heading = reference.partition("#")
    file = confined(folder, name)
    if isinstance(file, Problem):
        _add(findings, file, position, path, reference)
        return None
    suffix = file.suffix.lower()
    if suffix == ".docx":
        return _read_docx(file, name.strip(), heading.strip(), findings, position, path)
    if suffix not in _TEXT_SUFFIXES:
        problem = Problem(Code.REFERENCE_UNREADABLE, "这种文件不能读作文字", "docx 或 txt 文件", "请另存为 docx 或 txt")
        _add(findings, problem, position, path, reference)
        return None
    if heading:
        problem = Problem(Code.HEADING_MISSING, "txt 文件里没有标题样式", "只有 docx 可以写 #标题", "请去掉 # 及其后面")
        _add(findings, problem, position, path, reference)
        return None
    source = read_source(file, name.strip(), findings, most_bytes=MOST_PROSE_BYTES)
    return Prose(source.text, Position(source.file, 1, 1)) if source else None


def _read_docx(
    file: Path, name: str, heading: str, findings: Collector, position: Position, path: Words
) -> Prose | None:
    try:
        if _unpacked_bytes(file) > MOST_UNPACKED_BYTES:
            raise ValueError("too big when unpacked")
        from docx import Document

        document = Document(str(file))
        paragraphs = [
            (_level(each.style.name if each.style else ""), each.text.strip()) for each in document.paragraphs
        ]
        tables = len(document.tables)
    except Exception:
        problem = Problem(
            Code.REFERENCE_UNREADABLE, "这个 docx 打不开", "Word 2007 以上的 docx", "请用 Word 或 WPS 打开，另存为 docx"
        )
        _add(findings, problem, position, path, name)
        return None
    if heading:
        section = _section(paragraphs, heading)
        if section is None:
            titles = [text for level, text in paragraphs if level and text]
            listed = "、".join(titles[:12])
            expected = f"文件里的标题：{listed}" if titles else "用“标题 1”等样式排的标题"
            problem = Problem(Code.HEADING_MISSING, f"文件里没有标题“{heading}”", expected, "请照文件里的标题写")
            _add(findings, problem, position, path, name)
            return None
        paragraphs = section
    if tables:
        message = f"{name} 里的 {tables} 个表格没有读入，只读了段落文字"
        findings.add(Code.TABLES_LEFT_OUT, message, position, path, remedy="表格里的数字请写进 cluster.yaml")
    text = "\n".join(text for _, text in paragraphs if text)
    return Prose(re.sub(CONTROL, " ", text), Position(name))


def _unpacked_bytes(file: Path) -> int:
    from zipfile import ZipFile

    with ZipFile(file) as archive:
        return sum(part.file_size for part in archive.infolist())


def _level(style: str) -> int:
    found = re.fullmatch(r"(?:Heading|heading|标题) ?([1-9])", style)
    return int(found.group(1)) if found else 0


def _section(paragraphs: list[tuple[int, str]], heading: str) -> list[tuple[int, str]] | None:
    """The paragraphs below `heading`, up to the next heading of its level or above."""
    key = alike(heading)
    for index, (level, text) in enumerate(paragraphs):
        if level and alike(text) == key:
            rest = paragraphs[index + 1 :]
            end = next((at for at, (other, _) in enumerate(rest) if 0 < other <= level), len(rest))
            return rest[:end]
    return None


def _near(folder: Path, name: PurePosixPath) -> str:
    try:
        names = {alike(each): each for each in sorted(os.listdir(folder / name.parent))}  # noqa: PTH208
    except (OSError, ValueError):
        return ""
    from difflib import get_close_matches

    found = get_close_matches(alike(name.name), names, n=1, cutoff=0.7)
    return str(name.parent / names[found[0]]) if found else ""


def _add(findings: Collector, problem: Problem, position: Position, path: Words, found: str) -> None:
    findings.add(
        problem.code, problem.message, position, path, found=found, expected=problem.expected, remedy=problem.remedy
    )
