"""Volumes after a version was frozen: pages that were printed stay as numbered, where they were; new ones come in between or behind.

A page that an item gained is 37-1, on a sheet of its own behind page 37; a new item is a supplement at the end. A sheet is printed
again only where one of its pages is another, or one came in between its two pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from generator.frozen import dataclass, replace
from generator.package.evidence.remembered import BLANK, KeptEvidence, KeptItem, KeptPage, KeptPart
from generator.package.evidence.source import ReadItem
from generator.package.evidence.volumes import (
    Content,
    Leaf,
    Volume,
    VolumeSettings,
    Withdrawn,
    begins_sheet,
    blank_back,
    block_of,
    contents_leaves,
    counted_on,
    filled_volumes,
    numbered_volumes,
    padded,
)
from generator.package.page_labels import Number, between, label_of, number_of

Known = Callable[[Leaf], str]
"""What a page of a file is known by: equal for two pages that are the same, never `BLANK`."""


def continue_volumes(
    read: Sequence[ReadItem],
    kept: KeptEvidence,
    known: Known,
    settings: VolumeSettings,
    contents_pages: Sequence[int] = (),
) -> tuple[Volume, ...]:
    """Return the volumes of `read` after the version whose evidence is `kept`; items of it are those with its numbers.

    Volumes of the version hold what they held, however many sheets they gain; new items go behind into the last one as long as it
    has room, else into new ones. `contents_pages` are as in `plan_volumes`.
    """
    today = {item.item.number: item for item in read}
    stays = {
        item.number: _Continued(today[item.number], item, known, settings)
        for item in kept.standing
        if item.number in today
    }
    taken = {number_of(label) for label in kept.labels}
    slots = [
        [*_contents(labels, contents_pages, volume, settings), *_items(stays, kept, volume)]
        for volume, labels in enumerate(kept.contents, start=1)
    ]
    standing = _labelled(slots, taken)
    used = {leaf.label for leaves in standing for leaf in leaves}
    new = [item for item in read if item.item.number not in stays]
    filled = filled_volumes(standing, new, settings, contents_pages)
    highest = max((number[0] for number in taken), default=settings.first_number - 1)
    first = highest + 1 + ((highest + 1 - settings.first_number) % 2 if settings.duplex else 0)
    gone = {item.number: _gone(item, used) for item in kept.items}
    return numbered_volumes(counted_on(filled, first), gone, _withdrawn(kept, stays, gone))


def remember(
    volumes: Sequence[Volume],
    read: Sequence[ReadItem],
    kept: KeptEvidence | None,
    known: Known,
    hashes: Mapping[str, str],
) -> KeptEvidence:
    """Return what a version of `volumes`, bound after `kept`, remembers of its evidence; `hashes` are those of the files."""
    contents = tuple(tuple(leaf.label for leaf in _front(volume)) for volume in volumes)
    parts: dict[int, list[KeptPart]] = {}
    gone: dict[int, tuple[str, ...]] = {}
    for volume in volumes:
        ends = [*(part.at for part in volume.parts), len(volume.leaves)][1:]
        for part, end in zip(volume.parts, ends, strict=True):
            pages = tuple(KeptPage(leaf.label, _content(leaf, known)) for leaf in volume.leaves[part.at : end])
            parts.setdefault(part.item.number, []).append(KeptPart(volume.number, pages))
            gone.setdefault(part.item.number, part.gone)
    items = {item.number: item for item in kept.items} if kept else {}
    for volume in volumes:
        items |= {
            item.number: replace(items[item.number], parts=(), gone=item.gone, withdrawn=True)
            for item in volume.withdrawn
        }
    for one in read:
        item = one.item
        files = tuple((file, hashes.get(file, "")) for file in item.files)
        of_item = tuple(parts[item.number])
        items[item.number] = KeptItem(item.number, item.name, files, of_item[0].volume, of_item, gone[item.number])
    return KeptEvidence(contents, tuple(items[number] for number in sorted(items)))


@dataclass(frozen=True)
class _Slot:
    """A page in its place: its number where it has one, else the one that it takes if it still can."""

    leaf: Leaf
    label: str = ""
    wish: str = ""


@dataclass(frozen=True)
class _Entry:
    """A page of an item of today, and the place in its part whose number it bears (None: it came in), `same` as what stood there."""

    leaf: Leaf
    at: int | None = None
    same: bool = False


class _Continued:
    """An item of a version as it is today: its pages, part by part."""

    def __init__(self, read: ReadItem, kept: KeptItem, known: Known, settings: VolumeSettings) -> None:
        self._settings = settings
        divider, *self._leaves = block_of(read, settings)
        entries: list[list[_Entry]] = [[_Entry(divider, 0, same=True)] for _ in kept.parts]
        for part, entry in self._placed(kept, known):
            entries[part].append(entry)
        self._parts = {
            part.volume: [*self._sheets(part, pages)]
            for number, (part, pages) in enumerate(zip(kept.parts, entries, strict=True))
            if not number or len(pages) > 1
        }

    def in_volume(self, volume: int) -> Sequence[_Slot]:
        """Return its pages in a volume."""
        return self._parts.get(volume, ())

    def _placed(self, kept: KeptItem, known: Known) -> Iterator[tuple[int, _Entry]]:
        """Yield each page but dividers with the part that it stands in: where the same or the one in its stead stood, or behind."""
        old = [
            (number, at, page.content)
            for number, part in enumerate(kept.parts)
            for at, page in enumerate(part.pages)
            if at and page.content != BLANK
        ]
        then, now = [content for _, _, content in old], [known(leaf) for leaf in self._leaves]
        behind = 0
        for code, from_old, to_old, from_new, to_new in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
            for step, leaf in enumerate(self._leaves[from_new:to_new]):
                if from_old + step < to_old:
                    behind, at, _ = old[from_old + step]
                    yield behind, _Entry(leaf, at, code == "equal")
                else:
                    yield behind, _Entry(leaf)

    def _sheets(self, part: KeptPart, entries: Sequence[_Entry]) -> Iterator[_Slot]:
        """Yield the pages of a part, front and back in turn: sheets that stay as they are, and what stands between, on new ones."""
        at = 0
        while at < len(entries):
            entry = entries[at]
            staying = self._staying(part, entries, at)
            yield _slot(part, entry)
            at += 1
            if not self._settings.duplex:
                continue
            back = part.pages[entry.at + 1] if entry.at is not None and entry.at % 2 == 0 else KeptPage("")
            if at < len(entries) and staying != 1 and (staying or self._may_follow(part, entries, at)):
                yield _slot(part, entries[at], back.label if back.content == BLANK else "")
                at += 1
            else:
                blank = blank_back(entry.leaf)
                yield _Slot(blank, back.label) if staying else _Slot(blank, wish=back.label)

    def _staying(self, part: KeptPart, entries: Sequence[_Entry], at: int) -> int:
        """How many of `entries`, from `at` on, stand on a sheet that stays as it is; 0 where it doesn't."""
        entry = entries[at]
        if entry.at is None or not entry.same or entry.at % 2 or not self._settings.duplex:
            return 0
        behind = part.pages[entry.at + 1]
        if behind.content == BLANK:
            return 1
        follows = entries[at + 1] if at + 1 < len(entries) else entry
        return 2 if follows.at == entry.at + 1 and follows.same else 0

    def _may_follow(self, part: KeptPart, entries: Sequence[_Entry], at: int) -> bool:
        """Whether the page may stand on the back of the one before it."""
        return not self._staying(part, entries, at) and not begins_sheet(entries[at - 1].leaf, entries[at].leaf)


