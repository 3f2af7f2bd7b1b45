"""Evidence that is bad, odd or hostile: told with file and item, mended where that can be, and never a traceback."""

from __future__ import annotations

import resource
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cluster.filekinds import FileKind
from generator.findings import Severity
from generator.package.evidence.troubles import Trouble
from tests.package.evidence import papers

PAGE = Path(__file__).resolve().parents[3] / "docs" / "evidence.md"
MEGABYTE = 1 << 20


def codes(folder: Path, content: bytes, name: str = "材料.pdf") -> list[str]:
    (folder / name).write_bytes(content)
    (source,) = papers.read(folder, name).sources
    for finding in source.findings:
        assert name in finding.path and "第1份材料" in finding.path and "第1份材料" in finding.message
        assert finding.position is not None
        assert (finding.severity is Severity.MUST) == (not source.pages)
    assert bool(source.pages) != bool(source.refused)
    return [finding.code for finding in source.findings]


@pytest.mark.parametrize(
    ("name", "content", "kind", "pages"),
    [
        ("协议.pdf", papers.text_pdf(3), FileKind.PDF, 3),
        ("照片.jpg", papers.picture(), FileKind.JPEG, 1),
        ("图.png", papers.picture("PNG"), FileKind.PNG, 1),
        ("其实是照片.pdf", papers.picture(), FileKind.JPEG, 1),
        ("其实是协议.jpg", papers.text_pdf(2), FileKind.PDF, 2),
        ("灰度.png", papers.picture("PNG", mode="L"), FileKind.PNG, 1),
        ("调色板.png", papers.picture("PNG", mode="P"), FileKind.PNG, 1),
        ("透明.png", papers.picture("PNG", mode="RGBA"), FileKind.PNG, 1),
        ("十六位.png", papers.png(8, 8, depth=16), FileKind.PNG, 1),
        ("印刷色.jpg", papers.picture(mode="CMYK"), FileKind.JPEG, 1),
        ("渐进.jpg", papers.picture(progressive=True), FileKind.JPEG, 1),
        ("前面有字.pdf", b"\xef\xbb\xbf" + papers.text_pdf(), FileKind.PDF, 1),
    ],
)
def test_good_files_are_read_by_what_they_are_and_nothing_is_told(
    name: str, content: bytes, kind: FileKind, pages: int, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    (source,) = papers.read(tmp_path, name).sources
    assert (source.kind, len(source.pages), source.findings) == (kind, pages, ())


def test_what_loading_tells_is_not_told_again(tmp_path: Path) -> None:
    (tmp_path / "空.pdf").touch()
    (tmp_path / "协议.docx").write_bytes(b"PK\x03\x04")
    sources = papers.read(tmp_path, "空.pdf", "协议.docx").sources
    assert [source.findings for source in sources] == [(), ()]
    assert ["空" in sources[0].refused, "Word" in sources[1].refused] == [True, True]


@pytest.mark.parametrize("revision", [2, 4, 6])
def test_a_file_that_only_restricts_is_opened_and_told(revision: int, tmp_path: Path) -> None:
    assert codes(tmp_path, papers.locked(papers.text_pdf(), user="", revision=revision)) == ["E202"]


@pytest.mark.parametrize("revision", [2, 4, 6])
def test_a_file_that_asks_for_a_password_is_refused(revision: int, tmp_path: Path) -> None:
    assert codes(tmp_path, papers.locked(papers.text_pdf(), user="u", revision=revision)) == ["E102"]


def test_a_file_without_its_end_is_mended_and_told(tmp_path: Path) -> None:
    content = papers.text_pdf(3)
    assert codes(tmp_path, content[: content.index(b"startxref")]) == ["E201"]


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.75, 0.85])
def test_a_file_cut_short_is_refused(part: float, tmp_path: Path) -> None:
    content = papers.text_pdf(9)
    for whole in (content, papers.altered(content, lambda pdf: None, linearize=True)):
        assert codes(tmp_path, whole[: int(len(whole) * part)]) in (["E101"], ["E103"])


def test_pages_that_got_lost_are_told(tmp_path: Path) -> None:
    lost = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Kids[3 0 R 9 0 R 10 0 R]>>",
        *papers.page_of()[2:],
    ]
    assert codes(tmp_path, papers.raw_pdf(lost)) == ["E103"]


