"""The self-check report as files: print, page and tree say the same, need nothing beside them, and repeat to the byte."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.build import print_form
from generator.documents.page import html_page
from generator.documents.report import Report, compose_report
from generator.documents.report_files import DOCUMENT, report_html, report_json, report_printed
from generator.documents.report_words import read_report_words
from generator.errors import MissingError
from generator.findings import Finding, Severity
from generator.forms.definition_document import DocumentDefinition
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import Prepared, prepare
from generator.self_check import self_check, self_check_file
from generator.tuning import choose_template
from tests.docx.word_rules import broken_rules

LIBRARY = Library.standard()
FONTS = FontLibrary.bundled()
DATA = Path(__file__).resolve().parents[2] / "data"
EXAMPLE = DATA / "示例区智能传感器"
FORMS = ("national-2025", "shanghai-2024", "rereview-2025", "national-2024")
NASTY = '<script>alert("x")</script> R&D {{ 1 + 1 }} {% if %} ]]> \' 😀 𬭎'


@cache
def prepared(form: str = FORMS[0], folder: Path = EXAMPLE) -> Prepared:
    return prepare(folder, form, LIBRARY, FONTS)


@cache
def report(form: str = FORMS[0]) -> Report:
    return self_check(prepared(form), LIBRARY)


def with_findings(*findings: Finding) -> Report:
    whole = prepared()
    return compose_report("示例", whole.form, findings, read_report_words(LIBRARY), whole.examined)


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


class Page(HTMLParser):
    """What a browser would see: the words, the elements, and the attributes that could fetch anything."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join("".join(self.words).split())


@pytest.mark.parametrize("form", FORMS)
def test_the_example_fills_a_report_of_a_few_pages_on_every_form(form: str) -> None:
    printed = report_printed(report(form), LIBRARY, FONTS)
    assert 4 <= len(printed.pages.pages) <= 10
    assert broken_rules(printed.docx) == []
    text = text_of(printed.pdf)
    for heading in ("一、结论", "二、必须改（0处）", "六、对照认定标准", "七、主要指标近三年变化", "八、推算的数"):
        assert heading in text, heading
    assert "可以报送" in text


@pytest.mark.parametrize("form", FORMS)
def test_a_derived_figure_cites_the_notes_of_its_own_form(form: str) -> None:
    notes = LIBRARY.form(form)
    printed = [item for texts in (notes.instructions, notes.appendix) if texts is not None for item in texts.items]
    clauses = {figure.name: figure.clause for figure in report(form).derived if figure.clause}
    assert "研发经费总额" in clauses
    for clause in clauses.values():
        title, _, sentence = clause.partition("：")
        assert any(sentence.rstrip("。") in item for item in printed), clause
        assert title.startswith("填报说明") or form == "shanghai-2024"


def test_the_pictures_are_drawn_in_the_print() -> None:
    """Their words are nowhere else than on them."""
    text = text_of(report_printed(report(), LIBRARY, FONTS).pdf)
    trend = next(trend for trend in report().trends if trend.title == "集群总产值")
    assert text.count(f"{trend.title}（{trend.unit}）") >= 2
    assert all(f"{value:.2f}" in text for value in trend.values if value is not None)
    assert "亿元以上）达到" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = (self_check(prepare(EXAMPLE, FORMS[0], LIBRARY, FONTS), LIBRARY) for _ in range(2))
    assert report_json(one) == report_json(other)
    assert report_html(one, LIBRARY, FONTS) == report_html(other, LIBRARY, FontLibrary.bundled())
    assert report_printed(one, LIBRARY, FONTS).pdf == report_printed(other, LIBRARY, FontLibrary.bundled()).pdf


def test_the_page_needs_nothing_beside_it_and_runs_nothing() -> None:
    html = report_html(report(), LIBRARY, FONTS)
    page = Page(html)
    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {*page.elements}
    assert not {"src", "href", "srcset", "xlink:href", "action"} & {name for name, _ in page.attributes}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not re.search(rb"url\(|@import|https?:", html)
    assert page.elements.count("svg") >= 10


