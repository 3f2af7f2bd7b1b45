"""What registers add up to: who counts in a year, and for what."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cluster.model import Entry
from generator.forms.printing import print_indicator
from generator.indicators import derive
from tests.samples import cluster, decimal, entries, firm, given

LARGE = firm("丙", small=False, 产值={2023: "100000", 2024: "200000"}, 首次上云年份=2020)
STANDARD = {"名称": "某标准", "类别": "国家", "参与方式": "主持"}
PATENT = {"名称": "某专利", "类型": "发明专利"}


def printed(name: str, year: int, *firms: Entry, **more: Any) -> str | None:
    registers = ({"企业": firms} if firms else {}) | more.pop("registers", {})
    derived = derive(cluster(registers=registers, **more), years=(year,)).get((name, year))
    return None if derived is None else print_indicator(derived)


def test_amounts_are_added_up_in_ten_thousands_and_given_in_hundred_millions() -> None:
    firms = (firm("甲", 产值={2023: "12345.67"}), firm("乙", 产值={2023: "0.33"}), LARGE)
    assert printed("集群总产值", 2023, *firms) == "11.23"
    assert printed("中小企业产值", 2023, *firms) == "1.23"


def test_the_basis_tells_who_was_added_up() -> None:
    data = cluster(registers={"企业": (firm("甲", 产值={2023: "12345"}), LARGE)})
    derived = derive(data)["集群总产值", 2023]
    assert (derived.formula, derived.numbers) == (
        "集群企业产值（万元）合计÷10000", "2家集群企业合计112345万元÷10000",
    )  # fmt: skip


def test_staff_and_patents_of_small_enterprises_stay_whole() -> None:
    firms = (firm("甲", 从业人员={2023: "120"}), firm("乙", small=False, 从业人员={2023: "900"}))
    assert printed("中小企业从业人员数量", 2023, *firms) == "120"


@pytest.mark.parametrize(("year", "counted"), [(2021, "1"), (2022, "2"), (2023, "2"), (2024, "1")])
def test_an_enterprise_counts_from_the_year_it_joins_until_it_leaves(year: int, counted: str) -> None:
    assert printed("企业数量", year, firm("甲"), firm("乙", 加入年份=2022, 退出年份=2024)) == counted


def test_an_enterprise_that_grew_is_small_no_more() -> None:
    firms = (firm("甲", 成为大型企业年份=2024, 产值={2023: "10000", 2024: "20000"}),)
    assert [printed("中小企业数量", year, *firms) for year in (2023, 2024)] == ["1", "0"]
    assert [printed("中小企业产值", year, *firms) for year in (2023, 2024)] == ["1.00", None]


@pytest.mark.parametrize(
    ("until", "years"),
    [("", [2022, 2023, 2024]), ("2024", [2022, 2023, 2024]), ("2024-12-31", [2022, 2023, 2024]), ("2024-11", [2022, 2023]),
     ("2023-06-30", [2022])],
)  # fmt: skip
def test_a_title_counts_from_its_year_while_it_lasts_to_the_end_of_the_year(until: str, years: list[int]) -> None:
    other = firm("乙", 高新技术企业起始年份=2000, 高新技术企业截止时间="2001")
    lasting: dict[str, Any] = {"高新技术企业截止时间": until} if until else {}
    one = firm("甲", 高新技术企业起始年份=2022, **lasting)
    assert [year for year in range(2020, 2025) if printed("高新技术企业数量", year, one, other) == "1"] == years


def test_titles_count_where_they_belong_to_the_leading_industry() -> None:
    firms = (firm("甲", 小巨人起始年份=2022), firm("乙", leading=False, 小巨人起始年份=2022))
    assert printed("小巨人企业数量", 2023, *firms) == "1"


def test_who_holds_several_titles_counts_once() -> None:
    firms = (
        firm("甲", 创新型中小企业起始年份=2022, 专精特新中小企业起始年份=2022),
        firm("乙", 专精特新中小企业起始年份=2023),
    )
    assert printed("优质中小企业数量", 2023, *firms) == "2"
    champions = (
        firm("甲", 省级单项冠军起始年份=2021, 国家级单项冠军起始年份=2023),
        firm("乙", 省级单项冠军起始年份=2023),
    )
    assert printed("单项冠军企业数量", 2023, *champions) == "2"
    assert printed("国家级单项冠军企业数量", 2023, *champions) == "1"


def test_what_nobody_says_anything_of_is_not_none_but_unknown() -> None:
    assert printed("小巨人企业数量", 2023, firm("甲")) is None
    assert printed("上云中小企业数量", 2023, firm("甲")) is None
    assert printed("集群总产值", 2023, firm("甲")) is None
    assert printed("企业数量", 2023) is None


def test_rates_are_shares_of_the_small_enterprises_unless_the_cluster_says_otherwise() -> None:
    firms = (firm("甲", 首次上云年份=2022), firm("乙"), LARGE)
    assert printed("上云比例", 2023, *firms) == "50.00"
    values = {"普及率分母": given("企业数量")}
    assert printed("上云比例", 2023, *firms, values=values) == "66.67"
    derived = derive(cluster(registers={"企业": firms}, values=values))["上云比例", 2023]
    assert (derived.formula, derived.numbers) == ("上云企业数量÷企业数量×100%", "2÷3×100%")


def test_a_figure_given_by_hand_goes_before_the_registers_where_others_build_on_it() -> None:
    firms = (firm("甲", 产值={2023: "10000"}),)
    actuals = {("集群总产值", 2023): decimal("4"), ("县域产值", 2023): decimal("10")}
    assert printed("产值占县域产值比例", 2023, *firms, actuals=actuals) == "40.00"
    assert printed("集群总产值", 2023, *firms, actuals=actuals) == "1.00"


def test_standards_are_held_at_the_end_of_a_year_or_obtained_in_it() -> None:
    held = entries(*({**STANDARD, "取得时间": when} for when in ("2021", "2023-05", "2023")))
    registers = {"标准": held}
    assert printed("主持国家标准数量", 2023, registers=registers) == "3"
    assert printed("当年主持国家标准数量", 2023, registers=registers) == "2"
    assert printed("参与国际标准数量", 2023, registers=registers) == "0"


def test_patents_count_while_they_hold_and_belong_to_small_enterprises() -> None:
    firms = (firm("甲", 有效发明专利={2023: "99"}), LARGE)
    rows = ({"取得时间": "2021"}, {"取得时间": "2021", "失效时间": "2022-06"}, {"取得时间": "2022", "类型": "外观设计"},
            {"取得时间": "2023-03", "企业名称": "丙"}, {"取得时间": "2023-03", "企业名称": "丙、甲"})  # fmt: skip
    registers = {"专利": entries(*({**PATENT, **row} for row in rows))}
    assert [printed("有效发明专利拥有量", year, *firms, registers=registers) for year in (2021, 2022, 2023)] == [
        "2",
        "1",
        "2",
    ]
    assert printed("有效发明专利拥有量", 2023, *firms) == "99"
