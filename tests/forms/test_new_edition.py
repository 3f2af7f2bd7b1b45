"""An office's own form, with fields, facts and registers that the package has never seen, is built from data alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from generator.build import Prepared, build, prepare, print_blank
from generator.cli.program import program
from generator.errors import DefinitionError
from generator.findings import blocking
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary

FORM = """
id: lake-2026
title: 滨湖市产业集群登记表
issuer: 滨湖市产业办公室
edition: 2026
years: {data: [2024, 2025], base: 2025, target: [2026, 2027]}
compose: {登记名称: '{县}{产业}集群'}
cover:
  - {title: 滨湖市产业集群登记表}
  - {label: 名称：, value: 登记名称}
  - {hint: （XX县XX集群）, of: 登记名称}
  - {issuer: 滨湖市产业办公室 制}
instructions:
  title: 填写说明
  items: [1.截止到$base年底。]
parts:
  - title: 一、基本情况
    columns: [60, 50, 50]
    rows:
      - {label: 年度, years: data}
      - {label: "研发机构数量[^]（家）", by_year: 研发机构数量, footnote: 指独立设置的研发机构。}
      - {label: 负责人, value: 集群负责人}
      - label: 已开展的金融服务
        name: 已开展的金融服务
        boxes:
          - {text: 建立了产业基金, when: 建立产业基金}
          - {text: 开展了融资租赁, when: 开展融资租赁}
          - {text: 其他, other: true}
      - {label: 产业基金名称及数量, name: 市级产业基金, names: 产业基金, where: {级别: 市级}}
  - title: 二、规划
    plan:
      limit: 500
      body:
        - {heading: 一、目标, level: 1}
        - table: 目标表
          plan: $base
          columns:
            - {text: 方向, width: 30}
            - {text: 指标, width: 50}
            - {text: $target1年目标值, width: 36, shows: target, year: $target1}
            - {text: $target2年目标值, width: 36, shows: target, year: $target2}
          rows: [{direction: 金融, indicators: [基金规模, ......]}]
        - {heading: 二、措施, level: 1}
        - {prose: 措施, heading: 二、措施}
"""
FIELDS = """
fields:
  - {name: 研发机构数量, kind: count, unit: 家, by_year: true, min: 0}
  - {name: 集群负责人, kind: text}
facts: [{name: 建立产业基金}, {name: 开展融资租赁}]
registers:
  - name: 产业基金
    columns:
      - {name: 名称, kind: text, required: true}
      - {name: 级别, kind: choice, choices: [市级, 县级]}
others: [{name: 已开展的金融服务}]
"""
CLUSTER = """
地区: {省: 江南省, 市: 滨湖市, 县: 临水县}
产业: 渔具
概况: {集群负责人: 王水}
实绩:
  研发机构数量: {2024: 6, 2025: 9}
工作: [建立产业基金]
名录:
  产业基金:
    - {名称: 临水渔具基金, 级别: 市级}
    - {名称: 县级基金, 级别: 县级}
规划:
  - 基准年: 2025
    目标:
      - {方向: 金融, 指标: 基金规模, 单位: 亿元, 值: {2026: 2.50, 2027: 3}}
      - {方向: 金融, 指标: 贷款户数, 单位: 户, 值: {2026: 40, 2027: 60}}
申报:
  lake-2026:
    其他: {已开展的金融服务: 开展知识产权质押}
    规划正文: {二、措施: 落实到人。}
"""


@pytest.fixture(scope="module")
def fonts() -> FontLibrary:
    return FontLibrary.bundled()


@pytest.fixture
def own(tmp_path: Path) -> Library:
    folder = tmp_path / "表式"
    for name, text in {"forms/lake-2026.yaml": FORM, "fields/ours.yaml": FIELDS}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Library.standard([folder])


@pytest.fixture
def prepared(own: Library, tmp_path: Path, fonts: FontLibrary) -> Prepared:
    folder = tmp_path / "临水渔具"
    folder.mkdir()
    (folder / "cluster.yaml").write_text(CLUSTER, encoding="utf-8")
    return prepare(folder, "lake-2026", own, fonts)


def text_of(pdf: Path) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(pdf).pages))


def test_it_is_known_beside_the_forms_of_the_package(own: Library) -> None:
    assert {"lake-2026", "national-2025"} <= set(own.ids())
    assert own.form("lake-2026").title == "滨湖市产业集群登记表"


def test_an_environment_variable_names_the_folder_once_for_all(own: Library) -> None:
    listed = CliRunner(env={"SHENBAO_LIBRARY": str(own.folders[0])}).invoke(program, ["forms", "--json"])
    assert set(own.ids()) == {form["id"] for form in json.loads(listed.stdout)["forms"]}


def test_its_own_fields_facts_and_registers_are_filled_without_findings(prepared: Prepared) -> None:
    assert blocking(prepared.findings) == ()
    assert prepared.filled is not None
    printed = {slot.slot.key: slot.printed.strip() for slot in prepared.filled.slots}
    assert printed["封面_登记名称"] == "临水县渔具集群"
    assert (printed["一_研发机构数量_y2024"], printed["一_研发机构数量_y2025"]) == ("6", "9")
    boxes = [printed[f"一_已开展的金融服务_b{number}"] for number in (1, 2, 3)]
    assert boxes == ["☑", "□", "☑"]
    assert (printed["一_市级产业基金_数量"], printed["一_市级产业基金_名称"]) == ("1", "临水渔具基金")


def test_it_is_built_in_word_and_in_print(prepared: Prepared, own: Library, tmp_path: Path, fonts: FontLibrary) -> None:
    built = build(prepared, tmp_path / "输出", own, fonts)
    assert built.written is not None
    (pdf,) = (tmp_path / "输出").rglob("01_*.pdf")
    (docx,) = (tmp_path / "输出").rglob("01_*.docx")
    text = text_of(pdf)
    for expected in ("临水县渔具集群", "☑其他：开展知识产权质押", "2.50亿元", "贷款户数", "指独立设置的研发机构。"):
        assert expected in text
    tables = Document(str(docx)).tables
    assert any("王水" in cell.text for table in tables for row in table.rows for cell in row.cells)


def test_its_blank_form_prints_hint_boxes_and_open_rows(own: Library, tmp_path: Path, fonts: FontLibrary) -> None:
    _, printed = print_blank("lake-2026", own, fonts)
    file = tmp_path / "空白.pdf"
    file.write_bytes(printed.pdf)
    text = text_of(file)
    for expected in ("（XX县XX集群）", "□建立了产业基金", "......", "2026年目标值", "1.截止到2025年底。"):
        assert expected in text


def test_a_definition_of_ones_own_is_not_filled_into_the_template_of_the_package(own: Library, tmp_path: Path) -> None:
    assert own.template("national-2025")
    mine = tmp_path / "表式" / "forms" / "national-2025.yaml"
    mine.write_text(FORM.replace("lake-2026", "national-2025"), encoding="utf-8")
    assert own.template("national-2025") is None
    tuned = tmp_path / "表式" / "docx" / "national-2025.docx"
    tuned.parent.mkdir()
    tuned.write_bytes(b"tuned")
    assert own.template("national-2025") == b"tuned"


def test_a_form_of_fields_that_no_catalogue_has_is_refused_before_anything_is_built(
    own: Library, tmp_path: Path, fonts: FontLibrary
) -> None:
    (tmp_path / "表式" / "fields" / "ours.yaml").write_text("facts: [{name: 建立产业基金}]", encoding="utf-8")
    with pytest.raises(DefinitionError, match="没有“研发机构数量”这个字段"):
        prepare(tmp_path, "lake-2026", own, fonts)
