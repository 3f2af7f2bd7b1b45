"""The order of pages: which item goes into which volume, on which sheet, under which number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import Enum
from itertools import count

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
    """A page of a volume: what it holds, on which paper; of an item's pages the item, of a file's pages the file and page from 0.

    `label` is the number printed on it (37, 37-1), empty as long as none was given.
    """

    content: Content
    paper: Paper = A4
    item: EvidenceItem | None = None
    source: Source | None = None
    page: int = 0
    label: str = ""


@dataclass(frozen=True)
class FilePlace:
    """Where a file of an item stands: the volume, the first and last page number there, and its first page there from 0."""

    file: str
    volume: int
    first: str
    last: str
    at: int = 0


@dataclass(frozen=True)
class VolumePart:
    """An item within one volume, from its divider (page `at` of the volume, from 0) on; `continued` where it began in one before.

    `gone` are numbers of pages that were printed once and are no more.
    """

    item: EvidenceItem
    first: str
    last: str
    at: int = 0
    files: tuple[FilePlace, ...] = ()
    continued: bool = False
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawn:
    """An item that stood in a frozen version and is no more: its number, its name, the page numbers that it bore."""

    number: int
    name: str
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Volume:
    """One volume: its number from 1, its pages, its parts in order, what its contents name besides."""

    number: int
    leaves: tuple[Leaf, ...]
    parts: tuple[VolumePart, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers printed on its pages."""
        return tuple(leaf.label for leaf in self.leaves)


def plan_volumes(
    read: Sequence[ReadItem], settings: VolumeSettings, contents_pages: Sequence[int] = ()
) -> tuple[Volume, ...]:
    """Return the volumes that `read` is bound into; none where there are no items.

    Page numbers run through all volumes. `contents_pages` tells how many pages the contents of each volume take (one, where it
    tells nothing). With duplex, dividers and what follows the contents begin on right-hand pages, every volume begins with an odd
    number where the first does, and a sheet is of one size. An item is parted only where a volume can't hold it alone; a volume too
    small for its contents and two pages behind its first divider is exceeded.
    """
    return numbered_volumes(counted_on(filled_volumes([], read, settings, contents_pages), settings.first_number))


def filled_volumes(
    standing: Sequence[Sequence[Leaf]],
    read: Sequence[ReadItem],
    settings: VolumeSettings,
    contents_pages: Sequence[int],
) -> list[list[Leaf]]:
    """Return the pages of all volumes: those `standing`, and behind them `read`, in the last of them or in new ones."""
    filled = [list(leaves) for leaves in standing]
    for item in read:
        block = block_of(item, settings)
        fitting = _joined(filled[-1], block, settings) if filled else None
        if fitting is not None and settings.sheets_of(len(fitting)) <= settings.sheets:
            filled[-1] = fitting
            continue
        filled += _fresh_volumes(item, block, settings, contents_pages, len(filled))
    return [padded(leaves, settings) for leaves in filled]


def _fresh_volumes(
    item: ReadItem, block: Sequence[Leaf], settings: VolumeSettings, contents_pages: Sequence[int], standing: int
) -> list[list[Leaf]]:
    """Return the new volumes that begin with `block`: one, or as many as an item takes that is too large for one."""
    volumes: list[list[Leaf]] = []
    rest = list(block)
    while rest:
        number = standing + len(volumes)
        start = contents_leaves(contents_pages[number] if number < len(contents_pages) else 1)
        leaves = _joined(start, rest, settings)
        most = max(settings.sheets * (2 if settings.duplex else 1), len(start) + 4)
        volumes.append(leaves[:most])
        beyond = [leaf for leaf in leaves[most:] if leaf.content is not Content.BLANK]
        rest = [Leaf(Content.DIVIDER, item=item.item), *beyond] if beyond else []
    return volumes


def contents_leaves(pages: int) -> list[Leaf]:
    """Return the pages of the contents of a volume."""
    return [Leaf(Content.CONTENTS, page=page) for page in range(pages)]


def block_of(read: ReadItem, settings: VolumeSettings) -> list[Leaf]:
    """Return the pages of one item as they follow each other: its divider, then its files."""
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
        if settings.duplex and len(joined) % 2 and begins_sheet(joined[-1], leaf):
            joined.append(blank_back(joined[-1]))
        joined.append(leaf)
    return joined


def begins_sheet(before: Leaf, leaf: Leaf) -> bool:
    """Whether `leaf` may not stand on the back of `before`."""
    return leaf.content is Content.DIVIDER or before.paper.name != leaf.paper.name


def blank_back(front: Leaf) -> Leaf:
    """Return the back of `front` with nothing on it."""
    return Leaf(Content.BLANK, front.paper)


def padded(leaves: Sequence[Leaf], settings: VolumeSettings) -> list[Leaf]:
    """Return `leaves` with a back to the last of them."""
    odd = settings.duplex and len(leaves) % 2
    return [*leaves, *([blank_back(leaves[-1])] if odd else [])]


def counted_on(filled: Sequence[Sequence[Leaf]], first: int) -> list[list[Leaf]]:
    """Return the pages of volumes, those that have no number yet counted through from `first` on."""
    numbers = count(first)
    return [[leaf if leaf.label else replace(leaf, label=str(next(numbers))) for leaf in leaves] for leaves in filled]


def numbered_volumes(
    filled: Sequence[Sequence[Leaf]],
    gone: Mapping[int, tuple[str, ...]] | None = None,
    withdrawn: Mapping[int, tuple[Withdrawn, ...]] | None = None,
) -> tuple[Volume, ...]:
    """Return the volumes of these pages; `gone` are the lost page numbers of items by number, `withdrawn` items by volume."""
    volumes: list[Volume] = []
    begun: set[EvidenceItem] = set()
    for number, leaves in enumerate(filled, start=1):
        parts = tuple(_parts(leaves, number, begun, gone or {}))
        begun |= {part.item for part in parts}
        volumes.append(Volume(number, tuple(leaves), parts, (withdrawn or {}).get(number, ())))
    return tuple(volumes)


def _parts(
    leaves: Sequence[Leaf], volume: int, begun: Set[EvidenceItem], gone: Mapping[int, tuple[str, ...]]
) -> Iterator[VolumePart]:
    """Yield the parts of one volume; `begun` are the items of those before, to tell what goes on."""
    starts = [index for index, leaf in enumerate(leaves) if leaf.content is Content.DIVIDER]
    for start, end in zip(starts, [*starts, len(leaves)][1:], strict=True):
        item = leaves[start].item
        if item is None:
            continue
        last = max(index for index in range(start, end) if leaves[index].content is not Content.BLANK)
        continued = item in begun
        yield VolumePart(
            item,
            leaves[start].label,
            leaves[last].label,
            start,
            _files(leaves, range(start, end), volume),
            continued,
            () if continued else gone.get(item.number, ()),
        )


def _files(leaves: Sequence[Leaf], part: range, volume: int) -> tuple[FilePlace, ...]:
    """Return where the files of one part stand, in their order; one given twice has two places."""
    places: list[FilePlace] = []
    before: Leaf | None = None
    for at in part:
        leaf = leaves[at]
        if leaf.source is None:
            continue
        if before is not None and leaf.source is before.source and leaf.page > before.page:
            places[-1] = replace(places[-1], last=leaf.label)
        else:
            places.append(FilePlace(leaf.source.file, volume, leaf.label, leaf.label, at))
        before = leaf
    return tuple(places)
