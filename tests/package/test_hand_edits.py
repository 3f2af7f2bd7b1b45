"""A Word file edited by hand in a 稿: the next build keeps it aside and lists what changed by the row of the form."""

from __future__ import annotations

import copy
import errno
import io
import json
import os
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from docx.oxml.ns import qn

from generator.errors import OutputError
from generator.findings import Findings, Severity
from generator.forms.resolve import blank
from generator.package.drafts import current_draft, drafts, write_draft
from generator.package.hand_edits import ASIDE, find_hand_edited, hand_edit_findings
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.opening.inspection import is_whole
from tests.package.builds import EXAMPLE, LIBRARY, build_example, edited, own_copy, word_file_of
from tests.package.samples import FACTS, SNAPSHOT, pdf_file, sample_files

CHANGES = {
    "128.94": "129.94",
    "☑第二产业": "□第二产业",
    "140家": "150家",
    "占地面积12.60平方公里": "占地面积13.60平方公里",
    "八英寸微机电": "十二英寸微机电",
}
TOLD = [
    ("一、基本情况 › 主导产业所属产业类型 › 第二产业", "原“已勾选”，现“未勾选”"),
    ("二、主导产业情况 › 集群总产值（亿元） › 2023年", "原“128.94”，现“129.94”"),
    (
        "二、主导产业情况 › 集群内产业链资源协同协作情况",
        "原“集群建成八英寸微机电系统中试线和封…”，现“集群建成十二英寸微机电系统中试线和封…”",
    ),
    (
        "八、未来三年中小企业特色产业集群发展规划 › 一、集群基本情况简介 › 第1段",
        "原“…上海市示例区，占地面积12.60平方公里，按“一园…”，现“…上海市示例区，占地面积13.60平方公里，按“一园…”",
    ),
    (
        "八、未来三年中小企业特色产业集群发展规划 › 目标表 › 主导产业 › 优质中小企业数量 › 2027年目标值",
        "原“140家”，现“150家”",
    ),
]


def told(findings: Findings, code: str = "K202") -> list[tuple[str, str]]:
    return [(finding.path, finding.message.partition("手工改动：")[2]) for finding in findings if finding.code == code]


def edit(draft: Path, changes: dict[str, str]) -> bytes:
    path = word_file_of(draft)
    path.write_bytes(edited(path.read_bytes(), changes))
    return path.read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 稿 of the example; tests that change it take a copy."""
    written = build_example(EXAMPLE, tmp_path_factory.mktemp("built")).written
    assert written is not None
    return written.draft


def output_with(built: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return a copy of the output that `built` is in, and the 稿 in it."""
    import shutil

    shutil.copytree(built.parents[2], tmp_path / "out")
    return tmp_path / "out", tmp_path / "out" / built.relative_to(built.parents[2])


def test_the_next_build_keeps_an_edited_file_aside_and_lists_its_differences(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    content = edit(draft, CHANGES)
    result = build_example(EXAMPLE, output)
    assert told(result.findings) == TOLD
    (head,) = [finding for finding in result.findings if finding.code == "K201"]
    name = f"{draft.name}_{word_file_of(draft).name}"
    assert head.severity is Severity.CHECK and name in head.found
    assert (draft.parent / ASIDE / name).read_bytes() == content
    assert word_file_of(draft).read_bytes() == content
    assert result.written is not None and result.written.changed
    assert result.written.draft.name == "第002稿" and is_whole(result.written.draft)


def test_what_was_told_once_is_not_told_again_and_a_second_edit_is(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"128.94": "129.94"})
    build_example(EXAMPLE, output)
    assert not [one for one in build_example(EXAMPLE, output).findings if one.code.startswith("K2")]
    edit(draft, {"129.94": "130.94"})
    again = build_example(EXAMPLE, output)
    assert told(again.findings) == [("二、主导产业情况 › 集群总产值（亿元） › 2023年", "原“128.94”，现“130.94”")]
    assert len(list((draft.parent / ASIDE).iterdir())) == 2
    assert again.written is not None and not again.written.changed


