"""The check character of a code, against the sum that the standard writes down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.credit import all_valid, check_character

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(some.text(CHARACTERS, min_size=17, max_size=18))
def test_it_brings_the_weighted_sum_to_a_multiple_of_31(code: str) -> None:
    weighted = sum(CHARACTERS.index(character) * 3**place for place, character in enumerate(code[:17]))
    assert (weighted + CHARACTERS.index(check_character(code))) % 31 == 0


@pytest.mark.parametrize(
    "code", ["", "9131019", "91310199MA900000I", "9131 199MA9000001", "9131_199MA9000001", "9１310199MA9000001"]
)
def test_there_is_none_for_what_is_too_short_or_has_other_characters(code: str) -> None:
    assert check_character(code) == ""


CODES = some.text(CHARACTERS, min_size=17, max_size=17).map(lambda stem: stem + check_character(stem))
DOUBTFUL = some.one_of(
    some.text(CHARACTERS, min_size=18, max_size=18), some.text(max_size=20), some.text(CHARACTERS + "IOa", max_size=19)
)


@given(some.lists(CODES, max_size=30), some.lists(DOUBTFUL, max_size=1))
def test_many_codes_are_valid_at_once_where_each_is(codes: list[str], doubtful: list[str]) -> None:
    several = [*codes, *doubtful]
    assert all_valid(several) == all(len(code) == 18 and check_character(code) == code[-1] for code in several)


def test_the_largest_sums_fit() -> None:
    assert all_valid(["Y" * 17 + check_character("Y" * 17)] * 3000)
