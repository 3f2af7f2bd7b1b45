"""What the register 企业 says of one enterprise in a year: whether it belongs to the cluster, is small, holds a title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from generator.cluster.columns import Columns
from generator.cluster.model import Entry
from generator.cluster.recurring import Rows
from generator.cluster.scalars import parted
from generator.frozen import dataclass

ENTERPRISES, STANDARDS, PATENTS = "企业", "标准", "专利"
JOINED, LEFT, GREW = "加入年份", "退出年份", "成为大型企业年份"
SMALL, LEADING = "是否中小企业", "是否主导产业相关"
YES = "是"
_EVER = 9999
_BETWEEN = "、；;\n"


@dataclass(frozen=True)
class Enterprise:
    """One enterprise of the register; all answers are as at the end of a calendar year.

    It came to the cluster in the year `joined` (0: it was always there) and `left` in another, at whose end it is no longer
    there; from the year `grew` it is large. A year beyond all others stands for never. `small` says whether it is small or
    medium until then, `leading` whether it belongs to the leading industry.
    """

    entry: Entry
    joined: int = 0
    left: int = _EVER
    grew: int = _EVER
    leading: bool = False
    small: bool = False

    @property
    def name(self) -> str:
        """Its full name."""
        return self.entry.text("名称")

    def belongs(self, year: int) -> bool:
        """Whether it is in the cluster at the end of `year`."""
        return self.joined <= year < self.left

    def is_small(self, year: int) -> bool:
        """Whether it is a small or medium enterprise in `year`."""
        return self.small and year < self.grew


class Enterprises(Sequence[Enterprise]):
    """The enterprises of the register 企业, whose `columns` those of its `entries` are: each is made when it is asked for.

    `joined`, `left` and `grew` are their years, `leading` those that are of the leading industry, `small` those that are small
    or medium until they grow.
    """

    def __init__(self, entries: Sequence[Entry], columns: Columns) -> None:
        self._entries = entries
        self.joined = columns.recurring(JOINED).each(year_of)
        self.left, self.grew = (columns.recurring(name).each(_year_or_never) for name in (LEFT, GREW))
        self._leads, self._is_small = (columns.recurring(name).each(_is_yes) for name in (LEADING, SMALL))
        self.leading, self.small = (column.rows(bool) for column in (self._leads, self._is_small))

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, at: int) -> Enterprise: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Enterprise]: ...
    def __getitem__(self, at: int | slice) -> Enterprise | Sequence[Enterprise]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(len(self))[at])
        joined, left, grew = self.joined[at], self.left[at], self.grew[at]
        return Enterprise(self._entries[at], joined, left, grew, self._leads[at], self._is_small[at])

    def belonging(self, year: int) -> Rows:
        """Return those that are in the cluster at the end of `year`."""
        return self.joined.rows(lambda joined: joined <= year) & self.left.rows(lambda left: year < left)

    def small_from_to(self, at: int) -> tuple[int, int]:
        """Return the years from and before which one is in the cluster as a small or medium enterprise."""
        return self.joined[at], min(self.left[at], self.grew[at]) if self._is_small[at] else 0

    def being_small(self, year: int) -> Rows:
        """Return those that are small or medium enterprises in `year`."""
        return self.small & self.grew.rows(lambda grew: year < grew)


def _is_yes(text: str) -> bool:
    return text == YES


def year_of(text: str) -> int:
    """Return the year that a date as text begins with; 0 where there is none."""
    return int(text[:4]) if text[:4].isdecimal() else 0


def _year_or_never(text: str) -> int:
    return year_of(text) or _EVER


def began(entry: Entry, column: str, year: int) -> bool:
    """Return whether the year in `column` of an enterprise's entry (of a first use, of a title) has come by the end of `year`."""
    return 0 < year_of(entry.text(column)) <= year


def named(text: str) -> tuple[str, ...]:
    """Return the names that a cell lists, parted by 、；or a line break."""
    return tuple(parted(text, _BETWEEN))


def lasts(until: str, year: int) -> bool:
    """Return whether what ends with the day, month or year `until` still holds on the last day of `year`; it does where none is given."""
    return year <= last_year(until)


def last_year(until: str) -> int:
    """Return the last year at whose end that still holds which ends with the day, month or year `until`."""
    year = year_of(until)
    return (year if until >= f"{year}-12-31"[: len(until)] else year - 1) if year else _EVER
