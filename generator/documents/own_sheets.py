"""Documents whose items each stand on sheets of their own, with page numbers of their own: what comes, goes or grows moves no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.errors import DefinitionError
from generator.forms.definition_document import DocumentDefinition, DocumentLoop, DocumentSheets
from generator.typeset.pages import Pages

_OF = "-"


def page_number(item: int, page: int = 1) -> str:
    """Return the number printed on a page (from 1) of the item that is numbered `item`: 8-1."""
    return f"{_prefix(item)}{page}"


def is_of_item(label: str) -> bool:
    """Whether the number printed on a page is that of a page of an item."""
    return _OF in label


def items_name(items: str, item: int) -> str:
    """Return what the context calls the one that is numbered `item` of `items` (清单们8), a list that holds it alone."""
    return f"{items}{item}"


def on_own_sheets(
    definition: DocumentDefinition,
    items: str,
    numbers: Iterable[int],
    loop_of: Callable[[DocumentLoop, int], DocumentLoop] = lambda loop, _: loop,
) -> DocumentDefinition:
    """Return `definition` with sheets for each of `numbers` in place of the loop over `items`, whose blocks `loop_of` may change.

    Raises DefinitionError where it has no such loop or anything behind it.
    """
    *before, loop = definition.blocks
    if not isinstance(loop, DocumentLoop) or loop.each != items:
        raise DefinitionError(
            f"{definition.title}的版式（documents/{definition.id}.yaml）里没有“each: {items}”，或后面还有别的内容。",
            f"请把“each: {items}”排在最后，落款等写在它前面或里面：增减时，排在后面的会跟着移动。",
        )
    sheets = [
        DocumentSheets(
            sheets=_prefix(number),
            blocks=(loop_of(loop, number).model_copy(update={"each": items_name(items, number)}),),
        )
        for number in numbers
    ]
    return definition.model_copy(update={"blocks": (*before, *sheets)})


def pages_by_item(pages: Pages) -> Mapping[int, tuple[str, str]]:
    """Return the numbers printed on the first and the last page of each item, by its number."""
    found: dict[int, list[str]] = {}
    for label in (page.label for page in pages.pages if is_of_item(page.label)):
        found.setdefault(int(label.partition(_OF)[0]), []).append(label)
    return {number: (labels[0], labels[-1]) for number, labels in found.items()}


def _prefix(item: int) -> str:
    return f"{item}{_OF}"