def test_a_scan_cut_off_inside_a_damaged_file_is_told(tmp_path: Path) -> None:
    scan = papers.picture(size=(200, 200))
    head = b"/Type/XObject/Subtype/Image/Width 200/Height 200/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"
    for data, code in ((scan, "E201"), (scan[: len(scan) // 2], "E103")):
        page = papers.page_of(b"<</XObject<</A 4 0 R>>>>", more=b"/Contents 5 0 R")
        whole = papers.raw_pdf([*page, papers.stream_of(data, head), papers.stream_of(b"/A Do")])
        assert codes(tmp_path, whole[: whole.index(b"startxref")]) == [code]


def test_a_drawing_that_is_broken_is_told(tmp_path: Path) -> None:
    broken = papers.stream_of(b"broken" * 20, b"/Filter/FlateDecode")
    assert codes(tmp_path, papers.raw_pdf([*papers.page_of(more=b"/Contents 4 0 R"), broken])) == ["E103"]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\nhello\n%%EOF", papers.raw_pdf([b"<<>>"])])
def test_what_only_looks_like_a_pdf_is_refused(content: bytes, tmp_path: Path) -> None:
    assert codes(tmp_path, content) == ["E101"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (papers.picture(size=(300, 200))[:-300], "E103"),
        (papers.picture()[:40], "E103"),
        (papers.picture("PNG")[:-20], "E103"),
        (papers.picture("PNG", mode="L")[:200] + b"xxxx" + papers.picture("PNG", mode="L")[204:], "E103"),
        (papers.png(30_000, 30_000, data=b""), "E106"),
        (papers.png(9_000, 9_000, colour=6, data=b""), "E106"),
        (papers.png(50, 50, data=zlib.compress(b"\0" * 10)), "E103"),
        (papers.png(50, 50, data=b"hello"), "E103"),
        (papers.interlaced_png(8, 0, cut=1), "E103"),
        (papers.interlaced_png(16, 6, cut=1), "E103"),
        (papers.picture(mode="L", icc_profile=b"no profile at all"), "E103"),
        (papers.png(0, 50, data=b""), "E103"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "E103"),
    ],
)
def test_pictures_that_are_broken_or_too_big_are_refused(content: bytes, code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, content, "照片.jpg") == [code]


@pytest.mark.parametrize("bomb", papers.BOMBS)
def test_a_bomb_is_refused_in_little_time_and_memory(bomb: str, tmp_path: Path) -> None:
    content = papers.BOMBS[bomb]()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    (code,) = codes(tmp_path, content)
    assert code in {"E101", "E103", "E104", "E105", "E106"}
    assert time.monotonic() - start < 20
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 300 * MEGABYTE


def test_a_picture_of_much_nothing_costs_nothing(tmp_path: Path) -> None:
    content = papers.png(6_000, 6_000)
    tracemalloc.start()
    assert codes(tmp_path, content, "白.png") == []
    assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE
    tracemalloc.stop()


def test_the_limits_are_lifted_again(tmp_path: Path) -> None:
    before = pikepdf.settings.get_qpdf_limits()
    codes(tmp_path, papers.text_pdf())
    assert pikepdf.settings.get_qpdf_limits() == before


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    def many(pdf: pikepdf.Pdf) -> None:
        for _ in range(2_000):
            pdf.add_blank_page()

    assert codes(tmp_path, papers.altered(papers.text_pdf(), many)) == ["E104"]


def test_a_file_too_big_to_be_read_is_told(tmp_path: Path) -> None:
    with (tmp_path / "大.pdf").open("wb") as stream:
        stream.truncate(300_000_001)
    (source,) = papers.read(tmp_path, "大.pdf").sources
    assert [finding.code for finding in source.findings] == ["E107"]


@pytest.mark.parametrize(
    ("box", "code"),
    [
        (b"[0 0 0 0]", ["E203"]),
        (b"[0 0 1e30 5]", ["E203"]),
        (b"[0 0 (a) 5]", ["E203"]),
        (b"[500 700 0 0]", []),
        (b"[0 0 14400 14400]", ["E204"]),
        (b"[0 0 2383 3370]", ["E204"]),
        (b"[0 0 842 1191]", []),
    ],
)
def test_pages_of_no_size_or_of_too_much_are_told(box: bytes, code: list[str], tmp_path: Path) -> None:
    page = papers.page_of(more=b"/Contents 4 0 R", box=box)
    assert codes(tmp_path, papers.raw_pdf([*page, papers.stream_of(b"0 0 9 9 re f")])) == code


def test_transparency_of_sixteen_bits_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path, papers.png(8, 8, depth=16, colour=6), "图.png") == ["E205"]


def test_interlaced_pictures_lose_depth_only_where_they_must(tmp_path: Path) -> None:
    assert codes(tmp_path, papers.interlaced_png(16, 2), "图.png") == ["E205"]
    assert codes(tmp_path, papers.interlaced_png(16, 0), "图.png") == []
    assert codes(tmp_path, papers.interlaced_png(8, 6), "图.png") == []


def test_a_file_whose_pages_draw_nothing_is_told(tmp_path: Path) -> None:
    lost = papers.page_of(more=b"/Contents 77 0 R")
    assert codes(tmp_path, papers.raw_pdf(lost)) == ["E211"]
    drawn = papers.page_of(more=b"/Contents 4 0 R")
    assert codes(tmp_path, papers.raw_pdf([*drawn, papers.stream_of(b"0 0 9 9 re f")])) == []


def test_a_page_that_stands_twice_in_the_tree_is_mended_and_told(tmp_path: Path) -> None:
    objects = [*papers.page_of(more=b"/Contents 4 0 R"), papers.stream_of(b"0 0 9 9 re f")]
    objects[1] = b"<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>"
    assert codes(tmp_path, papers.raw_pdf(objects)) == ["E201"]


def test_fonts_that_are_not_in_the_file_are_told(tmp_path: Path) -> None:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/SimSun/FontDescriptor 5 0 R>>"
    descriptor = b"<</Type/FontDescriptor/FontName/#cb#ce#cc#e5/Flags 4>>"
    page = papers.page_of(b"<</Font<</#cb#ce 4 0 R>>>>", more=b"/Contents 7 0 R")
    text, file = papers.stream_of(b"BT /#cb#ce 9 Tf (1) Tj ET"), papers.stream_of(b"font")
    assert codes(tmp_path, papers.raw_pdf([*page, font, descriptor, file, text])) == ["E210"]
    (finding,) = papers.read(tmp_path, "材料.pdf").sources[0].findings
    assert finding.found == "宋体"
    whole = [*page, font, descriptor.replace(b"/Flags", b"/FontFile2 6 0 R/Flags"), file, text]
    assert codes(tmp_path, papers.raw_pdf(whole)) == []


def _scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launching(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])


