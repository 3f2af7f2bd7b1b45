"""Tables as clerks keep them: sums and notes below, units above, files of other programs. Nothing is read wrong in silence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.registers.sheets import CODES, codes, firm, read, read_sheet, table, workbook

HEAD = ("名称", "是否中小企业", "是否主导产业相关")
ROW = ("甲公司", "是", "是")


@pytest.mark.parametrize(
    "label", ["合计：", "总计（万元）", "集群合计", "合计（5家）", "共 5 家", "合计数", "汇总", "平均值", "Total"]
)
def test_a_row_that_sums_up_is_no_enterprise_however_it_is_called(label: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [*table(firm(产值2023=12)), (label, None, None, 12)])
    assert ([entry.text("名称") for entry in entries], findings) == (["甲公司"], ())


@pytest.mark.parametrize("name", ["合计科技有限公司", "共计家电厂", "平均汇总数据公司", "统计家软件公司"])
def test_an_enterprise_whose_name_sounds_like_a_sum_is_read(name: str, tmp_path: Path) -> None:
    entries, _ = read_sheet(tmp_path, table(firm(name)))
    assert [entry.text("名称") for entry in entries] == [name]


@pytest.mark.parametrize(
    "label",
    [
        "其中：中小企业合计",
        "其中：主导产业",
        "主导产业小计",
        "中小企业合计",
        "规上企业合计",
    ],
)
def test_a_row_about_some_of_the_enterprises_is_neither_one_nor_held_against_all(label: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [*table(firm(产值2023=12)), (label, None, None, 5)])
    assert ([entry.text("名称") for entry in entries], findings) == (["甲公司"], ())


def test_notes_below_a_table_are_no_entries_and_are_named(tmp_path: Path) -> None:
    notes = [("注：1.数据截至2024年底。",), ("2.金额单位为万元。",), ("填表人：张三", None, "审核人：李四")]
    entries, findings = read_sheet(tmp_path, [*table(firm(产值2023=12)), (), *notes])
    assert (len(entries), codes(findings), findings[0].position and findings[0].position.cell) == (
        1,
        ["R012"],
        "企业!A4",
    )
    assert findings[0].found == "注：1.数据截至2024年底。、2.金额单位为万元。、填表人：张三"


def test_an_enterprise_below_a_note_is_read_all_the_same(tmp_path: Path) -> None:
    rows = [*table(firm("甲公司")), ("注：以下为新增企业",), ("乙公司", "是", "是")]
    entries, findings = read_sheet(tmp_path, rows)
    assert ([entry.text("名称") for entry in entries], codes(findings)) == (["甲公司", "乙公司"], ["R012"])


@pytest.mark.parametrize(
    "heading", ["产值（2023年，亿元）", "产值2023 单位：亿元", "产值2023（单位：亿元）", "产值（人民币亿元，2023）"]
)
def test_another_unit_is_seen_wherever_the_heading_says_it(heading: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [(*HEAD, heading), (*ROW, 7)])
    assert (entries[0].numbers, codes(findings), findings[0].found) == ({}, ["R009"], "亿元")


@pytest.mark.parametrize("heading", ["产值（2023年，万元）", "产值2023 单位：万元", "产值（人民币万元，2023）"])
def test_the_own_unit_is_no_offence(heading: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [(*HEAD, heading), (*ROW, 7)])
    assert (entries[0].numbers, findings) == ({("产值", 2023): Decimal(7)}, ())


def test_another_unit_above_the_table_counts_for_columns_that_say_none(tmp_path: Path) -> None:
    above = [("集群企业清单",), ("", "", "单位：亿元、人")]
    rows = [*above, (*HEAD, "产值2023", "营业收入2023（万元）", "从业人员2023"), (*ROW, 7, 8, 9)]
    entries, findings = read_sheet(tmp_path, rows)
    assert entries[0].numbers == {("营业收入", 2023): 8, ("从业人员", 2023): 9}
    assert [(finding.code, str(finding.position)) for finding in findings] == [("R009", "企业清单.xlsx › 企业!C2")]
    assert "产值" in findings[0].message


def test_a_year_of_two_digits_is_a_misspelt_heading(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, [(*HEAD, "产值23年"), (*ROW, 7)])
    assert (codes(findings), findings[0].remedy) == (["R006"], "是不是“产值2023”？")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('甲,国家级,2020,"压力\n乙,省级,2021,压力\n', 2),
        ('甲,国家级,2020,"压力\n乙,省级,2021,压力"\n丙,省级,2021,压力\n', 2),
    ],
)
def test_quotes_that_don_t_pair_never_swallow_rows(line: str, place: int, tmp_path: Path) -> None:
    cluster, findings = read(tmp_path, {"创新平台.csv": ("名称,级别,取得时间,备注\n" + line).encode("gbk")})
    assert "创新平台" not in cluster.registers
    assert [(finding.code, finding.position and finding.position.line) for finding in findings] == [("R001", place)]


def test_the_separator_is_that_of_the_table_not_of_its_title(tmp_path: Path) -> None:
    text = "创新平台清单，共一个,单位：个\n名称;级别;取得时间\n甲;国家级;2020\n"
    cluster, _ = read(tmp_path, {"创新平台.csv": text.encode("gbk")})
    assert cluster.registers["创新平台"][0].text("级别") == "国家级"


@pytest.mark.parametrize("mark", ["，", "|"])
def test_a_table_typed_by_hand_may_be_parted_by_what_the_keyboard_gives(mark: str, tmp_path: Path) -> None:
    text = "名称，级别，取得时间\n甲，国家级，2020-05\n".replace("，", mark)
    cluster, findings = read(tmp_path, {"创新平台.csv": text.encode("gbk")})
    assert (cluster.registers["创新平台"][0].text("取得时间"), findings) == ("2020-05", ())


def test_a_code_kept_as_text_in_either_way_is_the_code(tmp_path: Path) -> None:
    text = f'名称,统一社会信用代码,是否中小企业,是否主导产业相关\n甲,"=""{CODES[0]}""",是,是\n乙,\'{CODES[1]},是,是\n'
    cluster, findings = read(tmp_path, {"企业.csv": text.encode("gbk")})
    assert [entry.text("统一社会信用代码") for entry in cluster.registers["企业"]] == list(CODES[:2])
    assert findings == ()


