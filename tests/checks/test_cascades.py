"""One slip of a clerk is one obstacle: what reading refused brings no second finding that blocks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from generator.cluster.registers.ahead import WORKBOOK
from generator.findings import Finding, blocking
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.by_hand import EXAMPLE

SHARED = "证明: [共享通用生产设备, 建立共享车间工厂]"


def found(file: Path, text: str, old: str, new: str, form: str = "national-2025") -> list[Finding]:
    changed, count = re.subn(old, new, text, count=1, flags=re.MULTILINE)
    assert count == 1, old
    file.write_text(changed, "utf-8")
    return list(prepare(file, form, Library.standard(), FontLibrary.bundled()).findings)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (r"能效水平: 不适用", "能效水平: 不涉及", "Y307"),
        (r"产业类型: 第二产业", "产业类型: 二产", "Y307"),
        (r"省级集群认定: 是", "省级集群认定: true", "Y307"),
        (r"^事件: \[\]", "事件: [{类别: 火灾, 日期: 2023-05}]", "Y307"),
        (r"^事件: \[\]", "事件: [{类别: 安全事故, 等级: 较大, 情况说明: 已整改}]", "Y204"),
        (r"^事件: \[\]", "事件: 没有", "Y203"),
        (r"证明: \[创新平台\]", "证明: [创薪平台]", "Y307"),
        (re.escape(SHARED), "证明: 共享通用生产设备、建立共享车间工厂", "Y107"),
        (r"证明: \[创新平台\]", "佐证: [创新平台]", "Y202"),
        (r"名称: 创新平台清单及批复", "名称: 标准制修订清单", "Y207"),
        (r"基准年: 2024$", "基准年: 2024年", "Y302"),
        (r"\{方向: 创新, 指标: 研发经费投入(?=.*2027)", "{指标: 研发经费投入", "Y204"),
    ],
)
def test_what_reading_refused_blocks_once(file: Path, text: str, old: str, new: str, code: str) -> None:
    assert [finding.code for finding in blocking(found(file, text, old, new))] == [code]


@pytest.mark.parametrize(
    ("old", "new", "meant", "elsewhere"),
    [
        (r"证明: \[创新平台\]", "佐证: [创新平台]", "证明", "“佐证”写在“工作”的各项里"),
        (r"证明: \[创新平台\]", "事实: [创新平台]", "证明", "“事实”写在“工作”的各项里"),
        (r"^  - 绘制产业链图谱$", "  - {事实: 绘制产业链图谱, 证明: [图谱]}", "佐证", "“证明”写在“佐证材料”的各项里"),
        (r"^  - 绘制产业链图谱$", "  - {名称: 绘制产业链图谱}", "事实", ""),
        (r"^事件: \[\]", "事件: [{名称: 安全事故, 日期: 2023-06}]", "类别", ""),
    ],
)
def test_a_name_that_is_easily_taken_for_another_is_told_with_the_one_meant(
    old: str, new: str, meant: str, elsewhere: str, file: Path, text: str
) -> None:
    (finding,) = (each for each in found(file, text, old, new) if each.code[0] == "Y")
    assert finding.code == "Y202"
    assert f"这里请写“{meant}”" in finding.remedy and finding.remedy.endswith(elsewhere)
    assert "主管部门" not in finding.remedy


@pytest.mark.parametrize("form", ["national-2025", "rereview-2025", "shanghai-2024"])
@pytest.mark.parametrize(("wrong", "right"), [(2022, 2024), (2024, 2022), (2023, 2024), (2024, 2023), (2022, 2023)])
def test_of_two_plans_of_one_base_year_neither_is_held_against_the_form(
    wrong: int, right: int, form: str, file: Path, text: str
) -> None:
    findings = found(file, text, f"基准年: {wrong}$", f"基准年: {right}", form)
    told = [finding for finding in findings if finding.code in {"Y207", "C104", "C501", "C506", "C508", "C911"}]
    assert [finding.code for finding in told] == ["Y207"]
    assert "两份规划都没有读" in told[0].message and "年份写错" in told[0].remedy


def test_a_year_with_its_word_behind_it_is_told_without_a_unit(file: Path, text: str) -> None:
    (finding,) = blocking(found(file, text, r"基准年: 2024$", "基准年: 2024年"))
    assert finding.remedy == "请写 2024"


def test_a_list_without_evidence_is_told_once_for_all_rows_that_it_serves(file: Path, text: str) -> None:
    findings = found(file, text, r"证明: \[创新平台\]", "证明: [试点示范项目]")
    assert [finding.code for finding in blocking(findings)] == ["C402"]


def test_evidence_of_facts_is_not_doubted_while_no_facts_are_written(file: Path, text: str) -> None:
    findings = found(file, text, r"^工作:\n(?:  .*\n|\n)+", "")
    assert {finding.code for finding in findings} == {"C102"}


@pytest.mark.parametrize(
    ("field", "years", "empty"),
    [
        ("外商直接投资额", (2020, 2021, 2022, 2023, 2024), "二_外商直接投资额增长率_y2023"),
        ("外商直接投资额", (2021, 2022), "二_外商直接投资额增长率_y2023"),
        ("有效发明专利拥有量", (2020, 2021, 2022, 2023, 2024), "三_每万人有效发明专利拥有量"),
    ],
)
def test_what_there_is_nothing_of_has_no_growth_and_no_share(
    file: Path, text: str, field: str, years: tuple[int, ...], empty: str
) -> None:
    line = re.search(rf"^  {field}: .*$", text, re.MULTILINE)
    assert line is not None
    without = line[0]
    for year in years:
        without = re.sub(rf"{year}: [^,}}]+", f"{year}: 无", without)
    file.write_text(text.replace(line[0], without), "utf-8")
    prepared = prepare(file, "national-2025", Library.standard(), FontLibrary.bundled())
    assert "C101" not in {finding.code for finding in blocking(prepared.findings)}
    assert prepared.filled is not None and prepared.filled.by_key()[empty].printed == "无"


@pytest.mark.parametrize(("place", "expected"), [("省: 上海, 县: 示例区", "上海"), ("省: 上海市, 县: 示例", "示例")])
def test_a_place_that_is_not_called_by_its_full_name_is_told(file: Path, text: str, place: str, expected: str) -> None:
    findings = found(file, text, "省: 上海市, 县: 示例区", place)
    assert [(finding.found, finding.message) for finding in findings if finding.code == "C901"] == [
        (expected, "地名不是全称")
    ]


def test_a_trade_that_ends_in_its_word_is_the_same_trade(file: Path, text: str) -> None:
    assert found(file, text, "^产业: 智能传感器", "产业: 智能传感器产业") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("^实绩:$", "实迹:"),
        ("^叙述:$", "叙诉:"),
        ("^概况:$", "概括:"),
        ("^规划:$", "规化:"),
        ("^名录:$", "名册:"),
        ("^申报:$", "申抱:"),
        ("^佐证材料:$", "佐征材料:"),
        ("^工作:$", "工做:"),
        (r"^事件: \[\]", "事健: []"),
        ("^主管部门:$", "主管单位:"),
        ("^  national-2025:$", "  national2025:"),
        ("^    规划正文:$", "    规划正闻:"),
        ("^    申报时间: 2025", "    申请时间: 2025"),
        ("^  产业联盟:$", "  产业同盟:"),
        ("^  能效水平:", "  能效水准:"),
        ("^  能耗计算公式:", "  能耗的计算公式:"),
        ("^  县域工业总产值:", "  县域工业产值:"),
        ("^  质量品牌建设情况:", "  质量品牌情况:"),
        ("^  - 名称: 创新平台清单及批复", "  - 名: 创新平台清单及批复"),
        ("^  占地面积:.*\n", "占地面积: 12.60\n"),
        (r"证明: \[创新平台\]", "证名: [创新平台]"),
        (r"证明: \[创新平台\]", "证实: 创新平台"),
        (r"证明: \[创新平台\]", "证名: [创薪平台]"),
        (r"证明: \[创新平台\]", "内容: [创新平台]"),
        (r"证明: \[创新平台\]", "佐证: [创新平台]"),
        (re.escape(SHARED), SHARED.replace("证明", "证名")),
    ],
)
def test_a_name_that_is_not_known_blocks_once(file: Path, text: str, old: str, new: str) -> None:
    if new.startswith("占地面积"):
        old, new = r"^概况:\n  占地面积:.*\n", f"{new}概况:\n"
    (blocked,) = blocking(found(file, text, old, new))
    assert blocked.code in {"Y201", "Y202", "Y208"}
    assert blocked.remedy


def test_a_fact_whose_own_evidence_stands_under_a_misspelt_name_blocks_once(file: Path, text: str) -> None:
    proved_elsewhere = text.replace(SHARED, "证明: [建立共享车间工厂]")
    findings = found(file, proved_elsewhere, "- 共享通用生产设备$", "- {事实: 共享通用生产设备, 佐正: [共享车间协议]}")
    assert [finding.code for finding in blocking(findings)] == ["Y201"]


def test_evidence_whose_files_stand_under_a_misspelt_name_is_told_once(file: Path, text: str) -> None:
    findings = found(file, text, r"^    文件: \[佐证材料/15_", "    文档: [佐证材料/15_")
    assert {finding.code for finding in findings if finding.path.startswith("佐证材料")} == {"Y201"}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("省: 上海市, 县: 示例区", "省: 江苏省, 市: 苏州市, 县: 苏州市示例区", "示例区"),
        ("^产业: 智能传感器", "产业: 智能传感器产业集群", "智能传感器"),
        ("^产业: 智能传感器", "产业: “智能传感器”", "智能传感器"),
    ],
)
def test_what_the_form_would_print_twice_is_told(file: Path, text: str, old: str, new: str, wanted: str) -> None:
    told = [finding for finding in found(file, text, old, new) if finding.code == "C901" and finding.expected == wanted]
    assert [finding.remedy.startswith(f"请写 {wanted}") for finding in told] == [True]


def test_what_is_not_written_is_told_in_whole_sentences(file: Path, text: str) -> None:
    (events,) = blocking(found(file, text, r"^事件: \[\]", ""))
    assert events.remedy == "请在 cluster.yaml 里写明“事件”：没有发生的写“事件: []”，发生过的逐件写明。"


def rename(book: Workbook) -> None:
    book["企业"].title = "Sheet1"


def other_unit(book: Workbook) -> None:
    cells = {cell.value: cell for cell in book["企业"][2]}
    cells["产值2024\n（万元）"].value = "产值2024（亿元）"


def other_column(book: Workbook) -> None:
    cells = {cell.value: cell for cell in book["企业"][2]}
    cells["产值2024\n（万元）"].value = "营业收入2024（万元）"


def no_heading(book: Workbook) -> None:
    book["专利"].delete_rows(1, 2)


@pytest.mark.parametrize(
    ("spoil", "code"), [(rename, "R014"), (other_unit, "R009"), (other_column, "R010"), (no_heading, "R005")]
)
def test_a_register_that_can_t_be_read_blocks_once(
    spoil: Callable[[Workbook], None], code: str, tmp_path: Path
) -> None:
    folder = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, folder)
    book = load_workbook(folder / WORKBOOK)
    spoil(book)
    book.save(folder / WORKBOOK)
    findings = prepare(folder, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    assert {finding.code for finding in blocking(findings)} == {code}


YEARLY = ("产值2024", "研发费用2023", "从业人员2024", "综合能耗2024")
ONCE = ("首次上云年份", "上市起始年份")


def findings_without(column: str, folder: Path, *, misspelt: bool) -> list[Finding]:
    """What is found while `column` is not in the register, or its heading is misspelt and no hidden key helps."""
    shutil.copytree(EXAMPLE, folder)
    book = load_workbook(folder / WORKBOOK)
    sheet = book["企业"]
    cell = next(cell for cell in sheet[2] if str(cell.value).startswith(column))
    if misspelt:
        cell.value = cell.value.replace(column, f"某{column}")
        sheet.delete_rows(1)
    else:
        sheet.delete_cols(cell.column)
    book.save(folder / WORKBOOK)
    return list(prepare(folder, "national-2025", Library.standard(), FontLibrary.bundled()).findings)


@pytest.mark.parametrize("misspelt", [False, True], ids=["missing", "misspelt"])
@pytest.mark.parametrize("column", [*YEARLY, *ONCE])
def test_a_column_that_is_not_there_blocks_once(column: str, misspelt: bool, tmp_path: Path) -> None:
    (blocked,) = blocking(findings_without(column, tmp_path / "集群", misspelt=misspelt))
    assert blocked.code == "C101"
    assert f"“{column}" in blocked.remedy and "表头写错的请改正" in blocked.remedy
    assert blocked.position is not None and blocked.position.cell == "企业"


@pytest.mark.parametrize("column", ["加入年份", "退出年份"])
def test_without_the_years_of_joining_and_leaving_the_blanks_are_told_of_once(column: str, tmp_path: Path) -> None:
    findings = findings_without(column, tmp_path / "集群", misspelt=False)
    (told,) = [finding for finding in findings if finding.code[0] == "R"]
    assert told.code == "R208"
    assert "“产值”" in told.message and "共 12 列没有填全" in told.message
    assert f"名录里现在没有“{column}”的内容" in told.remedy


def test_a_column_that_is_not_there_is_told_with_all_that_it_would_give(tmp_path: Path) -> None:
    (blocked,) = blocking(findings_without("产值2024", tmp_path / "集群", misspelt=False))
    assert all(name in blocked.remedy for name in ("集群总产值", "中小企业产值", "主导产业产值", "2024年", "另有8栏"))


def test_titles_without_the_column_in_which_they_begin_are_told_of_once(tmp_path: Path) -> None:
    findings = findings_without("高新技术企业起始年份", tmp_path / "集群", misspelt=False)
    (told,) = [finding for finding in findings if finding.code == "R203"]
    assert "高新技术企业”有截止时间，没有起始年份" in told.message and "“高新技术企业起始年份”一列" in told.remedy


def test_figures_never_meant_to_come_from_the_register_are_asked_for_by_hand(file: Path, text: str) -> None:
    register = "名录:\n  企业: [{名称: 上海示例甲有限公司, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {2023: 10}}]"
    without = text.replace("名录:", register, 1)
    (blocked,) = blocking(
        found(file, without, r"^  中小企业研发人员数量: .*\n", "  中小企业研发人员数量: {2022: 1, 2023: 1}\n")
    )
    assert "“实绩”中2024年的“中小企业研发人员数量”" in blocked.remedy and "表头" not in blocked.remedy


@pytest.mark.parametrize("form", ["national-2025", "shanghai-2024"])
@pytest.mark.parametrize(
    ("written", "code"), [("128.49", "C701"), ("128.9", "C408"), ("128.94", ""), ("无", "C701"), ("129", "C408")]
)
def test_a_figure_by_hand_that_is_not_the_register_s_is_told_once(
    written: str, code: str, form: str, tmp_path: Path
) -> None:
    folder = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, folder)
    file = folder / "cluster.yaml"
    findings = found(file, file.read_text("utf-8"), "^实绩:$", f"实绩:\n  集群总产值: {{2023: {written}}}", form)
    told = [finding for finding in findings if finding.code in {"C408", "C701"}]
    assert [finding.code for finding in told] == [code] * bool(code)
    assert all(
        "没有生成" in finding.message and "集群企业产值清单" in finding.message + finding.found for finding in told
    )


def test_a_workbook_that_can_t_be_opened_blocks_once(tmp_path: Path) -> None:
    folder = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, folder)
    (folder / WORKBOOK).write_bytes(b"PK damaged")
    findings = prepare(folder, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    assert {finding.code for finding in blocking(findings)} == {"R001"}
