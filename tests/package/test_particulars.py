"""What a snapshot tells of the cluster itself, for summary tables."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from generator.cluster.values import NIL
from generator.errors import UnreadableError
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.particulars import Particulars, particulars_of
from generator.indicators import derive
from generator.package.manifest import encode_json
from generator.package.snapshot import read_particulars, take_snapshot
from generator.typeset.pages import Pages
from tests.samples import cluster, decimal, form, given, submission

TOLD = cluster(
    values={"省": given("上海市"), "县": given("青浦区"), "产业": given("北斗导航"), "成立时间": given("2018-06")},
    actuals={
        ("集群总产值", 2023): decimal("59.10"),
        ("集群总产值", 2022): decimal("50"),
        ("中小企业数量", 2023): given("无"),
    },
    submissions=submission(values={"集群简介": given("另一份简介。\n")}),
)


def saved(particulars: Particulars, folder: Path, of: Form | None = None) -> Path:
    filled = FilledForm(of or form([{"label": "甲", "value": "产业"}]), "名称", ())
    file = folder / "snapshot.json"
    file.write_bytes(encode_json(take_snapshot(filled, Pages(()), {}, particulars)))
    return file


def test_a_cluster_tells_its_values_as_printed_its_versions_and_its_figures() -> None:
    particulars = particulars_of(TOLD, derive(TOLD))
    assert particulars.name == "上海市青浦区北斗导航产业集群"
    assert particulars.value("成立时间") == "2018年6月"
    assert (particulars.value("集群简介"), particulars.value("集群简介", "tiny")) == ("", "另一份简介。")
    assert particulars.total(("集群总产值",), (2022, 2023)) == Decimal("109.10")
    assert particulars.total(("集群总产值", "中小企业数量"), (2023,)) == Decimal("59.10")
    assert particulars.total(("集群总产值",), (2021, 2022)) is None


def test_patterns_are_composed_of_what_is_given_and_a_city_may_be_missing() -> None:
    particulars = particulars_of(TOLD, {})
    assert particulars.composed("{省}{市}{县}") == "上海市青浦区"
    assert particulars.composed("{省}{运营管理机构名称}") == ""
    assert particulars.lacking("{省}{市}{运营管理机构名称}") == ("运营管理机构名称",)


def test_a_snapshot_gives_back_what_was_put_in(tmp_path: Path) -> None:
    particulars = particulars_of(TOLD, derive(TOLD))
    read = read_particulars(saved(particulars, tmp_path))
    assert (read.name, read.values, read.versions, read.figures) == (
        particulars.name,
        particulars.values,
        particulars.versions,
        particulars.figures,
    )
    assert read.figures[("中小企业数量", 2023)] is NIL


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"particulars": null}',
        '{"particulars": {"name": 1, "values": {}, "versions": {}, "figures": {}}}',
        '{"particulars": {"name": "甲", "values": {"省": null}, "versions": {}, "figures": {}}}',
        '{"particulars": {"name": "甲", "values": {}, "versions": {}, "figures": {"产值": {"2023": "NaN"}}}}',
        '{"particulars": {"name": "甲", "values": {}, "versions": {}, "figures": {"产值": {"2023": "很多"}}}}',
        '{"particulars": {"name": "甲", "values": {}, "versions": {}, "figures": {"产值": {"今年": "1"}}}}',
    ],
)
def test_what_is_no_snapshot_is_refused_in_words(content: str, tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match="没有汇总要用的集群数据"):
        read_particulars(file)


def test_a_missing_snapshot_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="读不到"):
        read_particulars(tmp_path / "snapshot.json")


def test_equal_clusters_are_told_in_equal_bytes(tmp_path: Path) -> None:
    first = saved(particulars_of(TOLD, derive(TOLD)), tmp_path).read_bytes()
    assert saved(particulars_of(TOLD, derive(TOLD)), tmp_path).read_bytes() == first
    assert json.loads(first)["particulars"]["figures"]["集群总产值"] == {"2022": "50", "2023": "59.10"}