def test_a_code_that_was_ruined_is_not_called_missing_too(tmp_path: Path) -> None:
    rows = table(firm("甲", 统一社会信用代码=CODES[0]), firm("乙", 统一社会信用代码=913101150000000015))
    assert codes(read_sheet(tmp_path, rows)[1]) == ["R101"]


def test_a_number_that_can_t_be_read_is_not_called_missing_too(tmp_path: Path) -> None:
    assert codes(read_sheet(tmp_path, table(firm("甲", 产值2023=3), firm("乙", 产值2023="约5")))[1]) == ["Y301"]


def test_a_tick_among_numbers_is_no_number(tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, table(firm(产值2023=True)))
    assert (entries[0].numbers, codes(findings)) == ({}, ["Y301"])


def test_an_error_in_a_cell_that_may_be_empty_is_told(tmp_path: Path) -> None:
    def look_up(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 3, "=VLOOKUP(1,A:B,2)", None, "#N/A")

    book = workbook({"企业": [(*HEAD, "高新技术企业起始年份"), ROW]}, look_up)
    _, findings = read(tmp_path, {"企业清单.xlsx": book})
    assert [(finding.code, str(finding.position)) for finding in findings] == [("R106", "企业清单.xlsx › 企业!D2")]


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    stored = workbook({"企业": [(*HEAD, "产值2022", "产值2023"), (*ROW, 1)]}, _empty_text)
    cluster, findings = read(tmp_path, {"企业清单.xlsx": stored})
    assert (cluster.registers["企业"][0].numbers, codes(findings)) == ({("产值", 2022): Decimal(1)}, [])


def _empty_text(book: Any, sheet: Any) -> None:
    sheet.write_formula(1, 4, '=IF(TRUE,"","")', None, " ")


@pytest.mark.parametrize(("cell", "text"), [("45413", "2024"), ("2023年度", "2023"), ("2024/5", "2024")])
def test_a_year_is_read_from_what_a_clerk_writes(cell: str, text: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, table(firm(高新技术企业起始年份=cell)))
    assert (entries[0].text("高新技术企业起始年份"), findings) == (text, ())


YEARS_BELOW = [
    [(*HEAD, "产值（万元）", None), (None, None, None, 2022, "2023年")],
    [(*HEAD, "经济指标", None), (None, None, None, "产值（万元）", None), (None, None, None, "2022年", "2023年")],
]


@pytest.mark.parametrize("above", YEARS_BELOW, ids=["two rows", "three rows"])
def test_years_below_the_names_are_understood_where_nothing_is_merged(above: list[Any], tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [*above, (*ROW, 5, 6)])
    assert findings == ()
    assert [entry.numbers for entry in entries] == [{("产值", 2022): Decimal(5), ("产值", 2023): Decimal(6)}]


@pytest.mark.parametrize("stand_in", ["无", "个体户", "—", "办理中"])
def test_what_says_that_there_is_no_code_may_be_said_twice(stand_in: str, tmp_path: Path) -> None:
    rows = table(firm("甲公司", 统一社会信用代码=stand_in), firm("乙公司", 统一社会信用代码=stand_in))
    entries, findings = read_sheet(tmp_path, rows)
    assert (len(entries), "R103" in codes(findings)) == (2, False)


@pytest.mark.parametrize(
    ("said", "meant"), [("中型", "是"), ("小微企业", "是"), ("大型", "否"), ("不是", "否"), ("是的", "是")]
)
def test_the_size_of_an_enterprise_says_whether_it_is_small(said: str, meant: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [("名称", "企业规模", "是否主导产业"), ("甲公司", said, "是")])
    assert (entries[0].text("是否中小企业"), findings) == (meant, ())


