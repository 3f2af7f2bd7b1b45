"""Which item of evidence of today is which of a frozen version: it keeps its number, wherever it stands in cluster.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Protocol

from generator.package.evidence.remembered import KeptEvidence, KeptItem


class Named(Protocol):
    """What an item of today is known by."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def files(self) -> tuple[str, ...]:
        """Its files as written in cluster.yaml."""


def numbers_of(items: Sequence[Named], kept: KeptEvidence | None, hashes: Mapping[str, str]) -> tuple[int, ...]:
    """Return the number that each of `items` bears; `hashes` are the SHA-256 of their files.

    An item is the one of its name (the first of a name the first); of those left, one renamed is known by what its files hold,
    else by what they are called. New ones go on behind the highest number ever given, in their order.
    """
    standing = list(kept.standing) if kept else []
    found: dict[int, int] = {}
    for now, then in (
        (_named(items), _named(standing)),
        ([_held(hashes.get(file, "") for file in item.files) for item in items], [_then(item, 1) for item in standing]),
        ([_held(item.files) for item in items], [_then(item, 0) for item in standing]),
    ):
        _match(now, then, found)
    numbers = {at: standing[other].number for at, other in found.items()}
    last = max((item.number for item in kept.items), default=0) if kept else 0
    for at in range(len(items)):
        if at not in numbers:
            last += 1
            numbers[at] = last
    return tuple(numbers[at] for at in range(len(items)))


def _match(now: Sequence[Hashable], then: Sequence[Hashable], found: dict[int, int]) -> None:
    """Add to `found` the items that are the same by what they are known by, those without anything left out."""
    free = {key: at for at, key in reversed(list(enumerate(then))) if key and at not in found.values()}
    for at, key in enumerate(now):
        if at not in found and key in free:
            found[at] = free.pop(key)


def _named(items: Iterable[Named | KeptItem]) -> list[Hashable]:
    seen: Counter[str] = Counter()
    keys: list[Hashable] = []
    for item in items:
        keys.append((item.name, seen[item.name]))
        seen[item.name] += 1
    return keys


def _held(told: Iterable[str]) -> Hashable:
    """What files are known by, in a settled order; nothing where one of them is not known, or there is none."""
    known = tuple(sorted(told))
    return known if known and all(known) else ()


def _then(item: KeptItem, which: int) -> Hashable:
    return _held(file[which] for file in item.files)
