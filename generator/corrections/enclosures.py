"""Papers of others that go up with a copy (a cluster's form with an office's table): carried, not printed here. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.corrections.changes import Fate

MOVED = "换位置"
"""What is said of papers that stay the same and come to lie elsewhere."""


@dataclass(frozen=True)
class Enclosure:
    """The papers of one cluster: its name, its number in the table, the SHA-256 of the papers by what files call them."""

    name: str
    number: str
    papers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EnclosureChange:
    """What becomes of one cluster's papers: 新增, 去掉, 更换 or 换位置; its numbers (empty: not there), the papers that differ."""

    name: str
    what: str
    number_old: str = ""
    number_new: str = ""
    papers: tuple[str, ...] = ()


def enclosure_changes(then: Sequence[Enclosure], now: Sequence[Enclosure]) -> tuple[EnclosureChange, ...]:
    """Return what becomes of the papers of every cluster, those of `now` in their order, those that are gone last.

    Clusters are the same by name. One without papers, then and now, has nothing to be exchanged.
    """
    return tuple(_changes({one.name: one for one in then}, now))


def _changes(then: dict[str, Enclosure], now: Sequence[Enclosure]) -> Iterator[EnclosureChange]:
    for one in now:
        before = then.pop(one.name, None)
        if before is None:
            if one.papers:
                yield EnclosureChange(one.name, Fate.ADDED.value, "", one.number, tuple(one.papers))
            continue
        names = dict.fromkeys((*one.papers, *before.papers))
        differing = tuple(name for name in names if one.papers.get(name) != before.papers.get(name))
        if differing:
            yield EnclosureChange(one.name, Fate.REPLACED.value, before.number, one.number, differing)
        elif before.number != one.number and one.papers:
            yield EnclosureChange(one.name, MOVED, before.number, one.number)
    for gone in then.values():
        if gone.papers:
            yield EnclosureChange(gone.name, Fate.REMOVED.value, gone.number, "", tuple(gone.papers))
