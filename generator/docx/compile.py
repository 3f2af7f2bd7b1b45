"""From an arranged form to a Word template with docxtpl's tags, which an office may copy and tune."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from generator.docx.cover import COVER_SIDE, appendix_elements, cover_elements, instructions_elements
from generator.docx.elements import Element, element, text_element, valued
from generator.docx.package import Related, build_package
from generator.docx.paragraphs import Numbering, plain_paragraph
from generator.docx.plan import plan_element
from generator.docx.sections import FOOTER, HEADER, Paper, footer_element, header_element, section_properties
from generator.docx.styles import (
    NOTE_MARK,
    font_table_element,
    settings_element,
    styles_element,
)
from generator.docx.tables import grid_element
from generator.forms.arrangement import ArrangedPart, Arrangement, identifier
from generator.forms.definition import Part, SignedRow
from generator.forms.fitting import row_heights
from generator.measure.fonts import FontLibrary


def compile_form(arrangement: Arrangement, fonts: FontLibrary) -> bytes:
    """Return the Word template of an arranged form; equal arrangements and fonts give equal bytes.

    `fonts` measure how high the rows must be for their fullest content. Raises DefinitionError and MissingError as measuring does.
    """
    numbering = Numbering()
    document = element("w:document", None, element("w:body", None, *_body(arrangement, fonts, numbering)))
    related = [
        Related(HEADER, "header", "header1.xml", header_element()),
        Related(FOOTER, "footer", "footer1.xml", footer_element()),
        Related("rId3", "styles", "styles.xml", styles_element()),
        Related("rId4", "settings", "settings.xml", settings_element(notes=bool(numbering.notes))),
        Related("rId5", "fontTable", "fontTable.xml", font_table_element()),
    ]
    if numbering.notes:
        related.append(Related("rId6", "footnotes", "footnotes.xml", _footnotes(numbering.notes)))
    return build_package(document, tuple(related), arrangement.form.title)


def _body(arrangement: Arrangement, fonts: FontLibrary, numbering: Numbering) -> Iterator[Element]:
    """Yield the blocks of the body. The last paragraph of each section carries its properties."""
    form = arrangement.form
    yield from cover_elements(arrangement.cover, numbering)
    yield _section_end(section_properties("nextPage", Paper.a4(side=COVER_SIDE), footer=""))
    yield from instructions_elements(form.instructions)
    pending = section_properties("oddPage", Paper(), first_number=1)
    for part, definition in zip(arrangement.parts, form.parts, strict=True):
        apart = _is_signed(definition)
        if apart:
            yield _section_end(pending)
            pending = section_properties("oddPage", Paper())
        yield from _part_elements(part, fonts, numbering, new_page=not apart)
    if form.appendix is not None:
        yield _section_end(pending)
        pending = section_properties("oddPage", Paper())
        yield from appendix_elements(form.appendix)
    yield plain_paragraph("间隔")
    yield pending


def _is_signed(definition: Part) -> bool:
    return any(isinstance(row, SignedRow) for row in definition.rows)


def _part_elements(
    part: ArrangedPart, fonts: FontLibrary, numbering: Numbering, *, new_page: bool
) -> Iterator[Element]:
    title = plain_paragraph("部分标题", part.title, properties=[element("w:pageBreakBefore")] if new_page else [])
    start, end = numbering.bookmark(f"部分_{identifier(part.title.split('、', 1)[0])}")
    title.insert(1, start)
    title.append(end)
    yield title
    if part.grid is not None:
        yield grid_element(part.grid, row_heights(part.grid, fonts), numbering)
    else:
        yield plan_element(part.plan, numbering)


def _section_end(properties: Element) -> Element:
    return plain_paragraph("间隔", properties=[properties])


def _footnotes(notes: Sequence[str]) -> Element:
    """The part that holds the footnotes, with the separators that Word asks for."""
    separators = [
        element("w:footnote", {"w:type": kind, "w:id": identifier}, _separator(kind))
        for kind, identifier in (("separator", -1), ("continuationSeparator", 0))
    ]
    return element("w:footnotes", None, *separators, *map(_footnote, count(1), notes))


def _separator(kind: str) -> Element:
    paragraph = plain_paragraph("脚注文字")
    paragraph.append(element("w:r", None, element(f"w:{kind}")))
    return paragraph


def _footnote(identifier_: int, text: str) -> Element:
    paragraph = plain_paragraph("脚注文字")
    mark = element("w:rPr", None, valued("w:rStyle", NOTE_MARK))
    paragraph.append(element("w:r", None, mark, element("w:footnoteRef")))
    paragraph.append(element("w:r", None, text_element(f" {text}")))
    return element("w:footnote", {"w:id": identifier_}, paragraph)
