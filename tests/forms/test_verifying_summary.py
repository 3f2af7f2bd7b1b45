"""A summary table that keeps to its definition is faithful, whatever clusters it lists; one that was spoilt is told of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from generator.cli.program import program
from generator.docx.reading import read_document
from generator.findings import Finding
from generator.forms.verifying import verify_document, verify_text
from generator.recommending.summarising import print_blank_summary, print_table
from generator.summary.table import Sender, make_table
from tests.docx.word_rules import WORD
from tests.forms.mutations import (
    Spoil,
    added_behind,
    edited,
    merge,
    paragraph,
    row_of,
    spoilt,
    swap,
    without_column,
    without_paragraph,
    without_row,
)
from tests.forms.test_official_text import official
from tests.summary.clusters import FONTS, LIBRARY, SUMMARY, candidate
from tests.summary.test_printing import MAYOR

OFFICIAL = Path(__file__).resolve().parents[1] / "fixtures" / "official" / "summary-2024.txt"
NARRATIVE = "集群简介（300字以内）"
HEAD = "表格 › 表头"
ROWS = "表格 › 集群各行"


@cache
def blank() -> bytes:
    return print_blank_summary(SUMMARY.id, LIBRARY, FONTS)[1].docx


@cache
def filled(clusters: int, sender: Sender = MAYOR) -> bytes:
    rows = [candidate(number) for number in range(1, clusters + 1)]
    return print_table(make_table(SUMMARY, rows, sender), LIBRARY, FONTS).docx


def told(docx: bytes) -> list[Finding]:
    return list(verify_document(SUMMARY, read_document(docx)))


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in findings]


# ── what is faithful ──


def test_the_official_text_is_faithful() -> None:
    assert verify_text(SUMMARY, official("summary-2024")) == ()


def test_the_blank_table_is_faithful() -> None:
    assert told(blank()) == []


@pytest.mark.parametrize("clusters", [0, 1, 3])
@pytest.mark.parametrize("level", ["", *SUMMARY.heading.words])
def test_a_table_of_any_clusters_under_any_level_is_faithful(clusters: int, level: str) -> None:
    assert told(filled(clusters, Sender(level))) == []
    assert told(filled(clusters, Sender(level, "某某局", "李明 13800000000"))) == []


@pytest.mark.parametrize("annex", ["", "附件2"])
def test_the_annex_mark_is_no_difference(annex: str) -> None:
    table = make_table(SUMMARY, [candidate()], Sender(), annex=annex)
    assert told(print_table(table, LIBRARY, FONTS).docx) == []


def test_a_row_that_says_what_the_head_says_is_a_row() -> None:
    def spoil(root: etree._Element) -> None:
        row_of(root, "3").addnext(etree.fromstring(etree.tostring(row_of(root, "序号"))))

    assert told(spoilt(filled(3), spoil)) == []


# ── what is not ──


def merged_head(root: etree._Element) -> None:
    first, second, *_ = row_of(root, "序号").findall(f"{WORD}tc")
    merge(first, second)


def swapped_heads(root: etree._Element) -> None:
    swap(paragraph(root, "主导产业"), paragraph(root, "集群成立时间"))


SPOILT: list[tuple[str, Spoil, list[tuple[str, str]]]] = [
    ("title edited", edited(SUMMARY.title, "2024年度中小企业特色集群推荐汇总表"), [("V103", "标题")]),
    ("title deleted", without_paragraph(SUMMARY.title), [("V101", "标题")]),
    ("text behind the title", added_behind(SUMMARY.title, "（第一批）"), [("V102", "标题")]),
    ("head edited", edited("集群名称", "集群的名称"), [("V103", f"{HEAD} › 集群名称")]),
    ("head emptied", edited("主导产业", ""), [("V101", f"{HEAD} › 主导产业")]),
    ("text added to a head", added_behind("序号", "（从1起）"), [("V102", f"{HEAD} › 序号")]),
    ("limit of a head edited", edited(NARRATIVE, "集群简介（500字以内）"), [("V103", f"{HEAD} › {NARRATIVE}")]),
    ("heads merged", merged_head, [("V107", HEAD)]),
    ("column merged away", without_column("序号"), [("V107", HEAD)]),
    ("heads swapped", swapped_heads, [("V104", f"{HEAD} › 主导产业"), ("V104", f"{HEAD} › 集群成立时间")]),
    ("head row deleted", without_row("序号"), [("V105", HEAD)]),
]  # fmt: skip


@pytest.mark.parametrize("state", ["blank", "filled"])
@pytest.mark.parametrize(("spoil", "expected"), [case[1:] for case in SPOILT], ids=[case[0] for case in SPOILT])
def test_a_difference_is_told_with_its_place(state: str, spoil: Spoil, expected: list[tuple[str, str]]) -> None:
    findings = told(spoilt(blank() if state == "blank" else filled(3), spoil))
    assert places(findings) == expected
    assert all(finding.remedy and finding.clause == "" for finding in findings)


def test_a_row_of_a_cluster_with_other_cells_is_told() -> None:
    def spoil(root: etree._Element) -> None:
        first, second, *_ = row_of(root, "2").findall(f"{WORD}tc")
        merge(first, second)

    (finding,) = told(spoilt(filled(3), spoil))
    assert (finding.code, finding.path) == ("V107", ROWS)
    assert (finding.expected, finding.found) == ("7 格", "6 格")


def test_a_text_behind_the_table_is_told() -> None:
    def spoil(root: etree._Element) -> None:
        note = etree.fromstring(etree.tostring(paragraph(root, SUMMARY.title)))
        next(root.iter(f"{WORD}tbl")).addnext(note)

    (finding,) = told(spoilt(filled(1), spoil))
    assert (finding.code, finding.path) == ("V102", "表格")


def test_the_heading_of_a_level_is_held_against_that_level() -> None:
    docx = filled(1, Sender("省级", "湖北省经济和信息化厅"))

    def spoil(root: etree._Element) -> None:
        for node in root.iter(f"{WORD}t"):
            node.text = (node.text or "").replace("主管部门：", "主管单位：")

    (finding,) = told(spoilt(docx, spoil))
    assert (finding.code, finding.path) == ("V103", "抬头 › 省级中小企业主管部门")
    assert finding.found == "“省级中小企业主管单位：”"


TEXTS: list[tuple[str, Callable[[str], str], str, str]] = [
    ("head deleted", lambda text: text.replace("\t主导产业\t", "\t\t"), "V101", f"{HEAD} › 主导产业"),
    ("head edited", lambda text: text.replace("成立时间", "设立时间"), "V103", f"{HEAD} › 集群成立时间"),
    ("line edited", lambda text: text.replace("手机", "电话"), "V103", "抬头 › 联系人和手机"),
    ("heading of another level", lambda text: text.replace("市州经信部门", "省级中小企业主管部门"), "V101", "抬头 › 市州经信部门"),
    ("text added", lambda text: text.replace("\n联系人", "\n年月日\n联系人"), "V102", "抬头 › 市州经信部门"),
    ("hint edited", lambda text: text.replace("荣誉称号等", "荣誉等"), "V103", f"{ROWS} › {NARRATIVE}"),
    ("hint lost", lambda text: text[: text.index("（集群主导")], "V101", f"{ROWS} › {NARRATIVE}"),
    ("head row lost", lambda text: text.replace(text.splitlines()[4], ""), "V105", HEAD),
    ("value filled in", lambda text: text.replace("手机：", "手机：李明"), "V102", "抬头 › 联系人和手机"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "path"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_an_official_text_that_differs_is_told(change: Callable[[str], str], code: str, path: str) -> None:
    text = OFFICIAL.read_text(encoding="utf-8")
    assert change(text) != text
    first, *_ = verify_text(SUMMARY, change(text))
    assert (first.code, first.path.startswith(path)) == (code, True), first


def test_the_command_takes_a_summary_table(tmp_path: Path) -> None:
    def verify(path: Path) -> Result:
        return CliRunner().invoke(program, ["form", "verify", SUMMARY.id, str(path)])

    path = tmp_path / "汇总表.docx"
    path.write_bytes(filled(1))
    assert (verify(OFFICIAL).exit_code, verify(path).exit_code) == (0, 0)
    path.write_bytes(spoilt(filled(1), edited("集群名称", "集群的名称")))
    result = verify(path)
    assert result.exit_code == 1
    assert "集群的名称" in result.stdout
