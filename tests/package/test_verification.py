"""`shenbao verify`: whatever is done to a package or its copy is found, and what was not examined is said."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import generator.package.verification.today as today_module
from generator.errors import MissingError, UnreadableError, UsageError
from generator.package.drafts import CURRENT, write_draft
from generator.package.manifest import (
    KEPT,
    MANIFEST,
    SUBMITTED,
    ManifestFacts,
    PackageFile,
    Skipped,
    Source,
    encode,
    read_manifest,
    sha256,
)
from generator.package.origins import ORIGIN
from generator.package.verification import Result, Verification, verify_package
from generator.package.verification.today import Today
from tests.package import active
from tests.package.builds import EXAMPLE, FONTS, LIBRARY, build_example, edited, own_copy, word_file_of
from tests.package.samples import CLUSTER, FACTS, FORM, SNAPSHOT, pdf_file, sample_files, word_file

TODAY = Today(LIBRARY, FONTS)


def verified(
    folder: Path, *, cluster: Path | None = None, search: tuple[Path, ...] = (), against: Path | None = None
) -> Verification:
    return verify_package(folder, Today(LIBRARY, FONTS, None, cluster, search), against=against)


def codes(verification: Verification) -> list[str]:
    return [finding.code for finding in verification.findings]


def places(verification: Verification, code: str) -> list[str]:
    return [str(one.position) for one in verification.findings if one.code == code]


def result_of(verification: Verification, what: str) -> Result:
    (found,) = [one.result for one in verification.examinations if one.what == what]
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 稿 of the example; tests that change it take a copy."""
    written = build_example(EXAMPLE, tmp_path_factory.mktemp("built")).written
    assert written is not None
    return written.draft


