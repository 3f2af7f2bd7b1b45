"""What becomes of printed copies, as the commands tell it."""

from __future__ import annotations

import pytest

from generator.amending import Amended
from generator.cli.copies import amended_as_text
from tests.corrections.test_copies import copy, planned, printing


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("abcdefgh", "AbcdEFGH", "第1、3—4张"),
        ("abcdefgh", "abcd", "抽去第3—4张"),
        ("abcd", "abcdefgh", "第2张后插入新第3张、第2张后插入新第4张"),
        ("abcdef", "Abcd", "第1张、抽去第3张"),
    ],
)
def test_sheets_that_follow_each_other_are_told_together(old: str, new: str, told: str) -> None:
    correction = planned(copy(), printing(old), newest=printing(new, name="第002稿"))
    assert f"申报表：{told}\n" in amended_as_text(Amended("第002稿", (correction,)))
