"""Designed documents: from a definition through Word to the print."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from generator.documents.drawing import Drawing
from generator.documents.printing import Printed, print_document
from generator.errors import DefinitionError, UsageError
from generator.forms.definition_document import DocumentDefinition
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.typeset.pages import Area, Rule, TextRun
from tests.docx.word_rules import broken_rules

FONTS = FontLibrary.bundled()
LISTS = """
id: lists
title: 清单
blocks:
  - {style: 文档标题, text: '{标题}'}
  - {style: 文档注, text: '单位：{单位}', when: 单位}
  - {drawing: 趋势, height: 60}
  - each: 表们
    as: 表
    blocks:
      - {style: 文档标题一, text: '{表.标题}', new_page: true, mark: '表_{表.号}'}
      - table:
          rows: 表.行们
          columns:
            - {head: 序号, width: 12, text: '{行.序号}', align: centre}
            - {head: 名称, width: 100, text: '{行.名称}'}
          foot: ['', '{表.合计}']
          foot_when: 表.合计
"""


def definition(text: str = LISTS) -> DocumentDefinition:
    return DocumentDefinition.model_validate(yaml.safe_load(text))


def context(rows: int = 40, **changed: str) -> dict[str, Any]:
    names = [{"序号": str(number), "名称": f"企业{number}号"} for number in range(1, rows + 1)]
    tables = [{"标题": "甲表", "合计": "共四十家", "行们": names}, {"标题": "乙表", "合计": "", "行们": names[:1]}]
    return {"标题": "示例清单", "单位": "家", "表们": tables, **changed}


def texts(printed: Printed) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages]


def test_loops_conditions_heads_and_feet_print() -> None:
    printed = print_document(definition(), context(), FONTS)
    first, second, third, fourth = texts(printed)
    assert "示例清单" in first and "单位：家" in first
    assert "甲表" in second and "企业1号" in second and "企业40号" not in second
    assert "名称" in third and "企业40号" in third and "共四十家" in third
    assert "乙表" in fourth and "共四十家" not in fourth
    assert "单位" not in "".join(texts(print_document(definition(), context(单位=""), FONTS)))


def test_the_word_file_is_sound_and_its_bookmarks_are_told_apart() -> None:
    printed = print_document(definition(), context(), FONTS)
    assert broken_rules(printed.docx) == []
    marks = {anchor.name: anchor.page for anchor in printed.pages.anchors if anchor.name.startswith("表_")}
    assert sorted(marks.values()) == [1, 3]


def test_the_same_document_gives_the_same_bytes_and_a_mark_changes_every_page() -> None:
    one, other = (print_document(definition(), context(), FONTS) for _ in range(2))
    assert (one.docx, one.pdf) == (other.docx, other.pdf)
    assert all("草稿" in text for text in texts(print_document(definition(), context(), FONTS, mark="草稿")))


def test_a_drawing_stands_in_the_room_kept_for_it() -> None:
    face = print_document(definition(), context(), FONTS).pages.pages[0].runs[0].face
    drawing = Drawing(
        100, 50, (TextRun(0, 10, "图例", face, 9, 18),), (Rule(0, 0, 100, 50, 1),), (Area(1, 2, 3, 4, "888888"),)
    )
    pages = print_document(definition(), context(), FONTS, drawings={"趋势": drawing}).pages
    room = next(anchor for anchor in pages.anchors if anchor.name == "图_趋势")
    area, rule = pages.pages[0].areas[-1], pages.pages[0].rules[-1]
    left = room.x + (room.width - 100) / 2
    assert (area.x, area.y) == pytest.approx((left + 1, room.y + 2))
    assert (rule.x2, rule.y2) == pytest.approx((left + 100, room.y + 50))
    assert any(run.text == "图例" and run.x == pytest.approx(left) for run in pages.pages[0].runs)


def test_a_drawing_without_room_is_an_error() -> None:
    with pytest.raises(KeyError):
        print_document(definition(), context(), FONTS, drawings={"别的": Drawing(1, 1)})


def test_paper_margins_and_turning_are_those_of_the_definition() -> None:
    label = "{id: label, title: 标签, paper: [120, 90], margins: [5, 5, 5, 5], blocks: [{text: 光盘}]}"
    (page,) = print_document(definition(label), {}, FONTS).pages.pages
    assert (page.width, page.height) == pytest.approx((340.2, 255.1), abs=0.2)
    turned = definition(LISTS).model_copy(update={"orientation": "landscape"})
    assert print_document(turned, context(), FONTS).pages.pages[0].width == pytest.approx(841.9, abs=0.2)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("blocks: [{text: '{甲 乙}'}]", "不是名称"),
        ("blocks: [{table: {columns: [{width: 170, text: 甲}]}}]", "170 毫米"),
        ("blocks: [{table: {columns: [{width: 10}, {width: 10}], foot: [一]}}]", "1 格"),
        ("blocks: [{text: 甲, colour: red}]", "colour"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_place(tmp_path: Path, wrong: str, told: str) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "trial.yaml").write_text(f"id: trial\ntitle: 试\n{wrong}\n", encoding="utf-8")
    library = Library.standard([tmp_path])
    with pytest.raises(DefinitionError, match=told) as raised:
        library.document("trial")
    assert "trial.yaml" in str(raised.value)


def test_an_unknown_document_is_refused() -> None:
    with pytest.raises(UsageError, match="无此文档"):
        Library.standard().document("无此文档")


def test_a_name_without_data_is_an_error_that_names_it() -> None:
    with pytest.raises(DefinitionError, match="标题"):
        print_document(definition(), {"单位": "", "表们": []}, FONTS)
