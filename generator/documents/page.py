"""A designed document as one HTML page: the same definition and words as in Word and print, for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from generator.documents.drawing import Drawing
from generator.documents.svg import as_svg
from generator.forms.definition_document import (
    DocumentBlock,
    DocumentColumn,
    DocumentDefinition,
    DocumentDrawing,
    DocumentGroup,
    DocumentLoop,
    DocumentRows,
    DocumentTable,
    DocumentText,
    placeholders,
)
from generator.forms.typography import style

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{css}
</style>
</head>
<body>
<main>
"""

_FOOT = """</main>
</body>
</html>
"""

_CSS = """@page { size: A4 portrait; margin: 18mm 20mm; }
body { margin: 0; background: #f2f2f2; color: #000; font: 15px/1.7 SimSun, "Songti SC", "Noto Serif CJK SC", serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 2rem 3rem; background: #fff; }
h1, h2, h3, th, svg { font-family: SimHei, "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; }
h1 { text-align: center; font-size: 1.7rem; margin: .5rem 0; }
h2 { font-size: 1.2rem; margin: 1.8rem 0 .5rem; border-bottom: 1px solid #000; break-after: avoid; }
h3 { font-size: 1rem; margin: 1rem 0 .4rem; break-after: avoid; }
p { margin: .3rem 0; }
.centre { text-align: center; }
.right { text-align: right; }
.large { font-size: 1.25rem; font-weight: bold; }
.note { color: #444; font-size: .92em; }
.new-page { break-before: page; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: .4rem 0; font-size: .88rem; line-height: 1.5; }
th, td { border: 1px solid #555; padding: .25rem .45rem; vertical-align: middle; overflow-wrap: anywhere; }
th { background: #ececec; font-weight: normal; text-align: center; }
table.bare th, table.bare td { border: none; }
tr { break-inside: avoid; }
svg { display: block; width: 100%; height: auto; margin: 0 auto .9rem; break-inside: avoid; }
svg.strip { margin: 0 auto; }
@media print { body { background: #fff; font-size: 10.5pt; } main { max-width: none; padding: 0; } table { font-size: 9pt; } }
@media screen and (max-width: 42rem) {
body { background: #fff; }
main { padding: .5rem 1rem 2rem; }
h1 { font-size: 1.5rem; }
.drawings { overflow-x: auto; }
svg { min-width: 36rem; }
table.told thead, table.told colgroup { display: none; }
table.told, table.told tbody, table.told tr, table.told td { display: block; }
table.told tr { margin: .6rem 0; border: 1px solid #555; }
table.told td { position: relative; padding-left: calc(var(--head) + 1rem); border: none; border-top: 1px solid #ccc; text-align: left; }
table.told td::before { content: attr(data-head); position: absolute; left: .45rem; color: #444; }
table.told td:first-child { padding-left: .45rem; border-top: none; background: #ececec; }
table.told td:first-child::before { content: none; }
}"""

_BODY_SIZE = 12.0
_ALIGNED = {"center": "centre", "right": "right"}
_FEWEST_TOLD = 3
_STRIP = 1 / 8
"""A drawing that is lower than this part of its width is a line of a picture, which the next one goes on with."""


def html_page(
    definition: DocumentDefinition,
    context: Mapping[str, Any],
    drawings: Mapping[str, Drawing],
    *,
    subject: str = "",
) -> bytes:
    """Return a designed document as a page that needs nothing beside it: no script, no picture file, no font, no network.

    `context` and `drawings` are those of `print_document`; every text is escaped. `subject` follows the title in the window's
    name. Raises KeyError for a name that the context lacks.
    """
    title = f"{definition.title}　{subject}" if subject else definition.title
    body = "\n".join(_together(_Page(drawings).blocks(definition.blocks, context)))
    return f"{_HEAD.format(title=escape(title), css=_CSS)}{body}\n{_FOOT}".encode()


class _Page:
    """Writes blocks; holds the drawings."""

    def __init__(self, drawings: Mapping[str, Drawing]) -> None:
        self._drawings = drawings

    def blocks(self, blocks: Sequence[DocumentBlock], scope: Mapping[str, Any]) -> Iterator[str]:
        for block in blocks:
            match block:
                case DocumentText():
                    if _holds(block.when, scope) and block.text:
                        yield _text(block, scope)
                case DocumentTable():
                    yield _table(block.table, scope)
                case DocumentDrawing():
                    name = _filled(block.drawing, scope)
                    if _holds(block.when, scope) and name in self._drawings:
                        yield _drawing(self._drawings[name])
                case DocumentLoop():
                    for item in _value(block.each, scope):
                        yield from self.blocks(block.blocks, {**scope, block.item: item})
                case DocumentGroup():
                    if _holds(block.when, scope):
                        yield from self.blocks(block.blocks, scope)


