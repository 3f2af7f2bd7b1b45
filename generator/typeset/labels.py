"""Page labels of a PDF: the stretches of them that count on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def label_ranges(labels: Sequence[str]) -> Iterator[tuple[int, int, str, int]]:
    """Give the stretches of the page labels of a PDF that count on: first and last page from 0, prefix, first number (0: the prefix alone).

    7, 8, 8-1, 8-2 are two stretches: from 7 without a prefix, and from 1 behind 8-.
    """
    start = 0
    for page in range(1, len(labels) + 1):
        if page == len(labels) or not _follows(labels[page], labels[page - 1]):
            prefix, number = _split(labels[start])
            yield start, page - 1, prefix, number
            start = page


def _split(label: str) -> tuple[str, int]:
    head, dash, tail = label.rpartition("-")
    if tail.isdecimal() and tail.isascii() and str(int(tail)) == tail and tail != "0":
        return f"{head}{dash}", int(tail)
    return label, 0


def _follows(label: str, before: str) -> bool:
    """Whether a label counts on from the one before it, or is the same one without a number."""
    prefix, number = _split(before)
    return _split(label) == (prefix, number + 1 if number else 0)
