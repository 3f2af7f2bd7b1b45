"""Files as users name them: old formats, encodings, what can't be read; and Word's texts as somebody sees them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from generator.cli.program import program
from generator.docx.reading import read_document
from generator.errors import MissingError, UnreadableError, UsageError
from generator.forms.verifying import FoundTable
from tests.docx.reading import root_of
from tests.docx.word_rules import WORD
from tests.forms.mutations import spoilt, without_row
from tests.test_faithful import house, printed

OFFICIAL = Path(__file__).resolve().parents[1] / "fixtures" / "official"
FORM = "national-2025"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def verify(*args: str | Path) -> Result:
    return CliRunner().invoke(program, ["form", "verify", *[str(word) for word in args]])


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "填好的.docx"
    file.write_bytes(printed(FORM, "filled").docx)
    return file


def test_a_faithful_file_ends_with_0_and_says_so(filled_file: Path) -> None:
    result = verify(FORM, filled_file)
    assert result.exit_code == 0
    assert "逐字一致" in result.stdout


def test_a_spoilt_file_ends_with_1_and_says_where(filled_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "改过的.docx"
    file.write_bytes(spoilt(filled_file.read_bytes(), without_row("集群总产值（亿元）")))
    result = verify(FORM, file)
    assert result.exit_code == 1
    assert "二、主导产业情况 › 集群总产值（亿元）：缺行" in result.stdout
    tree = json.loads(verify(FORM, file, "--json").stdout)
    assert (tree["form"], tree["faithful"]) == (FORM, False)
    assert [finding["code"] for finding in tree["findings"]] == ["V105"]


def test_an_official_text_in_two_files_is_one(tmp_path: Path) -> None:
    names = ("shanghai-2024-form.txt", "shanghai-2024-indicator-notes.txt")
    assert verify("shanghai-2024", *(OFFICIAL / name for name in names)).exit_code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_may_come_from_a_windows_editor(encoding: str, tmp_path: Path) -> None:
    text = (OFFICIAL / f"{FORM}-form.txt").read_text(encoding="utf-8")
    file = tmp_path / "官方.txt"
    file.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert verify(FORM, file).exit_code == 0


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_an_old_format_goes_through_libreoffice(suffix: str, filled_file: Path, soffice: str, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(filled_file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    old = tmp_path / f"旧格式{suffix}"
    (tmp_path / "填好的.doc").rename(old)
    result = verify(FORM, old)
    assert result.exit_code == 0, result.output


def test_an_old_format_without_libreoffice_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "表.wps"
    file.write_bytes(b"old")
    result = verify(FORM, file)
    assert result.exit_code == MissingError.exit_code
    assert "另存为" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("表.docx", b"no word file", UnreadableError.exit_code),
        ("表.pdf", b"%PDF", UsageError.exit_code),
        ("表.txt", b"\xff\xff\xff", UnreadableError.exit_code),
    ],
)
def test_what_can_not_be_held_against_a_form_is_an_error(name: str, content: bytes, code: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    result = verify(FORM, tmp_path / name)
    assert result.exit_code == code
    assert "怎么办" in result.stderr
    assert verify(FORM, tmp_path / "没有").exit_code == MissingError.exit_code


def test_two_word_files_at_once_are_refused(filled_file: Path) -> None:
    assert verify(FORM, filled_file, filled_file).exit_code == UsageError.exit_code


def of_paragraph(inside: str) -> str:
    """What is read of a paragraph with this content, in place of the form's first."""
    namespaces = f'xmlns:w="{WORD[1:-1]}" xmlns:mc="{COMPATIBILITY}" xmlns:x="urn:x"'
    made = etree.fromstring(f"<w:p {namespaces}>{inside}</w:p>")

    def spoil(root: etree._Element) -> None:
        first = next(root.iter(f"{WORD}p"))
        parent = first.getparent()
        assert parent is not None
        parent.replace(first, made)

    block = read_document(spoilt(printed(FORM, "blank").docx, spoil)).blocks[0]
    assert isinstance(block, str)
    return block


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        ("<w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "加"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r>", "见"),
        (
            "<w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag><w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink>",
            "甲乙",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>", "☒"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:t>码</w:t>'
            '<w:fldChar w:fldCharType="separate"/><w:t>3</w:t><w:fldChar w:fldCharType="end"/></w:r>',
            "3",
        ),
        (
            '<w:r><mc:AlternateContent><mc:Choice Requires="x"><x:symEx/></mc:Choice>'
            "<mc:Fallback><w:t>□</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "□",
        ),
    ],
)
def test_a_paragraph_reads_as_somebody_sees_it(inside: str, text: str) -> None:
    assert of_paragraph(inside) == text


def test_tables_are_read_cell_by_cell_and_notes_apart() -> None:
    document = read_document(printed("shanghai-2024", "blank").docx)
    tables = [block for block in document.blocks if isinstance(block, FoundTable)]
    assert len(document.notes) == 11
    assert len(tables) == len(house().library.form("shanghai-2024").parts) + 1
    assert any(cell.continues for table in tables for row in table.rows for cell in row.cells)
    footnotes = root_of(printed("shanghai-2024", "blank").docx, "word/footnotes.xml")
    assert len(footnotes) == 11 + 2
