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


def moved_together(changes: Sequence[EnclosureChange]) -> tuple[EnclosureChange, ...]:
    """Return `changes` with clusters that follow each other, then and now, and only moved told as one; these last."""
    runs: list[list[EnclosureChange]] = []
    for one in sorted((one for one in changes if one.what == MOVED), key=lambda one: int(one.number_new)):
        if runs and _follows(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    others = (one for one in changes if one.what != MOVED)
    return (*others, *(run[0] if len(run) == 1 else _together(run) for run in runs))


def _follows(before: EnclosureChange, one: EnclosureChange) -> bool:
    numbers = ((each.number_old, each.number_new) for each in (before, one))
    (old, new), (then, now) = ((int(number) for number in both) for both in numbers)
    return (old + 1, new + 1) == (then, now)


def _together(run: Sequence[EnclosureChange]) -> EnclosureChange:
    first, last = run[0], run[-1]
    return EnclosureChange(
        f"{first.name}至{last.name}，{len(run)}个",
        MOVED,
        f"{first.number_old}至{last.number_old}",
        f"{first.number_new}至{last.number_new}",
    )
