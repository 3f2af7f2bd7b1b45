"""The registers of a cluster seen year by year: who belonged to it, who was small, who held a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum

from generator.cluster.catalogue import Title
from generator.cluster.characters import alike
from generator.cluster.enterprises import ENTERPRISES, Enterprise, lasts, year_of
from generator.cluster.model import Entry
from generator.cluster.registers.consistency import named

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
        key = (column, year)
        found = (each.entry.numbers.get(key) for each in self.group(who, year))
        return tuple(number for number in found if number is not None)

    def uses(self, column: str) -> bool:
        """Whether any enterprise says anything in `column`: where none does, nobody was asked."""
        return column in self._used

    def holders(self, who: Group, titles: Iterable[Title], year: int) -> int:
        """Return how many of a group hold one of `titles` at the end of `year`."""
        columns = [(title.since, title.until) for title in titles]
        return sum(
            any(each.holds(since, until, year) for since, until in columns if since in each.entry.columns)
            for each in self.group(who, year)
        )

    def began(self, who: Group, column: str, year: int) -> int:
        """Return for how many of a group the year in `column` has come by the end of `year`."""
        return sum(each.began(column, year) for each in self.group(who, year))

    def items(self, register: str) -> tuple[Entry, ...] | None:
        """Return the entries of a register; None where nothing is said of it."""
        return self._registers.get(register)

    def owned_by_small(self, entry: Entry, year: int) -> bool:
        """Whether a standard or patent belongs to a small or medium enterprise of the cluster in `year`.

        So it does where it names none, or one that the register of enterprises doesn't know.
        """
        names = named(entry.text(OWNER))
        if not names or not self._by_name:
            return True
        owners = [self._by_name.get(alike(name)) for name in names]
        return any(owner is None or (owner.belongs(year) and owner.is_small(year)) for owner in owners)


def held(entry: Entry, year: int) -> bool:
    """Whether a standard or patent obtained by the end of `year` still holds then."""
    return 0 < year_of(entry.text(OBTAINED)) <= year and lasts(entry.text(EXPIRED), year)


def obtained_in(entry: Entry, year: int) -> bool:
    """Whether it was obtained in `year`."""
    return year_of(entry.text(OBTAINED)) == year
