"""The self-check report as files: in print, as a page for a browser, for programs. All say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.documents.drawing import Drawing
from generator.documents.page import html_page
from generator.documents.report import Report
from generator.documents.report_context import Room, report_context
from generator.documents.report_tree import report_as_tree
from generator.documents.report_words import read_report_words
from generator.forms.definition_document import (
    DocumentBlock,
    DocumentDefinition,
    DocumentDrawing,
    DocumentGroup,
    DocumentLoop,
)
from generator.forms.library import Library
from generator.forms.typography import MM
from generator.measure.fonts import FontLibrary

if TYPE_CHECKING:
    from generator.documents.printing import Printed

DOCUMENT = "self-check"
_BAR, _TREND = "{线.图}", "{趋势.图}"


def report_printed(report: Report, library: Library, fonts: FontLibrary, *, mark: str = "") -> Printed:
    """Return `report` in Word and in print (the pictures in print only); `mark` is printed at the head of every page."""
    from generator.documents.printing import print_document

    definition, context, drawings = _document(report, library, fonts)
    return print_document(definition, context, fonts, mark=mark, subject=report.cluster, drawings=drawings)


def report_html(report: Report, library: Library, fonts: FontLibrary) -> bytes:
    """Return `report` as one HTML file that needs nothing beside it. `fonts` measure the words on the pictures."""
    definition, context, drawings = _document(report, library, fonts)
    return html_page(definition, context, drawings, subject=report.cluster)


def report_json(report: Report) -> bytes:
    """Return `report` for programs, as JSON in UTF-8."""
    return (json.dumps(report_as_tree(report), ensure_ascii=False, indent=1) + "\n").encode()


def _document(
    report: Report, library: Library, fonts: FontLibrary
) -> tuple[DocumentDefinition, Mapping[str, Any], Mapping[str, Drawing]]:
    definition = library.document(DOCUMENT)
    heights = dict(_heights(definition.blocks))
    room = Room(definition.room * MM, heights.get(_BAR, 0.0), heights.get(_TREND, 0.0))
    context, drawings = report_context(report, read_report_words(library), fonts, room)
    return definition, context, drawings


def _heights(blocks: Sequence[DocumentBlock]) -> Iterator[tuple[str, float]]:
    """The height in points of the room for each drawing, by the name that the definition writes for it."""
    for block in blocks:
        if isinstance(block, DocumentDrawing):
            yield block.drawing, block.height * MM
        elif isinstance(block, DocumentLoop | DocumentGroup):
            yield from _heights(block.blocks)
