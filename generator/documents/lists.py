"""The document of lists: contents on the first page, each list on pages of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from generator.documents.printing import Printed, fill_document, template_of_document
from generator.documents.text_workbook import TextColumn, TextSheet, text_workbook
from generator.docx.fill import Template
from generator.forms.definition_document import (
    DocumentBlock,
    DocumentColumn,
    DocumentDefinition,
    DocumentLoop,
    DocumentTable,
)
from generator.frozen import replace
from generator.lists.rows import Head, MadeList
from generator.measure.fonts import FontLibrary
from generator.typeset import lay_out
from generator.typeset.draw import draw
from generator.typeset.pages import Pages

_LISTS, _ROWS, _CONTENTS = "清单们", "清单.行们", "目录们"
_MARK = "清单_"
_STYLES = {"left": "格小左", "centre": "格小中", "right": "格小右"}
_BEHIND_PART, _BETWEEN_ROWS = "——", "；"
_LEAST_WIDTH = 20.0


def print_lists(
    definition: DocumentDefinition,
    made: Sequence[MadeList],
    facts: Mapping[str, Any],
    fonts: FontLibrary,
    *,
    mark: str = "",
) -> tuple[Printed, tuple[int, ...]]:
    """Print `made` as one document and return it with the page (from 1) that each list begins on.

    `definition` is the document `lists`, `facts` the names that it prints besides (集群, 表名, 基准年, who signs it).
    """
    widened = _with_columns(definition, made)
    context = {**facts, **{f"{_LISTS}{n}": [_list(n, one)] for n, one in enumerate(made, start=1)}}

    def filled(document: DocumentDefinition, template: Template, numbers: tuple[int, ...]) -> bytes:
        contents = [_entry(n, one, page) for n, (one, page) in enumerate(zip(made, numbers, strict=True), start=1)]
        told = {**context, _CONTENTS: contents}
        return fill_document(document, told, template=template, mark=mark, subject=facts["集群"])

    whole, front_alone = template_of_document(widened), _front(definition)
    unnumbered = lay_out(filled(widened, whole, tuple(0 for _ in made)), fonts)
    numbers = tuple(sorted(anchor.page + 1 for anchor in unnumbered.anchors if anchor.name.startswith(_MARK)))
    front = lay_out(filled(front_alone, template_of_document(front_alone), numbers), fonts)
    pages = _with_front(unnumbered, front, numbers[0] - 1)
    return Printed(filled(widened, whole, numbers), draw(pages, fonts), pages), numbers


def _front(definition: DocumentDefinition) -> DocumentDefinition:
    """The pages before the lists, as a document of their own, which nobody signs."""
    before = tuple(takewhile(lambda block: not _is_the_lists(block), definition.blocks))
    return definition.model_copy(update={"blocks": before, "signed": None})


def _with_front(pages: Pages, front: Pages, count: int) -> Pages:
    """`pages` with the first `count` of `front`: the numbers in the contents change nothing behind them."""
    return replace(pages, pages=(*front.pages[:count], *pages.pages[count:]))


def _is_the_lists(block: DocumentBlock) -> bool:
    return isinstance(block, DocumentLoop) and block.each == _LISTS


def _with_columns(definition: DocumentDefinition, made: Sequence[MadeList]) -> DocumentDefinition:
    """The definition with a loop for every list in place of the one over all, since each has columns of its own."""
    blocks = tuple(new for block in definition.blocks for new in _repeated(block, made, definition.room))
    return definition.model_copy(update={"blocks": blocks})


def _repeated(block: DocumentBlock, made: Sequence[MadeList], room: float) -> Iterator[DocumentBlock]:
    if not isinstance(block, DocumentLoop) or not _is_the_lists(block):
        yield block
        return
    for number, one in enumerate(made, start=1):
        columns = _columns(one.heads, room)
        inner = tuple(_with_own_columns(each, columns) for each in block.blocks)
        yield block.model_copy(update={"each": f"{_LISTS}{number}", "blocks": inner})


def _with_own_columns(block: DocumentBlock, columns: tuple[DocumentColumn, ...]) -> DocumentBlock:
    if not isinstance(block, DocumentTable) or block.table.rows != _ROWS:
        return block
    return block.model_copy(update={"table": block.table.model_copy(update={"columns": columns})})


def _columns(heads: Sequence[Head], room: float) -> tuple[DocumentColumn, ...]:
    """The columns of a list, as wide as the page: what is left over or lacks is that of the first column of names."""
    spare = room - sum(head.width for head in heads)
    names = next(number for number, head in enumerate(heads) if head.align == "left")
    widths = [head.width + (spare if number == names else 0) for number, head in enumerate(heads)]
    if widths[names] < _LEAST_WIDTH:
        widths = [room * head.width / sum(head.width for head in heads) for head in heads]
    return tuple(
        DocumentColumn(head=head.text, width=width, text=f"{{行.格{number}}}", style=_STYLES[head.align])
        for number, (head, width) in enumerate(zip(heads, widths, strict=True), start=1)
    )


def _list(number: int, one: MadeList) -> dict[str, Any]:
    return {
        "序号": str(number),
        "名称": one.title,
        "栏目": places_in_words(one.owed.places),
        "依据": one.owed.clause,
        "单位": one.owed.definition.unit,
        "行们": [_row(cells) for cells in (*one.rows, *one.totals)],
    }


def places_in_words(places: Sequence[tuple[str, ...]]) -> str:
    """Return parts and rows of a form in words, each part once: `二、主导产业情况——集群企业数量；集群总产值`."""
    parts = dict.fromkeys(place[0] for place in places)
    rows = {part: [place[1] for place in places if place[0] == part] for part in parts}
    return _BETWEEN_ROWS.join(f"{part}{_BEHIND_PART}{_BETWEEN_ROWS.join(names)}" for part, names in rows.items())


def _row(cells: Sequence[str]) -> dict[str, str]:
    return {f"格{number}": cell for number, cell in enumerate(cells, start=1)}


def _entry(number: int, one: MadeList, page: int) -> dict[str, str]:
    parts = dict.fromkeys(place[0] for place in one.owed.places)
    return {
        "序号": str(number),
        "名称": one.title,
        "部分": "、".join(parts),
        "合计": one.summary,
        "页码": str(page),
    }


def list_workbook(made: Sequence[MadeList], *, mark: str = "") -> bytes:
    """Return `made` as the bytes of an .xlsx, a sheet for each list, the same for the same lists."""
    sheets = [
        TextSheet(
            one.title,
            tuple(TextColumn(head.text, head.width, head.align) for head in one.heads),
            (*one.rows, *one.totals),
            f"申报表栏目：{places_in_words(one.owed.places)}　单位：{one.owed.definition.unit}",
        )
        for one in made
    ]
    return text_workbook(sheets, "清单", mark=mark)
