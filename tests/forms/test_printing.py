"""How values are printed, counted, and named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from generator.cluster.values import NIL
from generator.forms.counting import count_characters
from generator.forms.places import short_place
from generator.forms.printing import loses_digits, print_derived, print_value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("35"), "35"),
        (Decimal("35.2"), "35.20"),
        (Decimal("35.00"), "35.00"),
        (Decimal("0.125"), "0.13"),
        (Decimal("1E+3"), "1000"),
        (NIL, "无"),
        (("甲", "乙"), "甲、乙"),
        ("2025-05-06", "2025年5月6日"),
        ("2018-06", "2018年6月"),
        ("高于", "高于"),
    ],
)
def test_a_value_prints_as_the_form_asks(value: object, text: str) -> None:
    assert print_value(value) == text  # type: ignore[arg-type]


@law(st.decimals(min_value=-10_000, max_value=10_000, places=4))
def test_rounding_is_half_up_and_never_off_by_more_than_half_a_cent(value: Decimal) -> None:
    assert abs(Decimal(print_derived(value)) - value) <= Decimal("0.005")


def test_digits_beyond_two_decimals_are_noticed() -> None:
    assert loses_digits(Decimal("1.234"))
    assert not loses_digits(Decimal("1.230"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("集群", 2),
        ("集群，", 3),
        ("2024年", 2),
        ("年均增长12.5%。", 6),
        ("PCT国际专利", 5),
        ("R&D 投入", 3),
        ("“小巨人”", 5),
        ("上 海\n市", 3),
        ("", 0),
    ],
)
def test_characters_are_counted_as_the_docs_say(text: str, count: int) -> None:
    assert count_characters(text) == count


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("江苏省", "江苏"),
        ("上海市", "上海"),
        ("吴江区", "吴江"),
        ("忠县", "忠县"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("湘西土家族苗族自治州", "湘西土家族苗族自治州"),
        ("示例区", "示例"),
    ],
)
def test_a_place_loses_the_level_that_the_form_prints(name: str, short: str) -> None:
    assert short_place(name) == short
