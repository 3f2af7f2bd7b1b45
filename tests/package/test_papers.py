"""The papers owed: made from one cluster and form, held against what the form says."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from generator.cluster.catalogue import read_catalogue
from generator.cluster.model import Cluster, Event, Evidence
from generator.documents.correspondence import MaterialPlace
from generator.errors import DefinitionError
from generator.forms.asking import years_asked
from generator.forms.library import Library
from generator.forms.resolve import resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.package.papers import OwedPapers, owed_papers
from generator.typeset import lay_out
from tests.data.example import read_cluster
from tests.docx.word_rules import broken_rules
from tests.samples import HERE, decimal

openpyxl: Any = pytest.importorskip("openpyxl")

LIBRARY = Library.standard()
CATALOGUE = read_catalogue(LIBRARY.field_folders())
FONTS = FontLibrary.bundled()
CALCULATED = ("按公式计算的数", "由名录合计、计数的数", "计算用到的、直接填写的数")
CITY, NATIONAL, REREVIEW = "shanghai-2024", "national-2025", "rereview-2025"


def papers(form: str, data: Cluster, **more: Any) -> OwedPapers:
    definition = LIBRARY.form(form)
    indicators = derive(data, years=years_asked(definition), form=form)
    filled = resolve(definition, data, CATALOGUE, indicators, FONTS)
    return owed_papers(filled, data, indicators, CATALOGUE, LIBRARY, FONTS, name=data.name, **more)


@cache
def example(form: str) -> OwedPapers:
    return papers(form, read_cluster())


def with_few_lists(**changes: Any) -> Cluster:
    """The example without its registers, which the papers that tests look at don't need."""
    return replace(read_cluster(), registers={}, **changes)


def content(made: OwedPapers, role: str) -> bytes:
    return next(file.content for file in made.files if file.role == role)


def text(made: OwedPapers, role: str) -> str:
    pages = PdfReader(io.BytesIO(content(made, f"{role}.pdf"))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def proving(*kept: Callable[[str], bool]) -> tuple[Evidence, ...]:
    """The evidence of the example, proving only the names that all of `kept` let stand."""
    items = read_cluster().evidence
    return tuple(replace(item, proves=tuple(n for n in item.proves if all(keep(n) for keep in kept))) for item in items)


# ── The package ──


def test_the_papers_are_named_numbered_and_handed_in() -> None:
    stems = {file.role: file.path for file in example(CITY).files}
    assert stems["lists.xlsx"] == "1_报送材料/02_清单_上海市示例区智能传感器产业集群.xlsx"
    assert stems["calculations.docx"].startswith("1_报送材料/04_计算说明_")
    assert stems["correspondence.pdf"].startswith("1_报送材料/05_佐证对应表_")
    assert stems["declaration.pdf"].startswith("1_报送材料/06_自我声明_")
    assert not any("情况说明" in path for path in stems.values())
    assert example(CITY).skipped == ()
    assert len({FONTS.by_key(face).family for face in example(CITY).faces}) >= 4


def test_equal_data_give_equal_bytes_and_a_mark_stands_on_every_page() -> None:
    once, again = (papers(REREVIEW, with_few_lists()) for _ in range(2))
    assert [file.content for file in once.files] == [file.content for file in again.files]
    draft = papers(REREVIEW, with_few_lists(), mark="草稿")
    for file in draft.files:
        if file.path.endswith(".pdf"):
            assert all("草稿" in page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)


def test_the_word_files_are_sound_and_are_what_is_printed() -> None:
    for role, printed in example(CITY).printed.items():
        assert broken_rules(printed.docx) == [], role
        assert lay_out(printed.docx, FONTS) == printed.pages, role


def test_a_library_whose_rules_speak_of_unknown_names_is_refused(tmp_path: Any) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "papers.yaml").write_text("declared: [没有的事实]\n", encoding="utf-8")
    data, definition = read_cluster(), LIBRARY.form(CITY)
    filled = resolve(definition, data, CATALOGUE, {}, FONTS)
    with pytest.raises(DefinitionError, match="没有的事实"):
        owed_papers(filled, data, {}, CATALOGUE, Library.standard((tmp_path,)), FONTS, name="集群")


