"""The document of lists: contents on the first page, each list on sheets of its own with page numbers of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from generator.documents.kept_numbers import Kept, Named, keep_numbers
from generator.documents.own_sheets import is_of_item, items_name, on_own_sheets, pages_by_item
from generator.documents.printing import Printed, fill_document, template_of_document
from generator.documents.text_workbook import TextColumn, TextSheet, text_workbook
from generator.docx.fill import Template
from generator.forms.definition_document import (
    DocumentBlock,
    DocumentColumn,
    DocumentDefinition,
    DocumentLoop,
    DocumentSheets,
    DocumentTable,
)
from generator.frozen import dataclass, replace
from generator.lists.rows import Head, MadeList, NoList
from generator.measure.fonts import FontLibrary
from generator.typeset import lay_out
from generator.typeset.draw import draw
from generator.typeset.pages import Pages

_LISTS, _ROWS, _CONTENTS = "清单们", "清单.行们", "目录们"
WITHDRAWN = "已撤回"
"""What is said of a list that is no more."""
_NONE = "—"
_STYLES = {"left": "格小左", "centre": "格小中", "right": "格小右"}
_BEHIND_PART, _BETWEEN_ROWS = "——", "；"
_LEAST_WIDTH = 20.0


@dataclass(frozen=True)
class NumberedLists:
    """Lists with their numbers: those that are `made`, those `withdrawn` that could not be made today, all that is `kept` of both.

    All are in the order of their numbers. What is withdrawn and not even owed any more stands in `kept` only.
    """

    made: tuple[tuple[int, MadeList], ...] = ()
    withdrawn: tuple[tuple[int, NoList], ...] = ()
    kept: tuple[Kept, ...] = ()


def number_lists(lists: Sequence[MadeList | NoList], kept: Sequence[Kept] = ()) -> NumberedLists:
    """Return `lists`, as a form owes them in order, with the numbers that `keep_numbers` gives them."""
    definitions = [(one.owed.definition, isinstance(one, MadeList)) for one in lists]
    numbers, known = keep_numbers([Named(one.title, one.figures, made) for one, made in definitions], kept)
    placed = sorted((number, at) for at, number in numbers.items())
    numbered = [(number, lists[at]) for number, at in placed]
    return NumberedLists(
        tuple((number, one) for number, one in numbered if isinstance(one, MadeList)),
        tuple((number, one) for number, one in numbered if isinstance(one, NoList)),
        known,
    )


def print_lists(
    definition: DocumentDefinition,
    lists: NumberedLists,
    facts: Mapping[str, Any],
    fonts: FontLibrary,
    *,
    mark: str = "",
) -> Printed:
    """Print `lists` as one document: contents, then each list on sheets of its own, whose pages are numbered 8-1, 8-2, ….

    `definition` is the document `lists`, `facts` the names that it prints besides (集群, 表名, 基准年, who signs it).
    Raises DefinitionError where it has anything behind the lists.
    """
    made = dict(lists.made)
    widened = on_own_sheets(
        definition, _LISTS, made, lambda loop, number: _with_columns(loop, made[number], definition.room)
    )
    context = {**facts, **{items_name(_LISTS, number): [_list(number, one)] for number, one in lists.made}}

    def filled(document: DocumentDefinition, template: Template, pages: Mapping[int, str]) -> bytes:
        told = {**context, _CONTENTS: [*_entries(lists, pages)]}
        return fill_document(document, told, template=template, mark=mark, subject=facts["集群"])

    whole, contents_alone = template_of_document(widened), _contents_alone(widened)
    unnumbered = lay_out(filled(widened, whole, {}), fonts)
    numbers = {number: "—".join(dict.fromkeys(ends)) for number, ends in pages_by_item(unnumbered).items()}
    docx = filled(widened, whole, numbers)
    contents = lay_out(filled(contents_alone, template_of_document(contents_alone), numbers), fonts)
    pages = _with_contents(unnumbered, contents) or lay_out(docx, fonts)
    return Printed(docx, draw(pages, fonts), pages)


def _contents_alone(definition: DocumentDefinition) -> DocumentDefinition:
    """The pages before the lists, as a document of their own."""
    before = tuple(block for block in definition.blocks if not isinstance(block, DocumentSheets))
    return definition.model_copy(update={"blocks": before})


def _with_contents(pages: Pages, contents: Pages) -> Pages | None:
    """`pages` with `contents` in front: the numbers in these change nothing behind them. None where they take more pages now."""
    front = sum(1 for _ in takewhile(lambda page: not is_of_item(page.label), pages.pages))
    count = len(contents.pages)
    if count != sum(bool(page.label) for page in pages.pages[:front]):
        return None
    return replace(
        pages,
        pages=(*contents.pages, *pages.pages[count:]),
        anchors=(*contents.anchors, *(anchor for anchor in pages.anchors if anchor.page >= front)),
        outline=(*contents.outline, *(heading for heading in pages.outline if heading.page >= front)),
    )


def _with_columns(loop: DocumentLoop, one: MadeList, room: float) -> DocumentLoop:
    """The loop over lists for one of them, which has columns of its own."""
    columns = _columns(one.heads, room)
    return loop.model_copy(update={"blocks": tuple(_with_own_columns(each, columns) for each in loop.blocks)})


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


def _entries(lists: NumberedLists, pages: Mapping[int, str]) -> Iterator[dict[str, str]]:
    """The lines of the contents: all lists by number, those that were withdrawn since among them."""
    made = dict(lists.made)
    for kept in lists.kept:
        entry = {"序号": str(kept.number), "名称": kept.title}
        if kept.withdrawn:
            yield {**entry, "部分": _NONE, "合计": WITHDRAWN, "页码": _NONE}
        else:
            one = made[kept.number]
            parts = "、".join(dict.fromkeys(place[0] for place in one.owed.places))
            yield {**entry, "部分": parts, "合计": one.summary, "页码": pages.get(kept.number, "")}


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
