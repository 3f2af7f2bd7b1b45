"""The formulas of the 填报说明."""

from __future__ import annotations

from decimal import Decimal

from generator.forms.printing import print_derived
from generator.indicators import derive
from tests.samples import cluster, decimal, given


def printed(name: str, year: int, **actuals: dict[int, str]) -> str | None:
    data = {(field, at): decimal(text) for field, values in actuals.items() for at, text in values.items()}
    derived = derive(cluster(actuals=data)).get((name, year))
    return None if derived is None else print_derived(derived.value)


def test_mean_growth_is_geometric_over_two_intervals() -> None:
    assert printed("集群产值年均增速", 2024, 集群总产值={2022: "100", 2023: "150", 2024: "121"}) == "10.00"


def test_mean_growth_needs_the_first_of_the_three_years() -> None:
    assert printed("集群产值年均增速", 2024, 集群总产值={2023: "100", 2024: "121"}) is None


def test_growth_is_over_the_year_before() -> None:
    assert printed("主导产业产值增速", 2023, 主导产业产值={2022: "80", 2023: "90"}) == "12.50"


def test_growth_from_nothing_is_not_derived() -> None:
    assert printed("主导产业产值增速", 2023, 主导产业产值={2022: "0", 2023: "90"}) is None


def test_patents_are_per_ten_thousand_staff() -> None:
    values = printed(
        "每万人有效发明专利拥有量", 2024, 有效发明专利拥有量={2024: "30"}, 中小企业从业人员数量={2024: "15000"}
    )
    assert values == "20.00"


def test_intensity_of_output_needs_no_factor_between_ten_thousand_tons_and_hundred_millions() -> None:
    assert printed("单位产值能耗", 2024, 能源消费量={2024: "3"}, 集群总产值={2024: "20"}) == "0.15"


def test_an_indicator_builds_on_a_derived_one() -> None:
    energy = {2022: "4", 2023: "4", 2024: "3"}
    output = {2022: "20", 2023: "20", 2024: "20"}
    assert printed("单位产值能耗降低率", 2024, 能源消费量=energy, 集群总产值=output) == "25.00"


def test_pooled_intensity_sums_three_years() -> None:
    spent = {2022: "1", 2023: "2", 2024: "3"}
    revenue = {2022: "100", 2023: "100", 2024: "100"}
    assert printed("近三年研发投入强度", 2024, 研发经费总额=spent, 中小企业营业收入=revenue) == "2.00"


def test_a_statement_of_nothing_is_no_figure() -> None:
    data = {("外商直接投资额", 2022): given("无"), ("外商直接投资额", 2023): decimal("5")}
    assert ("外商直接投资额增长率", 2023) not in derive(cluster(actuals=data))


def test_the_basis_shows_the_formula_with_its_numbers() -> None:
    data = {("上云中小企业数量", 2024): decimal("30"), ("中小企业数量", 2024): decimal("40")}
    derived = derive(cluster(actuals=data))["上云比例", 2024]
    assert (derived.value, derived.numbers) == (Decimal(75), "30÷40×100%")
