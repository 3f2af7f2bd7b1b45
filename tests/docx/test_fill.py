"""Filling: docxtpl's own result, and what it would let pass."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import jinja2
import pytest
from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st
from jinja2.sandbox import SandboxedEnvironment

from generator.docx.compile import compile_form
from generator.docx.fill import Template
from generator.docx.package import repacked, unpacked
from generator.errors import DefinitionError
from generator.forms.arrange import arrange
from generator.forms.arrangement import Arrangement
from generator.measure.fonts import FontLibrary
from tests.docx.contexts import Context, blank_context, fitted_sizes, full_context
from tests.docx.reading import DOCUMENT, canonical, paragraph_with, part, text_of
from tests.docx.word_rules import WORD, broken_rules
from tests.samples import form

Changed = Callable[[str, str], Template]
ROWS: list[dict[str, Any]] = [
    {"label": "名称", "value": "名称"},
    {"label": "情况", "narrative": "情况", "limit": 200},
]


@pytest.fixture(scope="module")
def small_docx(fonts: FontLibrary) -> bytes:
    return compile_form(arrange(form(ROWS)), fonts)


@pytest.fixture(scope="module")
def small(small_docx: bytes) -> Template:
    return Template.prepare(small_docx)


@pytest.fixture
def changed(small_docx: bytes) -> Changed:
    """The small template with one stretch of its document replaced, as an office might have edited it."""

    def change(old: str, new: str) -> Template:
        document = part(small_docx).decode("utf-8")
        assert old in document
        return Template.prepare(
            repacked({**unpacked(small_docx), DOCUMENT: document.replace(old, new).encode("utf-8")})
        )

    return change


def values(**given: Any) -> Context:
    return {"标记": "", "附件": "", "名称": "", "情况": ""} | given


def by_docxtpl(template: bytes, context: Context, name: str = DOCUMENT) -> bytes:
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    rendering = DocxTemplate(io.BytesIO(template))
    rendering.render(context, environment, autoescape=True)
    buffer = io.BytesIO()
    rendering.save(buffer)
    return part(buffer.getvalue(), name)


@pytest.mark.parametrize("context_of", [blank_context, full_context])
def test_document_is_the_one_that_docxtpl_itself_gives(
    context_of: Callable[[Arrangement], Context],
    national: Arrangement,
    national_docx: bytes,
    national_template: Template,
) -> None:
    context = context_of(national) | {"标记": "草稿", "附件": "附件2"}
    filled = national_template.fill(context, {})

    assert canonical(part(filled)) == canonical(by_docxtpl(national_docx, context))
    header = "word/header1.xml"
    assert canonical(part(filled, header)) == canonical(by_docxtpl(national_docx, context, header))


def test_sizes_change_nothing_but_sizes(
    national: Arrangement, national_docx: bytes, national_template: Template, fonts: FontLibrary
) -> None:
    def without_sizes(xml: bytes) -> str:
        return re.sub(r"(<w:sz |w:line=)[^ >]*", r"\1", canonical(xml))

    context = full_context(national)
    sizes = fitted_sizes(national, context, fonts)
    filled = part(national_template.fill(context, sizes))

    assert any(size < 10 for size, _ in sizes.values())
    assert canonical(filled) != canonical(part(national_template.fill(context, {})))
    assert without_sizes(filled) == without_sizes(by_docxtpl(national_docx, context))


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1))
def test_any_text_is_printed_as_it_is(small: Template, text: str) -> None:
    document = docx.Document(io.BytesIO(small.fill(values(名称=text), {})))

    assert document.tables[0].cell(0, 1).text == text


@pytest.mark.parametrize(
    "text", ["甲\n乙", "甲\t乙", "R&D <x> “q” ' \"", "{{ 名称 }} {% if %} {# #}", "第一行\n第二行\n第三行"]
)
def test_breaks_tabs_and_marks_come_out_as_docxtpl_has_them(small: Template, small_docx: bytes, text: str) -> None:
    context = values(名称=text, 情况=text)
    filled = small.fill(context, {})

    assert canonical(part(filled)) == canonical(by_docxtpl(small_docx, context))
    assert docx.Document(io.BytesIO(filled)).tables[0].cell(0, 1).text == text


def test_paragraph_is_set_in_the_size_asked_for_and_the_others_stay(small: Template) -> None:
    filled = small.fill(values(名称="甲", 情况="乙"), {"一_情况": (7.5, 9.5)})

    small_text, other = paragraph_with(filled, "乙"), paragraph_with(filled, "甲")
    assert [node.get(f"{WORD}val") for node in small_text.iter(f"{WORD}sz")] == ["15"]
    assert [node.get(f"{WORD}line") for node in small_text.iter(f"{WORD}spacing")] == ["190"]
    assert [node.get(f"{WORD}val") for node in other.iter(f"{WORD}sz")] == ["21"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<w:sz w:val="21"/>', ""),
        ('<w:spacing w:line="300" w:lineRule="exact"/>', ""),
        ('<w:spacing w:line="300" w:lineRule="exact"/>', '<w:spacing w:after="20"/>'),
        ('<w:spacing w:line="300" w:lineRule="exact"/>', '<w:spacing w:line="240" w:lineRule="auto"/>'),
        ('<w:rPr><w:sz w:val="21"/></w:rPr>', ""),
    ],
)
def test_size_is_set_where_an_offices_template_says_none(
    changed: Changed, small_docx: bytes, old: str, new: str
) -> None:
    template = changed(old, new)
    plain = template.fill(values(情况="乙"), {})
    filled = template.fill(values(情况="乙"), {"一_情况": (7.5, 9.5)})

    found = paragraph_with(filled, "乙")
    assert [node.get(f"{WORD}val") for node in found.iter(f"{WORD}sz")] == ["15"]
    spacing = next(found.iter(f"{WORD}spacing"))
    assert (spacing.get(f"{WORD}line"), spacing.get(f"{WORD}lineRule")) == ("190", "exact")
    assert broken_rules(filled) == []
    edited = part(small_docx).decode("utf-8").replace(old, new).encode("utf-8")
    oracle = by_docxtpl(repacked({**unpacked(small_docx), DOCUMENT: edited}), values(情况="乙"))
    assert canonical(part(plain)) == canonical(oracle)


def test_size_for_a_bookmark_that_is_gone_is_an_error_that_names_it(small: Template) -> None:
    with pytest.raises(DefinitionError, match="一_没有"):
        small.fill(values(), {"一_没有": (9, 12.5)})


def test_name_without_data_is_named(small: Template) -> None:
    context = values()
    del context["情况"]

    with pytest.raises(DefinitionError, match="：情况。"):
        small.fill(context, {})


def test_tags_are_held_against_what_is_known(changed: Changed) -> None:
    template = changed("{{ 名称 }}", "{{ 企业.y2022 }}{{ 企业['名'] }}{% for 项 in 表.甲 %}{{ 项.值 }}{% endfor %}")

    assert template.tags == {"标记", "附件", "情况", "企业.y2022", "企业.名", "表.甲"}
    assert template.unknown_tags(["标记", "附件", "情况", "企业.名"]) == ("企业.y2022", "表.甲")
    assert template.missing_tags(["情况", "面积", "产值"]) == ("产值", "面积")


@pytest.mark.parametrize("text", ["\x00", "甲\x0b乙", "\x1f", "\ud800", "\uffff", "\r", "\x85"])
def test_what_can_not_be_printed_is_refused_with_its_place(small: Template, text: str) -> None:
    with pytest.raises(DefinitionError, match=r"情况\[2\].*U\+"):
        small.fill(values(情况=["甲", text]), {})


def test_values_are_texts(small: Template) -> None:
    with pytest.raises(DefinitionError, match="名称"):
        small.fill(values(名称=12), {})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 名称.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ 名称.format.__globals__ }}",
        "{{ (名称 ~ '{0.__class__}').format(名称) }}",
        "{{ range(10000000) }}",
        "{{ 1 // 0 }}",
    ],
)
def test_template_can_not_run_code(changed: Changed, tag: str) -> None:
    with pytest.raises(DefinitionError):
        changed("{{ 名称 }}", tag).fill(values(名称="甲"), {})


def test_tag_split_over_runs_by_an_editor_is_one_tag(changed: Changed) -> None:
    split = '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ 名</w:t></w:r><w:r><w:t>称 }}'

    filled = changed("{{ 名称 }}", split).fill(values(名称="甲乙"), {})

    assert docx.Document(io.BytesIO(filled)).tables[0].cell(0, 1).text == "甲乙"


def test_broken_tag_is_an_error_when_the_template_is_prepared(changed: Changed) -> None:
    with pytest.raises(DefinitionError, match="标签"):
        changed("{{ 名称 }}", "{{ 名称 称 }}")


@pytest.mark.parametrize("content", [b"", b"PK", b"<html/>"])
def test_what_is_no_word_file_is_an_error(content: bytes) -> None:
    with pytest.raises(DefinitionError, match="Word"):
        Template.prepare(content)


def test_word_file_without_properties_gets_some(small_docx: bytes) -> None:
    contents = unpacked(small_docx)
    del contents["docProps/core.xml"]
    for name in ("_rels/.rels", "[Content_Types].xml"):
        contents[name] = re.sub(rb"<(?:Relationship|Override)[^>]*core[^>]*/>", b"", contents[name])

    filled = Template.prepare(repacked(contents)).fill(values(), {}, title="某表")

    assert docx.Document(io.BytesIO(filled)).core_properties.title == "某表"


def test_fillings_do_not_touch_each_other(small: Template) -> None:
    first = small.fill(values(名称="甲"), {"一_情况": (7.5, 9.5)})
    small.fill(values(名称="乙"), {"一_情况": (9, 12.5)})

    assert small.fill(values(名称="甲"), {"一_情况": (7.5, 9.5)}) == first


def test_template_survives_pickling(small: Template) -> None:
    again = pickle.loads(pickle.dumps(small))

    assert again.fill(values(名称="甲"), {}) == small.fill(values(名称="甲"), {})


def test_only_what_holds_tags_is_written_anew(small: Template, small_docx: bytes) -> None:
    before, after = unpacked(small_docx), unpacked(small.fill(values(名称="甲"), {}))

    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == {DOCUMENT, "word/header1.xml"}


def test_properties_say_what_the_file_is_and_no_time(small: Template) -> None:
    filled = small.fill(values(), {}, title="申报表 R&D", subject="某集群")

    properties = docx.Document(io.BytesIO(filled)).core_properties
    assert (properties.title, properties.subject, properties.author) == ("申报表 R&D", "某集群", "")
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("context_of", [blank_context, full_context])
def test_filled_form_breaks_no_rule_of_word_and_keeps_no_tag(
    context_of: Callable[[Arrangement], Context], national: Arrangement, national_template: Template
) -> None:
    filled = national_template.fill(context_of(national), {})

    assert broken_rules(filled) == []
    assert not re.search(r"\{[{%#]|[}%#]\}", text_of(filled))


def test_rows_of_the_users_own_indicators_take_the_place_of_the_dots(
    national: Arrangement, national_template: Template
) -> None:
    context = blank_context(national)
    context["目标表"]["创新"] = [
        {"指标": "研发经费投入", "文字": "", "c1": "9.18亿元", "c2": "14.00亿元"},
        {"指标": "PCT国际专利申请量", "文字": "", "c1": "30件", "c2": "45件"},
    ]
    table = docx.Document(io.BytesIO(national_template.fill(context, {}))).tables[-2].cell(0, 0).tables[0]

    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[4:6] == [
        ["创新", "研发经费投入", "9.18亿元", "14.00亿元"],
        ["创新", "PCT国际专利申请量", "30件", "45件"],
    ]
    assert rows[6][0] == "数字化"


def test_descriptions_in_a_target_table_begin_at_the_left_and_figures_stand_in_the_middle(
    national: Arrangement, national_template: Template
) -> None:
    context = blank_context(national)
    context["目标表"]["开放合作"] = [{"指标": "定性描述", "文字": "是", "c1": "一家", "c2": "三家"}]
    context["目标表"]["治理和服务"] = [{"指标": "满意度", "文字": "", "c1": "90%", "c2": "95%"}]
    table = docx.Document(io.BytesIO(national_template.fill(context, {}))).tables[-2].cell(0, 0).tables[0]

    styles = {
        row.cells[1].text: [[paragraph.style.name for paragraph in cell.paragraphs] for cell in row.cells[2:]]
        for row in table.rows
    }
    assert styles["定性描述"] == [["填写"], ["填写"]]
    assert styles["满意度"] == [["填写居中"], ["填写居中"]]


def test_hint_goes_with_its_paragraph_when_the_value_is_there(
    national: Arrangement, national_template: Template
) -> None:
    context = blank_context(national)
    context["提示"]["一_集群全称"] = ""
    label = docx.Document(io.BytesIO(national_template.fill(context, {}))).tables[1].cell(0, 0)

    assert [paragraph.text for paragraph in label.paragraphs] == ["集群名称："]
