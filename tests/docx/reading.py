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
    return str(etree.canonicalize(xml.decode("utf-8")))


def text_of(docx: bytes, name: str = DOCUMENT) -> str:
    """All characters of a part in order, without white space and underlines."""
    return bare(printed(root_of(docx, name)))


def bare(text: str) -> str:
    return re.sub(r"[\s_]", "", text)


def printed(node: etree._Element) -> str:
    """What stands in the texts below a node."""
    return "".join(text.text or "" for text in node.iter(f"{WORD}t"))


def paragraph_with(docx: bytes, text: str) -> etree._Element:
    """The first paragraph that says just this."""
    for paragraph in root_of(docx).iter(f"{WORD}p"):
        if printed(paragraph) == text:
            return paragraph
    raise AssertionError(f"no paragraph says {text}")
