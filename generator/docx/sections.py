"""Sections of a template: page, margins, and what stands at the head and foot of every page."""

from __future__ import annotations

from generator.docx.elements import Element, element, text_element, twips, valued
from generator.docx.paragraphs import plain_paragraph, tag
from generator.forms.typography import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, MM, PAGE_HEIGHT, PAGE_WIDTH

MARK_TAG = "标记"
"""What the template calls the mark at the head of every page (草稿), normally empty."""
HEADER = "rId1"
"""The relation of a template's page header."""
FOOTER = "rId2"
"""The relation of a template's page footer."""

_HEADER_DISTANCE = 10 * MM
_FOOTER_DISTANCE = 11 * MM


def section_properties(
    start: str,
    *,
    footer: bool = True,
    first_number: int | None = None,
    side: float = MARGIN_SIDE,
    landscape: bool = False,
) -> Element:
    """Return a section's `w:sectPr`.

    `start` says where it begins (`nextPage`, `oddPage`); `first_number` restarts the page numbers, `side` is the margin left and
    right in points, `landscape` turns the paper.
    """
    numbers = element("w:pgNumType", {"w:start": first_number}) if first_number is not None else None
    width, height = twips(PAGE_WIDTH), twips(PAGE_HEIGHT)
    paper: dict[str, str | int] = {"w:w": width, "w:h": height}
    if landscape:
        paper = {"w:w": height, "w:h": width, "w:orient": "landscape"}
    margins = {
        "w:top": twips(MARGIN_TOP),
        "w:right": twips(side),
        "w:bottom": twips(MARGIN_BOTTOM),
        "w:left": twips(side),
        "w:header": twips(_HEADER_DISTANCE),
        "w:footer": twips(_FOOTER_DISTANCE),
        "w:gutter": 0,
    }
    return element(
        "w:sectPr",
        None,
        element("w:headerReference", {"w:type": "default", "r:id": HEADER}),
        element("w:footerReference", {"w:type": "default", "r:id": FOOTER}) if footer else None,
        valued("w:type", start),
        element("w:pgSz", paper),
        element("w:pgMar", margins),
        numbers,
        element("w:cols", {"w:space": 425}),
    )


def header_element() -> Element:
    """Return the root of the header's part: the mark."""
    return element("w:hdr", None, plain_paragraph("草稿标记", tag(MARK_TAG)))


def footer_element() -> Element:
    """Return the root of the footer's part: the number of the page."""
    paragraph = plain_paragraph("页脚")
    parts = (
        element("w:fldChar", {"w:fldCharType": "begin"}),
        text_element(" PAGE ", "w:instrText"),
        element("w:fldChar", {"w:fldCharType": "separate"}),
        text_element("1"),
        element("w:fldChar", {"w:fldCharType": "end"}),
    )
    paragraph.extend([element("w:r", None, part) for part in parts])
    return element("w:ftr", None, paragraph)
