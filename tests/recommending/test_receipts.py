"""How many copies and discs came in: said for all, for one cluster, or in a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook  # type: ignore[import-untyped]

from generator.errors import MissingError, UsageError
from generator.recommending.asking import office_step
from generator.recommending.counting import Counts, count_copies
from generator.recommending.receipts import Receipt, Receipts, allotted, read_receipts
from generator.recommending.summarising import draft_workbook_of
from generator.recommending.wording import copies_count, handover
from generator.recommending.words import recommending_words
from tests.calc import Calc
from tests.recommending.clusters import LIBRARY, WISHES, cluster, codes, made
from tests.recommending.offices import source

HEADS = recommending_words(LIBRARY).receipts
NAMES = [(cluster(number).name,) for number in (1, 2, 3)]


def told(*copies: str, discs: tuple[str, ...] = ()) -> Receipts:
    return read_receipts(copies, discs, HEADS)


def copies_of(receipts: Receipts) -> list[int | None]:
    return [one.copies for one in allotted(receipts, NAMES)[0]]


def table(path: Path, rows: list[list[object]], heads: tuple[str, ...] = ("集群全称", "已收份数", "已收光盘")) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("登记")
        sheet.write_row(0, 0, ["收件登记"])
        sheet.write_row(2, 0, heads)
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row)
    return path


def test_a_number_is_of_every_cluster_and_a_name_goes_before_it() -> None:
    assert copies_of(told("3")) == [3, 3, 3]
    assert copies_of(told("3", "第02号=1")) == [3, 1, 3]
    assert copies_of(told(f"{cluster(2).name}＝2份")) == [None, 2, None]
    assert copies_of(told("第02号：0", "5")) == [5, 0, 5]


def test_the_last_word_counts() -> None:
    assert copies_of(told("第02号=1", "第02号=4")) == [None, 4, None]


def test_a_table_says_copies_and_discs_of_each_cluster(tmp_path: Path) -> None:
    path = table(
        tmp_path / "登记.xlsx", [[cluster(1).name, 5, 2], ["第02号", 4, ""], ["", "", ""], [cluster(3).name, "", 1]]
    )
    receipts, found = allotted(told("2", str(path)), NAMES)
    assert receipts == (Receipt(5, 2), Receipt(4, None), Receipt(2, 1)) and found == ()


def test_a_table_that_another_program_saved_says_the_same(calc: Calc, tmp_path: Path) -> None:
    path = table(tmp_path / "登记.xlsx", [[cluster(1).name, 5, 2], ["第02号", "4份", ""]])
    before = told(str(path))
    path.write_bytes(calc.saved(path))
    assert told(str(path)) == before and len(before.named) == 2


def test_a_table_of_another_kind_is_told_to_be_saved_as_a_workbook(calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "登记.ods"
    path.write_bytes(calc.saved(table(tmp_path / "登记.xlsx", [[cluster(1).name, 5, 2]]), "ods"))
    (finding,) = told(str(path)).findings
    assert (finding.code, "（.ods）" in finding.message, "另存为" in finding.remedy) == ("R001", True, True)


def test_a_table_may_be_csv_as_excel_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "登记.csv"
    path.write_bytes("集群,份数\r\n第01号,3\r\n第03号,0\r\n".encode("gbk"))
    assert copies_of(told(str(path))) == [3, None, 0]


@pytest.mark.parametrize("name", ["第09号", "产业集群"])
def test_a_name_of_none_or_of_several_is_told_and_not_guessed(name: str) -> None:
    receipts, (finding,) = allotted(told("2", f"{name}=9"), NAMES)
    assert finding.code == "T114" and name in finding.path
    assert [one.copies for one in receipts] == [2, 2, 2]


def test_a_number_that_cannot_be_read_is_told_with_its_row(tmp_path: Path) -> None:
    path = table(tmp_path / "登记.xlsx", [[cluster(1).name, "很多", 2]])
    receipts, (finding,) = allotted(told(str(path)), NAMES)
    assert (finding.code, finding.found) == ("T115", "很多")
    assert finding.position is not None and finding.position.line == 4
    assert receipts[0] == Receipt(None, 2)


def test_a_table_without_the_columns_is_told(tmp_path: Path) -> None:
    (finding,) = told(str(table(tmp_path / "登记.xlsx", [["a", "b"]], ("甲", "乙")))).findings
    assert finding.code == "T115" and "已收份数" in finding.expected


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "登记.xlsx"
    path.write_bytes(b"not a workbook")
    assert told(str(path)).findings


def test_words_without_a_number_and_tables_that_are_not_there_stop_the_run(tmp_path: Path) -> None:
    for wrong in ("很多", "第01号=", "=3", "999999", "-1"):
        with pytest.raises(UsageError):
            told(wrong)
    with pytest.raises(MissingError):
        told(str(tmp_path / "没有.xlsx"))


def counted(*receipts: Receipt, notice: str = "miit-2024") -> Counts:
    names = [cluster(number).name for number in range(1, len(receipts) + 1)]
    return count_copies(office_step(LIBRARY.notice(notice)), receipts, names=names)


def test_what_remains_of_one_does_not_make_up_for_what_is_wanting_of_another() -> None:
    count = counted(Receipt(5), Receipt(1), Receipt(3)).papers[0]
    assert (count.total, count.keep, count.short, count.each) == (9, 2, 2, None)
    assert [count.wanting(at) for at in range(3)] == [0, 2, 0]


def test_the_clusters_that_brought_too_few_are_named() -> None:
    (finding,) = counted(Receipt(5), Receipt(1), Receipt(3)).findings
    assert finding.code == "T103" and finding.found == f"{cluster(2).name}缺2份"
    assert "这1个集群再要2份" in finding.remedy


def test_clusters_of_which_nobody_knows_are_named() -> None:
    (finding,) = [one for one in counted(Receipt(1), Receipt(), notice="hubei-2024").findings if one.code == "T101"]
    assert finding.found == cluster(2).name


def test_discs_that_came_in_are_counted_and_kept() -> None:
    count = counted(Receipt(3, 2), Receipt(3, 0)).of("光盘")
    assert count is not None and (count.have, count.owe, count.keep, count.unit) == ((2, 0), 0, 2, "张")
    assert counted(Receipt(3)).of("光盘") is None
    usual = counted(Receipt(), Receipt(None, 1), notice="shanghai-2024").of("光盘")
    assert usual is not None and usual.have == (2, 1)


def test_lists_say_of_each_cluster_what_is_handed_over_and_what_is_wanting(tmp_path: Path) -> None:
    sources = [source(tmp_path / "in", number) for number in (1, 2, 3)]
    wishes = replace(WISHES, have=("2", "第02号=0"), discs=("第03号=1",))
    result = made(tmp_path / "out", *sources, wishes=wishes)
    handed = {row["名称"]: row["份数"] for row in handover(result.told, None)["行们"] if row["材料"] == "申报表"}
    assert handed == {cluster(1).name: "一式1份", cluster(2).name: "0份，缺1份", cluster(3).name: "一式1份"}
    context = copies_count(result.told)
    rows = [(row["收到"], row["留存"], row["光盘"]) for row in context["集群们"]]
    assert [row[:2] for row in rows] == [("2", "1"), ("0", "缺1"), ("2", "1")] and rows[2][2] == "1"
    form = context["行们"][0]
    assert (form["每个收到"], form["共收到"], form["留存"]) == ("见下表", "4", "2，缺1")
    assert "T103" in codes(result)


def test_the_workbook_that_is_a_source_says_what_came_in_itself(tmp_path: Path) -> None:
    path = tmp_path / "汇总底稿.xlsx"
    path.write_bytes(draft_workbook_of("summary-2024", LIBRARY))
    book = load_workbook(path)
    sheet = book["汇总底稿"]
    cells = [cell for row in sheet.iter_rows(max_row=6) for cell in row if cell.value]
    heads = {"".join(str(cell.value).split()).partition("（")[0]: cell for cell in cells}
    below = max(cell.row for cell in cells) + 1
    for column, value in (("集群全称", "某省某市甲产业集群"), ("产业", "甲"), ("已收份数", 4), ("已收光盘", 2)):
        sheet.cell(below, heads[column].column, value)
    book.save(path)
    result = made(tmp_path / "out", path, wishes=replace(WISHES, have=(), notice="miit-2024"), dry_run=True)
    form, discs = result.told.counts.of("申报表"), result.told.counts.of("光盘")
    assert form is not None and form.have == (4,) and discs is not None and discs.have == (2,)
    said = made(tmp_path / "out", path, wishes=replace(WISHES, have=("甲=7",), notice="miit-2024"), dry_run=True)
    counted = said.told.counts.of("申报表")
    assert counted is not None and counted.have == (7,), "what is said goes before the workbook"
