"""The record of corrections: lines are added, nothing is written over."""

from __future__ import annotations

from datetime import date

import pytest

from generator.corrections.records import Record, read_records, with_record
from generator.errors import UnreadableError

FIRST = Record(date(2025, 5, 20), "实绩 › 集群总产值 › 2023年", "46.88", "47.88", "统计局: 核定 #1", "张工")
SECOND = Record(date(2025, 5, 21), "代码", "", "0012", "补上", override="590.15", before="a", after="b")


def test_records_are_read_back_as_they_were_written() -> None:
    content = with_record(with_record(None, FIRST), SECOND)
    assert read_records(content) == (FIRST, SECOND)
    assert "理由" in content.decode()


def test_what_stands_is_kept_byte_for_byte() -> None:
    before = with_record(None, FIRST).replace(b"\n", b"\r\n") + "# 手写的一句".encode()
    after = with_record(before, SECOND)
    assert after.startswith(before)
    assert read_records(after) == (FIRST, SECOND)


def test_leading_zeros_and_dates_stay_texts() -> None:
    assert b"'0012'" in with_record(None, SECOND)


@pytest.mark.parametrize(
    "content", [b"a: [", b"- 1\n", b"\xff\xfe\x00", "- {日期: 昨天, 栏目: 甲}\n".encode(), b"- {a: 1}\n"]
)
def test_a_spoilt_record_is_not_written_over(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"更正记录\.yaml"):
        with_record(content, FIRST)


def test_an_empty_file_is_a_record_without_lines() -> None:
    assert read_records(with_record(b"", FIRST)) == (FIRST,)