# ── Signatures ──


def test_what_the_applicant_signs_says_on_which_pages() -> None:
    unsigned = {file.role: file.unsigned for file in example(CITY).files}
    declaration = len(PdfReader(io.BytesIO(content(example(CITY), "declaration.pdf"))).pages)
    assert unsigned["declaration.pdf"] == (declaration,)
    assert [role for role, pages in unsigned.items() if pages] == ["declaration.pdf"], (
        "Word files are nothing to be signed"
    )


def test_a_notice_may_want_further_papers_signed() -> None:
    made = papers(CITY, with_few_lists(), signed=("计算说明", "佐证对应表"))
    for role in ("calculations", "correspondence"):
        told, plain = text(made, role), text(papers(CITY, with_few_lists()), role)
        assert told.endswith("日") or "（公章）" in told
        assert "（公章）" not in plain
        (file,) = (file for file in made.files if file.role == f"{role}.pdf")
        pages = PdfReader(io.BytesIO(file.content)).pages
        assert file.unsigned == (len(pages),) and "（公章）" in re.sub(r"\s", "", pages[-1].extract_text())


def test_every_event_is_signed_for_on_a_page_of_its_own() -> None:
    events = tuple(Event("安全事故", f"{year}-03-01", HERE, grade="较大", statement="经过") for year in (2023, 2024))
    made = papers(REREVIEW, with_few_lists(events=events))
    (file,) = (file for file in made.files if file.role == "statements.pdf")
    assert len(file.unsigned) == len(set(file.unsigned)) == 2


def sparse(**figures: tuple[int, str]) -> Cluster:
    """The example without registers and formulas, and with no other figures than `figures`: of which year, and what."""
    data = read_cluster()
    actuals = {(name, year): decimal(figure) for name, (year, figure) in figures.items()}
    values = {name: given for name, given in data.values.items() if "计算公式" not in name}
    return replace(data, registers={}, actuals=actuals, values=values)


def test_a_figure_that_serves_nothing_yet_makes_no_calculations() -> None:
    made = papers(CITY, sparse(县域产值=(2022, "1912.35")))
    assert not {file.role for file in made.files} & {"calculations.docx", "calculations.pdf"}


def test_years_without_a_figure_are_dashes_beside_its_proof_and_no_proof_stands_beside_nothing() -> None:
    told = text(papers(CITY, sparse(工业软件采购金额=(2022, "2846.30"))), "correspondence")
    assert "工业软件采购金额（万元）—、2846.30、—" in told
    assert "、、" not in told and "计算说明计算说明" not in told


def test_the_parts_of_the_calculations_are_numbered_without_a_gap() -> None:
    whole = text(example(CITY), "calculations")
    assert [whole.index(f"{numeral}、{title}") for numeral, title in zip("一二三", CALCULATED, strict=True)]
    formulas = text(papers(CITY, sparse(集群总产值=(2023, "128.94"), 县域产值=(2023, "2011.70"))), "calculations")
    assert f"一、{CALCULATED[0]}" in formulas and f"二、{CALCULATED[2]}" in formulas and CALCULATED[1] not in formulas


# ── 清单 ──


def test_the_contents_give_the_pages_of_every_list() -> None:
    reader = PdfReader(io.BytesIO(content(example(CITY), "lists.pdf")))
    pages = [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]
    begun = {match[1]: at for at, page in enumerate(pages) if (match := re.match(r"清单(\d+)", page))}
    assert len(begun) == 17
    for number, at in begun.items():
        title = re.match(rf"清单{number}(.*?)申报表栏目", pages[at])
        last = f"{number}-{sum(label.startswith(f'{number}-') for label in reader.page_labels)}"
        told = f"{number}-1" if last == f"{number}-1" else f"{number}-1—{last}"
        following = int(number) + 1 if int(number) < len(begun) else "注"
        assert at % 2 == 0 and reader.page_labels[at] == f"{number}-1" and title is not None
        assert re.search(
            rf"{number}{re.escape(title[1])}[一二三四五六七]、[^、]*?(?:家|元|项|个|件){told}{following}", pages[0]
        )


