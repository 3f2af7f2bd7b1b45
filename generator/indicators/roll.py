"""The registers of a cluster seen year by year: who belonged to it, who was small, who held a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property

from generator.cluster.catalogue import Title
from generator.cluster.characters import alike
from generator.cluster.columns import Columns
from generator.cluster.enterprises import ENTERPRISES, Enterprise, Enterprises, last_year, named, year_of
from generator.cluster.model import Entry
from generator.cluster.recurring import Recurring, Rows, marks, places, recurring
from generator.cluster.table import total

OBTAINED, EXPIRED, OWNER = "取得时间", "失效时间", "企业名称"


Wanted = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns of a register, and the texts that count in each."""

Tenure = tuple[tuple[int, int], ...]
"""The years from and before which something belongs to small members of the cluster; none where no register tells whose it is."""


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
        self._texts: dict[str, Recurring[str]] = {}
        self._years: dict[tuple[str, Callable[[str], int]], Recurring[int]] = {}
        self._groups: dict[tuple[Group, int], tuple[Rows, int, bytes]] = {}
        self._held: dict[tuple[str, str, int], Rows] = {}
        self._items: dict[str, Items] = {}

    def size(self, who: Group, year: int) -> int:
        """Return how many enterprises a group has at the end of `year`."""
        return self._group(who, year)[1]

    def group(self, who: Group, year: int) -> Iterator[Enterprise]:
        """Yield the enterprises of a group at the end of `year`, in the order of the register."""
        return self._enterprises(self._members(who, year))

    def _enterprises(self, rows: Rows) -> Iterator[Enterprise]:
        return map(self.enterprises.__getitem__, places(rows, len(self.enterprises)))

    def _members(self, who: Group, year: int) -> Rows:
        return self._group(who, year)[0]

    def _group(self, who: Group, year: int) -> tuple[Rows, int, bytes]:
        """Who is of a group, how many they are, and the mark of each enterprise for `total`."""
        found = self._groups.get((who, year))
        if found is None:
            rows = self._choose(who, year)
            found = self._groups[who, year] = rows, rows.bit_count(), marks(rows, len(self.enterprises))
        return found

    def _choose(self, who: Group, year: int) -> Rows:
        if who is Group.ALL:
            return self.enterprises.belonging(year)
        if who is Group.SMALL:
            return self._members(Group.ALL, year) & self.enterprises.being_small(year)
        return self._members(Group.ALL if who is Group.LEADING else Group.SMALL, year) & self.enterprises.leading

    def total(self, who: Group, column: str, year: int) -> tuple[int, Decimal]:
        """Return how many enterprises of a group give a number in `column` for `year`, and the sum of those."""
        numbers = self._columns.numbers.get((column, year))
        return (0, Decimal(0)) if numbers is None else total(numbers, self._group(who, year)[2])

    def uses(self, column: str) -> bool:
        """Whether any enterprise says anything in `column`: where none does, nobody was asked."""
        return any(self._recurring(column).things)

    def _recurring(self, column: str) -> Recurring[str]:
        found = self._texts.get(column)
        if found is None:
            found = self._texts[column] = self._columns.recurring(column)
        return found

    def _dated(self, column: str, year: Callable[[str], int]) -> Recurring[int]:
        """The `year` of each date in a column."""
        found = self._years.get((column, year))
        if found is None:
            found = self._years[column, year] = self._recurring(column).each(year)
        return found

    def holders(self, who: Group, titles: Iterable[Title], year: int) -> int:
        """Return how many of a group hold one of `titles` at the end of `year`."""
        return self._holders(who, titles, year).bit_count()

    def holding(self, who: Group, titles: Iterable[Title], year: int) -> Iterator[Enterprise]:
        """Yield those of a group that hold one of `titles` at the end of `year`."""
        return self._enterprises(self._holders(who, titles, year))

    def _holders(self, who: Group, titles: Iterable[Title], year: int) -> Rows:
        holders = 0
        for title in titles:
            holders |= self._holding(title.since, title.until, year)
        return holders & self._members(who, year)

    def _holding(self, since: str, until: str, year: int) -> Rows:
        """Who holds the title of two columns at the end of `year`."""
        found = self._held.get((since, until, year))
        if found is None:
            lasts = self._dated(until, last_year).rows(lambda last: year <= last)
            found = self._held[since, until, year] = self._begun(since, year) & lasts
        return found

    def _begun(self, column: str, year: int) -> Rows:
        """For whom the year in `column` has come by the end of `year`."""
        return self._dated(column, year_of).rows(lambda begun: 0 < begun <= year)

    def began(self, who: Group, column: str, year: int) -> int:
        """Return for how many of a group the year in `column` has come by the end of `year`."""
        return (self._begun(column, year) & self._members(who, year)).bit_count()

    def beginning(self, who: Group, column: str, year: int) -> Iterator[Enterprise]:
        """Yield those of a group for which the year in `column` has come by the end of `year`."""
        return self._enterprises(self._begun(column, year) & self._members(who, year))

    def items(self, register: str) -> Items | None:
        """Return the standards or patents of a register; None where nothing is said of it."""
        entries = self._registers.get(register)
        if entries is None:
            return None
        if register not in self._items:
            self._items[register] = Items(entries, self._tenure)
        return self._items[register]

    def _tenure(self, owners: str) -> Tenure:
        """As long as an owner is a small member of the cluster; none where the register does not tell whose it is."""
        found = [self._owner(name) for name in named(owners)] if self._by_name else []
        known = [at for at in found if at is not None]
        if len(known) < len(found):
            return ()
        return tuple(map(self.enterprises.small_from_to, known))

    def _owner(self, name: str) -> int | None:
        at = self._by_name.get(name)
        return self._alike.get(alike(name)) if at is None else at

    @cached_property
    def _by_name(self) -> Mapping[str, int]:
        names = self._columns.texts("名称")
        return dict(zip(names, range(len(names)), strict=True))

    @cached_property
    def _alike(self) -> Mapping[str, int]:
        return {alike(name): at for name, at in self._by_name.items()}


