"""The notices say what the official texts say, and nothing that these don't."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.forms.library import Library
from generator.notices.definition import Notice

LIBRARY = Library.standard()
OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official"
IDS = ("hubei-2024", "miit-2022", "miit-2024", "miit-2025", "miit-2025-rereview", "shanghai-2024")


def notice(name: str) -> Notice:
    return LIBRARY.notice(name)


def run_together(text: str) -> str:
    return re.sub(r"\s", "", text)


def asked(name: str) -> dict[str, list[str]]:
    """What a notice asks for by step: `申报表 纸质 一式5份`."""
    return {
        delivery.name: [
            f"{demand.material} {demand.medium} {demand.copies.in_words if demand.copies else demand.address or '不清楚'}"
            for demand in delivery.demands
        ]
        for delivery in notice(name).deliveries
    }


def test_all_the_notices_are_there() -> None:
    assert LIBRARY.notice_ids() == IDS


@pytest.mark.parametrize("name", IDS)
def test_forms_standards_summaries_and_notices_above_exist(name: str) -> None:
    this = notice(name)
    assert this.form is None or this.form in LIBRARY.ids()
    assert not this.standard or LIBRARY.file("standards", this.standard) is not None
    assert this.summary is None or LIBRARY.summary(this.summary.id, this.summary.edition)
    assert not this.under or this.under in IDS


@pytest.mark.parametrize(
    ("name", "text"), [("shanghai-2024", "shanghai-2024-notice"), ("hubei-2024", "hubei-2024-notice")]
)
def test_every_clause_quoted_stands_in_the_official_text(name: str, text: str) -> None:
    official = run_together((OFFICIAL / f"{text}.txt").read_text("utf-8"))
    clauses = [part for delivery in notice(name).deliveries for part in delivery.clause.split("。") if part]
    assert clauses
    for clause in clauses:
        assert run_together(clause) in official, clause
    for told in (notice(name).number, notice(name).title):
        assert run_together(told) in official


def test_shanghai_asks_for_five_copies_and_two_discs_at_the_district_which_settles_its_own_deadline() -> None:
    assert asked("shanghai-2024") == {
        "申报": ["申报表 纸质 一式5份", "佐证材料 纸质 一式5份", "电子版 光盘 一式2份"],
        "推荐": [],
    }
    application, recommendation = notice("shanghai-2024").deliveries
    assert application.deadline.in_words == "由区确定"
    assert recommendation.deadline.in_words == "2024年5月15日前"
    assert notice("shanghai-2024").summary is None
    assert "没有要求" in notice("shanghai-2024").summary_note


def test_the_sixteen_districts_are_as_in_the_annex() -> None:
    lines = (OFFICIAL / "shanghai-2024-district-contacts.tsv").read_text("utf-8").splitlines()[1:]
    listed = [tuple(line.split("\t")[1:]) for line in lines]
    offices = notice("shanghai-2024").offices
    assert len(offices) == 16
    assert [(office.name, office.telephone) for office in offices] == listed
    for office in offices:
        assert office.place.startswith(office.name[:2])
    found = notice("shanghai-2024").office_for("普陀区")
    assert found is not None and found.telephone == "52564588-7045"
    assert notice("shanghai-2024").office_for("示例区") is None


def test_hubei_asks_for_one_copy_and_one_disc_by_post_and_by_mail() -> None:
    assert asked("hubei-2024")["推荐"] == [
        "汇总表 纸质 一式1份",
        "申报表 纸质 一式1份",
        "电子版 光盘 一式1份",
        "电子版 电子邮件 zxc87122161@163.com",
    ]
    recommendation = notice("hubei-2024").deliveries[1]
    assert recommendation.route == ("邮寄",)
    assert recommendation.deadline.in_words == "2024年6月20日前"


def test_the_ministry_asks_for_three_copies_and_takes_eight_of_a_province_two_of_a_city_with_its_own_plan() -> None:
    ministry = notice("miit-2024")
    assert asked("miit-2024")["推荐"] == ["申报表 纸质 一式3份", "汇总表 纸质 一式3份", "电子版 光盘 一式1份"]
    assert ministry.deliveries[1].deadline.in_words == "2024年7月31日前"
    assert [ministry.limit_for(sender) for sender in ("省", "直辖市", "计划单列市", "县")] == [8, 8, 2, None]


def test_what_is_not_known_of_2025_is_marked_and_has_no_number() -> None:
    for name in ("miit-2025", "miit-2025-rereview"):
        demands = [demand for delivery in notice(name).deliveries for demand in delivery.demands]
        assert demands
        assert all(demand.copies is None and demand.note for demand in demands)


def test_2022_tells_the_original_from_its_duplicates() -> None:
    (_, demand), *_ = [step for step in notice("miit-2022").demanded("申报表", "纸质") if step[1].copies]
    assert demand.copies is not None
    assert demand.copies.in_words == "正本1份、副本2份"
    assert demand.copies.names == ("正本", "副本1", "副本2")


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("shanghai-2024", "shanghai-2024"),
        ("上海", "shanghai-2024"),
        ("沪经信企〔2024〕273号", "shanghai-2024"),
        ("沪经信企[2024]273号", "shanghai-2024"),
        ("《工业和信息化部办公厅关于组织推荐2024年度中小企业特色产业集群的通知》", "miit-2024"),
        ("湖北 2024", "hubei-2024"),
        ("工信部2022年通知", "miit-2022"),
    ],
)
def test_a_notice_is_found_by_id_number_title_or_name(name: str, identifier: str) -> None:
    assert notice(name).id == identifier
