"""Pictures of figures: true to their numbers, nothing outside the frame, readable as SVG."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.charts import Bar, Shape, Trend, draw_bar, draw_trend, scale_of, side_by_side
from generator.documents.drawing import Drawing
from generator.documents.lettering import Lettering
from generator.documents.svg import as_svg
from generator.measure.fonts import FontLibrary

FONTS = FontLibrary.bundled()
YEARS = (2022, 2023, 2024)
FIGURES = st.decimals(-(10**6), 10**6, places=2, allow_nan=False, allow_infinity=False)
NOISE = 0.01


def trend(*values: str | None, shape: Shape = Shape.COLUMNS, line: str | None = None, title: str = "总产值") -> Trend:
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return Trend(title, "亿元", YEARS, figures, shape, None if line is None else Decimal(line))


def drawn(*values: str | None, **more: str) -> Drawing:
    shape = Shape(more.pop("shape", "columns"))
    return draw_trend(trend(*values, shape=shape, **more), FONTS, width=150, height=110)


def words(drawing: Drawing) -> list[str]:
    return [run.text for run in drawing.runs]


def bar(value: str, *, line: str = "40", met: bool | None = True) -> Drawing:
    return draw_bar(Bar("产值", Decimal(value), Decimal(line), "达到", met), FONTS, width=450, height=18)


@given(st.lists(FIGURES, min_size=1, max_size=5))
def test_an_axis_holds_nought_and_every_value_in_few_steps(values: list[Decimal]) -> None:
    scale = scale_of([float(value) for value in values])
    assert scale.bottom <= min(0, *map(float, values)) + NOISE
    assert scale.top >= max(0, *map(float, values)) - NOISE
    assert scale.bottom < scale.top
    assert 2 <= len(scale.ticks) <= 7
    assert any(abs(tick) < scale.step / 1000 for tick in scale.ticks)


def test_a_trend_prints_title_unit_years_and_every_value() -> None:
    printed = words(drawn("35.20", "41.05", "46.88"))
    assert "".join(printed).startswith("总产值（亿元）")
    assert {"2022", "2023", "2024", "35.20", "41.05", "46.88"} <= {text.removesuffix("年") for text in printed}


def test_counts_have_no_decimals_and_a_series_has_them_all_or_none() -> None:
    assert {"33", "44", "56"} <= {*words(drawn("33", "44", "56"))}
    assert {"35.11", "40.00", "45.50"} <= {*words(drawn("35.11", "40", "45.5"))}


def test_columns_are_as_high_as_their_values() -> None:
    columns = drawn("10", "20", "40").areas
    assert [round(column.height / columns[0].height, 3) for column in columns] == [1, 2, 4]
    assert len({round(column.y + column.height, 3) for column in columns}) == 1


def test_what_is_negative_hangs_below_the_axis() -> None:
    above, below, _ = drawn("5", "-5", "10").areas
    assert above.y + above.height == pytest.approx(below.y)
    assert above.height == pytest.approx(below.height)


def test_a_missing_year_is_a_dash_and_a_gap_in_the_line() -> None:
    whole, torn = (drawn("7", year, "9", shape="line") for year in ("8", None))
    slanted = [[rule for rule in drawing.rules if rule.width > 1] for drawing in (whole, torn)]
    assert [len(rules) for rules in slanted] == [2, 0]
    assert "—" in "".join(words(torn)) and "—" not in "".join(words(whole))
    assert (len(whole.areas), len(torn.areas)) == (3, 2)


def test_the_line_of_a_standard_is_dashed_at_its_height_and_named() -> None:
    drawing = drawn("20", "30", "40", line="40")
    (dashed,) = (rule for rule in drawing.rules if rule.dash)
    assert dashed.y1 == dashed.y2 == pytest.approx(min(area.y for area in drawing.areas))
    assert "".join(words(drawing)).count("40") >= 2


def test_a_line_far_below_the_values_is_named_clear_of_the_years() -> None:
    drawing = drawn("403", "461", "522", line="15")
    name = next(run for run in drawing.runs if run.text == "15")
    years = [run for run in drawing.runs if "年" in run.text]
    assert years and all(name.y < run.y - run.size for run in years)


@given(st.lists(st.none() | FIGURES, min_size=3, max_size=3), st.sampled_from(Shape), st.none() | FIGURES)
def test_no_figure_puts_anything_outside_the_frame(
    values: list[Decimal | None], shape: Shape, line: Decimal | None
) -> None:
    drawing = draw_trend(Trend("指标", "万元", YEARS, tuple(values), shape, line), FONTS, width=150, height=110)
    for run in drawing.runs:
        assert run.x >= -1 and run.x + run.width <= drawing.width + 1, run
        assert run.size * 0.7 <= run.y + NOISE and run.y <= drawing.height + NOISE, run
    for rule in drawing.rules:
        assert min(rule.x1, rule.x2) >= -NOISE and max(rule.x1, rule.x2) <= drawing.width + NOISE
        assert min(rule.y1, rule.y2) >= -NOISE and max(rule.y1, rule.y2) <= drawing.height + NOISE
    for area in drawing.areas:
        assert area.width > 0 and area.height >= 0
        assert area.y >= -NOISE and area.y + area.height <= drawing.height + NOISE


def test_a_bar_is_as_long_as_its_value_by_its_line_and_the_line_stands_still() -> None:
    half, whole, double = (bar(value) for value in ("20", "40", "80"))
    start = half.areas[0].x
    lines = [next(rule.x1 for rule in drawing.rules if rule.dash) for drawing in (half, whole, double)]
    assert len({*lines}) == 1
    assert [round(drawing.areas[0].width / (lines[0] - start), 3) for drawing in (half, whole, double)] == [0.5, 1, 2]


def test_a_bar_beyond_all_bounds_ends_in_a_gap() -> None:
    far, farther = bar("4000"), bar("90000")
    assert far.areas == farther.areas
    assert far.areas[-1].colour == "FFFFFF"


def test_what_falls_short_is_told_apart_without_colour() -> None:
    met, missed, edge = (bar("30", met=state) for state in (True, False, None))
    assert missed.areas[0].colour == "FFFFFF" and len(missed.rules) > len(met.rules)
    assert len({drawing.areas[0].colour for drawing in (met, missed, edge)}) == 3
    for drawing in (met, missed, edge):
        colour = drawing.areas[0].colour
        assert colour[:2] == colour[2:4] == colour[4:]


def test_a_value_below_nought_has_no_bar_and_still_its_words() -> None:
    drawing = bar("-3", met=False)
    assert drawing.areas == ()
    assert "达到" in "".join(words(drawing))


def test_drawings_stand_side_by_side_in_equal_rooms() -> None:
    one = drawn("1", "2", "3")
    row = side_by_side([one, one], width=480, columns=3)
    assert (row.width, row.height) == (480, one.height)
    assert [after.x - before.x for before, after in zip(row.areas[:3], row.areas[3:], strict=True)] == [160] * 3


def test_words_are_centred_and_cut_by_face() -> None:
    (run,) = Lettering("宋体", 10).runs("年度", 50, 20, FONTS, "centre")
    assert run.x == pytest.approx(40) and run.width == pytest.approx(20)
    runs = Lettering("仿宋_GB2312", 10).runs("产𬭎业", 0, 0, FONTS)
    assert "".join(piece.text for piece in runs) == "产𬭎业"
    assert len({piece.face for piece in runs}) > 1


def test_a_character_that_no_font_has_is_a_question_mark() -> None:
    assert "".join(run.text for run in Lettering("宋体", 10).runs("好😀", 0, 0, FONTS)) == "好?"


def test_svg_is_well_formed_holds_all_words_and_escapes_them() -> None:
    drawing = draw_trend(trend("1", "2", "3", title='R&D <x> "y"'), FONTS, width=150, height=110)
    tree = ElementTree.fromstring(as_svg(drawing, '甲 "<&'))
    assert tree.get("aria-label") == '甲 "<&'
    assert [element.text for element in tree.iter("text")] == words(drawing)
    assert len([*tree.iter("line")]) == len(drawing.rules)
    assert len([*tree.iter("rect")]) == len(drawing.areas)
