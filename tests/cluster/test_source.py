"""Bytes to text: encodings, and files that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cluster.catalogue import Catalogue
from generator.cluster.codes import MOST_FINDINGS
from generator.cluster.load import load_cluster
from generator.cluster.source import MOST_BYTES
from tests.cluster.conftest import FORMS, Load

TEXT = "产业: 智能传感器\n联系人: 张三\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32")],
)  # fmt: skip
def test_other_encodings_are_read_with_a_note(load: Load, encoding: str, name: str) -> None:
    cluster, (finding,) = load(TEXT.encode(encoding))
    assert cluster is not None
    assert cluster.values["产业"].value == "智能传感器"
    assert finding.code == "Y004"
    assert name in finding.message
    assert "UTF-8" in finding.remedy
    assert not finding.blocks


def test_utf8_with_a_mark_is_as_without(load: Load) -> None:
    cluster, findings = load(TEXT.encode("utf-8-sig"))
    assert findings == ()
    assert cluster is not None
    assert (cluster.values["产业"].position.line, cluster.values["产业"].position.column) == (1, 5)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_count_alike_with_any_line_ending(load: Load, ending: str) -> None:
    cluster, findings = load(TEXT.replace("\n", ending))
    assert findings == ()
    assert cluster is not None
    assert str(cluster.values["联系人"].position) == "cluster.yaml:2:6"


def test_one_damaged_byte_is_pointed_at(load: Load) -> None:
    damaged = (TEXT * 5).encode().replace("张三".encode(), b"\xe5\xbc\xff", 1)
    cluster, (finding,) = load(damaged)
    assert cluster is None
    assert finding.code == "Y005"
    assert str(finding.position) == "cluster.yaml:2:6"


def test_damaged_utf16_is_refused(load: Load) -> None:
    cluster, (finding,) = load(b"\xff\xfe\x00\xd8\x00")
    assert cluster is None
    assert finding.code == "Y005"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04....", "Word"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"a\x00\x00\x00b", "文本"),
        (b"\xff\x81\xff\x80", "文本"),
    ],
)
def test_what_is_no_text_is_named(load: Load, data: bytes, word: str) -> None:
    cluster, (finding,) = load(data)
    assert cluster is None
    assert finding.code == "Y003"
    assert word in finding.message


def test_a_missing_file_is_a_finding(catalogue: Catalogue, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere" / "cluster.yaml"):
        cluster, (finding,) = load_cluster(path, catalogue, forms=FORMS)
        assert cluster is None
        assert finding.code == "Y001"


def test_a_huge_file_is_not_even_parsed(load: Load) -> None:
    cluster, (finding,) = load(b"#" * (MOST_BYTES + 1))
    assert cluster is None
    assert finding.code == "Y002"


@pytest.mark.parametrize("text", ["", "# 只有备注\n", "---\n", "\ufeff"])
def test_an_empty_file_gives_an_empty_cluster(load: Load, text: str) -> None:
    cluster, (finding,) = load(text)
    assert cluster is not None
    assert cluster.values == {}
    assert finding.code == "Y006"


def test_a_flood_of_findings_is_cut_off_with_a_note(load: Load) -> None:
    _, findings = load("".join(f"没有的项{number}: 1\n" for number in range(3 * MOST_FINDINGS)))
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].code == "Y901"
