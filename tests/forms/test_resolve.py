"""A form and a cluster become a filled form."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cluster.catalogue import Kind
from generator.cluster.model import Cluster
from generator.forms.definition import Form
from generator.forms.filled import FilledForm, Origin
from generator.forms.resolve import blank, resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from tests.samples import catalogue, cluster, decimal, entries, facts, form, given, plan, submission, target

KINDS = catalogue(产值=Kind.AMOUNT, 集群总产值=Kind.AMOUNT, 集群产值年均增速=Kind.PERCENT)


@pytest.fixture(scope="module")
def fonts() -> FontLibrary:
    return FontLibrary.bundled()


def fill(definition: Form, data: Cluster, fonts: FontLibrary) -> FilledForm:
    return resolve(definition, data, KINDS, derive(data), fonts)


def printed(filled: FilledForm) -> dict[str, str]:
    return {slot.slot.key: slot.printed for slot in filled.slots}


def test_a_row_by_year_prints_each_year(fonts: FontLibrary) -> None:
    data = cluster(actuals={("产值", 2022): decimal("1.5"), ("产值", 2024): given(3)})
    filled = fill(form([{"label": "产值", "by_year": "产值"}]), data, fonts)
    assert printed(filled) == {"一_产值_y2022": "1.50", "一_产值_y2023": "", "一_产值_y2024": "3"}


def test_a_single_value_of_a_field_by_year_is_that_of_the_base_year(fonts: FontLibrary) -> None:
    data = cluster(actuals={("产值", 2023): given(1), ("产值", 2024): given(2)})
    assert printed(fill(form([{"label": "产值", "value": "产值"}]), data, fonts)) == {"一_产值": "2"}


def test_what_is_not_given_is_derived_and_explains_itself(fonts: FontLibrary) -> None:
    data = cluster(actuals={("集群总产值", 2022): given(100), ("集群总产值", 2024): given(121)})
    (slot,) = fill(form([{"label": "增速", "value": "集群产值年均增速"}]), data, fonts).slots
    assert (slot.printed, slot.origin) == ("10.00", Origin.DERIVED)
    assert "121÷100" in slot.basis


def test_what_is_given_stands_before_what_is_derived(fonts: FontLibrary) -> None:
    actuals = {("集群总产值", 2022): given(100), ("集群总产值", 2024): given(121), ("集群产值年均增速", 2024): given(9)}
    (slot,) = fill(form([{"label": "增速", "value": "集群产值年均增速"}]), cluster(actuals=actuals), fonts).slots
    assert (slot.printed, slot.origin) == ("9", Origin.GIVEN)


BOXES: list[dict[str, Any]] = [
    {
        "label": "是否建立",
        "name": "建立",
        "choose": "one",
        "boxes": [{"text": "是", "when": "建立机制"}, {"text": "否", "when": {"not": "建立机制"}}],
    }
]


@pytest.mark.parametrize(
    ("known", "ticks"),
    [(facts("建立机制"), "☑□"), (facts("别的"), "□☑"), (None, "□□")],
    ids=["claimed", "not among the facts", "nothing said"],
)
def test_boxes_follow_from_facts_and_silence_ticks_nothing(known: Any, ticks: str, fonts: FontLibrary) -> None:
    filled = fill(form(BOXES), cluster(facts=known), fonts)
    assert "".join(slot.printed for slot in filled.slots) == ticks


NAMES: list[dict[str, Any]] = [
    {"label": "国家级平台", "name": "国家级", "names": "创新平台", "where": {"级别": "国家级"}},
]


def test_names_and_number_come_from_the_register_up_to_the_base_year(fonts: FontLibrary) -> None:
    platforms = entries(
        {"名称": "甲中心", "级别": "国家级", "取得时间": "2020-01"},
        {"名称": "乙中心", "级别": "国家级"},
        {"名称": "丙中心", "级别": "国家级", "取得时间": "2025-01"},
        {"名称": "丁中心", "级别": "省级"},
    )
    filled = fill(form(NAMES), cluster(registers={"创新平台": platforms}), fonts)
    assert printed(filled) == {"一_国家级_数量": " 2 ", "一_国家级_名称": "甲中心、乙中心"}


def test_an_empty_register_says_nothing_there_is(fonts: FontLibrary) -> None:
    filled = fill(form(NAMES), cluster(registers={"创新平台": ()}), fonts)
    assert printed(filled) == {"一_国家级_数量": " 0 ", "一_国家级_名称": "无"}


def test_too_many_names_are_cut_with_a_pointer_to_the_list(fonts: FontLibrary) -> None:
    many = entries(
        *({"名称": f"上海市示例区第{number:03d}号智能传感器产业创新研究中心", "级别": "国家级"} for number in range(60))
    )
    names = fill(form(NAMES), cluster(registers={"创新平台": many}), fonts).by_key()["一_国家级_名称"]
    assert names.printed.endswith("等60个，名单见附件")
    assert names.fits


def test_long_text_is_set_smaller_and_beyond_that_is_said_not_to_fit(fonts: FontLibrary) -> None:
    row = {"label": "情况（200字以内）", "narrative": "情况", "limit": 200}
    sizes = []
    for length in (200, 260, 900):
        (slot,) = fill(form([row]), cluster(values={"情况": given("国" * length)}), fonts).slots
        sizes.append((slot.size, slot.fits))
    assert sizes[0] == (10.5, True)
    assert sizes[1][0] is not None
    assert sizes[1][0] < 10.5
    assert sizes[1][1]
    assert sizes[2] == (7.5, False)


def test_a_submission_speaks_before_the_common_text(fonts: FontLibrary) -> None:
    row = {"label": "情况", "narrative": "情况", "limit": 200}
    data = cluster(values={"情况": given("通用")}, submissions=submission(values={"情况": given("专用")}))
    assert printed(fill(form([row]), data, fonts)) == {"一_情况": "专用"}


TABLE = {
    "table": "目标表",
    "plan": "$base",
    "columns": [
        {"text": "方向", "width": 30},
        {"text": "指标", "width": 50},
        {"text": "$base年基准值", "width": 40, "shows": "base"},
        {"text": "$target年目标值", "width": 40, "shows": "target", "year": "$target"},
    ],
    "rows": [
        {"direction": "创新", "indicators": ["专利数量", "......"]},
        {"direction": "开放合作", "indicators": ["定性描述"]},
        {"direction": "其它", "indicators": ["......"]},
    ],
}


def rows(filled: FilledForm) -> list[tuple[str, ...]]:
    return [(row.direction, row.indicator, *(cell.printed for cell in row.cells)) for row in filled.tables[0].rows]


def plan_form() -> Form:
    return form([], plan={"limit": 100, "body": [TABLE]})


def test_own_indicators_take_the_place_of_the_dots(fonts: FontLibrary) -> None:
    targets = plan(
        2024,
        target("创新", "专利数量", unit="件", base=given(10), values={2027: given(20)}),
        target("创新", "论文", unit="篇", base=given(1), values={2027: given(2)}),
        target("开放合作", "定性描述", base_text=given("已交流"), text=given("常态交流")),
    )
    assert rows(fill(plan_form(), cluster(plans=targets), fonts)) == [
        ("创新", "专利数量", "10件", "20件"),
        ("创新", "论文", "1篇", "2篇"),
        ("开放合作", "定性描述", "已交流", "常态交流"),
        ("其它", "无", "无", "无"),
    ]


def test_words_of_a_target_are_those_of_its_year_or_one_for_all(fonts: FontLibrary) -> None:
    columns = [
        {"text": "方向", "width": 30},
        {"text": "指标", "width": 50},
        {"text": "2025年", "width": 30, "shows": "target", "year": 2025},
        {"text": "2027年", "width": 30, "shows": "target", "year": 2027},
    ]
    table = {**TABLE, "columns": columns, "rows": [{"direction": "开放合作", "indicators": ["定性描述"]}]}
    definition = form([], plan={"limit": 100, "body": [table]})
    by_year = target("开放合作", "定性描述", texts={2025: given("两家"), 2027: given("四家")})
    for_all = target("开放合作", "定性描述", text=given("三家"))
    for one, expected in ((by_year, ("两家", "四家")), (for_all, ("三家", "三家"))):
        filled = fill(definition, cluster(plans=plan(2024, one)), fonts)
        assert rows(filled) == [("开放合作", "定性描述", *expected)]


def test_rows_in_words_say_so_and_rows_of_figures_do_not(fonts: FontLibrary) -> None:
    targets = plan(
        2024,
        target("创新", "专利数量", base=given(10), values={2027: given(20)}),
        target("开放合作", "定性描述", base_text=given("已交流"), text=given("常态交流")),
    )
    tables = fill(plan_form(), cluster(plans=targets), fonts).context()["目标表"]
    assert {direction: row["文字"] for direction, (row,) in tables.items()} == {
        "创新": "",
        "开放合作": "是",
        "其它": "",
    }


def test_a_base_value_follows_from_the_actuals(fonts: FontLibrary) -> None:
    targets = plan(2024, target("创新", "专利数量", unit="亿元", basis="产值", values={2027: given(20)}))
    data = cluster(plans=targets, actuals={("产值", 2024): decimal("9.5")})
    assert rows(fill(plan_form(), data, fonts))[0] == ("创新", "专利数量", "9.50亿元", "20亿元")


def test_without_a_plan_the_table_stays_as_printed(fonts: FontLibrary) -> None:
    expected = [
        ("创新", "专利数量", "", ""),
        ("创新", "......", "", ""),
        ("开放合作", "定性描述", "", ""),
        ("其它", "......", "", ""),
    ]
    assert rows(fill(plan_form(), cluster(), fonts)) == expected
    assert rows(blank(plan_form())) == expected


def test_the_blank_form_shows_hints_and_the_filled_one_does_not(fonts: FontLibrary) -> None:
    definition = form([{"label": "名称：", "hint": "（XX产业）", "value": "名称"}])
    assert printed(blank(definition))["提示_一_名称"] == "（XX产业）"
    filled = fill(definition, cluster(values={"名称": given("甲产业")}), fonts)
    assert printed(filled) == {"提示_一_名称": "", "一_名称": "甲产业"}
