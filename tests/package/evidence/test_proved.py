"""The contents of the evidence tell what it proves in the words of the form at hand."""

from __future__ import annotations

from functools import cache

import pytest

from generator.package.evidence import items_of
from generator.package.evidence.proved import proved_words
from generator.prepared import Prepared, prepare
from tests.package.builds import EXAMPLE, FONTS, LIBRARY


@cache
def prepared(form: str) -> Prepared:
    return prepare(EXAMPLE, form, LIBRARY, FONTS)


def told(form: str) -> dict[str, tuple[str, ...]]:
    made = prepared(form)
    assert made.filled is not None and made.cluster is not None
    return {item.name: item.proves for item in items_of(made.cluster, words=proved_words(made.filled, made.cluster))}


def test_a_fact_is_told_by_its_box_and_a_figure_by_its_row() -> None:
    items = told("national-2025")
    assert items["产业链图谱及培育机制文件"] == ("绘制产业链图谱，开展产业链培育",)
    assert items["创新平台清单及批复"] == ("创新平台建设情况",)
    assert items["标准制修订清单"] == ("近三年集群中小企业主持（起草单位排名前三位）或参与制修订标准数量情况",)


def test_a_choice_is_told_by_its_row_and_what_only_serves_by_its_own_name() -> None:
    items = told("national-2025")
    assert items["碳排放监测机制及核算报告"][0] == "是否建立集群碳排放监测机制"
    assert items["碳排放监测机制及核算报告"][-2:] == ("二氧化碳排放量", "能源消费量")


def test_the_box_of_others_is_told_with_its_row() -> None:
    assert told("shanghai-2024")["产业链图谱及培育机制文件"] == (
        "集群绘制了产业链图谱",
        "集群建立了产业链培育机制",
        "集群产业链培育成果显著",
        "集群产业链培育情况：其他",
    )


@pytest.mark.parametrize("form", ["national-2024", "national-2025", "rereview-2025", "shanghai-2024"])
def test_every_item_says_something_and_nothing_twice(form: str) -> None:
    for name, proves in told(form).items():
        assert proves and len(set(proves)) == len(proves), name


def test_what_stands_on_no_row_of_the_form_is_told_as_it_is_where_nothing_else_is() -> None:
    made = prepared("rereview-2025")
    assert made.cluster is not None
    named = items_of(made.cluster, words={})
    assert [item.proves for item in named] == [item.proves for item in items_of(made.cluster)]
