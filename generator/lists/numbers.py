"""The numbers of lists: counted on at first; from the first frozen version on a list keeps the one it got, whatever comes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.frozen import dataclass, replace
from generator.lists.definition import ListDefinition
from generator.lists.rows import MadeList, NoList


@dataclass(frozen=True)
class KeptList:
    """A list that has a number: its title, the figures that it proves, and whether it was withdrawn since."""

    number: int
    title: str
    figures: tuple[str, ...] = ()
    withdrawn: bool = False

    def is_of(self, definition: ListDefinition) -> bool:
        """Whether `definition` is that of this very list."""
        return self.title == definition.title and self.figures == definition.figures


@dataclass(frozen=True)
class NumberedLists:
    """Lists with their numbers: those that are `made`, those `withdrawn` that could not be made today, all that is `kept` of both.

    All are in the order of their numbers. What is withdrawn and not even owed any more stands in `kept` only.
    """

    made: tuple[tuple[int, MadeList], ...] = ()
    withdrawn: tuple[tuple[int, NoList], ...] = ()
    kept: tuple[KeptList, ...] = ()


def number_lists(lists: Sequence[MadeList | NoList], kept: Sequence[KeptList] = ()) -> NumberedLists:
    """Return `lists`, as a form owes them in order, with their numbers after the version that remembers `kept`.

    A list keeps its number and its place. One that can't be made any more leaves a gap, which it takes again when it comes back; one
    that came in goes behind all others. Where nothing is remembered, those that are made are numbered in order.
    """
    known = _matched([one.owed.definition for one in lists], kept)
    following = max((one.number for one in kept), default=0) + 1
    made: dict[int, MadeList] = {}
    withdrawn: dict[int, NoList] = {}
    remembered = {one.number: replace(one, withdrawn=True) for one in kept}
    for at, one in enumerate(lists):
        number = known.get(at, following)
        if isinstance(one, NoList):
            withdrawn |= {number: one} if at in known else {}
            continue
        following += number == following
        made[number] = one
        remembered[number] = KeptList(number, one.title, one.owed.definition.figures)
    return NumberedLists(
        tuple((number, made[number]) for number in sorted(made)),
        tuple((number, withdrawn[number]) for number in sorted(withdrawn)),
        tuple(remembered[number] for number in sorted(remembered)),
    )


def _matched(definitions: Sequence[ListDefinition], kept: Sequence[KeptList]) -> dict[int, int]:
    """The numbers of the lists that are remembered, by their places: the very same ones first, then those of the same title."""
    known: dict[int, int] = {}
    left = list(kept)
    for exactly in (True, False):
        for at, definition in enumerate(definitions):
            same = (one for one in left if one.is_of(definition) or (not exactly and one.title == definition.title))
            if at not in known and (found := next(same, None)) is not None:
                known[at] = found.number
                left.remove(found)
    return known


def as_tree(kept: Iterable[KeptList]) -> list[dict[str, Any]]:
    """Return `kept` as JSON's own kinds of value."""
    return [
        {"number": one.number, "title": one.title, "figures": list(one.figures), "withdrawn": one.withdrawn}
        for one in kept
    ]


def from_tree(tree: Iterable[Mapping[str, Any]]) -> tuple[KeptList, ...]:
    """Return what `as_tree` gave. Raises KeyError, TypeError or ValueError when `tree` is something else."""
    return tuple(
        KeptList(int(one["number"]), str(one["title"]), tuple(map(str, one["figures"])), bool(one["withdrawn"]))
        for one in tree
    )
