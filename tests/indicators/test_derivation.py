"""Figures are derived when they are asked for: in any order, and each as if all were."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from generator.indicators import FORMULAS, TOTALS, derive
from tests.data.example import read_cluster
from tests.samples import cluster, decimal


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
