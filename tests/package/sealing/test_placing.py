"""Scans find their pages by their names, or by their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.forms.library import Library
from generator.package.printing.signatures import COVER
from generator.package.sealing.placing import Placed, place
from generator.package.sealing.rules import read_sealing_rules
from generator.package.sealing.scans import read_scans
from generator.package.sealing.sheets import StandingDraft, _sheets, read_draft, signed_parts
from tests.package.sealing.samples import A4, DECLARATION, FORM, picture, put, scanned_pdf, snapshot, standing_draft

RULES = read_sealing_rules(Library.standard())
SIGNED = signed_parts(Library.standard().form(FORM))
SCAN = picture()


@pytest.fixture
def draft(tmp_path: Path) -> StandingDraft:
    return read_draft(standing_draft(tmp_path / "output"))


def placed(tmp_path: Path, draft: StandingDraft, **files: bytes) -> Placed:
    scans, findings = read_scans(put(tmp_path / "scans", **files), RULES)
    assert not [finding for finding in findings if finding.blocks]
    return place(scans, draft, SIGNED, RULES)


def where(result: Placed) -> dict[int, str]:
    return {page: scan.file for page, scan in sorted(result.pages.items())}


def codes(result: Placed) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize("form", Library.standard().ids())
def test_cover_and_declaration_of_every_form_are_signed(form: str) -> None:
    assert [part.partition("、")[0] for part in signed_parts(Library.standard().form(form))] == [COVER, "九"]


def test_a_draft_tells_its_parts_and_what_its_pages_are_called(draft: StandingDraft) -> None:
    assert [draft.pages_of(part) for part in draft.parts] == [(0,), (2,), (3, 4), (5,)]
    assert [draft.name_of(page) for page in (0, 1, 5)] == [COVER, "全册第2面", f"{DECLARATION} 第4页"]


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
    assert {page: scan.number for page, scan in two.pages.items()} == {0: 1, 5: 2}
    six = placed(tmp_path / "six", draft, scan__pdf=scanned_pdf(*[SCAN] * 6))
    assert {page: scan.number for page, scan in six.pages.items()} == {page: page + 1 for page in range(6)}
    named = placed(tmp_path / "named", draft, 全册签章__pdf=scanned_pdf(*[SCAN] * 6))
    assert sorted(named.pages) == [0, 1, 2, 3, 4, 5]


def test_further_pages_may_be_scanned_too(tmp_path: Path, draft: StandingDraft) -> None:
    result = placed(tmp_path, draft, 封面__jpg=SCAN, 第2页__jpg=SCAN, 九__jpg=SCAN)
    assert where(result) == {0: "封面.jpg", 3: "第2页.jpg", 5: "九.jpg"}
    part = placed(tmp_path / "part", draft, 封面__jpg=SCAN, 八__pdf=scanned_pdf(SCAN, SCAN), 九__jpg=SCAN)
    assert sorted(part.pages) == [0, 3, 4, 5]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"封面__jpg": SCAN}, ["S105"]),
        ({"封面__jpg": SCAN, "九__jpg": SCAN, "第4页__jpg": SCAN}, ["S104"]),
        ({"封面__jpg": SCAN, "九__jpg": SCAN, "IMG_1__jpg": SCAN}, ["S103"]),
        ({"封面__pdf": scanned_pdf(SCAN, SCAN), "九__jpg": SCAN}, ["S106"]),
        ({"全册__pdf": scanned_pdf(*[SCAN] * 5)}, ["S106"]),
        ({"封面__jpg": SCAN, "九__jpg": SCAN, "第99页__jpg": SCAN}, ["S106"]),
        ({"a__jpg": SCAN, "b__jpg": SCAN, "c__jpg": SCAN}, ["S106"]),
        ({"封面__jpg": SCAN, "九__jpg": picture(A4[::-1])}, ["S108"]),
        ({}, ["S105", "S105"]),
    ],
)
def test_what_can_not_be_placed_is_told(
    tmp_path: Path, draft: StandingDraft, files: dict[str, bytes], expected: list[str]
) -> None:
    result = placed(tmp_path, draft, **files)
    assert codes(result) == expected
    assert all(finding.blocks and finding.remedy for finding in result.findings)


def test_a_numeral_inside_a_word_is_no_name(tmp_path: Path, draft: StandingDraft) -> None:
    assert codes(placed(tmp_path, draft, 封面__jpg=SCAN, 九月扫描__jpg=SCAN)) == ["S103"]


def test_a_blank_page_behind_the_declaration_owes_no_scan(tmp_path: Path) -> None:
    data = snapshot(["原文"] * 6)
    data["pages"][4]["label"] = ""
    sheets = _sheets(data, {0: "申报表", 2: "一、基本情况", 3: DECLARATION, 5: "部分指标填报说明"})
    assert [sheet.part for sheet in sheets] == [COVER, "", "一、基本情况", DECLARATION, "", "部分指标填报说明"]
