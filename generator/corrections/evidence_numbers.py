"""Evidence after 定稿 keeps its numbers: what was frozen stays as numbered, what is new goes between or behind. Pure.

An item new in between is 3-1, behind item 3, its pages 37-1, 37-2; at the end numbers go on. What was withdrawn leaves its numbers
unused for ever, and the contents say so. Only the contents and the new or changed sheets are printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

_NUMBER = re.compile(r"([0-9]+)(?:-([0-9]+))?")


@dataclass(frozen=True)
class FrozenItem:
    """An item of evidence in a frozen version: its name and number, and the numbers of its pages.

    The pages run from its divider to the back of its last sheet. `digest` tells the contents of its files. `withdrawn` items hold
    their numbers only.
    """

    name: str
    number: str
    pages: tuple[str, ...]
    digest: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class TodayItem:
    """An item of evidence as it is now: its name, how many pages it takes (whole sheets), and what its files hold."""

    name: str
    pages: int
    digest: str = ""


class Standing(Enum):
    """What became of an item since the version."""

    KEPT = "照旧"
    CHANGED = "更换"
    INSERTED = "插入"
    ADDED = "增补"
    WITHDRAWN = "已撤回"


@dataclass(frozen=True)
class NumberedItem:
    """An item under the number and page numbers that it bears from now on; `fresh` are those of its pages to be printed.

    A withdrawn item keeps its numbers, has no pages to print, and is named in the contents. `missing` are page numbers of its own
    that are no more.
    """

    name: str
    number: str
    pages: tuple[str, ...]
    standing: Standing
    fresh: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def frozen(self, digest: str = "") -> FrozenItem:
        """Return the item as the next version remembers it; numbers that are no more stay taken."""
        gone = self.standing is Standing.WITHDRAWN
        return FrozenItem(self.name, self.number, self.pages, digest, gone)


def keep_numbers(
    frozen: Sequence[FrozenItem], today: Sequence[TodayItem], *, supplement: bool = False, taken: Sequence[str] = ()
) -> tuple[NumberedItem, ...]:
    """Return the items in the order in which they are bound, with the numbers that they bear.

    Items are known by their names (the first of a name by the first). Those of `frozen` come in its order, the new ones behind
    the item that they follow in `today`, or at the end where nothing frozen follows them, or where a `supplement` is wanted.
    Pages that an item has grown by are numbered behind its last; those that it lost leave a gap. `taken` are page numbers that
    were printed once and must not be used again. No number is given twice.
    """
    return _Numbering(frozen, today, taken).all(supplement=supplement)


class _Numbering:
    """Gives numbers; remembers those that are taken."""

    def __init__(self, frozen: Sequence[FrozenItem], today: Sequence[TodayItem], taken: Sequence[str]) -> None:
        standing = iter(_keys([item.name for item in frozen if not item.withdrawn]))
        self._frozen = [
            ((item.name, -1 - at) if item.withdrawn else next(standing), item) for at, item in enumerate(frozen)
        ]
        self._today = dict(zip(_keys([item.name for item in today]), today, strict=True))
        self._numbers = {item.number for item in frozen}
        self._pages = {page for item in frozen for page in item.pages} | set(taken)

    def all(self, *, supplement: bool) -> tuple[NumberedItem, ...]:
        between, behind = self._placed(supplement=supplement)
        done: list[NumberedItem] = [*self._inserted(between.get(None, ()), "0", "0")]
        grown = [self._kept(key, item) for key, item in self._frozen]
        for (key, _), item in zip(self._frozen, grown, strict=True):
            done.append(item)
            done += self._inserted(between.get(key, ()), item.number, item.pages[-1] if item.pages else "0")
        return (*done, *(self._added(self._today[key]) for key in behind))

    def _placed(self, *, supplement: bool) -> tuple[dict[_Key | None, list[_Key]], list[_Key]]:
        """Which new items follow which frozen one (None: the first of all), and which come at the end."""
        known = {key for key, item in self._frozen if not item.withdrawn}
        between: dict[_Key | None, list[_Key]] = {}
        waiting: list[_Key] = []
        before: _Key | None = None
        for key in self._today:
            if key not in known:
                waiting.append(key)
                continue
            if waiting and not supplement:
                between.setdefault(before, []).extend(waiting)
                waiting = []
            before = key
        return between, waiting

    def _kept(self, key: _Key, item: FrozenItem) -> NumberedItem:
        now = None if item.withdrawn else self._today.get(key)
        if now is None:
            return NumberedItem(item.name, item.number, item.pages, Standing.WITHDRAWN)
        pages, missing = item.pages[: now.pages], item.pages[now.pages :]
        last = item.pages[-1] if item.pages else "0"
        more = tuple(self._page_behind(last) for _ in range(now.pages - len(item.pages)))
        if now.digest == item.digest and not more and not missing:
            return NumberedItem(item.name, item.number, pages, Standing.KEPT)
        return NumberedItem(item.name, item.number, (*pages, *more), Standing.CHANGED, (*pages, *more), missing)

    def _inserted(self, keys: Sequence[_Key], number: str, page: str) -> Iterator[NumberedItem]:
        for key in keys:
            item = self._today[key]
            given = _free(number, self._numbers)
            pages = tuple(self._page_behind(page) for _ in range(item.pages))
            yield NumberedItem(item.name, given, pages, Standing.INSERTED, pages)

    def _added(self, item: TodayItem) -> NumberedItem:
        number = str(_highest(self._numbers) + 1)
        self._numbers.add(number)
        first = _highest(self._pages) + 1
        first += 1 - first % 2  # a divider stands on a right-hand page, which bears an odd number
        pages = tuple(str(page) for page in range(first, first + item.pages))
        self._pages.update(pages)
        return NumberedItem(item.name, number, pages, Standing.ADDED, pages)

    def _page_behind(self, page: str) -> str:
        return _free(page, self._pages)


_Key = tuple[str, int]


def _keys(names: Sequence[str]) -> list[_Key]:
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        keys.append((name, seen[name]))
        seen[name] += 1
    return keys


def _free(behind: str, taken: set[str]) -> str:
    """Take the first number N-1, N-2 … behind the number `behind` (N, or N-k) that is free and comes after it."""
    root, part = _split(behind)
    part += 1
    while f"{root}-{part}" in taken:
        part += 1
    taken.add(f"{root}-{part}")
    return f"{root}-{part}"


def _highest(numbers: set[str]) -> int:
    return max((_split(number)[0] for number in numbers), default=0)


def _split(number: str) -> tuple[int, int]:
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise ValueError(f"no number of evidence: {number}")
    return int(found[1]), int(found[2] or 0)