def test_the_page_and_the_print_say_the_same_words() -> None:
    """All but the pictures' words, which stand elsewhere in the print: every cell and paragraph of the page is printed."""
    printed = text_of(report_printed(report(), LIBRARY, FONTS).pdf)
    bare = re.sub(r"<svg.*?</svg>", "", report_html(report(), LIBRARY, FONTS).decode(), flags=re.DOTALL)
    pieces = [piece for words in Page(bare.encode()).words for piece in re.findall(r"[㐀-鿿]{4,}", words)]
    assert len(pieces) > 100
    assert [piece for piece in pieces if piece not in printed] == []


def test_whatever_a_user_wrote_is_only_text() -> None:
    nasty = Finding("C601", Severity.MUST, NASTY, f"部分 › {NASTY}", None, NASTY, NASTY, NASTY, NASTY)
    report = with_findings(nasty)
    html = report_html(report, LIBRARY, FONTS)
    assert b"<script" not in html
    assert NASTY in "".join(Page(html).words)
    text = text_of(report_printed(report, LIBRARY, FONTS).pdf)
    assert '<script>alert("x")</script>R&D{{1+1}}{%if%}' in text
    assert json.loads(report_json(report))["findings"][0]["found"] == NASTY


def test_three_hundred_findings_are_told_by_part_and_none_is_lost() -> None:
    findings = tuple(
        Finding("C101", Severity.MUST, f"问题{number:03}", f"第{number % 8}部分 › 栏目{number}", remedy="请填写")
        for number in range(300)
    )
    report = with_findings(*findings)
    printed = report_printed(report, LIBRARY, FONTS)
    for text in (text_of(printed.pdf), Page(report_html(report, LIBRARY, FONTS)).text):
        assert "有300处必须改" in text
        assert {f"问题{number:03}" for number in range(300)} <= {*re.findall(r"问题\d{3}", text)}
    assert len(printed.pages.pages) < 25


def test_waived_findings_are_shown_with_their_reasons() -> None:
    report = with_findings(Finding("C801", Severity.CHECK, "没有达到", "一、情况 › 产值", waived="西部地区放宽"))
    for text in (text_of(report_printed(report, LIBRARY, FONTS).pdf), Page(report_html(report, LIBRARY, FONTS)).text):
        assert "五、已说明不适用的检查结果（1处）" in text
        assert "西部地区放宽" in text
        assert "可以报送" in text


