"""A place that is signed or sealed by hand, on a form or another paper: who does so, and on which page it came to stand."""

from __future__ import annotations

from generator.frozen import dataclass


@dataclass(frozen=True)
class Signing:
    """A place that is signed or sealed by hand.

    `paper` is the paper that it stands in (申报表), `page` counts its pages from 1, None where that is not known, `label` is the
    number printed on that page, empty where there is none. `signs` and `seals` name who does so, in the form's words; `dated`
    says that a date is written. `filler` is the office whose place it is, `own` whether that is the applicant.
    """

    paper: str
    place: str
    page: int | None
    label: str
    signs: tuple[str, ...]
    seals: tuple[str, ...]
    dated: bool
    filler: str
    own: bool

    @property
    def sheet(self) -> int | None:
        """The sheet that carries the page when printed on both sides, counted from 1."""
        return None if self.page is None else (self.page + 1) // 2

    @property
    def front(self) -> bool:
        """Whether the page is the front of its sheet."""
        return self.page is not None and self.page % 2 == 1
