"""What is inside a Word file or workbook besides what it shows: macros, controls, references to elsewhere."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO

from lxml import etree

from generator.package.opening.damage import DamagedError

MAIN_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
"""The part that each kind of file can't do without, by its extension."""

MOST_UNPACKED_BYTES = 500_000_000

_ALWAYS = ("[Content_Types].xml", "_rels/.rels")
_XML = (".xml", ".rels")
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml)$")
_CONTROLS = re.compile(r"/activeX/|/ctrlProps/")
_EMBEDDED = re.compile(r"/embeddings/")
_FIELDS = re.compile(rb"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON)\b")
_INSTRUCTIONS = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_LINK = "网页链接或指向其他文件的链接"


def open_office(stream: IO[bytes], extension: str) -> Mapping[str, bytes]:
    """Return the parts of the Word file or workbook in `stream` by name, its XML known to be whole.

    Raises DamagedError saying why it can't be opened.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise DamagedError("解压后过大")
            parts = {name: archive.read(name) for name in archive.namelist()}
        missing = [name for name in (*_ALWAYS, MAIN_PARTS[extension]) if name not in parts]
        if missing:
            raise DamagedError(f"缺少 {'、'.join(sorted(missing))}")
        for name, content in parts.items():
            if name.endswith(_XML):
                etree.fromstring(content)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DamagedError(f"打不开（{error}）") from error
    return parts


def office_content(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return in words what a file of these `parts` can do besides being read: macros, controls, objects, links, references."""
    return tuple(dict.fromkeys(_found(parts)))


def is_link(words: str) -> bool:
    """Whether the `words` of `office_content` name links only, which do nothing unless they are followed."""
    return words == _LINK


def _found(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in parts:
        if _MACROS.search(name):
            yield "宏"
        elif _CONTROLS.search(name):
            yield "控件"
        elif _EMBEDDED.search(name):
            yield f"嵌入的文件（{PurePosixPath(name).name}）"
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        yield "宏"
    for name, content in parts.items():
        if name.endswith(".rels"):
            yield from _references(content)
        elif name.endswith(".xml"):
            for instruction in _INSTRUCTIONS.finditer(content):
                met = _FIELDS.search(instruction[1] or instruction[2] or b"")
                if met:
                    yield f"引用其他文件的域（{met[1].decode()}）"


def _references(relations: bytes) -> Iterator[str]:
    for relation in etree.fromstring(relations):
        if relation.get("TargetMode") == "External":
            kind = relation.get("Type", "").rpartition("/")[2]
            yield _LINK if kind == "hyperlink" else f"对文件以外内容的引用（{kind}）"
