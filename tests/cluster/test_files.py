"""Files beside the data: prose by reference, and evidence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from generator.findings import Findings
from tests.cluster.conftest import Load


def prose(load: Load, reference: str) -> tuple[object, Findings]:
    cluster, findings = load(f"叙述:\n  强链补链情况: {{文件: {reference}}}\n")
    assert cluster is not None
    given = cluster.values.get("强链补链情况")
    return (given.value if given else None), findings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_prose_comes_from_a_text_file(load: Load, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "简介.txt").write_text("　　第一段。\r\n\r\n　　第二段。\r\n", encoding=encoding)
    assert prose(load, "简介.txt") == ("第一段。\n第二段。", ())


def test_prose_in_gbk_is_read_with_a_note(load: Load, tmp_path: Path) -> None:
    (tmp_path / "简介.txt").write_bytes("第一段。".encode("gbk"))
    text, (finding,) = prose(load, "简介.txt")
    assert text == "第一段。"
    assert (finding.code, str(finding.position)) == ("Y004", "简介.txt")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("前言。")
    document.add_heading("一、发展成效", level=1)
    document.add_paragraph("成效一。")
    document.add_heading("（一）小节", level=2)
    document.add_paragraph("成效二。")
    document.add_heading("二、问题", level=1)
    document.add_paragraph("问题一。")
    path = tmp_path / "规划.docx"
    document.save(str(path))
    return path


def test_prose_comes_from_a_word_file(load: Load, plan: Path) -> None:
    assert prose(load, "规划.docx") == (
        "前言。\n一、发展成效\n成效一。\n（一）小节\n成效二。\n二、问题\n问题一。",
        (),
    )


def test_prose_comes_from_below_a_heading(load: Load, plan: Path) -> None:
    assert prose(load, "规划.docx#一、发展成效") == ("成效一。\n（一）小节\n成效二。", ())


def test_an_unknown_heading_is_answered_with_those_there_are(load: Load, plan: Path) -> None:
    text, (finding,) = prose(load, "规划.docx#三、措施")
    assert text is None
    assert finding.code == "Y404"
    assert "二、问题" in finding.expected


def test_a_text_file_has_no_headings(load: Load, tmp_path: Path) -> None:
    (tmp_path / "简介.txt").write_text("第一段。", encoding="utf-8")
    text, (finding,) = prose(load, "简介.txt#标题")
    assert (text, finding.code) == (None, "Y404")


def test_tables_that_are_left_out_are_told_of(load: Load, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("第一段。")
    document.add_table(1, 1)
    document.save(str(tmp_path / "规划.docx"))
    text, (finding,) = prose(load, "规划.docx")
    assert (text, finding.code, finding.blocks) == ("第一段。", "Y405", False)


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("没有.txt", "Y401"),
        ("../外面.txt", "Y402"),
        ("/etc/hostname", "Y402"),
        ("'C:\\简介.txt'", "Y402"),
        ("链接.txt", "Y402"),
        ("文件夹", "Y401"),
        ("图.png", "Y403"),
        ("坏.docx", "Y403"),
        ("a" * 400 + ".txt", "Y401"),
        ('"a\\0b.txt"', "Y401"),
    ],
)
def test_a_reference_that_cannot_be_read_is_a_finding(load: Load, tmp_path: Path, reference: str, code: str) -> None:
    outside = tmp_path.parent / "外面.txt"
    outside.write_text("秘密", encoding="utf-8")
    (tmp_path / "链接.txt").symlink_to(outside)
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    text, findings = prose(load, reference)
    assert text is None
    assert code in {finding.code for finding in findings}
    assert all(finding.position and finding.position.line == 2 for finding in findings)


def test_only_prose_may_be_a_reference(load: Load) -> None:
    _, (finding,) = load("联系人: {文件: 简介.txt}\n")
    assert finding.code == "Y203"


def evidence(load: Load, files: str) -> Findings:
    _, findings = load(f"工作: [建立共享车间]\n佐证材料:\n  - {{名称: 协议, 证明: [建立共享车间], 文件: {files}}}\n")
    return findings


def test_evidence_may_be_written_with_either_slash(load: Load, tmp_path: Path) -> None:
    (tmp_path / "佐证材料").mkdir()
    (tmp_path / "佐证材料" / "协议.pdf").write_bytes(b"%PDF-1.7")
    assert evidence(load, "佐证材料/协议.pdf") == ()
    assert evidence(load, "['佐证材料\\协议.pdf']") == ()


def test_missing_evidence_names_the_item_and_the_nearest_file(load: Load, tmp_path: Path) -> None:
    (tmp_path / "协议（扫描）.pdf").write_bytes(b"%PDF-1.7")
    (finding,) = evidence(load, "[协议(扫描件).pdf]")
    assert finding.code == "Y407"
    assert "“协议”" in finding.message
    assert finding.found == "协议(扫描件).pdf"
    assert "协议（扫描）.pdf" in finding.remedy
    assert finding.path == "佐证材料 › 第1项 › 文件 › 第1项"


def test_evidence_outside_the_folder_is_refused(load: Load, tmp_path: Path) -> None:
    (finding,) = evidence(load, "[../协议.pdf]")
    assert finding.code == "Y402"


def test_two_files_in_one_text_are_told_to_be_parted(load: Load, tmp_path: Path) -> None:
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    (finding,) = evidence(load, "甲.pdf、乙.pdf")
    assert finding.code == "Y107"
    assert "[甲.pdf, 乙.pdf]" in finding.remedy


def test_evidence_without_files_is_to_be_checked(load: Load) -> None:
    (finding,) = evidence(load, "")
    assert (finding.code, finding.blocks) == ("Y408", False)


def test_an_empty_evidence_file_blocks_and_names_its_item(load: Load, tmp_path: Path) -> None:
    (tmp_path / "空.pdf").touch()
    (finding,) = evidence(load, "[空.pdf]")
    assert (finding.code, finding.blocks, finding.found) == ("Y409", True, "空.pdf")
    assert "“协议”" in finding.message


def packed(part: str) -> bytes:
    """An archive that holds a file of this name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "1")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "called"),
    [
        ("协议.pdf", "协议全文".encode(), "认不出的内容"),
        ("协议.docx", b"PK\x03\x04", "Word 文件"),
        ("协议.ofd", b"PK\x03\x04", "OFD 文件"),
        ("协议.pdf", packed("word/document.xml"), "Word 文件"),
        ("清单.pdf", packed("xl/workbook.xml"), "Excel 文件"),
        ("扫描.pdf", packed("1.jpg"), "压缩包"),
        ("照片.jpg", b"\0\0\0\x18ftypheic", "HEIC 照片"),
        ("扫描.tif", b"II*\0", "TIFF 图片"),
        ("协议.pdf", b"\xd0\xcf\x11\xe0", "旧式 Office 文件"),
    ],
)
def test_evidence_of_a_foreign_kind_is_told_with_the_way_out(
    name: str, content: bytes, called: str, load: Load, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    (finding,) = evidence(load, f"[{name}]")
    assert (finding.code, finding.blocks) == ("Y410", True)
    assert called in finding.message
    assert (
        "另存" in finding.remedy
        or "解压" in finding.remedy
        or "输出为 PDF" in finding.remedy
        or "PDF" in finding.remedy
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("照片.pdf", b"\xff\xd8\xff\xe0", True),
        ("照片.JPG", b"\xff\xd8\xff\xe0", False),
        ("图.jpg", b"\x89PNG\r\n\x1a\n", True),
        ("协议.png", b"\xef\xbb\xbf%PDF-1.4", True),
        ("协议.PDF", b"%PDF-1.4", False),
    ],
)
def test_evidence_with_a_wrong_suffix_is_taken_for_what_it_is(
    name: str, content: bytes, told: bool, load: Load, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    findings = evidence(load, f"[{name}]")
    assert [(finding.code, finding.blocks) for finding in findings] == ([("Y411", False)] if told else [])


def test_evidence_named_by_a_fact_must_exist(load: Load) -> None:
    text = "工作:\n  - {事实: 建立共享车间, 佐证: [共享协义, 甲协议、乙协议]}\n佐证材料:\n"
    text += "".join(f"  - {{名称: {name}, 证明: [建立共享车间]}}\n" for name in ("共享协议", "甲协议", "乙协议"))
    _, findings = load(text)
    mistyped, joined = (finding for finding in findings if finding.code == "Y406")
    assert "共享协议" in mistyped.remedy
    assert "[甲协议, 乙协议]" in joined.remedy


def test_evidence_may_prove_only_what_is_known(load: Load) -> None:
    _, findings = load("佐证材料:\n  - {名称: 协议, 证明: [建立共亨车间]}\n")
    (finding,) = (finding for finding in findings if finding.code == "Y307")
    assert "建立共享车间" in finding.remedy


def test_one_name_for_two_items_of_evidence_is_refused(load: Load) -> None:
    _, findings = load("佐证材料:\n  - {名称: 协议}\n  - {名称: 协议}\n")
    assert "Y207" in {finding.code for finding in findings}


def test_a_link_to_nothing_is_no_file_and_not_its_own_mend(load: Load, tmp_path: Path) -> None:
    (tmp_path / "协议.pdf").symlink_to(tmp_path / "没有.pdf")
    _, findings = load("佐证材料: [{名称: 协议, 证明: [企业数量], 文件: [协议.pdf]}]\n")
    (finding,) = (one for one in findings if one.found == "协议.pdf")
    assert "失效的链接" in finding.message
    assert finding.remedy == "请把文件本身复制到这里"
