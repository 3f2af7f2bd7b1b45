"""Printing a document: the Word template filled, laid out, drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from generator.documents.drawing import Drawing, placed
from generator.docx.compile_document import compile_document
from generator.docx.fill import Template
from generator.docx.sections import MARK_TAG
from generator.forms.definition_document import NUMBER, DocumentDefinition
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.typeset import lay_out
from generator.typeset.draw import draw
from generator.typeset.pages import Pages


@dataclass(frozen=True)
class Printed:
    """A document in Word and in print."""

    docx: bytes
    pdf: bytes
    pages: Pages


def print_document(
    definition: DocumentDefinition,
    context: Mapping[str, Any],
    fonts: FontLibrary,
    *,
    mark: str = "",
    subject: str = "",
    drawings: Mapping[str, Drawing] | None = None,
) -> Printed:
    """Fill a designed document with `context`, lay it out and draw it.

    `context` holds printed texts by name, and lists of mappings for loops and rows; every mapping in a list is numbered
    throughout the document (`号`). `mark` is printed at the head of every page (草稿), `subject` goes into the file's
    properties. `drawings` stand in the print only.
    Raises DefinitionError as `Template.fill` does, KeyError for a drawing that the document has no room for.
    """
    docx = fill_document(definition, context, mark=mark, subject=subject)
    pages = lay_out(docx, fonts)
    if drawings:
        pages = placed(pages, drawings)
    return Printed(docx, draw(pages, fonts), pages)


def fill_document(
    definition: DocumentDefinition,
    context: Mapping[str, Any],
    *,
    template: Template | None = None,
    mark: str = "",
    subject: str = "",
) -> bytes:
    """Return a designed document filled, as Word has it; arguments and errors are those of `print_document`.

    `template` is what `template_of_document` gave for the same definition, for a document that is filled more than once.
    """
    template = template or template_of_document(definition)
    filled = {MARK_TAG: mark, **_numbered(context, count(1))}
    return template.fill(filled, {}, title=definition.title, subject=subject)


def template_of_document(definition: DocumentDefinition) -> Template:
    """Return the designed document `definition` as a template that is ready to be filled."""
    return Template.prepare(compile_document(definition))


def _numbered(context: Mapping[str, Any], numbers: Iterator[int]) -> dict[str, Any]:
    return {
        name: [{NUMBER: str(next(numbers)), **_numbered(item, numbers)} for item in value]
        if isinstance(value, list | tuple)
        else value
        for name, value in context.items()
    }
