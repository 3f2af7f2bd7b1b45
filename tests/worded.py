"""Word files as Word leaves them, and templates as an office tunes them: made by this script, since Word itself is not at hand.

`python -m tests.worded` writes tests/fixtures/tuned/docx/small.docx anew from the definition beside it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from lxml import etree

from generator.docx.compile import compile_form
from generator.docx.package import repacked, unpacked
from generator.forms.arrange import arrange
from generator.forms.reading import read_form
from generator.measure.fonts import FontLibrary

FOLDER = Path(__file__).parent / "fixtures" / "tuned"
SMALL = "small"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_DOCUMENT, _SETTINGS, _STYLES = "word/document.xml", "word/settings.xml", "word/styles.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMESPACES = {"mc": MC[1:-1], "w14": W14[1:-1], "w16se": W16SE[1:-1]}


def main() -> None:
    """Write the fixture."""
    form = read_form(FOLDER / "forms" / f"{SMALL}.yaml")
    template = compile_form(arrange(form), FontLibrary.bundled())
    (FOLDER / "docx" / f"{SMALL}.docx").write_bytes(tuned(as_word_saves(template)))


def as_word_saves(docx: bytes) -> bytes:
    """The file with what Word adds when it is opened, edited here and there and saved."""
    contents = unpacked(docx)
    document = _with_namespaces(etree.fromstring(contents[_DOCUMENT]))
    numbers = count(0x2A000000)
    for paragraph in list(document.iter(f"{W}p")):
        _mark_revisions(paragraph, numbers)
        _split_runs(paragraph)
        _mark_spelling(paragraph)
    _add_oddments(document)
    settings = etree.fromstring(contents[_SETTINGS])
    _add_settings(settings)
    contents[_DOCUMENT] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    contents[_SETTINGS] = etree.tostring(settings, xml_declaration=True, encoding="UTF-8", standalone=True)
    return repacked(contents)


def tuned(docx: bytes, shift: int = 160, font: str = "宋体") -> bytes:
    """The template with values in another typeface, and label columns narrower by `shift` twips for the last column's gain."""
    contents = unpacked(docx)
    contents[_STYLES] = contents[_STYLES].replace("仿宋_GB2312".encode(), font.encode())
    document = etree.fromstring(contents[_DOCUMENT])
    for table in document.iter(f"{W}tbl"):
        columns = table.findall(f"{W}tblGrid/{W}gridCol")
        if len(columns) > 1:
            _shift(columns[0], -shift)
            _shift(columns[-1], shift)
            _set_cell_widths(table, [int(column.get(f"{W}w", "0")) for column in columns])
    contents[_DOCUMENT] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return repacked(contents)


def _shift(column: etree._Element, by: int) -> None:
    column.set(f"{W}w", str(int(column.get(f"{W}w", "0")) + by))