def _text(block: DocumentText, scope: Mapping[str, Any]) -> str:
    kind = style(block.style)
    element = f"h{kind.outline + 1}" if kind.outline >= 0 else "p"
    classes = [_ALIGNED.get(kind.align, "")]
    if element == "p":
        classes.append("large" if kind.size > _BODY_SIZE + 1 else "note" if kind.size < _BODY_SIZE else "")
    classes.append("new-page" if block.new_page else "")
    name = f' id="{escape(_filled(block.mark, scope))}"' if block.mark else ""
    return f"<{element}{_class(classes)}{name}>{_words(block.text, scope)}</{element}>"


def _table(table: DocumentRows, scope: Mapping[str, Any]) -> str:
    """A table. On a narrow screen the cells of one whose rows tell of a thing each stand below each other, behind their heads."""
    total = sum(column.width for column in table.columns)
    heads = [_filled(column.head, scope) for column in table.columns]
    columns = tuple(zip(table.columns, heads if _tells(table) else [""] * len(heads), strict=True))
    lines = [_opening(table, heads), "<colgroup>"]
    lines += [f'<col style="width: {column.width / total:.2%}">' for column in table.columns]
    lines.append("</colgroup>")
    if any(heads):
        cells = "".join(f'<th scope="col">{_escaped(head)}</th>' for head in heads)
        lines.append(f"<thead><tr>{cells}</tr></thead>")
    lines.append("<tbody>")
    lines += [_row(columns, line, scope) for line in table.lines]
    texts = [column.text for column in table.columns]
    for item in _value(table.rows, scope) if table.rows else ():
        lines.append(_row(columns, texts, {**scope, table.item: item}))
    if table.foot and _holds(table.foot_when, scope):
        lines.append(_row(columns, table.foot, scope))
    return "\n".join([*lines, "</tbody>", "</table>"])


def _tells(table: DocumentRows) -> bool:
    """Whether a table has headed columns of words, more of them than a narrow screen has room for."""
    words = [column for column in table.columns if column.head and not _alignment(column)]
    return table.frame and len(words) > 1 and len(table.columns) >= _FEWEST_TOLD


def _opening(table: DocumentRows, heads: Sequence[str]) -> str:
    if _tells(table):
        return f'<table class="told" style="--head: {max(map(len, heads))}em">'
    return "<table>" if table.frame else '<table class="bare">'


def _row(columns: Sequence[tuple[DocumentColumn, str]], texts: Sequence[str], scope: Mapping[str, Any]) -> str:
    cells = [
        f"<td{_class([_alignment(column)])}{_headed(head)}>{_words(text, scope)}</td>"
        for (column, head), text in zip(columns, texts, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _headed(head: str) -> str:
    return f' data-head="{escape(head)}"' if head else ""


def _alignment(column: DocumentColumn) -> str:
    if column.style:
        return _ALIGNED.get(style(column.style).align, "")
    return "" if column.align == "left" else column.align


def _drawing(drawing: Drawing) -> str:
    """A drawing, described by all the words that are on it."""
    strip = "strip" if drawing.height < drawing.width * _STRIP else ""
    return as_svg(drawing, " ".join(run.text for run in drawing.runs), strip)


def _together(blocks: Iterable[str]) -> Iterator[str]:
    """The blocks with drawings that follow each other in one box, which a narrow screen moves as one."""
    for drawn, group in groupby(blocks, lambda block: block.startswith("<svg")):
        lines = tuple(group)
        yield from ('<div class="drawings">', *lines, "</div>") if drawn else lines


def _class(classes: Sequence[str]) -> str:
    named = " ".join(filter(None, classes))
    return f' class="{named}"' if named else ""


def _holds(name: str, scope: Mapping[str, Any]) -> bool:
    return not name or bool(_value(name, scope))


def _words(text: str, scope: Mapping[str, Any]) -> str:
    """A text filled, as HTML: everything escaped, lines broken where they are broken in print."""
    return _escaped(_filled(text, scope))


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _filled(text: str, scope: Mapping[str, Any]) -> str:
    return "".join(plain + (str(_value(name, scope)) if name else "") for plain, name in placeholders(text))


def _value(name: str, scope: Mapping[str, Any]) -> Any:
    value: Any = scope
    for step in name.split("."):
        value = value[step]
    return value
