"""The complete example: its figures agree with one another, with the standards, and with what its texts quote."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.data.example import (
    DATA_YEARS,
    DECREASES,
    GROWTHS,
    MEAN_GROWTHS,
    OF_ALL_ENTERPRISES,
    PLANS,
    catalogue,
    cluster,
    given,
    number,
    plan,
    prose,
    rounded,
    value,
)

FORMS = sorted(DATA_YEARS)
PARTS = [
    ("中小企业产值", "集群总产值"), ("主导产业产值", "集群总产值"), ("集群总产值", "县域工业总产值"),
    ("县域工业总产值", "县域产值"), ("中小企业营业收入", "集群营业收入"), ("主导产业营业收入", "集群营业收入"),
    ("中小企业数量", "企业数量"), ("小巨人企业数量", "专精特新中小企业数量"), ("专精特新中小企业数量", "中小企业数量"),
    ("国家级单项冠军企业数量", "单项冠军企业数量"), ("高新技术企业数量", "企业数量"),
    ("优质中小企业数量", "中小企业数量"),
    ("上云中小企业数量", "中小企业数量"), ("接入工业互联网平台中小企业数量", "上云中小企业数量"),
    ("应用数字化研发工具中小企业数量", "中小企业数量"), ("中小企业研发人员数量", "中小企业从业人员数量"),
]  # fmt: skip
STANDARDS = [side + level for side in ("主持", "参与") for level in ("国际", "国家", "行业", "团体")]

# What the texts say beyond the figures of the form: amounts of support, of orders, of plans.
OWN_STATEMENTS = {
    "national-2025": {"12.60", "5.10", "1.80"},
    "national-2024": {"12.60", "4.20", "3.70", "2.50", "4.80", "99.40"},
    "shanghai-2024": {"12.60", "4.80"},
    "rereview-2025": {"5.10"},
}
LABELS = {
    "专精特新中小企业": "专精特新中小企业数量", "“小巨人”企业": "小巨人企业数量",
    "创新型中小企业": "创新型中小企业数量",
    "国家级制造业单项冠军企业": "国家级单项冠军企业数量", "国家级高新技术企业": "高新技术企业数量",
    "上市中小企业": "上市中小企业数量", "其中中小企业": "中小企业数量", "集群有企业": "企业数量",
    "优质中小企业": "优质中小企业数量",
}  # fmt: skip


@pytest.mark.parametrize(("part", "whole"), PARTS)
def test_no_part_exceeds_its_whole(part: str, whole: str) -> None:
    assert all(given(part, year) <= given(whole, year) for year in range(2020, 2025))


def test_excellent_enterprises_lie_between_the_largest_kind_and_the_sum_of_kinds() -> None:
    for year in range(2020, 2025):
        kinds = [given(name, year) for name in ("创新型中小企业数量", "专精特新中小企业数量")]
        assert max(kinds) <= given("优质中小企业数量", year) <= sum(kinds)


@pytest.mark.parametrize("name", STANDARDS)
def test_standards_held_grow_by_those_of_the_year(name: str) -> None:
    for year in range(2021, 2025):
        held, before = given(f"{name}标准数量", year), given(f"{name}标准数量", year - 1)
        assert held - before == given(f"当年{name}标准数量", year)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "shanghai-2024"])
def test_the_national_standard_is_met_in_the_years_of_each_form(form: str) -> None:
    years = DATA_YEARS[form]
    last = years[-1]
    assert all(given("集群总产值", year) >= 40 for year in years)
    assert all(value("中小企业产值占比", year) > 72 for year in years)
    assert all(value("主导产业产值占比", year) > 75 for year in years)
    assert value("集群产值年均增速", last) > 11 and value("主导产业产值年均增速", last) > 11
    assert value("研发经费年均增速", last) > 11
    assert value("有效发明专利年均增速", last) > 16
    assert all(value("每万人有效发明专利拥有量", year) > 15 for year in years)
    assert all(value("工业互联网平台普及率", year) > 15 for year in years)
    assert all(given("小巨人企业数量", year) >= 1 for year in years)
    assert all(value("单位产值二氧化碳排放量", year) < value("单位产值二氧化碳排放量", year - 1) for year in years)
    assert Decimal(cluster()["概况"]["占地面积"]) <= 100


def test_the_standard_of_shanghai_is_met() -> None:
    years = DATA_YEARS["shanghai-2024"]
    assert all(given("集群总产值", year) >= 30 for year in years)
    assert all(value("中小企业产值占比", year) > 50 and value("主导产业产值占比", year) > 50 for year in years)
    assert value("主导产业产值年均增速", 2023) > 10 and value("研发经费年均增速", 2023) > 5
    assert value("有效发明专利年均增速", 2023) > 15 and value("每万人有效发明专利拥有量", 2023) > 15
    assert value("工业互联网平台普及率", 2023) > 10
    assert sum(given(f"当年{name}标准数量", year) for name in STANDARDS for year in years) >= 2


def test_the_cluster_had_the_platforms_that_its_summary_names_at_the_end_of_2023() -> None:
    registers = cluster()["名录"]
    national = {
        name: sum(entry["级别"] == "国家级" and entry["取得时间"] < "2024" for entry in registers[name])
        for name in ("创新平台", "公共服务平台")
    }
    assert f"国家级创新平台{national['创新平台']}个" in cluster()["叙述"]["集群简介"]
    assert f"国家中小企业公共服务示范平台{national['公共服务平台']}个" in cluster()["叙述"]["集群简介"]


def yearly(base: Decimal, target: Decimal) -> Decimal:
    """The mean growth in per cent over the three years from `base` to `target`."""
    return Decimal(100) * ((target / base) ** (Decimal(1) / 3) - 1)


@pytest.mark.parametrize("base_year", [2022, 2023, 2024])
def test_targets_meet_the_rules_printed_below_the_table(base_year: int) -> None:
    targets = {target["指标"]: target for target in plan(base_year) if "值" in target}
    base = {name: value(target["依据"], base_year) for name, target in targets.items()}
    last = {name: number(target["值"][str(base_year + 3)]) for name, target in targets.items()}
    assert last["近三年集群产值年均增速"] >= 10
    steps = [base["优质中小企业数量"], *map(number, targets["优质中小企业数量"]["值"].values())]
    assert steps == sorted(set(steps))
    assert yearly(base["研发经费投入"], last["研发经费投入"]) >= 10
    assert yearly(base["有效发明专利数量"], last["有效发明专利数量"]) >= 15
    assert last["工业互联网普及率"] >= 45
    assert 100 * (1 - last["二氧化碳排放量"] / base["二氧化碳排放量"]) >= 17
    assert 100 * (1 - last["单位工业产值能耗"] / base["单位工业产值能耗"]) >= Decimal("13.5")


@pytest.mark.parametrize("base_year", [2022, 2023, 2024])
def test_the_growth_aimed_at_follows_from_the_output_aimed_at(base_year: int) -> None:
    targets = {target["指标"]: target for target in plan(base_year) if "值" in target}
    output = {year: given("集群总产值", year) for year in range(2020, base_year + 1)}
    output |= {int(year): number(text) for year, text in targets["集群总产值"]["值"].items()}
    for year, text in targets["近三年集群产值年均增速"]["值"].items():
        assert rounded(100 * ((output[int(year)] / output[int(year) - 2]).sqrt() - 1)) == number(text), year


def test_what_was_reached_in_2025_is_no_worse_than_what_was_aimed_at() -> None:
    for target in plan(2022):
        if "值" in target:
            aim, done = number(target["值"]["2025"]), number(target["完成"]["2025"])
            assert done <= aim if target["指标"] in {"二氧化碳排放量", "单位工业产值能耗"} else done >= aim


def derivable(field: str, year: int) -> bool:
    """Whether the figures from 2020 on give `field` in `year`."""
    if field in GROWTHS:
        return year > 2020
    return year > 2021 or field not in {*MEAN_GROWTHS, *DECREASES, "近三年研发投入强度"}


def known_figures(form: str) -> set[str]:
    """Every figure that the text of `form` may quote: its own years, its targets, changes and sums over its years."""
    found: set[Decimal] = set()
    by_year = (item["name"] for item in catalogue()["fields"] if item.get("by_year"))
    for field in (name for name in by_year if name not in OF_ALL_ENTERPRISES):
        years = [year for year in DATA_YEARS[form] if derivable(field, year)]
        reached = [rounded(value(field, year)) for year in years]
        found |= {*reached, reached[-1] - reached[0], sum(reached, Decimal(0))}
        if field in {"外商直接投资额", "出口贸易额"}:
            found |= {figure / 10000 for figure in reached}
    for base_year in PLANS[form]:
        for target in (target for target in plan(base_year) if "值" in target):
            aims, done = target["值"].values(), target.get("完成", {}).values()
            found |= {Decimal(text) for text in (*aims, *done)}
            for text in done:
                aim = number(target["值"]["2025"])
                found |= {rounded(number(text) - aim), rounded(100 * (number(text) / aim - 1))}
    return {str(rounded(figure)) for figure in found}


@pytest.mark.parametrize("form", FORMS)
def test_every_fraction_that_a_text_quotes_is_a_figure_of_its_form(form: str) -> None:
    quoted = set(re.findall(r"\d+\.\d+", prose(form)))
    assert OWN_STATEMENTS[form] <= quoted
    assert quoted - OWN_STATEMENTS[form] <= known_figures(form)


@pytest.mark.parametrize("form", FORMS)
def test_enterprises_that_a_text_counts_are_those_of_its_years_or_targets(form: str) -> None:
    years = DATA_YEARS[form]
    text = re.sub(r"[^。；]*新增[^。；]*", "", prose(form))
    for label, field in LABELS.items():
        counts = {int(given(field, year)) for year in years}
        rows = [row for base_year in PLANS[form] for row in plan(base_year) if row["指标"] == field]
        counts |= {int(aim) for row in rows for aim in (*row["值"].values(), *row.get("完成", {}).values())}
        for found in re.findall(rf"(?<!或){re.escape(label)}(?:合计)?(\d+)家", text):
            assert int(found) in counts, (label, found)
        for change in re.findall(rf"{re.escape(label)}由(?:20\d\d年的)?(\d+)家增加到(?:20\d\d年的)?(\d+)家", text):
            assert [Decimal(count) for count in change] == [given(field, years[0]), given(field, years[-1])], label


def test_the_summary_quotes_the_figures_of_2023() -> None:
    text = cluster()["叙述"]["集群简介"]
    chaired = sum(given(f"当年主持{level}标准数量", year) for level in ("国家", "行业") for year in (2021, 2022, 2023))
    for phrase in (
        f"集群总产值{given('集群总产值', 2023)}亿元",
        f"中小企业{given('中小企业数量', 2023)}家",
        f"专精特新中小企业{given('专精特新中小企业数量', 2023)}家",
        f"专精特新“小巨人”企业{given('小巨人企业数量', 2023)}家",
        f"制造业单项冠军企业{given('国家级单项冠军企业数量', 2023)}家",
        f"国家标准和行业标准{chaired}项",
        f"有效发明专利{given('有效发明专利拥有量', 2023)}件",
        f"有效发明专利{rounded(value('每万人有效发明专利拥有量', 2023))}件",
        f"研发经费年均增长{rounded(value('研发经费年均增速', 2023))}%",
    ):
        assert phrase in text
