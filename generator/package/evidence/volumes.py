"""The order of pages: which item goes into which volume, on which sheet, under which number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

from generator.frozen import dataclass, field, replace
from generator.package.evidence.paper import A4, Margins, Paper, paper_for
from generator.package.evidence.source import EvidenceItem, ReadItem, Source


@dataclass(frozen=True)
class VolumeSettings:
    """How evidence is bound: at most `sheets` of paper a volume, `duplex` two pages a sheet.

    `keep_a3` leaves A3 pages at their size (folded into the volume); otherwise they are reduced to A4. `first_number` is the
    number of the first page; `number_text` is what is printed at the foot of every page, with `{number}` in it.
    Raises ValueError for volumes without a sheet.
    """

    sheets: int = 300
    duplex: bool = True
    keep_a3: bool = True
    first_number: int = 1
    number_text: str = "佐证材料 第{number}页"
    margins: Margins = field(default_factory=Margins)

    def __post_init__(self) -> None:
        if self.sheets < 1:
            raise ValueError("a volume holds at least one sheet")

    def sheets_of(self, pages: int) -> int:
        """Return how many sheets so many pages take."""
        return math.ceil(pages / 2) if self.duplex else pages


class Content(Enum):
    """What a page of a volume holds."""

    CONTENTS = "目录"
    DIVIDER = "隔页"
    FILE = "材料"
    REPLACEMENT = "代页"
    BLANK = "空白"


@dataclass(frozen=True)
class Leaf:
    """A page of a volume: what it holds, on which paper; of an item's pages the item, of a file's pages the file and page from 0."""

    content: Content
    paper: Paper = A4
    item: EvidenceItem | None = None
    source: Source | None = None
    page: int = 0


@dataclass(frozen=True)
class FilePlace:
    """Where a file of an item stands: the volume, the first and last page number there; empty numbers where it isn't bound."""

    file: str
    volume: int
    first: int
    last: int


@dataclass(frozen=True)
class VolumePart:
    """An item within one volume, from its divider on; `continued` where it began in the volume before."""

    item: EvidenceItem
    first: int
    last: int
    files: tuple[FilePlace, ...] = ()
    continued: bool = False


@dataclass(frozen=True)
class Volume:
    """One volume: its number from 1, its pages, the number of its first page, and its parts in order."""

    number: int
    first_number: int
    leaves: tuple[Leaf, ...]
    parts: tuple[VolumePart, ...] = ()

    @property
    def last_number(self) -> int:
        """The number of the last page."""
        return self.first_number + len(self.leaves) - 1


def plan_volumes(
    read: Sequence[ReadItem], settings: VolumeSettings, contents_pages: Sequence[int] = ()
) -> tuple[Volume, ...]:
    """Return the volumes that `read` is bound into; none where there are no items.

    Page numbers run through all volumes. `contents_pages` tells how many pages the contents of each volume take (one, where it
    tells nothing). With duplex, dividers and what follows the contents begin on right-hand pages, every volume begins with an odd
    number where the first does, and a sheet is of one size. An item is parted only where a volume can't hold it alone; a volume too
    small for its contents and two pages behind its first divider is exceeded.
    """
    filled: list[list[Leaf]] = []
    for item in read:
        block = _block(item, settings)
        fitting = _joined(filled[-1], block, settings) if filled else None
        if fitting is not None and settings.sheets_of(len(fitting)) <= settings.sheets:
            filled[-1] = fitting
            continue
        filled += _fresh_volumes(item, block, settings, contents_pages, len(filled))
    return _numbered(filled, settings)


