"""The complete example fills every form from its one folder."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from generator.checks import examine
from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.findings import blocking
from generator.forms.filled import FilledForm, Origin
from generator.forms.library import Library
from generator.forms.resolve import resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from tests.samples import given

FOLDER = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FORMS = Library.standard().ids()


@cache
def catalogue() -> Catalogue:
    return read_catalogue(Library.standard().field_folders())


@cache
def fonts() -> FontLibrary:
    return FontLibrary.bundled()


@cache
def example() -> Cluster:
    cluster, findings = load_cluster(FOLDER, catalogue(), forms=FORMS)
    assert cluster is not None
    assert not blocking(findings)
    return cluster


def filled(identifier: str, cluster: Cluster) -> FilledForm:
    return resolve(Library.standard().form(identifier), cluster, catalogue(), derive(cluster), fonts())


@cache
def of_example(identifier: str) -> FilledForm:
    return filled(identifier, example())


def printed(form: FilledForm, key: str) -> str:
    return form.by_key()[key].printed


@pytest.mark.parametrize("identifier", FORMS)
def test_nothing_that_blocks_is_found_in_the_example(identifier: str) -> None:
    findings = examine(of_example(identifier), example(), fonts())
    assert [f"{finding.code} {finding.path}" for finding in blocking(findings)] == []


@pytest.mark.parametrize("identifier", FORMS)
def test_every_required_place_of_every_form_is_filled(identifier: str) -> None:
    form = of_example(identifier)
    empty = [
        slot.slot.key
        for slot in form.slots
        if slot.slot.required and slot.ticked is None and slot.origin is Origin.ABSENT and not slot.slot.filler
    ]
    assert empty == []
    assert all(cell.printed for table in form.tables for row in table.rows for cell in row.cells)


def declaring(way: str) -> FilledForm:
    """The Shanghai form of the example, its 口径 as told."""
    submission = example().submissions["shanghai-2024"]
    own = replace(submission, values={**submission.values, "口径": given(way)})
    return filled("shanghai-2024", replace(example(), submissions={"shanghai-2024": own}))


@pytest.mark.parametrize(
    ("way", "total", "growth"),
    [("产值", "128.94", "主导产业产值年均增速"), ("营业收入", "134.88", "主导产业营业收入年均增速")],
)
def test_shanghai_rows_follow_the_declared_way_of_counting(way: str, total: str, growth: str) -> None:
    form = declaring(way)
    assert printed(form, "二_总产值或营业收入_y2023") == total
    slot = form.by_key()["二_主导产业年均增速"]
    assert slot.slot.source == growth
    assert Decimal(slot.printed) > 10


def test_without_a_declared_way_of_counting_the_declaration_is_what_is_missing() -> None:
    submission = example().submissions["shanghai-2024"]
    silent = replace(submission, values={name: value for name, value in submission.values.items() if name != "口径"})
    cluster = replace(example(), submissions={"shanghai-2024": silent})
    form = filled("shanghai-2024", cluster)
    assert printed(form, "二_总产值或营业收入_y2023") == ""
    (missing,) = [finding for finding in blocking(examine(form, cluster, fonts())) if finding.code == "C101"]
    assert "“申报 › shanghai-2024 › 口径”，可写：产值、营业收入。" in missing.remedy
    assert "另有12栏" in missing.remedy


def test_shanghai_prints_its_own_names_and_the_city_level_as_the_register_has_it() -> None:
    form = of_example("shanghai-2024")
    assert printed(form, "封面_集群全称").strip() == "上海市示例区智能传感器产业"
    assert printed(form, "一_产业集群名") == "中小企业特色产业集群（智能传感器产业）"
    assert printed(form, "封面_县").strip() == "示例区"
    assert "周可心 021-55550202" in printed(form, "封面_联系人及联系电话")
    assert printed(form, "三_市级创新平台_数量").strip() == "4"
    assert printed(form, "三_近三年研发投入强度") == "7.28"


def test_shanghai_plans_year_by_year() -> None:
    (table,) = of_example("shanghai-2024").tables
    assert table.columns == ("2023年基准值", "2024年目标值", "2025年目标值", "2026年目标值")
    quality = next(row for row in table.rows if row.indicator == "优质中小企业数量")
    assert [cell.printed for cell in quality.cells] == ["74家", "85家", "96家", "108家"]


def test_the_re_review_tells_how_the_last_plan_ended_and_makes_the_next() -> None:
    done, following = of_example("rereview-2025").tables
    assert done.columns == ("2022年基准值", "2025年目标值", "2025年完成值")
    patents = next(row for row in done.rows if row.indicator == "有效发明专利数量")
    assert [cell.printed for cell in patents.cells] == ["612件", "932件", "942件"]
    assert following.columns == ("2024年基准值", "2027年目标值")
    patents = next(row for row in following.rows if row.indicator == "有效发明专利数量")
    assert [cell.printed for cell in patents.cells] == ["887件", "1390件"]


@pytest.mark.parametrize(
    ("identifier", "stock_or_year"), [("national-2024", "3"), ("shanghai-2024", "3"), ("national-2025", "14")]
)
def test_standards_are_counted_as_each_form_asks(identifier: str, stock_or_year: str) -> None:
    slots = of_example(identifier).slots
    (cell,) = [
        slot
        for slot in slots
        if slot.slot.year == 2023 and slot.slot.path[-3:-1] == ("国家", "主持数量")
    ]  # fmt: skip
    assert cell.printed == stock_or_year
