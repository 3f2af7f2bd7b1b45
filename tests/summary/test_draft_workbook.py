"""汇总底稿.xlsx: written to be filled in, read back as clusters, with the cell of whatever is wrong."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from generator.errors import BlockedError
from generator.findings import Severity
from generator.forms.particulars import Figure
from generator.recommending.summarising import TableAsked, summarise
from generator.summary.draft_workbook import DRAFT_WORKBOOK, draft_workbook, read_draft_workbook
from generator.summary.introduction import compose_introduction
from generator.summary.table import Sender
from tests.calc import Calc
from tests.summary.clusters import CATALOGUE, FONTS, LIBRARY, SUMMARY, candidate, cluster_folder

ROW = {
    "集群全称": "湖北省宜昌市夷陵区泵阀产业集群",
    "运营管理机构名称": "夷陵区泵阀产业园管理有限公司",
    "省": "湖北省",
    "市": "宜昌市",
    "县": "夷陵区",
    "产业": "泵阀",
    "成立时间": "2018年6月",
    "集群总产值2023（亿元）": 35.2,
    "中小企业数量2023（家）": 120,
}


def filled(folder: Path, *rows: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(draft_workbook(SUMMARY, CATALOGUE)))
    sheet = book["汇总底稿"]
    columns = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[2]}
    for number, row in enumerate(rows, start=3):
        for name, value in row.items():
            sheet.cell(number, columns[name], value)
    path = folder / DRAFT_WORKBOOK
    book.save(path)
    return path


def test_a_row_of_the_workbook_is_a_cluster(tmp_path: Path) -> None:
    candidates, findings = read_draft_workbook(filled(tmp_path, ROW, {**ROW, "县": "西陵区"}), SUMMARY, CATALOGUE)
    assert findings == ()
    assert candidates is not None and len(candidates) == 2
    particulars = candidates[0].particulars
    assert particulars.name == ROW["集群全称"]
    assert particulars.value("成立时间") == "2018年6月"
    assert str(particulars.figures["集群总产值", 2023]) == "35.2"


def test_what_cannot_be_read_is_told_with_its_cell(tmp_path: Path) -> None:
    path = filled(tmp_path, {**ROW, "集群总产值2023（亿元）": "三十五"})
    candidates, findings = read_draft_workbook(path, SUMMARY, CATALOGUE)
    assert candidates is not None and ("集群总产值", 2023) not in candidates[0].particulars.figures
    (finding,) = findings
    assert finding.severity is Severity.MUST
    assert finding.position is not None and finding.position.cell.startswith("汇总底稿!")


def test_what_is_wrong_in_a_row_without_a_name_is_told_with_the_number_of_the_row(tmp_path: Path) -> None:
    path = filled(tmp_path, {**ROW, "集群全称": None, "集群总产值2023（亿元）": "三十五"})
    _, findings = read_draft_workbook(path, SUMMARY, CATALOGUE)
    assert {" › ".join(finding.path.split(" › ")[:2]) for finding in findings} == {"汇总底稿 › 第3行"}


def test_a_workbook_of_something_else_is_no_source(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"
    book.save(tmp_path / "工资.xlsx")
    candidates, findings = read_draft_workbook(tmp_path / "工资.xlsx", SUMMARY, CATALOGUE)
    assert candidates is None
    assert findings


def test_the_empty_workbook_is_the_same_every_time_and_holds_no_cluster(tmp_path: Path) -> None:
    empty = draft_workbook(SUMMARY, CATALOGUE)
    assert empty == draft_workbook(SUMMARY, CATALOGUE)
    path = tmp_path / DRAFT_WORKBOOK
    path.write_bytes(empty)
    assert read_draft_workbook(path, SUMMARY, CATALOGUE) == ((), ())


def test_workbook_and_folder_stand_in_one_table_and_a_missing_text_is_composed(tmp_path: Path) -> None:
    workbook = filled(tmp_path, ROW)
    text = """