def test_the_contents_tell_how_the_lists_are_numbered_and_that_their_blank_backs_are_meant() -> None:
    told = text(example(CITY), "lists")
    assert "单独编页，如“3-2”是清单3的第2页" in told and "背面空着，不编页码" in told


@pytest.mark.parametrize("role", ["lists", "calculations", "correspondence", "declaration"])
def test_every_paper_calls_the_cluster_by_the_name_that_files_and_labels_bear(role: str) -> None:
    told = text(example(CITY), role)
    assert "上海市示例区智能传感器产业集群" in told
    assert "智能传感器产业（" not in told and "智能传感器产业”" not in told


def test_the_workbook_has_a_sheet_for_every_list_and_codes_stay_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(example(CITY), "lists.xlsx")))
    assert len(book.sheetnames) == 17 and all(len(name) <= 31 for name in book.sheetnames)
    sheet = book["集群企业清单"]
    assert sheet["C4"].value.startswith("91310199") and sheet["C4"].data_type == "s"
    amounts = book["集群企业产值清单"]
    rows = [row for row in amounts.iter_rows(min_row=4, values_only=True) if row[0] and str(row[0]).isdigit()]
    assert round(sum(row[4] or 0 for row in rows), 2) == 1289400.00


def test_a_name_that_looks_like_a_formula_is_a_name_in_the_workbook() -> None:
    data = read_cluster()
    first, *rest = data.registers["产业联盟"]
    columns = {**first.columns, "名称": replace(first.columns["名称"], value="=1+1", text="=1+1")}
    made = papers(REREVIEW, replace(data, registers={"产业联盟": (replace(first, columns=columns), *rest)}))
    book = openpyxl.load_workbook(io.BytesIO(content(made, "lists.xlsx")))
    cell = book["产业联盟清单"]["B4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_list_that_would_contradict_the_form_is_left_out_with_its_reason() -> None:
    data = read_cluster()
    actuals = {**data.actuals, ("企业数量", 2024): decimal("300")}
    made = papers(REREVIEW, replace(data, actuals=actuals))
    assert [skipped.what for skipped in made.skipped] == ["集群企业清单"]
    assert "2024年是 300，“企业”名录合计是 231" in made.skipped[0].why


# ── 计算说明 ──


def test_the_calculations_hold_every_derived_figure_with_its_numbers_and_result() -> None:
    definition = LIBRARY.form(NATIONAL)
    indicators = derive(read_cluster(), years=years_asked(definition), form=NATIONAL)
    filled = resolve(definition, read_cluster(), CATALOGUE, indicators, FONTS)
    printed = text(example(NATIONAL), "calculations")
    derived = [slot for slot in filled.slots if slot.basis]
    assert len(derived) > 100
    for slot in derived:
        numbers = slot.basis.rpartition("：")[2]
        assert re.sub(r"\s", "", f"{numbers}{slot.printed}") in printed, slot.slot.path


def test_carbon_and_energy_show_the_formula_given_and_where_their_totals_come_from() -> None:
    printed = text(example(CITY), "calculations")
    assert "填写的计算公式：单位产值能耗（吨标准煤/万元）＝集群综合能源消费量" in printed
    assert "214家集群企业合计348100吨÷10000" in printed and "34.81÷128.94" in printed
    assert "依据：单位产值二氧化碳排放量需提供计算公式" in printed


def test_a_clause_is_cited_only_where_the_form_has_it() -> None:
    clause = "年均增速需要取几何平均数，非算数平均数。"
    assert f"依据：部分指标填报说明和要求3：近三年主导产业产值/营业收入年均增速：{clause}" in text(
        example(CITY), "calculations"
    )
    assert clause not in text(example(NATIONAL), "calculations")


def test_figures_given_by_hand_that_others_follow_from_are_listed() -> None:
    assert "县域产值（亿元）2021年1846.90—县域产值（亿元）2022年1912.35—县域产值（亿元）2023年2011.70—" in text(
        example(CITY), "calculations"
    )


# ── 自我声明 ──


def test_the_declaration_speaks_of_what_owes_no_evidence_and_is_signed_by_who_signs_the_form() -> None:
    declared = text(example(CITY), "declaration")
    assert "中“不存在偷税漏税、违法违规、严重失信和其他重大问题的行为”一栏，选“是”，情况属实。" in declared
    assert "上海示例传感器产业园发展有限公司单位负责人（签字）：集群运营管理机构（公章）：年月日" in declared
    assert "产业链图谱" not in declared
    assert "上海市示例区经济委员会县级行政区划中小企业主管部门负责人（签字）：" in text(
        example(NATIONAL), "declaration"
    )


def test_a_tick_without_evidence_is_declared_with_what_was_done() -> None:
    evidence = proving(lambda name: name not in ("开展质量诊断服务", "形成创新项目库"))
    declared = text(papers(REREVIEW, with_few_lists(evidence=evidence)), "declaration")
    assert "一栏，选“开展了质量诊断服务”，情况属实。" in declared
    assert "建立‘揭榜挂帅’、‘赛马’或众创众包等激励机制”，情况属实。" in declared
    assert "具体为：形成创新项目库。" in declared and "形成产业链（集群）技术难点清单" not in declared


# ── 情况说明 ──

ACCIDENT = Event("安全事故", "2023-05-12", HERE, "较大", "仓库起火，无人伤亡。\n已停产整改。")
OFFENCE = Event("违法违规", "2024", HERE)
LIGHT = Event("安全事故", "2023-06", HERE, "一般")


def test_a_statement_that_is_written_is_handed_in_and_a_frame_is_kept() -> None:
    made = papers(REREVIEW, with_few_lists(events=(ACCIDENT, OFFENCE, LIGHT)))
    paths = {file.role: file.path for file in made.files}
    assert paths["statements.pdf"].startswith("1_报送材料/07_情况说明_")
    assert re.fullmatch(r"2_内部留存_不报送/07_情况说明_.*_待填写\.docx", paths["statements.unwritten.docx"])
    whole = text(made, "statements")
    assert (
        "（2023年5月12日安全事故）" in whole and "等级：较大" in whole and "仓库起火，无人伤亡。已停产整改。" in whole
    )
    assert "违法违规" not in whole.replace("存在偷税漏税、违法违规", "") and "2023年6月" not in whole
    frame = text(made, "statements.unwritten")
    assert "（2024年违法违规）" in frame and "（一）行为和经过：" in frame and "（五）信用修复情况：" in frame
    assert len(PdfReader(io.BytesIO(content(made, "statements.unwritten.pdf"))).pages) == 1


def test_where_a_statement_is_owed_the_declaration_is_silent() -> None:
    made = papers(REREVIEW, with_few_lists(events=(ACCIDENT,)))
    assert "是否发生较大" not in text(made, "declaration") and "是否存在偷税漏税" in text(made, "declaration")
    assert "近三年是否发生较大" in text(made, "correspondence")


def test_a_form_whose_yes_owes_no_statement_gets_none() -> None:
    made = papers("national-2024", with_few_lists(events=(ACCIDENT,)))
    assert not any("情况说明" in file.path for file in made.files)


def test_a_change_of_operator_asks_for_what_changed() -> None:
    changed = Event("运营管理机构变更", "2024-03", HERE)
    frame = text(papers(REREVIEW, with_few_lists(events=(changed,))), "statements.unwritten")
    assert "变更前的运营管理机构" in frame and "中“是否发生变化”一栏" in frame


# ── 佐证对应表 ──


def test_evidence_in_one_volume_is_found_by_its_pages_alone() -> None:
    places = {
        item.name: MaterialPlace(1, str(at * 3 + 1), str(at * 3 + 3)) for at, item in enumerate(read_cluster().evidence)
    }
    made = papers(REREVIEW, with_few_lists(), places=places)
    assert ("佐证材料", "4—6") in {row[5:] for row in rows(made)}
    printed = text(made, "correspondence")
    assert "册" not in printed and "“所在”是佐证材料，或另附的清单" in printed


def rows(made: OwedPapers) -> list[tuple[str, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content(made, "correspondence.xlsx"))).worksheets[0]
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(min_row=3, values_only=True)]


