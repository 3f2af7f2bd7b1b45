"""Where in a Word file each section of a form begins: below its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.forms.verifying.bare import bare
from generator.forms.verifying.differences import Difference, Kind
from generator.forms.verifying.found import FoundDocument, FoundRow, FoundTable
from generator.forms.verifying.paper import Section, SectionKind
from generator.frozen import dataclass, replace

_LIKE_TITLE = 0.6

Item = str | FoundRow
"""A paragraph of the body, or a row of one of its tables."""


@dataclass(frozen=True)
class Located:
    """A section, what stands below its title, and what is wrong with the title itself.

    `place` is where the section was meant to stand for differences found before its first text.
    """

    section: Section
    items: tuple[Item, ...]
    title: tuple[Difference, ...] = ()


def located(sections: Sequence[Section], found: FoundDocument) -> list[Located]:
    """Return the sections of a form with what a Word file has of each.

    A section whose title is gone goes on with the one before it, where both are of one kind; else it begins at the last table.
    """
    body = tuple(_items(found))
    places = _title_places(sections, body)
    starts = sorted(place for place, _ in places.values())
    told: list[Located] = []
    for number, section in enumerate(sections):
        if number == 0:
            told.append(Located(section, body[: starts[0] if starts else len(body)]))
        elif number in places:
            place, title = places[number]
            end = next((start for start in starts if start > place), len(body))
            told.append(Located(section, body[place + 1 : end], title))
        else:
            told.append(_without_title(section, told))
    return told


def _without_title(section: Section, before: list[Located]) -> Located:
    """Part the section before, whose title is the last that stands; it takes over what can't be parted."""
    assert section.title is not None
    missing = (Difference(Kind.MISSING, section.title.place, section.title.text),)
    last = before.pop()
    if last.section.kind is section.kind and section.kind is not SectionKind.PLAN:
        merged = replace(last.section, text=last.section.text + section.text, rows=last.section.rows + section.rows)
        before.append(replace(last, section=merged))
        return Located(replace(section, text=(), rows=()), (), missing)
    cut = _last_table(last.items, behind=section.kind is SectionKind.TEXT)
    before.append(replace(last, items=last.items[:cut]))
    return Located(section, last.items[cut:], missing)


def _last_table(items: Sequence[Item], *, behind: bool) -> int:
    """Where the last table begins, or ends; the end of all where there is none."""
    end = len(items)
    while end and isinstance(items[end - 1], str):
        end -= 1
    start = end
    while start and isinstance(items[start - 1], FoundRow):
        start -= 1
    only = not any(isinstance(item, FoundRow) for item in items[:start])
    return end if behind or only else start


def _items(found: FoundDocument) -> Iterator[Item]:
    """The body, tables as their rows, with an empty paragraph behind each table so that two in a row stay two."""
    for block in found.blocks:
        if isinstance(block, FoundTable):
            yield from block.rows
            yield ""
        else:
            yield block


def _title_places(sections: Sequence[Section], body: Sequence[Item]) -> dict[int, tuple[int, tuple[Difference, ...]]]:
    """Where the title of each section stands, with the difference where it isn't quite what is printed."""
    texts = [_as_title(item) for item in body]
    exact = _rising(
        [
            (number, place)
            for number, section in enumerate(sections)
            if section.title is not None
            for place, text in enumerate(texts)
            if text == section.title.bare
        ]
    )
    places: dict[int, tuple[int, tuple[Difference, ...]]] = {number: (place, ()) for number, place in exact.items()}
    for number, section in enumerate(sections):
        if section.title is None or number in places:
            continue
        first = max((place + 1 for other, (place, _) in places.items() if other < number), default=0)
        last = min((place for other, (place, _) in places.items() if other > number), default=len(body))
        place = _likest(section.title.bare, texts, first, last)
        if place is not None:
            item = body[place]
            read = item if isinstance(item, str) else "".join(item.paragraphs())
            places[number] = (place, (Difference(Kind.CHANGED, section.title.place, section.title.text, read),))
    return places


def _as_title(item: Item) -> str:
    """The bare text of what may be a title: a paragraph, or a row of one cell."""
    if isinstance(item, str):
        return bare(item)
    return bare("".join(item.paragraphs())) if len(item.cells) == 1 else ""


def _rising(candidates: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The most sections whose places rise with their numbers."""
    best: list[tuple[tuple[int, int], ...]] = []
    for number, place in candidates:
        before = [chain for chain in best if chain[-1][0] < number and chain[-1][1] < place]
        best.append((*max(before, key=len, default=()), (number, place)))
    longest: tuple[tuple[int, int], ...] = max(best, key=len, default=())
    return dict(longest)


def _likest(title: str, texts: Sequence[str], first: int, last: int) -> int | None:
    ratios = {
        place: SequenceMatcher(None, title, texts[place], autojunk=False).ratio()
        for place in range(first, last)
        if texts[place] and len(texts[place]) <= 2 * len(title)
    }
    place = max(ratios, key=lambda place: ratios[place], default=None)
    return place if place is not None and ratios[place] >= _LIKE_TITLE else None
