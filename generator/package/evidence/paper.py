"""Paper: which sheet a page of evidence is printed on, and where on it. Lengths are points, y upwards as PDF has it."""

from __future__ import annotations

from generator.frozen import dataclass

MILLIMETRE = 72 / 25.4

Matrix = tuple[float, float, float, float, float, float]
"""A PDF matrix: (x, y) becomes (a x + c y + e, b x + d y + f)."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Paper:
    """A sheet of paper as it is held for reading."""

    name: str
    width: float
    height: float

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    @property
    def turned(self) -> Paper:
        """The same paper the other way round."""
        return Paper(self.name, self.height, self.width)


A4 = Paper("A4", 210 * MILLIMETRE, 297 * MILLIMETRE)
A3 = Paper("A3", 297 * MILLIMETRE, 420 * MILLIMETRE)


@dataclass(frozen=True)
class Margins:
    """What stays free around a page of evidence, in millimetres: `foot` holds the page number, `binding` the thread."""

    head: float = 6
    foot: float = 13
    binding: float = 12
    outer: float = 6


@dataclass(frozen=True)
class SourcePage:
    """A page of a file as it is read: upright, `width` by `height`.

    `upright` takes the coordinates of its content (of a picture: the unit square) to that area. `sized` tells whether the file
    says how large it is; a photograph mostly doesn't. `digest` tells what it shows: equal for two pages only where they are the
    same; empty where it is known by its file alone.
    """

    width: float
    height: float
    upright: Matrix = IDENTITY
    sized: bool = True
    digest: str = ""


@dataclass(frozen=True)
class Placement:
    """Where a page of evidence is printed: the sheet, the matrix from its content's coordinates to it, how much it is reduced."""

    paper: Paper
    matrix: Matrix
    scale: float


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def paper_for(page: SourcePage, *, keep_a3: bool) -> Paper:
    """Return the sheet that `page` is printed on: A4, or A3 where A4 would be much too small and `keep_a3` allows it."""
    sheet = A4
    if keep_a3 and page.sized and _fit(page, A4) < _TOO_SMALL_FOR_A4:
        sheet = A3
    return sheet.turned if page.width > page.height else sheet


def place(page: SourcePage, paper: Paper, margins: Margins, *, right_hand: bool) -> Placement:
    """Return where `page` stands on `paper`: in the middle between the margins, reduced where it must be, never enlarged.

    Landscape pages are bound at their head, others at the left of a right-hand page and at the right of a left-hand one.
    """
    head, foot, binding, outer = (
        length * MILLIMETRE for length in (margins.head, margins.foot, margins.binding, margins.outer)
    )
    left, right = (binding, outer) if right_hand else (outer, binding)
    if paper.landscape and paper.name == A4.name:
        head, left, right = binding, outer, outer
    width, height = paper.width - left - right, paper.height - head - foot
    scale = min(1.0, width / page.width, height / page.height)
    x = left + (width - page.width * scale) / 2
    y = foot + (height - page.height * scale) / 2
    return Placement(paper, times(page.upright, (scale, 0, 0, scale, x, y)), scale)


def fits(width: float, height: float, paper: Paper) -> bool:
    """Whether something of this size goes on `paper`, whichever way round, as a scanner measures."""
    return min(width, height) <= paper.width * _MEASURED and max(width, height) <= paper.height * _MEASURED


def measures(width: float, height: float, paper: Paper) -> bool:
    """Whether something of this size is as large as `paper`, whichever way round, as a scanner measures."""
    long, short = max(width, height) / paper.height, min(width, height) / paper.width
    return all(1 / _MEASURED <= each <= _MEASURED for each in (long, short))


_MEASURED = 1.04
_TOO_SMALL_FOR_A4 = 0.72  # of its size: B4 goes on A4 (0.82), A3 does not (0.71)


def _fit(page: SourcePage, paper: Paper) -> float:
    """How much `page` must be reduced to go on `paper`, whichever way round."""
    long, short = max(page.width, page.height), min(page.width, page.height)
    return min(paper.height / long, paper.width / short)
