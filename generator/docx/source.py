"""The Jinja source of one part of a template: sizes of type made variable, then docxtpl's own clean-up."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from generator.docx.elements import Element, element, qualified, valued
from generator.frozen import dataclass

_P, _R, _PPR, _RPR = (qualified(f"w:{name}") for name in ("p", "r", "pPr", "rPr"))
_START, _END = qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")
_VALUE, _LINE, _RULE = (qualified(f"w:{name}") for name in ("val", "line", "lineRule"))
_SPACING, _SIZE, _SIZE_OTHER = (qualified(f"w:{name}") for name in ("spacing", "sz", "szCs"))
_WRAPPERS = (qualified("w:smartTag"), qualified("w:customXml"))
_WRAPPER_PROPERTIES = frozenset({qualified("w:smartTagPr"), qualified("w:customXmlPr")})
_BEHIND_SIZE = frozenset(
    qualified(f"w:{name}")
    for name in ("szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
                 "eastAsianLayout", "specVanish", "oMath")
)  # fmt: skip
_BEHIND_SPACING = frozenset(
    qualified(f"w:{name}")
    for name in ("ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
                 "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")
)  # fmt: skip

# Holes are no tags of the template: docxtpl's clean-up passes over them, and Jinja has half the work without them. Their marks,
# once cleaned, are characters that no XML and no value may hold.
_HOLE = re.compile(r"⟦(_(?:size|line|rule)\d+)\|([^⟦⟧]*)⟧")
_LACKING_ELEMENT = re.compile(r'<w:(?:sz|spacing) w:\w+="⟦(_\w+)\+⟧"[^<>]*/>')
_LACKING_PROPERTIES = re.compile(r'<w:[rp]Pr><w:(?:sz|spacing) w:\w+="⟦(_\w+)\+\+⟧"[^<>]*/></w:[rp]Pr>')
_LACKING_ATTRIBUTE = re.compile(r' w:line="⟦(_\w+)\+⟧"')
_CLEANED_HOLE = re.compile("\ufffe_(size|line|rule)([0-9]+)([|+])([^\uffff]*)\uffff")
_MARK = re.compile("⟦[^⟦⟧]*⟧")
_VALUE_PLACE = "⟦⟧"
_LITERALS = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}


@dataclass(frozen=True)
class Source:
    """The source of one part, and by the name of each bookmark the numbers of the paragraphs that it encloses.

    What is rendered from it has holes where those paragraphs say their sizes, for `with_sizes` to close.
    """

    text: str
    enclosed: Mapping[str, tuple[int, ...]]


def prepared_source(part: bytes, before: int = 0) -> Source:
    """Return the source of a part of a Word file, its paragraphs numbered from `before` + 1.

    Raises lxml's XMLSyntaxError when the part is no XML.
    """
    root = parse_xml(part)
    _unwrap(root)
    enclosed: dict[str, tuple[int, ...]] = {}
    number = before
    for paragraph, names in _enclosed_paragraphs(root):
        if "{{" not in "".join(map(str, paragraph.itertext())):
            continue
        number += 1
        _open_paragraph(paragraph, number)
        for name in names:
            enclosed[name] = (*enclosed.get(name, ()), number)
    text: str = DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode"))
    return Source(_with_cleaned_holes(text), enclosed)


def _unwrap(root: Element) -> None:
    """Take runs out of smart tags: one that begins or ends within a tag of the template would be torn apart."""
    for wrapper in list(root.iter(*_WRAPPERS)):
        parent = wrapper.getparent()
        if parent is None or (parent.tag != _P and parent.tag not in _WRAPPERS):
            continue
        place = parent.index(wrapper)
        parent[place : place + 1] = [child for child in wrapper if child.tag not in _WRAPPER_PROPERTIES]


def _enclosed_paragraphs(root: Element) -> Iterator[tuple[Element, set[str]]]:
    """Yield every paragraph that bookmarks enclose whole, with their names."""
    running: dict[str | None, str] = {}
    paragraph, names, closed, in_text = root, set[str](), set[str](), False
    for node in root.iter(_P, _R, _START, _END):
        if node.tag == _P:
            if names:
                yield paragraph, names
            paragraph, names, closed, in_text = node, set(running.values()), set(), False
        elif node.tag == _START:
            name = node.get(qualified("w:name"), "")
            running[node.get(qualified("w:id"))] = name
            if not in_text:
                names.add(name)
        elif node.tag == _END:
            closed.add(running.pop(node.get(qualified("w:id")), ""))
        else:
            in_text = True
            names -= closed
    if names:
        yield paragraph, names


def _open_paragraph(paragraph: Element, number: int) -> None:
    """Put holes where the paragraph says its leading and the sizes of its runs."""
    properties = paragraph.find(_PPR)
    if properties is None:
        paragraph.insert(0, element("w:pPr", None, _leading(f"⟦_line{number}++⟧")))
    else:
        _open_leading(properties, number)
    for run in paragraph.iter(_R):
        own = run.find(_RPR)
        if own is None:
            run.insert(0, element("w:rPr", None, valued("w:sz", f"⟦_size{number}++⟧")))
        else:
            _open_size(own, number)


def _leading(line: str) -> Element:
    return element("w:spacing", {"w:line": line, "w:lineRule": "exact"})


def _open_leading(properties: Element, number: int) -> None:
    spacing = properties.find(_SPACING)
    if spacing is None:
        _put(properties, _leading(f"⟦_line{number}+⟧"), _BEHIND_SPACING)
    elif (line := spacing.get(_LINE)) is None:
        spacing.set(_LINE, f"⟦_line{number}+⟧")
    else:
        spacing.set(_LINE, f"⟦_line{number}|{line}⟧")
        if (rule := spacing.get(_RULE, "auto")) != "exact":
            spacing.set(_RULE, f"⟦_rule{number}|{rule}⟧")


def _open_size(properties: Element, number: int) -> None:
    size = properties.find(_SIZE)
    if size is None:
        _put(properties, valued("w:sz", f"⟦_size{number}+⟧"), _BEHIND_SIZE)
    else:
        size.set(_VALUE, f"⟦_size{number}|{size.get(_VALUE)}⟧")
    other = properties.find(_SIZE_OTHER)
    if other is not None:
        other.set(_VALUE, f"⟦_size{number}|{other.get(_VALUE)}⟧")


def _put(properties: Element, added: Element, behind: frozenset[str]) -> None:
    """Insert a property where the schema's order wants it: before the first of those that stand behind it."""
    place = next((index for index, child in enumerate(properties) if child.tag in behind), len(properties))
    properties.insert(place, added)


