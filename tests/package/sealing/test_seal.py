"""Sealing from end to end: what comes of a 稿 and its scans, and what stays as it was."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.errors import OutputError
from generator.package.drafts import current_draft
from generator.package.manifest import SUBMITTED, read_manifest
from generator.package.opening.inspection import is_whole
from generator.package.sealing import binding
from generator.package.sealing.choosing import find_draft
from generator.package.sealing.scans import REGISTER
from tests.package.sealing.samples import (
    A4,
    CLUSTER,
    DECLARATION,
    FORM,
    blank_side,
    declaration,
    picture,
    put,
    scanned_pdf,
    standing_draft,
)
from tests.package.sealing.sealings import COVER_SCAN, DECLARATION_SCAN, FORM_PATH, LIBRARY, refused, sealed, tree


def test_the_signed_form_holds_the_scans_in_their_places_and_the_rest_as_it_was(output: Path, scans: Path) -> None:
    draft = standing_draft(output)
    result = sealed(output, scans)
    assert result.written is not None and result.written.draft.name == "第001稿_签章1"
    assert result.placed == (("封面", "封面.jpg"), (f"{DECLARATION} 第4页", "九.jpg"))
    before = PdfReader(draft / FORM_PATH)
    after = PdfReader(result.written.draft / FORM_PATH, strict=True)
    pictures: list[bytes] = []
    for page, (old, new) in enumerate(zip(before.pages, after.pages, strict=True)):
        if page in {0, 5}:
            pictures.append(new["/Resources"]["/XObject"]["/Im0"]._data)  # type: ignore[index]
        else:
            assert old.get_contents() == new.get_contents()
    assert pictures == [COVER_SCAN, DECLARATION_SCAN]
    assert [(entry["/Title"], after.get_destination_page_number(entry)) for entry in after.outline] == [  # type: ignore[call-overload, arg-type]
        (entry["/Title"], before.get_destination_page_number(entry))  # type: ignore[call-overload, arg-type]
        for entry in before.outline
    ]


def test_nothing_of_the_pages_that_were_replaced_is_left_in_the_file(output: Path, scans: Path) -> None:
    draft = standing_draft(output, page0="秘密")
    result = sealed(output, scans)
    mark = "秘密".encode().hex().encode()
    assert mark in (draft / FORM_PATH).read_bytes()
    assert result.written is not None and mark not in (result.written.draft / FORM_PATH).read_bytes()


def test_scans_of_other_signed_papers_take_their_pages_too(output: Path, scans: Path) -> None:
    standing_draft(output, further=[declaration()])
    put(scans / "自我声明", IMG_1__jpg=picture(grey=220))
    result = sealed(output, scans)
    assert result.written is not None and result.unsigned == ()
    assert result.placed[-1] == ("自我声明 第2页", "自我声明/IMG_1.jpg")
    bound = [file for file in read_manifest(result.written.draft).files if file.path.count("/") == 1]
    assert [(file.role, file.signed, file.unsigned) for file in bound if file.pages] == [
        ("form.pdf", True, ()),
        ("declaration.pdf", True, ()),
    ]
    disc = result.written.draft / SUBMITTED / "光盘/光盘内容" / f"06_自我声明_{CLUSTER}.pdf"
    assert disc.read_bytes() == (result.written.draft / SUBMITTED / f"06_自我声明_{CLUSTER}.pdf").read_bytes()
    assert not any("未签章" in path for path in tree(result.written.draft))


def test_a_paper_without_a_scan_stays_and_is_marked_everywhere(output: Path, scans: Path) -> None:
    standing_draft(output, further=[declaration()])
    result = sealed(output, scans)
    assert result.written is not None
    assert result.unsigned == (("自我声明", ("自我声明 第2页",)),)
    assert [finding.code for finding in result.findings] == ["S105", "M401"]
    disc = result.written.draft / SUBMITTED / "光盘"
    assert (disc / "光盘内容" / f"06_自我声明_{CLUSTER}_未签章.pdf").is_file()
    assert (disc / "光盘内容" / f"01_申报表_{CLUSTER}.pdf").is_file()
    assert (disc / f"光盘_{CLUSTER}_未签章.iso").is_file()
    told = (disc / "光盘内容" / "说明.txt").read_text("utf-8-sig")
    assert f"06_自我声明_{CLUSTER}_未签章.pdf" in told and "第2页未签章" in told
    label = PdfReader(disc / f"光盘标签_{CLUSTER}_未签章.pdf").pages[0].extract_text()
    assert "未签章：1个文件" in "".join(label.split())
    listed = {file.path: file.unsigned for file in read_manifest(result.written.draft).files if file.unsigned}
    assert listed == {f"{SUBMITTED}/光盘/光盘内容/06_自我声明_{CLUSTER}_未签章.pdf": (2,)}
    record = json.loads((result.written.draft / "2_内部留存_不报送" / "签章记录.json").read_bytes())
    assert record["unsigned"] == [{"paper": "自我声明", "pages": ["自我声明 第2页"]}]
    put(scans, 自我声明__jpg=picture(grey=210))
    again = sealed(output, scans).written
    assert again is not None and again.draft.name == "第001稿_签章2"


def test_a_form_with_one_signed_page_missing_is_bound_and_marked(output: Path, scans: Path) -> None:
    standing_draft(output)
    (scans / "九.jpg").unlink()
    result = sealed(output, scans)
    assert result.written is not None and result.unsigned == (("申报表", (f"{DECLARATION} 第4页",)),)
    names = [path for path in tree(result.written.draft) if path.endswith(".pdf") and "01_申报表" in path]
    assert len(names) == 2 and all(name.endswith("_未签章.pdf") for name in names)


def test_a_single_file_may_hold_the_scans(output: Path, tmp_path: Path) -> None:
    standing_draft(output)
    scan = put(tmp_path / "桌面", 扫描件__pdf=scanned_pdf(COVER_SCAN, DECLARATION_SCAN)) / "扫描件.pdf"
    assert sealed(output, scan).unsigned == ()
    assert (tmp_path / "桌面" / REGISTER).is_file()


def test_equal_faults_of_the_pages_of_one_file_are_told_once(output: Path, tmp_path: Path) -> None:
    standing_draft(output)
    coarse = picture((620, 877), dots=75)
    scans = put(tmp_path / "册", 签章页__pdf=scanned_pdf(coarse, coarse))
    (finding,) = sealed(output, scans).findings
    assert (finding.code, finding.path) == ("S109", "第1、2页")


def test_the_draft_stays_as_it_is_and_current(output: Path, scans: Path) -> None:
    draft = standing_draft(output)
    before = tree(draft)
    sealed(output, scans)
    assert tree(draft) == before
    assert current_draft(draft.parent) == draft
    assert standing_draft(output, page2="新") == draft.with_name("第002稿")


def test_the_result_is_whole_by_its_own_manifest_and_tells_what_was_sealed_with_what(output: Path, scans: Path) -> None:
    draft = standing_draft(output)
    written = sealed(output, scans).written
    assert written is not None and is_whole(written.draft)
    assert read_manifest(written.draft).facts.cluster == CLUSTER
    assert (written.draft / "snapshot.json").read_bytes() == (draft / "snapshot.json").read_bytes()
    record = json.loads((written.draft / "2_内部留存_不报送" / "签章记录.json").read_bytes())
    assert record["draft"] == "第001稿"
    assert record["manifest_sha256"] == read_manifest(draft).digest
    assert [(page["sheet"], page["scan"]) for page in record["pages"]] == [
        ("封面", "封面.jpg"),
        (f"{DECLARATION} 第4页", "九.jpg"),
    ]


def test_the_same_scans_write_nothing_again_and_others_a_further_folder(output: Path, scans: Path) -> None:
    standing_draft(output)
    first, again = sealed(output, scans).written, sealed(output, scans).written
    assert first is not None and again is not None
    assert (again.draft, again.changed) == (first.draft, False)
    put(scans, 封面__jpg=picture(grey=200))
    before = tree(first.draft)
    second = sealed(output, scans).written
    assert second is not None and second.draft.name == "第001稿_签章2"
    assert tree(first.draft) == before


def test_a_dry_run_writes_nothing_anywhere(tmp_path: Path, output: Path, scans: Path) -> None:
    standing_draft(output)
    before = tree(tmp_path)
    result = sealed(output, scans, dry_run=True)
    assert result.written is None and result.files
    assert tree(tmp_path) == before


def test_a_refusal_writes_nothing_anywhere(tmp_path: Path, output: Path, scans: Path) -> None:
    standing_draft(output)
    put(scans, 九__jpg=picture(A4[::-1]))
    before = tree(tmp_path)
    assert [finding.code for finding in refused(output, scans)] == ["S108"]
    assert tree(tmp_path) == before


def test_a_whole_volume_and_pdf_scans_bring_no_scripts_along(output: Path, tmp_path: Path) -> None:
    standing_draft(output)
    scans = put(
        tmp_path / "册",
        全册__pdf=scanned_pdf(picture(), blank_side(), *[picture(grey=200 + page) for page in range(4)]),
    )
    written = sealed(output, scans).written
    assert written is not None
    reader = PdfReader(written.draft / FORM_PATH)
    scanned = [page for number, page in enumerate(reader.pages) if number != 1]
    assert all(set(page) <= {"/Type", "/Parent", *binding._TAKEN} for page in scanned)


def test_binding_gives_the_same_bytes_and_is_examined(
    output: Path, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = find_draft(standing_draft(output), LIBRARY)
    from generator.package.sealing.scans import read_scans
    from tests.package.sealing.test_scans import RULES as SEALING

    (declaration, cover), _ = read_scans(scans, SEALING)
    pages = {0: cover.pages[0], 5: declaration.pages[0]}
    assert binding.bind(target.form.content, pages) == binding.bind(target.form.content, pages)
    monkeypatch.setattr(binding, "_put", lambda writer, page, scan: None)
    with pytest.raises(OutputError, match="签章版"):
        binding.bind(target.form.content, pages)
    assert len(PdfReader(io.BytesIO(target.form.content)).pages) == 6 and target.manifest.facts.form == FORM
