"""WordprocessingML elements, made from prefixed names (`w:p`), and lengths as Word counts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
_NAMESPACES = {"w": WORD, "r": RELATION, "xml": XML}
_DECLARED = {"w": WORD, "r": RELATION}


def qualified(name: str) -> str:
    """Return the name that lxml wants (`{namespace}p`) for a prefixed one (`w:p`)."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def element(name: str, attributes: Mapping[str, str | int] | None = None, *children: Element | None) -> Element:
    """Return an element with prefixed attributes and the children given; None among them is passed over."""
    made = etree.Element(qualified(name), nsmap=_DECLARED)
    for attribute, value in (attributes or {}).items():
        made.set(qualified(attribute), str(value))
    made.extend([child for child in children if child is not None])
    return made


def valued(name: str, value: str | int) -> Element:
    """Return an element that only has a `w:val`."""
    return element(name, {"w:val": value})


def text_element(text: str, name: str = "w:t") -> Element:
    """Return a `w:t` (or `w:instrText`) that keeps its spaces."""
    made = element(name, {"xml:space": "preserve"})
    made.text = text
    return made


def serialised(root: Element) -> bytes:
    """Return the bytes of a part, with its declaration."""
    etree.cleanup_namespaces(root, top_nsmap=_DECLARED)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def twips(points: float) -> int:
    """Return a length in points as twentieths of a point."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Return a size of type in points as half points."""
    return round(points * 2)