def _slot(part: KeptPart, entry: _Entry, wish: str = "") -> _Slot:
    return _Slot(entry.leaf, part.pages[entry.at].label if entry.at is not None else "", wish)


def _contents(
    labels: Sequence[str], contents_pages: Sequence[int], volume: int, settings: VolumeSettings
) -> Iterator[_Slot]:
    """Yield the pages of the contents of a volume: at least as many as it had."""
    pages = contents_pages[volume - 1] if volume <= len(contents_pages) else 1
    leaves = padded(contents_leaves(pages), settings)
    leaves += [blank_back(leaves[0])] * (len(labels) - len(leaves))
    for at, leaf in enumerate(leaves):
        yield _Slot(leaf, labels[at] if at < len(labels) else "")


def _items(stays: Mapping[int, _Continued], kept: KeptEvidence, volume: int) -> Iterator[_Slot]:
    for item in kept.standing:
        if item.number in stays:
            yield from stays[item.number].in_volume(volume)


def _labelled(volumes: Sequence[Sequence[_Slot]], taken: set[Number]) -> list[list[Leaf]]:
    """Return the pages with their numbers, those that came in numbered between their neighbours; `taken` gains these."""
    slots = [slot for volume in volumes for slot in volume]
    behind: list[Number | None] = []
    following: Number | None = None
    for slot in reversed(slots):
        behind.append(following)
        following = number_of(slot.label) if slot.label else following
    before: Number = (0,)
    labels = []
    for slot, after in zip(slots, reversed(behind), strict=True):
        number = number_of(slot.label or slot.wish or "0")
        if not slot.label and (number <= before or (after is not None and number >= after)):
            number = between(before, after, taken)
            taken.add(number)
        before = number
        labels.append(label_of(number))
    given = iter(labels)
    return [[replace(slot.leaf, label=next(given)) for slot in volume] for volume in volumes]


def _gone(item: KeptItem, used: set[str]) -> tuple[str, ...]:
    """The page numbers that an item bore and that are no more, in their order."""
    lost = (page.label for part in item.parts for page in part.pages if page.label not in used)
    return tuple(sorted((*item.gone, *lost), key=number_of))


def _withdrawn(
    kept: KeptEvidence, stays: Mapping[int, _Continued], gone: Mapping[int, tuple[str, ...]]
) -> dict[int, tuple[Withdrawn, ...]]:
    """What is no more, by the volume whose contents name it."""
    found: dict[int, tuple[Withdrawn, ...]] = {}
    for item in kept.items:
        if item.number not in stays:
            told = Withdrawn(item.number, item.name, gone[item.number])
            found[item.volume] = (*found.get(item.volume, ()), told)
    return found


def _front(volume: Volume) -> Sequence[Leaf]:
    """The pages of the contents of a volume, with their blank back."""
    first = min((part.at for part in volume.parts), default=len(volume.leaves))
    return volume.leaves[:first]


def _content(leaf: Leaf, known: Known) -> str:
    match leaf.content:
        case Content.BLANK | Content.CONTENTS:
            return BLANK
        case Content.DIVIDER:
            return Content.DIVIDER.value
        case _:
            return known(leaf)