def test_every_tick_that_owes_evidence_stands_in_the_table_with_volume_and_pages() -> None:
    places = {
        item.name: MaterialPlace(1, str(at * 3 + 1), str(at * 3 + 3)) for at, item in enumerate(read_cluster().evidence)
    }
    places["产业链图谱及培育机制文件"] = MaterialPlace(2, "7", "7")
    places["创新联合体组建协议"] = MaterialPlace(1, "290", "12", 2)
    found = rows(papers(REREVIEW, with_few_lists(), places=places))
    assert ("第2册", "7") in {row[5:] for row in found if row[4] == "产业链图谱及培育机制文件"}
    assert ("第1—2册", "290—12") in {row[5:] for row in found if row[4] == "创新联合体组建协议"}
    assert any(row[5:] == ("第1册", "4—6") for row in found)
    assert "佐证材料的册次" in text(papers(REREVIEW, with_few_lists(), places=places), "correspondence")
    without = rows(papers(REREVIEW, with_few_lists()))
    assert {row[5:] for row in without if row[4] == "产业链图谱及培育机制文件"} == {("", "")}
    definition = LIBRARY.form(REREVIEW)
    filled = resolve(definition, with_few_lists(), CATALOGUE, {}, FONTS)
    ticked = {s.slot.path[-1] for s in filled.slots if s.ticked and s.slot.row and "佐证材料" in s.slot.row.owes}
    assert ticked <= {row[3] for row in found}


