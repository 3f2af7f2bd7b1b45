"""Page numbers as printed: 37, and 37-1, 37-2 for pages of evidence that came in behind page 37 after a version was frozen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

Number = tuple[int, ...]
"""A page number in its order: (37,) is printed 37, (37, 1) is printed 37-1 and stands behind it, before (38,)."""

_MARK, _SPAN = "-", "—"


def number_of(label: str) -> Number:
    """Return the number that is printed as `label`. Raises ValueError where it is none."""
    return tuple(int(part) for part in label.split(_MARK))


def label_of(number: Number) -> str:
    """Return `number` as it is printed."""
    return _MARK.join(map(str, number))


def between(before: Number, behind: Number | None, taken: Collection[Number]) -> Number:
    """Return a number for a page behind `before` and, where there is such a page, before `behind`; none that is `taken`.

    Behind 37 that is 37-1, behind 37-1 it is 37-2, between 37-1 and 37-2 it is 37-1-1.
    """
    if len(before) > 1:
        found = _free((*before[:-1], before[-1] + 1), taken)
        if behind is None or found < behind:
            return found
    found = _free((*before, 1), taken)
    if behind is None or found < behind:
        return found
    rest = behind[len(before) :]
    zeros = next(at for at, part in enumerate(rest) if part)
    return _free((*before, *([0] * (zeros + 1)), 1), taken)


def span(first: str, last: str) -> str:
    """Return the pages from `first` to `last` as they are printed: 31—38-2, or one number."""
    return first if first == last else f"{first}{_SPAN}{last}"


def spans(labels: Sequence[str]) -> str:
    """Return `labels`, in their order, as they are printed: those that follow each other drawn together, 31—36、38-1."""
    runs: list[list[str]] = []
    for label in labels:
        number = number_of(label)
        if runs and _next(number_of(runs[-1][-1])) == number:
            runs[-1].append(label)
        else:
            runs.append([label])
    return "、".join(span(run[0], run[-1]) for run in runs)


def _free(number: Number, taken: Collection[Number]) -> Number:
    while number in taken:
        number = _next(number)
    return number


def _next(number: Number) -> Number:
    return (*number[:-1], number[-1] + 1)
