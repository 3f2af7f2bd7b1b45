"""Evidence after 定稿 keeps its numbers; what is new goes between or behind, and no number is used twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections.evidence_numbers import (
    FrozenItem,
    NumberedItem,
    Standing,
    TodayItem,
    keep_numbers,
)

FROZEN = (
    FrozenItem("甲", "1", ("3", "4", "5", "6"), "a"),
    FrozenItem("乙", "2", ("7", "8"), "b"),
    FrozenItem("丙", "3", ("9", "10", "11"), "c"),
)
TODAY = (TodayItem("甲", 4, "a"), TodayItem("乙", 2, "b"), TodayItem("丙", 3, "c"))


def told(items: tuple[NumberedItem, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.name, item.number, item.pages) for item in items]


def test_what_did_not_change_keeps_its_numbers_and_prints_nothing() -> None:
    kept = keep_numbers(FROZEN, TODAY)
    assert told(kept) == [(item.name, item.number, item.pages) for item in FROZEN]
    assert all(item.standing is Standing.KEPT and item.fresh == () for item in kept)


def test_a_new_item_in_between_is_numbered_behind_its_neighbour() -> None:
    new = keep_numbers(FROZEN, (*TODAY[:1], TodayItem("新", 2), TodayItem("又新", 2), *TODAY[1:]))
    assert told(new)[1:3] == [("新", "1-1", ("6-1", "6-2")), ("又新", "1-2", ("6-3", "6-4"))]
    assert [item.standing for item in new[1:3]] == [Standing.INSERTED] * 2
    assert [item.fresh for item in new] == [(), ("6-1", "6-2"), ("6-3", "6-4"), (), ()]


def test_a_new_item_before_all_others_is_numbered_before_the_first() -> None:
    assert told(keep_numbers(FROZEN, (TodayItem("新", 2), *TODAY)))[0] == ("新", "0-1", ("0-1", "0-2"))


def test_a_new_item_at_the_end_goes_on_counting_from_a_right_hand_page() -> None:
    last = keep_numbers(FROZEN, (*TODAY, TodayItem("新", 2), TodayItem("又新", 2)))
    assert told(last)[3:] == [("新", "4", ("13", "14")), ("又新", "5", ("15", "16"))]


def test_new_items_may_be_a_supplement_at_the_end() -> None:
    done = keep_numbers(FROZEN, (*TODAY[:1], TodayItem("新", 2), *TODAY[1:]), supplement=True)
    assert told(done)[3:] == [("新", "4", ("13", "14"))]
    assert done[3].standing is Standing.ADDED


def test_what_was_withdrawn_leaves_a_gap_that_is_named() -> None:
    done = keep_numbers(FROZEN, TODAY[::2])
    assert [(item.name, item.standing) for item in done] == [
        ("甲", Standing.KEPT),
        ("乙", Standing.WITHDRAWN),
        ("丙", Standing.KEPT),
    ]
    assert done[1].fresh == ()


def test_an_item_that_grew_has_more_pages_behind_its_last_and_one_that_shrank_lacks_some() -> None:
    grown, _, _ = keep_numbers(FROZEN, (TodayItem("甲", 6, "x"), *TODAY[1:]))
    assert (grown.pages, grown.standing) == (("3", "4", "5", "6", "6-1", "6-2"), Standing.CHANGED)
    shrunk, _, _ = keep_numbers(FROZEN, (TodayItem("甲", 2, "x"), *TODAY[1:]))
    assert (shrunk.pages, shrunk.missing) == (("3", "4"), ("5", "6"))
    replaced, _, _ = keep_numbers(FROZEN, (TodayItem("甲", 4, "x"), *TODAY[1:]))
    assert replaced.fresh == ("3", "4", "5", "6")


def test_a_later_correction_goes_on_behind_an_earlier_one() -> None:
    first = keep_numbers(FROZEN, (*TODAY[:1], TodayItem("新", 2, "n"), *TODAY[1:]))
    version = tuple(item.frozen("n" if item.name == "新" else item.name) for item in first)
    again = keep_numbers(version, (TODAY[0], TodayItem("新", 2, "n"), TodayItem("再新", 2), *TODAY[1:]))
    assert told(again)[2] == ("再新", "1-2", ("6-3", "6-4"))


def test_a_number_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="no number"):
        keep_numbers((FrozenItem("甲", "一", ("3",)),), (TodayItem("甲", 1), TodayItem("乙", 2)))


def test_what_was_withdrawn_and_comes_back_is_new_and_then_stays() -> None:
    gone = tuple(item.frozen(item.name) for item in keep_numbers(FROZEN, TODAY[::2]))
    back = keep_numbers(gone, (*TODAY[::2], TodayItem("乙", 2, "b")))
    assert told(back)[3] == ("乙", "4", ("13", "14"))
    version = tuple(item.frozen("b" if item.name == "乙" else "") for item in back)
    again = keep_numbers(version, (TodayItem("甲", 4), TodayItem("丙", 3), TodayItem("乙", 2, "b")))
    assert [item.standing for item in again] == [
        Standing.KEPT,
        Standing.WITHDRAWN,
        Standing.KEPT,
        Standing.KEPT,
    ]


NAMES = st.sampled_from("甲乙丙丁戊己")
ITEMS = st.lists(
    st.builds(TodayItem, NAMES, st.integers(1, 3).map(lambda sheets: 2 * sheets), st.text("ab", max_size=1)), max_size=7
)


@given(st.lists(ITEMS, min_size=1, max_size=4), st.booleans())
def test_numbers_once_given_stay_and_none_is_given_twice(corrections: list[list[TodayItem]], supplement: bool) -> None:
    version: tuple[FrozenItem, ...] = ()
    missing: list[str] = []
    for today in corrections:
        done = keep_numbers(version, today, supplement=supplement, taken=missing)
        numbers = [item.number for item in done]
        pages = [page for item in done for page in item.pages]
        missing += [page for item in done for page in item.missing]
        assert len(set(numbers)) == len(numbers)
        assert len(set(pages)) == len(pages)
        assert not set(pages) & set(missing)
        assert sorted(item.name for item in done if item.standing is not Standing.WITHDRAWN) == sorted(
            item.name for item in today
        )
        for before in version:
            after = next(item for item in done if item.number == before.number)
            assert after.name == before.name
            shared = min(len(before.pages), len(after.pages))
            assert after.pages[:shared] == before.pages[:shared]
        version = tuple(item.frozen("a") for item in done)
