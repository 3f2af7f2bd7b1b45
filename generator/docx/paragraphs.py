"""Paragraphs of an arrangement as Word has them: runs, tags, blanks, bookmarks, marks of footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.docx.elements import Element, element, half_points, text_element, twips, valued
from generator.docx.styles import BODY_FONT, NOTE_MARK, fonts_element, style_identifier
from generator.forms.arrangement import Paragraph, Piece, Slot, SlotKind
from generator.forms.typography import style

FITTED = frozenset({SlotKind.VALUE, SlotKind.COMPOSED, SlotKind.NARRATIVE, SlotKind.NAMES})
"""Kinds of slots whose paragraph may be set in smaller type."""

_PRINTED = frozenset({SlotKind.BOX, SlotKind.HINT})


@dataclass
class Numbering:
    """What counts through a template while it is written: bookmarks, and the texts of footnotes."""

    bookmarks: int = 0
    notes: list[str] = field(default_factory=list)

    def bookmark(self, name: str) -> tuple[Element, Element]:
        """Return the start and the end of a new bookmark."""
        self.bookmarks += 1
        start = element("w:bookmarkStart", {"w:id": self.bookmarks, "w:name": name})
        return start, element("w:bookmarkEnd", {"w:id": self.bookmarks})

    def note(self, text: str) -> Element:
        """Return the reference to a new footnote."""
        self.notes.append(text)
        return element("w:footnoteReference", {"w:id": len(self.notes)})


def tag(expression: str) -> str:
    """Return the template's tag that prints an expression."""
    return f"{{{{ {expression} }}}}"


def plain_paragraph(style_name: str, text: str = "", *, properties: Sequence[Element] = ()) -> Element:
    """Return a paragraph of one run; `properties` (in the order of the schema) follow its style."""
    made = element("w:p", None, element("w:pPr", None, valued("w:pStyle", style_identifier(style_name)), *properties))
    if text:
        made.append(element("w:r", None, text_element(text)))
    return made


def paragraph_element(paragraph: Paragraph, numbering: Numbering, *, on_cover: bool = False) -> Element:
    """Return a paragraph of an arrangement.

    A fitted slot's paragraph is enclosed by the slot's bookmark and says its size and leading itself. Other slots, and those of
    the cover, may share a line: each has a bookmark of its own, so that the laid-out pages know where it stands.
    """
    used = style(paragraph.style)
    fitted = next((slot for slot in paragraph.slots if slot.kind in FITTED), None)
    properties = element("w:pPr", None, valued("w:pStyle", style_identifier(used.name)))
    if fitted:
        properties.append(element("w:spacing", {"w:line": twips(used.leading), "w:lineRule": "exact"}))
    made = element("w:p", None, properties)
    size = used.size if fitted else 0.0
    runs = [(_run(piece, paragraph.style, size, numbering), piece.slot) for piece in paragraph.pieces]
    if fitted and not on_cover:
        start, end = numbering.bookmark(fitted.key)
        made.extend([start, *(run for run, _ in runs), end])
        return made
    for run, slot in runs:
        made.extend(_marked(run, slot, numbering))
    return made


def blocks(paragraph: Paragraph, numbering: Numbering) -> list[Element]:
    """Return a paragraph of a cell; one that is only a hint goes altogether when the hint is empty, so the label is centred."""
    made = paragraph_element(paragraph, numbering)
    match paragraph.pieces:
        case (Piece(slot=Slot(kind=SlotKind.HINT) as hint),):
            condition = (f"{{%p if {hint.tag} %}}", "{%p endif %}")
            before, behind = (plain_paragraph(paragraph.style, text) for text in condition)
            return [before, made, behind]
    return [made]


def _marked(run: Element, slot: Slot | None, numbering: Numbering) -> list[Element]:
    if slot is None or slot.kind is SlotKind.HINT:
        return [run]
    start, end = numbering.bookmark(slot.key)
    return [start, run, end]


def _run(piece: Piece, style_name: str, size: float, numbering: Numbering) -> Element:
    if piece.footnote:
        properties = element("w:rPr", None, valued("w:rStyle", NOTE_MARK))
        return element("w:r", None, properties, numbering.note(piece.footnote))
    properties = _run_properties(piece, style_name, size)
    text = piece.text if piece.slot is None else tag(piece.slot.tag)
    content = element("w:tab") if text == "\t" else text_element(text)
    return element("w:r", None, properties if len(properties) else None, content)


def _run_properties(piece: Piece, style_name: str, size: float) -> Element:
    properties = element("w:rPr")
    filled = piece.slot is not None and piece.slot.kind not in _PRINTED
    if filled and style(style_name).font != BODY_FONT:
        properties.append(fonts_element(BODY_FONT))
    if size:
        properties.append(valued("w:sz", half_points(size)))
    if piece.underlined:
        properties.append(valued("w:u", "single"))
    return properties