地区: {省: 湖北省, 市: 宜昌市, 县: 远安县}
产业: 磷化工
成立时间: 2019-01
运营管理机构: {名称: 远安县磷化工产业园管委会}
叙述: {集群简介: "2023年，集群总产值1.50亿元。"}
实绩: {集群总产值: {2023: 1.50}}
"""
    folder = cluster_folder(tmp_path, "远安", text)
    made = summarise([workbook, folder], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS)
    assert [row.candidate.particulars.name for row in made.table.rows] == [
        ROW["集群全称"],
        "湖北省宜昌市远安县磷化工产业集群",
    ]
    (composed,) = [finding for finding in made.findings if finding.code == "H107"]
    assert "集群总产值35.20亿元，中小企业数量120家" in composed.found
    assert not made.draft and made.left_out == ()


def test_a_workbook_that_is_no_draft_is_left_out_and_the_others_stand(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    made = summarise([tmp_path / "坏.xlsx", filled(tmp_path, ROW)], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS)
    assert len(made.table.rows) == 1 and made.left_out == (str(tmp_path / "坏.xlsx"),)
    assert "H201" in {finding.code for finding in made.findings} and made.draft


def test_a_draft_that_another_program_saved_gives_the_same_clusters(calc: Calc, tmp_path: Path) -> None:
    path = filled(tmp_path, ROW, {**ROW, "集群全称": "湖北省宜昌市西陵区泵阀产业集群", "成立时间": "2019-03"})
    before = read_draft_workbook(path, SUMMARY, CATALOGUE)
    path.write_bytes(calc.saved(path))
    assert read_draft_workbook(path, SUMMARY, CATALOGUE) == before


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_draft_of_another_kind_is_told_to_be_saved_as_a_workbook(kind: str, calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / f"汇总底稿.{kind}"
    path.write_bytes(calc.saved(filled(tmp_path, ROW), kind))
    with pytest.raises(BlockedError) as caught:
        summarise([path], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS)
    assert [finding.code for finding in caught.value.findings] == ["H201", "R001"]
    assert all(str(finding.position) == str(path) for finding in caught.value.findings)
    assert "另存为“Excel 工作簿（*.xlsx）”" in caught.value.findings[1].remedy


def test_a_draft_whose_name_ends_in_capitals_is_read_too(tmp_path: Path) -> None:
    path = filled(tmp_path, ROW).rename(tmp_path / "汇总底稿.XLSX")
    assert len(summarise([path], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS).table.rows) == 1


def test_a_text_is_composed_in_the_order_of_the_hint_of_figures_that_are_known() -> None:
    figures: dict[tuple[str, int], int | Figure] = {
        ("集群总产值", 2023): 35,
        ("中小企业数量", 2023): 120,
        **{(f"当年主持{level}标准数量", year): 2 for level in ("国家", "行业") for year in (2021, 2022, 2023)},
        ("有效发明专利拥有量", 2023): 66,
    }
    given = candidate(集群简介="", figures=figures)
    assert compose_introduction(SUMMARY, given.particulars) == (
        "集群位于湖北省宜昌市夷陵区，成立于2018年6月，主导产业为第01号泵阀产业。"
        "2023年，集群总产值35亿元，中小企业数量120家。"
        "近三年集群中小企业主持制定国家标准和行业标准数量12项。"
        "2023年，中小企业有效发明专利数量66件。"
    )


def test_without_any_figure_nothing_is_composed() -> None:
    assert compose_introduction(SUMMARY, candidate(集群简介="").particulars) == ""


def test_a_workbook_that_nobody_filled_in_says_so(tmp_path: Path) -> None:
    assert read_draft_workbook(filled(tmp_path), SUMMARY, CATALOGUE)[0] == ()
    with pytest.raises(BlockedError) as caught:
        summarise([filled(tmp_path)], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS)
    assert [finding.message for finding in caught.value.findings if finding.code == "H201"] == [
        "没有列入汇总表：底稿里一个集群也没有填"
    ]


def test_a_workbook_whose_rows_lack_their_name_is_not_called_empty(tmp_path: Path) -> None:
    with pytest.raises(BlockedError) as caught:
        summarise([filled(tmp_path, {"产业": "泵阀"})], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS)
    assert [(finding.code, finding.message) for finding in caught.value.findings] == [
        ("H201", "没有列入汇总表：底稿里没有一行读得出"),
        ("R104", "缺少“集群全称”，这一行没有读"),
    ]


def test_a_folder_above_the_drafts_is_told_from_a_bad_cluster_and_the_right_one_named(tmp_path: Path) -> None:
    series = tmp_path / "集群甲" / "national-2025"
    series.mkdir(parents=True)
    (series / "当前.json").write_text("{}", "utf-8")
    with pytest.raises(BlockedError) as caught:
        summarise([tmp_path], TableAsked(SUMMARY.id, Sender()), LIBRARY, FONTS)
    (found,) = caught.value.findings
    assert str(series) in found.remedy
