"""Stacks of sheets: what is exchanged, put in and taken out makes the old print the new one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.corrections.sheets import BLANK, Sheet, Step, applied, exchanged, sheets_of, steps_between
from generator.forms.snapshot import RememberedPage


def stack(prints: str, parts: str = "", version: int = 1) -> tuple[Sheet, ...]:
    """Sheets from pages with the fingerprints `prints`, a letter each, of the parts `parts`."""
    named = parts or " " * len(prints)
    return sheets_of([RememberedPage("", one, part) for one, part in zip(prints, named, strict=True)], version)


def prints(sheets: tuple[Sheet, ...]) -> list[tuple[str, str]]:
    return [sheet.prints for sheet in sheets]


def test_pages_are_printed_two_on_a_sheet_and_the_last_back_may_be_blank() -> None:
    one, other = stack("abc")
    assert (one.prints, one.number) == (("a", "b"), 1)
    assert (other.prints, other.back, other.number) == (("c", ""), BLANK, 2)


def test_the_same_print_needs_nothing() -> None:
    assert steps_between(stack("abcdef"), stack("abcdef", version=2)) == ()


def test_a_page_that_differs_takes_its_whole_sheet() -> None:
    assert steps_between(stack("abcdef"), stack("abcXef")) == (Step(2, 2),)


def test_a_plan_that_grew_puts_a_sheet_in_and_one_that_shrank_takes_one_out() -> None:
    old, new = stack("ABppqqD_", "ABpppppD"[:8]), stack("ABppqqrrD_", "ABppppppDD")
    assert steps_between(old, new) == (Step(None, 4, after=3),)
    assert steps_between(new, old) == (Step(4, None),)


def test_a_declaration_takes_the_declarations_place_though_its_number_moved() -> None:
    old, new = stack("ABppqqD_", "ABppppDD"), stack("ABppQQrrE_", "ABppppppDD")
    assert steps_between(old, new) == (Step(3, 3), Step(None, 4, after=3), Step(4, 5))


def test_a_sheet_may_be_put_in_front_of_all() -> None:
    old, new = stack("bb"), stack("aabb")
    assert steps_between(old, new) == (Step(None, 1, after=0),)
    assert prints(applied(old, new, steps_between(old, new))) == prints(new)


def test_some_sheets_exchanged_leave_the_others_as_they_were() -> None:
    old, new = stack("aabbcc"), stack("AABBcc", version=2)
    held = exchanged(old, new, {2})
    assert prints(held) == [("a", "a"), ("B", "B"), ("c", "c")]
    assert [sheet.version for sheet in held] == [1, 2, 1]


def test_a_sheet_that_is_no_more_is_taken_out_once_all_new_ones_are_in() -> None:
    old, new = stack("aabbccdd"), stack("AAbbdd", version=2)
    assert prints(exchanged(old, new, {2})) == prints(old)
    assert prints(exchanged(old, new, {1})) == prints(new)
    assert prints(exchanged(old, new, None)) == prints(new)


PRINTS = st.text(alphabet="abcdef", max_size=14)


@given(PRINTS, PRINTS)
def test_whatever_was_printed_the_steps_make_it_the_new_print(old: str, new: str) -> None:
    before, after = stack(old, old.lower()), stack(new, new.lower(), version=2)
    steps = steps_between(before, after)
    assert prints(applied(before, after, steps)) == prints(after)
    assert len([step for step in steps if step.new]) <= len(after)
    assert [step.new for step in steps if step.new] == sorted(step.new for step in steps if step.new)


@given(PRINTS, st.lists(st.tuples(PRINTS, st.none() | st.sets(st.integers(1, 7))), max_size=3), PRINTS)
def test_a_copy_exchanged_in_part_and_again_becomes_the_new_print(
    first: str, exchanges: list[tuple[str, set[int] | None]], last: str
) -> None:
    held = stack(first)
    for number, (later, sheets) in enumerate(exchanges, start=2):
        held = exchanged(held, stack(later, version=number), sheets)
    newest = stack(last, version=9)
    assert prints(applied(held, newest, steps_between(held, newest))) == prints(newest)


@given(PRINTS, PRINTS)
def test_a_step_left_out_is_missed(old: str, new: str) -> None:
    before, after = stack(old), stack(new, version=2)
    steps = steps_between(before, after)
    for step in steps:
        rest = [one for one in steps if one != step]
        assert prints(applied(before, after, rest)) != prints(after) or len(steps) > 1
    if len(steps) == 1:
        assert prints(before) != prints(after)