class Items:
    """The standards or patents of a register, seen year by year; `tenure` is that of the owners that an entry names."""

    def __init__(self, entries: Sequence[Entry], tenure: Callable[[str], Tenure]) -> None:
        self._entries = entries
        self._columns = columns = Columns(entries)
        self._obtained = columns.recurring(OBTAINED).each(year_of)
        self._last = columns.recurring(EXPIRED).each(last_year)
        self._owners = recurring(list(columns.recurring(OWNER).each(tenure)))
        self._wanted: dict[tuple[str, tuple[str, ...]], Rows] = {}
        self._counting: dict[tuple[int, bool], Rows] = {}

    def chosen(self, wanted: Wanted, year: int, *, of_the_year: bool = False) -> Rows:
        """Return the items that count: obtained in the year, or held at its end, by small and medium enterprises of the cluster,
        and having one of the texts `wanted` in each column.
        """
        rows = self._counting.get((year, of_the_year))
        if rows is None:
            rows = self._counting[year, of_the_year] = self._count(year, of_the_year=of_the_year)
        for column, texts in wanted:
            rows &= self._with(column, texts)
        return rows

    def entries(self, rows: Rows) -> Iterator[Entry]:
        """Yield the entries of the register that are among `rows`."""
        return map(self._entries.__getitem__, places(rows, len(self._entries)))

    def _count(self, year: int, *, of_the_year: bool) -> Rows:
        if of_the_year:
            rows = self._obtained.rows(lambda obtained: obtained == year)
        else:
            rows = self._obtained.rows(lambda obtained: 0 < obtained <= year) & self._last.rows(
                lambda last: year <= last
            )
        return rows & self._owners.rows(lambda tenure: not tenure or any(begun <= year < end for begun, end in tenure))

    def _with(self, column: str, texts: tuple[str, ...]) -> Rows:
        rows = self._wanted.get((column, texts))
        if rows is None:
            rows = self._wanted[column, texts] = self._columns.recurring(column).rows(texts.__contains__)
        return rows
