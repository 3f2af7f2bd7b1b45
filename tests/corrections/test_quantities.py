"""Numbers in prose held against a figure: the same, rounded, or in 万 for 亿."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections.quantities import Likeness, likeness, quantities


def like(text: str, figure: str, unit: str) -> Likeness | None:
    (quantity,) = quantities(text)
    return likeness(quantity, Decimal(figure), unit)


@pytest.mark.parametrize(
    ("text", "figure", "unit", "how"),
    [
        ("总产值46.88亿元", "46.88", "亿元", Likeness.SAME),
        ("总产值46.880亿元", "46.88", "亿元", Likeness.SAME),
        ("总产值46.9亿元", "46.88", "亿元", Likeness.ROUNDED),
        ("约47亿元", "46.88", "亿元", Likeness.ROUNDED),
        ("468800万元", "46.88", "亿元", Likeness.CONVERTED),
        ("468,800万元", "46.88", "亿元", Likeness.CONVERTED),
        ("出口11.83亿元", "118325.90", "万元", Likeness.CONVERTED),
        ("超46亿元", "46.88", "亿元", Likeness.ROUNDED),
        ("46亿元以上", "46.88", "亿元", Likeness.ROUNDED),
        ("46亿元", "46.88", "亿元", None),
        ("46.87亿元", "46.88", "亿元", None),
        ("46.88家", "46.88", "亿元", None),
        ("46.88%", "46.88", "亿元", None),
        ("14.46％", "14.462", "%", Likeness.ROUNDED),
        ("1.5万人", "15030", "人", Likeness.CONVERTED),
        ("205户", "205", "家", Likeness.SAME),
        ("编号4688", "46.88", "亿元", None),
        ("达到46.88", "46.88", "亿元", Likeness.SAME),
        ("达到47", "46.88", "亿元", None),
        ("0.25吨/万元", "0.2499", "吨二氧化碳/万元", Likeness.ROUNDED),
        ("下降14.46%", "-14.46", "%", Likeness.SAME),
        ("总产值４６．８８亿元", "46.88", "亿元", Likeness.SAME),
        ("14.46％", "14.46", "%", Likeness.SAME),
        ("约130亿元", "128.94", "亿元", Likeness.ROUNDED),
        ("130亿元左右", "128.94", "亿元", Likeness.ROUNDED),
        ("近1300000万元", "128.94", "亿元", Likeness.CONVERTED),
        ("130亿元", "128.94", "亿元", None),
        ("约100亿元", "128.94", "亿元", None),
        ("46亿多元", "46.88", "亿元", Likeness.ROUNDED),
        ("200余家", "205", "家", Likeness.ROUNDED),
        ("1.4万余人", "14120", "人", Likeness.CONVERTED),
        ("第205页", "205", "家", None),
        ("205台套", "205", "家", None),
        ("2023年", "2023", "家", None),
        ("146.88亿元", "46.88", "亿元", None),
        ("46.881亿元", "46.88", "亿元", None),
    ],
)
def test_a_number_is_known_in_the_ways_that_prose_writes_it(
    text: str, figure: str, unit: str, how: Likeness | None
) -> None:
    assert like(text, figure, unit) is how


@given(st.decimals(1, 9999, places=2), st.integers(0, 2))
def test_a_figure_is_known_however_far_it_is_rounded(figure: Decimal, places: int) -> None:
    rounded = figure.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    assert like(f"产值{rounded}亿元", str(figure), "亿元") is not None


@given(st.decimals(1, 9999, places=2), st.decimals(1, 9999, places=2))
def test_another_figure_is_not(figure: Decimal, other: Decimal) -> None:
    assert (like(f"产值{other}亿元", str(figure), "亿元") is not None) == (figure == other)


def test_numbers_are_found_in_order_with_their_units() -> None:
    told = [(one.text, one.scale, one.base) for one in quantities("2023年产值1.2亿元，企业205家，占56.3%，第3名")]
    assert told == [
        ("2023年", "", "年"),
        ("1.2亿元", "亿", "元"),
        ("205家", "", "家"),
        ("56.3%", "", "%"),
        ("3名", "", "名"),
    ]
