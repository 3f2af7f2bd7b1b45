"""What pages of PDF files are known by: the same page in another file is the same, whatever else the file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.package.evidence import papers


def digests(folder: Path, content: bytes) -> list[str]:
    (folder / "甲.pdf").write_bytes(content)
    (source,) = papers.read(folder, "甲.pdf").sources
    return [page.digest for page in source.pages]


def test_a_file_that_gained_a_page_holds_the_same_pages_as_before(tmp_path: Path) -> None:
    before, after = digests(tmp_path, papers.text_pdf(2)), digests(tmp_path, papers.text_pdf(3))
    assert after[:2] == before and len(set(after)) == 3


def test_pages_put_together_from_other_files_are_what_they_were_there(tmp_path: Path) -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(tmp_path / "他.pdf") as other:
            pdf.pages.insert(0, other.pages[0])

    (tmp_path / "他.pdf").write_bytes(papers.text_pdf(1, word="other"))
    both = digests(tmp_path, papers.altered(papers.text_pdf(2), add))
    assert both == digests(tmp_path, papers.text_pdf(1, word="other")) + digests(tmp_path, papers.text_pdf(2))


def _turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].rotate(90, relative=False)


def _cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = pikepdf.Array([0, 0, 300, 400])


def _drawn_over(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"1 0 0 rg 200 300 100 100 re f", prepend=False)


def _other_font(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.as_dict().values():
        font.BaseFont = pikepdf.Name("/Courier")


@pytest.mark.parametrize("change", [_turned, _cropped, _drawn_over, _other_font])
def test_a_page_that_shows_otherwise_is_another(change: Any, tmp_path: Path) -> None:
    before = digests(tmp_path, papers.text_pdf(2))
    (first, _) = digests(tmp_path, papers.altered(papers.text_pdf(2), change))
    assert first not in before


def test_what_lies_beside_the_pages_makes_no_difference(tmp_path: Path) -> None:
    def describe(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Author"] = "someone"
        pdf.attachments["附件.txt"] = b"1"

    assert digests(tmp_path, papers.altered(papers.text_pdf(2), describe)) == digests(tmp_path, papers.text_pdf(2))


def test_pages_with_layers_or_circles_are_known_by_their_file_alone(tmp_path: Path) -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="草图"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary())

    def circular(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(
            b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 9, 9])
        )
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(A=form)

    for change in (layered, circular):
        assert set(digests(tmp_path, papers.altered(papers.text_pdf(2), change))) == {""}


def test_names_that_are_no_utf8_are_digested_as_they_are(tmp_path: Path) -> None:
    def content(name: bytes) -> bytes:
        font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
        drawing = papers.stream_of(b"BT /" + name + b" 20 Tf 30 50 Td (old) Tj ET")
        page = papers.page_of(b"<</Font<</" + name + b" 4 0 R>>>>", b"/Contents 5 0 R")
        return papers.raw_pdf([*page, font, drawing])

    (song,), (hei,) = digests(tmp_path, content(b"#cb#ce")), digests(tmp_path, content(b"#ba#da"))
    assert song and hei and song != hei
