"""The heading of a sheet is found and understood, wherever and however it is written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.registers.sheets import codes, read, read_sheet, workbook

ROW = ("甲公司", "是", "是")
HEAD = ("名称", "是否中小企业", "是否主导产业相关")


@pytest.mark.parametrize(
    "heading",
    [
        "产值2023",
        "产值（万元）2023",
        "2023年产值（万元）",
        "2023年度产值",
        "产值２０２３",
        "总产值（2023年，万元）",
        "产值 2023 ＊",
        "2023年全年产值（万元）",
        "2023年1-12月产值（万元）",
    ],
)
def test_a_year_stands_before_or_behind_a_name(heading: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [(*HEAD, heading), (*ROW, 12.5)])
    assert findings == ()
    assert entries[0].numbers == {("产值", 2023): Decimal("12.5")}


def test_a_heading_may_stand_below_a_title_and_be_called_otherwise(tmp_path: Path) -> None:
    rows = [("集群企业清单",), ("单位：万元",), (), ("序号", "企业全称", "中小企业", "主导产业"), (1, *ROW)]
    entries, findings = read_sheet(tmp_path, rows)
    assert (entries[0].text("名称"), entries[0].text("是否主导产业相关"), findings) == ("甲公司", "是", ())


def test_years_below_a_merged_name_are_understood(tmp_path: Path) -> None:
    def merge(book: Any, sheet: Any) -> None:
        for column, name in enumerate(HEAD):
            sheet.merge_range(0, column, 1, column, name)
        sheet.merge_range(0, 3, 0, 4, "产值（万元）")

    rows = [(), (None, None, None, 2023, "2024年"), (*ROW, 1, 2)]
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook({"企业": rows}, merge)})
    assert findings == ()
    assert cluster.registers["企业"][0].numbers == {("产值", 2023): 1, ("产值", 2024): 2}


def test_a_hidden_key_names_a_column_whose_heading_was_rewritten(tmp_path: Path) -> None:
    rows = [("[名称]", "[是否中小企业]", "[是否主导产业相关]", "[产值2023]"), (*HEAD, "去年的数"), (*ROW, 7)]
    entries, findings = read_sheet(tmp_path, rows)
    assert findings == ()
    assert entries[0].numbers == {("产值", 2023): 7}


def test_a_column_whose_key_and_heading_disagree_is_not_read(tmp_path: Path) -> None:
    rows = [("[名称]", "[是否中小企业]", "[是否主导产业相关]", "[产值2023]"), (*HEAD, "营业收入2023"), (*ROW, 7)]
    entries, findings = read_sheet(tmp_path, rows)
    assert (entries[0].numbers, codes(findings)) == ({}, ["R010"])


def test_another_unit_is_refused_not_guessed(tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [(*HEAD, "产值2023（亿元）"), (*ROW, 7)])
    assert (entries[0].numbers, codes(findings)) == ({}, ["R009"])
    assert str(findings[0].position) == "企业清单.xlsx › 企业!D1"


def test_a_misspelt_column_is_doubted_and_the_clerk_s_own_is_only_named(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, [(*HEAD, "产直2023", "产值", "老板属相", "备注"), (*ROW, 7, 8, "龙", "好")])
    assert [(finding.code, finding.remedy[:10]) for finding in findings[:2]] == [
        ("R006", "是不是“产值2023"), ("R006", "是不是“产值2024"),
    ]  # fmt: skip
    assert (codes(findings)[2:], findings[2].found) == (["R007"], "老板属相")


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("是否高新技术企业", "“高新技术企业起始年份”"),
        ("高新技术企业", "“高新技术企业起始年份”"),
        ("是否高新技术", "“高新技术企业起始年份”"),
        ("是否上市", "“上市起始年份”"),
        ("是否小巨人企业", "“小巨人起始年份”"),
        ("是否专精特新“小巨人”企业", "“小巨人起始年份”"),
        ("是否专精特新", "“专精特新中小企业起始年份”"),
        ("是否单项冠军", "“国家级单项冠军起始年份”或“省级单项冠军起始年份”"),
        ("是否上云", "“首次上云年份”"),
        ("是否接入工业互联网平台", "“首次接入平台年份”"),
    ],
)
def test_a_column_that_only_says_whether_is_asked_since_when(heading: str, wanted: str, tmp_path: Path) -> None:
    _, (finding,) = read_sheet(tmp_path, [(*HEAD, heading), (*ROW, "是")])
    assert finding.code == "R006"
    assert finding.remedy == f"请把表头改为{wanted}，各行改填从哪一年起（如 2021），没有的留空"


def test_a_column_that_says_whether_beside_one_that_says_since_when_is_the_clerk_s_own(tmp_path: Path) -> None:
    heading = (*HEAD, "是否高新技术企业", "高新技术企业起始年份")
    entries, (finding,) = read_sheet(tmp_path, [heading, (*ROW, "是", 2021)])
    assert (entries[0].text("高新技术企业起始年份"), finding.code, finding.found) == (
        "2021",
        "R007",
        "是否高新技术企业",
    )


@pytest.mark.parametrize(("heading", "code"), [("是否中小型企业", "R006"), ("是否高企", "R007"), ("是否规上", "R007")])
def test_a_column_is_not_like_another_for_both_asking_whether(heading: str, code: str, tmp_path: Path) -> None:
    heading_row = [("名称", "是否主导产业相关", heading), ("甲公司", "是", "是")]
    _, findings = read_sheet(tmp_path, heading_row)
    assert [finding.code for finding in findings if finding.found == heading] == [code]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("“小巨人”企业认定年份", "小巨人起始年份"),
        ("专精特新“小巨人”企业\n认定时间", "小巨人起始年份"),
        ("省级专精特新中小企业认定时间", "专精特新中小企业起始年份"),
        ("专精特新有效期至", "专精特新中小企业截止时间"),
        ("高企认定年份", "高新技术企业起始年份"),
        ("高新技术企业证书有效期至", "高新技术企业截止时间"),
        ("创新型中小企业评价年份", "创新型中小企业起始年份"),
        ("上市时间", "上市起始年份"),
        ("国家级制造业单项冠军企业认定年份", "国家级单项冠军起始年份"),
        ("首次上云时间", "首次上云年份"),
        ("入园时间", "加入年份"),
    ],
)
def test_titles_and_first_uses_are_called_as_in_the_lists_of_offices(heading: str, column: str, tmp_path: Path) -> None:
    entries, findings = read_sheet(tmp_path, [(*HEAD, heading), (*ROW, 2022)])
    assert [finding.code for finding in findings if finding.code.startswith("R0")] == []
    assert entries[0].text(column)[:4] == "2022"


def test_no_end_is_guessed_for_a_heading_that_asks_for_a_beginning(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, [(*HEAD, "上市的时间"), (*ROW, 2022)])
    assert [finding.remedy for finding in findings if finding.code == "R006"] == ["是不是“上市起始年份”？"]


@pytest.mark.parametrize(
    ("sheet", "head", "row"),
    [
        ("创新平台", ("平台名称", "平台级别", "批准时间"), ("甲重点实验室", "国家级", "2021年5月")),
        ("示范项目", ("项目名称", "级别", "认定时间"), ("甲智能工厂", "省级", "2022.05.06")),
        ("绿色制造", ("企业名称", "级别", "认定年份"), ("甲公司", "省部级", 2022)),
        ("公共服务平台", ("平台名称", "级别", "认定年份"), ("甲平台", "其他", "2022年")),
        ("产业联盟", ("联盟名称", "成立时间"), ("甲联盟", "2020年")),
        ("境外机构", ("机构名称", "国别", "设立时间"), ("甲研发中心", "德国", "2020年3月")),
        ("标准", ("标准名称", "标准号", "标准级别", "主持/参与", "发布日期"), ("甲", "GB/T 1-2022", "国标", "主持", "2022-03-09")),
        ("专利", ("专利名称", "专利号", "专利类别", "授权日"), ("甲", "ZL1", "发明", "2022-03-09")),
    ],
)  # fmt: skip
def test_lists_of_offices_are_read_as_they_are(
    sheet: str, head: tuple[str, ...], row: tuple[Any, ...], tmp_path: Path
) -> None:
    cluster, findings = read(tmp_path, {"企业清单.xlsx": workbook({sheet: [head, row]})})
    assert findings == ()
    (entries,) = cluster.registers.values()
    assert set(entries[0].columns) >= {"名称", "取得时间"}


def test_another_name_of_a_column_beside_it_is_a_column_of_one_s_own(tmp_path: Path) -> None:
    head, row = ("企业规模", *HEAD, "手机", "联系电话"), ("大型", *ROW, "13800000000", "021-12345678")
    entries, findings = read_sheet(tmp_path, [head, row])
    assert [(finding.code, finding.found) for finding in findings] == [("R007", "企业规模、手机")]
    assert (entries[0].text("是否中小企业"), entries[0].text("联系电话")) == (ROW[1], "021-12345678")


def test_two_columns_of_one_number_are_not_chosen_between(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, [(*HEAD, "总产值2024", "产值2024"), (*ROW, 1, 2)])
    assert [finding.code for finding in findings] == ["R008"]


@pytest.mark.parametrize("year", ["2023年", "2023年度", "2023", 2023, "2023年主要经济指标"])
@pytest.mark.parametrize("named_above", [True, False])
def test_years_above_the_names_lead_all_that_stand_below_them(year: Any, named_above: bool, tmp_path: Path) -> None:
    """An empty cell right of a year, merged with it or not, is below the same year."""
    empty = ("", "", "")
    first, second = (HEAD, empty) if named_above else (empty, HEAD)
    rows = [
        (*first, year, "", "2024年", ""),
        (*second, "产值（万元）", "营业收入", "产值（万元）", "营业收入"),
        (*ROW, 1, 2, 3, 4),
    ]
    entries, findings = read_sheet(tmp_path, rows)
    assert findings == ()
    assert entries[0].numbers == {("产值", 2023): 1, ("营业收入", 2023): 2, ("产值", 2024): 3, ("营业收入", 2024): 4}


def test_a_unit_beside_the_year_above_counts_for_all_below_it(tmp_path: Path) -> None:
    _, findings = read_sheet(tmp_path, [(*HEAD, "2023年（亿元）"), ("", "", "", "产值"), (*ROW, 1)])
    assert [(finding.code, finding.found) for finding in findings] == [("R009", "亿元")]


@pytest.mark.parametrize("line", ["2025年企业清单", "填报日期：2025年5月20日", "2025年5月填报"])
def test_the_year_of_a_title_leads_nothing(line: str, tmp_path: Path) -> None:
    rows = [(line, "", "", line if "日" in line else ""), (*HEAD, "产值"), (*ROW, 1)]
    entries, findings = read_sheet(tmp_path, rows)
    assert (entries[0].numbers, [finding.code for finding in findings]) == ({}, ["R006"])


def test_a_row_for_each_year_is_told_once_with_the_way_out(tmp_path: Path) -> None:
    rows = [(*HEAD, "年份", "产值（万元）", "营业收入（万元）"), (*ROW, 2023, 1, 2), (*ROW, 2024, 3, 4)]
    _, findings = read_sheet(tmp_path, rows)
    assert [(finding.code, str(finding.position)) for finding in findings[:1]] == [("R006", "企业清单.xlsx › 企业!D1")]
    assert findings[0].remedy == "请把同一家的几行并成一行，各年的数各占一列，表头写“产值2023”“产值2024”"
    assert codes(findings).count("R006") == 1
