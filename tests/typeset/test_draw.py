"""Pages drawn as PDF: fonts, text, lines, bookmarks, labels, and the same bytes."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from generator.errors import MissingError, OutputError
from generator.measure.fonts import FontLibrary
from generator.typeset.draw import draw
from generator.typeset.pages import Area, Mark, OutlineEntry, Page, Pages, Rule, TextRun
from tests.measure.small_fonts import write_font

_LINES = (
    ("biaosong", 16.0, "中小企业特色产业集群申报书"),
    ("fangsong", 10.5, "“十四五”期间，集群总产值53.10亿元；"),
    ("song", 10.5, "□是　☑否　☒不适用（R&D 占 3.25%）"),
    ("kai-light", 10.5, "珺喆㎡"),
    ("song", 9.0, "扩展区汉字：𬭎𫓧"),
)


@pytest.fixture(scope="module")
def library() -> FontLibrary:
    return FontLibrary.bundled()


def _page(*lines: tuple[str, float, str], label: str = "", mark: Mark | None = None, **changes: object) -> Page:
    runs = tuple(
        TextRun(72.0, 80.0 + 24 * number, text, face, size, 0.0, **changes)  # type: ignore[arg-type]
        for number, (face, size, text) in enumerate(lines)
    )
    return Page(595.28, 841.89, runs, label=label, mark=mark)


def _sample() -> Pages:
    pages = (
        _page(*_LINES, mark=Mark("草稿", "hei", 120.0)),
        _page(*_LINES[1:], label="1", spacing=0.25, embolden=True),
        Page(841.89, 595.28, (TextRun(72, 80, "第三页", "kai", 12, 36, colour="1F3864"),), label="2"),
    )
    outline = (OutlineEntry("一、基本信息", 0, 0, 60.0), OutlineEntry("（一）目标", 2, 1, 90.5))
    return Pages(pages, (), outline, (("title", "申报书"), ("author", "示例区"), ("subject", "national-2025")))


def _read(pages: Pages, library: FontLibrary) -> PdfReader:
    return PdfReader(io.BytesIO(draw(pages, library)))


def _content(page: Page, library: FontLibrary) -> str:
    contents = _read(Pages((page,)), library).pages[0].get_contents()
    assert contents is not None
    return contents.get_data().decode("ascii")


def _fonts(reader: PdfReader) -> list[Any]:
    found: dict[str, Any] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            found[font["/BaseFont"]] = font
    return list(found.values())


def _descendant(font: Any) -> Any:
    (descendant,) = font["/DescendantFonts"]
    return descendant.get_object()


def _embedded_file(font: Any) -> TTFont:
    data = _descendant(font)["/FontDescriptor"]["/FontFile2"].get_object().get_data()
    return TTFont(io.BytesIO(data))


def test_every_font_is_an_embedded_subset_with_a_way_back_to_the_text(library: FontLibrary) -> None:
    fonts = _fonts(_read(_sample(), library))
    assert len(fonts) == 6
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+Shenbao\w+-Regular", font["/BaseFont"])
        assert "/ToUnicode" in font
        assert _embedded_file(font)["maxp"].numGlyphs < 60


def test_text_is_extracted_whole_and_in_order_by_pypdf(library: FontLibrary) -> None:
    reader = _read(_sample(), library)
    expected = "\n".join(text for _, _, text in _LINES)
    assert reader.pages[0].extract_text().replace("草稿", "").strip() == expected
    assert reader.pages[2].extract_text().strip() == "第三页"


def test_text_is_extracted_in_order_by_pdftotext(library: FontLibrary, pdftotext: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(draw(_sample(), library))
    done = subprocess.run([pdftotext, "-f", "2", "-l", "2", str(path), "-"], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").split() == [word for _, _, text in _LINES[1:] for word in text.split()]


def test_embedded_outlines_and_widths_are_those_of_the_font(library: FontLibrary) -> None:
    face = library.by_key("song")
    (font,) = _fonts(_read(Pages((_page(("song", 12.0, "国A□")),)), library))
    numbers = _descendant(font)["/CIDToGIDMap"].get_object().get_data()
    subset = _embedded_file(font)
    with TTFont(face.path) as whole:
        for character in "国A□":
            code = ord(character)
            place = int.from_bytes(numbers[2 * code : 2 * code + 2])
            name = subset.getGlyphName(place)
            original = whole.getBestCmap()[code]
            assert subset["glyf"][name].coordinates == whole["glyf"][original].coordinates
            assert subset["hmtx"][name] == whole["hmtx"][original]
    assert _descendant(font)["/W"] == [ord("A"), [round(face.advance("A") * 1000)]]


def test_a_page_has_the_same_content_whatever_stands_before_it(library: FontLibrary) -> None:
    last = _page(("song", 12.0, "集群工业总产值"))
    alone = _read(Pages((last,)), library).pages[0].get_contents()
    after = _read(Pages((_page(("song", 12.0, "前一页另有文字")), last)), library).pages[1].get_contents()
    assert alone is not None
    assert after is not None
    assert alone.get_data() == after.get_data()


def test_the_same_pages_give_the_same_bytes_in_any_process(child_environment: dict[str, str]) -> None:
    program = (
        "import hashlib\n"
        "from tests.typeset.test_draw import _sample\n"
        "from generator.measure.fonts import FontLibrary\n"
        "from generator.typeset.draw import draw\n"
        "print(hashlib.sha256(draw(_sample(), FontLibrary.bundled())).hexdigest())\n"
    )
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = {**child_environment, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        digests.add(done.stdout.strip())
    digests.add(hashlib.sha256(draw(_sample(), FontLibrary.bundled())).hexdigest().encode())
    assert len(digests) == 1


def test_different_pages_get_different_identifiers(library: FontLibrary) -> None:
    one = _read(Pages((_page(("song", 12.0, "一")),)), library)
    two = _read(Pages((_page(("song", 12.0, "二")),)), library)
    assert one.trailer["/ID"] != two.trailer["/ID"]


def test_headings_become_bookmarks_at_their_height(library: FontLibrary) -> None:
    reader = _read(_sample(), library)
    outline: list[Any] = reader.outline
    first, (second,) = outline
    assert (first.title, reader.get_destination_page_number(first)) == ("一、基本信息", 0)
    assert (second.title, reader.get_destination_page_number(second)) == ("（一）目标", 1)
    assert float(second.top) == pytest.approx(841.89 - 90.5)


def test_a_document_without_headings_has_no_bookmarks(library: FontLibrary) -> None:
    assert _read(Pages((_page(*_LINES),)), library).outline == []


def test_page_labels_are_the_printed_numbers(library: FontLibrary) -> None:
    def labels(*printed: str) -> list[str]:
        return _read(Pages(tuple(_page(("song", 9.0, "页"), label=label) for label in printed)), library).page_labels

    assert labels("", "1", "2", "3") == ["", "1", "2", "3"]
    assert labels("", "", "5", "6", "1") == ["", "", "5", "6", "1"]
    assert labels("附-1", "附-2", "附-2") == ["附-1", "附-2", "附-2"]


def test_pages_without_numbers_get_no_labels(library: FontLibrary) -> None:
    assert "/PageLabels" not in _read(Pages((_page(*_LINES),)), library).root_object


def test_metadata_language_and_boxes_are_set_and_no_date_is(library: FontLibrary) -> None:
    reader = _read(_sample(), library)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author, reader.metadata.subject) == (
        "申报书",
        "示例区",
        "national-2025",
    )
    assert reader.metadata.producer == "shenbao"
    assert reader.metadata.creation_date_raw is None
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert [tuple(map(float, page.mediabox[2:])) for page in reader.pages] == [(595.28, 841.89)] * 2 + [
        (841.89, 595.28)
    ]
    assert all(page.trimbox == page.mediabox for page in reader.pages)


def test_a_character_outside_the_face_is_an_error_and_never_an_empty_box(library: FontLibrary) -> None:
    with pytest.raises(OutputError, match="U\\+1F600"):
        draw(Pages((_page(("song", 12.0, "\U0001f600")),)), library)


def test_a_face_outside_the_library_is_an_error(library: FontLibrary) -> None:
    with pytest.raises(MissingError):
        draw(Pages((_page(("none", 12.0, "国")),)), library)


def test_rules_that_touch_are_drawn_as_one_line_and_dashes_are_left_alone(library: FontLibrary) -> None:
    solid = tuple(Rule(72 + 50 * n, 100, 122 + 50 * n, 100, 0.5) for n in range(4))
    dashed = tuple(Rule(72 + 50 * n, 200, 122 + 50 * n, 200, 0.5, dash=(3, 2)) for n in range(2))
    apart = (Rule(72, 300, 100, 300, 0.5), Rule(120, 300, 150, 300, 0.5))
    content = _content(Page(595.28, 841.89, (), solid + dashed + apart), library)
    assert "72.00 741.89 m 272.00 741.89 l" in content
    assert content.count(" l\n") == 1 + 2 + 2
    assert "[3 2] 0 d" in content


def test_shading_lies_beneath_the_mark_and_the_mark_beneath_the_text(library: FontLibrary) -> None:
    page = Page(
        595.28,
        841.89,
        (TextRun(72, 100, "集群", "song", 12, 24),),
        areas=(Area(70, 90, 100, 20, "EEEEEE"),),
        mark=Mark("草稿", "hei", 120),
    )
    content = _content(page, library)
    places = [content.index(text.encode("utf-16-be").hex()) for text in ("草稿", "集群")]
    assert content.index(" re f") < places[0] < places[1]


def test_emboldened_text_is_thickened_and_the_next_run_is_not(library: FontLibrary) -> None:
    runs = (
        TextRun(72, 100, "粗", "kai", 10, 10, embolden=True),
        TextRun(82, 100, "细", "kai", 10, 10),
    )
    content = _content(Page(595.28, 841.89, runs), library)
    assert re.search(r"2 Tr 0\.300 w.*Tj\n0 Tr", content, re.DOTALL)


def test_a_document_of_many_pages_is_drawn(library: FontLibrary) -> None:
    pages = tuple(_page(("song", 9.0, f"第{number}页"), label=str(number)) for number in range(1, 301))
    reader = _read(Pages(pages), library)
    assert len(reader.pages) == 300
    assert reader.page_labels[-1] == "300"
    assert reader.pages[299].extract_text().strip() == "第300页"


def test_own_fonts_with_postscript_outlines_are_embedded_as_truetype(tmp_path: Path) -> None:
    write_font(tmp_path / "own.otf", "Office Serif", {"国": 1000, "A": 500}, cubic=True)
    own = FontLibrary.with_folders([tmp_path])
    reader = _read(Pages((_page((own.face("Office Serif").key, 12.0, "国A")),)), own)
    (font,) = _fonts(reader)
    subset = _embedded_file(font)
    assert sorted(subset["glyf"][subset.getGlyphName(1)].coordinates) == [(0, 0), (0, 300), (300, 0), (300, 300)]
    assert reader.pages[0].extract_text().strip() == "国A"


def test_components_of_a_composite_glyph_travel_with_it(tmp_path: Path) -> None:
    path = write_font(tmp_path / "own.ttf", "Office Sans", {"A": 500, "Ä": 500, "B": 500})
    with TTFont(path) as font:
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent("u0042", (1, 0, 0, 1, 100, 0))
        font["glyf"]["u00C4"] = pen.glyph()
        font.save(tmp_path / "changed.ttf")
    path.unlink()
    own = FontLibrary.with_folders([tmp_path])
    (font,) = _fonts(_read(Pages((_page((own.face("Office Sans").key, 12.0, "Ä")),)), own))
    subset = _embedded_file(font)
    composite = subset["glyf"][subset.getGlyphName(1)]
    assert composite.isComposite()
    assert composite.components[0].glyphName == subset.getGlyphName(2)
