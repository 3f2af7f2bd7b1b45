"""The numbers of lists and statements: counted on at first; once a version was frozen, each keeps its own, whatever comes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.frozen import dataclass, replace


@dataclass(frozen=True)
class Named:
    """What a list or statement is known again by: its title, and what it is of (the figures that a list proves); whether it is made now."""

    title: str
    of: tuple[str, ...]
    made: bool


@dataclass(frozen=True)
class Kept:
    """A list or statement that has a number: what it is known again by, and whether it was withdrawn since."""

    number: int
    title: str
    of: tuple[str, ...] = ()
    withdrawn: bool = False

    def is_of(self, named: Named) -> bool:
        """Whether `named` is this very one."""
        return self.title == named.title and self.of == named.of


def keep_numbers(papers: Sequence[Named], kept: Sequence[Kept] = ()) -> tuple[Mapping[int, int], tuple[Kept, ...]]:
    """Return the numbers of `papers`, as a form owes them in order, by their places, and all that is kept now, by number.

    `kept` is what the last frozen version remembers. Each keeps its number and its place. One that can't be made any more leaves
    a gap, which it takes again when it comes back; one that came in goes behind all others. Where nothing is remembered, those
    that are made are numbered in order. One that is not made has a number only if it had one.
    """
    known = _matched(papers, kept)
    following = max((one.number for one in kept), default=0) + 1
    numbers: dict[int, int] = {}
    remembered = {one.number: replace(one, withdrawn=True) for one in kept}
    for at, one in enumerate(papers):
        if one.made or at in known:
            numbers[at] = known.get(at, following)
        if one.made:
            following += numbers[at] == following
            remembered[numbers[at]] = Kept(numbers[at], one.title, one.of)
    return numbers, tuple(remembered[number] for number in sorted(remembered))


def _matched(papers: Sequence[Named], kept: Sequence[Kept]) -> dict[int, int]:
    """The numbers of the papers that are remembered, by their places: the very same ones first, then those of the same title."""
    known: dict[int, int] = {}
    left = list(kept)
    for exactly in (True, False):
        for at, named in enumerate(papers):
            same = (one for one in left if one.is_of(named) or (not exactly and one.title == named.title))
            if at not in known and (found := next(same, None)) is not None:
                known[at] = found.number
                left.remove(found)
    return known


def as_tree(kept: Iterable[Kept]) -> list[dict[str, Any]]:
    """Return `kept` as JSON's own kinds of value."""
    return [{"number": one.number, "title": one.title, "of": list(one.of), "withdrawn": one.withdrawn} for one in kept]


def from_tree(tree: Iterable[Mapping[str, Any]]) -> tuple[Kept, ...]:
    """Return what `as_tree` gave, or a version frozen when only lists had numbers (`figures`).

    Raises KeyError, TypeError or ValueError when `tree` is something else.
    """
    return tuple(
        Kept(
            int(one["number"]),
            str(one["title"]),
            tuple(map(str, one["of"] if "of" in one else one["figures"])),
            bool(one["withdrawn"]),
        )
        for one in tree
    )
