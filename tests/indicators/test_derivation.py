"""Figures are derived when they are asked for: in any order, and each as if all were."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from generator.indicators import FORMULAS, TOTALS, derive
from generator.indicators.behind import behind
from tests.data.example import read_cluster
from tests.samples import cluster, decimal, given


@pytest.mark.parametrize("seed", range(3))
def test_a_figure_is_the_same_in_whatever_order_figures_are_asked_for(seed: int) -> None:
    whole = dict(derive(read_cluster()))
    keys = sorted(whole)
    random.Random(seed).shuffle(keys)
    found = derive(read_cluster())
    assert {key: found[key] for key in keys} == whole
    assert list(found) == list(whole)
    assert len(whole) > 100


def test_what_is_not_derived_is_not_there() -> None:
    found = derive(cluster(actuals={("集群总产值", 2023): decimal("1")}), years=(2022, 2023))
    assert (("产值占县域产值比例", 2023) in found, found.get(("没有这一项", 2023)), len(found)) == (False, None, 0)
    with pytest.raises(KeyError):
        found["集群总产值", 2023]


def test_no_figure_is_both_counted_and_reckoned() -> None:
    assert {total.name for total in TOTALS}.isdisjoint(formula.name for formula in FORMULAS)


def asked_by(number: int) -> Iterator[str]:
    asked: list[str] = []

    def lookup(name: str, year: int) -> Decimal:
        asked.append(name)
        return Decimal(1)

    FORMULAS[number].compute(lookup, 2024)
    return iter(asked)


def test_a_formula_builds_on_those_before_it_only() -> None:
    for number in range(len(FORMULAS)):
        assert {formula.name for formula in FORMULAS[number:]}.isdisjoint(asked_by(number))


@pytest.mark.parametrize(("last", "expected"), [("无", -100), (0, -100), (50, -50)])
def test_a_growth_to_nothing_is_minus_a_hundred_percent_however_nothing_is_written(
    last: str | int, expected: int
) -> None:
    of = cluster(actuals={("外商直接投资额", 2023): given(100), ("外商直接投资额", 2024): given(last)})
    found = derive(of)
    asked = behind(of, found, "外商直接投资额增长率", 2024)
    assert found["外商直接投资额增长率", 2024].value == expected
    assert asked is not None
    assert [(each.year, each.value) for each in asked.inputs] == [(2024, 0 if last == "无" else last), (2023, 100)]


def test_a_share_of_nothing_and_a_growth_from_nothing_are_not_derived() -> None:
    growth = {("外商直接投资额", 2023): given("无"), ("外商直接投资额", 2024): given(100)}
    share = {("中小企业产值", 2024): given("无"), ("集群总产值", 2024): given(100)}
    assert not {"外商直接投资额增长率", "中小企业产值占比"} & {
        name for name, _ in derive(cluster(actuals=growth | share))
    }
