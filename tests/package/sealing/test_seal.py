"""Sealing from end to end: which 稿, which scans, what comes of it, and what stays as it was."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from generator.errors import BlockedError, MissingError, OutputError, UnreadableError, UsageError
from generator.findings import Finding
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.drafts import current_draft
from generator.package.manifest import SUBMITTED, PackageFile, read_manifest
from generator.package.media.make import make_media
from generator.package.media.plan import plan_media
from generator.package.media.rules import MediumDemand, MediumKind
from generator.package.opening.inspection import is_whole
from generator.package.sealing import binding
from generator.package.sealing.choosing import find_draft
from generator.package.sealing.scans import REGISTER
from generator.package.sealing.seal import Sealed, seal
from generator.package.versions.frozen import freeze
from tests.package.active import office
from tests.package.media.samples import DISC, MAIL, RULES, TITLE
from tests.package.sealing.samples import (
    A4,
    CLUSTER,
    DECLARATION,
    FORM,
    blank_side,
    declaration,
    form_pdf,
    picture,
    put,
    scanned_pdf,
    standing_draft,
)

LIBRARY, FONTS = Library.standard(), FontLibrary.bundled()
COVER_SCAN, DECLARATION_SCAN = picture(grey=240), picture(grey=230)
FORM_PATH = f"{SUBMITTED}/01_申报表_{CLUSTER}.pdf"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sealed(output: Path, scans: Path, **options: Any) -> Sealed:
    return seal(output, scans, LIBRARY, FONTS, **options)


def refused(output: Path, scans: Path, **options: Any) -> list[Finding]:
    with pytest.raises(BlockedError) as caught:
        sealed(output, scans, **options)
    return [finding for finding in caught.value.findings if finding.blocks]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    return put(tmp_path / "扫描件", 封面__jpg=COVER_SCAN, 九__jpg=DECLARATION_SCAN)


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


def test_a_scan_of_a_declaration_that_changed_since_is_refused(output: Path, scans: Path) -> None:
    standing_draft(output, further=[declaration()])
    put(scans, 自我声明__jpg=picture(grey=220))
    sealed(output, scans)
    standing_draft(output, further=[declaration("改了")])
    (finding,) = refused(output, scans)
    assert (finding.code, finding.path) == ("S111", "自我声明 第2页")
    assert finding.position is not None and finding.position.file == "自我声明.jpg"


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


def test_a_draft_that_does_not_tell_what_is_signed_is_to_be_built_again(output: Path, scans: Path) -> None:
    standing_draft(output, signed=())
    with pytest.raises(UsageError, match="哪几页要签章"):
        sealed(output, scans)


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


def test_without_any_demand_there_is_one_disc_of_everything_with_the_signed_form(output: Path, scans: Path) -> None:
    further = (
        PackageFile("lists.xlsx", f"{SUBMITTED}/02_清单_{CLUSTER}.xlsx", office("xl/workbook.xml")),
        PackageFile("print.txt", f"{SUBMITTED}/打印/5份.txt", b"print"),
    )
    standing_draft(output, further=further)
    written = sealed(output, scans).written
    assert written is not None
    disc = written.draft / SUBMITTED / "光盘"
    content = tree(disc / "光盘内容")
    assert sorted(content) == [
        f"01_申报表_{CLUSTER}.docx",
        f"01_申报表_{CLUSTER}.pdf",
        f"02_清单_{CLUSTER}.xlsx",
        "说明.txt",
    ]
    assert content[f"01_申报表_{CLUSTER}.pdf"] == (written.draft / FORM_PATH).read_bytes()
    assert sorted(path.name for path in disc.iterdir() if path.is_file()) == [
        f"光盘_{CLUSTER}.iso",
        f"光盘标签_{CLUSTER}.docx",
        f"光盘标签_{CLUSTER}.pdf",
    ]
    assert "未签章" not in "".join(tree(written.draft))


def test_the_media_are_those_that_the_draft_was_built_for(output: Path, scans: Path) -> None:
    form = PackageFile("form.pdf", FORM_PATH, form_pdf(), unsigned=(1, 6))
    plan = plan_media([form], [DISC.model_copy(update={"number": 2}), MAIL], RULES)
    standing_draft(output, further=make_media(plan, TITLE, RULES))
    written = sealed(output, scans).written
    assert written is not None
    submitted = {path.partition("/")[2] for path in tree(written.draft)}
    assert "邮件/第1封/邮件正文.txt" in submitted and not any(path.startswith("U盘") for path in submitted)
    assert not any("未签章" in path for path in submitted)
    told = (written.draft / SUBMITTED / "邮件/第1封/邮件正文.txt").read_text("utf-8-sig")
    assert MAIL.address in told and TITLE.contact in told and "已换成扫描件" in told
    label = PdfReader(written.draft / SUBMITTED / f"光盘/光盘标签_{CLUSTER}.pdf").pages[0].extract_text()
    assert "第2份（共2份）" in "".join(label.split())


def test_the_operator_may_ask_for_other_media(output: Path, scans: Path) -> None:
    standing_draft(output)
    written = sealed(output, scans, demands=[MediumDemand(kind=MediumKind.USB)]).written
    assert written is not None
    assert {path.parts[-2] for path in (written.draft / SUBMITTED).rglob("*") if path.is_file()} == {SUBMITTED, "U盘"}


def test_what_the_notice_asked_to_be_on_a_disc_stays_so(output: Path, scans: Path) -> None:
    form = PackageFile("form.pdf", FORM_PATH, form_pdf(), unsigned=(1, 6))
    lists = PackageFile("lists.pdf", f"{SUBMITTED}/02_清单_{CLUSTER}.pdf", form_pdf())
    plan = plan_media([form, lists], [DISC.model_copy(update={"holds": ("申报表",)})], RULES)
    standing_draft(output, further=[lists, *make_media(plan, TITLE, RULES)])
    for demands in ((), [DISC]):
        written = sealed(output, scans, demands=demands).written
        assert written is not None
        on_disc = {path.name for path in (written.draft / SUBMITTED / "光盘" / "光盘内容").iterdir()}
        assert on_disc == {"说明.txt", f"01_申报表_{CLUSTER}.docx", f"01_申报表_{CLUSTER}.pdf"}


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


def test_scans_of_unchanged_pages_stay_good_for_a_later_draft(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    standing_draft(output, page2="改了产值")
    written = sealed(output, scans).written
    assert written is not None and written.draft.name == "第002稿_签章1"


def test_a_scan_of_a_page_that_changed_since_is_refused_with_page_and_reason(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    standing_draft(output, page0="改了名称")
    (finding,) = refused(output, scans)
    assert (finding.code, finding.path) == ("S111", "封面")
    assert finding.position is not None and finding.position.file == "封面.jpg"
    assert "第001稿" in finding.found and "栏目 › 第0格 由“原文”改为“改了名称”" in finding.found


def test_a_new_scan_of_the_changed_page_mends_it(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    standing_draft(output, page0="改了名称")
    put(scans, 封面__jpg=picture(grey=200))
    assert [finding.code for finding in refused(output, scans)] == ["S112"]
    written = sealed(output, scans, printed="第002稿").written
    assert written is not None and written.draft.name == "第002稿_签章1"
    register = json.loads((scans / REGISTER).read_bytes())
    assert [(entry["file"], entry["draft"]) for entry in register["scans"]] == [
        ("九.jpg", "第001稿"),
        ("封面.jpg", "第001稿"),
        ("封面.jpg", "第002稿"),
    ]


def test_a_scan_is_known_by_its_content_whatever_it_is_called(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    standing_draft(output, page5="改了声明")
    (scans / "九.jpg").rename(scans / "第九部分 新.jpg")
    assert [(finding.code, finding.path) for finding in refused(output, scans)] == [("S111", f"{DECLARATION} 第4页")]


def test_scans_that_nobody_registered_need_the_printed_draft_said_where_it_matters(output: Path, scans: Path) -> None:
    standing_draft(output)
    standing_draft(output, page0="改了名称")
    (finding,) = refused(output, scans)
    assert finding.code == "S112" and "第001稿" in finding.message and "--printed 第001稿" in finding.remedy
    assert [finding.code for finding in refused(output, scans, printed="第001稿")] == ["S111"]
    assert not (scans / REGISTER).exists()
    written = sealed(output, scans, printed="2").written
    assert written is not None and written.draft.name == "第002稿_签章1"


def test_where_all_drafts_agree_nothing_need_be_said(output: Path, scans: Path) -> None:
    standing_draft(output)
    standing_draft(output, page2="改了产值")
    assert sealed(output, scans).written is not None


def test_where_versions_were_frozen_only_those_were_printed(output: Path, scans: Path) -> None:
    first = standing_draft(output)
    standing_draft(output, page0="试了一下")
    assert [finding.code for finding in refused(output, scans)] == ["S112"]
    freeze(first.parent, standing_draft(output, page2="改了产值"), date(2025, 5, 20))
    written = sealed(output, scans).written
    assert written is not None and written.draft.name == "第003稿_签章1"


def test_what_was_printed_may_be_named_by_its_version_even_when_the_draft_is_gone(output: Path, scans: Path) -> None:
    first = standing_draft(output)
    freeze(first.parent, first, date(2025, 5, 20))
    shutil.rmtree(first)
    standing_draft(output, page0="改了名称")
    assert [finding.code for finding in refused(output, scans)] == ["S112"]
    (finding,) = refused(output, scans, printed="第01版")
    assert finding.code == "S111" and "第001稿" in finding.found


def test_what_is_said_may_not_contradict_the_register(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    standing_draft(output, page0="改了名称")
    assert [finding.code for finding in refused(output, scans, printed="第002稿")] == ["S113"]


def test_an_older_draft_can_be_sealed_by_its_name(output: Path, scans: Path) -> None:
    standing_draft(output)
    standing_draft(output, page0="改了名称")
    written = sealed(output, scans, draft="第001稿", printed="第001稿").written
    assert written is not None and written.draft.name == "第001稿_签章1"


def test_the_register_outlives_the_drafts(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    elsewhere = output.with_name("elsewhere")
    standing_draft(elsewhere, page0="改了名称")
    (finding,) = refused(elsewhere, scans)
    assert finding.code == "S111" and "改动：" not in finding.found


def test_a_scan_of_another_form_is_told_as_such(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    register = (scans / REGISTER).read_text(encoding="utf-8")
    (scans / REGISTER).write_text(register.replace(FORM, "shanghai-2024"), encoding="utf-8")
    elsewhere = output.with_name("elsewhere")
    standing_draft(elsewhere, page0="别的表")
    (finding,) = refused(elsewhere, scans)
    assert finding.code == "S111" and f"另一份申报（{CLUSTER}，shanghai-2024）" in finding.found


def test_a_sealed_version_is_not_sealed_again(output: Path, scans: Path) -> None:
    standing_draft(output)
    written = sealed(output, scans).written
    assert written is not None
    with pytest.raises(UsageError, match="已经是签章版"):
        sealed(written.draft, scans)


def test_a_marked_draft_is_not_sealed(output: Path, scans: Path) -> None:
    standing_draft(output, draft=True)
    with pytest.raises(UsageError, match="草稿"):
        sealed(output, scans)


def test_a_draft_that_was_tampered_with_is_not_sealed(output: Path, scans: Path) -> None:
    draft = standing_draft(output)
    with (draft / FORM_PATH).open("ab") as file:
        file.write(b"%")
    for source, name in ((output, "第001稿"), (draft, "")):
        with pytest.raises(UnreadableError, match="改动过"):
            sealed(source, scans, draft=name)
    with pytest.raises(UsageError, match="没有完整的当前稿"):
        sealed(output, scans)


def test_a_draft_is_found_from_itself_its_folder_and_above(output: Path) -> None:
    draft = standing_draft(output)
    for source in (draft, draft.parent, draft.parent.parent, output):
        assert find_draft(source, LIBRARY).folder == draft
    assert find_draft(draft, LIBRARY, "第001稿").folder == draft
    for name in ("7", "第007稿"):
        with pytest.raises(UsageError, match=name):
            find_draft(output, LIBRARY, name)
    with pytest.raises(MissingError, match="第07版"):
        find_draft(output, LIBRARY, "第07版")


def test_a_folder_without_drafts_or_with_several_packages_is_told(tmp_path: Path, output: Path) -> None:
    with pytest.raises(UsageError, match="没有生成好的稿"):
        find_draft(tmp_path, LIBRARY)
    draft = standing_draft(output)
    (draft.parent.parent / "shanghai-2024" / "第001稿").mkdir(parents=True)
    with pytest.raises(UsageError, match="几份成果"):
        find_draft(output, LIBRARY)


def test_a_broken_register_is_told_and_left(output: Path, scans: Path) -> None:
    standing_draft(output)
    (scans / REGISTER).write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableError, match="登记"):
        sealed(output, scans)
    assert (scans / REGISTER).read_text(encoding="utf-8") == "{"


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
