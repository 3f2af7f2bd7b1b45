"""Stacks of sheets: which sheet of the old print stays, which is exchanged, put in, or taken out. Pure.

A sheet is two pages of the PDF, front and back, printed on both sides: sheet n holds the pages 2n-1 and 2n. The back of the last
one is blank where the number of pages is odd.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, groupby, zip_longest

from generator.forms.snapshot import RememberedPage

BLANK = RememberedPage("", "")
"""The back of a last sheet that nothing is printed on."""


@dataclass(frozen=True)
class Sheet:
    """A printed sheet: its two pages, and which sheet of which printing it was (its version, its number from 1)."""

    front: RememberedPage
    back: RememberedPage = BLANK
    version: int = 0
    number: int = 0

    @property
    def prints(self) -> tuple[str, str]:
        """What is printed on both sides: equal when, and only when, the sheets are the same."""
        return self.front.fingerprint, self.back.fingerprint

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers printed on its pages, those that bear one."""
        return tuple(page.label for page in (self.front, self.back) if page.label)


@dataclass(frozen=True)
class Step:
    """One thing to do to a stack of sheets.

    `old` counts the sheets as they lie there, `new` those of the new print, both from 1. With both, the one is exchanged for the
    other; `old` alone is taken out; `new` alone is put in behind the sheet `after` (0: in front of all).
    """

    old: int | None
    new: int | None
    after: int = 0


def sheets_of(pages: Sequence[RememberedPage], version: int = 0) -> tuple[Sheet, ...]:
    """Return the sheets that `pages` of the printing `version` are printed on."""
    return tuple(
        Sheet(pages[at], pages[at + 1] if at + 1 < len(pages) else BLANK, version, at // 2 + 1)
        for at in range(0, len(pages), 2)
    )


def steps_between(old: Sequence[Sheet], new: Sequence[Sheet]) -> tuple[Step, ...]:
    """Return what makes the stack `old` print the same as `new`, from the front to the back; sheets that are the same stay."""
    codes = SequenceMatcher(
        None, [one.prints for one in old], [one.prints for one in new], autojunk=False
    ).get_opcodes()
    return tuple(
        step
        for code, from_old, to_old, from_new, to_new in codes
        if code != "equal"
        for step in _paired(old, new, range(from_old, to_old), range(from_new, to_new))
    )


def applied(old: Sequence[Sheet], new: Sequence[Sheet], steps: Sequence[Step]) -> tuple[Sheet, ...]:
    """Return the stack `old` with `steps` done, the sheets of `new` put in."""
    by_old = {step.old: step for step in steps if step.old is not None}
    put_in: dict[int, list[Sheet]] = {}
    for step in steps:
        if step.old is None and step.new is not None:
            put_in.setdefault(step.after, []).append(new[step.new - 1])
    stack = [*put_in.get(0, ())]
    for number, sheet in enumerate(old, start=1):
        done = by_old.get(number)
        if done is None:
            stack.append(sheet)
        elif done.new is not None:
            stack.append(new[done.new - 1])
        stack += put_in.get(number, ())
    return tuple(stack)


def exchanged(stack: Sequence[Sheet], new: Sequence[Sheet], numbers: Container[int] | None) -> tuple[Sheet, ...]:
    """Return `stack` after the sheets `numbers` of `new` (None: all that differ) were exchanged for those that lay there.

    What is to be taken out without another in its place counts as taken out once all new sheets are in.
    """
    steps = steps_between(stack, new)
    done = [step for step in steps if step.new is not None and (numbers is None or step.new in numbers)]
    if len(done) == sum(step.new is not None for step in steps):
        done = list(steps)
    return applied(stack, new, done)


def _paired(old: Sequence[Sheet], new: Sequence[Sheet], gone: range, come: range) -> Iterator[Step]:
    """Pair sheets that differ, those of one part of the form with each other: a declaration takes the declaration's place."""
    runs_old, runs_new = _runs(old, gone), _runs(new, come)
    codes = SequenceMatcher(None, [part for part, _ in runs_old], [part for part, _ in runs_new], autojunk=False)
    behind = gone.start
    for code, from_old, to_old, from_new, to_new in codes.get_opcodes():
        left = [sheets for _, sheets in runs_old[from_old:to_old]]
        right = [sheets for _, sheets in runs_new[from_new:to_new]]
        pairs = zip(left, right, strict=True) if code == "equal" else [([*chain(*left)], [*chain(*right)])]
        for ones, others in pairs:
            for one, other in zip_longest(ones, others):
                behind = one or behind
                yield Step(one, other, behind if one is None else 0)


def _runs(sheets: Sequence[Sheet], numbers: range) -> list[tuple[str, list[int]]]:
    """The sheets at `numbers` (from 0) part by part: the part's title, and its sheets counted from 1."""
    found = groupby(numbers, key=lambda at: sheets[at].front.part)
    return [(part, [at + 1 for at in run]) for part, run in found]
