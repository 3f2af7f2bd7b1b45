"""The registers of a cluster seen year by year: who belonged to it, who was small, who held a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from generator.cluster.catalogue import Title
from generator.cluster.characters import alike
from generator.cluster.enterprises import ENTERPRISES, Enterprise, lasts, named, year_of
from generator.cluster.model import Entry

OBTAINED, EXPIRED, OWNER = "取得时间", "失效时间", "企业名称"


class Group(Enum):
    """The enterprises that a figure is about."""

    ALL = "集群企业"
    SMALL = "集群中小企业"
    LEADING = "主导产业相关企业"
    LEADING_SMALL = "主导产业相关中小企业"


class Roll:
    """The registers, with the groups of enterprises of each year made once."""

    def __init__(self, registers: Mapping[str, tuple[Entry, ...]]) -> None:
        self._registers = registers
        self.enterprises = tuple(Enterprise(entry) for entry in registers.get(ENTERPRISES, ()))
        self._by_name = {alike(enterprise.name): enterprise for enterprise in self.enterprises}
        self._groups: dict[tuple[Group, int], tuple[Enterprise, ...]] = {}
        self._numbers: dict[tuple[Group, int], tuple[Mapping[tuple[str, int], Decimal], ...]] = {}
        self._items: dict[str, tuple[Item, ...]] = {}
        self._used = {column for enterprise in self.enterprises for column in enterprise.entry.columns}

    def group(self, who: Group, year: int) -> tuple[Enterprise, ...]:
        """Return the enterprises of a group at the end of `year`."""
        found = self._groups.get((who, year))
        if found is None:
            found = tuple(self._choose(who, year))
            self._groups[who, year] = found
        return found

    def _choose(self, who: Group, year: int) -> Iterable[Enterprise]:
        if who is Group.ALL:
            return (each for each in self.enterprises if each.belongs(year))
        if who is Group.SMALL:
            return (each for each in self.group(Group.ALL, year) if each.is_small(year))
        within = Group.ALL if who is Group.LEADING else Group.SMALL
        return (each for each in self.group(within, year) if each.leading)

    def numbers(self, who: Group, column: str, year: int) -> tuple[Decimal, ...]:
        """Return the numbers that the enterprises of a group give in `column` for `year`."""
        rows = self._numbers.get((who, year))
        if rows is None:
            rows = tuple(each.entry.numbers for each in self.group(who, year))
            self._numbers[who, year] = rows
        key = (column, year)
        return tuple([row[key] for row in rows if key in row])

    def uses(self, column: str) -> bool:
        """Whether any enterprise says anything in `column`: where none does, nobody was asked."""
        return column in self._used

    def holders(self, who: Group, titles: Iterable[Title], year: int) -> int:
        """Return how many of a group hold one of `titles` at the end of `year`."""
        return sum(1 for _ in self.holding(who, titles, year))

    def holding(self, who: Group, titles: Iterable[Title], year: int) -> Iterator[Enterprise]:
        """Yield those of a group that hold one of `titles` at the end of `year`."""
        columns = [(title.since, title.until) for title in titles]
        for each in self.group(who, year):
            if any(each.holds(since, until, year) for since, until in columns if since in each.entry.columns):
                yield each

    def began(self, who: Group, column: str, year: int) -> int:
        """Return for how many of a group the year in `column` has come by the end of `year`."""
        return sum(each.began(column, year) for each in self.group(who, year))

    def items(self, register: str) -> tuple[Item, ...] | None:
        """Return the standards or patents of a register; None where nothing is said of it."""
        entries = self._registers.get(register)
        if entries is None:
            return None
        if register not in self._items:
            self._items[register] = tuple(self._item(entry) for entry in entries)
        return self._items[register]

    def _item(self, entry: Entry) -> Item:
        owners = [self._by_name.get(alike(name)) for name in named(entry.text(OWNER))] if self._by_name else []
        known = tuple(owner for owner in owners if owner is not None)
        return Item(entry, year_of(entry.text(OBTAINED)), known if len(known) == len(owners) else ())


@dataclass(frozen=True)
class Item:
    """A standard or patent, and the enterprises of the register that it names; none where it names others or nobody."""

    entry: Entry
    obtained: int
    owners: tuple[Enterprise, ...]

    def held(self, year: int) -> bool:
        """Whether it was obtained by the end of `year` and still holds then."""
        return 0 < self.obtained <= year and lasts(self.entry.text(EXPIRED), year)

    def counts(self, year: int) -> bool:
        """Whether it belongs to a small or medium enterprise of the cluster in `year`, or the register doesn't tell."""
        return not self.owners or any(owner.belongs(year) and owner.is_small(year) for owner in self.owners)
