"""Printed texts held against a stretch of found text: where each of them stands, and what is left over.

Texts that occur once on both sides are anchors; between anchors the heaviest chain of texts in their order is taken; what stays
without a place is looked for as changed, and what no gap explains is too many.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from generator.forms.verifying.bare import Bare
from generator.forms.verifying.differences import Difference, Kind
from generator.forms.verifying.paper import Gap, Printed, Token
from generator.frozen import dataclass

_ALIKE = 0.5
"""The share of a text's characters that must be found, in order, for it to count as changed and not as missing."""
_MOST_CANDIDATES = 400
_ADJACENT = 0.25
_NEAR = 2


def compare(tokens: Sequence[Token], found: Bare, place: tuple[str, ...]) -> list[Difference]:
    """Return where `found` differs from what is printed; `place` is where it stands, for texts that are too many."""
    return list(_told(tokens, found, places_of(tokens, found), place))


def places_of(tokens: Sequence[Token], found: Bare) -> Mapping[int, tuple[int, int]]:
    """Return where each printed text stands in `found` as printed, by the token's number: start and end. Others have no place."""
    placer = _Placer(tokens, found)
    placer.place(0, len(tokens), 0, found.length)
    return placer.places


def fits(tokens: Sequence[Token], found: Bare) -> bool:
    """Whether `found` says what is printed, with anything in the gaps."""
    return not compare(tokens, found, ())


@dataclass(frozen=True)
class _Candidate:
    """A text at a place where it occurs."""

    token: int
    start: int
    end: int


