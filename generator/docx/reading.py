"""The texts of a Word file, cell by cell, as somebody who reads it sees them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

from docx.oxml import parse_xml
from lxml import etree

from generator.docx.elements import WORD, Element, qualified
from generator.docx.package import unpacked
from generator.errors import UnreadableError
from generator.forms.definition import FOOTNOTE_MARK
from generator.forms.verifying.found import FoundCell, FoundDocument, FoundRow, FoundTable
from generator.measure.symbols import symbol_character

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W = {
    name: qualified(f"w:{name}")
    for name in (
        "p", "tbl", "tr", "tc", "r", "t", "tab", "br", "cr", "sym", "noBreakHyphen", "footnoteReference", "footnote", "body",
        "tcPr", "vMerge", "hMerge", "val", "font", "char", "id", "type", "rPr", "vanish", "fldChar", "fldCharType", "txbxContent",
    )
}  # fmt: skip
_CONTAINERS = frozenset(
    qualified(f"w:{name}")
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
_OFF = frozenset({"0", "false", "off"})
_MAIN = re.compile(r"/officeDocument$")
_NOTES = re.compile(r"/footnotes$")
_ADVICE = "请用 Word 或 WPS 打开它，另存为 .docx 再试。"
_PACKAGE_RELATIONS = "_rels/.rels"


def read_document(docx: bytes) -> FoundDocument:
    """Return the texts of the body of a .docx: paragraphs and tables in order, footnotes apart.

    Deleted text of tracked changes is passed over, inserted text counts; headers and footers are not read. Raises UnreadableError
    when the bytes are no Word file.
    """
    try:
        contents = unpacked(docx)
        main = _related(contents, "", _MAIN)
        root = parse_xml(contents[main])
        notes = _related(contents, main, _NOTES)
        body = root.find(_W["body"])
        return FoundDocument(
            tuple(_blocks(root if body is None else body)),
            tuple(_notes(parse_xml(contents[notes]), root)) if notes else (),
        )
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"不是可以读的 Word 文件：{error}", _ADVICE) from error


def _related(contents: Mapping[str, bytes], part: str, kind: re.Pattern[str]) -> str:
    """The name of the part that `part` (empty: the package) refers to, empty where there is none."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels") if part else _PACKAGE_RELATIONS
    if relations not in contents:
        return ""
    for relation in parse_xml(contents[relations]):
        if kind.search(relation.get("Type", "")):
            return posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
    return ""


def _blocks(parent: Element) -> Iterator[str | FoundTable]:
    for child in parent:
        if child.tag == _W["p"]:
            yield _text(child)
            for box in child.iter(_W["txbxContent"]):
                if _is_shown(box, child):
                    yield from _blocks(box)
        elif child.tag == _W["tbl"]:
            yield FoundTable(tuple(_rows(child)))
        elif child.tag in _CONTAINERS:
            yield from _blocks(child)
        elif child.tag == f"{_COMPATIBILITY}AlternateContent":
            for offered in _alternatives(child):
                yield from _blocks(offered)


def _alternatives(element: Element) -> list[Element]:
    """What counts of alternatives: those in Word's own terms, the stand-in where there are none."""
    choices = element.findall(f"{_COMPATIBILITY}Choice")
    known = any(str(child.tag).startswith(f"{{{WORD}}}") for choice in choices for child in choice)
    return choices if known else element.findall(f"{_COMPATIBILITY}Fallback")


def _is_shown(box: Element, paragraph: Element) -> bool:
    """Whether a text box is shown: not the stand-in for programs that don't know the newer kind."""
    parent = box.getparent()
    while parent is not None and parent is not paragraph:
        if parent.tag == f"{_COMPATIBILITY}Fallback":
            return False
        parent = parent.getparent()
    return True


def _rows(table: Element) -> Iterator[FoundRow]:
    for child in table:
        if child.tag == _W["tr"]:
            yield FoundRow(tuple(_cells(child)))
        elif child.tag in _CONTAINERS:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[FoundCell]:
    for child in row:
        if child.tag == _W["tc"]:
            if not _goes_on(child, "hMerge"):
                yield FoundCell(tuple(_blocks(child)), _goes_on(child, "vMerge"))
        elif child.tag in _CONTAINERS:
            yield from _cells(child)


def _goes_on(cell: Element, merge: str) -> bool:
    found = cell.find(f"{_W['tcPr']}/{_W[merge]}")
    return found is not None and found.get(_W["val"], "continue") == "continue"


def _notes(root: Element, body: Element) -> Iterator[str]:
    """Yield the footnotes in the order of their marks."""
    texts = {note.get(_W["id"]): "\n".join(_text(paragraph) for paragraph in note.iter(_W["p"])) for note in root}
    for mark in body.iter(_W["footnoteReference"]):
        yield texts.get(mark.get(_W["id"]), "")


def _text(paragraph: Element) -> str:
    fields: list[bool] = []
    return "".join(_inlines(paragraph, fields))


def _inlines(parent: Element, fields: list[bool]) -> Iterator[str]:
    """Yield the texts of runs; `fields` tells of each field that is open whether its result has begun."""
    for child in parent:
        if child.tag == _W["r"]:
            if not _is_hidden(child):
                yield from _run(child, fields)
        elif child.tag in _CONTAINERS:
            yield from _inlines(child, fields)
        elif child.tag == f"{_COMPATIBILITY}AlternateContent":
            for offered in _alternatives(child):
                yield from _inlines(offered, fields)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{_W['rPr']}/{_W['vanish']}")
    return hidden is not None and hidden.get(_W["val"], "1") not in _OFF


def _run(run: Element, fields: list[bool]) -> Iterator[str]:
    for child in run:
        if child.tag == _W["fldChar"]:
            _field(child.get(_W["fldCharType"], ""), fields)
        elif child.tag == f"{_COMPATIBILITY}AlternateContent":
            for offered in _alternatives(child):
                yield from _run(offered, fields)
        elif all(fields):
            yield _printed(child)


def _field(kind: str, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def _printed(node: Element) -> str:
    if node.tag == _W["t"]:
        return node.text or ""
    if node.tag == _W["tab"]:
        return "\t"
    if node.tag in (_W["br"], _W["cr"]):
        return "\n"
    if node.tag == _W["noBreakHyphen"]:
        return "-"
    if node.tag == _W["footnoteReference"]:
        return FOOTNOTE_MARK
    if node.tag == _W["sym"]:
        return symbol_character(node.get(_W["font"], ""), int(node.get(_W["char"], "0"), 16)) or "\ufffd"
    return ""
