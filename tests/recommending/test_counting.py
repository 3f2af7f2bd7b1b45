"""Copies counted, steps of offices found, kinds of senders told."""

from __future__ import annotations

import pytest

from generator.errors import UsageError
from generator.findings import Severity
from generator.recommending.asking import office_step, quota_of, sender_kinds
from generator.recommending.counting import Counts, count_copies
from generator.recommending.receipts import Receipt
from tests.recommending.clusters import LIBRARY, cluster

KINDS = sender_kinds(LIBRARY)


def counted(notice: str, clusters: int = 30, *, copies: str = "", have: int | None = None) -> Counts:
    return count_copies(office_step(LIBRARY.notice(notice)), [Receipt(have)] * clusters, copies=copies)


def numbers(counts: Counts, material: str = "申报表") -> tuple[int | None, int | None, int | None]:
    count = counts.of(material)
    assert count is not None
    return count.each, count.owe, count.keep


def found(counts: Counts) -> list[str]:
    return [finding.code for finding in counts.findings]


def test_what_is_kept_is_what_came_in_less_what_goes_up() -> None:
    counts = counted("miit-2024", have=5)
    assert numbers(counts) == (5, 3, 60) and counts.findings == ()
    assert (counts.table.total if counts.table else None, counts.discs) == (3, 1)


def test_too_few_copies_are_told_with_how_many_more_to_ask_for() -> None:
    counts = counted("miit-2024", have=2)
    assert numbers(counts) == (2, 3, 0)
    assert counts.papers[0].short == 30
    (finding,) = counts.findings
    assert (finding.code, finding.severity) == ("T103", Severity.CHECK)
    assert "再要1份" in finding.remedy and "2024年7月31日前" in finding.clause


def test_exactly_enough_is_enough() -> None:
    assert counted("miit-2024", have=3).findings == ()


def test_what_the_notice_does_not_say_is_asked_for_and_not_made_up() -> None:
    assert found(counted("hubei-2024")) == ["T101"]
    shanghai = counted("shanghai-2024")
    assert found(shanghai) == ["T102"] and numbers(shanghai) == (5, None, None)
    assert numbers(counted("shanghai-2024", copies="2")) == (5, 2, 90)


def test_originals_and_duplicates_are_told_apart_in_words_and_counted_together() -> None:
    counts = counted("miit-2022", have=3)
    count = counts.of("申报表")
    assert count is not None and count.words == "正本1份、副本2份" and numbers(counts) == (3, 3, 0)


def test_evidence_that_nobody_above_asks_for_is_kept() -> None:
    assert numbers(counted("hubei-2024", have=2), "佐证材料") == (2, 0, 60)


def test_the_step_of_an_office_is_found_by_its_level() -> None:
    assert office_step(LIBRARY.notice("hubei-2024")).level == "市级"
    assert office_step(LIBRARY.notice("miit-2024"), "省级").own.recipient == "工业和信息化部中小企业局"
    with pytest.raises(UsageError) as caught:
        office_step(LIBRARY.notice("miit-2024"), "市级")
    assert "省级" in caught.value.advice


@pytest.mark.parametrize(
    ("given", "sender", "kind", "limit"),
    [
        ("", "深圳市工业和信息化局", "计划单列市", 2),
        ("", "新疆生产建设兵团工业和信息化局", "新疆生产建设兵团", 2),
        ("", "新疆维吾尔自治区工业和信息化厅", "自治区", 8),
        ("", "上海市经济和信息化委员会", "直辖市", 8),
        ("", "", "省", 8),
        ("计划单列市", "湖北省经济和信息化厅", "计划单列市", 2),
    ],
)
def test_the_kind_of_a_sender_is_given_or_told_by_name_or_places(
    given: str, sender: str, kind: str, limit: int
) -> None:
    quota = quota_of(LIBRARY.notice("miit-2024"), given, sender, [cluster(1), cluster(2)], KINDS)
    assert quota is not None and (quota.kind, quota.limit) == (kind, limit)


def test_clusters_of_a_city_with_its_own_plan_tell_its_kind() -> None:
    clusters = [cluster(number, 省="广东省", 市="深圳市", 县="南山区") for number in (1, 2)]
    quota = quota_of(LIBRARY.notice("miit-2024"), "", "", clusters, KINDS)
    assert quota is not None and quota.kind == "计划单列市"


def test_clusters_of_several_kinds_of_places_tell_nothing() -> None:
    clusters = [cluster(1), cluster(2, 省="上海市", 市="")]
    quota = quota_of(LIBRARY.notice("miit-2024"), "", "", clusters, KINDS)
    assert quota is not None and (quota.kind, quota.limit) == ("", None)


def test_a_notice_without_a_quota_sets_no_limit() -> None:
    assert quota_of(LIBRARY.notice("hubei-2024"), "", "", [cluster(1)], KINDS) is None
