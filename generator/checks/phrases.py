"""What stands in a prose before anyone asks what it means: phrases, and the years that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PART_OF_YEAR = r"十[一二三四五六七]五|上半年|下半年|季度|前[一二三四五六七八九十\d]+个?月|\d{1,2}月?(?:至|到|—|-|－|–|~|～)\d{1,2}月"
_PART_MARKS = "半季月五"


class Phrases:
    """Phrases of which the longest is looked for that stands at a place of a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(filter(None, phrases), key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def at(self, text: str, at: int) -> str:
        """Return the phrase that stands at place `at` of `text`; empty where none does."""
        for phrase in self._by_first.get(text[at : at + 1], ()):
            if text.startswith(phrase, at):
                return phrase
        return ""


def parted(text: str, marks: str) -> Iterator[tuple[str, int]]:
    """Yield what stands between the characters `marks` in `text`, and where each begins; nothing for what is empty."""
    first, at = marks[0], 0
    for mark in marks[1:]:
        text = text.replace(mark, first)
    for part in text.split(first):
        if part:
            yield part, at
        at += len(part) + 1


def years_said(text: str) -> tuple[int, ...]:
    """Return the years of `2022年至2024年` or `2022年、2023年和2024年`."""
    years = [int(year) for year in re.findall(r"20\d\d", text)]
    if len(years) == 2 and re.search("至|到|—|-|－", text):
        return tuple(range(years[0], years[1] + 1))
    return tuple(years)


def only_a_year_before(sentence: str, at: int) -> bool:
    """Return whether the clause before `at` says nothing but the year (`2024年底，集群有企业231家`)."""
    return bool(re.search(r"(?:^|[，；])[^，；]{0,2}20\d\d年.{0,2}$", sentence[:at].rstrip("，")))


def of_part(clause: str) -> bool:
    """Return whether `clause` speaks of a part of a year, or of five: 上半年, 前三季度, 1至6月, “十五五”末."""
    return any(mark in clause for mark in _PART_MARKS) and re.search(_PART_OF_YEAR, clause) is not None


def either(words: Iterable[str]) -> str:
    """Return the pattern of one of `words`, the longest that stands there."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