def test_a_dry_run_tells_and_writes_nothing(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"128.94": "129.94"})
    assert told(build_example(EXAMPLE, output, dry_run=True).findings)
    assert not (draft.parent / ASIDE).exists()


def test_a_difference_says_where_the_data_hold_it_and_what_to_do(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"林知远": "林知近", "128.94": "129.94", "☑第二产业": "□第二产业"})
    findings = {one.path: one for one in build_example(EXAMPLE, output).findings if one.code == "K202"}
    contact = findings["封面 › 联系人及联系电话"]
    lines = (EXAMPLE / "cluster.yaml").read_text(encoding="utf-8").splitlines()
    assert contact.position is not None and "林知远" in lines[contact.position.line - 1]
    assert str(contact.position) in contact.remedy
    assert "推算" in findings["二、主导产业情况 › 集群总产值（亿元） › 2023年"].remedy
    assert "事实" in findings["一、基本情况 › 主导产业所属产业类型 › 第二产业"].remedy


def test_an_edit_that_the_data_follow_already_is_told_so(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"林知远": "林知近"})
    cluster = own_copy(tmp_path / EXAMPLE.name)
    text = (cluster / "cluster.yaml").read_text(encoding="utf-8")
    (cluster / "cluster.yaml").write_text(text.replace("林知远", "林知近"), encoding="utf-8")
    findings = {one.path: one for one in build_example(cluster, output).findings if one.code == "K202"}
    assert "已经是这样" in findings["封面 › 联系人及联系电话"].remedy


def test_words_of_the_form_that_were_changed_are_told_apart(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"集群总产值（亿元）": "集群总产值（万元）"})
    findings = build_example(EXAMPLE, output).findings
    assert [one.code for one in findings] == ["K201", "K203"]
    assert "万元" in findings[1].found


@pytest.mark.parametrize("form", ["national-2025", "shanghai-2024", "national-2024", "rereview-2025"])
def test_saving_in_another_program_alone_is_no_edit(form: str, tmp_path: Path, soffice: str) -> None:
    written = build_example(EXAMPLE, tmp_path / "out", form).written
    assert written is not None
    path = word_file_of(written.draft)
    path.write_bytes(saved_by_libreoffice(soffice, path, tmp_path))
    findings = build_example(EXAMPLE, tmp_path / "out", form).findings
    told_of = [(one.code, one.severity) for one in findings if one.code.startswith("K")]
    assert told_of == [("K201", Severity.NOTE)]


def test_edits_saved_by_another_program_are_told_as_those_typed(built: Path, tmp_path: Path, soffice: str) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, CHANGES)
    word_file_of(draft).write_bytes(saved_by_libreoffice(soffice, word_file_of(draft), tmp_path))
    assert told(build_example(EXAMPLE, output).findings) == TOLD


