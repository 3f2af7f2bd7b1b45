"""Sections of a template: page, margins, and what stands at the head and foot of every page."""

from __future__ import annotations

from generator.docx.elements import Element, element, text_element, twips, valued
from generator.docx.paragraphs import plain_paragraph, tag
from generator.forms.typography import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, MM, PAGE_HEIGHT, PAGE_WIDTH
from generator.frozen import dataclass

MARK_TAG = "标记"
"""What the template calls the mark at the head of every page (草稿), normally empty."""
HEADER = "rId1"
"""The relation of a template's page header."""
FOOTER = "rId2"
"""The relation of a template's page footer."""

EVEN_FOOTER = "rId20"
"""The relation of the footer of left-hand pages, where they have one of their own."""

_HEADER_DISTANCE = 10 * MM


@dataclass(frozen=True)
class Paper:
    """A sheet and its margins, in points; `width` and `height` are those of the sheet as it is read, turned already if it is.

    `footer` is how far from the sheet's lower edge the foot of the page ends.
    """

    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT
    top: float = MARGIN_TOP
    right: float = MARGIN_SIDE
    bottom: float = MARGIN_BOTTOM
    left: float = MARGIN_SIDE
    footer: float = 11 * MM

    @classmethod
    def a4(cls, *, side: float = MARGIN_SIDE, landscape: bool = False) -> Paper:
        """Return A4 with the margin `side` (points) at the left and right, turned where it is `landscape`."""
        width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        return cls(width, height, left=side, right=side)


def section_properties(
    start: str, paper: Paper, *, footer: str = FOOTER, first_number: int | None = None, sides: bool = False
) -> Element:
    """Return a section's `w:sectPr`.

    `start` says where it begins (`nextPage`, `oddPage`); `footer` is the relation of its foot, empty for none; `first_number`
    restarts the page numbers; with `sides` left-hand pages have a foot of their own.
    """
    numbers = element("w:pgNumType", {"w:start": first_number}) if first_number is not None else None
    size: dict[str, str | int] = {"w:w": twips(paper.width), "w:h": twips(paper.height)}
    if paper.width > paper.height:
        size["w:orient"] = "landscape"
    margins = {
        "w:top": twips(paper.top),
        "w:right": twips(paper.right),
        "w:bottom": twips(paper.bottom),
        "w:left": twips(paper.left),
        "w:header": twips(min(_HEADER_DISTANCE, paper.top)),
        "w:footer": twips(min(paper.footer, paper.bottom)),
        "w:gutter": 0,
    }
    return element(
        "w:sectPr",
        None,
        element("w:headerReference", {"w:type": "default", "r:id": HEADER}),
        element("w:headerReference", {"w:type": "even", "r:id": HEADER}) if sides else None,
        element("w:footerReference", {"w:type": "default", "r:id": footer}) if footer else None,
        element("w:footerReference", {"w:type": "even", "r:id": EVEN_FOOTER}) if sides else None,
        valued("w:type", start),
        element("w:pgSz", size),
        element("w:pgMar", margins),
        numbers,
        element("w:cols", {"w:space": 425}),
    )


def header_element() -> Element:
    """Return the root of the header's part: the mark."""
    return element("w:hdr", None, plain_paragraph("草稿标记", tag(MARK_TAG)))


def footer_element(style: str = "页脚", *, before: str = "", dashes: bool = False) -> Element:
    """Return the root of the footer's part: the number of the page, `before` right before it; `dashes` set a dash on either side."""
    paragraph = plain_paragraph(style, before)
    parts = (
        element("w:fldChar", {"w:fldCharType": "begin"}),
        text_element(" PAGE ", "w:instrText"),
        element("w:fldChar", {"w:fldCharType": "separate"}),
        text_element("1"),
        element("w:fldChar", {"w:fldCharType": "end"}),
    )
    runs = [element("w:r", None, part) for part in parts]
    if dashes:
        runs = [
            element("w:r", None, text_element("— ")),
            *runs,
            element("w:r", None, text_element(" —")),
        ]
    paragraph.extend(runs)
    return element("w:ftr", None, paragraph)
