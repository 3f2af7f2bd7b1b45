"""Style inheritance: from document defaults over table, paragraph and character styles to direct formatting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.errors import UnknownConstructError
from generator.typeset.document import Alignment, LineRule, ParagraphFormat, TabStop, TextStyle
from generator.typeset.reading.package import DRAWING, VALUE, WORD, Element, Package, child_of, is_on, unknown
from generator.typeset.reading.properties import (
    PARAGRAPH_PASSED,
    PARAGRAPH_READERS,
    RUN_PASSED,
    RUN_READERS,
    key_of,
    read_properties,
    style_named,
)

_SUPERSCRIPT_SIZE = 0.58
_SUPERSCRIPT_RISE = 0.33
_SUBSCRIPT_FALL = 0.08
_ALIGNMENTS = {
    "left": Alignment.LEFT,
    "start": Alignment.LEFT,
    "center": Alignment.CENTRE,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.BOTH,
    "distribute": Alignment.DISTRIBUTE,
}
_LINE_POINTS = 12.0
_DIRECT = (
    "contextual", "keep_next", "keep_lines", "widow_control", "break_before", "kinsoku", "overflow_punctuation",
    "break_words", "gap_letters", "gap_digits", "snap_to_grid", "edges", "shade", "outline_level",
)  # fmt: skip


def alignment_of(name: str) -> Alignment:
    """Return the alignment that Word names so. Raises UnknownConstructError for those of other scripts."""
    try:
        return _ALIGNMENTS[name]
    except KeyError:
        raise UnknownConstructError(f"Word 文件里有排版程序不认识的对齐方式：{name}。") from None


class Styles:
    """All styles of a document, resolved when asked for and remembered."""

    def __init__(self, package: Package) -> None:
        root = package.related("styles")
        self._elements: dict[str, Element] = {}
        self._default_paragraph = ""
        self._default_table = ""
        self._theme = _theme_fonts(package)
        self._run_chains: dict[str, Mapping[str, Any]] = {}
        self._paragraph_chains: dict[str, Mapping[str, Any]] = {}
        self._text_styles: dict[object, TextStyle] = {}
        self._formats: dict[object, ParagraphFormat] = {}
        self._run_defaults: dict[str, Any] = {"size": 10.0, "ascii": "宋体", "latin": "宋体", "east": "宋体"}
        self._paragraph_defaults: dict[str, Any] = {}
        if root is not None:
            self._enter(root)

    def _enter(self, root: Element) -> None:
        for style in root.iterfind(WORD + "style"):
            identifier = style.get(WORD + "styleId", "")
            self._elements[identifier] = style
            if style.get(WORD + "default") in ("1", "true", "on"):
                if style.get(WORD + "type") == "paragraph":
                    self._default_paragraph = identifier
                elif style.get(WORD + "type") == "table":
                    self._default_table = identifier
        defaults = root.find(WORD + "docDefaults")
        if defaults is not None:
            run = defaults.find(f"{WORD}rPrDefault/{WORD}rPr")
            paragraph = defaults.find(f"{WORD}pPrDefault/{WORD}pPr")
            self._run_defaults.update(read_properties(run, RUN_READERS, RUN_PASSED))
            self._paragraph_defaults.update(read_properties(paragraph, PARAGRAPH_READERS, PARAGRAPH_PASSED))

    def paragraph_style(self, properties: Element | None) -> str:
        """Return the identifier of the style that a paragraph has, the default one where it names none."""
        return style_named(properties, "pStyle") or self._default_paragraph

    def chain(self, identifier: str) -> tuple[Element, ...]:
        """Return a style and the styles that it is based on, the remotest first."""
        found: list[Element] = []
        while identifier in self._elements and self._elements[identifier] not in found:
            style = self._elements[identifier]
            found.append(style)
            based_on = child_of(style, WORD + "basedOn")
            identifier = "" if based_on is None else based_on.get(VALUE, "")
        return tuple(reversed(found))

    def table_chain(self, identifier: str) -> tuple[Element, ...]:
        """Return the styles of a table. Raises UnknownConstructError for conditional formats (first row, bands, …)."""
        chain = self.chain(identifier or self._default_table)
        for style in chain:
            for condition in style.iterfind(WORD + "tblStylePr"):
                raise unknown(condition, within=f"表格样式 {identifier} ")
        return chain

    def text_style(self, properties: Element | None, paragraph_style: str, table_style: str) -> TextStyle:
        """Return the style of a run from its `w:rPr` and the styles around it."""
        key = (paragraph_style, table_style, key_of(properties))
        found = self._text_styles.get(key)
        if found is None:
            merged = {
                **self._run_defaults,
                **self._run_chain(table_style or self._default_table),
                **self._run_chain(paragraph_style),
                **self._run_chain(style_named(properties, "rStyle")),
                **read_properties(properties, RUN_READERS, RUN_PASSED),
            }
            found = self._text_styles[key] = self._resolved_text(merged)
        return found

    def is_hidden(self, properties: Element | None) -> bool:
        """Whether a run is hidden text."""
        hidden = child_of(properties, WORD + "vanish")
        return hidden is not None and is_on(hidden)

    def paragraph_format(
        self, properties: Element | None, paragraph_style: str, table_style: str, mark: TextStyle
    ) -> ParagraphFormat:
        """Return the format of a paragraph from its `w:pPr` and the styles around it."""
        key = (paragraph_style, table_style, mark.full_size, key_of(properties))
        found = self._formats.get(key)
        if found is None:
            layers = (
                self._paragraph_defaults,
                self._paragraph_chain(table_style or self._default_table),
                self._paragraph_chain(paragraph_style),
                read_properties(properties, PARAGRAPH_READERS, PARAGRAPH_PASSED),
            )
            found = self._formats[key] = _resolved_paragraph(_stacked(layers), paragraph_style, mark.full_size)
        return found

    def _run_chain(self, identifier: str) -> Mapping[str, Any]:
        found = self._run_chains.get(identifier)
        if found is None:
            found = {}
            for style in self.chain(identifier):
                found = {**found, **read_properties(child_of(style, WORD + "rPr"), RUN_READERS, RUN_PASSED)}
            self._run_chains[identifier] = found
        return found

    def _paragraph_chain(self, identifier: str) -> Mapping[str, Any]:
        found = self._paragraph_chains.get(identifier)
        if found is None:
            layers = [
                read_properties(child_of(style, WORD + "pPr"), PARAGRAPH_READERS, PARAGRAPH_PASSED)
                for style in self.chain(identifier)
            ]
            found = self._paragraph_chains[identifier] = _stacked(layers)
        return found

    def _resolved_text(self, merged: Mapping[str, Any]) -> TextStyle:
        full_size = merged["size"]
        size, raised = full_size, merged.get("position", 0.0)
        vertical = merged.get("vertical", "baseline")
        if vertical == "superscript":
            size, raised = full_size * _SUPERSCRIPT_SIZE, raised + full_size * _SUPERSCRIPT_RISE
        elif vertical == "subscript":
            size, raised = full_size * _SUPERSCRIPT_SIZE, raised - full_size * _SUBSCRIPT_FALL
        elif vertical not in ("baseline", ""):
            raise UnknownConstructError(f"Word 文件里有排版程序不认识的字符位置：{vertical}。")
        return TextStyle(
            ascii=self._font(merged["ascii"]),
            latin=self._font(merged["latin"]),
            east=self._font(merged["east"]),
            size=size,
            full_size=full_size,
            bold=merged.get("bold", False),
            hint_east=merged.get("hint_east", False),
            colour=merged.get("colour", "000000"),
            underline=merged.get("underline", ""),
            strike=merged.get("strike", ""),
            shade=merged.get("shade", ""),
            raised=raised,
            spacing=merged.get("spacing", 0.0),
            capitals=merged.get("capitals", False),
        )

    def _font(self, name: str | tuple[str, str]) -> str:
        if isinstance(name, str):
            return name
        return self._theme.get(name[1]) or "宋体"


def _stacked(layers: Any) -> dict[str, Any]:
    """Return property layers laid over each other; tab stops and line spacing add up within."""
    merged: dict[str, Any] = {}
    for layer in layers:
        tabs = {**merged.get("tabs", {}), **layer.get("tabs", {})}
        merged.update(layer)
        if tabs:
            merged["tabs"] = tabs
    return merged


def _resolved_paragraph(merged: Mapping[str, Any], style: str, size: float) -> ParagraphFormat:
    def length(name: str) -> float:
        value = merged.get(name, 0.0)
        if isinstance(value, tuple):
            unit, number = value
            return float(number * (size if unit == "characters" else _LINE_POINTS))
        return float(value)

    rule = LineRule(merged.get("line_rule", "auto"))
    line = merged.get("line", 240.0)
    stops = tuple(stop for stop in merged.get("tabs", {}).values() if isinstance(stop, TabStop))
    return ParagraphFormat(
        style=style,
        alignment=alignment_of(merged.get("alignment", "left")),
        line=line / 240 if rule is LineRule.MULTIPLE else line / 20,
        line_rule=rule,
        before=length("before"),
        after=length("after"),
        left=length("left"),
        right=length("right"),
        first=length("first"),
        tabs=tuple(sorted(stops, key=lambda stop: stop.position)),
        **{name: merged[name] for name in _DIRECT if name in merged},
    )


def _theme_fonts(package: Package) -> Mapping[str, str]:
    """Return Word's names of theme fonts (minorEastAsia, …) → the fonts that the theme gives them."""
    theme = package.related("theme")
    if theme is None:
        return {}
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        fonts = theme.find(f".//{DRAWING}{size}Font")
        if fonts is None:
            continue
        latin = _typeface(fonts.find(DRAWING + "latin"))
        east = _typeface(fonts.find(DRAWING + "ea"))
        for font in fonts.iterfind(DRAWING + "font"):
            if font.get("script") == "Hans" and not east:
                east = font.get("typeface", "")
        for suffix, name in (("Ascii", latin), ("HAnsi", latin), ("EastAsia", east), ("Bidi", latin)):
            found[size + suffix] = name
    return found


def _typeface(element: Element | None) -> str:
    return "" if element is None else element.get("typeface", "")
