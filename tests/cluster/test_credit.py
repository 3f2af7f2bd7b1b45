"""The check character of a code, against the sum that the standard writes down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.credit import check_character

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
