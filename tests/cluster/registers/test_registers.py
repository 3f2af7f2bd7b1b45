"""Registers beside cluster.yaml: read like those in it, and every fault found where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.cluster.codes import Code
from generator.cluster.registers.workbook_to_fill import workbook_to_fill
from generator.findings import Severity
from tests.cluster.registers.sheets import CODES, codes, firm, read, read_sheet, table, whole_catalogue, workbook

PATENT = {"名称": "一种传感器", "专利号": "ZL202310000001.1", "类型": "发明专利", "取得时间": "2023-05"}
LOCKED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def test_a_sheet_becomes_entries_with_their_cells(tmp_path: Path) -> None:
    rows = table(firm("甲公司", 统一社会信用代码=CODES[0], 加入年份=2019, 产值2023=12, 高新技术企业起始年份=2022))
    (entry,), findings = read_sheet(tmp_path, rows)
    assert findings == ()
    assert {name: given.text for name, given in entry.columns.items()} == {
        "名称": "甲公司", "是否中小企业": "是", "是否主导产业相关": "是", "统一社会信用代码": CODES[0], "加入年份": "2019",
        "高新技术企业起始年份": "2022",
    }  # fmt: skip
    assert entry.numbers == {("产值", 2023): 12}
    assert str(entry.columns["统一社会信用代码"].position) == "企业清单.xlsx › 企业!D2"


def test_registers_of_cluster_yaml_and_of_the_workbook_stand_side_by_side(tmp_path: Path) -> None:
    yaml = "产业: 甲\n名录:\n  企业:\n    - {名称: 甲公司, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {2023: 12, 2024: 无}}\n"
    book = workbook({"示范项目": table({"名称": "智能工厂", "级别": "省级", "取得时间": "2023.10"})})
    cluster, findings = read(tmp_path, {"企业清单.xlsx": book}, yaml)
    assert findings == ()
    assert cluster.registers["企业"][0].numbers == {("产值", 2023): 12, ("产值", 2024): 0}
    assert cluster.registers["试点示范项目"][0].text("取得时间") == "2023-10"
    assert cluster.register_files == ("企业清单.xlsx",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_csv_file_is_a_register_in_either_encoding(encoding: str, separator: str, tmp_path: Path) -> None:
    lines = (("名称", "级别", "取得时间"), ('"甲\n中心"', "国家级", "2024年5月1日"), ("乙中心", "省级", "2023/10/8"))
    text = "\r\n".join(separator.join(line) for line in lines)
    cluster, findings = read(tmp_path, {"创新平台.csv": text.encode(encoding)})
    assert findings == ()
    first, second = cluster.registers["创新平台"]
    assert (first.text("名称"), first.text("取得时间"), second.position.line) == ("甲 中心", "2024-05-01", 4)


def test_totals_are_no_entries_and_an_empty_sheet_says_nothing(tmp_path: Path) -> None:
    rows = [*table(firm(产值2023=12)), ("合 计", None, None, 12), (None, "总计", None, 12)]
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook({"企业": rows, "产业联盟": [("名称",)]})})
    assert (len(cluster.registers["企业"]), "产业联盟" in cluster.registers, findings) == (1, False, ())


def test_nothing_in_the_first_row_states_that_there_is_none(tmp_path: Path) -> None:
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook({"产业联盟": [("名称",), ("无",)]})})
    assert (cluster.registers["产业联盟"], findings) == ((), ())


def test_merged_texts_count_for_every_row(tmp_path: Path) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 1, 2, 1, "国家级")

    rows = [("名称", "级别"), ("甲中心",), ("乙中心",)]
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook({"创新平台": rows}, merge)})
    assert [entry.text("级别") for entry in cluster.registers["创新平台"]] == ["国家级", "国家级"]
    assert findings == ()


def merged_number(book: Any, sheet: Any) -> None:
    sheet.merge_range(1, 3, 2, 3, 12)


def broken_formula(book: Any, sheet: Any) -> None:
    sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")


def far_cell(book: Any, sheet: Any) -> None:
    sheet.write(1_048_575, 16_383, 1)


def far_row(book: Any, sheet: Any) -> None:
    sheet.write(1_048_575, 7, 1)


def far_column(book: Any, sheet: Any) -> None:
    sheet.write(500, 16_383, 1)


def formula_without_a_result(book: Any, sheet: Any) -> None:
    sheet.write_formula(1, 3, "=1+1", None, "")


JANUARY = table({"名称": "甲", "取得时间": 2024.1})
PLATFORMS = [("名称", "级别"), ("甲中心", "省级"), ("甲 中心", "省级"), ("甲中心", "国家级")]
TWO = [("名称", "是否中小企业", "是否主导产业相关", "产值2023"), ("甲公司", "是", "是"), ("乙公司", "是", "是", 3)]


def book_of(*firms: Mapping[str, Any], **sheets: Any) -> dict[str, bytes]:
    return {"企业清单.xlsx": workbook({"企业": table(*firms), **sheets})}


FAULTS: list[tuple[Code, dict[str, bytes], str]] = [
    (Code.WORKBOOK_UNREADABLE, {"企业清单.xlsx": book_of(firm())["企业清单.xlsx"][:900]}, "企业清单.xlsx"),
    (Code.WORKBOOK_UNREADABLE, {"企业清单.xlsx": "名称\n甲公司".encode()}, "企业清单.xlsx"),
    (Code.WORKBOOK_UNREADABLE, {"企业清单.xlsx": b""}, "企业清单.xlsx"),
    (Code.WORKBOOK_UNREADABLE, {"企业清单.xlsx": b"PK\x03\x04" + b"x" * 50}, "企业清单.xlsx"),
    (Code.WORKBOOK_UNREADABLE, {"企业清单.xlsx": LOCKED[:400]}, "企业清单.xlsx"),
    (Code.WORKBOOK_UNREADABLE, {"企业清单.xls": LOCKED}, "企业清单.xls"),
    (Code.WORKBOOK_LOCKED, {"企业清单.xlsx": LOCKED}, "企业清单.xlsx"),
    (Code.WORKBOOK_TOO_BIG, {"企业清单.xlsx": workbook({"企业": TWO}, far_cell)}, "企业清单.xlsx"),
    (Code.WORKBOOK_TOO_BIG, {"企业清单.xlsx": workbook({"企业": TWO}, far_row)}, "企业清单.xlsx"),
    (Code.WORKBOOK_TOO_BIG, {"企业清单.xlsx": workbook({"企业": TWO}, far_column)}, "企业清单.xlsx"),
    (Code.UNKNOWN_SHEET, {"企业清单.xlsx": workbook({"标淮": [("名称",)]})}, "企业清单.xlsx › 标淮"),
    (Code.RENAMED_SHEET, {"企业清单.xlsx": workbook({"企业情况": TWO})}, "企业清单.xlsx › 企业情况"),
    (Code.HEADING_ROW_MISSING, {"企业清单.xlsx": workbook({"企业": [("甲公司", "是")]})}, "企业清单.xlsx › 企业"),
    (Code.MISSPELT_COLUMN, book_of(firm(产直2023=1)), "企业清单.xlsx › 企业!D1"),
    (Code.UNREAD_COLUMN, book_of(firm(属相="龙")), "企业清单.xlsx › 企业!D1"),
    (Code.REPEATED_COLUMN, book_of(firm(企业名称="甲公司")), "企业清单.xlsx › 企业!D1"),
    (Code.FOREIGN_UNIT, book_of({**firm(), "产值2023（亿元）": 1}), "企业清单.xlsx › 企业!D1"),
    (Code.KEY_MISMATCH, {"企业清单.xlsx": workbook({"企业": [("[名称]", "[产值2023]", "", ""), *TWO]})}, "企业清单.xlsx › 企业!B2"),
    (Code.REGISTER_TWICE, {**book_of(firm()), "企业.csv": "名称,是否中小企业,是否主导产业相关\n乙,是,是".encode()}, "企业.csv"),
    (Code.NOTES_LEFT_OUT, {"企业清单.xlsx": workbook({"产业联盟": [("名称",), ("甲",), ("注：已登记",)]})}, "企业清单.xlsx › 产业联盟!A3"),
    (Code.UNREAD_FILE, {"企业名单.csv": "名称\n甲".encode()}, "企业名单.csv"),
    (Code.UNREAD_FILE, {**book_of(firm()), "企业清单(1).xlsx": b""}, "企业清单(1).xlsx"),
    (Code.ROWS_ABOVE, {"企业清单.xlsx": workbook({"企业": [("乙公司", "是", "否"), *table(firm())]})}, "企业清单.xlsx › 企业!1"),
    (Code.RUINED_NUMBER, book_of(firm(统一社会信用代码=913101150000000015)), "企业清单.xlsx › 企业!D2"),
    (Code.WRONG_CHECK_DIGIT, book_of(firm(统一社会信用代码=CODES[0][:-1] + "A")), "企业清单.xlsx › 企业!D2"),
    (Code.REPEATED_ENTRY, book_of(firm("甲"), firm("乙"), firm("甲")), "企业清单.xlsx › 企业!A4"),
    (Code.REPEATED_ENTRY, book_of(*(firm(name, 统一社会信用代码=CODES[0]) for name in "甲乙")), "企业清单.xlsx › 企业!D3"),
    (Code.REPEATED_ENTRY, {"企业清单.xlsx": workbook({"创新平台": PLATFORMS[:3]})}, "企业清单.xlsx › 创新平台!A3"),
    (Code.SAME_NAME, {"企业清单.xlsx": workbook({"创新平台": (*PLATFORMS[:2], PLATFORMS[3])})}, "企业清单.xlsx › 创新平台!A3"),
    (Code.MISSING_CELL, book_of(firm("甲"), firm("")), "企业清单.xlsx › 企业!A3"),
    (Code.MISSING_CELL, book_of(firm("甲"), {"名称": "乙", "是否中小企业": "是"}), "企业清单.xlsx › 企业!C3"),
    (Code.MISSING_CELL, book_of({"名称": "甲", "是否中小企业": "是"}), "企业清单.xlsx › 企业!1"),
    (Code.MISSING_CELL, {"企业清单.xlsx": workbook({"产业联盟": [("名称",), ("暂无",)]})}, "企业清单.xlsx › 产业联盟!A2"),
    (Code.MERGED_NUMBER, {"企业清单.xlsx": workbook({"企业": TWO}, merged_number)}, "企业清单.xlsx › 企业!D2"),
    (Code.ERROR_CELL, {"企业清单.xlsx": workbook({"企业": TWO}, broken_formula)}, "企业清单.xlsx › 企业!D2"),
    (Code.UNCOMPUTED_CELL, {"企业清单.xlsx": workbook({"企业": TWO}, formula_without_a_result)}, "企业清单.xlsx › 企业!D2"),
    (Code.ROW_TOO_LONG, {"产业联盟.csv": "名称,取得时间\n甲联盟,2020,1\n乙联盟,2021-05".encode()}, "产业联盟.csv:2:3"),
    (Code.AMBIGUOUS_MONTH, {"企业清单.xlsx": workbook({"产业联盟": JANUARY})}, "企业清单.xlsx › 产业联盟!B2"),
    (Code.OUT_OF_RANGE, book_of(firm(产值2023=-1)), "企业清单.xlsx › 企业!D2"),
    (Code.UNKNOWN_CHOICE, book_of(firm(是否中小企业="也许")), "企业清单.xlsx › 企业!B2"),
    (Code.LEFT_BEFORE_JOINED, book_of(firm(加入年份=2022, 退出年份=2021)), "企业清单.xlsx › 企业!E2"),
    (Code.ENDED_BEFORE_BEGUN, book_of(firm(高新技术企业认定年份=2022, 高新技术企业有效期至="2021-12")), "企业清单.xlsx › 企业!D2"),
    (Code.END_WITHOUT_BEGIN, book_of(firm(高新技术企业截止时间="2021-12")), "企业清单.xlsx › 企业!D2"),
    (Code.NOT_SMALL, book_of(firm(是否中小企业="否", 上市起始年份=2020, 创新型中小企业起始年份=2022)), "企业清单.xlsx › 企业!E2"),
    (Code.TITLE_WITHOUT_BASIS, book_of(firm(小巨人起始年份=2022)), "企业清单.xlsx › 企业!D2"),
    (Code.TITLES_AT_ONCE, book_of(firm(上市起始年份=2022, 上市辅导起始年份=2020)), "企业清单.xlsx › 企业!E2"),
    (Code.NOT_A_MEMBER, book_of(firm(加入年份=2024, 产值2023=5)), "企业清单.xlsx › 企业!A2"),
    (Code.CELLS_LEFT_OUT, book_of(firm("甲", 产值2023=5), firm("乙")), "企业清单.xlsx › 企业!D3"),
    (Code.CELLS_LEFT_OUT, book_of(firm("甲", 统一社会信用代码=CODES[0]), firm("乙")), "企业清单.xlsx › 企业!A3"),
    (Code.UNKNOWN_ENTERPRISE, book_of(firm(), 专利=table({**PATENT, "企业名称": "甲公司、乙公司"})), "企业清单.xlsx › 专利!E2"),
    (Code.TOTAL_DIFFERS, book_of(firm("甲", 产值2023=5), {"名称": "合计", "产值2023": 6}), "企业清单.xlsx › 企业!D3"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "files", "place"), FAULTS, ids=[f"{case[0].code}-{n}" for n, case in enumerate(FAULTS)]
)
def test_a_fault_is_found_where_it_stands(code: Code, files: dict[str, bytes], place: str, tmp_path: Path) -> None:
    _, findings = read(tmp_path, files)
    found = [finding for finding in findings if finding.code == code.code]
    assert [str(finding.position) for finding in found] == [place]
    passing = {"R208", "R209"} if code is not Code.CELLS_LEFT_OUT else set()
    assert set(codes(findings)) - passing - {code.code} <= {"R204"}
    assert found[0].remedy


def test_every_code_of_the_registers_is_tried() -> None:
    assert {code.code for code in Code if code.code[0] == "R"} <= {case[0].code for case in FAULTS}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"加入年份": 2021, "退出年份": 2022}, {}),
        ({"高新技术企业起始年份": 2021, "高新技术企业截止时间": "2021-12"}, {}),
        ({"专精特新中小企业起始年份": 2021, "小巨人起始年份": 2022}, {}),
        ({"上市辅导起始年份": 2020, "上市辅导截止时间": "2022-03", "上市起始年份": 2022}, {}),
        ({"成为大型企业年份": 2024, "专精特新中小企业起始年份": 2021}, {}),
        ({"加入年份": 2024, "产值2024": 5, "产值2023": 0}, {"加入年份": 2023, "产值2023": "无", "产值2024": 0}),
    ],
)
def test_what_fits_together_is_not_reported(one: dict[str, Any], other: dict[str, Any], tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, table(firm("甲", **one), firm("乙", **other)))
    assert findings == ()


def test_what_size_an_enterprise_has_is_not_doubted_where_nobody_says(tmp_path: Path) -> None:
    unsaid = {"名称": "甲", "是否主导产业相关": "是", "专精特新中小企业起始年份": 2022}
    _, findings = read_sheet(tmp_path, table(unsaid))
    assert [finding.code for finding in findings] == ["R104"]


def test_a_repeated_row_counts_once(tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, table(firm("甲公司", 产值2023=1), firm("甲 公司", 产值2023=1)))
    assert len(entries) == 1
    assert findings[0].severity is Severity.MUST


def test_a_register_given_in_both_places_is_taken_from_cluster_yaml(tmp_path: Path) -> None:
    yaml = "产业: 甲\n名录: {产业联盟: [{名称: 甲联盟}]}\n"
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook({"产业联盟": [("名称",), ("乙联盟",)]})}, yaml)
    assert (cluster.registers["产业联盟"][0].text("名称"), codes(findings)) == ("甲联盟", ["R011"])


def test_the_workbook_to_fill_says_nothing_and_reads_back_what_is_filled_in(tmp_path: Path) -> None:
    catalogue = whole_catalogue()
    empty = workbook_to_fill(catalogue, (2023, 2024))
    assert empty == workbook_to_fill(catalogue, (2023, 2024))
    cluster, findings = read(tmp_path, {"企业清单.xlsx": empty})
    assert (cluster.registers, findings) == ({}, ())
    filled = firm(统一社会信用代码=CODES[0], 联系电话="021-12345678", 产值2023=12.34, 产值2024=15, 上市起始年份=2024)
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook_to_fill(catalogue, (2023, 2024), {"企业": [filled]})})
    assert findings == ()
    entry = cluster.registers["企业"][0]
    assert entry.columns["名称"].position.cell == "企业!A3"
    assert {name: given.text for name, given in entry.columns.items()} == {
        name: str(value) for name, value in filled.items() if not name.startswith("产值")
    }
    assert [str(number) for number in entry.numbers.values()] == ["12.34", "15"]


def test_what_the_same_enterprises_lack_or_have_too_much_is_told_once(tmp_path: Path) -> None:
    full: dict[str, Any] = {
        f"{column}{year}": 5 for column in ("产值", "营业收入", "研发费用", "从业人员") for year in (2022, 2023)
    }
    _, findings = read_sheet(tmp_path, table(firm("甲", **full), firm("乙"), firm("丙", 加入年份=2024, **full)))
    assert codes(findings) == ["R208", "R207"]
    assert str(findings[0].position) == "企业清单.xlsx › 企业!D3"


def test_more_sheets_of_one_register_are_to_be_put_together(tmp_path: Path) -> None:
    years = {f"{year}年": table({**firm(), f"产值{year}": 5}) for year in (2022, 2023)}
    _, findings = read(tmp_path, {"企业清单.xlsx": workbook(years)})
    assert codes(findings) == ["R014", "R014"]
    assert all("这样的有 2 张：一个名录只用一张工作表" in finding.remedy for finding in findings)
    _, findings = read(tmp_path, {"企业清单.xlsx": workbook({"企业": table(firm()), "企业 (2)": table(firm())})})
    assert codes(findings) == ["R004"]
    assert findings[0].remedy.startswith("看表头也是“企业”名录：一个名录只用一张工作表")


def test_what_stands_in_cluster_yaml_in_the_words_of_the_trade_counts_as_in_a_workbook(tmp_path: Path) -> None:
    own = {
        "名称": "甲公司",
        "是否中小企业": "中型",
        "是否主导产业相关": "是",
        "高新技术企业起始年份": "2021年",
        "高新技术企业截止时间": "2024年6月",
    }
    written = ", ".join(f"{column}: {text}" for column, text in own.items())
    beside, alone = tmp_path / "workbook", tmp_path / "yaml"
    for folder in (beside, alone):
        folder.mkdir()
    in_workbook, _ = read(beside, book_of(own))
    in_yaml, findings = read(alone, {}, f"产业: 甲\n名录:\n  企业:\n    - {{{written}}}\n")
    texts = {column: "是" if column.startswith("是否") else text for column, text in own.items()}
    texts |= {"高新技术企业起始年份": "2021", "高新技术企业截止时间": "2024-06"}
    for cluster in (in_workbook, in_yaml):
        assert {column: cluster.registers["企业"][0].text(column) for column in own} == texts
    assert findings == ()


@pytest.mark.parametrize(
    ("sheet", "column", "one", "other", "times"),
    [
        ("专利", "专利号", "ZL202110123456.7", "202110123456.7", 1),
        ("专利", "专利号", "ZL202110123456.7", "ZL202110123456.8", 2),
        ("标准", "标准编号", "GB/T 12345-2022", "GB/T 12345—2022", 1),
        ("标准", "标准编号", "GB/T 1.1-2020", "GB/T 11-2020", 2),
    ],
)
def test_a_number_is_the_same_with_or_without_its_marks(
    sheet: str, column: str, one: str, other: str, times: int, tmp_path: Path
) -> None:
    kinds = {"类型": "发明专利"} if sheet == "专利" else {"类别": "国家", "参与方式": "主持"}
    rows = (
        {"名称": name, column: number, **kinds, "取得时间": "2022-03"} for name, number in (("甲", one), ("乙", other))
    )
    entries, findings = read_sheet(tmp_path, table(*rows), sheet)
    assert (len(entries), codes(findings)) == (times, ["R103"] * (2 - times))
