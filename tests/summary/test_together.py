"""What is found about the clusters of a table together."""

from __future__ import annotations

import pytest

from generator.findings import Severity
from generator.summary.table import Candidate, Sender, make_table
from generator.summary.together import Quota, examine_together
from tests.summary.clusters import SUMMARY, candidate

CLAUSE = "省、自治区、直辖市推荐数量不超过8个"


def found(*candidates: Candidate, quota: Quota | None = None) -> list[tuple[str, Severity]]:
    table = make_table(SUMMARY, candidates, Sender())
    return [(finding.code, finding.severity) for finding in examine_together(table, quota)]


@pytest.mark.parametrize(("number", "codes"), [(7, []), (8, []), (9, [("H108", Severity.MUST)])])
def test_as_many_clusters_as_the_notice_allows_and_no_more(number: int, codes: list[object]) -> None:
    candidates = [candidate(one) for one in range(number)]
    assert found(*candidates, quota=Quota("省", 8, CLAUSE, ("省",))) == codes


def test_a_quota_that_depends_on_an_unknown_kind_is_told() -> None:
    assert found(candidate(1), quota=Quota("", None, CLAUSE, ("省", "计划单列市"))) == [("H109", Severity.CHECK)]


def test_a_kind_for_which_the_notice_says_nothing_has_no_limit() -> None:
    assert found(*map(candidate, range(20)), quota=Quota("县", None, CLAUSE, ("省",))) == []


@pytest.mark.parametrize("trade", ["泵阀", "泵阀产业", " 泵 阀"])
def test_one_county_and_trade_under_two_names_may_be_one_cluster(trade: str) -> None:
    first, second = candidate(产业="泵阀"), candidate(产业=trade, 集群全称="宜昌泵阀之都")
    assert found(first, second) == [("H110", Severity.CHECK)]


def test_one_trade_in_two_counties_is_two_clusters() -> None:
    assert found(candidate(产业="泵阀"), candidate(产业="泵阀", 县="西陵区")) == []


def test_clusters_of_which_the_trade_is_not_known_are_not_compared() -> None:
    assert found(candidate(产业="", 集群全称="甲"), candidate(产业="", 集群全称="乙")) == []