def _linking(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])


def _attaching(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["底稿.xlsx"] = b"secret attachment"


def _field(pdf: pikepdf.Pdf, **more: Any) -> None:
    parts = {
        "Type": pikepdf.Name.Annot,
        "Subtype": pikepdf.Name.Widget,
        "Rect": [50, 50, 150, 80],
        "T": "企业名称",
        **more,
    }
    field = pdf.make_indirect(pikepdf.Dictionary(**parts))
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_scripted, ["E206"]),
        (_launching, ["E206"]),
        (_linking, []),
        (_attaching, ["E207"]),
        (lambda pdf: _field(pdf, FT=pikepdf.Name.Tx, V="甲公司"), ["E208"]),
        (lambda pdf: _field(pdf, FT=pikepdf.Name.Tx), []),
        (lambda pdf: _field(pdf, FT=pikepdf.Name.Sig, V=pikepdf.Dictionary()), ["E209"]),
    ],
)
def test_what_is_not_carried_over_is_told(change: Any, expected: list[str], tmp_path: Path) -> None:
    content = papers.altered(papers.text_pdf(), change)
    assert codes(tmp_path, content) == expected
    (source,) = papers.read(tmp_path, "材料.pdf").sources
    assert bool(source.skipped) == (expected in (["E206"], ["E207"]))
    assert all("材料.pdf" in skipped.what and skipped.why for skipped in source.skipped)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6)), min_size=1, max_size=8), st.booleans())
def test_a_file_altered_anywhere_is_never_a_traceback(
    tmp_path: Path, changes: list[tuple[int, bytes]], packed: bool
) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    content = bytearray(papers.altered(papers.text_pdf(3), _attaching, object_stream_mode=mode))
    for place, new in changes:
        place %= len(content)
        content[place : place + len(new)] = new
    (tmp_path / "改.pdf").write_bytes(content)
    (source,) = papers.read(tmp_path, "改.pdf").sources
    assert bool(source.pages) != bool(source.refused)


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    (source,) = papers.read(tmp_path, "没有.pdf").sources
    assert [finding.code for finding in source.findings] == ["E101"]


def test_the_page_of_codes_is_the_code_s_own() -> None:
    import re

    rows = re.findall(r"^\| (E\d+) \| (\S+) \| (\S.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(trouble.code, trouble.severity.value, trouble.title) for trouble in Trouble]
    assert len({trouble.code for trouble in Trouble}) == len(Trouble)
