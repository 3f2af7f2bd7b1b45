"""The table as an Excel workbook: what is printed, as text, and never a formula."""

from __future__ import annotations

import io
import zipfile

import pytest

from generator.summary.table import Sender, make_table
from generator.summary.workbook import workbook
from tests.summary.clusters import SUMMARY, candidate

HEAD_ROW = 5


def sheet_xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode("utf-8")


def rows(content: bytes) -> list[tuple[object, ...]]:
    openpyxl = pytest.importorskip("openpyxl")
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_the_workbook_says_what_the_print_says() -> None:
    table = make_table(SUMMARY, [candidate(1), candidate(2)], Sender(name="某局", contact="李明"))
    annex, title, sender, contact, head, *body = rows(workbook(table))
    assert (annex[0], title[0]) == ("附件1", "2024年度中小企业特色产业集群推荐汇总表")
    assert (sender[0], contact[0]) == ("市州经信部门：某局（盖章）", "联系人和手机：李明")
    assert head == tuple(column.text for column in SUMMARY.columns)
    assert [tuple(str(cell) for cell in row) for row in body] == [row.cells for row in table.rows]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 138", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://example.com"]
)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    content = workbook(make_table(SUMMARY, [candidate(产业=text, 集群简介=text)], Sender(name=text, contact=text)))
    assert "<f>" not in sheet_xml(content) and "<hyperlink" not in sheet_xml(content)
    row = rows(content)[HEAD_ROW]
    assert (row[4], row[6]) == (text, text)


def test_a_text_that_looks_like_a_formula_stays_text_when_somebody_edits_it() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    content = workbook(make_table(SUMMARY, [candidate(产业="=1+1")], Sender()))
    row = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows())[HEAD_ROW]
    assert [cell.quotePrefix for cell in row] == [False, False, False, False, True, False, False]


def test_the_head_is_repeated_on_paper_that_lies_across() -> None:
    content = workbook(make_table(SUMMARY, [candidate()], Sender()))
    assert 'orientation="landscape"' in sheet_xml(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "$5:$5" in package.read("xl/workbook.xml").decode("utf-8")


def test_an_empty_table_and_a_missing_annex_are_no_trouble() -> None:
    assert rows(workbook(make_table(SUMMARY, [], Sender(), annex="")))[0][0] == SUMMARY.title


def test_equal_tables_are_equal_bytes() -> None:
    table = make_table(SUMMARY, [candidate()], Sender())
    assert workbook(table) == workbook(table)