class _Placer:
    """Finds a place for every printed text, as far as there is one; `places` are starts and ends by the token's number."""

    def __init__(self, tokens: Sequence[Token], found: Bare) -> None:
        self._tokens = tokens
        self._found = found
        self.places: dict[int, tuple[int, int]] = {}

    def place(self, first: int, last: int, start: int, end: int) -> None:
        """Place the tokens from `first` up to `last` within the text from `start` up to `end`."""
        first, start = self._head(first, last, start, end)
        last, end = self._tail(first, last, start, end)
        if first == last or start == end:
            return
        chosen = self._anchors(first, last, start, end)
        known = bool(chosen)
        if not known:
            chosen = self._chain(first, last, start, end)
        for candidate in chosen:
            self.places[candidate.token] = (candidate.start, candidate.end)
        if not known:
            return
        for candidate in (*chosen, _Candidate(last, end, end)):
            if first < candidate.token and start < candidate.start:
                self.place(first, candidate.token, start, candidate.start)
            first, start = candidate.token + 1, candidate.end

    def _head(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        while first < last:
            token = self._tokens[first]
            if isinstance(token, Gap) or not self._found.text.startswith(token.bare, start, end):
                break
            self.places[first] = (start, start + len(token.bare))
            first, start = first + 1, start + len(token.bare)
        return first, start

    def _tail(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        while first < last:
            token = self._tokens[last - 1]
            if isinstance(token, Gap) or not self._found.text.endswith(token.bare, start, end):
                break
            self.places[last - 1] = (end - len(token.bare), end)
            last, end = last - 1, end - len(token.bare)
        return last, end

    def _anchors(self, first: int, last: int, start: int, end: int) -> list[_Candidate]:
        """The texts that occur once on both sides, as many as stand in the same order."""
        by_text: dict[str, list[int]] = {}
        for number, token in self._printed(first, last):
            by_text.setdefault(token.bare, []).append(number)
        unique: list[_Candidate] = []
        for text, (number, *more) in by_text.items():
            single = self._tokens[number]
            places = []
            if not more and isinstance(single, Printed):
                places = list(self._occurrences(single, start, end, 2))
            if len(places) == 1:
                unique.append(_Candidate(number, places[0], places[0] + len(text)))
        return _longest_rising(sorted(unique, key=lambda candidate: candidate.token))

    def _chain(self, first: int, last: int, start: int, end: int) -> list[_Candidate]:
        """The heaviest chain of texts in their order, none over another; neighbours that touch weigh a little more."""
        candidates = [
            _Candidate(number, place, place + len(token.bare))
            for number, token in self._printed(first, last)
            for place in self._occurrences(token, start, end, _MOST_CANDIDATES)
        ][:_MOST_CANDIDATES]
        best: list[tuple[float, int]] = []
        for index, candidate in enumerate(candidates):
            weight, before = 0.0, -1
            for other, (other_weight, _) in enumerate(best[:index]):
                earlier = candidates[other]
                if earlier.token < candidate.token and earlier.end <= candidate.start:
                    touching = earlier.token + 1 == candidate.token and earlier.end == candidate.start
                    if other_weight + _ADJACENT * touching > weight:
                        weight, before = other_weight + _ADJACENT * touching, other
            best.append((weight + len(self._text(candidate)), before))
        chosen: list[_Candidate] = []
        at = max(range(len(best)), key=lambda index: best[index][0], default=-1)
        while at >= 0:
            chosen.append(candidates[at])
            at = best[at][1]
        return chosen[::-1]

    def _text(self, candidate: _Candidate) -> str:
        return self._found.text[candidate.start : candidate.end]

    def _printed(self, first: int, last: int) -> Iterator[tuple[int, Printed]]:
        for number in range(first, last):
            token = self._tokens[number]
            if isinstance(token, Printed):
                yield number, token

    def _occurrences(self, token: Printed, start: int, end: int, most: int) -> Iterator[int]:
        place = self._found.text.find(token.bare, start, end)
        while place >= 0 and most:
            if not token.begins or place in self._found.starts:
                yield place
                most -= 1
            place = self._found.text.find(token.bare, place + 1, end)


def _longest_rising(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The most candidates whose places rise with their tokens, none over another."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for index, candidate in enumerate(candidates):
        length = bisect_left(ends, candidate.end)
        before.append(tails[length - 1] if length else -1)
        if length == len(ends):
            ends.append(candidate.end)
            tails.append(index)
        else:
            ends[length], tails[length] = candidate.end, index
    chosen: list[_Candidate] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chosen.append(candidates[at])
        at = before[at]
    chosen.reverse()
    return [
        candidate for index, candidate in enumerate(chosen) if index == 0 or chosen[index - 1].end <= candidate.start
    ]


def _told(
    tokens: Sequence[Token], found: Bare, places: Mapping[int, tuple[int, int]], place: tuple[str, ...]
) -> Iterator[Difference]:
    """Tell of the stretches between the texts that have a place."""
    first, start = 0, 0
    for number in sorted(places):
        yield from _stretch(tokens[first:number], found, start, places[number][0], place)
        first, start = number + 1, places[number][1]
        token = tokens[number]
        place = token.place if isinstance(token, Printed) else place
    yield from _stretch(tokens[first:], found, start, found.length, place)


def _stretch(
    tokens: Sequence[Token], found: Bare, start: int, end: int, place: tuple[str, ...]
) -> Iterator[Difference]:
    """Tell of a stretch of text of which no printed text has been found as it is."""
    open_before = False
    for number, token in enumerate(tokens):
        if isinstance(token, Gap):
            open_before = True
            continue
        if token.optional:
            continue
        open_behind = number + 1 < len(tokens)
        window = _changed(token.bare, found, start, end)
        if window is None:
            yield Difference(Kind.MISSING, token.place, token.text, row=token.row)
            continue
        window = _widened(window, token.bare, (start if not open_before else end, end if not open_behind else start))
        if window[0] > start and not open_before:
            yield Difference(Kind.ADDED, place, found=found.excerpt(start, window[0]))
        yield Difference(Kind.CHANGED, token.place, token.text, found.excerpt(*window), row=token.row)
        place, start, open_before = token.place, window[1], False
    if start < end and not open_before:
        yield Difference(Kind.ADDED, place, found=found.excerpt(start, end))


def _changed(text: str, found: Bare, start: int, end: int) -> tuple[int, int] | None:
    """Where a stretch says something like `text`, None where it doesn't."""
    matcher = SequenceMatcher(None, text, found.text[start:end], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    while blocks:
        shared = sum(block.size for block in blocks)
        length = blocks[-1].b + blocks[-1].size - blocks[0].b
        if shared < _ALIKE * len(text):
            return None
        if shared >= _ALIKE * length:
            return start + blocks[0].b, start + blocks[0].b + length
        smaller = 0 if blocks[0].size < blocks[-1].size else -1
        blocks.pop(smaller)
    return None


def _widened(window: tuple[int, int], text: str, edges: tuple[int, int]) -> tuple[int, int]:
    """The window up to the edges of its stretch, where they are no farther off than what the text lacks."""
    first, last = window
    lacking = max(0, len(text) - (last - first)) + _NEAR
    before, behind = first - edges[0], edges[1] - last
    return (edges[0] if 0 <= before <= lacking else first, edges[1] if 0 <= behind <= lacking else last)
