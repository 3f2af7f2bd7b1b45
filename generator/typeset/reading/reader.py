"""The reader of a whole .docx: blocks, sections, headers, footnotes, settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from generator.typeset.document import Block, Document, Inline, Margins, Paragraph, Section, Text, Watermark
from generator.typeset.reading.inlines import InlineReader, Story
from generator.typeset.reading.package import (
    COMPATIBILITY,
    RELATION,
    WORD,
    Element,
    Package,
    child_of,
    is_on,
    points,
    unknown,
    value_of,
)
from generator.typeset.reading.properties import foreign
from generator.typeset.reading.settings import Settings, read_settings
from generator.typeset.reading.styles import Styles
from generator.typeset.reading.tables import TableReader

_WRAPPERS = frozenset(WORD + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_PASSED = frozenset(
    WORD + name
    for name in (
        "sectPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "proofErr", "permStart", "permEnd", "commentRangeStart",
        "commentRangeEnd", "del", "moveFrom", "altChunkPr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd",
    )
)  # fmt: skip
_SECTION_PASSED = frozenset(
    WORD + name
    for name in ("paperSrc", "formProt", "noEndnote", "rtlGutter", "printerSettings", "sectPrChange", "bidi")
)
_NOTES_USUAL = {"numFmt": "decimal", "numRestart": "continuous", "pos": "pageBottom", "numStart": "1"}
_PAGE_BREAK = "\f"
_STARTS = frozenset({"nextPage", "oddPage", "evenPage", "continuous"})
_NUMBER_FORMATS = frozenset(
    {"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "numberInDash", "chineseCounting"}
)


@dataclass
class _Shape:
    """What one section takes over from the one before when it says nothing itself."""

    headers: dict[str, tuple[Block, ...]]
    footers: dict[str, tuple[Block, ...]]
    watermarks: dict[str, Watermark]


def read(docx: bytes) -> Document:
    """Return a Word document, resolved.

    Raises DefinitionError when the bytes are no .docx, UnknownConstructError for a construct that has an effect on the
    layout and is not known.
    """
    return _Reader(Package(docx)).document()


class _Reader:
    """One document being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._settings: Settings = read_settings(package)
        self._styles = Styles(package)
        self._story = Story()
        self._inlines = InlineReader(self._styles, self._story)
        self._tables = TableReader(self._styles, self._blocks, self._bookmark, self._settings.compatibility)
        self._width = 0.0

    def document(self) -> Document:
        """Read everything."""
        root = self._package.root(self._package.main)
        body = child_of(root, WORD + "body")
        sections = [] if body is None else list(self._sections(body))
        notes, separator = self._notes()
        return Document(
            sections=tuple(sections),
            notes=notes,
            note_separator=separator,
            even_and_odd=self._settings.even_and_odd,
            tab_distance=self._settings.tab_distance,
            metadata=self._package.core_properties(),
        )

    def _sections(self, body: Element) -> Iterator[Section]:
        shape = _Shape({}, {}, {})
        properties = [found for found in body.iter(WORD + "sectPr") if _is_of_body(found, body)]
        waiting = iter(properties)
        current = next(waiting, None)
        self._width = _column_width(current)
        blocks: list[Block] = []
        for child in body:
            blocks.extend(self._block(child, ""))
            if current is not None and child.tag == WORD + "p" and current.getparent() is child_of(child, WORD + "pPr"):
                yield self._section(current, shape, blocks)
                blocks, current = [], next(waiting, None)
                self._width = _column_width(current)
        if current is not None or blocks:
            yield self._section(etree.Element(WORD + "sectPr") if current is None else current, shape, blocks)

    def _blocks(self, parent: Element, table_style: str) -> tuple[Block, ...]:
        found: list[Block] = []
        for child in parent:
            found.extend(self._block(child, table_style))
        return tuple(found)

    def _block(self, element: Element, table_style: str) -> tuple[Block, ...]:
        tag = element.tag
        if tag == WORD + "p":
            return (self._paragraph(element, table_style),)
        if tag == WORD + "tbl":
            return (self._tables.read(element, self._width),)
        if tag in _WRAPPERS:
            return self._blocks(element, table_style)
        if tag == COMPATIBILITY + "AlternateContent":
            choices = element.iterfind(COMPATIBILITY + "Choice")
            return tuple(block for choice in choices for block in self._blocks(choice, table_style))
        if tag in (WORD + "bookmarkStart", WORD + "bookmarkEnd"):
            self._bookmark(element)
        elif tag not in _PASSED and not foreign(str(tag)):
            raise unknown(element)
        return ()

    def _bookmark(self, element: Element) -> None:
        if element.tag == WORD + "bookmarkStart":
            self._story.open_bookmark(element)
        else:
            self._story.close_bookmark(element)

    def _paragraph(self, element: Element, table_style: str) -> Paragraph:
        properties = child_of(element, WORD + "pPr")
        style = self._styles.paragraph_style(properties)
        mark = self._styles.text_style(child_of(properties, WORD + "rPr"), style, table_style)
        inlines, bookmarks = self._inlines.read(element, style, table_style)
        form = self._styles.paragraph_format(properties, style, table_style, mark)
        if _begins_page(inlines):
            form = replace(form, break_before=True)
            inlines = _without_first_break(inlines)
        return Paragraph(
            inlines=inlines,
            format=form,
            mark=mark,
            bookmarks=bookmarks,
        )

    def _notes(self) -> tuple[Mapping[str, tuple[Block, ...]], tuple[Block, ...]]:
        """Return the footnotes that the text refers to, and the line above them."""
        root = self._package.related("footnotes")
        if root is None:
            return {}, ()
        notes: dict[str, tuple[Block, ...]] = {}
        separator: tuple[Block, ...] = ()
        for note in root:
            identifier = note.get(WORD + "id", "")
            if note.get(WORD + "type") == "separator":
                separator = self._blocks(note, "")
            elif identifier in self._story.note_marks:
                self._story.own_mark = self._story.note_marks[identifier]
                notes[identifier] = self._blocks(note, "")
        return notes, separator

    def _section(self, properties: Element, shape: _Shape, blocks: list[Block]) -> Section:
        self._headers(properties, shape)
        section = Section(
            width=595.3,
            height=841.9,
            margins=Margins(72.0, 72.0, 72.0, 72.0),
            header_distance=36.0,
            footer_distance=36.0,
            start="nextPage",
            headers=dict(shape.headers),
            footers=dict(shape.footers),
            watermarks=dict(shape.watermarks),
            title_page=False,
            number_start=None,
            number_format="decimal",
            grid_pitch=0.0,
            blocks=tuple(blocks),
        )
        for child in properties:
            section = _with_property(section, child)
        return section

    def _headers(self, properties: Element, shape: _Shape) -> None:
        relations = self._package.relations(self._package.main)
        for reference in properties:
            if reference.tag not in (WORD + "headerReference", WORD + "footerReference"):
                continue
            kind = reference.get(WORD + "type", "default")
            _, target = relations.get(reference.get(RELATION + "id", ""), ("", ""))
            root = self._package.root(target)
            self._story.watermark = None
            blocks = () if root is None else self._blocks(root, "")
            if reference.tag == WORD + "footerReference":
                shape.footers[kind] = blocks
                continue
            shape.headers[kind] = blocks
            shape.watermarks.pop(kind, None)
            if self._story.watermark is not None:
                shape.watermarks[kind] = self._story.watermark


