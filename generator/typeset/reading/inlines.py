"""The content of paragraphs: runs, tabs, breaks, symbols, fields, footnote marks and bookmarks."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.errors import UnknownConstructError
from generator.typeset.document import Field, FieldKind, Inline, NoteMark, Text, TextStyle, Watermark
from generator.typeset.reading.package import COMPATIBILITY, WORD, XML_SPACE, Element, child_of, unknown
from generator.typeset.reading.properties import foreign
from generator.typeset.reading.styles import Styles
from generator.typeset.reading.symbols import symbol_text
from generator.typeset.reading.watermarks import watermark_of

_PASSED = frozenset(
    WORD + name
    for name in (
        "pPr", "rPr", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd",
        "commentReference", "annotationRef", "del", "moveFrom", "softHyphen", "moveFromRangeStart", "moveFromRangeEnd",
        "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "sdtPr", "sdtEndPr",
        "smartTagPr", "customXmlPr", "separator", "continuationSeparator", "instrText", "delText", "delInstrText",
    )
)  # fmt: skip
_CONTAINERS = frozenset(
    WORD + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")
)
_STORED_RESULTS = frozenset({"HYPERLINK", "TOC", "PAGEREF", "REF", "SEQ", "STYLEREF"})
_FIELDS = {kind.value: kind for kind in FieldKind}
_SWITCHES = {
    "MERGEFORMAT": "", "ROMAN": "upperRoman", "roman": "lowerRoman", "ALPHABETIC": "upperLetter",
    "alphabetic": "lowerLetter", "Arabic": "decimal", "ArabicDash": "numberInDash", "CHINESENUM3": "chineseCounting",
}  # fmt: skip
_TEXTS = {
    WORD + "tab": "\t",
    WORD + "cr": "\n",
    WORD + "noBreakHyphen": "\u2011",
}


@dataclass
class OpenField:
    """A complex field between its begin and its end."""

    instruction: str = ""
    in_result: bool = False
    printed: bool = False


@dataclass
class Story:
    """What reading one part after another has to remember: fields and bookmarks that are open, notes counted."""

    note_marks: dict[str, str] = field(default_factory=dict)
    bookmarks: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    own_mark: str = ""
    watermark: Watermark | None = None

    def open_bookmark(self, element: Element) -> None:
        """Note that a bookmark begins; Word's own (`_GoBack`) don't count."""
        name = element.get(WORD + "name", "")
        if name and name != "_GoBack":
            self.bookmarks[element.get(WORD + "id", "")] = name
            self.waiting.append(name)

    def close_bookmark(self, element: Element) -> None:
        """Note that a bookmark ends."""
        self.bookmarks.pop(element.get(WORD + "id", ""), None)

    def mark_of(self, identifier: str) -> str:
        """Return the number of a footnote, counted through the document."""
        return self.note_marks.setdefault(identifier, str(len(self.note_marks) + 1))


class InlineReader:
    """Reads the inline content of one paragraph after another."""

    def __init__(self, styles: Styles, story: Story) -> None:
        self._styles = styles
        self._story = story
        self._found: list[Inline] = []
        self._paragraph_style = ""
        self._table_style = ""

    def read(
        self, paragraph: Element, paragraph_style: str, table_style: str
    ) -> tuple[tuple[Inline, ...], tuple[str, ...]]:
        """Return a paragraph's content and the bookmarks that stand in it, or run through it."""
        story = self._story
        self._found, self._paragraph_style, self._table_style = [], paragraph_style, table_style
        names = dict.fromkeys(story.bookmarks.values())
        names.update(dict.fromkeys(story.waiting))
        story.waiting.clear()
        self._children(paragraph)
        names.update(dict.fromkeys(story.waiting))
        story.waiting.clear()
        return tuple(self._found), tuple(names)

    def _children(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == WORD + "r":
                self._run(child)
            elif tag in _CONTAINERS:
                self._children(child)
            elif tag == WORD + "bookmarkStart":
                self._story.open_bookmark(child)
            elif tag == WORD + "bookmarkEnd":
                self._story.close_bookmark(child)
            elif tag == WORD + "fldSimple":
                self._simple_field(child)
            elif tag == COMPATIBILITY + "AlternateContent":
                for offered in known_alternatives(child):
                    self._children(offered)
            elif tag not in _PASSED and not foreign(str(tag)):
                raise unknown(child)

    def _run(self, run: Element) -> None:
        properties = child_of(run, WORD + "rPr")
        if self._styles.is_hidden(properties):
            return
        style = self._styles.text_style(properties, self._paragraph_style, self._table_style)
        for child in run:
            tag = child.tag
            if tag == WORD + "t":
                self._text(child, style)
            elif tag == WORD + "fldChar":
                self._field_character(child, style)
            elif tag == WORD + "instrText":
                if self._story.fields:
                    self._story.fields[-1].instruction += child.text or ""
            elif tag not in _PASSED:
                self._special(child, style)

    def _text(self, element: Element, style: TextStyle) -> None:
        text = element.text or ""
        if element.get(XML_SPACE) != "preserve":
            text = text.strip(" \t\n\r")
        self._add(text.replace("\n", " ").replace("\r", " ").replace("\t", " "), style)

    def _add(self, text: str, style: TextStyle) -> None:
        if not text or (self._story.fields and self._in_replaced_result()):
            return
        if style.capitals:
            text = text.upper()
        last = self._found[-1] if self._found else None
        if isinstance(last, Text) and last.style is style:
            self._found[-1] = Text(last.text + text, style)
        else:
            self._found.append(Text(text, style))

    def _special(self, element: Element, style: TextStyle) -> None:
        tag = str(element.tag)
        if tag in _TEXTS:
            self._add(_TEXTS[tag], style)
        elif tag == WORD + "br":
            self._break(element, style)
        elif tag == WORD + "sym":
            self._add(symbol_text(element), style)
        elif tag == WORD + "footnoteReference":
            if element.get(WORD + "customMarkFollows") in ("1", "true", "on"):
                raise unknown(element, value="customMarkFollows")
            identifier = element.get(WORD + "id", "")
            self._found.append(NoteMark(self._story.mark_of(identifier), identifier, style))
        elif tag == WORD + "footnoteRef":
            self._add(self._story.own_mark, style)
        elif tag == COMPATIBILITY + "AlternateContent":
            for offered in known_alternatives(element):
                for child in offered:
                    if child.tag == WORD + "t":
                        self._text(child, style)
                    else:
                        self._special(child, style)
        elif tag == WORD + "pict" and (watermark := watermark_of(element)) is not None:
            self._story.watermark = watermark
        elif not foreign(tag):
            raise unknown(element)

    def _break(self, element: Element, style: TextStyle) -> None:
        kind = element.get(WORD + "type", "textWrapping")
        if kind == "column":
            raise unknown(element, value=kind)
        self._add("\f" if kind == "page" else "\n", style)

    def _simple_field(self, element: Element) -> None:
        instruction = element.get(WORD + "instr", "")
        kind = _field_kind(instruction)
        if kind is None:
            self._children(element)
            return
        properties = child_of(child_of(element, WORD + "r"), WORD + "rPr")
        style = self._styles.text_style(properties, self._paragraph_style, self._table_style)
        self._found.append(Field(kind, style, _number_format(instruction)))

    def _field_character(self, element: Element, style: TextStyle) -> None:
        fields = self._story.fields
        kind = element.get(WORD + "fldCharType")
        if kind == "begin":
            if (data := child_of(element, WORD + "ffData")) is not None:
                raise unknown(data)
            fields.append(OpenField())
        elif not fields:
            raise UnknownConstructError("Word 文件里有没有开头的域（w:fldChar）。")
        elif kind == "separate":
            fields[-1].in_result = True
            self._print_field(fields[-1], style)
        else:
            self._print_field(fields[-1], style)
            fields.pop()

    def _print_field(self, opened: OpenField, style: TextStyle) -> None:
        kind = _field_kind(opened.instruction)
        if kind is not None and not opened.printed:
            opened.printed = True
            self._found.append(Field(kind, style, _number_format(opened.instruction)))

    def _in_replaced_result(self) -> bool:
        """Whether we stand in a field's code, or in the stale result of one that the pages fill anew."""
        return any(opened.printed or not opened.in_result for opened in self._story.fields)


def known_alternatives(element: Element) -> list[Element]:
    """Return what counts of a `mc:AlternateContent`: its choices, or the stand-in where no choice holds anything that is known."""
    choices = element.findall(COMPATIBILITY + "Choice")
    if any(not foreign(str(child.tag)) for choice in choices for child in choice):
        return choices
    return element.findall(COMPATIBILITY + "Fallback")


def _field_kind(instruction: str) -> FieldKind | None:
    """Return the field that the pages fill, None for one whose stored result is printed; others are errors."""
    words = instruction.split()
    name = words[0].upper() if words else ""
    if name in _FIELDS:
        return _FIELDS[name]
    if name in _STORED_RESULTS:
        return None
    raise UnknownConstructError(f"Word 文件里有排版程序不认识的域：{instruction.strip()}。")


def _number_format(instruction: str) -> str:
    _, star, switch = instruction.partition("\\*")
    if not star:
        return ""
    name = switch.split()[0] if switch.split() else ""
    if name not in _SWITCHES:
        raise UnknownConstructError(f"Word 文件里有排版程序不认识的域格式：{instruction.strip()}。")
    return _SWITCHES[name]
