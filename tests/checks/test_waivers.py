"""A finding that the user explains stands with its reason, and no longer in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.waivers import waive
from generator.cli.report import findings_as_text, findings_as_tree
from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Waiver
from generator.findings import Finding, Severity, blocking
from generator.forms.library import Library
from tests.samples import HERE

WRONG = Finding("C505", Severity.MUST, "基准值不符合认定标准", "八、规划 › 数字化")


def waived(*waivers: Waiver) -> tuple[Finding, ...]:
    return tuple(finding for _, finding in waive([("甲", WRONG)], waivers))


def test_a_waived_finding_keeps_its_weight_and_gets_a_reason_but_blocks_nothing() -> None:
    (finding,) = waived(Waiver("C505", "西部地区放宽", HERE))
    assert (finding.severity, finding.waived, finding.blocks) == (Severity.MUST, "西部地区放宽", False)
    assert blocking((WRONG,)) == (WRONG,)


@pytest.mark.parametrize(("place", "codes"), [("数字化", ["C505"]), ("创新", ["C505", "C991"])])
def test_a_place_narrows_a_waiver_and_an_unused_one_is_told(place: str, codes: list[str]) -> None:
    found = waived(Waiver("C505", "放宽", HERE, place))
    assert [finding.code for finding in found] == codes
    assert found[0].blocks is (place == "创新")


def test_waived_findings_are_shown_by_themselves_and_not_counted() -> None:
    (finding,) = waived(Waiver("C505", "西部地区放宽", HERE))
    text = findings_as_text((finding,)).splitlines()
    assert text[0] == "没有发现问题。"
    assert text[1] == "另有 1 条已说明不适用："
    assert text[-1].strip() == "不适用的理由：西部地区放宽"
    assert findings_as_tree((finding,))["counts"] == {"must": 0, "check": 0, "note": 0}


def test_waivers_are_read_with_code_reason_and_place(tmp_path: Path) -> None:
    lines = "不适用检查:\n  - {编号: c505, 理由: 放宽, 栏目: 数字化}\n  - {编号: C801}\n"
    (tmp_path / "cluster.yaml").write_text(lines, "utf-8")
    cluster, findings = load_cluster(tmp_path, read_catalogue(Library.standard().field_folders()), forms=())
    assert cluster is not None
    assert [(one.code, one.reason, one.place) for one in cluster.waivers] == [("C505", "放宽", "数字化")]
    assert [finding.code for finding in findings] == ["Y204"]
