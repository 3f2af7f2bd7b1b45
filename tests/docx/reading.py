"""Reading what a .docx holds, for tests."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from tests.docx.word_rules import WORD

DOCUMENT = "word/document.xml"


def part(docx: bytes, name: str = DOCUMENT) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(name)


def root_of(docx: bytes, name: str = DOCUMENT) -> etree._Element:
    return etree.fromstring(part(docx, name))


def canonical(xml: bytes) -> str:
    return etree.canonicalize(xml.decode("utf-8"))


def text_of(docx: bytes, name: str = DOCUMENT) -> str:
    """All characters of a part in order, without white space and underlines."""
    return bare("".join(node.text or "" for node in root_of(docx, name).iter(f"{WORD}t")))


def bare(text: str) -> str:
    return re.sub(r"[\s_]", "", text)


def paragraph_with(docx: bytes, text: str) -> etree._Element:
    """The first paragraph that says just this."""
    for paragraph in root_of(docx).iter(f"{WORD}p"):
        if "".join(node.text or "" for node in paragraph.iter(f"{WORD}t")) == text:
            return paragraph
    raise AssertionError(f"no paragraph says {text}")
