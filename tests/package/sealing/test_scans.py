"""Scans as they come from scanners and telephones: which can be used, and what is said of the others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from generator.errors import DefinitionError, MissingError
from generator.findings import Finding, Severity
from generator.forms.library import Library
from generator.package.sealing.rules import read_sealing_rules
from generator.package.sealing.scans import Scan, is_upright, read_scans
from tests.package.sealing.samples import A4, picture, put, scanned_pdf, turned

RULES = read_sealing_rules(Library.standard())


def read(folder: Path, **files: bytes) -> tuple[tuple[Scan, ...], list[Finding]]:
    scans, findings = read_scans(put(folder, **files), RULES)
    return scans, [*findings, *(finding for scan in scans for page in scan.pages for finding in page.findings)]


def only(folder: Path, name: str, content: bytes) -> list[str]:
    """Return the codes of what is found of one scan."""
    return [finding.code for finding in read(folder, **{name: content})[1]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("封面__jpg", picture()),
        ("封面__JPG", picture((2480, 3508), dots=300)),
        ("封面__jpeg", picture(mode="L")),
        ("封面__jpg", picture(mode="CMYK")),
        ("封面__png", picture(kind="PNG")),
        ("封面__png", picture(kind="PNG", mode="L")),
        ("封面__jpg", turned(3)),
        ("封面__jpg", turned(6, A4[::-1])),
        ("封面__jpg", turned(8, A4[::-1])),
        ("封面__pdf", scanned_pdf(picture())),
        ("封面__pdf", scanned_pdf(picture(A4[::-1]), size=(841.89, 595.28), rotate=90)),
        ("封面__pdf", scanned_pdf(picture(), size=(590, 848))),
    ],
)
def test_a_good_scan_is_used_upright_and_without_a_word(tmp_path: Path, name: str, content: bytes) -> None:
    (scan,), findings = read(tmp_path, **{name: content})
    assert findings == []
    assert is_upright(scan.pages[0].page)


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_a_picture_is_turned_as_its_file_says(tmp_path: Path, orientation: int, turn: int) -> None:
    (scan,), _ = read(tmp_path, 封面__jpg=turned(orientation, A4 if turn % 180 == 0 else A4[::-1]))
    assert scan.pages[0].page.rotation == turn


def test_a_jpg_is_not_compressed_again(tmp_path: Path) -> None:
    content = picture()
    (scan,), _ = read(tmp_path, 封面__jpg=content)
    image = scan.pages[0].page["/Resources"]["/XObject"]["/Im0"]  # type: ignore[index]
    assert image._data == content


def test_a_picture_fills_the_sheet_and_keeps_its_shape(tmp_path: Path) -> None:
    (scan,), _ = read(tmp_path, 封面__jpg=picture((1240, 1740)))
    box = scan.pages[0].page.mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((595.28, 841.89), abs=0.01)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("坏__jpg", picture()[:3000], "S101"),
        ("空__jpg", b"", "S101"),
        ("坏__png", picture(kind="PNG")[:300], "S101"),
        ("假__jpg", picture(kind="BMP"), "S101"),
        ("反__jpg", turned(2), "S101"),
        ("巨__png", picture((11_000, 13_000), kind="PNG", mode="L"), "S101"),
        ("坏__pdf", b"%PDF-1.4 nothing", "S101"),
        ("空__pdf", b"", "S101"),
        ("说明__docx", b"PK", "S102"),
        ("照片__heic", b"heic", "S102"),
        ("方__jpg", picture((1500, 1600)), "S107"),
        ("照片__jpg", picture((1200, 1600), dots=72), "S107"),
        ("大__pdf", scanned_pdf(picture((1800, 2546)), size=(842, 1191)), "S107"),
        ("糊__jpg", picture((620, 877), dots=75), "S109"),
        ("糊__pdf", scanned_pdf(picture((620, 877))), "S109"),
        ("假__jpg", picture(dots=72), "S110"),
        ("章__pdf", scanned_pdf(picture(), note=True), "S114"),
        ("透__png", picture(kind="PNG", mode="RGBA"), "S115"),
    ],
)
def test_what_is_wrong_with_a_scan_is_told(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert only(tmp_path, name, content) == [code]


def test_a_picture_without_resolution_is_taken_by_its_shape(tmp_path: Path) -> None:
    assert only(tmp_path, "封面__jpg", picture(dots=None)) == []


def test_a_pdf_that_was_exported_is_no_scan(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595.28, 841.89)
    stream = io.BytesIO()
    writer.write(stream)
    (finding,) = read(tmp_path, 封面__pdf=stream.getvalue())[1]
    assert (finding.code, finding.severity) == ("S116", Severity.MUST)


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scanned_pdf(picture()))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    (finding,) = read(tmp_path, 封面__pdf=stream.getvalue())[1]
    assert finding.code == "S101" and "密码" in finding.message


def test_every_finding_names_the_file_and_says_what_to_do(tmp_path: Path) -> None:
    _, findings = read(tmp_path, 方__jpg=picture((1500, 1600)), 坏__pdf=b"", 说明__txt=b"")
    for finding, name in zip(findings, ("坏.pdf", "说明.txt", "方.jpg"), strict=True):
        assert finding.position is not None and finding.position.file == name
        assert finding.remedy


def test_scans_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    scans, _ = read(tmp_path, scan10__jpg=picture(), scan2__jpg=picture(), scan1__jpg=picture())
    assert [scan.file for scan in scans] == ["scan1.jpg", "scan2.jpg", "scan10.jpg"]


def test_hidden_files_folders_and_the_register_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "旧的").mkdir()
    for name in (".DS_Store", "~$封面.docx", "Thumbs.db", "登记.json"):
        (tmp_path / name).write_bytes(b"x")
    assert read_scans(tmp_path, RULES) == ((), ())


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        read_scans(tmp_path / "没有", RULES)


def test_a_pattern_without_a_group_is_refused(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    standard = Library.standard().file("media", "sealing")
    assert standard is not None
    own = tmp_path / "media" / "sealing.yaml"
    own.write_text(standard.read_text("utf-8").replace("第([0-9]+(?:-[0-9]+)?)页", "第[0-9]+页"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="页码"):
        read_sealing_rules(Library.standard([tmp_path]))