def test_the_table_names_lists_declarations_and_calculations_beside_the_evidence() -> None:
    found = rows(example(CITY))
    row = next(row for row in found if row[2] == "集群企业数量" and row[5] == "清单")
    assert row[3:] == ("182、197、214", "清单1 集群企业清单", "清单", "1-1")
    assert any(row[4:] == ("计算说明", "计算说明", "") for row in found)
    assert any(row[4:] == ("自我声明", "自我声明", "") for row in found)
    assert [row[0] for row in found] == [str(number) for number in range(1, len(found) + 1)]


def test_a_tick_that_nothing_proves_stands_in_the_table_as_declared() -> None:
    found = rows(papers(REREVIEW, with_few_lists(evidence=())))
    diagnosed = [row for row in found if row[3] == "开展了质量诊断服务"]
    assert [row[4] for row in diagnosed] == ["自我声明"]


def test_a_box_with_a_text_of_its_own_is_shown_with_it() -> None:
    found = rows(example(CITY))
    assert any(row[3] == "其他：编制产业链年度发展报告" for row in found)


HOSTED, TAKEN_PART = "当年主持国家标准数量", "当年参与行业标准数量"


def of_standards(made: OwedPapers) -> list[str]:
    """What the table says of the row of standards, line by line."""
    return [row[3] for row in rows(made) if "参与制修订标准数量情况" in row[2]]


def test_the_matrix_of_standards_tells_every_figure_beside_its_evidence_and_its_list() -> None:
    evidence, listed = of_standards(example(CITY))
    assert evidence == listed
    assert evidence.split("\n") == [
        "国际主持：无、无、1", "国际参与：无、1、1", "国家主持：2、3、3", "国家参与：4、5、6",
        "行业主持：2、3、3", "行业参与：4、5、6", "团体主持：3、4、5", "团体参与：4、5、7",
    ]  # fmt: skip


def test_evidence_of_some_standards_stands_beside_these_alone_and_years_without_a_figure_are_dashes() -> None:
    data = sparse(**{HOSTED: (2022, "3"), TAKEN_PART: (2023, "2")})
    item = replace(data.evidence[0], proves=(HOSTED,))
    assert of_standards(papers(CITY, replace(data, evidence=(item,)))) == ["国家主持：—、3、—"]


def test_a_figure_of_which_the_row_tells_only_behind_another_is_named_in_full() -> None:
    for form in (CITY, NATIONAL):
        told = text(example(form), "calculations")
        assert re.search(r"[0-9]\.集群中小企业数量", told) and "其中：" not in told