def _begins_page(inlines: Sequence[Inline]) -> bool:
    """Whether a page break stands before all text of a paragraph: so LibreOffice writes a paragraph that begins a page."""
    first = inlines[0] if inlines else None
    if not isinstance(first, Text) or not first.text.startswith(_PAGE_BREAK):
        return False
    return len(inlines) > 1 or len(first.text) > 1


def _without_first_break(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    first, *others = inlines
    assert isinstance(first, Text)
    rest = first.text.removeprefix(_PAGE_BREAK)
    return (first._replace(text=rest), *others) if rest else tuple(others)


def _is_of_body(properties: Element, body: Element) -> bool:
    """Whether section properties divide the body: its last child, or a direct child paragraph's."""
    parent = properties.getparent()
    if parent is body:
        return True
    paragraph = None if parent is None else parent.getparent()
    return paragraph is not None and paragraph.getparent() is body


def _column_width(properties: Element | None) -> float:
    size = child_of(properties, WORD + "pgSz")
    margins = child_of(properties, WORD + "pgMar")
    width = 595.3 if size is None else points(size.get(WORD + "w"), 595.3)
    if margins is None:
        return width - 144
    return width - points(margins.get(WORD + "left")) - points(margins.get(WORD + "right"))


def _with_property(section: Section, element: Element) -> Section:
    """Return a section with what one child of its `w:sectPr` says."""
    name = str(element.tag).removeprefix(WORD)
    if name == "pgSz":
        return replace(
            section, width=points(element.get(WORD + "w"), 595.3), height=points(element.get(WORD + "h"), 841.9)
        )
    if name == "pgMar":
        return _with_margins(section, element)
    if name == "type":
        if value_of(element) not in _STARTS:
            raise unknown(element, value=value_of(element))
        return replace(section, start=value_of(element))
    if name == "titlePg":
        return replace(section, title_page=is_on(element))
    if name == "pgNumType":
        return _with_numbering(section, element)
    if name == "docGrid":
        return _with_grid(section, element)
    _check_harmless(element, name)
    return section


def _with_margins(section: Section, element: Element) -> Section:
    gutter = points(element.get(WORD + "gutter"))
    sides = {side: points(element.get(WORD + side)) for side in ("top", "left", "bottom", "right")}
    sides["left"] += gutter
    return replace(
        section,
        margins=Margins(**sides),
        header_distance=points(element.get(WORD + "header"), 36.0),
        footer_distance=points(element.get(WORD + "footer"), 36.0),
    )


def _with_numbering(section: Section, element: Element) -> Section:
    start = element.get(WORD + "start")
    number_format = element.get(WORD + "fmt", "decimal")
    if number_format not in _NUMBER_FORMATS:
        raise unknown(element, value=number_format)
    return replace(section, number_start=None if start is None else int(start), number_format=number_format)


def _with_grid(section: Section, element: Element) -> Section:
    kind = element.get(WORD + "type", "default")
    if kind == "default":
        return section
    if kind != "lines" and element.get(WORD + "charSpace", "0") != "0":
        raise unknown(element, value=kind)
    return replace(section, grid_pitch=points(element.get(WORD + "linePitch")))


def _check_harmless(element: Element, name: str) -> None:
    """Raise UnknownConstructError unless a section's property changes nothing."""
    if name in ("headerReference", "footerReference") or element.tag in _SECTION_PASSED:
        return
    if name == "cols" and element.get(WORD + "num", "1") == "1":
        return
    if name == "vAlign" and value_of(element) == "top":
        return
    if name == "textDirection" and value_of(element) in ("lrTb", "tb"):
        return
    if name in ("footnotePr", "endnotePr") and all(_is_usual_of_notes(child) for child in element):
        return
    raise unknown(element)


def _is_usual_of_notes(element: Element) -> bool:
    """Whether a property of footnotes says what holds anyway: Arabic numbers through the document, at the foot of the page."""
    name = str(element.tag).removeprefix(WORD)
    return name in _NOTES_USUAL and value_of(element) == _NOTES_USUAL[name]
