"""Templates that an office tuned work in docx and PDF; what they lack is told before anything is written."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from generator.build import build, prepare, print_blank, print_form
from generator.cli.program import program
from generator.docx.package import repacked, unpacked
from generator.docx.reading import read_document
from generator.errors import BlockedError
from generator.findings import Finding, Severity
from generator.forms.library import Library
from generator.forms.verifying import verify_document
from generator.measure.fonts import FontLibrary
from generator.tuning import ChosenTemplate, choose_template, font_findings, page_findings, template_findings
from generator.typeset.pages import Pages
from tests.docx.reading import DOCUMENT, part
from tests.forms.mutations import edited, spoilt, without_row
from tests.measure.small_fonts import write_font
from tests.test_faithful import EXAMPLE, FORMS, filled, house, pages_by_part, printed
from tests.worded import FOLDER, SMALL, as_word_saves, tuned

FORM = "national-2025"
AREA = "{{ 占地面积 }}"

every_form = pytest.mark.parametrize("form_id", FORMS)


@cache
def template(form_id: str = FORM) -> bytes:
    form = house().library.form(form_id)
    return choose_template(form, house().library, house().fonts).docx


def told(docx: bytes, form_id: str = FORM) -> list[Finding]:
    form = house().library.form(form_id)
    return list(template_findings(form, ChosenTemplate(docx, tuned=True), house().fonts))


def replaced(old: str, new: str) -> bytes:
    """The template with one stretch of its document replaced."""
    document = part(template()).decode("utf-8")
    assert old in document
    return repacked({**unpacked(template()), DOCUMENT: document.replace(old, new).encode("utf-8")})


def page_texts(pages: Pages) -> list[str]:
    return ["".join("".join(run.text for run in page.runs).split()) for page in pages.pages]


def without_digits(pages: Pages) -> Counter[str]:
    """All characters in print but the digits, among which are the numbers of the pages."""
    return Counter(character for text in page_texts(pages) for character in text if not character.isdigit())


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


# ── what works ──


@every_form
def test_a_template_is_the_same_after_word_has_saved_it(form_id: str) -> None:
    saved = ChosenTemplate(as_word_saves(template(form_id)), tuned=True)
    assert saved.docx != template(form_id)
    assert told(saved.docx, form_id) == []
    again = print_form(filled(form_id, "filled"), saved, house().fonts)
    assert page_texts(again.pages) == page_texts(printed(form_id, "filled").pages)
    assert verify_document(house().library.form(form_id), read_document(again.docx)) == ()


@every_form
@pytest.mark.parametrize("state", ["blank", "filled"])
def test_other_fonts_and_widths_lose_nothing(form_id: str, state: str) -> None:
    form = house().library.form(form_id)
    chosen = ChosenTemplate(tuned(as_word_saves(template(form_id))), tuned=True)
    assert template_findings(form, chosen, house().fonts) == ()
    made = print_form(filled(form_id, state), chosen, house().fonts)
    assert page_findings(form, chosen, made.pages, house().fonts) == ()
    assert verify_document(form, read_document(made.docx)) == ()
    assert without_digits(made.pages) == without_digits(printed(form_id, state).pages)


@every_form
def test_a_template_works_after_a_round_trip_through_libreoffice(form_id: str, soffice: str, tmp_path: Path) -> None:
    source = tmp_path / "template.docx"
    source.write_bytes(template(form_id))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    form = house().library.form(form_id)
    chosen = ChosenTemplate((tmp_path / "out" / "template.docx").read_bytes(), tuned=True)
    assert template_findings(form, chosen, house().fonts) == ()
    made = print_form(filled(form_id, "filled"), chosen, house().fonts)
    assert page_findings(form, chosen, made.pages, house().fonts) == ()
    assert pages_by_part(made.pages, form).keys() == {part.title for part in form.parts}
    assert verify_document(form, read_document(made.docx)) == ()


def test_the_committed_template_is_built_in_word_and_in_print(tmp_path: Path) -> None:
    assert b"_GoBack" in part((FOLDER / "docx" / f"{SMALL}.docx").read_bytes())
    result = shenbao(
        *("build", EXAMPLE, "--form", SMALL, "--form-only", "--library", FOLDER),
        *("-o", tmp_path, "--draft", "--json"),
    )
    assert result.exit_code == 0, result.output
    (docx,) = tmp_path.rglob("01_*.docx")
    (pdf,) = tmp_path.rglob("01_*.pdf")
    result = shenbao("form", "verify", SMALL, docx, "--library", FOLDER)
    assert result.exit_code == 0, result.output
    text = "".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    assert "上海市示例区智能传感器产业" in text
    assert "☑第二产业" in text


def test_a_template_named_on_the_command_line_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "调过的.docx"
    file.write_bytes(tuned(template()))
    assert shenbao("blank", FORM, "--template", file, "-o", tmp_path / "blank").exit_code == 0
    (docx,) = (tmp_path / "blank").glob("*.docx")
    assert docx.read_bytes() != print_blank(FORM, house().library, house().fonts)[1].docx
    result = shenbao(
        *("build", EXAMPLE, "--form", FORM, "--form-only", "--template", file),
        *("-o", tmp_path / "out", "--dry-run", "--json"),
    )
    assert result.exit_code == 0, result.output


def test_a_tuned_templates_own_type_stays_where_the_text_fits() -> None:
    document = part(template()).decode("utf-8")
    larger = repacked(
        {**unpacked(template()), DOCUMENT: document.replace('w:sz w:val="21"', 'w:sz w:val="22"').encode()}
    )
    filled_in = print_form(filled(FORM, "filled"), ChosenTemplate(larger, tuned=True), house().fonts).docx
    assert part(filled_in).count(b'w:sz w:val="22"') > 50
    assert b'w:sz w:val="21"' not in part(filled_in)


def test_a_compiled_template_is_not_looked_into() -> None:
    form = house().library.form(FORM)
    chosen = choose_template(form, house().library, house().fonts)
    assert not chosen.tuned
    assert template_findings(form, chosen, house().fonts) == ()
    assert choose_template(form, house().library, house().fonts, b"other").tuned


def test_the_template_of_an_offices_own_folder_is_a_tuned_one(tmp_path: Path) -> None:
    (tmp_path / "docx").mkdir()
    (tmp_path / "docx" / f"{FORM}.docx").write_bytes(replaced(AREA, ""))
    library = Library.standard([tmp_path])
    with pytest.raises(BlockedError):
        print_blank(FORM, library, house().fonts)


# ── what is told ──


def test_a_tag_that_is_gone_is_told_in_the_words_of_the_form() -> None:
    (finding,) = told(replaced(AREA, ""))
    assert (finding.code, finding.expected) == ("V201", AREA)
    assert finding.path == "一、基本情况 › 集群占地面积（平方公里）"
    assert finding.severity is Severity.MUST


def test_a_tag_that_is_unknown_is_told_with_the_nearest_known_one() -> None:
    findings = told(replaced(AREA, "{{ 占地面机 }}"))
    assert [finding.code for finding in findings] == ["V201", "V202"]
    assert findings[1].found == "{{ 占地面机 }}"
    assert "是不是“占地面积”？" in findings[1].remedy


def test_a_tag_that_is_gone_from_a_target_table_is_told() -> None:
    document = part(template()).decode("utf-8")
    start = document.index("目标表.绿色化")
    place = document.index("{{ 行.c2 }}", start)
    changed = document[:place] + document[place + len("{{ 行.c2 }}") :]
    findings = told(repacked({**unpacked(template()), DOCUMENT: changed.encode("utf-8")}))
    assert [(finding.code, finding.path.split(" › ")[-1], finding.expected) for finding in findings] == [
        ("V201", "绿色化", "{{ 行.c2 }}")
    ]


def test_a_printed_text_that_was_edited_in_the_template_is_told() -> None:
    (finding,) = told(spoilt(template(), edited("集群总产值（亿元）", "集群总产值（万元）")))
    assert (finding.code, finding.found) == ("V103", "“集群总产值（万元）”")


def test_a_row_that_was_deleted_from_the_template_is_told_by_its_tags() -> None:
    findings = told(spoilt(template(), without_row("集群总产值（亿元）")))
    assert [finding.expected for finding in findings] == [
        f"{{{{ 集群总产值.y{year} }}}}" for year in (2022, 2023, 2024)
    ]


def test_a_bookmark_that_is_gone_is_told_and_does_not_block(tmp_path: Path) -> None:
    lost = replaced('w:name="一_占地面积"', 'w:name="别的"')
    (finding,) = told(lost)
    assert (finding.code, finding.severity) == ("V203", Severity.CHECK)
    prepared = prepare(EXAMPLE, FORM, house().library, house().fonts)
    built = build(prepared, tmp_path, house().library, house().fonts, template=lost, dry_run=True)
    assert "V203" in {finding.code for finding in built.findings}


def test_a_typeface_that_is_nowhere_is_told_and_does_not_block() -> None:
    (finding,) = told(tuned(template(), font="某某行楷"))
    assert (finding.code, finding.severity, finding.found) == ("V205", Severity.CHECK, "某某行楷")
    assert told(tuned(template(), font="华文仿宋")) == []


def test_a_font_file_that_may_not_be_embedded_is_told(tmp_path: Path) -> None:
    write_font(tmp_path / "fs.ttf", "FangSong", {"国": 900}, permission=0x0002)
    (finding,) = font_findings(FontLibrary.with_folders([tmp_path]))
    assert (finding.code, finding.severity) == ("V206", Severity.CHECK)
    assert "fs.ttf（FangSong）：" in finding.found
    assert font_findings(FontLibrary.bundled()) == ()


def test_cells_too_narrow_for_what_is_filled_in_are_told_after_layout() -> None:
    form = house().library.form(FORM)
    chosen = ChosenTemplate(tuned(template(), shift=-900), tuned=True)
    made = print_form(filled(FORM, "fullest"), chosen, house().fonts)
    findings = page_findings(form, chosen, made.pages, house().fonts)
    assert [(finding.code, finding.path) for finding in findings] == [("V204", "七、治理和服务水平")]
    assert (findings[0].found, findings[0].expected) == ("2 页", "1 页（空白表）")


@pytest.mark.parametrize("command", ["build", "blank"])
@pytest.mark.parametrize("draft", [False, True])
def test_nothing_is_written_with_a_template_that_lacks_a_tag(command: str, draft: bool, tmp_path: Path) -> None:
    file = tmp_path / "坏的.docx"
    file.write_bytes(replaced(AREA, ""))
    words: list[str | Path] = ["blank", FORM] if command == "blank" else ["build", EXAMPLE, "--form", FORM]
    if draft and command == "build":
        words.append("--draft")
    result = shenbao(*words, "--template", file, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "V201" in result.stderr
    assert not (tmp_path / "out").exists()


def test_what_a_template_lacks_is_told_to_programs_too(tmp_path: Path) -> None:
    file = tmp_path / "坏的.docx"
    file.write_bytes(replaced(AREA, ""))
    result = shenbao("build", EXAMPLE, "--form", FORM, "--template", file, "-o", tmp_path, "--json")
    assert result.exit_code == 1
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["V201"]


def test_a_template_that_is_not_there_or_no_word_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "图.docx").write_bytes(b"no word file")
    for name in ("没有.docx", "图.docx"):
        result = shenbao("blank", FORM, "--template", tmp_path / name, "-o", tmp_path / "out")
        assert result.exit_code == 3, name


def test_every_code_is_in_the_page_of_checks(checkout: Path) -> None:
    page = (checkout / "docs" / "verify.md").read_text(encoding="utf-8")
    source = (checkout / "generator" / "tuning.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"(V\d{3})"', source))
    assert codes == {"V201", "V202", "V203", "V204", "V205", "V206"}
    assert [code for code in codes if f"## {code} " not in page] == []
