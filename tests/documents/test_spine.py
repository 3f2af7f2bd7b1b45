"""Labels for spines: one hanzi on a line, nothing beyond the lines to cut along."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.documents.drawing import Drawing
from generator.documents.spine import MILLIMETRE, Strip, per_page, spine_drawing
from generator.measure.fonts import FontLibrary

FONTS = FontLibrary.bundled()


def lines(drawing: Drawing) -> list[str]:
    found: dict[float, str] = {}
    for run in drawing.runs:
        found[run.y] = found.get(run.y, "") + run.text
    return [found[y] for y in sorted(found)]


def test_a_hanzi_takes_a_line_and_a_year_stays_together_where_there_is_room() -> None:
    assert lines(spine_drawing([Strip(("2024年申报表", "第1册"), 20)], 190, FONTS)) == [
        "2024", "年", "申", "报", "表", "第", "1", "册",
    ]  # fmt: skip
    assert lines(spine_drawing([Strip(("2024年",), 5)], 190, FONTS))[:2] == ["2", "0"]


def test_brackets_take_their_upright_shapes_and_no_character_is_lost() -> None:
    printed = "".join(lines(spine_drawing([Strip(("示例区（智能）",), 12)], 190, FONTS)))
    assert printed.replace("︵", "（").replace("︶", "）") == "示例区（智能）"


@settings(max_examples=40, deadline=None)
@given(
    st.text("示例区智能传感器产业集群申报表ABC0123456789（）", min_size=1, max_size=40),
    st.floats(5, 40),
    st.integers(1, 4),
)
def test_nothing_stands_beyond_its_strip(text: str, width: float, number: int) -> None:
    strips = [Strip((text, "上海市中小企业特色产业集群申报表", f"第{one}册"), width) for one in range(number)]
    drawing = spine_drawing(strips, 190, FONTS)
    edges = sorted({rule.x1 for rule in drawing.rules if rule.x1 == rule.x2})
    assert len(edges) == 2 * number
    boxes = list(zip(edges[::2], edges[1::2], strict=True))
    for run in drawing.runs:
        assert any(left - 0.01 <= run.x and run.x + run.width <= right + 0.01 for left, right in boxes)
        assert run.y - run.size * 0.9 >= 0 and run.y <= drawing.height
    assert drawing.height == pytest.approx(190 * MILLIMETRE)


def test_strips_that_do_not_fit_beside_each_other_go_to_a_further_page() -> None:
    strips = [Strip(("甲",), 30)] * 7
    pages = per_page(strips, 150)
    assert [len(page) for page in pages] == [4, 3]
    assert [len(page) for page in per_page([Strip(("甲",), 300)], 150)] == [1]
