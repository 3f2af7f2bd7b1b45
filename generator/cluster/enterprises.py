"""What the register 企业 says of one enterprise in a year: whether it belongs to the cluster, is small, holds a title."""

from __future__ import annotations

import re
from functools import cached_property

from generator.cluster.model import Entry
from generator.frozen import dataclass

ENTERPRISES, STANDARDS, PATENTS = "企业", "标准", "专利"
JOINED, LEFT, GREW = "加入年份", "退出年份", "成为大型企业年份"
SMALL, LEADING = "是否中小企业", "是否主导产业相关"
YES = "是"
_EVER = 9999


@dataclass(frozen=True)
class Enterprise:
    """One enterprise of the register; all answers are as at the end of a calendar year."""

    entry: Entry

    @property
    def name(self) -> str:
        """Its full name."""
        return self.entry.text("名称")

    @cached_property
    def joined(self) -> int:
        """The year in which it came to the cluster; 0 where it was always there."""
        return year_of(self.entry.text(JOINED))

    @cached_property
    def left(self) -> int:
        """The year in which it left; a year beyond all others where it has not."""
        return year_of(self.entry.text(LEFT)) or _EVER

    @cached_property
    def _grew(self) -> int:
        return year_of(self.entry.text(GREW)) or _EVER

    @cached_property
    def leading(self) -> bool:
        """Whether it belongs to the leading industry."""
        return self.entry.text(LEADING) == YES

    @cached_property
    def _small(self) -> bool:
        return self.entry.text(SMALL) == YES

    def belongs(self, year: int) -> bool:
        """Whether it is in the cluster at the end of `year`."""
        return self.joined <= year < self.left

    def is_small(self, year: int) -> bool:
        """Whether it is a small or medium enterprise in `year`."""
        return self._small and year < self._grew

    def began(self, column: str, year: int) -> bool:
        """Whether the year in `column` (of a first use, of a title) has come by the end of `year`."""
        text = self.entry.text(column)
        return bool(text) and 0 < year_of(text) <= year

    def holds(self, since: str, until: str, year: int) -> bool:
        """Whether it holds the title of the columns `since` and `until` at the end of `year`."""
        return self.began(since, year) and lasts(self.entry.text(until), year)


def year_of(text: str) -> int:
    """Return the year that a date as text begins with; 0 where there is none."""
    return int(text[:4]) if text[:4].isdecimal() else 0


def named(text: str) -> tuple[str, ...]:
    """Return the names that a cell lists, parted by 、；or a line break."""
    return tuple(part.strip() for part in re.split("[、；;\n]", text) if part.strip())


def lasts(until: str, year: int) -> bool:
    """Whether what ends with the day, month or year `until` still holds on the last day of `year`; it does where none is given."""
    return not year_of(until) or until >= f"{year}-12-31"[: len(until)]
