"""Single properties of runs and paragraphs: from their elements to plain names and values, unresolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.typeset.document import NO_EDGE, Edge, Edges, TabStop
from generator.typeset.reading.package import VALUE, WORD, Element, child_of, is_on, points, unknown, value_of

Properties = Mapping[str, Any]
Reader = Callable[[Element], Properties]

_UNDERLINES = frozenset(
    {
        "single",
        "words",
        "double",
        "thick",
        "dotted",
        "dottedHeavy",
        "dash",
        "dashedHeavy",
        "dashLong",
        "dotDash",
        "wave",
    }
)
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000", "white": "FFFFFF", "none": "",
}  # fmt: skip
_EDGE_STYLES = frozenset({"single", "thick", "double", "dotted", "dashed", "dashSmallGap", "hairline"})


def _fonts(element: Element) -> Properties:
    found: dict[str, Any] = {}
    for attribute, name in (("ascii", "ascii"), ("hAnsi", "latin"), ("eastAsia", "east")):
        theme = element.get(f"{WORD}{attribute}Theme")
        font = element.get(WORD + attribute)
        if theme:
            found[name] = ("theme", theme)
        elif font:
            found[name] = font
    if hint := element.get(WORD + "hint"):
        found["hint_east"] = hint == "eastAsia"
    return found


def _colour(element: Element) -> Properties:
    value = value_of(element)
    return {"colour": "000000" if value in ("auto", "") else value.upper()}


def _shading(element: Element) -> Properties:
    return {"shade": shade_of(element)}


def shade_of(element: Element) -> str:
    """Return the fill of a `w:shd`, empty where there is none. Raises UnknownConstructError for a pattern."""
    pattern = value_of(element)
    if pattern not in ("", "clear", "nil"):
        raise unknown(element, value=pattern)
    fill = element.get(WORD + "fill", "auto")
    return "" if fill in ("auto", "") or pattern == "nil" else fill.upper()


def _underline(element: Element) -> Properties:
    value = value_of(element) or "single"
    if value == "none":
        return {"underline": ""}
    if value not in _UNDERLINES:
        raise unknown(element, value=value)
    return {"underline": value}


def _scale(element: Element) -> Properties:
    if value_of(element) not in ("", "100"):
        raise unknown(element, value=value_of(element))
    return {}


def _highlight(element: Element) -> Properties:
    return {"shade": _HIGHLIGHTS.get(value_of(element), "")}


def _vertical(element: Element) -> Properties:
    return {"vertical": value_of(element)}


def _never(element: Element) -> Properties:
    if not is_on(element):
        return {}
    raise unknown(element)


def _flag(name: str) -> Reader:
    return lambda element: {name: is_on(element)}


def _half_points(name: str) -> Reader:
    return lambda element: {name: float(value_of(element)) / 2}


RUN_READERS: Mapping[str, Reader] = {
    WORD + "rFonts": _fonts,
    WORD + "b": _flag("bold"),
    WORD + "i": _never,
    WORD + "caps": _flag("capitals"),
    WORD + "smallCaps": _never,
    WORD + "strike": lambda element: {"strike": "single" if is_on(element) else ""},
    WORD + "dstrike": lambda element: {"strike": "double" if is_on(element) else ""},
    WORD + "outline": _never,
    WORD + "shadow": _never,
    WORD + "emboss": _never,
    WORD + "imprint": _never,
    WORD + "vanish": _flag("hidden"),
    WORD + "color": _colour,
    WORD + "spacing": lambda element: {"spacing": points(value_of(element))},
    WORD + "w": _scale,
    WORD + "position": _half_points("position"),
    WORD + "sz": _half_points("size"),
    WORD + "highlight": _highlight,
    WORD + "u": _underline,
    WORD + "effect": _never,
    WORD + "bdr": lambda element: {} if value_of(element) in ("nil", "none") else _never(element),
    WORD + "shd": _shading,
    WORD + "fitText": _never,
    WORD + "vertAlign": _vertical,
    WORD + "em": lambda element: {} if value_of(element) == "none" else _never(element),
    WORD + "eastAsianLayout": _never,
}
"""What each property of a run says."""

RUN_PASSED = frozenset(
    WORD + name
    for name in (
        "rStyle", "bCs", "iCs", "szCs", "cs", "rtl", "lang", "kern", "noProof", "webHidden", "specVanish", "snapToGrid",
        "rPrChange", "ins", "del", "moveFrom", "moveTo", "oMath",
    )
)  # fmt: skip
"""Properties of runs without effect on the layout (of text that is not right to left)."""


def _paragraph_spacing(element: Element) -> Properties:
    found: dict[str, Any] = {}
    for attribute in ("before", "after"):
        if (lines := element.get(f"{WORD}{attribute}Lines")) and float(lines):
            found[attribute] = ("lines", float(lines) / 100)
        elif element.get(f"{WORD}{attribute}Autospacing") in ("1", "true", "on"):
            found[attribute] = 14.0
        elif (value := element.get(WORD + attribute)) is not None:
            found[attribute] = points(value)
    if (rule := element.get(WORD + "lineRule")) is not None:
        found["line_rule"] = rule
    if (line := element.get(WORD + "line")) is not None:
        found["line"] = float(line)
        found.setdefault("line_rule", "auto")
    return found


def _indent(element: Element) -> Properties:
    found: dict[str, Any] = {}
    for name, attributes in (("left", ("left", "start")), ("right", ("right", "end"))):
        for attribute in attributes:
            if (characters := element.get(f"{WORD}{attribute}Chars")) is not None and float(characters):
                found[name] = ("characters", float(characters) / 100)
            elif (value := element.get(WORD + attribute)) is not None:
                found.setdefault(name, points(value))
    for attribute, sign in (("firstLine", 1), ("hanging", -1)):
        if (characters := element.get(f"{WORD}{attribute}Chars")) is not None and float(characters):
            found["first"] = ("characters", sign * float(characters) / 100)
        elif (value := element.get(WORD + attribute)) is not None and not isinstance(found.get("first"), tuple):
            found["first"] = sign * points(value)
    return found


def _tabs(element: Element) -> Properties:
    stops: dict[float, TabStop | None] = {}
    for child in element:
        alignment = value_of(child)
        position = points(child.get(WORD + "pos"))
        leader = child.get(WORD + "leader", "none")
        if alignment == "clear":
            stops[position] = None
        elif alignment in ("left", "start", "center", "right", "end", "decimal", "num"):
            known = {"start": "left", "end": "right", "num": "left"}
            stops[position] = TabStop(position, known.get(alignment, alignment), "" if leader == "none" else leader)
        else:
            raise unknown(child, value=alignment)
    return {"tabs": stops}


def _outline(element: Element) -> Properties:
    level = int(value_of(element))
    return {"outline_level": level if level < 9 else -1}


def _text_alignment(element: Element) -> Properties:
    """Let pass what leaves lines of one size where they are, which is all that exact spacing has."""
    if value_of(element) not in ("auto", "baseline", "center", "top", "bottom"):
        raise unknown(element, value=value_of(element))
    return {}


def _numbering(element: Element) -> Properties:
    number = child_of(element, WORD + "numId")
    if number is None or value_of(number) == "0":
        return {}
    raise unknown(element)


def _alignment(element: Element) -> Properties:
    return {"alignment": value_of(element)}


def edge_of(element: Element) -> Edge:
    """Return the border line that an element describes. Raises UnknownConstructError for an unknown style."""
    style = value_of(element)
    if style in ("nil", "none", ""):
        return NO_EDGE
    if style not in _EDGE_STYLES:
        raise unknown(element, value=style)
    colour = element.get(WORD + "color", "auto")
    return Edge(
        style=style,
        width=float(element.get(WORD + "sz", "4")) / 8,
        colour="000000" if colour == "auto" else colour.upper(),
        space=float(element.get(WORD + "space", "0")),
    )


def _paragraph_edges(element: Element) -> Properties:
    found = {str(child.tag): edge_of(child) for child in element}
    between = found.get(WORD + "between")
    if between is not None and between.style:
        raise unknown(element, value="between")
    return {
        "edges": Edges(*(found.get(WORD + side, NO_EDGE) for side in ("top", "left", "bottom", "right"))),
    }


PARAGRAPH_READERS: Mapping[str, Reader] = {
    WORD + "keepNext": _flag("keep_next"),
    WORD + "keepLines": _flag("keep_lines"),
    WORD + "pageBreakBefore": _flag("break_before"),
    WORD + "widowControl": _flag("widow_control"),
    WORD + "framePr": _never,
    WORD + "numPr": _numbering,
    WORD + "pBdr": _paragraph_edges,
    WORD + "shd": _shading,
    WORD + "tabs": _tabs,
    WORD + "kinsoku": _flag("kinsoku"),
    WORD + "wordWrap": lambda element: {"break_words": not is_on(element)},
    WORD + "overflowPunct": _flag("overflow_punctuation"),
    WORD + "topLinePunct": _never,
    WORD + "autoSpaceDE": _flag("gap_letters"),
    WORD + "autoSpaceDN": _flag("gap_digits"),
    WORD + "bidi": _never,
    WORD + "snapToGrid": _flag("snap_to_grid"),
    WORD + "spacing": _paragraph_spacing,
    WORD + "ind": _indent,
    WORD + "contextualSpacing": _flag("contextual"),
    WORD + "jc": _alignment,
    WORD + "textDirection": lambda element: {} if value_of(element) in ("lrTb", "tb") else _never(element),
    WORD + "textAlignment": _text_alignment,
    WORD + "outlineLvl": _outline,
}
"""What each property of a paragraph says."""

PARAGRAPH_PASSED = frozenset(
    WORD + name
    for name in (
        "pStyle", "rPr", "sectPr", "pPrChange", "adjustRightInd", "suppressAutoHyphens", "suppressLineNumbers",
        "suppressOverlap", "mirrorIndents", "divId", "cnfStyle", "textboxTightWrap",
    )
)  # fmt: skip
"""Properties of paragraphs without effect on the layout, or read elsewhere."""


def read_properties(element: Element | None, readers: Mapping[str, Reader], passed: frozenset[str]) -> dict[str, Any]:
    """Return what a `w:rPr` or `w:pPr` says, by name. Raises UnknownConstructError for what nobody knows."""
    found: dict[str, Any] = {}
    if element is None:
        return found
    for child in element:
        tag = str(child.tag)
        reader = readers.get(tag)
        if reader is not None:
            found.update(reader(child))
        elif tag not in passed and not foreign(tag):
            raise unknown(child)
    return found


def foreign(tag: str) -> bool:
    """Whether an element belongs to Microsoft's own additions to Word (glow, ligatures, …), which older programs skip."""
    return tag.startswith("{http://schemas.microsoft.com/office/word/")


def key_of(element: Element | None) -> tuple[object, ...]:
    """Return a value that is equal for properties that say the same in the same words."""
    if element is None:
        return ()
    return tuple([(child.tag, tuple(child.items()), len(child) and key_of(child)) for child in element])


def style_named(element: Element | None, name: str) -> str:
    """Return the style that properties refer to by `w:pStyle`, `w:rStyle` or `w:tblStyle`, empty where none."""
    found = child_of(element, WORD + name)
    return "" if found is None else found.get(VALUE, "")