def _set_cell_widths(table: etree._Element, widths: list[int]) -> None:
    for row in table.iterchildren(f"{W}tr"):
        at = 0
        for cell in row.iterchildren(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            columns = 1 if span is None else int(span.get(f"{W}val", "1"))
            width = cell.find(f"{W}tcPr/{W}tcW")
            assert width is not None
            width.set(f"{W}w", str(sum(widths[at : at + columns])))
            at += columns


def _with_namespaces(root: etree._Element) -> etree._Element:
    declared = {prefix: name for prefix, name in root.nsmap.items() if prefix}
    made = etree.Element(root.tag, nsmap=declared | _NAMESPACES)
    made.set(f"{MC}Ignorable", "w14 w16se")
    made.extend(list(root))
    return made


def _mark_revisions(paragraph: etree._Element, numbers: Iterator[int]) -> None:
    paragraph.set(f"{W}rsidR", "00A77B3E")
    paragraph.set(f"{W}rsidRDefault", "00C21F0A")
    paragraph.set(f"{W14}paraId", f"{next(numbers):08X}")
    paragraph.set(f"{W14}textId", "77777777")
    for run in paragraph.iter(f"{W}r"):
        run.set(f"{W}rsidRPr", "00D3561C")


def _split_runs(paragraph: etree._Element) -> None:
    """Runs fall apart where the language changes or somebody typed: also within tags."""
    for run in list(paragraph.findall(f"{W}r")):
        text = run.find(f"{W}t")
        if text is None or not text.text or len(text.text) < 4:
            continue
        words, third = text.text, max(1, len(text.text) // 3)
        for piece in (words[2 * third :], words[third : 2 * third], words[1:third]):
            new = copy.deepcopy(run)
            for node in new.iter(f"{W}t"):
                node.text = piece
                node.set(_SPACE, "preserve")
            properties = new.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                new.insert(0, properties)
            if properties.find(f"{W}lang") is None:
                etree.SubElement(properties, f"{W}lang", {f"{W}eastAsia": "zh-CN", f"{W}val": "en-US"})
            run.addnext(new)
        text.text = words[:1]
        text.set(_SPACE, "preserve")


def _mark_spelling(paragraph: etree._Element) -> None:
    runs = paragraph.findall(f"{W}r")
    if len(runs) > 1:
        runs[0].addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
        runs[-1].addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellEnd"}))


def _add_oddments(document: etree._Element) -> None:
    """One each of what Word leaves in single places."""
    printed = [run for run in document.iter(f"{W}r") if run.find(f"{W}t") is not None]
    middle = printed[len(printed) // 2]
    middle.addprevious(etree.Element(f"{W}bookmarkStart", {f"{W}id": "9000", f"{W}name": "_GoBack"}))
    middle.addnext(etree.Element(f"{W}bookmarkEnd", {f"{W}id": "9000"}))
    for run in printed[:: max(1, len(printed) // 12)]:
        text = run.find(f"{W}t")
        assert text is not None
        text.addprevious(etree.Element(f"{W}lastRenderedPageBreak"))
    for run in printed[5 :: max(1, len(printed) // 8)]:
        _wrap(
            run,
            etree.Element(
                f"{W}smartTag", {f"{W}uri": "urn:schemas-microsoft-com:office:smarttags", f"{W}element": "place"}
            ),
        )
    box = next((run for run in printed if run.findtext(f"{W}t") == "（"), printed[-1])
    _offer_alternatives(box)


def _wrap(run: etree._Element, wrapper: etree._Element) -> None:
    parent = run.getparent()
    assert parent is not None
    if parent.tag != f"{W}p":
        return
    parent.replace(run, wrapper)
    wrapper.append(run)


def _offer_alternatives(run: etree._Element) -> None:
    """A character as newer Word writes some symbols: in a way that it knows, and as text for the others."""
    text = run.find(f"{W}t")
    assert text is not None and text.text
    offered = etree.Element(f"{MC}AlternateContent")
    choice = etree.SubElement(offered, f"{MC}Choice", {"Requires": "w16se"})
    etree.SubElement(choice, f"{W16SE}symEx", {f"{W16SE}font": "宋体", f"{W16SE}char": f"{ord(text.text[0]):04X}"})
    run.replace(text, offered)
    etree.SubElement(offered, f"{MC}Fallback").append(text)


def _add_settings(settings: etree._Element) -> None:
    rsids = etree.SubElement(settings, f"{W}rsids")
    etree.SubElement(rsids, f"{W}rsidRoot", {f"{W}val": "00A77B3E"})
    settings.insert(0, etree.Element(f"{W}proofState", {f"{W}spelling": "clean", f"{W}grammar": "clean"}))
    etree.SubElement(settings, f"{W}themeFontLang", {f"{W}val": "en-US", f"{W}eastAsia": "zh-CN"})
    etree.SubElement(settings, f"{W}decimalSymbol", {f"{W}val": "."})
    etree.SubElement(settings, f"{W}listSeparator", {f"{W}val": ","})
    etree.SubElement(settings, f"{W14}docId", {f"{W14}val": "5A0C1F2E"})


if __name__ == "__main__":
    main()
