"""A file that keeps to the form is faithful; one that was spoilt in any way is told of, in the form's words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator.docx.reading import read_document
from generator.findings import Finding
from generator.forms.verifying import verify_document, verify_text
from generator.forms.verifying.bare import bare
from tests.docx.reading import root_of
from tests.docx.word_rules import WORD
from tests.forms.mutations import (
    Spoil,
    added_behind,
    edited,
    merge,
    paragraph,
    removed,
    row_again,
    row_of,
    spoilt,
    swapped_paragraphs,
    swapped_rows,
    without_column,
    without_paragraph,
    without_row,
)
from tests.test_faithful import FORMS, house, printed

OFFICIAL = Path(__file__).resolve().parents[1] / "fixtures" / "official"
FORM = "national-2025"
NOTES = "word/footnotes.xml"
PLAN = "八、未来三年中小企业特色产业集群发展规划"

every_form = pytest.mark.parametrize("form_id", FORMS)
blank_and_filled = pytest.mark.parametrize("state", ["blank", "filled"])


@cache
def word_file(form_id: str, state: str) -> bytes:
    return printed(form_id, state).docx


def told(docx: bytes, form_id: str = FORM) -> list[Finding]:
    return list(verify_document(house().library.form(form_id), read_document(docx)))


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def of_spoilt(state: str, spoil: Spoil, form_id: str = FORM, name: str = "word/document.xml") -> list[Finding]:
    return told(spoilt(word_file(form_id, state), spoil, name), form_id)


def official(form_id: str) -> str:
    files = [f"{form_id}-form.txt", *(["shanghai-2024-indicator-notes.txt"] if form_id == "shanghai-2024" else [])]
    return "\n".join((OFFICIAL / name).read_text(encoding="utf-8") for name in files)


def of_text(text: str, form_id: str = FORM) -> list[Finding]:
    return list(verify_text(house().library.form(form_id), text))


# ── what is faithful ──


@every_form
def test_the_official_text_is_faithful(form_id: str) -> None:
    assert of_text(official(form_id), form_id) == []


@every_form
@pytest.mark.parametrize("state", ["blank", "filled", "fullest"])
def test_our_own_word_file_is_faithful(form_id: str, state: str) -> None:
    assert told(word_file(form_id, state), form_id) == []


@every_form
def test_the_mark_of_the_notice_before_the_title_is_no_difference(form_id: str) -> None:
    assert of_text(f"附件1\n\n{official(form_id)}", form_id) == []


def replaced(old: str, new: str) -> Spoil:
    """Every text that begins with `old` begins with `new`."""

    def spoil(root: etree._Element) -> None:
        for node in root.iter(f"{WORD}t"):
            if node.text and node.text.startswith(old):
                node.text = new + node.text.removeprefix(old)

    return spoil


@pytest.mark.parametrize("tick", ["√", "■", "☒", "☑", "□√", "√□", "✔", "☐"])
def test_a_box_may_be_ticked_in_any_usual_way(tick: str) -> None:
    assert of_spoilt("blank", replaced("□", tick)) == []


def test_a_box_ticked_with_words_symbol_is_a_box() -> None:
    def spoil(root: etree._Element) -> None:
        for node in list(root.iter(f"{WORD}t")):
            if node.text == "□":
                symbol = etree.Element(f"{WORD}sym", {f"{WORD}font": "Wingdings 2", f"{WORD}char": "F052"})
                run = node.getparent()
                assert run is not None
                run.replace(node, symbol)

    assert of_spoilt("blank", spoil) == []


def test_what_is_signed_and_dated_by_hand_is_no_difference() -> None:
    def spoil(root: etree._Element) -> None:
        for node in root.iter(f"{WORD}t"):
            text = (node.text or "").strip()
            if bare(text) == "年月日":
                node.text = "2025年5月20日"
            elif text == "推荐单位（公章）：":
                node.text = "同意推荐。推荐单位（公章）：某省工业和信息化厅"

    assert of_spoilt("filled", spoil) == []


def test_prose_that_speaks_like_a_heading_is_prose() -> None:
    def spoil(root: etree._Element) -> None:
        heading = paragraph(root, "三、存在的问题")
        heading.addprevious(_paragraph("下面谈三、存在的问题，以及（二）保障措施。"))
        heading.addnext(_paragraph("联系人：某某　2022年　□是　□否"))

    assert of_spoilt("filled", spoil) == []


def _paragraph(text: str) -> etree._Element:
    made = etree.Element(f"{WORD}p")
    etree.SubElement(etree.SubElement(made, f"{WORD}r"), f"{WORD}t").text = text
    return made


def test_a_table_of_ones_own_in_the_prose_is_prose() -> None:
    def spoil(root: etree._Element) -> None:
        table = etree.Element(f"{WORD}tbl")
        for texts in (("年份", "投入"), ("2025年", "3亿元")):
            row = etree.SubElement(table, f"{WORD}tr")
            for text in texts:
                etree.SubElement(row, f"{WORD}tc").append(_paragraph(text))
        heading = paragraph(root, "三、存在的问题")
        heading.addnext(table)
        table.addnext(_paragraph(""))

    assert of_spoilt("filled", spoil) == []


@pytest.mark.parametrize("indicator", ["人均产值", "新增就业"])
def test_rows_of_ones_own_may_stand_in_place_of_the_dots(indicator: str) -> None:
    dots = "......"
    assert of_spoilt("blank", edited(dots, indicator)) == []
    assert of_spoilt("blank", row_again(dots, indicator)) == []
    assert of_spoilt("blank", without_row(dots)) == []


# ── what is not ──

LABEL = "集群总产值（亿元）"
OTHER = "集群主导产业产值增速（%）"
DOMINANT = "二、主导产业情况"


def merged_down(text: str) -> Spoil:
    """The value beside this label goes on with the one above."""

    def spoil(root: etree._Element) -> None:
        properties = row_of(root, text).findall(f"{WORD}tc")[1].find(f"{WORD}tcPr")
        assert properties is not None
        properties.insert(1, etree.Element(f"{WORD}vMerge"))

    return spoil


def moved_row(text: str, behind: str) -> Spoil:
    return lambda root: row_of(root, behind).addnext(row_of(root, text))


def merged_cells(text: str) -> Spoil:
    def spoil(root: etree._Element) -> None:
        first, second, *_ = row_of(root, text).findall(f"{WORD}tc")
        merge(first, second)

    return spoil


SPOILT: list[tuple[str, Spoil, str, str, str, str]] = [
    ("row deleted", without_row(LABEL), "V105", f"{DOMINANT} › {LABEL}", f"“{LABEL}”", ""),
    ("label edited", edited(LABEL, "集群总产值（万元）"), "V103", f"{DOMINANT} › {LABEL}", f"“{LABEL}”", "“集群总产值（万元）”"),
    ("text added to a label", added_behind(LABEL, "（含外协）"), "V102", f"{DOMINANT} › {LABEL}", "", "“（含外协）”"),
    ("column merged away", without_column("2022年"), "V107", f"{DOMINANT} › 年度", "4 格", "3 格"),
    ("cells of a row merged", merged_cells(LABEL), "V107", f"{DOMINANT} › {LABEL}", "4 格", "3 格"),
    ("row moved to another part", moved_row(LABEL, "集群中小企业PCT国际专利申请量"), "V104", f"{DOMINANT} › {LABEL}",
     f"“{LABEL}”", "三、创新能力情况"),
    ("title edited", edited(DOMINANT, "二、主导产业基本情况"), "V103", DOMINANT, f"“{DOMINANT}”", "“二、主导产业基本情况”"),
    ("title deleted", without_paragraph(DOMINANT), "V101", DOMINANT, f"“{DOMINANT}”", ""),
    ("title of the plan deleted", without_paragraph(PLAN), "V101", PLAN, f"“{PLAN}”", ""),
    ("heading of the plan deleted", without_paragraph("三、存在的问题"), "V101", PLAN, "“三、存在的问题”", ""),
    ("indicator deleted", without_row("有效发明专利数量"), "V105", f"{PLAN} › 目标表 › 创新 › 有效发明专利数量", "“有效发明专利数量”", ""),
    ("column of targets merged away", without_column("2024年基准值"), "V107", f"{PLAN} › 目标表", "4 格", "3 格"),
    ("text between tables", added_behind(DOMINANT, "单位：万元"), "V102", DOMINANT, "", "“单位：万元”"),
    ("title on the cover edited", edited("中小企业特色产业集群申报表", "中小企业特色集群申报表"), "V103", "封面",
     "“中小企业特色产业集群申报表”", "“中小企业特色集群申报表”"),
    ("label on the cover deleted", without_paragraph("申报时间："), "V101", "封面 › 申报时间", "“申报时间：”", ""),
]  # fmt: skip


@blank_and_filled
@pytest.mark.parametrize(
    ("spoil", "code", "path", "expected", "found"), [case[1:] for case in SPOILT], ids=[case[0] for case in SPOILT]
)
def test_one_difference_is_told_once_with_its_place(
    state: str, spoil: Spoil, code: str, path: str, expected: str, found: str
) -> None:
    (finding,) = of_spoilt(state, spoil)
    assert (finding.code, finding.path) == (code, path)
    assert finding.expected == expected
    assert found in finding.found and bool(found) == bool(finding.found)
    assert finding.remedy
    assert finding.clause == "填表时不得改变表格样式"


@blank_and_filled
def test_a_row_more_is_told(state: str) -> None:
    (finding,) = of_spoilt(state, row_again(LABEL, "集群总利润（亿元）"))
    assert (finding.code, finding.path) == ("V106", f"{DOMINANT} › {LABEL}")
    assert "集群总利润（亿元）" in finding.found


@blank_and_filled
def test_rows_that_changed_places_are_moved_and_not_lost(state: str) -> None:
    findings = of_spoilt(state, swapped_rows(LABEL, OTHER))
    assert set(codes(findings)) == {"V104"}
    assert {finding.path for finding in findings} <= {f"{DOMINANT} › {LABEL}", f"{DOMINANT} › {OTHER}"}


def test_paragraphs_that_changed_places_are_moved() -> None:
    fourth = "4.佐证材料包括主管部门、第三方机构出具的证明或申报主体自我声明。"
    sixth = "6.未注明填报年度的，请填写截止到2024年底的数据。"
    assert set(codes(of_spoilt("blank", swapped_paragraphs(fourth, sixth)))) == {"V104"}


def test_a_value_cell_merged_with_the_one_above_is_told() -> None:
    (finding,) = of_spoilt("blank", merged_down("集群企业数量（年度当前值）"))
    assert (finding.code, finding.found) == ("V107", "第2格与上一行合并")
    assert finding.path == f"{DOMINANT} › 集群企业数量（年度当前值）"


def test_a_box_that_lost_its_square_is_changed() -> None:
    (finding,) = of_spoilt("blank", edited("□绘制产业链图谱，开展产业链培育", "绘制产业链图谱，开展产业链培育"))
    assert (finding.code, finding.found) == ("V103", "“绘制产业链图谱，开展产业链培育”")


def test_a_row_of_dots_with_less_cells_is_told() -> None:
    (finding,) = of_spoilt("filled", merged_cells("集群总产值"))
    assert (finding.code, finding.expected, finding.found) == ("V107", "4 格", "3 格")


def test_an_edited_footnote_is_told() -> None:
    def spoil(root: etree._Element) -> None:
        next(
            node for node in root.iter(f"{WORD}t") if "100" in (node.text or "")
        ).text = "占地面积一般不超过200平方公里。"

    (finding,) = of_spoilt("blank", spoil, "shanghai-2024", NOTES)
    assert (finding.code, finding.path) == ("V103", "脚注 › 第2条")


def test_a_footnote_without_its_mark_is_told() -> None:
    findings = of_spoilt("filled", lambda root: removed(next(root.iter(f"{WORD}footnoteReference"))), "shanghai-2024")
    assert [(finding.code, finding.path) for finding in findings] == [
        ("V101", "一、基本情况 › 集群名称"),
        ("V101", "脚注 › 第1条"),
    ]


def test_another_forms_file_is_not_faithful() -> None:
    assert len(told(word_file("national-2024", "blank"))) > 10
    assert len(told(word_file("shanghai-2024", "blank"))) > 50


@every_form
def test_no_printed_text_can_go_without_being_told(form_id: str) -> None:
    """Each paragraph of the body that prints something, one after another."""
    docx = word_file(form_id, "blank")
    form = house().library.form(form_id)
    texts = printed_paragraphs(docx)
    assert len(texts) > 100
    for number in texts[:: max(1, len(texts) // 40)]:
        findings = verify_document(form, read_document(spoilt(docx, emptied(number))))
        assert findings, number


def printed_paragraphs(docx: bytes) -> list[int]:
    """The numbers of the paragraphs that print something that may not go: all but hints and rows of dots."""
    found = []
    for number, node in enumerate(root_of(docx).iter(f"{WORD}p")):
        text = "".join(part.text or "" for part in node.iter(f"{WORD}t")).strip()
        if bare(text) and text != "......" and not text.startswith("（"):
            found.append(number)
    return found


def emptied(number: int) -> Spoil:
    def spoil(root: etree._Element) -> None:
        for node in list(root.iter(f"{WORD}p"))[number].iter(f"{WORD}t"):
            node.text = ""

    return spoil


# ── official texts ──

TEXTS: list[tuple[str, Callable[[str], str], str, str]] = [
    ("row deleted", lambda text: text.replace(f"{LABEL}\n", "\n", 1), "V105", f"{DOMINANT} › {LABEL}"),
    ("label edited", lambda text: text.replace(LABEL, "集群总产值（万元）", 1), "V103", f"{DOMINANT} › {LABEL}"),
    ("text added", lambda text: text.replace(LABEL, f"{LABEL}\n（含外协）", 1), "V102", f"{DOMINANT} › {LABEL}"),
    ("end lost", lambda text: text[: text.rindex("推荐单位")], "V101", "九、真实性声明及推荐意见"),
    ("moved", lambda text: text.replace(LABEL, "", 1).replace(OTHER, f"{OTHER}\n{LABEL}", 1), "V104", DOMINANT),
    ("character lost", lambda text: text.replace("（财税〔2015〕119号）", "（财税2015〕119号）"), "V103", "填报说明"),
    ("bracket mended", lambda text: text.replace("XX产业））", "XX产业）", 1), "V103", "封面"),
]


@pytest.mark.parametrize(("change", "code", "path"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_an_official_text_that_differs_is_told(change: Callable[[str], str], code: str, path: str) -> None:
    text = official(FORM)
    assert change(text) != text
    findings = of_text(change(text))
    assert set(codes(findings)) == {code}, findings
    assert findings[0].path.startswith(path)


def test_two_differences_far_apart_are_two() -> None:
    text = official(FORM).replace(LABEL, "集群总产值（万元）", 1).replace("真实、合法", "真实", 1)
    assert codes(of_text(text)) == ["V103", "V103"]


def test_another_editions_text_is_told_at_every_year() -> None:
    findings = of_text(official("national-2024"))
    assert len(findings) > 20
    assert any("2023年" in finding.found for finding in findings)


def test_an_official_text_has_no_room_for_values() -> None:
    (finding,) = of_text(official(FORM).replace("申报时间：", "申报时间：2025年5月", 1))
    assert (finding.code, finding.found) == ("V102", "“2025年5月”")


def test_a_missing_annex_is_told() -> None:
    findings = of_text((OFFICIAL / "shanghai-2024-form.txt").read_text(encoding="utf-8"), "shanghai-2024")
    assert set(codes(findings)) == {"V101"}
    assert {finding.path for finding in findings} == {"部分指标填报说明和要求"}


def test_every_code_is_in_the_page_of_checks(checkout: Path) -> None:
    from generator.forms.verifying.differences import Kind

    page = (checkout / "docs" / "verify.md").read_text(encoding="utf-8")
    kinds: list[Any] = list(Kind)
    assert [kind.code for kind in kinds if f"## {kind.code} " not in page] == []
