"""Which 稿 a scan was printed from: registered, said or all the same; a page that changed since is refused."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.errors import UnreadableError
from generator.package.sealing.scans import REGISTER
from generator.package.versions.frozen import freeze
from tests.package.sealing.samples import CLUSTER, DECLARATION, FORM, declaration, picture, put, standing_draft
from tests.package.sealing.sealings import refused, sealed


def test_a_scan_of_a_declaration_that_changed_since_is_refused(output: Path, scans: Path) -> None:
    standing_draft(output, further=[declaration()])
    put(scans, 自我声明__jpg=picture(grey=220))
    sealed(output, scans)
    standing_draft(output, further=[declaration("改了")])
    (finding,) = refused(output, scans)
    assert (finding.code, finding.path) == ("S111", "自我声明 第2页")
    assert finding.position is not None and finding.position.file == "自我声明.jpg"


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


def test_the_register_outlives_the_drafts(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    elsewhere = output.with_name("elsewhere")
    standing_draft(elsewhere, page0="改了名称")
    (finding,) = refused(elsewhere, scans)
    assert finding.code == "S111" and "改动：" not in finding.found


def test_a_broken_register_is_told_and_left(output: Path, scans: Path) -> None:
    standing_draft(output)
    (scans / REGISTER).write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableError, match="登记"):
        sealed(output, scans)
    assert (scans / REGISTER).read_text(encoding="utf-8") == "{"


def test_a_scan_of_another_form_is_told_as_such(output: Path, scans: Path) -> None:
    standing_draft(output)
    sealed(output, scans)
    register = (scans / REGISTER).read_text(encoding="utf-8")
    (scans / REGISTER).write_text(register.replace(FORM, "shanghai-2024"), encoding="utf-8")
    elsewhere = output.with_name("elsewhere")
    standing_draft(elsewhere, page0="别的表")
    (finding,) = refused(elsewhere, scans)
    assert finding.code == "S111" and f"另一份申报（{CLUSTER}，shanghai-2024）" in finding.found
