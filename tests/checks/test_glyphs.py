"""A character that no font has is told wherever it would be printed, not only on the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.findings import Finding
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.by_hand import copy_by_hand

OFFICES = ("示例微传感（慕尼黑）研发中心", "示例敏芯（新加坡）有限公司")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_by_hand(tmp_path_factory.mktemp("示例") / "集群")


@pytest.fixture(scope="module")
def text(file: Path) -> str:
    return file.read_text("utf-8")


def missing(file: Path, text: str) -> list[Finding]:
    file.write_text(text, "utf-8")
    findings = prepare(file, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    return [finding for finding in findings if finding.code == "C601"]


def test_a_name_that_only_a_list_prints_is_told_at_its_first_place_with_the_number_of_places(
    file: Path, text: str
) -> None:
    (finding,) = missing(file, text.replace(OFFICES[0], "𠮷㐂中心").replace(OFFICES[1], "㐂𠮷公司"))
    assert (finding.found, finding.path) == ("“𠮷”（U+20BB7）、“㐂”（U+3402），共 2 处", "境外机构 › 𠮷㐂中心 › 名称")
    assert finding.position is not None
    assert "𠮷㐂中心" in file.read_text("utf-8").splitlines()[finding.position.line - 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("名称: 创新平台清单及批复", "名称: 㐂创新平台清单及批复"),
        ("\n事件: []", "\n事件: [{类别: 其他重大问题, 日期: 2023-05, 情况说明: 㐂公司已整改}]"),
    ],
)
def test_the_names_of_evidence_and_statements_are_printed_too(file: Path, text: str, old: str, new: str) -> None:
    assert old in text
    assert [finding.found for finding in missing(file, text.replace(old, new))] == ["“㐂”（U+3402）"]