def test_an_unreadable_cluster_gets_its_findings_and_no_empty_sections(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("地区: {省: 上海市\n", "utf-8")
    report = self_check(prepare(tmp_path, FORMS[0], LIBRARY, FONTS), LIBRARY)
    printed = report_printed(report, LIBRARY, FONTS)
    for text in (text_of(printed.pdf), Page(report_html(report, LIBRARY, FONTS)).text):
        assert "集群数据读不出来" in text and "cluster.yaml" in text
        assert "六、" not in text and "八、" not in text
    assert json.loads(report_json(report))["verdict"] == "unreadable"
    assert len(printed.pages.pages) == 1


def test_a_cluster_with_nothing_in_it_gets_no_empty_pictures_or_tables_and_each_line_once(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("实绩:\n  集群总产值: {2022: , 2023: , 2024: }\n", "utf-8")
    report = self_check(prepare(tmp_path, FORMS[0], LIBRARY, FONTS), LIBRARY)
    for text in (text_of(report_printed(report, LIBRARY, FONTS).pdf), Page(report_html(report, LIBRARY, FONTS)).text):
        assert "虚线" not in text and "公式和依据" not in text
        assert "没有：填了两年以上的数才画得出变化。" in text and "没有：填的数还不够推算。" in text
        assert "第2行、第2行" not in text


def test_the_report_of_a_package_knows_later_findings_and_printed_pages() -> None:
    whole = prepared(folder=DATA / "吴江区仿真纤维材料")
    assert whole.filled is not None
    pages = print_form(whole.filled, choose_template(whole.form, LIBRARY, FONTS), FONTS, mark="草稿").pages
    late = Finding("T101", Severity.CHECK, "模板变了页数", "模板")
    findings = (*whole.findings, late)
    file = self_check_file(whole, LIBRARY, FONTS, findings, pages, mark="草稿")
    text = text_of(file.content)
    assert file.path == "2_内部留存_不报送/自查报告.pdf"
    assert file.pages == len(PdfReader(io.BytesIO(file.content)).pages)
    assert "模板变了页数" in text and "草稿" in text
    placed = self_check(whole, LIBRARY, findings=findings, pages=pages).findings
    known = [entry.page for entry in placed if entry.page is not None]
    assert len(known) > 30 and known == sorted(known)
    assert f"第{known[0]}页" in text


def test_an_office_may_leave_pictures_out_of_its_own_report(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    own = "id: self-check\ntitle: 自查\nblocks:\n  - {text: '{集群}：{结论}'}\n"
    (tmp_path / "documents" / f"{DOCUMENT}.yaml").write_text(own, "utf-8")
    text = text_of(report_printed(report(), Library.standard([tmp_path]), FONTS).pdf)
    assert "可以报送" in text and "六、" not in text


def test_a_library_without_words_for_reports_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="自查报告"):
        read_report_words(Library((tmp_path,)))


def test_the_page_prints_loops_heads_feet_and_marks_of_any_document() -> None:
    definition = DocumentDefinition.model_validate(
        {
            "id": "x",
            "title": "清单",
            "blocks": [
                {"style": "文档标题", "text": "{标题}", "mark": "顶"},
                {"text": "不印", "when": "无"},
                {"drawing": "没有的图", "height": 10},
                {
                    "table": {
                        "rows": "行们",
                        "columns": [{"width": 30, "head": "名", "text": "{行.名}"}, {"width": 90, "align": "right"}],
                        "foot": ["合计", "{合计}"],
                        "frame": False,
                    }
                },
            ],
        }
    )
    context = {"标题": "甲<乙", "无": "", "行们": [{"名": "一\n二"}], "合计": "3"}
    html = html_page(definition, context, {}).decode()
    assert '<h1 class="centre" id="顶">甲&lt;乙</h1>' in html
    assert "不印" not in html and "<svg" not in html
    assert '<table class="bare">' in html and "<td>一<br>二</td>" in html
    assert '<td>合计</td><td class="right">3</td>' in html
    assert '<col style="width: 25.00%">' in html


def test_on_a_narrow_screen_a_row_tells_its_cells_behind_their_heads() -> None:
    missing = Finding("C101", Severity.MUST, "空缺", "一、情况 › 甲项", remedy="请填写")
    html = report_html(with_findings(missing), LIBRARY, FONTS).decode()
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    (told,) = [row for row in rows if "甲项" in row]
    assert re.findall(r'<td data-head="(.*?)">', told) == ["栏目", "问题", "怎么改", "在哪里"]
    (counted,) = [row for row in rows if row.startswith("<td>合计")]
    assert "data-head" not in counted, "a table of numbers has room enough"
    assert '<table class="told" style="--head: 4em">' in html


def test_drawings_that_follow_each_other_are_moved_as_one() -> None:
    html = report_html(report(), LIBRARY, FONTS).decode()
    boxes = re.findall(r'<div class="drawings">(.*?)</div>', html, re.DOTALL)
    assert [set(re.findall("<svg( class=.strip.)?", box)) for box in boxes] == [{' class="strip"'}, {""}]
    assert sum(box.count("<svg") for box in boxes) == html.count("<svg")
