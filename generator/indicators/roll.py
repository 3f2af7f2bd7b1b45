"""The registers of a cluster seen year by year: who belonged to it, who was small, who held a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import compress
from operator import and_
from typing import NamedTuple

from generator.cluster.catalogue import Title
from generator.cluster.characters import alike
from generator.cluster.columns import Columns
from generator.cluster.enterprises import (
    ENTERPRISES,
    Enterprise,
    Enterprises,
    last_years_of,
    named,
    years_of,
)
from generator.cluster.model import Entry
from generator.cluster.table import total

OBTAINED, EXPIRED, OWNER = "取得时间", "失效时间", "企业名称"


Wanted = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns of a register, and the texts that count in each."""


class Group(Enum):
    """The enterprises that a figure is about."""

    ALL = "集群企业"
    SMALL = "集群中小企业"
    LEADING = "主导产业相关企业"
    LEADING_SMALL = "主导产业相关中小企业"


class Roll:
    """The registers, with the groups of enterprises of each year, and their columns, made once."""

    def __init__(self, registers: Mapping[str, Sequence[Entry]]) -> None:
        self._registers = registers
        entries = registers.get(ENTERPRISES, ())
        self._columns = Columns(entries)
        self.enterprises = Enterprises(entries, self._columns)
        self._by_name = {name: at for at, name in enumerate(self._columns.texts("名称"))}
        self._sizes: dict[tuple[Group, int], int] = {}
        self._chosen: dict[tuple[Group, int], list[bool]] = {}
        self._begun: dict[str, list[tuple[int, int]]] = {}
        self._held: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        self._items: dict[str, tuple[Item, ...]] = {}
        self._wanted: dict[tuple[str, Wanted], tuple[Item, ...]] = {}

    def size(self, who: Group, year: int) -> int:
        """Return how many enterprises a group has at the end of `year`."""
        found = self._sizes.get((who, year))
        if found is None:
            found = self._sizes[who, year] = self._members(who, year).count(True)
        return found

    def group(self, who: Group, year: int) -> tuple[Enterprise, ...]:
        """Return the enterprises of a group at the end of `year`, in the order of the register."""
        members = self._members(who, year)
        return tuple(self.enterprises[at] for at in compress(range(len(members)), members))

    def _members(self, who: Group, year: int) -> list[bool]:
        """Whether each enterprise of the register is of a group."""
        found = self._chosen.get((who, year))
        if found is None:
            found = self._chosen[who, year] = self._choose(who, year)
        return found

    def _choose(self, who: Group, year: int) -> list[bool]:
        if who is Group.ALL:
            return self.enterprises.belonging(year)
        if who is Group.SMALL:
            return list(map(and_, self._members(Group.ALL, year), self.enterprises.being_small(year)))
        within = Group.ALL if who is Group.LEADING else Group.SMALL
        return list(map(and_, self._members(within, year), self.enterprises.leading))

    def total(self, who: Group, column: str, year: int) -> tuple[int, Decimal]:
        """Return how many enterprises of a group give a number in `column` for `year`, and the sum of those."""
        numbers = self._columns.numbers.get((column, year))
        return (0, Decimal(0)) if numbers is None else total(numbers, self._members(who, year))

    def uses(self, column: str) -> bool:
        """Whether any enterprise says anything in `column`: where none does, nobody was asked."""
        return any(self._columns.texts(column))

    def holders(self, who: Group, titles: Iterable[Title], year: int) -> int:
        """Return how many of a group hold one of `titles` at the end of `year`."""
        return len(self._holders(who, titles, year))

    def holding(self, who: Group, titles: Iterable[Title], year: int) -> Iterator[Enterprise]:
        """Yield those of a group that hold one of `titles` at the end of `year`."""
        return (self.enterprises[at] for at in sorted(self._holders(who, titles, year)))

    def _holders(self, who: Group, titles: Iterable[Title], year: int) -> set[int]:
        members = self._members(who, year)
        columns = [self._holding(title.since, title.until) for title in titles]
        return {at for column in columns for since, last, at in column if since <= year <= last and members[at]}

    def _holding(self, since: str, until: str) -> list[tuple[int, int, int]]:
        """Who ever held the title of two columns: its first year, the last at whose end it holds, and whose it is."""
        found = self._held.get((since, until))
        if found is None:
            last = last_years_of(self._columns.texts(until))
            found = self._held[since, until] = [(year, last[at], at) for year, at in self._beginning(since)]
        return found

    def _beginning(self, column: str) -> list[tuple[int, int]]:
        """The years in `column`, and whose they are."""
        found = self._begun.get(column)
        if found is None:
            years = years_of(self._columns.texts(column))
            found = self._begun[column] = [(year, at) for at, year in enumerate(years) if year]
        return found

    def began(self, who: Group, column: str, year: int) -> int:
        """Return for how many of a group the year in `column` has come by the end of `year`."""
        return len(self._beginners(who, column, year))

    def beginning(self, who: Group, column: str, year: int) -> Iterator[Enterprise]:
        """Yield those of a group for which the year in `column` has come by the end of `year`."""
        return (self.enterprises[at] for at in self._beginners(who, column, year))

    def _beginners(self, who: Group, column: str, year: int) -> list[int]:
        members = self._members(who, year)
        return [at for since, at in self._beginning(column) if since <= year and members[at]]

    def chosen(self, register: str, wanted: Wanted) -> tuple[Item, ...] | None:
        """Return the items of a register that have one of the texts `wanted` in each column; None where nothing is said of it."""
        items = self.items(register)
        if items is None:
            return None
        if (register, wanted) not in self._wanted:
            columns = Columns(self._registers[register])
            known = [list(map(frozenset(texts).__contains__, columns.texts(column))) for column, texts in wanted]
            self._wanted[register, wanted] = tuple(compress(items, map(all, zip(*known, strict=True))))
        return self._wanted[register, wanted]

    def items(self, register: str) -> tuple[Item, ...] | None:
        """Return the standards or patents of a register; None where nothing is said of it."""
        entries = self._registers.get(register)
        if entries is None:
            return None
        if register not in self._items:
            columns = Columns(entries)
            obtained, last = years_of(columns.texts(OBTAINED)), last_years_of(columns.texts(EXPIRED))
            owners = columns.texts(OWNER)
            spans = {owner: self._spans(owner) for owner in set(owners)}
            self._items[register] = tuple(
                map(Item, range(len(entries)), obtained, last, map(spans.__getitem__, owners))
            )
        return self._items[register]

    def entry(self, register: str, item: Item) -> Entry:
        """Return the entry of a register that `item`, one of its items, was made of."""
        return self._registers[register][item.at]

    def _spans(self, owners: str) -> tuple[tuple[int, int], ...]:
        """As long as an owner is a small member of the cluster; none where the register does not tell whose it is."""
        found = [self._owner(name) for name in named(owners)] if self._by_name else []
        known = [self.enterprises[at] for at in found if at is not None]
        if len(known) < len(found):
            return ()
        return tuple((owner.joined, min(owner.left, owner.grew) if owner.small else 0) for owner in known)

    def _owner(self, name: str) -> int | None:
        at = self._by_name.get(name)
        return self._alike.get(alike(name)) if at is None else at

    @cached_property
    def _alike(self) -> Mapping[str, int]:
        return {alike(name): at for name, at in self._by_name.items()}


class Item(NamedTuple):
    """A standard or patent: the place of its entry in the register, the year in which it was obtained (0: not told), the last
    at whose end it holds, and the years from and before which it belongs to small members of the cluster; none where the
    register does not tell whose it is.
    """

    at: int
    obtained: int
    last: int
    spans: tuple[tuple[int, int], ...] = ()

    def counts(self, year: int) -> bool:
        """Whether it belongs to a small or medium enterprise of the cluster in `year`, or the register doesn't tell."""
        for begun, ended in self.spans:
            if begun <= year < ended:
                return True
        return not self.spans
