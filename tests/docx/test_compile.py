"""The compiled template: what Word asks of a file, and how the form is set."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from typing import Any

import docx
import pytest

from generator.docx.compile import compile_form
from generator.docx.fill import Template
from generator.docx.package import repacked, unpacked
from generator.docx.paragraphs import FITTED
from generator.docx.tables import column_widths
from generator.forms.arrange import arrange
from generator.forms.arrangement import Arrangement
from generator.forms.reading import read_form
from generator.forms.typography import MM, STYLES, TEXT_WIDTH
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder
from tests.docx.contexts import blank_context
from tests.docx.reading import bare, part, printed, root_of, text_of
from tests.docx.word_rules import WORD, broken_rules
from tests.samples import form

FORMS = sorted(path.stem for path in (templates_folder() / "forms").glob("*.yaml"))


def compiled(rows: list[dict[str, Any]], fonts: FontLibrary, **more: Any) -> bytes:
    return compile_form(arrange(form(rows, **more)), fonts)


def paragraphs_in(style: str, document: bytes) -> list[Any]:
    return [paragraph for paragraph in docx.Document(io.BytesIO(document)).paragraphs if paragraph.style.name == style]


@pytest.mark.parametrize("identifier", FORMS)
def test_no_template_breaks_a_rule_of_word(identifier: str, fonts: FontLibrary) -> None:
    arrangement = arrange(read_form(templates_folder() / "forms" / f"{identifier}.yaml"))

    assert broken_rules(compile_form(arrangement, fonts)) == []


def test_compiling_twice_gives_the_same_bytes(national: Arrangement, national_docx: bytes) -> None:
    assert compile_form(national, FontLibrary.bundled()) == national_docx


def test_templates_in_the_repository_are_those_of_their_definitions(checkout: Path, fonts: FontLibrary) -> None:
    specification = importlib.util.spec_from_file_location("compile_templates", checkout / "tools/compile_templates.py")
    assert specification is not None and specification.loader is not None
    tool = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(tool)

    assert [path.name for path in tool.stale_templates(templates_folder(), fonts)] == []


def test_blank_form_says_what_the_official_text_says(
    national: Arrangement, national_template: Template, official_text: str
) -> None:
    blank = national_template.fill(blank_context(national), {})

    assert text_of(blank) == bare(official_text)
    assert text_of(blank, "word/footer1.xml") == "1"  # the number of the page
    assert text_of(blank, "word/header1.xml") == ""


def test_template_asks_for_every_slot_and_nothing_unknown(national: Arrangement, national_template: Template) -> None:
    known = {slot.tag for slot in national.slots()} | {"标记", "附件"}
    known |= {f"{table.table}.{row.direction}" for _, table in national.tables() for row in table.rows}

    assert national_template.unknown_tags(known) == ()
    assert national_template.missing_tags(known) == ()


def test_every_fitted_slot_of_a_part_can_be_set_in_another_size(
    national: Arrangement, national_template: Template
) -> None:
    fitted = {slot.key for slot in national.slots() if slot.kind in FITTED and slot.path[0] != "封面"}

    assert fitted <= national_template.bookmarks


def test_every_part_and_every_place_for_seals_has_a_bookmark(national_docx: bytes) -> None:
    names = {node.get(f"{WORD}name") for node in root_of(national_docx).iter(f"{WORD}bookmarkStart")}

    assert {f"部分_{numeral}" for numeral in "一二三四五六七八九"} <= names
    assert {"签章_真实性声明", "签章_省级中小企业主管部门推荐意见"} <= names


def test_cover_has_no_footer_and_numbers_begin_behind_it_on_a_right_hand_page(national_docx: bytes) -> None:
    cover, parts, signed = root_of(national_docx).iter(f"{WORD}sectPr")

    assert cover.find(f"{WORD}footerReference") is None
    assert parts.find(f"{WORD}footerReference") is not None
    assert _value(parts, "type") == "oddPage"
    numbers = parts.find(f"{WORD}pgNumType")
    assert numbers is not None and numbers.get(f"{WORD}start") == "1"
    assert _value(signed, "type") == "oddPage"
    assert signed.find(f"{WORD}pgNumType") is None


def test_parts_begin_on_new_pages_and_the_signed_one_in_a_section_of_its_own(national_docx: bytes) -> None:
    titles = paragraphs_in("部分标题", national_docx)
    breaks = {title.text: title.paragraph_format.page_break_before for title in titles}

    assert len(titles) == 9
    assert [text for text, breaks_before in breaks.items() if not breaks_before] == ["九、真实性声明及推荐意见"]


def test_styles_bear_the_names_of_the_typography(national_docx: bytes) -> None:
    styles = docx.Document(io.BytesIO(national_docx)).styles

    for style in STYLES:
        found = styles[style.name]
        assert found.style_id.isascii()
        assert found.font.size.pt == style.size
        assert found.paragraph_format.line_spacing.pt == style.leading
        fonts = found.element.rPr.find(f"{WORD}rFonts")
        assert {fonts.get(f"{WORD}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {style.font}


def test_nothing_of_the_librarys_own_template_is_left(national_docx: bytes) -> None:
    package = docx.Document(io.BytesIO(national_docx)).part.package
    names = {str(found.partname) for found in package.iter_parts()}

    assert names == {
        "/word/document.xml", "/word/styles.xml", "/word/settings.xml", "/word/fontTable.xml", "/word/header1.xml",
        "/word/footer1.xml", "/docProps/core.xml",
    }  # fmt: skip


def test_properties_name_the_form_and_nobody(national_docx: bytes) -> None:
    properties = docx.Document(io.BytesIO(national_docx)).core_properties

    assert properties.title == "中小企业特色产业集群申报表"
    assert (properties.author, properties.last_modified_by) == ("", "")


def test_columns_keep_their_sum_whatever_their_widths() -> None:
    assert sum(column_widths([160 / 9] * 9)) == round(TEXT_WIDTH * 20)


def test_rows_are_at_least_as_high_as_their_part_says(fonts: FontLibrary) -> None:
    rows = [{"label": "数", "value": "数", "capacity": 4}, {"label": "情况", "narrative": "情况", "limit": 200}]
    heights = [
        [float(_value(row.find(f"{WORD}trPr"), "trHeight") or 0) / 20 for row in root_of(document).iter(f"{WORD}tr")]
        for document in (compiled(rows, fonts), compiled(rows, fonts, row_height=15))
    ]
    assert [low for low, _ in heights] == pytest.approx([8 * MM, 15 * MM], abs=0.1)
    assert heights[0][1] == heights[1][1] > 15 * MM


def test_texts_that_grow_stand_at_the_top_of_their_cells(fonts: FontLibrary) -> None:
    document = compiled([{"label": "情况", "narrative": "情况", "limit": 200}, {"label": "数", "value": "数"}], fonts)
    narrative, value = (row.findall(f"{WORD}tc")[1] for row in root_of(document).iter(f"{WORD}tr"))

    assert _value(narrative.find(f"{WORD}tcPr"), "vAlign") == "top"
    assert _value(value.find(f"{WORD}tcPr"), "vAlign") == "center"


@pytest.mark.parametrize(("figures", "repeated"), [(3, False), (60, True)])
def test_years_are_repeated_only_where_figures_go_on_over_the_page(
    figures: int, repeated: bool, fonts: FontLibrary
) -> None:
    rows: list[dict[str, Any]] = [{"label": "年度", "years": "data"}]
    rows += [{"label": f"指标{number}", "by_year": f"指标{number}"} for number in range(figures)]
    rows += [{"label": f"情况{number}", "narrative": f"情况{number}", "limit": 800} for number in range(3)]

    heads = list(root_of(compiled(rows, fonts)).iter(f"{WORD}tblHeader"))

    assert bool(heads) is repeated


def test_footnote_is_a_real_one_with_its_mark_in_the_label(fonts: FontLibrary) -> None:
    document = compiled([{"label": "产值[^]（亿元）", "value": "产值", "footnote": "近三年产值。"}], fonts)

    assert broken_rules(document) == []
    label = next(paragraph for paragraph in root_of(document).iter(f"{WORD}p") if printed(paragraph) == "产值（亿元）")
    assert [printed(run) for run in label.iter(f"{WORD}r")] == ["产值", "", "（亿元）"]
    reference = next(label.iter(f"{WORD}footnoteReference"))
    notes = {note.get(f"{WORD}id"): note for note in root_of(document, "word/footnotes.xml")}
    assert printed(notes[reference.get(f"{WORD}id")]).strip() == "近三年产值。"
    assert [note.get(f"{WORD}type") for note in notes.values()] == ["separator", "continuationSeparator", None]


def test_form_without_notes_has_no_part_for_them(national_docx: bytes) -> None:
    with pytest.raises(KeyError):
        part(national_docx, "word/footnotes.xml")


def test_rules_of_word_are_seen_when_they_are_broken(national_docx: bytes) -> None:
    def spoilt(old: bytes, new: bytes) -> list[str]:
        content = part(national_docx).replace(old, new, 1)
        assert content != part(national_docx)
        return broken_rules(_with(national_docx, "word/document.xml", content))

    assert any("out of order" in rule for rule in spoilt(b"<w:cantSplit/>", b"<w:cantSplit/></w:trPr><w:tc/><w:trPr>"))
    assert any("end in a paragraph" in rule for rule in spoilt(b"</w:p></w:tc>", b"</w:p><w:tbl/></w:tc>"))
    assert any("not defined" in rule for rule in spoilt(b'w:val="SBPartTitle"', b'w:val="SBLost"'))
    assert any("stands 2 times" in rule for rule in spoilt(b'w:id="1"', b'w:id="2"'))
    assert any("not as wide" in rule for rule in spoilt(b'<w:gridCol w:w="', b'<w:gridCol w:w="1'))


def _with(document: bytes, name: str, content: bytes) -> bytes:
    return repacked({**unpacked(document), name: content})


def _value(parent: Any, name: str) -> str | None:
    found = parent.find(f"{WORD}{name}")
    return None if found is None else found.get(f"{WORD}val")
