"""骑缝章: which impressions across the edges of a copy's sheets are broken by a correction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.corrections.seams import seams_broken, seams_in
from generator.corrections.sheets import Sheet, Step, sheets_of, steps_between
from generator.forms.snapshot import RememberedPage


def stack(prints: str) -> tuple[Sheet, ...]:
    """Sheets printed on one side, by fingerprint."""
    return sheets_of([RememberedPage("", side) for one in prints for side in (one, "")])


def broken(old: str, new: str, covered: int = 3) -> list[list[int]]:
    """Return the new sheets below each impression that is to be set again."""
    found = seams_broken([("申报表", len(new), steps_between(stack(old), stack(new)))], covered)
    return [[sheet for _, sheet in seam] for seam in found]


def test_neighbours_below_one_impression_need_it_set_again_once() -> None:
    assert broken("abcdefg", "aBCdefG") == [[2, 3], [7]]


def test_a_sheet_put_in_or_taken_out_breaks_the_impression_there() -> None:
    assert broken("abcdefg", "abcdXefg") == [[5]]
    assert broken("abcdefg", "abcdfg") == [[4]]
    assert broken("abcdefg", "bcdefg") == [[1]]


def test_papers_lie_on_each_other_in_one_copy() -> None:
    steps = (Step(1, 1),)
    assert seams_broken([("申报表", 4, ()), ("清单", 9, steps)], 5) == ((("清单", 1),),)
    assert seams_broken([("申报表", 4, (Step(4, 4),)), ("清单", 9, steps)], 5) == ((("申报表", 4), ("清单", 1)),)


def test_a_whole_copy_takes_as_many_as_cover_all_its_sheets() -> None:
    assert [seams_in(sheets, 20) for sheets in (1, 20, 21, 60)] == [1, 1, 2, 3]


@given(st.text("abcdef", max_size=30), st.text("abcdef", min_size=1, max_size=30), st.integers(2, 9))
def test_something_is_set_again_exactly_where_something_differs_and_never_more_than_a_whole_copy(
    old: str, new: str, covered: int
) -> None:
    found = broken(old, new, covered)
    assert bool(found) == (old != new)
    assert len(found) <= seams_in(len(new), covered)
    assert all(1 <= sheet <= len(new) for seam in found for sheet in seam)
