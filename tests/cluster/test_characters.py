"""Keys of texts that look alike: the same for many at once as for each by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.characters import alike, all_alike


@given(some.lists(some.one_of(some.text(), some.text("甲（）()“” Ａa１\x00\u0301\u1100\u1161\n"))))
def test_the_keys_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert all_alike(texts) == list(map(alike, texts))
