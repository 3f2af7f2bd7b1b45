"""骑缝章: a seal across the edges of all sheets of a copy, so that none can be exchanged unseen; which a correction breaks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.corrections.sheets import Step

Seam = tuple[tuple[str, int], ...]
"""One impression that is to be set again: the new sheets below it that have no part of it yet, by paper, counted from 1."""


def seams_in(sheets: int, covered: int) -> int:
    """Return how many impressions go across the edges of `sheets` sheets, each covering at most `covered`."""
    return -(-sheets // covered)


def seams_broken(papers: Sequence[tuple[str, int, Sequence[Step]]], covered: int) -> tuple[Seam, ...]:
    """Return the impressions that are to be set again once `papers` are put right, each covering at most `covered` sheets.

    `papers` are in the order of the copy: name, sheets of the new print, steps. Where a sheet is only taken out, the one in front
    of it counts.
    """
    broken: dict[int, dict[tuple[str, int], None]] = {}
    offset = 0
    for name, sheets, steps in papers:
        for sheet in _touched(steps):
            broken.setdefault((offset + sheet - 1) // covered, {})[name, sheet] = None
        offset += sheets
    return tuple(tuple(sheet) for _, sheet in sorted(broken.items()))


def _touched(steps: Sequence[Step]) -> Iterator[int]:
    """Yield the new sheets that steps put in, and for a sheet that is taken out the one in front of it (the first at the front)."""
    shift = 0
    for step in steps:
        if step.new is not None:
            yield step.new
            shift += step.old is None
        elif step.old is not None:
            shift -= 1
            yield max(1, step.old + shift)
