"""What files can do besides being read is found; what is harmless is not."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from generator.package.opening import office as contents_office
from generator.package.opening import pdf as contents_pdf
from generator.package.opening.damage import DamagedError
from tests.package import active
from tests.package.active import EXTERNAL, office, pdf


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (active.with_script, "脚本（JavaScript）"),
        (active.with_attachment, "附件"),
        (active.with_launch_on_opening, "启动程序的动作"),
        (active.with_script_on_a_page, "脚本（JavaScript）"),
        (active.with_chained_action, "提交数据的动作"),
        (active.with_script_in_a_field, "脚本（JavaScript）"),
        (active.with_attachment_on_a_page, "附件"),
        (active.with_web_link, "网页链接"),
    ],
)
def test_what_a_pdf_can_do_is_found(change: Callable[[PdfWriter], None], words: str) -> None:
    found = contents_pdf.active_content(contents_pdf.open_pdf(io.BytesIO(pdf(change))))
    assert found == (words,)
    assert contents_pdf.is_link(words) is (change is active.with_web_link)


def test_links_within_a_pdf_and_its_outline_are_harmless() -> None:
    assert contents_pdf.active_content(contents_pdf.open_pdf(io.BytesIO(pdf(active.with_inner_link)))) == ()


@pytest.mark.parametrize(("drawn", "font"), [(False, "Times-Roman"), (True, "Courier-Bold")])
def test_fonts_that_a_pdf_uses_and_does_not_carry_are_named(drawn: bool, font: str) -> None:
    """reportlab lists and chooses Helvetica on every page, used or not."""
    reader = contents_pdf.open_pdf(io.BytesIO(active.pdf_with_standard_font(drawn)))
    assert contents_pdf.unembedded_fonts(reader) == (font,)


def test_a_font_that_shows_nothing_needs_no_embedding() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    reader = contents_pdf.open_pdf(stream)
    assert b" Tf" in reader.pages[0].get_contents().get_data()  # type: ignore[union-attr]
    assert contents_pdf.unembedded_fonts(reader) == ()


def test_a_font_restored_by_the_state_of_the_page_is_the_one_that_shows() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont("Times-Roman", 12)
    canvas.saveState()
    canvas.setFont("Courier", 12)
    canvas.restoreState()
    canvas._code.append("BT (words) Tj ET")
    canvas.save()
    assert contents_pdf.unembedded_fonts(contents_pdf.open_pdf(stream)) == ("Times-Roman",)


def test_a_pdf_with_a_password_is_told() -> None:
    with pytest.raises(DamagedError, match="加了密码"):
        contents_pdf.open_pdf(io.BytesIO(pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"no pdf", pdf()[:-300]])
def test_what_is_no_whole_pdf_is_told(content: bytes) -> None:
    with pytest.raises(DamagedError):
        contents_pdf.open_pdf(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (office(word__vbaProject_bin="x"), "宏"),
        (office(types='<t ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), "宏"),
        (office(word__activeX__activeX1_xml="<x/>"), "控件"),
        (office(word__embeddings__oleObject1_bin="x"), "嵌入的文件（oleObject1.bin）"),
        (office(word___rels__settings_xml_rels=EXTERNAL.format(kind="attachedTemplate")), "attachedTemplate"),
        (office(word___rels__document_xml_rels=EXTERNAL.format(kind="image")), "image"),
        (
            office(word__header1_xml='<w:p xmlns:w="w"><w:instrText> DDEAUTO c:\\\\cmd </w:instrText></w:p>'),
            "引用其他文件的域（DDEAUTO）",
        ),
    ],
)
def test_what_a_word_file_can_do_is_found(content: bytes, words: str) -> None:
    parts = contents_office.open_office(io.BytesIO(content), ".docx")
    (found,) = contents_office.office_content(parts)
    assert words in found
    assert not contents_office.is_link(found)


def test_links_in_a_word_file_are_told_apart() -> None:
    content = office(word___rels__document_xml_rels=EXTERNAL.format(kind="hyperlink"))
    (found,) = contents_office.office_content(contents_office.open_office(io.BytesIO(content), ".docx"))
    assert contents_office.is_link(found)


def test_a_plain_word_file_and_workbook_can_do_nothing() -> None:
    for extension, main in contents_office.MAIN_PARTS.items():
        assert contents_office.office_content(contents_office.open_office(io.BytesIO(office(main)), extension)) == ()


@pytest.mark.parametrize(
    ("content", "extension"), [(b"", ".docx"), (b"PK\x03\x04", ".docx"), (office()[:-40], ".docx"), (office(), ".xlsx")]
)
def test_what_is_no_whole_office_file_is_told(content: bytes, extension: str) -> None:
    with pytest.raises(DamagedError):
        contents_office.open_office(io.BytesIO(content), extension)


def test_a_file_that_would_fill_the_memory_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents_office, "MOST_UNPACKED_BYTES", 5)
    with pytest.raises(DamagedError, match="过大"):
        contents_office.open_office(io.BytesIO(office()), ".docx")
