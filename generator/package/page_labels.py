"""Page labels of a PDF, as readers show them: the numbers printed on its pages, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def label_ranges(labels: Sequence[str]) -> Iterator[tuple[int, int, str, int]]:
    """Give the stretches of `labels` that count on: first and last page from 0, prefix, first number (0: the prefix alone).

    7, 8, 8-1, 8-2 are two stretches: from 7 without a prefix, and from 1 behind 8-.
    """
    start = 0
    for page in range(1, len(labels) + 1):
        if page == len(labels) or _split(labels[page]) != _following(labels[page - 1]):
            prefix, number = _split(labels[start])
            yield start, page - 1, prefix, number
            start = page


def _split(label: str) -> tuple[str, int]:
    head, dash, tail = label.rpartition("-")
    if tail.isdecimal() and tail.isascii() and str(int(tail)) == tail and tail != "0":
        return f"{head}{dash}", int(tail)
    return label, 0


def _following(label: str) -> tuple[str, int] | None:
    prefix, number = _split(label)
    return (prefix, number + 1) if number else None
