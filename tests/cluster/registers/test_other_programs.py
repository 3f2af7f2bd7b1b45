"""Workbooks that another program opened and saved are read as before; tables of other kinds are named, never read half."""

from __future__ import annotations

import errno
import io
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from openpyxl.comments import Comment  # type: ignore[import-untyped]

from generator.cluster.load import load_cluster
from generator.cluster.model import Entry
from generator.cluster.registers import workbook as workbook_module
from generator.cluster.registers.sheets import Sheet, UnreachableError, read_sheets
from generator.cluster.registers.workbook_to_fill import workbook_to_fill
from tests.calc import ENCODINGS, Calc
from tests.cluster.registers.sheets import CODES, codes, firm, read, table, whole_catalogue, workbook

EXAMPLE = Path(__file__).resolve().parents[3] / "data" / "示例区智能传感器"
WORKBOOK = "企业清单.xlsx"
FORMS = ("national-2025", "national-2024", "rereview-2025", "shanghai-2024")
YEARS = (2022, 2023)
Content = Mapping[str, Sequence[tuple[Mapping[str, str], Mapping[tuple[str, int], Decimal]]]]


def registers_of(folder: Path) -> Content:
    """What the registers of the cluster in `folder` say, without where they say it."""
    cluster, findings = load_cluster(folder, whole_catalogue(), forms=FORMS)
    assert cluster is not None
    assert findings == ()
    return {name: [_said(entry) for entry in entries] for name, entries in cluster.registers.items()}


def _said(entry: Entry) -> tuple[Mapping[str, str], Mapping[tuple[str, int], Decimal]]:
    given = {name: str(one.value) for name, one in entry.columns.items()}
    return given, dict(entry.numbers)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the complete example without its workbook."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "cluster", ignore=shutil.ignore_patterns(WORKBOOK)))