@pytest.fixture
def draft(built: Path, tmp_path: Path) -> Path:
    """A copy of the output of a build, the 稿 in it."""
    shutil.copytree(built.parents[2], tmp_path / "out")
    return tmp_path / "out" / built.relative_to(built.parents[2])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A 稿 of small files of every kind."""
    return written(tmp_path)


def written(folder: Path, *more: PackageFile, facts: ManifestFacts = FACTS) -> Path:
    return write_draft(folder, facts, [*sample_files(), *more], SNAPSHOT).draft


def pdf_path(draft: Path) -> Path:
    return next((draft / SUBMITTED).glob("01_*.pdf"))


# ── a whole package ──


def test_a_fresh_build_passes_everything_that_is_examined_and_says_what_is_not(tmp_path: Path) -> None:
    written = build_example(EXAMPLE, tmp_path, form_only=False).written
    assert written is not None
    verification = verified(written.draft, cluster=EXAMPLE)
    assert verification.findings == ()
    assert verification.today is True
    results = {one.what: one.result for one in verification.examinations}
    assert set(results.values()) == {Result.PASSED, Result.UNEXAMINED}
    assert {what for what, result in results.items() if result is Result.UNEXAMINED} == {
        "电子签名、电子印章",
        "清单本身的来源",
        "应报的材料是否齐全",
        "在 Word、WPS 里的样子",
        "病毒",
        "光盘、U 盘本身",
    }


@pytest.mark.parametrize("up", [0, 1, 2, 3])
def test_the_current_draft_is_found_from_the_folders_above_it(draft: Path, up: int) -> None:
    folder = [draft, *draft.parents][up]
    assert verified(folder, cluster=EXAMPLE).place == str(draft)


def test_a_frozen_version_is_found_in_its_folder(draft: Path, tmp_path: Path) -> None:
    shutil.copytree(draft, tmp_path / "第01版" / "成果")
    verification = verified(tmp_path / "第01版", cluster=EXAMPLE)
    assert verification.place == str(tmp_path / "第01版" / "成果")
    assert verification.findings == ()


def test_several_packages_are_not_guessed_between(draft: Path) -> None:
    shutil.copytree(draft.parent, draft.parents[1] / "shanghai-2024")
    with pytest.raises(UsageError, match="几份成果"):
        verified(draft.parents[1])


def test_a_folder_without_a_package_and_no_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有成果"):
        verified(tmp_path)
    with pytest.raises(MissingError):
        verified(tmp_path / "nowhere")


def test_nothing_is_written(draft: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in draft.parents[2].rglob("*")}
    verified(draft)
    assert {path: path.stat().st_mtime_ns for path in draft.parents[2].rglob("*")} == before


# ── files missing, added, changed, cut short ──


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda path: path.unlink(), "K101"),
        (lambda path: path.write_bytes(b""), "K104"),
        (lambda path: path.write_bytes(path.read_bytes()[:-400]), "K104"),
        (lambda path: path.write_bytes(pdf_file(1)), "K103"),
        (lambda path: path.write_bytes(path.read_bytes() + b"\n"), "K103"),
        (lambda path: path.rename(path.with_name("申报表.pdf")), "K105"),
    ],
)
def test_damage_to_a_file_is_named(small: Path, damage: Callable[[Path], object], code: str) -> None:
    name = pdf_path(small).name
    damage(pdf_path(small))
    verification = verified(small)
    assert code in codes(verification)
    (place,) = places(verification, code)
    assert place == f"{SUBMITTED}/{'申报表.pdf' if code == 'K105' else name}"
    assert all(one.remedy for one in verification.findings if one.code == code)


def test_a_changed_page_count_is_told_besides_the_change(small: Path) -> None:
    pdf_path(small).write_bytes(pdf_file(5))
    finding = next(one for one in verified(small).findings if one.code == "K107")
    assert (finding.found, finding.expected) == ("5 页", "2 页")


def test_files_that_are_not_listed_are_told_and_those_of_systems_are_not(small: Path) -> None:
    (small / SUBMITTED / "客户名单.xlsx").write_bytes(b"x")
    (small / SUBMITTED / "~$申报表.docx").write_bytes(b"x")
    (small / "Thumbs.db").write_bytes(b"x")
    (finding,) = [one for one in verified(small).findings if one.code == "K102"]
    assert str(finding.position) == f"{SUBMITTED}/客户名单.xlsx"
    assert "报送材料里" in finding.message


def test_a_program_that_a_stick_would_start_by_itself_is_no_leftover_of_a_system(small: Path) -> None:
    (small / "autorun.inf").write_bytes(b"[autorun]")
    assert [str(one.position) for one in verified(small).findings if one.code == "K102"] == ["autorun.inf"]


def test_a_word_file_edited_by_hand_is_sent_to_the_next_build(draft: Path) -> None:
    path = word_file_of(draft)
    path.write_bytes(edited(path.read_bytes(), {"128.94": "129.94"}))
    (finding,) = [one for one in verified(draft, cluster=EXAMPLE).findings if one.code == "K103"]
    assert "shenbao build" in finding.remedy


# ── copies ──


def test_a_copy_of_what_is_handed_in_owes_nothing_that_is_kept(draft: Path, tmp_path: Path) -> None:
    copy = tmp_path / "U盘"
    shutil.copytree(draft / SUBMITTED, copy / SUBMITTED)
    shutil.copy(draft / MANIFEST, copy)
    verification = verified(copy)
    assert verification.findings == ()
    assert result_of(verification, "现行的一稿") is Result.UNEXAMINED
    assert result_of(verification, "内容与数据记录") is Result.UNEXAMINED
    assert verification.today is None


def disc(folder: Path) -> tuple[Path, Path]:
    """A 稿 with a folder for a disc, and the disc: its files without a manifest."""
    content = f"{SUBMITTED}/光盘/内容"
    files = [PackageFile("disc.file", f"{content}/{file.path.split('/')[1]}", file.content) for file in sample_files()]
    draft = written(folder, *files, PackageFile("disc.file", f"{content}/目录/说明.txt", b"x"))
    shutil.copytree(draft / content, folder / "光盘")
    return draft, folder / "光盘"


def test_a_disc_without_a_manifest_is_held_against_the_draft_that_was_kept(tmp_path: Path) -> None:
    draft, copy = disc(tmp_path)
    with pytest.raises(UnreadableError) as caught:
        verified(copy)
    assert "--against" in caught.value.advice
    verification = verified(copy, against=draft)
    assert verification.part == f"{SUBMITTED}/光盘/内容"
    assert result_of(verification, "内容与数据记录") is Result.UNEXAMINED  # the small snapshot is none of a form
    assert not {"K101", "K102", "K103"} & set(codes(verification))
    (copy / "目录" / "说明.txt").unlink()
    (copy / "自查报告.txt").write_bytes(b"y" * 5)
    assert {"K101", "K103"} <= set(codes(verified(copy, against=draft)))


def test_the_form_on_a_disc_is_held_against_the_snapshot_that_was_kept(draft: Path, tmp_path: Path) -> None:
    copy = tmp_path / "光盘"
    copy.mkdir()
    shutil.copy(word_file_of(draft), copy / "申报表.docx")
    verification = verified(copy, against=draft, cluster=EXAMPLE)
    assert result_of(verification, "内容与数据记录") is Result.PASSED
    assert verification.today is True


def test_a_copy_of_the_materials_alone_is_known_for_one(tmp_path: Path) -> None:
    draft, _ = disc(tmp_path)
    assert verified(draft / SUBMITTED, against=draft).part == SUBMITTED


# ── the pointer ──


def test_an_older_draft_is_told_to_be_one(tmp_path: Path) -> None:
    first = written(tmp_path)
    written(tmp_path, PackageFile("more", f"{KEPT}/more.txt", b"x"))
    (finding,) = [one for one in verified(first).findings if one.code == "K110"]
    assert "第002稿" in finding.message


def test_a_manifest_that_was_changed_with_its_files_disagrees_with_the_pointer(small: Path) -> None:
    pdf_path(small).write_bytes(pdf_file(3))
    text = (small / MANIFEST).read_text(encoding="utf-8")
    old = next(file for file in read_manifest(small).files if file.role == "form.pdf")
    text = text.replace(old.sha256, sha256(pdf_file(3))).replace(f'"size": {old.size}', f'"size": {len(pdf_file(3))}')
    (small / MANIFEST).write_text(text.replace('"pages": 2', '"pages": 3'), encoding="utf-8")
    verification = verified(small)
    assert "K103" not in codes(verification)
    assert result_of(verification, "现行的一稿") is Result.FAILED


@pytest.mark.parametrize("broken", [None, b"", b"{", b'{"current": "../x", "manifest_sha256": ""}'])
def test_a_missing_or_broken_pointer_is_told(small: Path, broken: bytes | None) -> None:
    (small.parent / CURRENT).unlink()
    if broken is not None:
        (small.parent / CURRENT).write_bytes(broken)
    assert places(verified(small.parent), "K110")


# ── opened and read ──


def test_fonts_that_are_not_embedded_are_a_fault_of_ours_and_a_hint_in_evidence(tmp_path: Path) -> None:
    content = active.pdf_with_standard_font()
    files = [PackageFile(role, f"{SUBMITTED}/{role}.pdf", content, 1) for role in ("lists.pdf", "evidence.pdf")]
    findings = {str(one.position): one for one in verified(written(tmp_path, *files)).findings if one.code == "K108"}
    assert findings[f"{SUBMITTED}/lists.pdf.pdf"].blocks
    assert not findings[f"{SUBMITTED}/evidence.pdf.pdf"].blocks
    assert "Times-Roman" in findings[f"{SUBMITTED}/evidence.pdf.pdf"].found


def test_scripts_and_macros_are_faults_and_links_are_to_be_looked_at(tmp_path: Path) -> None:
    external = active.EXTERNAL.format(kind="hyperlink")
    files = {
        "a.pdf": active.pdf(active.with_script),
        "b.pdf": active.pdf(active.with_web_link),
        "c.docx": active.office(word__vbaProject_bin="x"),
        "d.docx": active.office(word___rels__document_xml_rels=external),
        "e.xlsx": active.office("xl/workbook.xml"),
    }
    listed = [PackageFile(name, f"{SUBMITTED}/{name}", content) for name, content in files.items()]
    findings = [one for one in verified(written(tmp_path, *listed)).findings if one.code == "K109"]
    assert [(str(one.position)[-6:], one.blocks) for one in findings] == [
        ("/a.pdf", True),
        ("/b.pdf", False),
        ("c.docx", True),
        ("d.docx", False),
    ]


def test_a_file_that_does_not_open_is_told_even_if_it_is_as_listed(small: Path) -> None:
    """What a build would not write may still come from another version, or from a seal."""
    path = next(small.rglob("*.docx"))
    path.write_bytes(word_file("<a>&</a>"))
    listed = next(file for file in read_manifest(small).files if file.path.endswith(".docx"))
    text = (small / MANIFEST).read_text(encoding="utf-8").replace(listed.sha256, sha256(path.read_bytes()))
    text = text.replace(f'"size": {listed.size}', f'"size": {path.stat().st_size}')
    (small / MANIFEST).write_text(text, encoding="utf-8")
    assert places(verified(small), "K106") == [path.relative_to(small).as_posix()]


def test_names_that_windows_does_not_take_are_told(tmp_path: Path) -> None:
    name = f"{SUBMITTED}/申报?表.txt"
    assert places(verified(written(tmp_path, PackageFile("x", name, b"x"))), "K113") == [name]


def test_a_form_that_does_not_say_what_the_snapshot_says_is_found(draft: Path) -> None:
    """Both changed together with the manifest, as somebody does who wants to deceive: the snapshot still tells."""
    path = word_file_of(draft)
    path.write_bytes(edited(path.read_bytes(), {"128.94": "129.94"}))
    listed = next(file for file in read_manifest(draft).files if file.role == "form.docx")
    text = (draft / MANIFEST).read_text(encoding="utf-8").replace(listed.sha256, sha256(path.read_bytes()))
    text = text.replace(f'"size": {listed.size}', f'"size": {path.stat().st_size}')
    (draft / MANIFEST).write_text(text, encoding="utf-8")
    verification = verified(draft, cluster=EXAMPLE)
    (finding,) = [one for one in verification.findings if one.code == "K112"]
    assert finding.path == "二、主导产业情况 › 集群总产值（亿元） › 2023年"
    assert "原“128.94”，现“129.94”" in finding.message
    assert "K114" in codes(verification)


def test_drafts_and_what_was_left_out_are_told(tmp_path: Path) -> None:
    facts = ManifestFacts(CLUSTER, FORM, draft=True, skipped=(Skipped("佐证材料", "没有给出文件"),))
    verification = verified(written(tmp_path, facts=facts))
    assert {"K111", "K115"} <= set(codes(verification))


# ── today ──


def test_data_that_changed_since_are_named(draft: Path, tmp_path: Path) -> None:
    cluster = own_copy(tmp_path / EXAMPLE.name)
    evidence = sorted((cluster / "佐证材料").iterdir())
    evidence[0].write_bytes(b"another")
    evidence[1].unlink()
    verification = verified(draft, cluster=cluster)
    assert verification.today is False
    assert places(verification, "K120") == [f"佐证材料/{path.name}" for path in evidence[:2]]
    assert not any(one.blocks for one in verification.findings)


def test_a_text_beside_the_data_counts_as_data(tmp_path: Path) -> None:
    cluster = own_copy(tmp_path / EXAMPLE.name)
    text = (cluster / "cluster.yaml").read_text(encoding="utf-8")
    (head, prose) = re.search(r"\n( +产业链资源协同协作情况:) \|\n +([^\n]+)\n", text).groups()  # type: ignore[union-attr]
    (cluster / "情况.txt").write_text(prose, encoding="utf-8")
    text = re.sub(rf"{head} \|\n[^\n]+\n", f"{head} {{文件: 情况.txt}}\n", text)
    (cluster / "cluster.yaml").write_text(text, encoding="utf-8")
    written = build_example(cluster, tmp_path / "out").written
    assert written is not None
    assert verified(written.draft, cluster=cluster).today is True
    (cluster / "情况.txt").write_text(prose + "又及。", encoding="utf-8")
    assert places(verified(written.draft, cluster=cluster), "K120") == ["情况.txt"]


def test_the_cluster_that_the_package_was_made_of_counts_and_no_backup_of_it(tmp_path: Path) -> None:
    cluster = own_copy(tmp_path / EXAMPLE.name)
    written = build_example(cluster, tmp_path / "out").written
    assert written is not None
    shutil.copytree(cluster, tmp_path / "备份")
    text = (cluster / "cluster.yaml").read_text(encoding="utf-8")
    (cluster / "cluster.yaml").write_text(text.replace("占地面积: 12.60", "占地面积: 12.61"), encoding="utf-8")
    assert places(verified(written.draft, search=(tmp_path,)), "K120") == ["cluster.yaml"]
    shutil.rmtree(cluster)
    assert verified(written.draft, search=(tmp_path,)).today is True


def test_the_cluster_is_found_nearby_by_the_files_that_it_was_made_of(draft: Path, tmp_path: Path) -> None:
    (draft.parent / ORIGIN).unlink()
    cluster = own_copy(tmp_path / "数据" / EXAMPLE.name)
    assert verified(draft, search=(tmp_path,)).today is True
    (cluster / "cluster.yaml").write_text("产业: 别的\n", encoding="utf-8")
    assert "cluster.yaml" in places(verified(draft, search=(tmp_path,)), "K120")
    shutil.copytree(cluster, tmp_path / "数据" / "又一份")
    verification = verified(draft, search=(tmp_path,))
    assert verification.today is None
    assert result_of(verification, "集群数据") is Result.UNEXAMINED


def test_another_version_of_the_tool_template_or_fonts_is_told(
    draft: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert codes(verify_package(draft, Today(LIBRARY, FONTS, b"tuned", EXAMPLE))) == ["K122"]
    monkeypatch.setattr(today_module, "__version__", "9.9.9")
    verification = verified(draft, cluster=EXAMPLE)
    assert codes(verification) == ["K121"]
    assert verification.today is False
    small = written(tmp_path / "small")
    assert "K123" in codes(verified(small))


def test_a_manifest_of_before_templates_were_recorded_is_read_and_written_as_it_was(small: Path) -> None:
    manifest = read_manifest(small)
    assert manifest.facts.made_of == ()
    assert encode(manifest) == (small / MANIFEST).read_bytes()
    assert result_of(verified(small), "模板与申报表定义") is Result.UNEXAMINED


def test_a_manifest_tells_what_the_pages_were_made_of(draft: Path) -> None:
    manifest = read_manifest(draft)
    template = LIBRARY.template("national-2025")
    assert template is not None
    assert manifest.facts.made_of[0] == Source("template", "national-2025.docx", sha256(template))
    assert encode(manifest) == (draft / MANIFEST).read_bytes()


def test_stages_say_their_names_while_they_run(draft: Path) -> None:
    told: list[str] = []

    def progress(stage: str, done: int = 0, total: int = 0, /) -> None:
        assert 0 <= done <= total
        told.append(stage)

    verify_package(draft, TODAY, progress=progress)
    assert list(dict.fromkeys(told)) == ["核对校验值", "打开文件", "与今天的数据比对", "重新排版核对"]


def test_every_finding_has_a_page_with_examples() -> None:
    """The page and the code know the same codes."""
    checkout = Path(__file__).resolve().parents[2]
    page = (checkout / "docs" / "manifest.md").read_text(encoding="utf-8")
    documented = re.findall(r"^## (K\d{3})", page, re.MULTILINE)
    sources = [path.read_text(encoding="utf-8") for path in (checkout / "generator" / "package").rglob("*.py")]
    raised = {code for source in sources for code in re.findall(r'"(K\d{3})"', source)}
    assert sorted(raised) == sorted(documented)
    for section in re.split(r"^## ", page, flags=re.MULTILINE):
        if section[:1] == "K":
            assert "- 不好：" in section and "- 好：" in section and "- 怎么改：" in section, section[:4]


def test_json_keys_of_a_snapshot_that_is_none_do_no_harm(draft: Path) -> None:
    (draft / "snapshot.json").write_text(json.dumps({"data": 3}), encoding="utf-8")
    assert "K103" in codes(verified(draft)) or "K104" in codes(verified(draft))
