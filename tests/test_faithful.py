"""The printed forms: every official character, parts on pages of their own, the same pages blank or full, no text outside its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from generator.build import Printed, print_form, template_of
from generator.cluster.catalogue import Catalogue, Kind, read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.forms.arrange import arrange
from generator.forms.definition import FOOTNOTE_MARK, Form
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.resolve import blank, resolve
from generator.forms.verifying.paper import note_texts
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.typeset.pages import Page, Pages, TextRun
from tests.docx.reading import text_of
from tests.forms.test_official_text import differences, on_paper, unspaced
from tests.samples import entries, given

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "data" / "示例区智能传感器"
FORMS = Library.standard().ids()
LEVELS = ("国家级", "省级", "其他")


@dataclass(frozen=True)
class House:
    """What every test needs, read once."""

    library: Library
    catalogue: Catalogue
    fonts: FontLibrary
    example: Cluster


@cache
def house() -> House:
    library = Library.standard()
    catalogue = read_catalogue(library.field_folders())
    example, findings = load_cluster(EXAMPLE, catalogue, forms=library.ids())
    assert example is not None
    assert findings == ()
    return House(library, catalogue, FontLibrary.bundled(), example)


def fullest(cluster: Cluster, form: Form) -> Cluster:
    """`cluster` with every narrative at its limit, names of 40 characters, and ten names of 25 in every 名称."""
    narratives = {name for name, field in house().catalogue.fields.items() if field.kind is Kind.NARRATIVE}
    long = {"主管部门名称", "运营管理机构名称", "集群全称", "产业集群名"}
    texts = {name: given("集" * 200) for name in narratives} | {name: given("群" * 40) for name in long}
    registers = {
        name: entries(
            *(
                {"名称": f"{number:02d}{level}" + "名" * (23 - len(level)), "级别": level}
                for level in LEVELS
                for number in range(10)
            )
        )
        for name in cluster.registers
    }
    single = {name: rows[:10] for name, rows in registers.items() if name in {"产业联盟", "境外机构"}}
    submissions = {form.id: replace(cluster.submissions[form.id], values={**cluster.submissions[form.id].values})}
    return replace(
        cluster, values={**cluster.values, **texts}, registers={**registers, **single}, submissions=submissions
    )


@cache
def filled(form_id: str, state: str) -> FilledForm:
    form = house().library.form(form_id)
    if state == "blank":
        return blank(form)
    cluster = house().example if state == "filled" else fullest(house().example, form)
    return resolve(form, cluster, house().catalogue, derive(cluster), house().fonts)


@cache
def printed(form_id: str, state: str) -> Printed:
    return print_form(
        filled(form_id, state),
        template_of(house().library.form(form_id), house().library, house().fonts),
        house().fonts,
    )


def pages_by_part(pages: Pages, form: Form) -> dict[str, tuple[int, int]]:
    """The first page of every part and the number of its pages, by the title of the part."""
    titles = [part.title for part in form.parts]
    starts = {entry.title: entry.page for entry in pages.outline if entry.title in titles}
    ends = [*list(starts.values())[1:], len(pages.pages)]
    return {title: (start, end - start) for (title, start), end in zip(starts.items(), ends, strict=True)}


def _inside(run: TextRun, page: Page) -> bool:
    if run.cell < 0 or not run.text.strip():
        return True
    cell = page.cells[run.cell]
    return (
        run.x >= cell.x - 0.1
        and run.x + run.width <= cell.x + cell.width + run.size * 0.5
        and run.y - run.size * 0.9 >= cell.y - 1
        and run.y + run.size * 0.15 <= cell.y + cell.height + 0.5
    )


every_form = pytest.mark.parametrize("form_id", FORMS)
every_state = pytest.mark.parametrize("state", ["blank", "filled", "fullest"])


@every_form
@every_state
def test_no_text_leaves_its_cell(form_id: str, state: str) -> None:
    pages = printed(form_id, state).pages
    outside = [
        (number, run.text) for number, page in enumerate(pages.pages) for run in page.runs if not _inside(run, page)
    ]
    assert outside == []


@every_form
@every_state
def test_no_two_lines_of_a_page_overlap(form_id: str, state: str) -> None:
    for page in printed(form_id, state).pages.pages:
        runs = sorted((run for run in page.runs if run.text.strip()), key=lambda run: run.y)
        for index, upper in enumerate(runs):
            for lower in runs[index + 1 :]:
                if lower.y - upper.y > 30:
                    break
                apart = lower.y - upper.y >= 0.7 * min(upper.size, lower.size) or lower.y - upper.y < 0.5 * lower.size
                beside = lower.x >= upper.x + upper.width - 1 or upper.x >= lower.x + lower.width - 1
                same_line = abs(lower.y - upper.y) < 0.5 * lower.size
                assert beside or (apart and not same_line), (upper.text, lower.text)


@every_form
def test_parts_one_to_seven_keep_their_pages_from_blank_to_fullest(form_id: str) -> None:
    form = house().library.form(form_id)
    counts = [
        [pages for _, pages in list(pages_by_part(printed(form_id, state).pages, form).values())[:7]]
        for state in ("blank", "filled", "fullest")
    ]
    assert counts[0] == counts[1] == counts[2]


@every_form
@every_state
def test_the_cover_and_every_part_begin_a_page_of_their_own(form_id: str, state: str) -> None:
    form = house().library.form(form_id)
    pages = printed(form_id, state).pages
    assert {entry.page for entry in pages.outline if entry.title == form.title} == {0}
    for title, (start, _) in pages_by_part(pages, form).items():
        body = [run for run in pages.pages[start].runs if run.y > 60]
        first_line = min(run.y for run in body)
        assert "".join(run.text for run in body if abs(run.y - first_line) < 2).startswith(title)


@every_form
@every_state
def test_the_ninth_part_is_one_page_on_the_right_hand_side(form_id: str, state: str) -> None:
    form = house().library.form(form_id)
    pages = printed(form_id, state).pages
    start, _ = pages_by_part(pages, form)[form.parts[8].title]
    assert start % 2 == 0
    assert int(pages.pages[start].label) % 2 == 1


@every_form
@every_state
def test_word_and_print_say_the_same_in_the_same_order(form_id: str, state: str) -> None:
    form = house().library.form(form_id)
    notes_apart = unspaced(text_of(printed(form_id, state).docx)).replace(FOOTNOTE_MARK, "")
    assert differences(notes_apart, _print_of(form, state).replace(FOOTNOTE_MARK, "")) == ""


@every_form
@every_state
def test_the_text_of_the_pages_can_be_taken_from_the_pdf_in_order(form_id: str, state: str) -> None:
    made = printed(form_id, state)
    text = "".join("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made.pdf)).pages).split())
    runs = "".join("".join(run.text for page in made.pages.pages for run in page.runs).split())
    assert text == runs


@every_form
@every_state
def test_every_filled_text_stands_in_print(form_id: str, state: str) -> None:
    runs = "".join("".join(run.text for page in printed(form_id, state).pages.pages for run in page.runs).split())
    for slot in filled(form_id, state).slots:
        for paragraph in slot.paragraphs or (slot.printed,):
            assert _squeezed(paragraph)[:20] in runs, slot.slot.key


def _squeezed(text: str) -> str:
    return "".join(text.split())


@every_form
def test_every_font_is_embedded_and_nothing_else_is_used(form_id: str) -> None:
    fonts = list(_fonts(pypdf.PdfReader(BytesIO(printed(form_id, "filled").pdf))))
    assert fonts
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])


def _fonts(reader: pypdf.PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield font.get_object()


@every_form
def test_the_parts_are_bookmarks_of_the_pdf(form_id: str) -> None:
    form = house().library.form(form_id)
    outline = pypdf.PdfReader(BytesIO(printed(form_id, "filled").pdf)).outline
    titles = [entry.title for entry in outline if isinstance(entry, pypdf.generic.Destination)]
    assert [part.title for part in form.parts if part.title in titles] == [part.title for part in form.parts]


@every_form
def test_the_fullest_form_still_fits_every_cell(form_id: str) -> None:
    assert [slot.slot.key for slot in filled(form_id, "fullest").slots if not slot.fits] == []
    assert any(slot.size == 7.5 for slot in filled(form_id, "fullest").slots)


@every_form
def test_the_blank_print_holds_every_official_character_in_order_and_nothing_else(form_id: str) -> None:
    form = house().library.form(form_id)
    assert differences(on_paper(form), _print_of(form, "blank")) == ""


def _print_of(form: Form, state: str) -> str:
    """The print's text without what pages add: numbers, repeated head rows, and the notes at their feet."""
    pages = printed(form.id, state).pages.pages
    text = "".join(_own_text(page, form, pages[index - 1] if index else None) for index, page in enumerate(pages))
    return unspaced(text)


def _own_text(page: Page, form: Form, before: Page | None) -> str:
    pieces = [FOOTNOTE_MARK if run.size < 7.5 and run.text.isdigit() else run.text for run in page.runs]
    text = unspaced("".join(pieces)).removesuffix(page.label)
    for note in note_texts(form):
        text = text.replace(f"{FOOTNOTE_MARK}{unspaced(note)}", "")
    if before is not None:
        for head in _head_rows(form):
            text = text.removeprefix(head)
    return text


def _head_rows(form: Form) -> Iterator[str]:
    yield "年度" + "".join(f"{year}年" for year in form.years.data)
    for _, table in arrange(form).tables():
        yield "".join(column.text for column in table.columns)
