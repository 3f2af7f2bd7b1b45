"""What a version remembers of its evidence: every page number that was ever printed, what stood there, in which volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.frozen import dataclass

BLANK = ""
"""The content of a page that nothing but its number is printed on."""


@dataclass(frozen=True)
class KeptPage:
    """A page: the number printed on it, and a digest of what stands there (`BLANK` for nothing)."""

    label: str
    content: str = BLANK


@dataclass(frozen=True)
class KeptPart:
    """The pages of an item in one volume, from its divider to the back of its last sheet."""

    volume: int
    pages: tuple[KeptPage, ...]


@dataclass(frozen=True)
class KeptItem:
    """An item of evidence under its number: its name, its files with their SHA-256, its pages.

    `gone` are page numbers that it bore once and that are no more; one that was withdrawn has no others. `volume` is where the
    contents name it.
    """

    number: int
    name: str
    files: tuple[tuple[str, str], ...]
    volume: int
    parts: tuple[KeptPart, ...]
    gone: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True)
class KeptEvidence:
    """The evidence of a version: the page numbers of the contents of each volume, and all items that it ever held, by number.

    `made_of` tells what it was made of besides what came before, `basis` what came before; see `basis_of`.
    """

    contents: tuple[tuple[str, ...], ...]
    items: tuple[KeptItem, ...]
    made_of: str = ""
    basis: str = ""

    @property
    def labels(self) -> Iterator[str]:
        """All page numbers that were ever printed."""
        for contents in self.contents:
            yield from contents
        for item in self.items:
            yield from item.gone
            yield from (page.label for part in item.parts for page in part.pages)

    @property
    def standing(self) -> tuple[KeptItem, ...]:
        """The items that were not withdrawn."""
        return tuple(item for item in self.items if not item.withdrawn)


def as_tree(kept: KeptEvidence) -> dict[str, Any]:
    """Return `kept` as JSON's own kinds of value."""
    return {
        "made_of": kept.made_of,
        "basis": kept.basis,
        "contents": [list(labels) for labels in kept.contents],
        "items": [
            {
                "number": item.number,
                "name": item.name,
                "files": [list(file) for file in item.files],
                "volume": item.volume,
                "parts": [
                    {"volume": part.volume, "pages": [[page.label, page.content] for page in part.pages]}
                    for part in item.parts
                ],
                "gone": list(item.gone),
                "withdrawn": item.withdrawn,
            }
            for item in kept.items
        ],
    }


def from_tree(tree: Mapping[str, Any]) -> KeptEvidence:
    """Return what `as_tree` gave. Raises KeyError, TypeError or ValueError when `tree` is something else."""
    return KeptEvidence(
        tuple(tuple(map(str, labels)) for labels in tree["contents"]),
        tuple(_item(item) for item in tree["items"]),
        str(tree["made_of"]),
        str(tree["basis"]),
    )


def _item(tree: Mapping[str, Any]) -> KeptItem:
    return KeptItem(
        int(tree["number"]),
        str(tree["name"]),
        tuple((str(file), str(digest)) for file, digest in tree["files"]),
        int(tree["volume"]),
        tuple(
            KeptPart(int(part["volume"]), tuple(KeptPage(str(label), str(content)) for label, content in part["pages"]))
            for part in tree["parts"]
        ),
        tuple(map(str, tree["gone"])),
        bool(tree["withdrawn"]),
    )