def saved_by_libreoffice(soffice: str, path: Path, folder: Path) -> bytes:
    """What LibreOffice makes of a Word file that it opens and saves: the nearest to WPS that there is here."""
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(folder / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    content = (folder / "saved" / path.name).read_bytes()
    assert content != path.read_bytes()
    return content


def test_rows_of_the_target_table_that_went_or_came_are_told(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    path = word_file_of(draft)
    document = Document(str(path))
    tables = [
        table for table in document.element.body.iter("{*}tbl") if "优质中小企业数量" in "".join(table.itertext())
    ]
    rows = [row for row in tables[-1].iter("{*}tr") if "优质中小企业数量" in "".join(row.itertext())]
    rows[-1].getparent().remove(rows[-1])
    document.save(str(path))
    ((place, change),) = told(build_example(EXAMPLE, output).findings)
    assert place.endswith("主导产业 › 优质中小企业数量")
    assert change.endswith("现（这一行没有了）")


def test_a_date_typed_where_it_is_written_by_hand_is_told_so(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"\u3000\u3000年\u3000\u3000月\u3000\u3000日": "2025年5月21日"})
    (finding,) = [one for one in build_example(EXAMPLE, output).findings if one.code == "K202"]
    assert finding.path == "九、真实性声明及推荐意见 › 真实性声明 › 签字盖章处"
    assert finding.message.endswith("原空着，现“2025年5月21日”")
    assert "签字、盖章" in finding.remedy


@pytest.mark.parametrize(("change", "code"), [("delete", "V105"), ("double", "V106"), ("merge", "V107")])
def test_rows_and_cells_that_were_changed_are_told_as_changes_of_the_form(
    built: Path, tmp_path: Path, change: str, code: str
) -> None:
    output, draft = output_with(built, tmp_path)
    document = Document(str(word_file_of(draft)))
    rows = [row for row in document.element.body.iter(qn("w:tr")) if not list(row.iter(qn("w:tbl")))]
    row = next(row for row in rows if "集群总产值（亿元）" in "".join(row.itertext()))
    if change == "delete":
        row.getparent().remove(row)
    elif change == "double":
        row.addnext(copy.deepcopy(row))
    else:
        second, third = [cell for cell in row if cell.tag == qn("w:tc")][1:3]
        for paragraph in third.findall(qn("w:p")):
            second.append(paragraph)
        row.remove(third)
    document.save(str(word_file_of(draft)))
    findings = build_example(EXAMPLE, output).findings
    assert [one.code for one in findings] == ["K201", "K203"]
    kinds = {"V105": "缺行", "V106": "多行", "V107": "改动分格"}
    assert kinds[code] in findings[1].message and "集群总产值" in findings[1].path


def test_a_file_that_no_longer_opens_is_kept_and_told(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    word_file_of(draft).write_bytes(b"half saved")
    findings = build_example(EXAMPLE, output).findings
    assert [one.code for one in findings] == ["K201", "K204"]
    assert [path.read_bytes() for path in (draft.parent / ASIDE).iterdir()] == [b"half saved"]


def test_a_word_file_that_the_disk_spoilt_does_not_stop_the_next_build(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    content = bytearray(word_file_of(draft).read_bytes())
    at = content.index(b"word/document.xml") + 2_000
    content[at : at + 400] = bytes(400)
    word_file_of(draft).write_bytes(bytes(content))
    findings = build_example(EXAMPLE, output).findings
    assert [one.code for one in findings] == ["K201", "K204"]


def test_a_full_disk_while_keeping_aside_loses_nothing(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, draft = output_with(built, tmp_path)
    content = edit(draft, {"128.94": "129.94"})

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="磁盘空间不足"):
            build_example(EXAMPLE, output)
    assert word_file_of(draft).read_bytes() == content
    assert drafts(draft.parent) == (draft,)
    assert told(build_example(EXAMPLE, output).findings)


# ── files without a form ──


def table_file(*rows: tuple[str, ...]) -> bytes:
    """A Word file with a title and a table."""
    document = Document()
    document.add_paragraph("企业清单")
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook(value: str) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("清单").write(1, 2, value)
    return stream.getvalue()


WORKBOOK = workbook("甲公司")  # made once: the file tells the second that it was made in
LISTED = table_file(("序号", "企业名称"), ("1", "甲公司"), ("2", "乙公司"))


def lists(text: str = "<w/>") -> list[PackageFile]:
    return [
        *sample_files(text),
        PackageFile("lists.docx", f"{SUBMITTED}/02_清单.docx", LISTED),
        PackageFile("lists.xlsx", f"{SUBMITTED}/02_清单.xlsx", WORKBOOK),
    ]


def test_other_files_are_held_against_what_was_written(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, FACTS, lists(), SNAPSHOT).draft
    (draft / SUBMITTED / "02_清单.docx").write_bytes(table_file(("序号", "企业名称"), ("1", "丙公司"), ("2", "乙公司")))
    (draft / SUBMITTED / "02_清单.xlsx").write_bytes(workbook("丙公司"))
    found = find_hand_edited(draft.parent)
    findings = hand_edit_findings(found, LIBRARY, None, lists())
    assert told(findings) == [
        ("企业清单 › 1 › 企业名称", "原“甲公司”，现“丙公司”"),
        ("清单!C2", "原“甲公司”，现“丙公司”"),
    ]
    assert hand_edit_findings(found, LIBRARY, None, ())[1].code == "K204"


def test_an_earlier_draft_still_tells_what_was_written(tmp_path: Path) -> None:
    write_draft(tmp_path, FACTS, lists(), SNAPSHOT)
    draft = write_draft(tmp_path, FACTS, lists("<changed/>"), SNAPSHOT).draft
    (draft / SUBMITTED / "02_清单.docx").write_bytes(table_file(("序号", "企业名称"), ("1", "甲公司")))
    findings = hand_edit_findings(find_hand_edited(draft.parent), LIBRARY, None)
    assert told(findings) == [("企业清单 › 2", "原“2 乙公司”，现（这一行没有了）")]


def test_two_edited_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    again = PackageFile("disc.file", f"{SUBMITTED}/光盘/02_清单.docx", LISTED)
    draft = write_draft(tmp_path, FACTS, [*lists(), again], SNAPSHOT).draft
    for number, folder in enumerate((SUBMITTED, f"{SUBMITTED}/光盘")):
        (draft / folder / "02_清单.docx").write_bytes(table_file(("序号", "企业名称"), ("1", f"第{number}公司")))
    found = find_hand_edited(draft.parent)
    assert [one.aside for one in found] == [f"{ASIDE}/第001稿_02_清单.docx", f"{ASIDE}/第001稿_02_清单_2.docx"]
    write_draft(tmp_path, FACTS, lists("<new/>"), SNAPSHOT, aside={one.aside: one.content for one in found})
    assert {(draft.parent / one.aside).read_bytes() for one in found} == {one.content for one in found}
    assert find_hand_edited(draft.parent) == ()


def test_pdfs_are_looked_at_in_the_current_draft_only_and_missing_files_are_no_edits(tmp_path: Path) -> None:
    first = write_draft(tmp_path, FACTS, lists(), SNAPSHOT).draft
    second = write_draft(tmp_path, FACTS, lists("<changed/>"), SNAPSHOT).draft
    for draft in (first, second):
        next(draft.rglob("*.pdf")).write_bytes(pdf_file(3))
        (draft / SUBMITTED / "02_清单.docx").unlink()
        (draft / SUBMITTED / "02_清单.xlsx").write_bytes(b"")
    found = find_hand_edited(second.parent)
    assert [(one.draft, one.listed.role) for one in found] == [(second, "form.pdf")]
    assert [one.code for one in hand_edit_findings(found, LIBRARY, None)] == ["K201", "K204"]


def test_a_snapshot_of_an_unknown_form_does_not_stop_a_build(built: Path, tmp_path: Path) -> None:
    output, draft = output_with(built, tmp_path)
    edit(draft, {"128.94": "129.94"})
    tree = json.loads((draft / "snapshot.json").read_bytes())
    (draft / "snapshot.json").write_text(json.dumps({**tree, "fields": None}), encoding="utf-8")
    findings = build_example(EXAMPLE, output).findings
    assert "K204" in [one.code for one in findings]
    assert current_draft(draft.parent) is not None


def test_a_blank_form_as_the_data_of_today_gives_a_place_without_position(built: Path, tmp_path: Path) -> None:
    _, draft = output_with(built, tmp_path)
    edit(draft, {"林知远": "林知近"})
    findings = hand_edit_findings(find_hand_edited(draft.parent), LIBRARY, blank(LIBRARY.form("national-2025")))
    assert "数据里还没有" in findings[1].remedy