def _fresh_volumes(
    item: ReadItem, block: Sequence[Leaf], settings: VolumeSettings, contents_pages: Sequence[int], standing: int
) -> list[list[Leaf]]:
    """Return the new volumes that begin with `block`: one, or as many as an item takes that is too large for one."""
    volumes: list[list[Leaf]] = []
    rest = list(block)
    while rest:
        number = standing + len(volumes)
        start = _contents(contents_pages[number] if number < len(contents_pages) else 1)
        leaves = _joined(start, rest, settings)
        most = max(settings.sheets * (2 if settings.duplex else 1), len(start) + 4)
        volumes.append(leaves[:most])
        beyond = [leaf for leaf in leaves[most:] if leaf.content is not Content.BLANK]
        rest = [Leaf(Content.DIVIDER, item=item.item), *beyond] if beyond else []
    return volumes


def _contents(pages: int) -> list[Leaf]:
    return [Leaf(Content.CONTENTS, page=page) for page in range(pages)]


def _block(read: ReadItem, settings: VolumeSettings) -> list[Leaf]:
    """The pages of one item as they follow each other: its divider, then its files."""
    block = [Leaf(Content.DIVIDER, item=read.item)]
    for source in read.sources:
        if not source.pages:
            block.append(Leaf(Content.REPLACEMENT, A4, read.item, source))
        block += [
            Leaf(Content.FILE, paper_for(page, keep_a3=settings.keep_a3), read.item, source, number)
            for number, page in enumerate(source.pages)
        ]
    return block


def _joined(leaves: Sequence[Leaf], more: Sequence[Leaf], settings: VolumeSettings) -> list[Leaf]:
    """Return `leaves` and `more`, with the blank backs between them that duplex printing needs."""
    joined = list(leaves)
    for leaf in more:
        if settings.duplex and len(joined) % 2 and _begins_sheet(joined[-1], leaf):
            joined.append(replace(joined[-1], content=Content.BLANK, item=None, source=None))
        joined.append(leaf)
    return joined


def _begins_sheet(before: Leaf, leaf: Leaf) -> bool:
    """Whether `leaf` may not stand on the back of `before`."""
    return leaf.content is Content.DIVIDER or before.paper.name != leaf.paper.name


def _numbered(filled: Sequence[Sequence[Leaf]], settings: VolumeSettings) -> tuple[Volume, ...]:
    volumes: list[Volume] = []
    number = settings.first_number
    for index, leaves in enumerate(filled):
        padded = list(leaves)
        if settings.duplex and len(padded) % 2:
            padded.append(replace(padded[-1], content=Content.BLANK, item=None, source=None))
        parts = tuple(_parts(padded, index + 1, number, volumes[-1].parts if volumes else ()))
        volumes.append(Volume(index + 1, number, tuple(padded), parts))
        number += len(padded)
    return tuple(volumes)


def _parts(leaves: Sequence[Leaf], volume: int, first_number: int, before: Sequence[VolumePart]) -> list[VolumePart]:
    """Return the parts of one volume; `before` are those of the volume before, to tell what goes on."""
    starts = [index for index, leaf in enumerate(leaves) if leaf.content is Content.DIVIDER]
    parts: list[VolumePart] = []
    for start, end in zip(starts, [*starts[1:], len(leaves)], strict=True):
        item = leaves[start].item
        if item is None:
            continue
        last = max(index for index in range(start, end) if leaves[index].content is not Content.BLANK)
        continued = not parts and bool(before) and before[-1].item == item
        files = _files(leaves[start:end], volume, first_number + start)
        parts.append(VolumePart(item, first_number + start, first_number + last, files, continued))
    return parts


def _files(leaves: Sequence[Leaf], volume: int, first_number: int) -> tuple[FilePlace, ...]:
    """Return where the files of one part stand, in their order; one given twice has two places."""
    places: list[FilePlace] = []
    before: Leaf | None = None
    for number, leaf in enumerate(leaves, start=first_number):
        if leaf.source is None:
            continue
        if before is not None and leaf.source is before.source and leaf.page > before.page:
            places[-1] = replace(places[-1], last=number)
        else:
            places.append(FilePlace(leaf.source.file, volume, number, number))
        before = leaf
    return tuple(places)
