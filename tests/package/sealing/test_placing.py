"""Scans find their pages by their names, or by their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.forms.library import Library
from generator.frozen import replace
from generator.package.printing.signatures import COVER
from generator.package.sealing.placing import Placed, place
from generator.package.sealing.rules import read_sealing_rules
from generator.package.sealing.scans import read_scans
from generator.package.sealing.sheets import StandingDraft, StandingPaper, read_draft, sheets_of_form
from tests.package.sealing.samples import (
    A4,
    DECLARATION,
    blank_side,
    declaration,
    picture,
    put,
    scanned_pdf,
    snapshot,
    standing_draft,
)

LIBRARY = Library.standard()
RULES = read_sealing_rules(LIBRARY)
SCAN, BLANK = picture(), blank_side()


@pytest.fixture
def draft(tmp_path: Path) -> StandingDraft:
    return read_draft(standing_draft(tmp_path / "output", further=[declaration()]), LIBRARY)


def placed(tmp_path: Path, draft: StandingDraft, **files: bytes) -> Placed:
    scans, findings = read_scans(put(tmp_path / "scans", **files), RULES, [paper.name for paper in draft.papers])
    assert not [finding for finding in findings if finding.blocks]
    return place(scans, draft, RULES)


def where(result: Placed, *, paper: str = "申报表") -> dict[int, str]:
    """Return the file that stands for each page of a paper."""
    return {
        page: scan.file for (path, page), scan in sorted(result.pages.items(), key=lambda one: one[0]) if paper in path
    }


def codes(result: Placed) -> list[str]:
    """Return the codes of what blocks, or else of what is found besides pages that stay unsigned."""
    return [finding.code for finding in result.findings if finding.code != "S105"]


def test_a_draft_tells_its_parts_and_what_its_pages_are_called(draft: StandingDraft) -> None:
    form, other = draft.papers
    assert [form.pages_of(part) for part in form.parts] == [(0,), (2,), (3, 4), (5,)]
    assert [form.name_of(page) for page in (0, 1, 5)] == [COVER, "全册第2面", f"{DECLARATION} 第4页"]
    assert (form.wanted, other.wanted, other.name, other.name_of(1)) == ((0, 5), (1,), "自我声明", "自我声明 第2页")


@pytest.mark.parametrize("declaration", ["九", "九_签章", "第九部分", "真实性声明 第4页", "9 " + DECLARATION])
@pytest.mark.parametrize("cover", ["封面", "申报表封面"])
def test_a_name_tells_cover_and_part(tmp_path: Path, draft: StandingDraft, cover: str, declaration: str) -> None:
    result = placed(tmp_path, draft, **{f"{cover}__jpg": SCAN, f"{declaration}__png": picture(kind="PNG")})
    assert where(result) == {0: f"{cover}.jpg", 5: f"{declaration}.png"}
    assert codes(result) == []


def test_scans_without_names_are_the_signed_pages_where_there_are_as_many(tmp_path: Path, draft: StandingDraft) -> None:
    assert where(placed(tmp_path, draft, scan1__jpg=SCAN, scan2__jpg=SCAN)) == {0: "scan1.jpg", 5: "scan2.jpg"}


def test_one_file_may_hold_all_signed_pages_or_the_whole_volume(tmp_path: Path, draft: StandingDraft) -> None:
    two = placed(tmp_path / "two", draft, scan__pdf=scanned_pdf(SCAN, SCAN))
    assert {page: scan.number for page, scan in two.of(draft.form).items()} == {0: 1, 5: 2}
    volume = scanned_pdf(SCAN, BLANK, *[SCAN] * 4)
    six = placed(tmp_path / "six", draft, 申报表全册__pdf=volume)
    assert {page: scan.number for page, scan in six.of(draft.form).items()} == {
        page: page + 1 for page in (0, 2, 3, 4, 5)
    }
    assert sorted(where(placed(tmp_path / "named", draft, 全册签章__pdf=volume))) == [0, 2, 3, 4, 5]


def test_further_pages_may_be_scanned_too(tmp_path: Path, draft: StandingDraft) -> None:
    result = placed(tmp_path, draft, 封面__jpg=SCAN, 第2页__jpg=SCAN, 九__jpg=SCAN)
    assert where(result) == {0: "封面.jpg", 3: "第2页.jpg", 5: "九.jpg"}
    part = placed(tmp_path / "part", draft, 封面__jpg=SCAN, 八__pdf=scanned_pdf(SCAN, SCAN), 九__jpg=SCAN)
    assert sorted(where(part)) == [0, 3, 4, 5]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"封面__jpg": SCAN, "九__jpg": SCAN, "第4页__jpg": SCAN}, ["S104"]),
        ({"封面__jpg": SCAN, "九__jpg": SCAN, "IMG_1__jpg": SCAN}, ["S103"]),
        ({"封面__pdf": scanned_pdf(SCAN, SCAN), "九__jpg": SCAN}, ["S119"]),
        ({"封面__pdf": scanned_pdf(BLANK, SCAN), "九__jpg": SCAN}, ["S119"]),
        ({"封面__pdf": scanned_pdf(SCAN, BLANK, SCAN), "九__jpg": SCAN}, ["S106"]),
        ({"九__jpg": SCAN, "九__png": picture(kind="PNG")}, ["S104"]),
        ({"自我声明__pdf": scanned_pdf(SCAN, SCAN, SCAN)}, ["S106"]),
        ({"自我声明第3页__jpg": SCAN}, ["S106"]),
        ({"全册__pdf": scanned_pdf(*[SCAN] * 5)}, ["S106"]),
        ({"封面__jpg": SCAN, "九__jpg": SCAN, "第99页__jpg": SCAN}, ["S106"]),
        ({"a__jpg": SCAN, "b__jpg": SCAN, "c__jpg": SCAN, "d__jpg": SCAN, "e__jpg": SCAN}, ["S106"]),
        ({"六页__pdf": scanned_pdf(*[SCAN] * 6)}, ["S106"]),
        ({"封面__jpg": SCAN, "九__jpg": picture(A4[::-1])}, ["S108"]),
        ({}, ["S117"]),
    ],
)
def test_what_can_not_be_placed_is_told(
    tmp_path: Path, draft: StandingDraft, files: dict[str, bytes], expected: list[str]
) -> None:
    result = placed(tmp_path, draft, **files)
    assert codes(result) == expected
    assert all(finding.blocks and finding.remedy for finding in result.findings if finding.code != "S105")


def test_other_papers_that_are_signed_are_known_by_their_names_or_their_folder(
    tmp_path: Path, draft: StandingDraft
) -> None:
    whole = placed(tmp_path / "whole", draft, 自我声明__pdf=scanned_pdf(SCAN, SCAN))
    assert where(whole, paper="自我声明") == {0: "自我声明.pdf", 1: "自我声明.pdf"}
    signed = placed(tmp_path / "signed", draft, 签章后的自我声明__jpg=SCAN)
    assert where(signed, paper="自我声明") == {1: "签章后的自我声明.jpg"}
    page = placed(tmp_path / "page", draft, 自我声明第2页__jpg=SCAN)
    assert where(page, paper="自我声明") == {1: "自我声明第2页.jpg"}
    put(tmp_path / "folder" / "scans" / "06_自我声明", IMG_10__jpg=SCAN, IMG_9__jpg=SCAN)
    folder = placed(tmp_path / "folder", draft)
    assert where(folder, paper="自我声明") == {0: "06_自我声明/IMG_9.jpg", 1: "06_自我声明/IMG_10.jpg"}
    apart = placed(tmp_path / "apart", draft, 自我声明1__jpg=SCAN, 自我声明2__jpg=SCAN)
    assert where(apart, paper="自我声明") == {0: "自我声明1.jpg", 1: "自我声明2.jpg"}


def test_a_page_of_a_paper_whose_parts_count_their_own_pages_is_known_by_the_number_printed_on_it(
    tmp_path: Path, draft: StandingDraft
) -> None:
    def numbered(paper: StandingPaper) -> StandingPaper:
        sheets = (replace(sheet, label=f"{number}-1") for number, sheet in enumerate(paper.sheets, start=1))
        return replace(paper, sheets=tuple(sheets))

    papers = tuple(numbered(paper) if paper.name == "自我声明" else paper for paper in draft.papers)
    page = placed(tmp_path, replace(draft, papers=papers), **{"自我声明第2-1页__jpg": SCAN})
    assert where(page, paper="自我声明") == {1: "自我声明第2-1页.jpg"}


def test_a_folder_that_is_called_after_no_paper_is_told_of(tmp_path: Path, draft: StandingDraft) -> None:
    put(tmp_path / "scans" / "新扫的", 封面__jpg=SCAN)
    scans, (finding,) = read_scans(tmp_path / "scans", RULES, [paper.name for paper in draft.papers])
    assert scans == () and finding.code == "S102" and "自我声明" in finding.remedy


def test_what_has_no_scan_stays_unsigned_and_is_told_paper_by_paper(tmp_path: Path, draft: StandingDraft) -> None:
    findings = placed(tmp_path, draft, 封面__jpg=SCAN).findings
    assert [(one.code, one.path, one.found, one.blocks) for one in findings] == [
        ("S105", "申报表", f"{DECLARATION} 第4页", False),
        ("S105", "自我声明", "自我声明 第2页", False),
    ]


def test_all_signed_pages_of_all_papers_may_come_in_one_file(tmp_path: Path, draft: StandingDraft) -> None:
    result = placed(tmp_path, draft, scan0001__pdf=scanned_pdf(SCAN, SCAN, SCAN))
    assert (sorted(where(result)), sorted(where(result, paper="自我声明")), result.findings) == ([0, 5], [1], ())


def test_one_file_may_be_named_after_several_parts_or_after_what_is_signed(
    tmp_path: Path, draft: StandingDraft
) -> None:
    for name in ("封面和九__pdf", "封面、九__pdf", "申报表签章页__pdf", "封面+真实性声明__pdf"):
        result = placed(tmp_path / name, draft, **{name: scanned_pdf(SCAN, SCAN)})
        assert {page: scan.number for page, scan in result.of(draft.form).items()} == {0: 1, 5: 2}, name


def test_scans_of_both_sides_of_the_sheets_are_taken_and_blank_backs_left_out(
    tmp_path: Path, draft: StandingDraft
) -> None:
    cover = placed(tmp_path / "cover", draft, 封面__pdf=scanned_pdf(SCAN, BLANK), 九__jpg=SCAN)
    assert where(cover) == {0: "封面.pdf", 5: "九.jpg"}
    assert [(one.code, one.path) for one in cover.findings if one.code != "S105"] == [("S118", "第2页")]
    sheet = placed(tmp_path / "sheet", draft, 九__pdf=scanned_pdf(SCAN, SCAN))
    assert (where(sheet), codes(sheet)) == ({4: "九.pdf", 5: "九.pdf"}, []), "the front of that sheet is a page of 八"


def test_a_scan_of_all_papers_bound_together_is_one_volume(tmp_path: Path, draft: StandingDraft) -> None:
    result = placed(tmp_path, draft, 全册__pdf=scanned_pdf(SCAN, BLANK, *[SCAN] * 6))
    assert (sorted(where(result)), sorted(where(result, paper="自我声明"))) == ([0, 2, 3, 4, 5], [0, 1])
    assert codes(result) == ["S118"]


def test_a_page_missed_and_another_scanned_twice_is_found_by_the_blank_page(
    tmp_path: Path, draft: StandingDraft
) -> None:
    assert codes(placed(tmp_path, draft, 申报表全册__pdf=scanned_pdf(SCAN, SCAN, BLANK, *[SCAN] * 3))) == ["S119"]


def test_a_numeral_inside_a_word_is_no_name(tmp_path: Path, draft: StandingDraft) -> None:
    assert codes(placed(tmp_path, draft, 封面__jpg=SCAN, 九月扫描__jpg=SCAN)) == ["S103"]


def test_a_blank_page_behind_the_declaration_owes_no_scan(tmp_path: Path) -> None:
    data = snapshot(["原文"] * 6)
    data["pages"][4]["label"] = ""
    sheets = sheets_of_form(data, {0: "申报表", 2: "一、基本情况", 3: DECLARATION, 5: "部分指标填报说明"})
    assert [sheet.part for sheet in sheets] == [COVER, "", "一、基本情况", DECLARATION, "", "部分指标填报说明"]