def test_the_words_of_the_trade_are_taken_for_the_choices_they_mean(tmp_path: Path) -> None:
    rows = [
        ("标准名称", "标准编号", "类别", "参与方式", "发布时间"),
        ("甲", "GB/T 1—2023", "国标", "参与制定", "20230501"),
    ]
    entries, findings = read_sheet(tmp_path, rows, "标准")
    assert [entries[0].text(name) for name in ("类别", "参与方式", "取得时间")] == ["国家", "参与", "2023-05-01"]
    assert findings == ()


def test_nothing_is_no_answer_where_yes_or_no_is_asked(tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, table({**firm(), "是否主导产业相关": "无"}))
    assert (entries[0].text("是否主导产业相关"), codes(findings)) == ("", ["R104"])


@pytest.mark.parametrize(
    ("written", "remedy"),
    [("24/5/1", "2024"), ("2024年底", "2024"), ("21年", "2021"), ("有效期至2025年", "2025")],
)
def test_a_year_written_otherwise_is_guessed(written: str, remedy: str, tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, table(firm(退出年份=written)))
    assert (codes(findings), remedy in findings[0].remedy) == (["Y305"], True)


def test_a_title_that_holds_for_ever_is_told_to_be_left_empty(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, table(firm(上市起始年份=2020, 上市截止时间="长期")))
    assert (codes(findings), "留空" in findings[0].remedy) == (["Y305"], True)


def test_a_sheet_of_another_name_is_known_by_its_heading(tmp_path: Path) -> None:
    _, findings = read(tmp_path, {"企业清单.xlsx": workbook({"Sheet1": table(firm())})})
    assert (codes(findings), "改名为“企业”" in findings[0].remedy) == (["R014"], True)


def test_a_table_of_one_s_own_beside_the_register_is_only_named(tmp_path: Path) -> None:
    _, findings = read(tmp_path, {"企业清单.xlsx": workbook({"企业": table(firm()), "备用": table(firm("乙公司"))})})
    assert codes(findings) == ["R004"]


def test_a_short_number_is_not_said_to_have_lost_its_end(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, table(firm(统一社会信用代码=310115000000123)))
    assert codes(findings) == ["R101"]
    assert "310115000000123）" in findings[0].message
    assert "后几位已经丢失" not in findings[0].message


def test_a_comma_in_a_number_of_a_csv_file_never_moves_the_numbers_behind_it(tmp_path: Path) -> None:
    text = "名称,是否中小企业,是否主导产业相关,产值2022,产值2023\n甲公司,是,是,1,200,300\n乙公司,是,是,100,200\n"
    cluster, findings = read(tmp_path, {"企业.csv": text.encode()})
    assert [entry.text("名称") for entry in cluster.registers["企业"]] == ["乙公司"]
    assert (codes(findings), str(findings[0].position)) == (["R109"], "企业.csv:2:6")


@pytest.mark.parametrize(("said", "told"), [("是", "那一年"), ("√", "那一年"), ("否", "留空"), ("×", "留空")])
def test_yes_or_no_is_no_year_and_the_remedy_says_what_is(said: str, told: str, tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, table(firm(高新技术企业起始年份=said)))
    assert (codes(findings), told in findings[0].remedy) == (["Y305"], True)


def test_an_owner_from_without_beside_an_enterprise_of_the_cluster_is_no_slip(tmp_path: Path) -> None:
    head = ("专利名称", "申请号/专利号", "专利类型", "授权公告日", "专利权人")
    rows = [head, ("甲", "ZL1", "发明", "20220501", "甲公司；某大学"), ("乙", "ZL2", "发明", "20220501", "某大学")]
    _, findings = read(tmp_path, {"企业清单.xlsx": workbook({"企业": table(firm()), "专利": rows})})
    assert [(finding.code, str(finding.position)) for finding in findings] == [("R209", "企业清单.xlsx › 专利!E3")]


def test_a_heading_that_lacks_the_name_is_pointed_out(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, [("厂家", "是否中小企业", "是否主导产业相关", "产值2023"), (*ROW, 5)])
    assert [str(finding.position) for finding in findings] == ["企业清单.xlsx › 企业!1"]
    assert "表头改为“企业名称”" in findings[0].remedy


def test_captions_between_the_rows_are_no_enterprises_and_are_named(tmp_path: Path) -> None:
    rows = [HEAD, ("一、制造类",), ROW, ("二、服务类",), ("乙公司", "是", "否"), ("一、二级市场服务公司", "是", "否")]
    entries, findings = read_sheet(tmp_path, rows)
    assert [entry.text("名称") for entry in entries] == ["甲公司", "乙公司", "一、二级市场服务公司"]
    assert [(finding.code, finding.found) for finding in findings] == [("R012", "一、制造类、二、服务类")]
