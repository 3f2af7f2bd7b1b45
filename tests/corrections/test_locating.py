"""Finding the value that a clerk means: by path, label, page, or old value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.cluster.splicing import places_of
from generator.corrections.locating import (
    Candidate,
    candidates,
    inferred,
    matching,
    merged,
    missing_year,
    without_pages,
)
from generator.forms.filled import FilledForm
from generator.forms.resolve import resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from tests.samples import form

FIELDS = """
fields:
  - {name: 产业, kind: text, at: [产业]}
  - {name: 集群总产值, kind: amount, unit: 亿元, by_year: true}
  - {name: 县域产值, kind: amount, unit: 亿元, by_year: true}
  - {name: 中小企业产值, kind: amount, unit: 亿元, by_year: true}
  - {name: 产值占县域产值比例, kind: percent, unit: '%', by_year: true}
  - {name: 强链补链情况, kind: narrative}
facts: [{name: 绘制图谱}]
registers: [{name: 创新平台, columns: [{name: 名称, kind: text}]}]
"""
DATA = """\
产业: 传感器
实绩:
  集群总产值: {2022: 41.05, 2023: 46.88, 2024: 53.10}
  县域产值: {2023: 500, 2024: 600}
  中小企业产值: {2021: 7.5}
工作: [绘制图谱]
"""
OWN = (
    DATA
    + """\
叙述: {强链补链情况: 共用的}
申报: {tiny: {叙述: {强链补链情况: 自己的}}}
"""
)
ROWS: list[dict[str, Any]] = [
    {"label": "年度", "years": "data"},
    {"label": "集群总产值（亿元）", "by_year": "集群总产值"},
    {"label": "集群总产值占县域比例（%）", "by_year": "产值占县域产值比例"},
    {"label": "强链补链情况", "narrative": "强链补链情况", "limit": 200},
    {"label": "产业链工作", "name": "产业链工作", "boxes": [{"text": "绘制了图谱", "when": "绘制图谱"}]},
    {"label": "创新平台", "name": "创新平台", "names": "创新平台"},
]


class Place:
    """A tiny cluster on a tiny form, with what may be found in it."""

    def __init__(self, folder: Path, data: str = DATA) -> None:
        (folder / "fields.yaml").write_text(FIELDS, encoding="utf-8")
        self.catalogue: Catalogue = read_catalogue([folder])
        (folder / "cluster.yaml").write_text(data, encoding="utf-8")
        loaded, _ = load_cluster(folder, self.catalogue, forms=["tiny"])
        assert loaded is not None
        self.cluster: Cluster = loaded
        definition = form(ROWS)
        indicators = derive(loaded, form="tiny")
        self.filled: FilledForm = resolve(definition, loaded, self.catalogue, indicators, FontLibrary.bundled())
        self.pages = {filled.slot.path: "第3页" for filled in self.filled.slots}
        at = places_of(data.encode(), "cluster.yaml")
        self.found = merged(candidates(self.filled, loaded, self.catalogue, self.pages, at))

    def named(self, words: str) -> list[str]:
        return [" › ".join(one.words) for one in matching(self.found, words)]

    def one(self, words: str) -> Candidate:
        (found,) = matching(self.found, words)
        return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("cluster"))


@pytest.mark.parametrize(
    "words",
    [
        "实绩 › 集群总产值 › 2023",
        "实绩›集群总产值›2023年",
        "集群总产值 2023",
        "2023年 集群总产值",
        "集群总产值（亿元） 2023",
        "集群总产值(亿元) 2023",
        "第3页 集群总产值 2023",
        "tiny 集群总产值 2023",
        "46.88",
        "第3页 46.88",
        "一、情况 › 集群总产值（亿元） › 2023年",
    ],
)
def test_one_value_is_meant(words: str, place: Place) -> None:
    assert place.named(words) == ["实绩 › 集群总产值 › 2023年"]


def test_without_a_year_all_years_are_meant(place: Place) -> None:
    assert place.named("集群总产值") == [f"实绩 › 集群总产值 › {year}年" for year in (2022, 2023, 2024)]


@pytest.mark.parametrize("words", ["第9页 集群总产值 2023", "集群总产直", "99.99", "", "  "])
def test_what_is_nowhere_is_not_found(words: str, place: Place) -> None:
    assert place.named(words) == []


def test_a_part_of_a_label_is_found_where_no_whole_one_is(place: Place) -> None:
    assert place.named("占县域比例 2024") == ["实绩 › 产值占县域产值比例 › 2024年"]


def test_a_candidate_says_where_it_stands_and_what_it_says(place: Place) -> None:
    found = place.one("集群总产值 2023")
    assert (found.steps, found.name, found.year) == (("实绩", "集群总产值", "2023"), "集群总产值", 2023)
    assert (found.raw, found.printed, found.derived, found.elsewhere) == ("46.88", "46.88", False, "")
    assert found.position is not None and found.position.line == 3
    assert [(one.form, one.page, one.path[-1]) for one in found.places] == [("tiny", "第3页", "2023年")]


def test_a_derived_figure_is_known_as_such_and_has_its_place_in_the_data(place: Place) -> None:
    found = place.one("产值占县域产值比例 2024")
    assert found.derived
    assert (found.steps, found.printed, found.raw) == (("实绩", "产值占县域产值比例", "2024"), "8.85", "")


def test_a_whole_path_tells_the_common_text_from_that_of_one_submission(tmp_path: Path) -> None:
    place = Place(tmp_path, OWN)
    assert len(place.named("强链补链情况")) == 2
    assert place.one("叙述 › 强链补链情况").raw == "共用的"
    assert place.one("申报 › tiny › 叙述 › 强链补链情况").raw == "自己的"


def test_what_is_empty_can_be_written(place: Place) -> None:
    found = place.one("强链补链情况")
    assert (found.steps, found.printed) == (("叙述", "强链补链情况"), "")


def test_what_no_form_prints_is_found_too(place: Place) -> None:
    assert place.named("中小企业产值 2021") == ["实绩 › 中小企业产值 › 2021年"]
    assert place.named("产业") == ["产业"]


def test_a_year_not_written_yet_is_meant_by_field_and_year(place: Place) -> None:
    missing = missing_year(place.catalogue, place.cluster, "集群总产值 2020")
    assert missing is not None
    assert missing.steps == ("实绩", "集群总产值", "2020")
    assert missing_year(place.catalogue, place.cluster, "集群总产值") is None
    assert missing_year(place.catalogue, place.cluster, "第3页 集群总产值 2020") is None
    assert missing_year(place.catalogue, place.cluster, "产业 2020") is None


@pytest.mark.parametrize(("words", "where"), [("绘制了图谱", "“绘制图谱”"), ("创新平台 数量", "名录“创新平台”")])
def test_what_follows_from_facts_and_registers_says_where_to_change_it(words: str, where: str, place: Place) -> None:
    (found, *_) = matching([*inferred(place.filled, place.pages)], words)
    assert where in found.elsewhere


def test_pages_can_be_left_out() -> None:
    assert without_pages("第6页 集群总产值 2023") == "集群总产值 2023"
