"""The snapshot of a 稿: what is put in comes back, older ones are read, and every field knows its page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.build import set_form
from generator.cluster.model import Evidence
from generator.errors import UnreadableError
from generator.findings import Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.filled import Origin
from generator.forms.library import Library
from generator.forms.particulars import Particulars
from generator.forms.signings import Signing
from generator.forms.snapshot import Made, Snapshot
from generator.measure.fonts import FontLibrary
from generator.package.snapshot import decode_snapshot, read_snapshot, signings_as_tree, take_snapshot
from generator.prepared import prepare
from generator.tuning import choose_template
from tests.samples import HERE

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FINDINGS = (
    Finding("C911", Severity.CHECK, "不一致", "八 › 甲", Position("cluster.yaml", 3), "1", "2", "改", "依据"),
    Finding("C505", Severity.CHECK, "高于", "二", waived="核对过"),
)
ITEMS = (Evidence("清单", ("集群总产值",), ("佐证材料/12.pdf", "佐证材料/没有.pdf"), HERE),)
SIGNINGS = (
    Signing("申报表", "封面 › 推荐单位", 1, "", (), ("公章",), False, "推荐单位", False),
    Signing("自我声明", "落款", 1, "1", ("负责人",), ("公章",), True, "运营管理机构", True),
)
MADE = Made("1.2", "ab", {"b.ttf": "2", "a.ttf": "1"}, draft=True)


def taken(form: str) -> dict[str, Any]:
    library, fonts = Library.standard(), FontLibrary.bundled()
    prepared = prepare(EXAMPLE, form, library, fonts)
    assert prepared.filled is not None
    _, pages = set_form(prepared.filled, choose_template(prepared.form, library, fonts), fonts)
    data = {"佐证材料/12.pdf": "12", "cluster.yaml": "0"}
    units = {"集群总产值": "亿元", "产业": ""}
    tree = take_snapshot(
        prepared.filled, pages, data, Particulars("甲"), findings=FINDINGS, evidence=ITEMS, units=units, made=MADE
    )
    again: dict[str, Any] = json.loads(json.dumps({**tree, "signings": signings_as_tree(SIGNINGS)}))
    return again


@pytest.fixture(scope="module")
def tree() -> dict[str, Any]:
    return taken("national-2025")


@pytest.fixture(scope="module")
def read(tree: dict[str, Any]) -> Snapshot:
    return decode_snapshot(tree)


def test_fields_come_back_with_place_value_origin_and_unit(read: Snapshot) -> None:
    field = next(one for one in read.fields if one.source == "集群总产值" and one.year == 2023)
    assert field.path == ("二、主导产业情况", "集群总产值（亿元）", "2023年")
    assert (field.printed, field.value, field.unit) == ("128.94", "128.94", "亿元")
    assert (field.origin, field.kind, field.page) == (Origin.DERIVED, SlotKind.VALUE, 5)
    assert field.basis.startswith("集群企业产值")


def test_findings_evidence_and_tools_come_back(read: Snapshot) -> None:
    kept = [replace(one, position=None, remedy="", clause="") for one in FINDINGS]
    assert list(read.findings or ()) == kept
    (item,) = read.evidence or ()
    assert (item.name, item.proves) == ("清单", ("集群总产值",))
    assert item.files == {"佐证材料/12.pdf": "12", "佐证材料/没有.pdf": ""}
    assert read.made == MADE


def test_tables_come_back_with_values_and_pages(read: Snapshot) -> None:
    row = next(row for row in read.tables[0].rows if row.indicator == "集群总产值")
    assert (row.cells, row.values) == (("147.21亿元", "221.00亿元"), ("147.21", "221.00"))
    assert row.page is not None and read.pages[row.page - 1].part.startswith("八、")


def test_a_text_over_two_pages_knows_where_it_breaks(read: Snapshot) -> None:
    text = next(one for one in read.fields if one.source == "二、发展成效")
    (first, page), (second, next_page) = text.breaks
    assert (first, page, next_page) == (0, text.page, page + 1)
    assert isinstance(text.value, str) and 0 < second < len("".join(text.value.split()))


def test_signatures_and_parts_of_pages_are_remembered(read: Snapshot) -> None:
    assert read.signings == SIGNINGS
    assert read.pages[0].part == ""
    assert read.pages[-1].part.startswith("九、")


@pytest.mark.parametrize("form", ["national-2024", "national-2025", "rereview-2025", "shanghai-2024"])
def test_every_field_and_row_of_every_form_knows_its_page(form: str) -> None:
    snapshot = decode_snapshot(taken(form))
    assert [field.path for field in snapshot.fields if field.page is None] == []
    assert [row.indicator for table in snapshot.tables for row in table.rows if row.page is None] == []
    starts = [field.page or 0 for field in snapshot.fields if field.kind is not SlotKind.OTHER]
    assert starts == sorted(starts), "the paper is filled from front to back"


def test_a_snapshot_of_an_older_tool_is_read_with_what_it_has(tree: dict[str, Any]) -> None:
    old = {name: value for name, value in tree.items() if name not in {"findings", "evidence", "made", "signings"}}
    old["seals"] = {"真实性声明": 21}
    old["snapshot"] = 1
    old["pages"] = [{"label": page["label"], "fingerprint": page["fingerprint"]} for page in tree["pages"]]
    old["tables"] = [
        {**table, "rows": [{k: v for k, v in row.items() if k not in {"values", "page"}} for row in table["rows"]]}
        for table in tree["tables"]
    ]
    del old["particulars"]
    read = decode_snapshot(old)
    assert (read.findings, read.evidence, read.made, read.signings) == (None, None, None, None)
    assert read.seals == {"真实性声明": 21}
    assert read.tables[0].rows[0].values == ()
    assert len(read.fields) == len(tree["fields"])


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"snapshot": 99}', '{"snapshot": 2, "form": 1}'])
def test_what_is_no_snapshot_is_refused_in_words(content: str, tmp_path: Path) -> None:
    (tmp_path / "snapshot.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match="不是本工具写的快照"):
        read_snapshot(tmp_path / "snapshot.json")


def test_a_missing_snapshot_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="读不到"):
        read_snapshot(tmp_path / "snapshot.json")
