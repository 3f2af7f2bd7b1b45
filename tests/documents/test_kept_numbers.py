"""Numbers of lists: counted on at first, kept after a version was frozen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.kept_numbers import Kept, as_tree, from_tree
from generator.documents.lists import NumberedLists, number_lists
from generator.lists.rows import MadeList, NoList
from tests.lists.listed import impossible, made

TITLES = "甲乙丙丁戊己"
STATES = st.lists(st.sampled_from(["made", "impossible", "not owed"]), min_size=len(TITLES), max_size=len(TITLES))


def lists(states: Sequence[str]) -> list[MadeList | NoList]:
    """Lists of all titles that are owed, in the order of the titles."""
    return [
        made(title, "一家") if state == "made" else impossible(title)
        for title, state in zip(TITLES, states, strict=True)
        if state != "not owed"
    ]


def numbers(found: NumberedLists) -> dict[str, int]:
    return {one.title: number for number, one in found.made}


def test_lists_are_counted_while_nothing_was_frozen() -> None:
    found = number_lists([made("甲"), impossible("乙"), made("丙")])
    assert numbers(found) == {"甲": 1, "丙": 2} and found.withdrawn == ()
    assert [(one.number, one.title) for one in found.kept] == [(1, "甲"), (2, "丙")]


def test_a_list_that_is_withdrawn_leaves_a_gap_and_takes_it_again() -> None:
    kept = number_lists([made("甲"), made("乙"), made("丙")]).kept
    without = number_lists([made("甲"), impossible("乙"), made("丙")], kept)
    assert numbers(without) == {"甲": 1, "丙": 3}
    assert [(number, one.owed.definition.title) for number, one in without.withdrawn] == [(2, "乙")]
    assert [(one.number, one.withdrawn) for one in without.kept] == [(1, False), (2, True), (3, False)]
    again = number_lists([made("甲"), made("乙"), made("丙")], without.kept)
    assert numbers(again) == {"甲": 1, "乙": 2, "丙": 3} and again.kept == kept


def test_a_list_that_came_in_goes_behind_all_others_even_behind_withdrawn_ones() -> None:
    kept = number_lists([made("甲"), made("丙")]).kept
    found = number_lists([made("甲"), made("乙"), impossible("丙")], kept)
    assert [(number, one.title) for number, one in found.made] == [(1, "甲"), (3, "乙")]


def test_what_is_not_even_owed_any_more_is_remembered() -> None:
    found = number_lists([made("甲")], number_lists([made("甲"), made("乙")]).kept)
    assert found.withdrawn == () and found.kept[1] == Kept(2, "乙", ("乙数量",), withdrawn=True)


def test_of_two_lists_of_one_title_each_keeps_its_own_number() -> None:
    both = [made("冠军名单", figures=("国家级",)), made("冠军名单", figures=("市级",))]
    kept = number_lists(both).kept
    assert [number for number, _ in number_lists(both[1:], kept).made] == [2]
    assert [number for number, _ in number_lists(both[::-1], kept).made] == [1, 2]


def test_a_list_that_proves_another_figure_by_now_is_still_the_same() -> None:
    kept = number_lists([made("甲"), made("标准清单", figures=("国家标准",))]).kept
    assert numbers(number_lists([made("标准清单", figures=("国家标准", "行业标准"))], kept)) == {"标准清单": 2}


@given(st.lists(st.tuples(STATES, st.booleans()), min_size=1, max_size=6))
def test_a_number_once_frozen_is_that_of_one_list_for_ever(steps: list[tuple[list[str], bool]]) -> None:
    kept: tuple[Kept, ...] = ()
    bound: dict[int, str] = {}
    for states, frozen in steps:
        found = number_lists(lists(states), kept)
        for number, one in found.made:
            assert bound.get(number, one.title) == one.title
            assert one.title not in bound.values() or bound.get(number) == one.title
        owed = dict(zip(TITLES, states, strict=True))
        assert sorted(numbers(found)) == sorted(title for title, state in owed.items() if state == "made")
        assert [one.number for one in found.kept] == list(range(1, len(found.kept) + 1))
        assert {one.title for one in found.kept if one.withdrawn} == set(bound.values()) - set(numbers(found))
        assert number_lists(lists(states), found.kept) == found, "freezing changes nothing in the next"
        if frozen:
            kept = found.kept
            bound |= {one.number: one.title for one in kept}


@given(STATES, STATES)
def test_what_is_remembered_is_read_again_as_it_was(first: list[str], second: list[str]) -> None:
    kept = number_lists(lists(second), number_lists(lists(first)).kept).kept
    assert from_tree(as_tree(kept)) == kept


def test_a_version_frozen_when_only_lists_had_numbers_is_read() -> None:
    tree = [{"number": 2, "title": "甲", "figures": ["甲数量"], "withdrawn": False}]
    assert from_tree(tree) == (Kept(2, "甲", ("甲数量",)),)


@pytest.mark.parametrize("tree", [[{"number": 1}], [{"number": "x", "title": "甲", "of": [], "withdrawn": False}], 5])
def test_anything_else_is_refused(tree: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_tree(tree)  # type: ignore[arg-type]