@pytest.mark.parametrize("kinds", [("xlsx",), ("ods", "xlsx")], ids=["as a workbook", "by way of ods"])
def test_the_example_saved_by_another_program_is_read_as_before(
    kinds: tuple[str, ...], calc: Calc, tmp_path: Path
) -> None:
    path = EXAMPLE / WORKBOOK
    for number, kind in enumerate(kinds):
        saved = tmp_path / str(number) / f"企业清单.{kind}"
        saved.parent.mkdir()
        saved.write_bytes(calc.saved(path, kind))
        path = saved
    for before, after in zip(read_sheets(EXAMPLE / WORKBOOK), read_sheets(path), strict=True):
        assert (after.name, after.merged) == (before.name, before.merged)
        assert [list(row) for row in after.rows] == [list(row) for row in before.rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_example_saved_as_tables_of_text_is_read_as_before(encoding: str, calc: Calc, example: Path) -> None:
    for sheet, content in calc.saved_as_text(EXAMPLE / WORKBOOK, encoding).items():
        if sheet != "说明":
            content.decode(encoding)
            (example / f"{sheet}.csv").write_bytes(content)
    assert registers_of(example) == registers_of(EXAMPLE)


def to_fill(folder: Path) -> openpyxl.Workbook:
    path = folder / "fill.xlsx"
    path.write_bytes(workbook_to_fill(whole_catalogue(), YEARS))
    return openpyxl.load_workbook(path)


def test_the_workbook_to_fill_keeps_its_keys_and_choices_in_another_program(calc: Calc, tmp_path: Path) -> None:
    to_fill(tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(calc.saved(tmp_path / "fill.xlsx")))["企业"]
    assert (sheet["A1"].value, sheet.row_dimensions[1].hidden) == ("[名称]", True)
    choices = {str(each.sqref).partition(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert choices["C3"] == '"是,否"'
    assert sheet["B3"].number_format == "@" or sheet.column_dimensions["B"].number_format == "@"


def test_what_was_filled_in_and_saved_by_another_program_is_read_as_it_shows(calc: Calc, tmp_path: Path) -> None:
    book = to_fill(tmp_path)
    sheet = book["企业"]
    at = {str(cell.value).strip("[]"): cell.column for cell in sheet[1]}
    rows = (
        {**firm("甲公司"), "统一社会信用代码": CODES[0], "联系电话": "02112345678", "加入年份": date(2020, 5, 1)},
        {**firm("乙公司"), "统一社会信用代码": CODES[1], "小巨人起始年份": 2022, "小巨人截止时间": date(2025, 6, 30)},
    )
    for number, row in enumerate(rows, start=3):
        for label, value in row.items():
            sheet.cell(number, at[label], value)
    first = sheet.cell(3, at["产值2022"], 1200.5)
    sheet.cell(4, at["产值2022"], f"={first.coordinate}*1.1")
    sheet.cell(3, at["产值2023"], '=IF(1=1,"",1)')
    sheet.cell(4, at["产值2023"], "=1/0")
    sheet.cell(5, 1, "合计")
    sheet.cell(5, at["产值2022"], f"=SUM({first.coordinate}:{first.offset(1).coordinate})")
    sheet.cell(3, 1).comment = Comment("待核对", "经办人")
    sheet.column_dimensions["F"].hidden = True
    path = tmp_path / WORKBOOK
    book.save(path)
    assert "R108" in codes(read(tmp_path, {})[1]), "the file that is filled in by a program has no results yet"
    cluster, findings = read(tmp_path, {WORKBOOK: calc.saved(path)})
    one, other = cluster.registers["企业"]
    assert (one.text("名称"), one.text("统一社会信用代码"), one.text("联系电话")) == ("甲公司", CODES[0], "02112345678")
    assert (one.text("加入年份"), other.text("小巨人截止时间")) == ("2020", "2025-06-30")
    assert (one.numbers, other.numbers) == ({("产值", 2022): Decimal("1200.5")}, {("产值", 2022): Decimal("1320.55")})
    assert [(each.code, each.position and each.position.cell) for each in findings if each.code != "R205"] == [
        ("R106", f"企业!{sheet.cell(4, at['产值2023']).coordinate}")
    ]


@pytest.mark.parametrize(("kind", "called"), [("ods", "OpenDocument 表格（.ods）"), ("xls", "旧版 Excel 文件")])
def test_a_table_of_another_kind_under_the_name_of_a_workbook_is_told_for_what_it_is(
    kind: str, called: str, calc: Calc, tmp_path: Path
) -> None:
    path = tmp_path / "some.xlsx"
    path.write_bytes(workbook({"企业": table(firm())}))
    cluster, findings = read(tmp_path, {WORKBOOK: calc.saved(path, kind)})
    assert (codes(findings), called in findings[0].message) == (["R001"], True)
    assert "另存为" in findings[0].remedy and not cluster.registers


def packed(*parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "called"),
    [("content.xml", "（.ods）"), ("xl/workbook.bin", "（.xlsb）"), ("word/document.xml", "Word 文件")],
)
def test_what_another_packed_file_is_is_told_by_what_it_holds(part: str, called: str, tmp_path: Path) -> None:
    _, findings = read(tmp_path, {WORKBOOK: packed("mimetype", part)})
    assert (codes(findings), called in findings[0].message) == (["R001"], True)


def test_a_workbook_without_a_byte_is_to_be_copied_again(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, {WORKBOOK: b""})[1]
    assert (finding.code, finding.message) == ("R001", "企业清单.xlsx 是空的（0 字节）")
    assert "重新拷贝" in finding.remedy


def test_a_workbook_that_may_not_be_read_is_to_be_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> list[Sheet]:
        raise UnreachableError(PermissionError(errno.EACCES, "Permission denied"))

    monkeypatch.setattr(workbook_module, "read_sheets", refused)
    (finding,) = read(tmp_path, {WORKBOOK: workbook({"企业": table(firm())})})[1]
    assert finding.code == "R001" and "请关闭打开着它的程序" in finding.remedy


@pytest.mark.parametrize("suffix", ["ods", "xls", "et", "xlsb", "xlsm"])
def test_a_table_of_another_kind_must_be_saved_as_a_workbook(suffix: str, tmp_path: Path) -> None:
    (finding,) = read(tmp_path, {f"企业清单.{suffix}": b"anything"})[1]
    assert (finding.code, finding.expected, finding.severity.value) == ("R001", WORKBOOK, "必须改")


def test_one_that_stands_beside_the_workbook_made_from_it_only_asks(tmp_path: Path) -> None:
    both = {WORKBOOK: workbook({"企业": table(firm())}), "企业清单.ods": b"anything"}
    cluster, (finding,) = read(tmp_path, both)
    assert (finding.code, finding.found, len(cluster.registers["企业"])) == ("R013", "", 1)
    assert finding.message == "企业清单.ods 没有读，读的是 企业清单.xlsx"


@pytest.mark.parametrize(("state", "told"), [("veryHidden", []), ("hidden", ["R004"])])
def test_a_sheet_that_a_program_keeps_for_itself_is_not_asked_about(
    state: str, told: list[str], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({"企业": table(firm()), "WpsReserved_CellImgList": [("甲",)]})))
    book.worksheets[1].sheet_state = state
    book.save(tmp_path / WORKBOOK)
    assert codes(read(tmp_path, {})[1]) == told
