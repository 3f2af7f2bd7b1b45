"""Which clusters stand in the table in which order, and what is found about them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.values import NIL
from generator.errors import UsageError
from generator.findings import Findings, Severity
from generator.forms.particulars import Figure
from generator.summary.rules import examine
from generator.summary.table import Candidate, Sender, make_table
from generator.summary.together import without_repeats
from tests.summary.clusters import CATALOGUE, FONTS, LIMIT, SUMMARY, candidate

FIGURES: dict[tuple[str, int], int | Figure] = {
    ("集群总产值", 2023): Decimal("128.94"),
    ("中小企业数量", 2023): 205,
    ("专精特新中小企业数量", 2023): 44,
    ("小巨人企业数量", 2023): 7,
    ("国家级单项冠军企业数量", 2023): NIL,
    **{("当年主持国家标准数量", year): 2 for year in (2021, 2022, 2023)},
    **{("当年主持行业标准数量", year): 3 for year in (2021, 2022)},
    ("当年主持行业标准数量", 2023): NIL,
    ("有效发明专利拥有量", 2023): 738,
    ("每万人有效发明专利拥有量", 2023): Decimal("522.6628895"),
}
TOLD = (
    "2023年，集群总产值128.94亿元，中小企业205家，专精特新中小企业44家，“小巨人”企业7家。近三年主持标准12项，"
    "有效发明专利738件，每万人522.66件。"
)


def found(*candidates: Candidate) -> Findings:
    return examine(make_table(SUMMARY, candidates, Sender()), CATALOGUE, FONTS)


def whole(**values: str) -> Candidate:
    values.setdefault("集群简介", TOLD)
    return candidate(1, figures=FIGURES, **values)


def order_of(candidates: list[Candidate], order: str) -> list[str]:
    return [row.candidate.source for row in make_table(SUMMARY, candidates, Sender(), order=order).rows]


def test_a_row_prints_number_name_operator_place_trade_date_and_text() -> None:
    (row,) = make_table(SUMMARY, [whole()], Sender()).rows
    assert row.cells == (
        "1",
        "湖北省宜昌市夷陵区第01号泵阀产业集群",
        "夷陵区泵阀产业园管理有限公司",
        "湖北省宜昌市夷陵区",
        "第01号泵阀",
        "2018年6月",
        TOLD,
    )


def test_a_municipality_has_no_city_level_and_a_given_name_goes_before_the_composed_one() -> None:
    (row,) = make_table(SUMMARY, [whole(省="上海市", 市="", 县="青浦区", 集群全称="北斗之谷")], Sender()).rows
    assert (row.cells[1], row.cells[3]) == ("北斗之谷", "上海市青浦区")


def test_names_and_places_say_nothing_twice() -> None:
    (row,) = make_table(SUMMARY, [whole(省="上海市", 市="上海市", 县="青浦区", 产业="北斗导航产业")], Sender()).rows
    assert (row.cells[1], row.cells[3]) == ("上海市青浦区北斗导航产业集群", "上海市青浦区")


def test_a_whole_cluster_gives_no_finding() -> None:
    assert found(whole()) == ()


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("成立时间", "成立时间"),
        ("运营管理机构名称", "运营管理机构 › 名称"),
        ("县", "地区 › 县"),
    ],
)
def test_an_empty_cell_is_told_with_the_cluster_and_where_to_write_it(field: str, place: str) -> None:
    findings = found(whole(**{field: ""}))
    assert {finding.code for finding in findings} == {"H101"}
    assert all(finding.severity is Severity.MUST for finding in findings)
    assert all("泵阀产业集群" in finding.path and f"“{place}”" in finding.remedy for finding in findings)


def test_a_text_that_is_not_given_is_composed_of_the_figures_and_told() -> None:
    (finding,) = found(whole(集群简介=""))
    assert finding.code == "H107" and "“叙述 › 集群简介”" in finding.remedy
    assert found(candidate(集群简介=""))[0].code == "H101"


def test_a_text_may_have_as_many_characters_as_the_table_says_and_no_more() -> None:
    assert "H102" not in {finding.code for finding in found(candidate(集群简介="字" * LIMIT))}
    (finding,) = [finding for finding in found(candidate(集群简介="字" * (LIMIT + 1))) if finding.code == "H102"]
    assert (finding.found, finding.expected, finding.severity) == ("301字", "300字以内", Severity.MUST)


def test_figures_that_the_data_lack_are_told_by_year() -> None:
    lacking = {key: value for key, value in FIGURES.items() if key != ("当年主持行业标准数量", 2021)}
    (finding,) = found(candidate(figures=lacking, 集群简介=TOLD))
    assert (finding.code, finding.severity) == ("H103", Severity.CHECK)
    assert finding.found == "近三年集群中小企业主持制定国家标准和行业标准数量（2021—2023年）"


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ("205家", "250家", "中小企业数量205家"),
        ("128.94亿元", "128.9亿元", "集群总产值128.94亿元"),
        ("12项", "若干项", "近三年集群中小企业主持制定国家标准和行业标准数量12项"),
        ("522.66件", "522.67件", "万人发明专利拥有量522.66件"),
        ("738件", "738家", "中小企业有效发明专利数量738件"),
    ],
)
def test_a_figure_in_the_text_that_differs_from_the_data_is_told(said: str, instead: str, told: str) -> None:
    (finding,) = found(whole(集群简介=TOLD.replace(said, instead)))
    assert (finding.code, finding.severity, finding.expected) == ("H104", Severity.CHECK, told)


@pytest.mark.parametrize("written", ["1,205 家", "1，205家", "1205.00家"])
def test_a_figure_may_be_written_with_commas_and_spaces(written: str) -> None:
    figures = {**FIGURES, ("中小企业数量", 2023): 1205}
    assert found(candidate(figures=figures, 集群简介=TOLD.replace("205家", written))) == ()


def test_what_no_font_can_print_is_told() -> None:
    (finding,) = found(whole(产业="\ue000阀"))[-1:]
    assert finding.code == "H106" and "U+E000" in finding.found


def test_a_cluster_given_twice_stands_once() -> None:
    kept, findings = without_repeats((whole(), candidate(2), whole()), SUMMARY)
    assert len(kept) == 2
    assert [(finding.code, finding.severity) for finding in findings] == [("H105", Severity.CHECK)]


def test_a_cluster_given_twice_with_differing_data_must_be_cleared_up() -> None:
    kept, findings = without_repeats((whole(), whole(成立时间="2019年1月")), SUMMARY)
    assert [one.particulars.values["成立时间"] for one in kept] == ["2018年6月"]
    assert [(finding.code, finding.severity) for finding in findings] == [("H105", Severity.MUST)]
    assert "集群成立时间" in findings[0].message


def test_clusters_stand_as_given_unless_an_order_is_named() -> None:
    candidates = [candidate(number) for number in (3, 1, 2)]
    assert order_of(candidates, "") == ["集群3", "集群1", "集群2"]


def test_clusters_of_one_place_stand_together_in_the_order_in_which_places_come_up() -> None:
    places = [
        ("宜昌市", "夷陵区"),
        ("武汉市", "江夏区"),
        ("宜昌市", "枝江市"),
        ("武汉市", "江夏区"),
        ("宜昌市", "夷陵区"),
    ]
    candidates = [candidate(number, 市=city, 县=county) for number, (city, county) in enumerate(places, start=1)]
    assert order_of(candidates, "区县") == ["集群1", "集群5", "集群3", "集群2", "集群4"]


def test_the_largest_output_comes_first_and_what_has_none_last() -> None:
    outputs = {1: 20, 2: None, 3: 100, 4: NIL, 5: 35}
    candidates = [
        candidate(number, figures={} if output is None else {("集群总产值", 2023): output})
        for number, output in outputs.items()
    ]
    assert order_of(candidates, "产值") == ["集群3", "集群5", "集群1", "集群4", "集群2"]


@given(st.permutations(range(8)), st.sampled_from(["", "区县", "产值"]))
def test_no_order_loses_or_repeats_a_cluster(numbers: list[int], order: str) -> None:
    candidates = [
        candidate(number, 县=f"{'甲乙丙'[number % 3]}县", figures={("集群总产值", 2023): number % 4})
        for number in numbers
    ]
    table = make_table(SUMMARY, candidates, Sender(), order=order)
    assert sorted(row.candidate.source for row in table.rows) == sorted(one.source for one in candidates)
    assert [row.cells[0] for row in table.rows] == [str(number) for number in range(1, 9)]


def test_an_unknown_level_or_order_is_refused_with_those_known() -> None:
    with pytest.raises(UsageError) as caught:
        make_table(SUMMARY, [], Sender("村级"))
    assert "省级" in caught.value.advice
    with pytest.raises(UsageError) as caught:
        make_table(SUMMARY, [], Sender(), order="拼音")
    assert "区县" in caught.value.advice