def _with_cleaned_holes(text: str) -> str:
    for written, meant in _LITERALS.items():
        text = text.replace(written, meant)
    text = _LACKING_PROPERTIES.sub(_lacking, text)
    text = _LACKING_ELEMENT.sub(_lacking, text)
    text = _LACKING_ATTRIBUTE.sub(f'\ufffe\\1+ w:line="{_VALUE_PLACE}" w:lineRule="exact"\uffff', text)
    return _HOLE.sub("\ufffe\\1|\\2\uffff", text)


def _lacking(match: re.Match[str]) -> str:
    """What the template lacks is printed only where a size is given."""
    return f"\ufffe{match[1]}+{_MARK.sub(_VALUE_PLACE, match[0])}\uffff"


def with_sizes(text: str, sizes: Mapping[int, tuple[int, int]]) -> str:
    """Return what was rendered from a source, its holes closed.

    `sizes` maps the number of a paragraph to its size of type (half points) and exact leading (twips); the others keep the
    template's own.
    """

    def closed(hole: re.Match[str]) -> str:
        kind, number, mark, own = hole.groups()
        given = sizes.get(int(number))
        if given is None:
            return own if mark == "|" else ""
        if kind == "rule":
            return "exact"
        value = str(given[kind == "line"])
        return value if mark == "|" else own.replace(_VALUE_PLACE, value)

    return _CLEANED_HOLE.sub(closed, text)
