"""Whatever the bytes: findings come back, all of them places in the file, and never an exception."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cluster.catalogue import Catalogue
from generator.cluster.load import load_cluster
from tests.cluster.conftest import FORMS
from tests.cluster.test_load import WHOLE

PIECES = [
    "：", ":", ": ", "，", ", ", "、", "{", "}", "[", "]", "｛", "\n", "\n  ", "\n- ", "-", "- ", " #", "#", "\t", "\u3000", "\xa0",
    "'", '"', "\\", "|", ">", "&a ", "*a", "!x ", "<<: ", "? ", "---\n", "...\n", "%", "@", "1,234.5", "２０２３", "2023: ",
    "无", "\x00", "\x07", "\u200b", "\ufeff", "\u2028", "\x85", "\U0001f600", "文件: ", "规划.docx", "../", "实绩: ", "工作: ", "12.5亿",
]  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 12), st.sampled_from(PIECES)), max_size=6)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def check(data: bytes, folder: Path, catalogue: Catalogue, native: bool) -> None:
    (folder / "cluster.yaml").write_bytes(data)
    cluster, findings = load_cluster(folder, catalogue, forms=FORMS, native=native)
    assert cluster is not None or findings
    lines = len(data) + 1
    for finding in findings:
        for words in (finding.code, finding.message, finding.found, finding.expected, finding.remedy, finding.path):
            words.encode("utf-8")
            assert "\n" not in words
        assert finding.position is None or 0 <= finding.position.line <= lines
    assert load_cluster(folder, catalogue, forms=FORMS, native=native) == (cluster, findings)


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@QUICK
@given(edits=EDITS)
def test_a_good_file_spoilt_anywhere(
    edits: list[tuple[int, int, str]], native: bool, folder: Path, catalogue: Catalogue
) -> None:
    text = WHOLE
    for place, length, piece in edits:
        text = text[:place] + piece + text[place + length :]
    check(text.encode("utf-8"), folder, catalogue, native)


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@QUICK
@given(text=st.lists(st.sampled_from([*PIECES, "产业", "地区", "智能", "  "]), max_size=30).map("".join))
def test_a_heap_of_marks(text: str, native: bool, folder: Path, catalogue: Catalogue) -> None:
    check(text.encode("utf-8"), folder, catalogue, native)


@QUICK
@given(data=st.binary(max_size=200))
def test_any_bytes(data: bytes, folder: Path, catalogue: Catalogue) -> None:
    check(data, folder, catalogue, native=True)


@QUICK
@given(text=st.text(max_size=80), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text_in_any_encoding(text: str, encoding: str, folder: Path, catalogue: Catalogue) -> None:
    check(
        text.encode(encoding, "surrogatepass" if encoding != "gb18030" else "replace"), folder, catalogue, native=True
    )


@QUICK
@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_value_in_any_place(value: str, folder: Path, catalogue: Catalogue) -> None:
    quoted = "'" + value.replace("'", "''") + "'"
    places = (
        "产业: {}", "成立时间: {}", "主管部门: {{联系方式: {}}}", "概况: {{能效水平: {0}, 公共服务: [{0}], 占地面积: {0}}}",
        "实绩: {{企业数量: {{2023: {0}, {0}: 1}}}}", "叙述: {{强链补链情况: {{文件: {}}}}}", "工作: [{}]", "{}: 1",
        "佐证材料: [{{名称: {0}, 证明: [{0}], 文件: [{0}]}}]", "申报: {{{0}: 1, national-2025: {{规划正文: {{{0}: {0}}}}}}}",
    )  # fmt: skip
    for place in places:
        check((place.format(quoted) + "\n").encode("utf-8"), folder, catalogue, native=True)
