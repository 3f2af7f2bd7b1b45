"""Pages of PDF files in a volume: what comes along as it is read and printed, and what stays behind."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from generator.package.evidence import bind_evidence
from tests.package.evidence import papers
from tests.package.evidence.volumes_bound import FONTS, armed, bound, extrema, opened_up, planned, reader, seen, text_of


@pytest.mark.parametrize(
    ("size", "turn", "paper"),
    [
        (papers.A4, 0, (595, 842)),
        (papers.A4, 90, (842, 595)),
        (papers.A3, 0, (842, 1191)),
        (papers.A3, 270, (1191, 842)),
        ((300, 200), 0, (842, 595)),
        ((2000, 400), 0, (1191, 842)),
    ],
)
def test_pages_of_all_sizes_and_turns_are_read_upright(
    size: tuple[float, float], turn: int, paper: tuple[int, int], tmp_path: Path
) -> None:
    content = papers.altered(papers.text_pdf(size=size), lambda pdf: pdf.pages[0].rotate(turn, relative=False))
    (tmp_path / "页.pdf").write_bytes(content)
    (page,) = (page for page in reader(bound(tmp_path, "页.pdf")).pages if "page 1" in page.extract_text())
    assert (round(page.mediabox.width), round(page.mediabox.height)) == paper
    assert page.get("/Rotate", 0) == 0


def test_what_lies_outside_the_visible_page_stays_outside(tmp_path: Path) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([0, 0, 595, 400])

    (tmp_path / "页.pdf").write_bytes(papers.altered(papers.text_pdf(), crop))
    page = seen(bound(tmp_path, "页.pdf"), 3, tmp_path)
    assert extrema(page.convert("L").crop((0, 0, page.width, page.height - 60))) == (255, 255)


def test_scripts_actions_and_attachments_stay_behind(tmp_path: Path) -> None:
    content = papers.altered(papers.text_pdf(), armed)
    (tmp_path / "甲.pdf").write_bytes(content)
    assert b"poison" in opened_up(content)
    content = bound(tmp_path, "甲.pdf")
    assert "page 1" in text_of(content, 3)
    open_content = opened_up(content)
    assert b"poison" not in open_content
    for name in (
        b"/JavaScript",
        b"/JS",
        b"/OpenAction",
        b"/AA",
        b"/Launch",
        b"/EmbeddedFile",
        b"/Annots",
        b"/AcroForm",
    ):
        assert name not in open_content


def _stamped(pdf: pikepdf.Pdf, flags: int) -> None:
    """A red seal as an annotation, as electronic seals are made."""
    look = pikepdf.Stream(
        pdf, b"1 0 0 rg 0 0 100 100 re f", Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 100, 100])
    )
    seal = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=pikepdf.Array([200, 300, 300, 400]),
        F=flags,
        AP=pikepdf.Dictionary(N=look),
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(seal)])


@pytest.mark.parametrize(("flags", "printed"), [(4, True), (2, False), (6, False)])
def test_a_seal_is_printed_and_what_is_hidden_is_not(flags: int, printed: bool, tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.altered(papers.text_pdf(), lambda pdf: _stamped(pdf, flags)))
    page = seen(bound(tmp_path, "甲.pdf"), 3, tmp_path)
    red = extrema(page.convert("HSV").getchannel("S"))[1] == 255
    assert red is printed


def _layered(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="草图"))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L=layer)
    pdf.pages[0].contents_add(b"/OC /L BDC 1 0 0 rg 200 300 100 100 re f EMC", prepend=False)


def test_a_layer_that_is_off_stays_off(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.altered(papers.text_pdf(), _layered))
    page = seen(bound(tmp_path, "甲.pdf"), 3, tmp_path)
    assert extrema(page.convert("HSV").getchannel("S"))[1] == 0


def test_unbalanced_drawings_do_not_move_the_page_number(tmp_path: Path) -> None:
    def unbalance(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q 0.1 0 0 0.1 300 300 cm q", prepend=True)

    content = papers.text_pdf()
    for name, changed in (("甲.pdf", content), ("乙.pdf", papers.altered(content, unbalance))):
        (tmp_path / name).write_bytes(changed)
    feet = [
        seen(bound(tmp_path, name), 3, tmp_path).crop((0, 800, 595, 842)).tobytes() for name in ("甲.pdf", "乙.pdf")
    ]
    assert feet[0] == feet[1]


def test_restricted_files_come_out_free(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.locked(papers.text_pdf(), user=""))
    content = bound(tmp_path, "甲.pdf")
    assert not reader(content).is_encrypted
    assert "page 1" in text_of(content, 3)


def test_names_in_gbk_inside_a_file_are_no_obstacle(tmp_path: Path) -> None:
    drawing = papers.stream_of(b"BT /#cb#ce 20 Tf 30 50 Td (old) Tj ET")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Name/#cb#ce>>"
    page = papers.page_of(b"<</Font<</#cb#ce 4 0 R>>>>", b"/Contents 5 0 R")
    (tmp_path / "旧.pdf").write_bytes(papers.raw_pdf([*page, font, drawing]))
    plan = planned(tmp_path, [papers.item("旧.pdf")])
    assert plan.findings == ()
    (file,) = bind_evidence(plan, FONTS)
    assert extrema(seen(file.content, 3, tmp_path).convert("L").crop((20, 20, 575, 780)))[0] < 128
